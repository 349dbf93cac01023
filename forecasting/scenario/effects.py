"""From a scenario to the points it adds to growth on every path, and the arithmetic of each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from forecasting.baseline import Baseline, answer
from forecasting.history import History
from forecasting.indicator import Indicator
from forecasting.outlook import Outlook
from forecasting.period import Quarter
from forecasting.predictive import Array
from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.errors import LevelsMissing, UnitsDiffer
from forecasting.scenario.levers import POINTS, Lever
from forecasting.scenario.parts import (
    OWN_UNIT,
    YEAR_POINTS,
    Frame,
    Part,
    Step,
    amount_parts,
    lever_parts,
    point_parts,
)
from forecasting.scenario.pins import paths_held, pinned
from forecasting.scenario.project_parts import project_parts
from forecasting.scenario.scenario import Scenario
from forecasting.scenario.units import in_units

Entry = Lever | Amount | PointLever | Project


@dataclass(frozen=True, slots=True)
class Effect:
    """What one entry does to one indicator this year, as expected over all paths.

    Attributes
    ----------
    value
        Of the entry; 1 for a project.
    steps
        The factors between the value and the amount.
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
    steps: tuple[Step, ...]
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
    """A scenario's outlook, and what each of its entries does."""

    scenario: Scenario
    outlook: Outlook
    effects: tuple[Effect, ...]

    @property
    def without_effect(self) -> tuple[Entry, ...]:
        """The entries that move nothing this year: too late, at rest, or of no indicator here."""
        moving = {effect.entry for effect in self.effects if any(effect.points)}
        return tuple(entry for entry in _entries(self.scenario) if entry not in moving)


def apply(baseline: Baseline, scenario: Scenario) -> Applied:
    """Apply a scenario to the paths of a baseline; nothing is fitted.

    Pins hold their quarters first, and the others follow. Then growth of the full year moves by
    an amount over last year's level at current prices. Quarters that are known or held are not
    moved, and what moves one indicator moves no other by association.

    Raises
    ------
    LevelsMissing, UnitsDiffer
        Where an amount cannot be measured against last year's level.
    AssumptionMissing
        Where a lever needs a number that only the zone knows.
    OutlookError
        As ``pinned`` raises them, where pins cannot hold.
    """
    held = pinned(baseline, scenario.pins)
    desk = _Desk(held, scenario)
    effects = tuple(effect for entry in _entries(scenario) for effect in desk.effects(entry))
    added = desk.added()
    if desk.missing:
        raise LevelsMissing(desk.without_level(), baseline.question.year - 1)
    return Applied(scenario, answer(held, added), effects)


def _entries(scenario: Scenario) -> Iterator[Entry]:
    yield from scenario.levers
    yield from scenario.amounts
    yield from scenario.points
    yield from scenario.projects


def _merged(scenario: Scenario) -> dict[Entry, float]:
    """Return the entries of one unit and how many of each: opposites cancel to the last bit."""
    values: dict[Entry, list[float]] = {}
    for entry in _entries(scenario):
        if isinstance(entry, Project):
            values.setdefault(entry, []).append(1.0)
        else:
            values.setdefault(replace(entry, value=1.0), []).append(entry.value)
    return {entry: total for entry, each in values.items() if (total := math.fsum(each)) != 0}


