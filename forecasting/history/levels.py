"""Levels in an indicator's unit: from January to a month, and of whole years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from forecasting.figures.indicator import (
    Measure,
    Observation,
    ObservationKey,
    PriceBasis,
    Target,
)
from forecasting.figures.period import Month


def levels_since_january(
    known: Mapping[ObservationKey, Observation], target: Target, month: Month
) -> Iterator[float]:
    """Yield the levels from January to a month of a target's series, at most two.

    At current prices first, then on its own basis, where known: either as published or as the
    sum of single quarters. Only the prices may differ from the basis on which growth stands.
    """
    series = target.area, target.indicator
    ends = [Month(month.year, end) for end in range(3, month.month + 1, 3)]
    for basis in (replace(target.basis, price=PriceBasis.CURRENT), target.basis):
        whole = known.get((*series, Measure.LEVEL_YTD, basis, month))
        singles = [known.get((*series, Measure.LEVEL_QUARTER, basis, end)) for end in ends]
        parts = [single.value for single in singles if single is not None]
        if whole is not None:
            yield whole.value
        elif month.quarter is not None and len(parts) == len(ends):
            yield sum(parts)


def year_levels(
    targets: Iterable[Target], figures: Sequence[Observation], year: int
) -> dict[str, float]:
    """Return the level of a year by indicator id, against which amounts are measured.

    A level of zero or less, against which nothing grows, counts as unknown.
    """
    known = {figure.key: figure for figure in figures if figure.month.year == year}
    levels: dict[str, float] = {}
    for target in targets:
        for level in levels_since_january(known, target, Month(year, 12)):
            if level > 0:
                levels.setdefault(target.indicator, level)
    return levels
