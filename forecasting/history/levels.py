"""Levels in an indicator's unit: from January to a month, and of whole years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

_PARTS = ((3, Measure.LEVEL_QUARTER), (1, Measure.LEVEL_MONTH))
"""Levels of single periods by their months."""


def level_since_january(
    month: Month, published: Callable[[Measure, Month], float | None]
) -> float | None:
    """Return the level from January to a month: as published, else as its quarters and months sum.

    Parameters
    ----------
    published
        The level of a measure and a month, None where there is none.
    """
    whole = published(Measure.LEVEL_YTD, month)
    if whole is not None:
        return whole
    for months, measure in _PARTS:
        part = published(measure, month)
        if part is None or month.month % months:
            continue
        last = month.month - months
        before = level_since_january(Month(month.year, last), published) if last else 0.0
        if before is not None:
            return before + part
    return None


def levels_by_month(figures: Iterable[Observation]) -> dict[Month, float]:
    """Return the levels from January to every month of which figures of a series tell one."""
    published = {(f.measure, f.month): f.value for f in figures if not f.measure.is_growth}
    months = dict.fromkeys(month for _, month in published)
    levels = {
        month: level_since_january(month, lambda *key: published.get(key)) for month in months
    }
    return {month: level for month, level in levels.items() if level is not None}


def levels_since_january(
    known: Mapping[ObservationKey, Observation], target: Target, month: Month
) -> Iterator[float]:
    """Yield the levels from January to a month of a target's series, at most two.

    At current prices first, then on its own basis, where known: either as published or as the sum
    of quarters and months. Only the prices may differ from the basis on which growth stands.
    """
    for basis in (replace(target.basis, price=PriceBasis.CURRENT), target.basis):

        def published(measure: Measure, end: Month, basis: Basis = basis) -> float | None:
            figure = known.get((target.area, target.indicator, measure, basis, end))
            return None if figure is None else figure.value

        level = level_since_january(month, published)
        if level is not None:
            yield level


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
