"""From a wish to the setting of least effort that fulfils it.

Effort is the sum over levers of weight times the change in parts of the lever's usual range,
and over projects of weight times quarters earlier. The wanted level is a joint chance constraint,
here on the sampled paths themselves (sample average approximation: Luedtke and Ahmed, 2008), so
that the setting, fed back, has the probability that is stated. Three stages:

1. ``smooth`` finds a start, also where no path is clear to begin with;
2. ``least_effort`` rounds it to steps and makes it cheaper on all paths, counted by ``exact``,
   until no move does;
3. ``least_effort`` compares plans of dates.

What is found is feasible without doubt and cheaper than everything near it; that nothing far
from it is cheaper is not proved.

References
----------
Luedtke, J. and Ahmed, S. (2008), "A sample approximation approach for optimization with
probabilistic constraints", *SIAM Journal on Optimization* 19, 674–699.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from forecasting.errors import NoAllClear
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.scenario.apply import Effect, apply
from forecasting.scenario.arithmetic import now_of, unit_of, value_of, worth
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, Scenario, Turnable
from forecasting.scenario.projects import Project, shifted
from forecasting.scenario.response import response, usual_range
from forecasting.solve.exact import margins_of
from forecasting.solve.least_effort import Search, SearchProblem, SearchResult, Way
from forecasting.solve.wish import Allowed, Movable, Wish, action_levers, check


@dataclass(frozen=True, slots=True)
class TurnedLever:
    """A lever that is turned.

    Attributes
    ----------
    entry
        With the value it ends at.
    before
        The value it stood at.
    unit
        Of both; empty for a point lever, which has its own.
    at_bound
        Whether it ends at a bound, so that more is not allowed.
    """

    entry: Turnable
    before: float
    unit: str
    effort: float
    at_bound: bool


@dataclass(frozen=True, slots=True)
class AdvancedProject:
    """A project whose dates ahead come earlier.

    Attributes
    ----------
    project
        With its new dates.
    at_bound
        Whether it cannot come earlier still.
    """

    project: Project
    before: Project
    quarters: int
    effort: float
    at_bound: bool


@dataclass(frozen=True, slots=True)
class Weakest:
    """The indicator whose certain clearing would raise the all-clear most.

    Attributes
    ----------
    probability
        Of its own target.
    if_cleared
        The all-clear then.
    """

    indicator: str
    probability: float
    if_cleared: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario that was solved for, and what it comes to.

    Attributes
    ----------
    scenario
        To be fed back: ``apply`` answers it with ``probability`` and ``error``.
    most
        The largest probability found by the same means. A setting that does not reach may stay
        a thousandth below it, which is not worth a lever.
    error
        Monte Carlo standard error.
    weakest
        None once every year is complete.
    effects
        What its levers and projects bring by the end of the year, by indicator.
    """

    scenario: Scenario
    reached: bool
    probability: float
    most: float
    error: float
    effort: float
    levers: tuple[TurnedLever, ...]
    projects: tuple[AdvancedProject, ...]
    weakest: Weakest | None
    effects: tuple[Effect, ...]


class AlternativeKind(StrEnum):
    """Another way to the same end."""

    LEVERS_ONLY = "levers_only"  # no date moves
    DATES_ONLY = "dates_only"  # no lever is turned
    WITHOUT = "without"  # the lever or project that bears most of the effort stays


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way; ``without`` is what stays as it is in one of that kind."""

    kind: AlternativeKind
    without: Entry | None
    setting: Setting


@dataclass(frozen=True, slots=True)
class SolutionLimits:
    """What no setting can change.

    Attributes
    ----------
    unmoved
        Indicators that count and that nothing allowed helps, the least likely first.
    limiting
        Those of them that are not certain, where all of them together are less likely than wanted.
    missed
        Indicators that count whose year is known and missed.
    ceiling
        Probability that all of these are met: no setting whatever goes beyond it.
    """

    unmoved: tuple[str, ...]
    limiting: tuple[str, ...]
    missed: tuple[str, ...]
    ceiling: float


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer.

    Attributes
    ----------
    wanted
        The all-clear probability asked for.
    before
        What it is as the scenario stands.
    setting
        Of the least effort found that reaches; where none reaches, the one that comes nearest.
    limits
        Why it cannot be more, together with the weakest link of the setting.
    alternatives
        That differ from the setting, cheapest first, those that reach before the others.
    """

    wanted: float
    before: float
    setting: Setting
    limits: SolutionLimits
    alternatives: tuple[Alternative, ...]

    @property
    def reached(self) -> bool:
        """Whether the wanted probability is reached."""
        return self.setting.reached

    @property
    def most(self) -> float:
        """The largest probability found within what is allowed: at least what it is now."""
        return max(self.setting.most, self.before)


