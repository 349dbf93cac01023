"""What reviewing large workbooks costs: ``python -m benchmarks.workbook_review``.

Opens, reads and reviews workbooks of 20,000 rows on four sheets in the same run as calamine alone
and prints the processor time of all processes, and how many times that of calamine alone it is.
The figures are invented; names and stored figures are those of ``seeds``. What a reading costs
depends on how many figures there are to tell apart, so that workbooks of one, four and eleven
figures a row are printed beside one another.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook

from benchmarks.workbook_opening import ROWS, RUNS, SHEETS, by_calamine, large_workbook, seconds
from data.store.seed import read_seeds
from data.workbook.open.opening import open_book
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.review import Review, review
from data.workbook.write.export import observations_workbook
from forecasting.figures.indicator import Measure, Observation
from forecasting.figures.period import Month
from forecasting.figures.seeds import Seeds

_SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_AREA = "CN"
_YEARS = range(2010, 2026)
_MANY_YEARS = range(1952, 2026)
_MONTHS = (3, 6, 9, 12)
_MONTH = Month(2026, 12)


def long_workbook(seeds: Seeds) -> bytes:
    """Return a workbook of the columns of our own export: one figure a row."""
    exported = observations_workbook(_figures(seeds), seeds.catalogue, seeds.areas)
    book = load_workbook(io.BytesIO(exported))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    head = rows[0]
    return _spread(head, [row for row in rows if row != head][:ROWS])


def wide_workbook(seeds: Seeds) -> bytes:
    """Return a workbook of areas, indicators and years: levels, then growth, of each quarter."""
    head = ["地区", "指标", "单位", "年份", *(f"1-{month}月" for month in _MONTHS)]
    labels = itertools.product(_MANY_YEARS, seeds.areas, seeds.catalogue.indicators.values())
    rows: list[list[object]] = []
    for year, area, indicator in labels:
        name, when = indicator.name.zh, str(year)
        rows.append([area.name.zh, name, indicator.unit, when, *_levels(year)])
        rows.append([area.name.zh, f"{name}增速", "%", when, *_rates(year)])
    return _spread(head, rows[:ROWS])


def _figures(seeds: Seeds) -> list[Observation]:
    places = itertools.product(seeds.areas, seeds.catalogue.indicators.values(), _YEARS)
    found = []
    for area, indicator, year in places:
        for month, level, growth in zip(_MONTHS, _levels(year), _rates(year), strict=True):
            for measure, value, unit in (
                (Measure.GROWTH_YTD, growth, "%"),
                (Measure.LEVEL_YTD, level, indicator.unit),
            ):
                found.append(
                    Observation(area.id, indicator.id, measure, Month(year, month), value, unit,
                                indicator.basis)
                )  # fmt: skip
    return found[:ROWS]


def _levels(year: int) -> list[float]:
    return [100.0 * month * 1.05 ** (year - _YEARS[0]) for month in _MONTHS]


def _rates(year: int) -> list[float]:
    return [7.1 + month / 10 + (year % 7) / 10 for month in _MONTHS]


def _spread(head: Sequence[object], rows: Sequence[Iterable[object]]) -> bytes:
    """Return a workbook of rows on several sheets, each with the same head."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for number, first in enumerate(range(0, len(rows), ROWS // SHEETS)):
            sheet = book.add_worksheet(f"表{number + 1}")
            for row, cells in enumerate([head, *rows[first : first + ROWS // SHEETS]]):
                sheet.write_row(row, 0, cells)
    return file.getvalue()


def costs(content: bytes, context: Context) -> tuple[Review, list[float]]:
    """Return a review and the processor seconds of calamine, opening, reading and everything."""

    def reviewed() -> Review:
        reading = read(open_book("large.xlsx", content), context, {})
        return review(reading, context.known, 1)

    book = open_book("large.xlsx", content)
    works = (
        lambda: by_calamine(content),
        lambda: open_book("large.xlsx", content),
        lambda: read(book, context, {}),
        reviewed,
    )
    return reviewed(), [seconds(work)[1] for work in works]


def main() -> None:
    """Print a line for each workbook."""
    seeds = read_seeds(_SEEDS)
    known = {figure.key: figure for figure in seeds.observations}
    context = Context(
        catalogue=seeds.catalogue, areas=seeds.areas, area=_AREA, month=_MONTH, known=known
    )
    books = {
        "long, known labels": long_workbook(seeds),
        "wide, known labels": wide_workbook(seeds),
        "wide, unknown labels": large_workbook(),
    }
    print(f"{ROWS:,} rows on {SHEETS} sheets; processor ms, median of {RUNS} runs")
    print(f"{'':22}{'lines':>8}{'calamine':>10}{'open':>7}{'read':>7}{'review':>8}{'ratio':>7}")
    for name, content in books.items():
        found, (alone, opened, understood, whole) = costs(content, context)
        print(
            f"{name:22}{len(found.lines):8,}{1000 * alone:10.0f}{1000 * opened:7.0f}"
            f"{1000 * understood:7.0f}{1000 * whole:8.0f}{whole / alone:7.1f}"
        )


if __name__ == "__main__":
    main()
