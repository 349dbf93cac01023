"""Areas beside each other: their places in one indicator at one time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Area, Observation, Status
from forecasting.figures.period import Month


@dataclass(frozen=True, slots=True)
class Standing:
    """An area in its place.

    Attributes
    ----------
    number
        Counts from 1; equal figures share it.
    change
        In percentage points, from the figure before in the same area; None without one.
    """

    number: int
    area: Area
    growth: float
    change: float | None
    flash: bool


def standings(found: Sequence[Observation], month: Month, areas: dict[str, Area]) -> list[Standing]:
    """Return areas by their growth up to a month, the highest first.

    Parameters
    ----------
    found
        Cumulative growth of one indicator, the newest first; of several bases of one area the
        first counts.
    """
    now: dict[str, Observation] = {}
    before: dict[str, Observation] = {}
    for figure in found:
        if figure.area in areas and figure.month <= month:
            kept = now if figure.month == month else before
            kept.setdefault(figure.area, figure)
    ordered = sorted(now.values(), key=lambda figure: -figure.value)
    values = [figure.value for figure in ordered]
    return [
        Standing(
            number=values.index(figure.value) + 1,
            area=areas[figure.area],
            growth=figure.value,
            change=figure.value - before[figure.area].value if figure.area in before else None,
            flash=figure.status is not Status.PUBLISHED,
        )
        for figure in ordered
    ]
