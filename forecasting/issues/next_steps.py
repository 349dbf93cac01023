"""What is to be done next: about the weakest link by whom, in which project, by when; about all.

The first comes from the ledger of projects as its keepers fill it in. Projects, their units and
what holds them up are named only for insiders who ask for it. For all others projects are counted,
and a unit is named only where it is in charge of as many as make a sum. The second is what is
solved for by levers of the zone, which are of no single project.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import NeededLever, NeededLevers, NextSteps, Step
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.scenario.levers import Lever, Timing
from forecasting.scenario.model import FEWEST_IN_A_SUM, Scenario
from forecasting.scenario.projects import DATES, STAGES, Project, Stage, begun, unregistered

if TYPE_CHECKING:  # what applies scenarios imports every model: a snapshot needs none
    from forecasting.scenario.apply import Effect

AHEAD = tuple(date for date in DATES if date != "signed")
"""What a project is pressed to reach."""
_REACHED_FROM = {"started": Stage.STARTED, "producing": Stage.PRODUCING}
"""The stage from which on a project has reached a date."""


def next_steps_of(
    outlook: Outlook,
    ledger: Sequence[Project],
    effects: Iterable[Effect],
    levels: Mapping[str, float],
    now: Quarter,
    *,
    named: bool = False,
) -> NextSteps | None:
    """Return what is next; None where nothing is short, or targets are not the area's own.

    Parameters
    ----------
    outlook
        What is issued.
    ledger
        The projects of the area, as the baseline carries them or not.
    effects
        What each of them does to the year by ``ledger_alone``.
    levels
        Of the year before by indicator, in its unit.
    now
        The first quarter in which anything can be done.
    named
        Whether readers are insiders who may see names.
    """
    verdict = _weakest(outlook)
    if verdict is None or outlook.area.reference:
        return None
    indicator = verdict.history.indicator
    gap, level = _gap(verdict), levels.get(indicator.id)
    own = [
        effect
        for effect in effects
        if effect.indicator == indicator.id and any(effect.amounts or effect.points)
    ]
    moving = {effect.entry.id for effect in own if isinstance(effect.entry, Project)}
    projects = [project for project in ledger if project.id in moving]
    carried = sum(project.in_trend is not None for project in projects)
    steps = tuple(_steps(projects, now, named=named))
    told = all(count == 0 or count >= FEWEST_IN_A_SUM for count in (carried, len(moving) - carried))
    return NextSteps(
        indicator=indicator.id,
        gap=gap,
        amount=None if level is None else gap * level / 100,
        unit=indicator.unit,
        listed=bool(ledger),
        projects=len(projects),
        carried=carried,
        blocked=sum(bool(project.blocking.strip()) for project in projects),
        brings=_sum(effect.amounts for effect in own) if told and own else None,
        points=_sum(effect.points for effect in own) if told and own else None,
        steps=steps,
        named=named and bool(steps),
    )


def needed_levers(
    wanted: float, levers: Iterable[Lever], opens: Quarter, *, reached: bool, most: float
) -> NeededLevers:
    """Return what is needed of levers of the zone, each from the quarter it counts in.

    Parameters
    ----------
    wanted, reached, most
        As of ``NeededLevers``.
    levers
        At the values that are needed.
    opens
        The first quarter that is open, from which a lever counts that does not say.
    """
    needed = (
        NeededLever(
            kind=lever.kind,
            value=lever.value,
            unit=lever.rule.unit,
            start=lever.first_counted(opens),
            once=lever.timing is Timing.ONCE,
        )
        for lever in levers
    )
    return NeededLevers(wanted, reached, most, tuple(needed))


def ledger_alone(scenario: Scenario) -> Scenario:
    """Return the projects of a scenario and nothing else, as if the baseline carried none."""
    projects = (replace(project, in_trend=None) for project in scenario.projects)
    return replace(scenario.holding(projects), pins=(), bottom_up=())


def next_date(project: Project, now: Quarter) -> tuple[str, Quarter | None] | None:
    """Return what a project reaches next and by when; None where nothing is left to do.

    What its stage says it has not reached comes first, though its quarter is over. Of a date that
    is missing the quarter is None: a start, or the registration without which no investment is
    counted.
    """
    for name, stage in _REACHED_FROM.items():
        date = getattr(project, name)
        if date is not None and date < now and STAGES.index(project.stage) < STAGES.index(stage):
            return name, date
    dated = [
        (date, place, name)
        for place, name in enumerate(AHEAD)
        if (date := getattr(project, name)) is not None and date >= now
    ]
    if dated:
        date, _, name = min(dated)
        return name, date
    if project.started is None and project.stage is Stage.INTRODUCED:
        return "started", None
    if begun(project, now) and unregistered(project):
        return "recorded", None
    return None


def _weakest(outlook: Outlook) -> Verdict | None:
    """Return the weakest link of a year that is not over; none that has made it already."""
    together = outlook.all_clear
    if together is None or together.weakest is None or outlook.known or outlook.lost:
        return None
    wanted = together.weakest.indicator_id
    found = next(verdict for verdict in outlook.verdicts if verdict.indicator_id == wanted)
    still_open = [verdict for verdict in outlook.counted if not verdict.known]
    if found.known:
        return min(still_open, key=lambda verdict: verdict.probability, default=None)
    return found


def _gap(verdict: Verdict) -> float:
    """Return how far expected growth lies outside of what meets the target, inside below zero."""
    growth = verdict.quantiles.median
    return max(verdict.cut.lower - growth, growth - verdict.cut.upper)


def _sum(parts: Iterable[Sequence[float]]) -> float:
    return math.fsum(value for part in parts for value in part)


def _steps(projects: Sequence[Project], now: Quarter, *, named: bool) -> list[Step]:
    found = [(project, step) for project in projects if (step := next_date(project, now))]
    units = Counter(project.owner.strip() for project, _ in found)
    told: Counter[tuple[str, Quarter | None, str, str, str]] = Counter()
    blocked: Counter[tuple[str, Quarter | None, str, str, str]] = Counter()
    for project, (milestone, quarter) in found:
        owner, blocking = project.owner.strip(), project.blocking.strip()
        if named:
            key = (milestone, quarter, owner, project.name or project.id, blocking)
        else:
            shown = owner if units[owner] >= FEWEST_IN_A_SUM else ""
            key = (milestone, quarter, shown, "", "")
        told[key] += 1
        blocked[key] += bool(blocking)
    steps = [
        Step(milestone, quarter, owner, count, blocked[key], name, blocking)
        for key, count in told.items()
        for milestone, quarter, owner, name, blocking in [key]
    ]
    later = Quarter(9999, 4)
    return sorted(
        steps,
        key=lambda step: (
            step.quarter or later,
            AHEAD.index(step.milestone),
            not step.owner,
            step.owner,
            step.project,
        ),
    )
