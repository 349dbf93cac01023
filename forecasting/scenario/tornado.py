"""What moves the all-clear most: every dial a step up and down, every project's dates and chance.

Steps are a share of what is usual for a dial, so that bars compare what comparable turns do. Each
is taken alone from the scenario as it stands (one at a time, as in Howard, 1988), so bars do not
sum to anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.scenario.arithmetic import now_of, value_of
from forecasting.scenario.model import Entry, Scenario, Turnable
from forecasting.scenario.projects import Project, shifted
from forecasting.scenario.realisation import is_begun, rates_of, start_probability
from forecasting.scenario.reference_class import RealisationRates
from forecasting.scenario.response import Range, Response, dials_of, response, usual_range

SHARE = 0.1
"""Of the usual range, that one step is."""


class BarKind(StrEnum):
    """What is done to an entry."""

    VALUE = "value"  # turned, in its unit
    DATES = "dates"  # all dates ahead, in quarters
    CHANCE = "chance"  # its start probability


@dataclass(frozen=True, slots=True)
class Swing:
    """One turn and what it does.

    Attributes
    ----------
    amount
        Change of what is turned, signed: in the unit of the lever or indicator, in points of the
        full year, in units of a point lever, in quarters (earlier is negative), or of a
        probability.
    probability, change
        The all-clear then, and less what it is as the scenario stands.
    targets
        Change of the number of targets that are expected to be met; it tells steps apart where
        the all-clear is zero whatever is turned.
    """

    amount: float
    probability: float
    change: float
    targets: float


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """What one entry does either way.

    Attributes
    ----------
    entry
        As it stands in the scenario; a dial at rest has the value zero.
    stands
        At which value, start probability, or zero quarters from its dates.
    down, up
        The step that lowers and the one that raises what is turned; None at the end of the
        usual range, or where a date would come before today.
    """

    entry: Entry
    action: BarKind
    stands: float
    down: Swing | None
    up: Swing | None

    @property
    def size(self) -> float:
        """The larger of both changes of the all-clear."""
        return max(abs(step.change) for step in (self.down, self.up) if step)

    @property
    def _rank(self) -> tuple[float, float]:
        steps = [step for step in (self.down, self.up) if step]
        return -self.size, -max(abs(step.targets) for step in steps)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The bars, largest first, from the all-clear as the scenario stands."""

    probability: float
    bars: tuple[TornadoBar, ...]


def tornado(
    baseline: Baseline,
    scenario: Scenario,
    dials: Sequence[Turnable] | None = None,
    share: float = SHARE,
    *,
    partly: bool = False,
    earliest: Quarter | None = None,
) -> Tornado | None:
    """Return what a step of each dial and project would do to the all-clear.

    Parameters
    ----------
    dials
        As they stand; None is all of ``dials_of``. Those that reach nothing this year or lack a
        number have no bar.
    share
        Of the usual range, that one step is.
    partly
        As in ``response``.
    earliest
        The first quarter in which anything can still be done; None is that without figures.

    Returns
    -------
    Tornado or None
        None where no target counts.

    Raises
    ------
    OutlookError
        As ``apply`` raises them, of the scenario as it stands.
    """
    if dials is None:
        dials = dials_of(scenario, {line.target.indicator for line in baseline.standing})
    now = now_of(baseline)
    rates = rates_of(scenario, now)
    first = now if earliest is None else max(now, earliest)
    projects = [_turns(project, rates, now, first) for project in scenario.projects]
    entries: list[Entry] = [*dials, *scenario.projects]
    entries += [turn.project for turns in projects for turn in turns]
    laid_out = response(baseline, scenario, entries, partly=partly)
    if not laid_out.counted:
        return None
    standing = [value_of(entry) for entry in (*dials, *scenario.projects)]
    standing += [0.0] * (len(entries) - len(standing))
    trial = _Trial(laid_out, standing)
    levels = {**baseline.levels, **dict(scenario.levels)}
    bars = [
        *_bars_of_dials(trial, dials, [usual_range(dial, levels) for dial in dials], share),
        *_bars_of_projects(trial, scenario.projects, projects, len(dials)),
    ]
    return Tornado(trial.probability, tuple(sorted(bars, key=lambda bar: bar._rank)))


