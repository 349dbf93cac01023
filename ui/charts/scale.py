"""The scale a chart is drawn on, and how its labels are rounded and spaced.

Nothing but arithmetic, so that reports, which need no table of rows, share it with the pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.language import format as fmt

BELOW_TARGET = 0.42
"""Share of the height below the target, so that its line stands at one height everywhere."""

MOST_TICKS = 4
_STEPS = (1.0, 2.0, 3.0, 5.0)
WIDE = 100.0
"""From this size on a figure in a chart is written without decimals, to fit."""


@dataclass(frozen=True, slots=True)
class AxisRange:
    """The range of y that is shown; what lies outside is clamped to its edge."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return how far up the frame the value is drawn, 0 to 1; beyond it, at the edge."""
        return (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def beyond(self, value: float) -> bool:
        """Return whether the value cannot be drawn at its own place."""
        return not self.low <= value <= self.high


def horizon(core: Iterable[float], wide: Iterable[float]) -> AxisRange:
    """Return the frame around a target at 0: all of ``core``, and of ``wide`` what fits.

    ``wide`` may stretch the frame up to three times what ``core`` needs; a series of
    thousands of percent would otherwise flatten everything else into its target line.
    """
    needed = max(_span(core), 1.5)
    span = min(max(_span(wide), needed), 3 * needed) * 1.08
    return AxisRange(-BELOW_TARGET * span, (1 - BELOW_TARGET) * span)


def robust(values: Sequence[float], *, reach: float = 4.0) -> AxisRange:
    """Return the frame of a whole history: its middle half, stretched ``reach`` times.

    Parameters
    ----------
    values
        Finite.
    """
    ordered = sorted(values)
    first, third = ordered[len(ordered) // 4], ordered[(3 * len(ordered)) // 4]
    room = reach * max(third - first, 1.0)
    low = max(ordered[0], first - room)
    high = min(ordered[-1], third + room)
    margin = 0.08 * max(high - low, 1.0)
    return AxisRange(min(low, 0.0) - margin, max(high, 0.0) + margin)


def ticks(frame: AxisRange) -> tuple[float, ...]:
    """Return multiples of a round step within the frame, 0 among them, four at most."""
    reach = frame.high - frame.low
    exponent = math.floor(math.log10(reach)) - 1
    for power in range(exponent, exponent + 4):
        for step in (base * 10.0**power for base in _STEPS):
            first, last = math.ceil(frame.low / step), math.floor(frame.high / step)
            if last - first + 1 <= MOST_TICKS:
                return tuple(step * k for k in range(first, last + 1))
    raise AssertionError("no step fits")  # ten times the range always does


def short(value: float) -> str:
    """Write a figure inside a chart: with one decimal, and without from ``WIDE`` on."""
    text = fmt.figure(value) if abs(value) < WIDE else f"{value:,.0f}"
    return text.replace("-", "−")


def tick(value: float, digits: int = 4) -> str:
    """Write a figure of an axis with as many significant digits as it needs, up to ``digits``."""
    return f"{value:,.{digits}g}".replace("-", "−")


def spaced(places: Sequence[tuple[float, float]], apart: float) -> frozenset[int]:
    """Return the numbers of the marks that are labelled, so that no two labels overlap.

    Parameters
    ----------
    places
        Where each mark stands, and how far out: the furthest are labelled first.
    apart
        Distance from which on labels do not overlap.
    """
    labelled: list[int] = []
    for number in sorted(range(len(places)), key=lambda k: -places[k][1]):
        if all(abs(places[number][0] - places[other][0]) >= apart for other in labelled):
            labelled.append(number)
    return frozenset(labelled)


def _span(values: Iterable[float]) -> float:
    reach = 0.0
    for value in values:
        reach = max(reach, -value / BELOW_TARGET if value < 0 else value / (1 - BELOW_TARGET))
    return reach
