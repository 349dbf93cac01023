"""A scenario applied to a baseline: its outlook, and what each of its entries does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from forecasting.errors import AssumptionMissing, LevelsMissing, OutlookError, UnitsDiffer
from forecasting.figures.indicator import Indicator
from forecasting.figures.period import Quarter
from forecasting.history.history import History
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.arithmetic import Arithmetic, merged, unit_of, value_of
from forecasting.scenario.bottom_up import with_bottom_up
from forecasting.scenario.levers import Factor, Lever
from forecasting.scenario.model import Entry, Scenario
from forecasting.scenario.pins import pinned
from forecasting.scenario.unseen import UnseenGrowth, unseen_growth, years_before


def prepared(baseline: Baseline, scenario: Scenario) -> Baseline:
    """Return the baseline that entries are added to: pins held, then views from below mixed in."""
    return with_bottom_up(pinned(baseline, scenario.pins), scenario)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one entry does to one indicator this year, as expected over all paths.

    Attributes
    ----------
    value
        Of the entry; 1 for a project.
    factors
        Between the value and the amount.
    unit
        Of the amount: the indicator's, ``points`` on the growth of single quarters, or
        ``year_points``.
    amounts
        By quarter of the year, zero in those known or held.
    known
        What the arithmetic puts into quarters that are already known or held by a pin, and
        which is therefore not counted.
    later
        What comes in later years; of a project it is not counted.
    level
        Of the whole year before, in the indicator's unit; None where none was needed.
    points
        Percentage points of full-year growth, by quarter; they sum to the change of the year.
    beyond_range
        Whether a lever's value lies outside its usual range.
    beyond_history
        Whether the year moves further than full-year growth ever moved from one year to the
        next; None where fewer than two years in a row are known.
    """

    entry: Entry
    indicator: str
    value: float
    factors: tuple[Factor, ...]
    unit: str
    amounts: tuple[float, ...]
    known: float
    later: float
    level: float | None
    points: tuple[float, ...]
    beyond_range: bool
    beyond_history: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Applied:
    """A scenario's outlook, and what each of its entries does.

    Attributes
    ----------
    unmeasured
        Indicators that amounts would move, were last year's level known; only where it was
        asked to go on without.
    """

    scenario: Scenario
    outlook: Outlook
    effects: tuple[Effect, ...]
    unmeasured: tuple[Indicator, ...] = ()

    @property
    def drivers(self) -> tuple[Entry, ...]:
        """The entries that move something, those first that move one indicator most."""
        moves: dict[Entry, float] = {}
        for effect in self.effects:
            size = abs(math.fsum(effect.points))
            moves[effect.entry] = max(moves.get(effect.entry, 0.0), size)
        return tuple(sorted((one for one in moves if moves[one]), key=lambda one: -moves[one]))

    @property
    def certain(self) -> tuple[Entry, ...]:
        """The drivers of which everything comes only because somebody said so."""
        return tuple(entry for entry in self.drivers if entry.certain)

    @property
    def unseen(self) -> tuple[UnseenGrowth, ...]:
        """What the scenario expects beyond all that was ever seen, the furthest beyond first."""
        moved = {effect.indicator for effect in self.effects if any(effect.points)}
        moved.update(pin.indicator for pin in self.scenario.pins)
        every = (
            unseen
            for verdict in self.outlook.verdicts
            if verdict.indicator_id in moved
            for unseen in unseen_growth(verdict, self.outlook.year)
        )
        return tuple(sorted(every, key=lambda unseen: unseen.most - unseen.growth))

    @property
    def without_effect(self) -> tuple[Entry, ...]:
        """The entries that move nothing this year: too late, at rest, or of no indicator here."""
        moving = {effect.entry for effect in self.effects if any(effect.points)}
        return tuple(entry for entry in self.scenario.entries if entry not in moving)


