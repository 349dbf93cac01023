"""What would close a gap soonest: the levers of the zone that move an indicator this year.

Each alone is weighed first; then the solver's own search looks for the setting of least effort
that closes the gap by the end of the year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from forecasting.arrays import plain_sum
from forecasting.figures.indicator import Comparator, Direction
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.outlook.question import TargetLine
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.response import Dial, response
from forecasting.solve.solution import Solution, solve
from forecasting.solve.wish import action_levers, usual_wish


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
    targeted
        Whether the indicator has a target of the year: levers of others are not weighed.
    """

    levers: tuple[LeverReach, ...]
    lacking: tuple[LeverKind, ...]
    targeted: bool


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
        Whose assumptions the levers take; nothing else of it comes.
    earliest
        As of a wish.
    """
    scenario = _at_rest(scenario)
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
    targeted = any(line.target.indicator == indicator for line in baseline.standing)
    return Quickest(tuple(found), tuple(dict.fromkeys(lacking)), targeted)


def _points(dial: Dial, indicator: str, value: float) -> float:
    """Return the points of full-year growth that a value is expected to bring."""
    reach = [one for one in dial.reaches if one.indicator == indicator]
    return plain_sum(float(dial.sides.counted(value) * one.spread(-1).mean()) for one in reach)


@dataclass(frozen=True, slots=True)
class GapSolution:
    """What it takes to close a gap by the end of the year.

    Attributes
    ----------
    growth
        Of the full year in percent, at which it is closed.
    solution
        By levers alone; where none reaches, the setting that comes nearest.
    """

    growth: float
    solution: Solution


def solve_gap(
    baseline: Baseline,
    scenario: Scenario,
    indicator: str,
    direction: Direction,
    growth: float,
    *,
    wanted: float,
    earliest: Quarter | None = None,
) -> GapSolution | None:
    """Return the levers of least effort that close a gap by the end of a baseline's year.

    It is the solver's search for a target of this growth alone, by the levers of the zone within
    their usual ranges; revenue itself is none of them. None where no lever moves the indicator,
    or it has no target of the year.

    Parameters
    ----------
    scenario
        Whose assumptions the levers take; nothing else of it comes.
    growth
        As of ``GapSolution``.
    wanted
        The probability to be reached.
    earliest
        As of a wish.
    """
    alone = _for_growth(baseline, indicator, direction, growth)
    at_rest = _at_rest(scenario)
    wish = usual_wish(alone, at_rest, wanted, dates=False, partly=True, earliest=earliest)
    levers = tuple(
        one
        for one in wish.levers
        if isinstance(one.entry, Lever) and indicator in one.entry.rule.indicators
    )
    if not levers or not any(line.target.counts for line in alone.lines):
        return None
    return GapSolution(growth, solve(alone, at_rest, replace(wish, levers=levers), partly=True))


def _for_growth(
    baseline: Baseline, indicator: str, direction: Direction, growth: float
) -> Baseline:
    """Return a baseline in which nothing counts but that an indicator's growth reaches a value."""
    comparator = Comparator.AT_LEAST if direction is Direction.UP else Comparator.AT_MOST
    lines = []
    for line in baseline.lines:
        target = replace(line.target, counts=False)
        if isinstance(line, TargetLine) and target.indicator == indicator:
            target = replace(target, comparator=comparator, threshold=growth, counts=True)
        lines.append(replace(line, target=target))
    return replace(baseline, lines=tuple(lines))


def _at_rest(scenario: Scenario) -> Scenario:
    """Return a scenario of which nothing comes, with its levers and what they assume."""
    still = scenario.holding(replace(lever, value=0.0) for lever in scenario.levers)
    return replace(still, pins=(), bottom_up=())