class _Desk:
    """One application of a scenario to a baseline.

    Attributes
    ----------
    missing
        Indicators found so far to be moved by an amount without a level.
    """

    def __init__(self, baseline: Baseline, scenario: Scenario):
        self._scenario = scenario
        self._levels: Mapping[str, float] = {**baseline.levels, **dict(scenario.levels)}
        year = baseline.question.year
        self._lines = {
            line.target.indicator: line
            for line in baseline.standing
            if line.history.origin < Quarter(year, 4)
        }
        latest = max((line.history.origin for line in self._lines.values()), default=None)
        now = Quarter(year, 1) if latest is None else max(latest + 1, Quarter(year, 1))
        self._frame = Frame(year, now, baseline.question.seed)
        self._quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
        self._held = {
            path.indicator: frozenset(quarter for quarter, _ in path.growth)
            for path in paths_held(baseline, scenario.pins)
        }
        self.missing: set[str] = set()

    def added(self) -> dict[str, Array]:
        """Return what is added to growth since January, by indicator."""
        sums: dict[str, Array] = {}
        for entry, total in _merged(self._scenario).items():
            for part in self._parts_of(entry):
                points = total * self._points(part)
                if points.any():
                    before = sums.get(part.indicator, 0.0)
                    sums[part.indicator] = before + part.spread(points)
        return {name: self._since_january(name, points) for name, points in sums.items()}

    def effects(self, entry: Entry) -> Iterator[Effect]:
        """Return what an entry is expected to do to each indicator it reaches."""
        value = 1.0 if isinstance(entry, Project) else entry.value
        if value == 0:
            return  # a dial at rest asks for no level
        one = entry if isinstance(entry, Project) else replace(entry, value=1.0)
        for part in self._parts_of(one):
            rows = value * (part.shares @ part.table)
            open_ = self._open(part.indicator)
            points = value * (part.shares @ self._points(part))
            factor = self._factor(part)
            history = self._lines[part.indicator].history
            yield Effect(
                entry=entry,
                indicator=part.indicator,
                value=value,
                steps=part.steps,
                unit=self._unit(part),
                amounts=tuple(map(float, factor * rows * open_)),
                known=float((factor * rows * ~open_).sum()) + 0.0,
                later=factor * value * part.later,
                level=self._level(part),
                points=tuple(map(float, points)),
                beyond_range=isinstance(entry, Lever) and entry.beyond_range,
                beyond_history=_beyond(history, float(points.sum()), self._frame.year),
            )

    def without_level(self) -> list[Indicator]:
        """Return the missing ones in catalogue order."""
        return [
            line.history.indicator for name, line in self._lines.items() if name in self.missing
        ]

    def _parts_of(self, entry: Entry) -> list[Part]:
        """Return the parts of an entry that reach an indicator whose year is open."""
        reached = self._lines.keys() - set(self._scenario.unmoved)
        return [part for part in _parts(entry, self._frame) if part.indicator in reached]

    def _points(self, part: Part) -> Array:
        """Return a part's table as percentage points of full-year growth."""
        rows = part.table * self._open(part.indicator)
        if part.unit == YEAR_POINTS:
            return rows
        if part.unit == POINTS:
            weights = self._lines[part.indicator].history.weights(self._frame.year)
            return np.asarray(rows * np.array(weights))
        level = self._level(part)
        if level is None:
            if rows.any():
                self.missing.add(part.indicator)
            return np.zeros((1, 4))
        return np.asarray(100 * self._factor(part) / level * rows)

    def _ahead(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year are not known yet."""
        origin = self._lines[indicator].history.origin
        return np.array([quarter > origin for quarter in self._quarters])

    def _open(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year can move: neither known nor held by a pin."""
        held = self._held.get(indicator, frozenset())
        free = np.array([quarter not in held for quarter in self._quarters])
        return np.asarray(self._ahead(indicator) & free)

    def _level(self, part: Part) -> float | None:
        return None if part.unit in (POINTS, YEAR_POINTS) else self._levels.get(part.indicator)

    def _unit(self, part: Part) -> str:
        return part.unit if part.unit in (POINTS, YEAR_POINTS) else self._own_unit(part)

    def _own_unit(self, part: Part) -> str:
        return self._lines[part.indicator].history.indicator.unit

    def _factor(self, part: Part) -> float:
        """Return how many of the indicator's units one of the part's is."""
        if part.unit in (POINTS, YEAR_POINTS, OWN_UNIT):
            return 1.0
        factor = in_units(part.unit, self._own_unit(part))
        if factor is None:
            raise UnitsDiffer(self._lines[part.indicator].history.indicator, part.unit)
        return factor

    def _since_january(self, indicator: str, points: Array) -> Array:
        """Return points on cumulative growth, one column for each open quarter."""
        weights = np.cumsum(self._lines[indicator].history.weights(self._frame.year))
        return np.asarray((points.cumsum(axis=1) / weights)[:, self._ahead(indicator)])


@lru_cache(maxsize=256)  # a slider that moves changes values, and nothing of this
def _parts(entry: Entry, frame: Frame) -> list[Part]:
    """Return the parts of one unit of an entry."""
    match entry:
        case Lever():
            return lever_parts(entry, frame)
        case Amount():
            return amount_parts(entry, frame)
        case PointLever():
            return point_parts(entry, frame)
        case Project():
            return project_parts(entry, frame)


def _beyond(history: History, points: float, year: int) -> bool | None:
    """Return whether a change of full-year growth exceeds every one from year to year."""
    years = range(history.quarters[0].year, year)
    growth = [history.ytd_at(Quarter(known, 4)) for known in years]
    moves = [abs(b - a) for a, b in pairwise(growth)]
    known = [move for move in moves if math.isfinite(move)]
    return abs(points) > max(known) if known else None
