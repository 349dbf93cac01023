"""What a solver may do: which levers, how far, in which steps, and what each costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.errors import (
    BoundsRefused,
    LevelsMissing,
    LeverWithoutReach,
    NotAnAction,
    OutlookError,
    ProjectFixed,
    WantRefused,
)
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.levers import RULES, Lever, LeverKind, usual_step
from forecasting.scenario.model import Scenario, Turnable
from forecasting.scenario.projects import Project, shifted
from forecasting.scenario.realisation import is_begun
from forecasting.scenario.response import Dial, dials_of, response, usual_range

ENVIRONMENT = frozenset({LeverKind.PRODUCER_PRICES, LeverKind.TOP_FIRMS_OUTPUT, LeverKind.STOPPAGE})
"""Kinds that happen to a zone: solved for only where they are named."""
MOST_STEPS = 100_000
"""Between the bounds of a lever: each is a value that is weighed, and held in memory."""
QUARTER_EFFORT = 0.25
"""Of a project a quarter earlier: a whole year is one lever through its usual range."""
WANTED = (0.3, 0.5, 0.7, 0.8, 0.9)
"""Probabilities of the all-clear that are usually asked for."""
MOST_QUARTERS = 2
"""By which a project comes earlier at most, where nobody says it."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A lever that may be turned.

    Attributes
    ----------
    entry
        With the value it stands at, from which effort is counted.
    low, high
        Values it may end at; where it stands is always one.
    step
        It ends at a multiple of this, at a bound, or where it stands.
    weight
        Effort of turning it through its whole usual range.
    """

    entry: Turnable
    low: float
    high: float
    step: float
    weight: float = 1.0

    def choices(self) -> Array:
        """Return the values it may end at, rising."""
        first, last = math.ceil(self.low / self.step), math.floor(self.high / self.step)
        grid = np.arange(first, last + 1) * self.step
        decimals = max(0, 2 - math.floor(math.log10(self.step)))
        grid = np.round(grid, decimals)  # 0.1 * 3 is no round amount
        inside = grid[(grid >= self.low) & (grid <= self.high)]
        return np.unique(np.concatenate([inside, [self.low, self.high, self.entry.value]]))


def is_tax(allowed: Allowed) -> bool:
    """Return whether it is revenue itself, which is collected as it falls due and not set."""
    return isinstance(allowed.entry, Lever) and allowed.entry.kind is LeverKind.TAX


@dataclass(frozen=True, slots=True)
class Movable:
    """A project whose dates ahead may come earlier.

    Attributes
    ----------
    project
        As it stands in the scenario.
    quarters
        By how many at most; what would come before today does not.
    weight
        Effort of one quarter.
    """

    project: Project
    quarters: int = MOST_QUARTERS
    weight: float = QUARTER_EFFORT


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted, and by which means.

    Attributes
    ----------
    probability
        Of the all-clear, strictly between 0 and 1.
    earliest
        The first quarter in which anything can still be done: no date comes before it. None is
        the first quarter without figures, which may be long gone where figures come late.
    """

    probability: float
    levers: tuple[Allowed, ...]
    projects: tuple[Movable, ...] = ()
    earliest: Quarter | None = None

    def first(self, now: Quarter) -> Quarter:
        """Return the first quarter that a date may be in, ``now`` being that without figures."""
        return now if self.earliest is None else max(now, self.earliest)


def check(baseline: Baseline, scenario: Scenario, wish: Wish) -> None:
    """Refuse what cannot be asked.

    Raises
    ------
    WantRefused
        If the wanted probability is not strictly between 0 and 1.
    NotAnAction
        If growth itself is to be solved for: points of a full year, or a pin.
    BoundsRefused
        If bounds are no range, hold more than ``MOST_STEPS`` steps, or step or weight is not
        above zero.
    ProjectFixed
        If a project has begun, or is not in the scenario.
    """
    if not 0 < wish.probability < 1:
        raise WantRefused(wanted=wish.probability)
    for one in wish.levers:
        if not isinstance(one.entry, Turnable) or getattr(one.entry, "points", False):
            raise NotAnAction(entry=label_of(one.entry))
        sizes = (one.low, one.high, one.step, one.weight)
        bounded = all(map(math.isfinite, sizes)) and one.low <= one.high
        counted = bounded and one.step > 0 and one.high - one.low <= MOST_STEPS * one.step
        if not (counted and one.weight > 0):
            raise BoundsRefused(
                entry=label_of(one.entry),
                low=one.low,
                high=one.high,
                step=one.step,
                weight=one.weight,
            )
    now = now_of(baseline)
    for move in wish.projects:
        if move.project not in scenario.projects or is_begun(move.project, now):
            raise ProjectFixed(project=move.project.id)
        if not (move.quarters >= 0 and math.isfinite(move.weight) and move.weight > 0):
            raise BoundsRefused(
                entry=move.project.id, low=0, high=move.quarters, step=1, weight=move.weight
            )


def label_of(entry: object) -> str:
    """Return the kind, the indicator or the id of an entry."""
    names = ("kind", "indicator", "id")
    return next((str(getattr(entry, name)) for name in names if hasattr(entry, name)), "")