def apply(baseline: Baseline, scenario: Scenario, *, partly: bool = False) -> Applied:
    """Apply a scenario to the paths of a baseline; nothing is fitted.

    Pins hold their quarters first, and the others follow. Views from below take their share of
    the paths. Then growth of the full year moves by an amount over last year's level at current
    prices. Quarters that are known or held are not moved, and what moves one indicator moves no
    other by association.

    Parameters
    ----------
    partly
        Whether to leave out amounts whose level of last year is missing, and to say so in
        ``Applied.unmeasured``, instead of refusing the scenario.

    Raises
    ------
    LevelsMissing, UnitsDiffer
        Where an amount, or a view from below, cannot be measured against last year's level.
    AssumptionMissing
        Where a lever needs a number that only the zone knows.
    OutlookError
        As ``pinned`` and ``with_bottom_up`` raise them, where pins or views cannot be.
    """
    held = prepared(baseline, scenario)
    arithmetic, totals = Arithmetic(held, scenario), merged(scenario.entries)
    effects = tuple(
        effect
        for entry in scenario.entries
        for effect in _effects(arithmetic, entry, totals.get(unit_of(entry), 0.0))
    )
    if not partly:
        arithmetic.require_levels(scenario.entries)
    outlook = outlook_of(held, arithmetic.added(totals))
    return Applied(scenario, outlook, effects, arithmetic.lacking(scenario.entries))


def _effects(arithmetic: Arithmetic, entry: Entry, total: float) -> Iterator[Effect]:
    """Return what an entry is expected to do to each indicator it reaches.

    Parameters
    ----------
    total
        Of the entry and those that differ from it in their value alone: it is a gain or a loss
        with them.
    """
    value = value_of(entry)
    if value == 0:
        return  # a dial at rest asks for no level
    times = arithmetic.sides(unit_of(entry)).times(total)
    counted = value * times
    for part in arithmetic.parts_of(unit_of(entry)):
        rows = counted * (part.weights @ part.table)
        open_ = arithmetic.open(part.indicator)
        points = counted * (part.weights @ arithmetic.points(part))
        factor = arithmetic.factor(part)
        history = arithmetic.lines[part.indicator].history
        yield Effect(
            entry=entry,
            indicator=part.indicator,
            value=value,
            factors=part.factors if times == 1 else _all_coming(part.factors),
            unit=arithmetic.unit(part),
            amounts=tuple(map(float, factor * rows * open_)),
            known=float((factor * rows * ~open_).sum()) + 0.0,
            later=factor * counted * part.later,
            level=arithmetic.level(part),
            points=tuple(map(float, points)),
            beyond_range=isinstance(entry, Lever) and entry.beyond_range,
            beyond_history=_beyond(history, float(points.sum()), arithmetic.year),
        )


def _all_coming(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """Return the factors of a loss, of which all is expected."""
    return tuple(factor for factor in factors if factor.name != "realised")


def _beyond(history: History, points: float, year: int) -> bool | None:
    """Return whether a change of full-year growth exceeds every one from year to year."""
    most = largest_move(history, year)
    return None if most is None else abs(points) > most


def largest_move(history: History, year: int) -> float | None:
    """Return the most that full-year growth ever moved from one year to the next before ``year``.

    In percentage points; None where fewer than two years in a row are known.
    """
    years = years_before(history, year)
    growth = [history.ytd_at(Quarter(known, 4)) for known in years]
    moves = [abs(b - a) for a, b in pairwise(growth)]
    return max((move for move in moves if math.isfinite(move)), default=None)


def missing_of(
    arithmetic: Arithmetic, unit: Entry, *, partly: bool = False
) -> Iterator[OutlookError]:
    """Yield every error that ``apply`` would raise of an entry, one after the other.

    Parameters
    ----------
    unit
        Of value 1.
    partly
        Whether levels may be missing.
    """
    whole = unit
    if isinstance(whole, Lever):
        for name in whole.rule.assumptions:
            if whole.assumed(name) is None:
                yield AssumptionMissing(lever=whole.kind, assumption=name)
                # With any number in its place the rest of the arithmetic can be looked at.
                whole = replace(whole, assumptions=(*whole.assumptions, (name, 1.0)))
    for part in arithmetic.parts_of(whole):
        try:
            arithmetic.factor(part)
        except UnitsDiffer as error:
            yield error
    lacking = arithmetic.without_level([whole])
    if lacking and not partly:
        yield LevelsMissing(lacking, arithmetic.year - 1)
