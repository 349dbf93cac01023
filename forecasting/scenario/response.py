"""What a scenario does as its dials turn: linear in what they count as, path by path.

Growth of each indicator on each path is a fixed course plus the sum, over the dials, of what the
value counts as times its reach: a straight line in the value, with a slope of its own below zero
where a loss counts in full. Sliders, the tornado, the solver and the browser share this picture;
nothing in it is fitted, and an answer costs well under a millisecond for a dozen indicators.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Indicator
from forecasting.figures.target import Cut, cut_of
from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.outlook.verdict import LOWEST_GROWTH, Met, growth_paths, published_verdict
from forecasting.scenario.apply import missing_of, prepared
from forecasting.scenario.arithmetic import (
    BOTH_ALIKE,
    Arithmetic,
    Sides,
    merged,
    now_of,
    on_paths,
    unit_of,
)
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import Amount, Entry, PointLever, Scenario, Turnable
from forecasting.scenario.realisation import rates_of

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


One = TypeVar("One", bound=Turnable)


def dials_of(scenario: Scenario, reached: Collection[str]) -> tuple[Turnable, ...]:
    """Return the dials of a scenario as they stand.

    Levers come in the order of their kinds: those of the scenario, named ones first, and one at
    rest for each kind that reaches an indicator and of which it has none without a name. So a
    dial that is turned to zero stays in its place. Then come its amounts and point levers.

    Parameters
    ----------
    reached
        Ids of the indicators that can still move.
    """
    levers = (lever for kind in LeverKind for lever in _of_kind(scenario, kind, reached))
    return (*levers, *scenario.amounts, *scenario.points)


def _of_kind(scenario: Scenario, kind: LeverKind, reached: Collection[str]) -> Iterator[Lever]:
    own = [lever for lever in scenario.levers if lever.kind is kind]
    yield from sorted(own, key=lambda lever: not lever.name)
    reaches = any(name in reached for name in RULES[kind].indicators)
    if reaches and all(lever.name for lever in own):
        yield Lever(kind, 0.0)


def turned(scenario: Scenario, dial: Turnable, value: float) -> Scenario:
    """Return a scenario with a dial, as ``dials_of`` gave it, at another value."""
    return exchanged(scenario, dial, replace(dial, value=value))


def exchanged(scenario: Scenario, dial: Turnable, new: Turnable, which: int = 0) -> Scenario:
    """Return a scenario with another dial of the same sort in place of one of ``dials_of``.

    A lever that says nothing beside its value is left out where that is zero, so that what is
    turned back is as if it had never been touched.

    Parameters
    ----------
    which
        Of dials that are equal, the number of the one that is meant.
    """
    match dial, new:
        case Lever(), Lever():
            kept = () if new == Lever(new.kind, 0.0) else (new,)
            if dial in scenario.levers:
                return replace(scenario, levers=_put(scenario.levers, dial, kept, which))
            return replace(scenario, levers=_in_order((*scenario.levers, *kept)))
        case Amount(), Amount():
            return replace(scenario, amounts=_put(scenario.amounts, dial, (new,), which))
        case PointLever(), PointLever():
            return replace(scenario, points=_put(scenario.points, dial, (new,), which))
    raise TypeError(f"not dials of one sort: {dial!r}, {new!r}")


def at_rest(scenario: Scenario) -> Scenario:
    """Return a scenario with every dial at zero: what stays the same however dials are turned."""
    levers = (replace(lever, value=0.0) for lever in scenario.levers)
    return replace(
        scenario,
        levers=_in_order(lever for lever in levers if lever != Lever(lever.kind, 0.0)),
        amounts=tuple(replace(amount, value=0.0) for amount in scenario.amounts),
        points=tuple(replace(point, value=0.0) for point in scenario.points),
    )


def _in_order(levers: Iterable[Lever]) -> tuple[Lever, ...]:
    """Return levers in the order of their kinds, so that the order of turning leaves no trace."""
    kinds = list(LeverKind)
    return tuple(sorted(levers, key=lambda lever: kinds.index(lever.kind)))


def _put(entries: tuple[One, ...], old: One, new: tuple[One, ...], which: int) -> tuple[One, ...]:
    place = [place for place, one in enumerate(entries) if one == old][which]
    return (*entries[:place], *new, *entries[place + 1 :])


@dataclass(frozen=True, slots=True, eq=False)
class DialEffect:
    """What one unit of a dial adds to growth since January of one indicator.

    Attributes
    ----------
    table
        Shape ``(outcomes, ahead)``, percentage points: one column for each quarter of the year
        after the indicator's origin, the last being the full year.
    outcome
        Shape ``(paths,)``: the row of each path; None where the table has one row for all
        paths, or one for each.
    realised
        Shape ``(paths,)``: the share of its row that comes on each path; None is all of it.
    """

    indicator: str
    table: Array
    outcome: NDArray[np.intp] | None
    realised: Array | None = None

    def spread(self, column: slice | int = slice(None)) -> Array:
        """Return columns of the table on every path; a single row stays one for all."""
        return on_paths(self.table[:, column], self.outcome, self.realised)


@dataclass(frozen=True, slots=True, eq=False)
class Dial:
    """Something that can be turned.

    Attributes
    ----------
    entry
        Of value 1; a project is there (1) or not (0).
    reaches
        None: it moves nothing this year, or cannot be turned.
    sides
        How many units one unit of its value counts as.
    missing
        Why it cannot be turned: every number that it lacks. What ``apply`` would raise.
    unmeasured
        Indicators that it would move, were their level of last year known; only where it was
        asked to go on without.
    """

    entry: Entry
    reaches: tuple[DialEffect, ...]
    sides: Sides = BOTH_ALIKE
    missing: tuple[OutlookError, ...] = ()
    unmeasured: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One indicator whose year is open, with everything applied but the dials.

    Attributes
    ----------
    growth
        Shape ``(paths, ahead)``: since January in percent, columns as in ``DialEffect.table``. It
        is cut off at ``LOWEST_GROWTH`` only once the dials are added.
    cut
        The growth of the full year that meets the target.
    counts
        Whether the target counts in "all".
    """

    indicator: str
    growth: Array
    cut: Cut
    counts: bool


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """The answer to every setting of the dials.

    Attributes
    ----------
    courses
        In catalogue order.
    closed_met
        Whether every year that is known to its end and counts meets its target.
    counted
        Whether any target counts, so that there is an all-clear.
    alike
        Of each dial, the place of the first with the same entry: their values are summed.
    scenario
        What stays as it is, without the dials.
    """

    courses: tuple[Course, ...]
    closed_met: bool
    counted: bool
    dials: tuple[Dial, ...]
    alike: tuple[int, ...]
    scenario: Scenario

    @property
    def counting(self) -> list[str]:
        """The indicators with an open year whose target counts."""
        return [course.indicator for course in self.courses if course.counts]

    def growth(self, values: Sequence[float]) -> list[Array]:
        """Return growth since January of each course in percent, shape ``(paths, ahead)``.

        Parameters
        ----------
        values
            One for each dial, in its unit.

        Raises
        ------
        OutlookError
            If a dial is turned that lacks a number.
        """
        turned = self._turned(values)
        return [
            _moved(course.growth, course.indicator, turned, slice(None)) for course in self.courses
        ]

    def met(self, values: Sequence[float], among: Container[str] | None = None) -> dict[str, Met]:
        """Return by indicator on which paths its target is met; errors as ``growth``.

        Parameters
        ----------
        among
            Indicators asked for; None is all.
        """
        turned = self._turned(values)
        return {
            course.indicator: self._met(course, turned)
            for course in self.courses
            if among is None or course.indicator in among
        }

    def all_clear(self, values: Sequence[float]) -> float:
        """Return the probability that all targets that count are met; errors as ``growth``.

        That of ``apply`` for the scenario ``set_to`` returns, at the rates of the whole ledger:
        what became of a project is known whether it is a dial or not.

        Raises
        ------
        ValueError
            If no target counts: there is no "all".
        """
        return float(self.clear(values).mean())

    def clear(self, values: Sequence[float]) -> Met:
        """Return on which paths all targets that count are met; errors as ``all_clear``."""
        if not self.counted:
            raise ValueError("no target counts, so there is no all-clear")
        turned = self._turned(values)
        together = np.full(SETS * PATHS_PER_SET, self.closed_met)
        for course in self.courses:
            if course.counts:
                together &= self._met(course, turned)
        return together

    def _met(self, course: Course, turned: Sequence[tuple[float, DialEffect]]) -> Met:
        return course.cut.met_by(_moved(course.growth[:, -1], course.indicator, turned, -1))

    def _turned(self, values: Sequence[float]) -> list[tuple[float, DialEffect]]:
        """Return every reach of the dials that are not at rest, and how many units they count."""
        given: dict[int, list[float]] = {}
        for first, value in zip(self.alike, values, strict=True):
            given.setdefault(first, []).append(value)
        turned = []
        for place, each in given.items():
            total = math.fsum(each)  # two dials of one kind cancel to the last bit, as entries do
            if total != 0:
                dial = self.dials[place]
                for error in dial.missing:
                    raise error.with_traceback(None)  # kept, and raised again another time
                counted = dial.sides.counted(total)
                turned += [(counted, reach) for reach in dial.reaches]
        return turned


