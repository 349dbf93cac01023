"""What one usual turn of a dial is, so that turns of different dials can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forecasting.scenario.entries import Amount, PointLever
from forecasting.scenario.levers import Lever

USUAL_POINTS = 10.0
"""Points of growth, either way, that a dial without a range of its own may move: a judgement."""


@dataclass(frozen=True, slots=True)
class Range:
    """Between which values a dial usually stands, in its unit."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low

    def allows(self, before: float, after: float) -> bool:
        """Return whether a turn ends within the range, or at least no further outside."""
        slack = 1e-9 * self.width
        low, high = min(self.low, before), max(self.high, before)
        return low - slack <= after <= high + slack


def usual_range(entry: Lever | Amount | PointLever, levels: Mapping[str, float]) -> Range | None:
    """Return the usual range of a dial.

    That of a lever is in its rule. An amount may move full-year growth, and a point lever that
    of a quarter, by ``USUAL_POINTS`` either way.

    Parameters
    ----------
    levels
        Of last year, by indicator.

    Returns
    -------
    Range or None
        None where an amount has no level to be measured against, or a point lever no size.
    """
    match entry:
        case Lever():
            return Range(entry.rule.low, entry.rule.high)
        case Amount(points=True):
            return Range(-USUAL_POINTS, USUAL_POINTS)
        case Amount():
            level = levels.get(entry.indicator)
            reach = None if level is None else USUAL_POINTS / 100 * level
        case PointLever():
            reach = USUAL_POINTS / abs(entry.size) if entry.size else None
    return None if reach is None else Range(-reach, reach)
