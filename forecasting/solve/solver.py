"""From a wish to the setting of least effort that fulfils it.

Effort is the sum over levers of weight times the change in parts of the lever's usual range,
and over projects of weight times quarters earlier. The wanted level is a joint chance constraint,
here on the sampled paths themselves (sample average approximation: Luedtke and Ahmed, 2008), so
that the setting, fed back, has the probability that is stated. Three stages:

1. ``smooth`` finds a start, also where no path is clear to begin with;
2. ``polish`` rounds it to steps and makes it cheaper on all paths until no move does;
3. ``search`` compares plans of dates.

What is found is feasible without doubt and cheaper than everything near it; that nothing far
from it is cheaper is not proved.

References
----------
Luedtke, J. and Ahmed, S. (2008), "A sample approximation approach for optimization with
probabilistic constraints", *SIAM Journal on Optimization* 19, 674–699.
"""

from __future__ import annotations

from collections.abc import Iterator

from forecasting.outlook.judge import Baseline
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.scenario import Entry, Scenario
from forecasting.solve.case import Case
from forecasting.solve.problem import Wish, check
from forecasting.solve.solution import Alternative, Kind, Setting, Solution

WORTH = 0.01
"""Of the probability, that a way has to gain that does not reach what is wanted."""


def solve(baseline: Baseline, scenario: Scenario, wish: Wish, *, partly: bool = False) -> Solution:
    """Return the least-effort setting that brings the all-clear to a wanted probability.

    Parameters
    ----------
    scenario
        As it stands; all that is not allowed to move stays as it is.
    partly
        Whether to leave out amounts whose level of last year is missing, as ``apply`` does.

    Raises
    ------
    WantRefused, NotAnAction, BoundsRefused, ProjectFixed
        As ``check`` raises them.
    NoAllClear
        If no target counts.
    OutlookError
        As ``apply`` raises them: of the scenario, and of levers that lack a number.
    """
    check(baseline, scenario, wish)
    case = Case(baseline, scenario, wish, partly=partly)
    levers, projects = range(len(wish.levers)), range(len(wish.projects))
    setting = case.solved(levers, projects)
    return Solution(
        wanted=wish.probability,
        before=case.before,
        setting=setting,
        limits=case.limits(),
        alternatives=tuple(_alternatives(case, wish, setting)),
    )


def _alternatives(case: Case, wish: Wish, setting: Setting) -> list[Alternative]:
    """Return other ways: where the wish cannot be fulfilled, less of its means does not either."""
    if not setting.reached or not setting.effort:
        return []
    found: list[Alternative] = []
    for kind, without, levers, projects in _restricted(wish, setting):
        other = case.solved(levers, projects)
        known = [setting, *(one.setting for one in found)]
        worth = other.reached or other.most >= case.before + WORTH
        if worth and other.effort and other.scenario not in [one.scenario for one in known]:
            found.append(Alternative(kind, without, other))
    return sorted(found, key=lambda one: (not one.setting.reached, one.setting.effort))


def _restricted(
    wish: Wish, setting: Setting
) -> Iterator[tuple[Kind, Entry | None, list[int], list[int]]]:
    """Yield the kinds that the setting is not of, with the levers and projects they leave."""
    levers, projects = list(range(len(wish.levers))), list(range(len(wish.projects)))
    if setting.projects and levers:
        yield Kind.LEVERS_ONLY, None, levers, []
    if setting.levers and projects:
        yield Kind.DATES_ONLY, None, [], projects
    bearing = [(one.effort, unit_of(one.entry)) for one in setting.levers]
    bearing += [(one.effort, one.before) for one in setting.projects]
    _, most = max(bearing, key=lambda one: one[0])
    kept = [place for place in levers if unit_of(wish.levers[place].entry) != most]
    rest = [place for place in projects if wish.projects[place].project != most]
    if kept or rest:
        yield Kind.WITHOUT, most, kept, rest