def response(
    baseline: Baseline, scenario: Scenario, dials: Sequence[Entry], *, partly: bool = False
) -> Response:
    """Lay out a scenario by its dials.

    Parameters
    ----------
    scenario
        What stays as it is. Entries of its own that differ from a dial in their value alone are
        left out, for the dial stands for them.
    dials
        Of any value; a project is a dial too, which is there or is not.
    partly
        Whether to leave out amounts whose level of last year is missing, as ``apply`` does.

    Raises
    ------
    OutlookError
        As ``apply`` raises them, of what is no dial.
    """
    units = [unit_of(dial) for dial in dials]
    first: dict[Entry, int] = {}
    for place, unit in enumerate(units):
        first.setdefault(unit, place)
    rest = scenario.holding(one for one in scenario.entries if unit_of(one) not in first)
    held = prepared(baseline, rest)
    arithmetic = Arithmetic(held, rest, rates_of(scenario, now_of(held)))
    if not partly:
        arithmetic.require_levels(rest.entries)
    added = arithmetic.added(merged(rest.entries))
    return Response(
        courses=tuple(_courses(held, arithmetic, added)),
        closed_met=all(_met_as_known(held, arithmetic)),
        counted=any(line.target.counts for line in held.standing),
        dials=tuple(_dial(arithmetic, unit, partly=partly) for unit in units),
        alike=tuple(first[unit] for unit in units),
        scenario=rest,
    )


