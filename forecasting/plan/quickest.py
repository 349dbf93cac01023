"""What would close a gap soonest: the levers of the zone that move an indicator this year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forecasting.figures.indicator import Direction
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.response import Dial, response
from forecasting.solve.wish import action_levers


@dataclass(frozen=True, slots=True)
class LeverReach:
    """What a lever brings to an indicator at the end of its usual range.

    Attributes
    ----------
    lever
        At the end of its usual range that helps.
    points
        Of full-year growth, the mean of what is expected to come of it.
    """

    lever: Lever
    points: float


@dataclass(frozen=True, slots=True)
class Quickest:
    """The levers that move an indicator this year.

    Attributes
    ----------
    levers
        The most helpful first; revenue itself, which is collected as it falls due, is none.
    lacking
        Kinds that would move it, were a number known that they lack.
    """

    levers: tuple[LeverReach, ...]
    lacking: tuple[LeverKind, ...]


def quickest(
    baseline: Baseline,
    scenario: Scenario,
    indicator: str,
    direction: Direction,
    earliest: Quarter | None = None,
) -> Quickest:
    """Return the levers that would move an indicator in the year of a baseline.

    Parameters
    ----------
    scenario
        Whose assumptions the levers take.
    earliest
        As of a wish.
    """
    actions = action_levers(baseline, scenario, earliest)
    levers = [
        lever
        for lever in actions
        if lever.kind is not LeverKind.TAX and indicator in lever.rule.indicators
    ]
    dials = response(baseline, scenario, levers, partly=True).dials
    found, lacking = [], []
    for lever, dial in zip(levers, dials, strict=True):
        if dial.missing:
            lacking.append(lever.kind)
            continue
        ends = [(_points(dial, indicator, end), end) for end in (lever.rule.low, lever.rule.high)]
        best, end = max(ends) if direction is Direction.UP else min(ends)
        if (best > 0) == (direction is Direction.UP) and best:
            found.append(LeverReach(replace(lever, value=float(end)), best))
    found.sort(key=lambda one: -abs(one.points))
    return Quickest(tuple(found), tuple(dict.fromkeys(lacking)))


def _points(dial: Dial, indicator: str, value: float) -> float:
    """Return the points of full-year growth that a value is expected to bring."""
    reach = [one for one in dial.reaches if one.indicator == indicator]
    return sum(float(dial.sides.counted(value) * one.spread(-1).mean()) for one in reach)
