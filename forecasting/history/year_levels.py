"""The level of a whole year, against which amounts are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forecasting.figures.indicator import Basis, Measure, Observation, PriceBasis
from forecasting.figures.period import Month
from forecasting.outlook.question import TargetLine

_QUARTER_ENDS = (3, 6, 9, 12)


def year_levels(
    lines: Sequence[TargetLine], figures: Sequence[Observation], year: int
) -> dict[str, float]:
    """Return the level of a year by indicator id, in the indicator's unit.

    Taken at current prices where such a level is known, whatever prices the growth of the
    target stands on; only the prices may differ from the target's basis. A level of zero or
    less, against which nothing grows, counts as unknown.

    Parameters
    ----------
    figures
        Of one area.
    """
    known = {
        (figure.indicator, figure.measure, figure.basis, figure.month): figure.value
        for figure in figures
        if figure.month.year == year and not figure.measure.is_growth
    }
    levels = {}
    for line in lines:
        indicator, own = line.target.indicator, line.target.basis
        for basis in (replace(own, price=PriceBasis.CURRENT), own):
            level = _level(known, indicator, basis, year)
            if level is not None and level > 0:
                levels[indicator] = level
                break
    return levels


def _level(
    known: dict[tuple[str, Measure, Basis, Month], float], indicator: str, basis: Basis, year: int
) -> float | None:
    """Return the cumulative level of December, or the sum of four single quarters."""
    december = known.get((indicator, Measure.LEVEL_YTD, basis, Month(year, 12)))
    if december is not None:
        return december
    quarters = [
        known.get((indicator, Measure.LEVEL_QUARTER, basis, Month(year, month)))
        for month in _QUARTER_ENDS
    ]
    complete = [level for level in quarters if level is not None]
    return sum(complete) if len(complete) == len(quarters) else None