def _courses(
    baseline: Baseline, arithmetic: Arithmetic, added: Mapping[str, Array]
) -> Iterator[Course]:
    for place, line in enumerate(baseline.standing):
        indicator = line.target.indicator
        if indicator in arithmetic.lines:
            blend = baseline.blends.get(indicator)
            growth = growth_paths(line, arithmetic.year, baseline.paths[place], blend)
            if indicator in added:
                growth = growth + added[indicator]
            yield Course(
                indicator,
                np.asfortranarray(growth),  # the full year alone is read most of the time
                cut_of(line.target),
                line.target.counts,
            )


def _met_as_known(baseline: Baseline, arithmetic: Arithmetic) -> Iterator[bool]:
    """Return of each year known to its end that counts whether its target is met."""
    for line in baseline.standing:
        if line.target.indicator not in arithmetic.lines and line.target.counts:
            verdict, _ = published_verdict(line, baseline.question)
            yield verdict.probability == 1


def _dial(arithmetic: Arithmetic, unit: Entry, *, partly: bool) -> Dial:
    missing = tuple(missing_of(arithmetic, unit, partly=partly))
    if missing:
        return Dial(unit, (), missing=missing)
    reaches = []
    for part in arithmetic.parts_of(unit):
        table = arithmetic.since_january(part.indicator, arithmetic.points(part))
        if table.any():
            columns = np.asfortranarray(table)
            reaches.append(DialEffect(part.indicator, columns, part.outcome, part.realised))
    unmeasured = tuple(arithmetic.without_level([unit]))
    return Dial(unit, tuple(reaches), arithmetic.sides(unit), unmeasured=unmeasured)


def _moved(
    growth: Array, indicator: str, turned: Sequence[tuple[float, DialEffect]], column: slice | int
) -> Array:
    """Return columns of a course's growth as the dials stand."""
    for total, reach in turned:
        if reach.indicator == indicator:
            growth = growth + total * reach.spread(column)
    return np.maximum(growth, LOWEST_GROWTH)