PATHS = SETS * PATHS_PER_SET


class Solver:
    """A wish on a baseline.

    Attributes
    ----------
    before
        The all-clear as the scenario stands.
    """

    def __init__(self, baseline: Baseline, scenario: Scenario, wish: Wish, *, partly: bool):
        held = _held(scenario, wish.levers)
        self._wish = wish = replace(wish, levers=(*wish.levers, *held))
        self._baseline, self._scenario, self._partly = baseline, scenario, partly
        now = wish.first(now_of(baseline))
        self._projects = [_dated(move, now) for move in wish.projects]
        entries: list[Entry] = [one.entry for one in wish.levers]
        entries += [project for projects in self._projects for project in projects]
        self._response = response(baseline, scenario, entries, partly=partly)
        if not self._response.counted:
            raise NoAllClear(year=baseline.question.year)
        for dial in self._response.dials:
            for error in dial.missing:
                raise error
        self._standing = [value_of(one.entry) for one in wish.levers]
        there = [float(not step) for own in self._projects for step, _ in enumerate(own)]
        self.before = self._response.all_clear([*self._standing, *there])
        self._there = there
        self._margins = margins_of(self._response, len(wish.levers))
        self._choices = [one.choices() for one in wish.levers]

    def solved(self, levers: Collection[int], projects: Collection[int]) -> Setting:
        """Return the setting of least effort by some of the levers and projects, by their places.

        Where none reaches, the one that comes nearest.
        """
        search = Search(self._ground(levers, projects))
        needed = math.ceil(self._wish.probability * PATHS - 1e-9)
        return self._setting(search.least(needed) or search.nearest(), search.most)

    def limits(self) -> SolutionLimits:
        """Return what no setting can change."""
        moved = {name for name in self._response.counting if self._helped(name)}
        met = self._response.met(
            [*self._standing, *self._there],
            [name for name in self._response.counting if name not in moved],
        )
        unmoved = sorted(met, key=lambda name: met[name].mean())
        together = np.logical_and.reduce([np.ones(PATHS, bool), *met.values()])
        closed = apply(self._baseline, self._scenario, partly=self._partly).outlook.counted
        missed = [
            verdict.indicator_id
            for verdict in closed
            if not verdict.fan and not verdict.probability
        ]
        ceiling = float(together.mean()) if self._response.closed_met else 0.0
        uncertain = tuple(name for name in unmoved if not met[name].all())
        limiting = uncertain if together.mean() < self._wish.probability else ()
        return SolutionLimits(tuple(unmoved), limiting, tuple(missed), ceiling)

    def _ground(self, levers: Collection[int], projects: Collection[int]) -> SearchProblem:
        start = np.array(self._standing)
        return SearchProblem(
            margins=self._margins,
            start=start,
            choices=tuple(
                choices if lever in levers else start[lever : lever + 1]
                for lever, choices in enumerate(self._choices)
            ),
            costs=np.array([self._cost(one) for one in self._wish.levers]),
            ways=tuple(
                ways if place in projects else ways[:1] for place, ways in enumerate(self._ways())
            ),
            closed_met=self._response.closed_met,
        )

    def _cost(self, allowed: Allowed) -> float:
        """Return the effort of one unit of a lever."""
        levels = {**self._baseline.levels, **dict(self._scenario.levels)}
        usual = usual_range(allowed.entry, levels)
        # What moves nothing has no usual range; then it is the one allowed.
        width = usual.width if usual else (allowed.high - allowed.low) or 1.0
        return allowed.weight / width

    def _ways(self) -> Iterator[tuple[Way, ...]]:
        place = len(self._wish.levers)
        for move, own in zip(self._wish.projects, self._projects, strict=True):
            dials = self._response.dials[place : place + len(own)]
            yield tuple(
                Way(quarters, move.weight * quarters, dial.reaches)
                for quarters, dial in enumerate(dials)
            )
            place += len(own)

    def _helped(self, indicator: str) -> bool:
        """Return whether anything that is allowed helps a target on any path."""
        rows = [row for row, _ in self._margins.rows_of(indicator)]
        for choices, start, slopes in zip(
            self._choices, self._standing, self._margins.slopes, strict=True
        ):
            for row in rows:
                slope = np.asarray(slopes.get(row, 0.0))
                if ((slope > 0).any() and choices[-1] > start) or (
                    (slope < 0).any() and choices[0] < start
                ):
                    return True
        later = [way for ways in self._ways() for way in ways[1:]]
        return any(reach.indicator == indicator for way in later for reach in way.reaches)

    def _setting(self, found: SearchResult, most: int) -> Setting:
        """Return what was found as a scenario, answered as any other."""
        scenario = self._scenario_of(found)
        applied = apply(self._baseline, scenario, partly=self._partly)
        outlook, together = applied.outlook, applied.outlook.all_clear
        assert together is not None  # some target counts
        levers, projects = tuple(self._turned(found)), tuple(self._advanced(found))
        used = [*(one.entry for one in levers), *(one.project for one in projects)]
        return Setting(
            scenario=scenario,
            reached=bool(together.probability >= self._wish.probability),
            probability=together.probability,
            most=max(most / PATHS, together.probability),
            error=together.error,
            effort=found.effort,
            levers=levers,
            projects=projects,
            weakest=_weakest(outlook),
            effects=tuple(effect for effect in applied.effects if effect.entry in used),
        )

    def _scenario_of(self, found: SearchResult) -> Scenario:
        """Return the scenario with what is new in the places of what it replaces."""
        new: dict[Entry, list[Entry]] = {}  # levers alike may stand in a scenario several times
        for allowed, value in zip(self._wish.levers, found.values, strict=True):
            new.setdefault(allowed.entry, []).append(worth(allowed.entry, value))
        for own, way in zip(self._projects, found.plan, strict=True):
            new[own[0]] = [own[way]]
        entries = [
            new[entry].pop(0) if new.get(entry) else entry for entry in self._scenario.entries
        ]
        added = [one for ones in new.values() for one in ones if value_of(one)]
        return self._scenario.holding([*entries, *added])

    def _turned(self, found: SearchResult) -> Iterator[TurnedLever]:
        for place, (allowed, value) in enumerate(zip(self._wish.levers, found.values, strict=True)):
            before = self._standing[place]
            if value != before:
                end = self._choices[place][-1 if value > before else 0]
                effort = self._cost(allowed) * abs(value - before)
                entry = replace(allowed.entry, value=value)
                yield TurnedLever(entry, before, self._unit(entry), effort, bool(value == end))

    def _unit(self, entry: Turnable) -> str:
        match entry:
            case Lever():
                return entry.rule.unit
            case Amount():
                lines = self._baseline.standing
                indicators = [line.history.indicator for line in lines]
                return next((one.unit for one in indicators if one.id == entry.indicator), "")
        return ""

    def _advanced(self, found: SearchResult) -> Iterator[AdvancedProject]:
        for move, own, way in zip(self._wish.projects, self._projects, found.plan, strict=True):
            if way:
                yield AdvancedProject(own[way], own[0], way, move.weight * way, way == len(own) - 1)