def usual_wish(
    baseline: Baseline,
    scenario: Scenario,
    probability: float,
    kinds: Collection[LeverKind] | None = None,
    *,
    dates: bool = True,
    taxes: bool = False,
    partly: bool = False,
    earliest: Quarter | None = None,
) -> Wish:
    """Return a wish with the usual means.

    Parameters
    ----------
    kinds
        Of levers; None is every kind that is an action of the zone, reaches an indicator this
        year and lacks no number.
    dates
        Whether projects that have not begun may come earlier.
    taxes
        Whether taxes are among the levers where no kinds are named: they are collected as they
        fall due and not set, so that nobody solves for them unasked.
    partly
        Whether a lever may stay that lacks last year's level of some indicators it reaches.
    earliest
        As of a wish; levers at rest start then, where they do not say.

    Raises
    ------
    AssumptionMissing, LevelsMissing, UnitsDiffer
        If a kind that is named lacks a number.
    LeverWithoutReach
        If one that is named moves nothing this year.
    """
    dials = _candidates(baseline, scenario, kinds, partly=partly, earliest=earliest)
    for dial in dials if kinds is not None else ():
        if dial.missing:
            raise dial.missing[0]
        if not dial.reaches:
            raise LeverWithoutReach(lever=label_of(dial.lever), year=baseline.question.year)
    allowed = [usual_lever(dial.lever) for dial in dials if dial.reaches]
    levers = tuple(one for one in allowed if taxes or kinds is not None or not is_tax(one))
    wish = Wish(probability, levers, earliest=earliest)
    first = wish.first(now_of(baseline))
    return replace(wish, projects=tuple(_movable(baseline, scenario, first))) if dates else wish


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A lever that would be allowed, were the numbers known that it lacks."""

    lever: Lever
    missing: tuple[OutlookError, ...]


def left_out(baseline: Baseline, scenario: Scenario) -> tuple[LeftOut, ...]:
    """Return the levers, taxes aside, that ``usual_wish`` leaves out for want of a number."""
    dials = _candidates(baseline, scenario, None, partly=True)
    return tuple(
        LeftOut(dial.lever, dial.missing)
        for dial in dials
        if dial.missing and dial.lever.kind is not LeverKind.TAX
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    lever: Lever
    reaches: bool
    missing: tuple[OutlookError, ...]


def _candidates(
    baseline: Baseline,
    scenario: Scenario,
    kinds: Collection[LeverKind] | None,
    *,
    partly: bool,
    earliest: Quarter | None = None,
) -> list[_Candidate]:
    """Return the levers of some kinds as they stand, at rest where the scenario has none."""
    levers = action_levers(baseline, scenario, earliest, kinds)
    dials = response(baseline, scenario, levers, partly=partly).dials
    return [
        _Candidate(lever, bool(dial.reaches), _missing(dial, baseline.question.year))
        for lever, dial in zip(levers, dials, strict=True)
    ]


def _missing(dial: Dial, year: int) -> tuple[OutlookError, ...]:
    """Return what a dial lacks that cannot be turned: every level of what it would move."""
    without_any = bool(dial.unmeasured) and not dial.reaches
    return (LevelsMissing(dial.unmeasured, year - 1),) if without_any else dial.missing


def action_levers(
    baseline: Baseline,
    scenario: Scenario,
    earliest: Quarter | None,
    kinds: Collection[LeverKind] | None = None,
) -> list[Lever]:
    """Return the levers of some kinds as they stand, at rest where the scenario has none.

    Parameters
    ----------
    earliest
        As of a wish.
    kinds
        None is every kind that is an action of the zone and reaches one of its indicators.
    """
    known = {line.target.indicator for line in baseline.standing}
    reaching = [kind for kind in LeverKind if known.intersection(RULES[kind].indicators)]
    asked = [one for one in reaching if one not in ENVIRONMENT] if kinds is None else kinds
    # What is named is a candidate wherever it leads: then it is told that it leads nowhere.
    anywhere = {name for rule in RULES.values() for name in rule.indicators}
    return [
        _from(dial, earliest, now_of(baseline)) if dial not in scenario.levers else dial
        for dial in dials_of(scenario, anywhere)
        if isinstance(dial, Lever) and dial.kind in asked
    ]


def _from(lever: Lever, earliest: Quarter | None, now: Quarter) -> Lever:
    """Return a lever at rest that starts no earlier than anything can be done."""
    late = earliest is not None and earliest > now and lever.start is None
    return replace(lever, start=earliest) if late else lever


def usual_lever(lever: Lever) -> Allowed:
    """Return a lever within its usual range, in round steps."""
    usual = usual_range(lever, {})
    assert usual is not None  # a lever's range stands in its rule
    step = usual_step(usual.low, usual.high, lever.rule.unit)
    return Allowed(lever, float(usual.low), float(usual.high), step)


def _movable(baseline: Baseline, scenario: Scenario, first: Quarter) -> Iterator[Movable]:
    now = now_of(baseline)
    for project in scenario.projects:
        if not is_begun(project, now) and shifted(project, -1, first) is not None:
            yield Movable(project)
