"""What is explained and not corrected: growth beside levels, levels beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.workbook.check.series import (
    Cell,
    Series,
    SeriesKey,
    beside,
    changed_cells,
    decimals,
    month_of,
)
from data.workbook.reading import MOST_PLACES, ReadFigure, Remark
from forecasting.figures.indicator import Measure, PriceBasis

SLIGHT = 0.5
"""Percentage points by which growth and levels differ without a word, beyond rounding."""
PRICES = 8.0
"""The same where growth is at comparable and the level at current prices."""
STEEP = 100.0
"""Growth in percent from which a base near zero, or a slip, is likely."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One instance of a remark: the cell it is about and what the sentence is filled with."""

    code: str
    cell: Cell
    values: Mapping[str, object]


def remarks(table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure]) -> tuple[Remark, ...]:
    """Return what is to be said of new and revised figures: once a series, about the latest."""
    said: list[Remark] = []
    for series in table.values():
        cases: dict[str, list[_Case]] = defaultdict(list)
        for case in _cases(series, table):
            cases[case.code].append(case)
        said += [_remark(series, group, figures) for group in cases.values()]
    return tuple(said)


def _cases(series: Series, table: Mapping[SeriesKey, Series]) -> Iterator[_Case]:
    if not series.cells:
        return
    if not series.measure.is_growth:
        yield from _falls_within_year(series)
        return
    key = beside(series.key)
    levels = table.get(key) if key else None
    if levels:
        yield from _against_levels(series, levels)
    yield from _steep(series)


def _remark(series: Series, cases: Sequence[_Case], figures: Sequence[ReadFigure]) -> Remark:
    latest = max(cases, key=lambda case: case.cell.month)
    area, indicator, measure, basis = series.key
    shared = {
        "area": area,
        "indicator": indicator,
        "measure": str(measure),
        "coverage": basis.coverage,
        "period": str(month_of(latest.cell.month)),
        "count": len(cases),
    }
    return Remark(
        latest.code,
        tuple(figures[case.cell.position].place for case in cases[:MOST_PLACES]),
        shared | dict(latest.values),
    )


def _against_levels(series: Series, levels: Series) -> Iterator[_Case]:
    """Yield growth that the levels of the month and of a year before do not give.

    Only where the file brings one of the three: what the store held before was reviewed then.
    """
    fresh = {cell.month for cell in changed_cells(levels)}
    newest = levels.newest
    for cell in series.cells:
        level, before = newest.get(cell.month), newest.get(cell.month - 12)
        if level is None or before is None or before <= 0:
            continue
        if cell.stored and cell.month not in fresh and cell.month - 12 not in fresh:
            continue
        implied = (level / before - 1) * 100
        if abs(implied - cell.value) <= SLIGHT:
            continue  # as near whatever was rounded
        code = _disagreement(series, cell.value, implied, _rounding(cell.value, level, before))
        if code:
            yield _Case(
                code,
                cell,
                {
                    "growth": cell.value,
                    "implied": round(implied, 1),
                    "gap": round(abs(implied - cell.value), 1),
                    "level": level,
                    "before": before,
                    "unit": levels.unit,
                },
            )


def _disagreement(series: Series, growth: float, implied: float, rounding: float) -> str:
    """Return the remark that growth beside what the levels give calls for, empty for none."""
    gap = abs(implied - growth) - rounding
    if gap > SLIGHT and growth > 0 > implied:
        return "falling_level"
    if gap > SLIGHT and growth < 0 < implied:
        return "rising_level"
    if series.key[3].price in (PriceBasis.COMPARABLE, PriceBasis.CONSTANT):
        return "growth_prices" if gap > PRICES else ""
    if gap <= SLIGHT + 0.01 * abs(growth):
        return ""
    return "growth_levels" if series.key[3].coverage == "standard" else "growth_scope"


def _rounding(growth: float, level: float, before: float) -> float:
    """Return by how much growth and levels may differ because all three are rounded."""
    of_growth = 0.5 * 10.0 ** -max(decimals(growth), 1)
    shares = sum(0.5 * 10.0 ** -decimals(value) / abs(value) for value in (level, before) if value)
    return of_growth + 100 * shares * abs(level / before)


def _steep(series: Series) -> Iterator[_Case]:
    """Yield growth of a hundred percent and more where no stored growth was as large."""
    largest = max(map(abs, series.known.values()), default=0.0)
    for cell in changed_cells(series):
        if abs(cell.value) >= max(STEEP, largest):
            yield _Case("steep", cell, {"growth": cell.value})


def _falls_within_year(series: Series) -> Iterator[_Case]:
    """Yield cumulative levels below that of the month before them in the same year."""
    if series.measure is not Measure.LEVEL_YTD:
        return
    earlier: dict[int, int] = {}
    months = sorted(series.newest)
    for month, following in pairwise(months):
        if month // 12 == following // 12:
            earlier[following] = month
    fresh = {cell.month for cell in changed_cells(series)}
    for cell in series.cells:
        last = earlier.get(cell.month)
        if last is None or (cell.month not in fresh and last not in fresh):
            continue
        before = series.newest[last]
        if cell.value < before:
            values = {"level": cell.value, "before": before, "unit": series.unit}
            yield _Case("cumulative_fell", cell, values | {"period_before": str(month_of(last))})