def _held(scenario: Scenario, levers: Iterable[Allowed]) -> list[Allowed]:
    """Return what differs from a lever in its value alone, and stays where it stands.

    A response leaves out all that is like its dials, so that these have to be among them.
    """
    own = [one.entry for one in levers]
    units = {unit_of(entry) for entry in own}
    held = []
    for entry in scenario.entries:
        if entry in own:
            own.remove(entry)
        elif isinstance(entry, Turnable) and unit_of(entry) in units:
            held.append(Allowed(entry, entry.value, entry.value, 1.0))
    return held


def _dated(move: Movable, now: Quarter) -> list[Project]:
    """Return a project as it stands, then one quarter earlier, two ..."""
    dated = [move.project]
    for quarters in range(1, move.quarters + 1):
        earlier = shifted(move.project, -quarters, now)
        if earlier is None:
            break
        dated.append(earlier)
    return dated


def _weakest(outlook: Outlook) -> Weakest | None:
    together = outlook.all_clear
    if together is None or together.weakest is None:
        return None
    name = together.weakest.indicator_id
    own = next(verdict for verdict in outlook.verdicts if verdict.indicator_id == name)
    return Weakest(name, own.probability, together.weakest.probability_if_cleared)


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
    case = Solver(baseline, scenario, wish, partly=partly)
    levers, projects = range(len(wish.levers)), range(len(wish.projects))
    setting = case.solved(levers, projects)
    return Solution(
        wanted=wish.probability,
        before=case.before,
        setting=setting,
        limits=case.limits(),
        alternatives=tuple(_alternatives(case, wish, setting)),
    )


