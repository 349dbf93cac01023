"""Levels in an indicator's unit: from January to a month, and of whole years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from forecasting.figures.indicator import (
    Basis,
    Measure,
    Observation,
    ObservationKey,
    PriceBasis,
    Target,
)
from forecasting.figures.period import Month


def level_bases(basis: Basis) -> tuple[Basis, Basis]:
    """Return the bases on which levels are looked for: at current prices, then at its own.

    Only the prices may differ from the basis on which growth stands.
    """
    return replace(basis, price=PriceBasis.CURRENT), basis


def level_since_january(
    known: Mapping[ObservationKey, Observation],
    area: str,
    indicator: str,
    basis: Basis,
    month: Month,
) -> float | None:
    """Return the level from January to a month, or the sum of its single quarters.

    None where neither is known.
    """
    since_january = known.get((area, indicator, Measure.LEVEL_YTD, basis, month))
    if since_january is not None:
        return since_january.value
    singles = [
        known.get((area, indicator, Measure.LEVEL_QUARTER, basis, Month(month.year, end)))
        for end in range(3, month.month + 1, 3)
    ]
    parts = [single.value for single in singles if single is not None]
    return sum(parts) if month.quarter is not None and len(parts) == len(singles) else None


def year_levels(
    targets: Iterable[Target], figures: Sequence[Observation], year: int
) -> dict[str, float]:
    """Return the level of a year by indicator id, against which amounts are measured.

    A level of zero or less, against which nothing grows, counts as unknown.
    """
    known = {figure.key: figure for figure in figures if figure.month.year == year}
    levels = {}
    for target in targets:
        for basis in level_bases(target.basis):
            level = level_since_january(
                known, target.area, target.indicator, basis, Month(year, 12)
            )
            if level is not None and level > 0:
                levels[target.indicator] = level
                break
    return levels