@dataclass(frozen=True, slots=True)
class _Turn:
    """One change of a project."""

    action: BarKind
    amount: float
    project: Project


def _turns(project: Project, rates: RealisationRates, now: Quarter, first: Quarter) -> list[_Turn]:
    """Return what can be done to a project: its dates ahead, and its chance before it starts."""
    moved = [(quarters, shifted(project, quarters, first)) for quarters in (-1, 1)]
    turns = [_Turn(BarKind.DATES, quarters, other) for quarters, other in moved if other]
    chance = start_probability(project, rates, now)
    if not is_begun(project, now):
        turns += [
            _Turn(BarKind.CHANCE, other - chance, replace(project, start_probability=other))
            for other in (chance / 2, 1.0)
            if other != chance
        ]
    return turns


class _Trial:
    """The scenario as it stands, of which only what a step touches is computed anew."""

    def __init__(self, laid_out: Response, standing: Sequence[float]):
        self._response = laid_out
        self._standing = standing
        self._met = laid_out.met(standing, laid_out.counting)
        self.probability = laid_out.all_clear(standing)
        self._missed = np.zeros(SETS * PATHS_PER_SET, np.int8)
        for met in self._met.values():
            self._missed += ~met

    def reaches(self, place: int) -> set[str]:
        """Return the indicators that count and that a dial reaches."""
        dial = self._response.dials[place]
        return {reach.indicator for reach in dial.reaches} & self._met.keys()

    def step(self, amount: float, changes: Mapping[int, float]) -> Swing:
        """Return what it does to give dials other values, by their places."""
        values = [*self._standing]
        for place, value in changes.items():
            values[place] = value
        touched = set().union(*(self.reaches(place) for place in changes))
        met = self._response.met(values, touched)
        missed, targets = self._missed, 0.0
        for indicator, paths in met.items():
            before = self._met[indicator]
            missed = missed + before.view(np.int8) - paths.view(np.int8)
            targets += float(paths.mean() - before.mean())
        clear = float((missed == 0).mean()) if self._response.closed_met else 0.0
        return Swing(amount, clear, clear - self.probability, targets)


def _bars_of_dials(
    trial: _Trial, dials: Sequence[Turnable], ranges: Sequence[Range | None], share: float
) -> Iterator[TornadoBar]:
    for place, (dial, usual) in enumerate(zip(dials, ranges, strict=True)):
        if usual is None or not trial.reaches(place):
            continue
        size = share * usual.width
        down, up = (
            trial.step(amount, {place: dial.value + amount})
            if usual.allows(dial.value, dial.value + amount)
            else None
            for amount in (-size, size)
        )
        if down or up:
            yield TornadoBar(dial, BarKind.VALUE, dial.value, down, up)


def _bars_of_projects(
    trial: _Trial, projects: Sequence[Project], turns: Sequence[Sequence[_Turn]], first: int
) -> Iterator[TornadoBar]:
    """Yield bars of projects, which stand in the response from ``first`` on, then their turns."""
    other = first + len(projects)
    for place, (project, own) in enumerate(zip(projects, turns, strict=True), start=first):
        sides: dict[tuple[BarKind, bool], Swing] = {}
        stands = {BarKind.DATES: 0.0}
        for turn in own:
            if trial.reaches(place) | trial.reaches(other):
                step = trial.step(turn.amount, {place: 0.0, other: 1.0})
                sides[turn.action, turn.amount > 0] = step
            if turn.action is BarKind.CHANCE:
                stands[turn.action] = (turn.project.start_probability or 0.0) - turn.amount
            other += 1
        for action in (BarKind.DATES, BarKind.CHANCE):
            down, up = sides.get((action, False)), sides.get((action, True))
            if down or up:
                yield TornadoBar(project, action, stands[action], down, up)