def _alternatives(case: Solver, wish: Wish, setting: Setting) -> list[Alternative]:
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
) -> Iterator[tuple[AlternativeKind, Entry | None, list[int], list[int]]]:
    """Yield the kinds that the setting is not of, with the levers and projects they leave."""
    levers, projects = list(range(len(wish.levers))), list(range(len(wish.projects)))
    if setting.projects and levers:
        yield AlternativeKind.LEVERS_ONLY, None, levers, []
    if setting.levers and projects:
        yield AlternativeKind.DATES_ONLY, None, [], projects
    bearing = [(one.effort, unit_of(one.entry)) for one in setting.levers]
    bearing += [(one.effort, one.before) for one in setting.projects]
    _, most = max(bearing, key=lambda one: one[0])
    kept = [place for place in levers if unit_of(wish.levers[place].entry) != most]
    rest = [place for place in projects if wish.projects[place].project != most]
    if kept or rest:
        yield AlternativeKind.WITHOUT, most, kept, rest


@dataclass(frozen=True, slots=True)
class LeverAside:
    """A lever that an answer makes no use of for nobody allowed it, and what it would bring.

    Attributes
    ----------
    lever
        At the end of its usual range that helps.
    probability
        The all-clear with it on top of the setting.
    """

    lever: Lever
    probability: float


def levers_aside(
    baseline: Baseline, wish: Wish, setting: Setting, *, partly: bool = False
) -> tuple[LeverAside, ...]:
    """Return the zone's levers that a wish leaves out and that would help, the most helpful first.

    Each is turned alone to the end of its usual range, on top of the setting. Levers that lack a
    number are not among them: nobody can say what they would bring.
    """
    allowed = {one.entry.kind for one in wish.levers if isinstance(one.entry, Lever)}
    first = wish.first(now_of(baseline))
    others = [
        lever
        for lever in action_levers(baseline, setting.scenario, first)
        if lever.kind not in allowed
    ]
    laid_out = response(baseline, setting.scenario, others, partly=partly)
    if not laid_out.counted:
        return ()
    standing = [value_of(lever) for lever in others]
    before, aside = laid_out.all_clear(standing), []
    for place, (lever, dial) in enumerate(zip(others, laid_out.dials, strict=True)):
        if dial.missing or not dial.reaches:
            continue
        ends = [
            (laid_out.all_clear([*standing[:place], end, *standing[place + 1 :]]), end)
            for end in (lever.rule.low, lever.rule.high)
        ]
        probability, end = max(ends)
        if probability > before:
            aside.append(LeverAside(replace(lever, value=float(end)), probability))
    return tuple(sorted(aside, key=lambda one: -one.probability))
