"""Remarks on figures that are kept as they are: growth that levels do not give, falling levels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from data.workbook.check.doubts import places_of
from data.workbook.check.series import Cell, Series, SeriesKey, month_of, rounding_of
from data.workbook.check.thresholds import PRICES, SLIGHT, STEEP
from data.workbook.reading import ReadFigure, Remark
from forecasting.figures.indicator import Measure, PriceBasis

Case = tuple[str, Cell, Mapping[str, object]]
"""One instance of a remark: its code, the cell it is about, what the sentence is filled with."""


_RATIO = re.compile(r"率$|占比$|比重$|比例$")
"""How a ratio's name ends, which is the id of an indicator that a zone added: 100% is usual."""


def remarks(table: Mapping[SeriesKey, Series], figures: Sequence[ReadFigure]) -> tuple[Remark, ...]:
    """Return what is to be said of new and revised figures: once a series, about the latest."""
    found: list[Remark] = []
    for series in table.values():
        cases: dict[str, list[Case]] = defaultdict(list)
        for case in _cases(series):
            cases[case[0]].append(case)
        found += [_remark(series, group, figures) for group in cases.values()]
    return tuple(found)


def _cases(series: Series) -> Iterator[Case]:
    if series.cells and series.key.measure.is_growth:
        yield from _against_levels(series)
        yield from _steep(series)
    elif series.cells:
        yield from _falls_within_year(series)


def _remark(series: Series, cases: Sequence[Case], figures: Sequence[ReadFigure]) -> Remark:
    code, latest, values = max(cases, key=lambda case: case[1].month)
    key = series.key
    shared = {
        "area": key.area,
        "indicator": key.indicator,
        "measure": str(key.measure),
        "coverage": key.basis.coverage,
        "period": str(month_of(latest.month)),
        "count": len(cases),
    }
    places = places_of(figures, [cell.position for _, cell, _ in cases])
    return Remark(code, places, shared | dict(values))


def _against_levels(series: Series) -> Iterator[Case]:
    """Yield growth that the levels of the month and of a year before do not give.

    Only where the file brings one of the three: what the store held before was reviewed then.
    """
    levels = series.partner
    if levels is None:
        return
    fresh = {cell.month for cell in levels.changed}
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
        code = _disagreement(series, cell.value, implied, rounding_of(cell.value, level, before))
        if code:
            values = {
                "growth": cell.value,
                "implied": round(implied, 1),
                "gap": round(abs(implied - cell.value), 1),
                "level": level,
                "before": before,
                "unit": levels.unit,
            }
            yield code, cell, values


def _disagreement(series: Series, growth: float, implied: float, rounding: float) -> str:
    """Return the remark that growth beside what the levels give calls for, empty for none."""
    gap = abs(implied - growth) - rounding
    if gap > SLIGHT and growth > 0 > implied:
        return "falling_level"
    if gap > SLIGHT and growth < 0 < implied:
        return "rising_level"
    if series.key.basis.price in (PriceBasis.COMPARABLE, PriceBasis.CONSTANT):
        return "growth_prices" if gap > PRICES else ""
    if gap <= SLIGHT + 0.01 * abs(growth):
        return ""
    return "growth_levels" if series.key.basis.coverage == "standard" else "growth_scope"


def _steep(series: Series) -> Iterator[Case]:
    """Yield growth of a hundred percent and more where no stored growth was as large."""
    if _RATIO.search(series.key.indicator):
        return
    largest = max(map(abs, series.known.values()), default=0.0)
    for cell in series.changed:
        if abs(cell.value) >= max(STEEP, largest):
            yield "steep", cell, {"growth": cell.value}


def _falls_within_year(series: Series) -> Iterator[Case]:
    """Yield cumulative levels below that of the month before them in the same year."""
    if series.key.measure is not Measure.LEVEL_YTD:
        return
    earlier: dict[int, int] = {}
    months = sorted(series.newest)
    for month, following in pairwise(months):
        if month // 12 == following // 12:
            earlier[following] = month
    fresh = {cell.month for cell in series.changed}
    for cell in series.cells:
        last = earlier.get(cell.month)
        if last is None or (cell.month not in fresh and last not in fresh):
            continue
        before = series.newest[last]
        if cell.value < before:
            values = {"level": cell.value, "before": before, "unit": series.unit}
            yield "cumulative_fell", cell, values | {"period_before": str(month_of(last))}
