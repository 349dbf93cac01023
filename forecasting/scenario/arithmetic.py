"""From entries of a scenario to percentage points of growth: one arithmetic for all who ask.

What ``effects.apply`` adds to the paths and what ``response`` lays out by dial come from here,
so that a slider, a solver and a scenario say the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.figures.indicator import Indicator
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.bottom_up import taking, with_bottom_up
from forecasting.scenario.bottom_up import without_level as views_without_level
from forecasting.scenario.entries import Amount, PointLever, Project
from forecasting.scenario.errors import LevelsMissing, UnitsDiffer
from forecasting.scenario.levers import POINTS, Lever
from forecasting.scenario.parts import (
    OWN_UNIT,
    YEAR_POINTS,
    Frame,
    Part,
    amount_parts,
    lever_parts,
    point_parts,
)
from forecasting.scenario.pins import paths_held, pinned
from forecasting.scenario.project_parts import project_parts
from forecasting.scenario.scenario import Entry, Scenario
from forecasting.scenario.units import in_units


def prepared(baseline: Baseline, scenario: Scenario) -> Baseline:
    """Return the baseline that entries are added to: pins held, then views from below mixed in."""
    return with_bottom_up(pinned(baseline, scenario.pins), scenario)


def now_of(baseline: Baseline) -> Quarter:
    """Return the first quarter that no indicator with an open year has figures of."""
    year = baseline.question.year
    origins = [line.history.origin for line in baseline.standing]
    latest = max((origin for origin in origins if origin < Quarter(year, 4)), default=None)
    return Quarter(year, 1) if latest is None else max(latest + 1, Quarter(year, 1))


def unit_of(entry: Entry) -> Entry:
    """Return an entry of value 1; a project is one already."""
    return entry if isinstance(entry, Project) else replace(entry, value=1.0)


def value_of(entry: Entry) -> float:
    """Return how many units an entry is; a project is one."""
    return 1.0 if isinstance(entry, Project) else entry.value


def worth(entry: Entry, value: float) -> Entry:
    """Return an entry with a value; a project has none, and is there."""
    return entry if isinstance(entry, Project) else replace(entry, value=value)


def merged(entries: Iterable[Entry]) -> dict[Entry, float]:
    """Return the entries of one unit and how many of each: opposites cancel to the last bit."""
    values: dict[Entry, list[float]] = {}
    for entry in entries:
        values.setdefault(unit_of(entry), []).append(value_of(entry))
    return {entry: total for entry, each in values.items() if (total := math.fsum(each)) != 0}


class Arithmetic:
    """What measures the entries of a scenario against the indicators of a baseline.

    Attributes
    ----------
    year
        The year that is asked for.
    frame
        The same, seen from today.
    lines
        By indicator, what stands for it; only where quarters of the year are open.
    """

    def __init__(self, baseline: Baseline, scenario: Scenario):
        self._levels: Mapping[str, float] = {**baseline.levels, **dict(scenario.levels)}
        self.year = year = baseline.question.year
        self.lines = {
            line.target.indicator: line
            for line in baseline.standing
            if line.history.origin < Quarter(year, 4)
        }
        self._reached = self.lines.keys() - set(scenario.unmoved)
        self.frame = Frame(
            year, now_of(baseline), baseline.question.seed,
            scenario.price_index, scenario.sales_rate,
        )  # fmt: skip
        self._views_lacking = views_without_level(baseline, scenario, taking(scenario))
        self._quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
        self._held = {
            path.indicator: frozenset(quarter for quarter, _ in path.growth)
            for path in paths_held(baseline, scenario.pins)
        }

    def added(self, totals: Mapping[Entry, float]) -> dict[str, Array]:
        """Return what entries add to growth since January, by indicator.

        Parameters
        ----------
        totals
            Entries of one unit, and how many of each.

        Returns
        -------
        dict
            Percentage points, shape ``(paths or 1, quarters ahead)``.
        """
        sums: dict[str, Array] = {}
        for entry, total in totals.items():
            for part in self.parts_of(entry):
                points = total * self.points(part)
                if points.any():
                    before = sums.get(part.indicator, 0.0)
                    sums[part.indicator] = before + part.spread(points)
        return {name: self.since_january(name, points) for name, points in sums.items()}

    def require_levels(self, entries: Iterable[Entry]) -> None:
        """Raise ``LevelsMissing`` where entries that are not at rest lack levels of last year.

        So it does where a view from below that takes paths lacks one.
        """
        lacking = self.lacking(entries)
        if lacking:
            raise LevelsMissing(lacking, self.year - 1)

    def lacking(self, entries: Iterable[Entry]) -> tuple[Indicator, ...]:
        """Return the indicators whose level of last year entries not at rest, or views, lack."""
        turned = (unit_of(entry) for entry in entries if value_of(entry) != 0)
        lacking = {one.id for one in (*self.without_level(turned), *self._views_lacking)}
        return tuple(self.lines[name].history.indicator for name in self.lines if name in lacking)

    def without_level(self, entries: Iterable[Entry]) -> list[Indicator]:
        """Return the indicators, in catalogue order, that entries move by amounts in vain."""
        missing = {
            part.indicator
            for entry in entries
            for part in self.parts_of(entry)
            if part.unit not in (POINTS, YEAR_POINTS)
            and self.level(part) is None
            and (part.table * self.open(part.indicator)).any()
        }
        return [line.history.indicator for name, line in self.lines.items() if name in missing]

    def parts_of(self, entry: Entry) -> list[Part]:
        """Return the parts of an entry of one unit that reach indicators whose year is open.

        Raises
        ------
        AssumptionMissing
            Where the arithmetic needs a number that only the zone knows.
        """
        return [part for part in _parts(entry, self.frame) if part.indicator in self._reached]

    def points(self, part: Part) -> Array:
        """Return a part's table as percentage points of full-year growth, shape as the table.

        Without a level it moves nothing: ``require_levels`` says so.

        Raises
        ------
        UnitsDiffer
            Where the amount does not convert into the indicator's unit.
        """
        rows = part.table * self.open(part.indicator)
        if part.unit == YEAR_POINTS:
            return rows
        if part.unit == POINTS:
            weights = self.lines[part.indicator].history.weights(self.year)
            return np.asarray(rows * np.array(weights))
        level = self.level(part)
        if level is None:
            return np.zeros(rows.shape)
        return np.asarray(100 * self.factor(part) / level * rows)

    def ahead(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year are not known yet, shape ``(4,)``."""
        origin = self.lines[indicator].history.origin
        return np.array([quarter > origin for quarter in self._quarters])

    def open(self, indicator: str) -> NDArray[np.bool_]:
        """Return which quarters of the year can move: neither known nor held by a pin."""
        held = self._held.get(indicator, frozenset())
        free = np.array([quarter not in held for quarter in self._quarters])
        return np.asarray(self.ahead(indicator) & free)

    def level(self, part: Part) -> float | None:
        """Return last year's level that a part is measured against; None without or for points."""
        return None if part.unit in (POINTS, YEAR_POINTS) else self._levels.get(part.indicator)

    def unit(self, part: Part) -> str:
        """Return what a part is told in: its indicator's unit, or that of its points."""
        return part.unit if part.unit in (POINTS, YEAR_POINTS) else self._own_unit(part)

    def factor(self, part: Part) -> float:
        """Return how many of the indicator's units one of the part's is."""
        if part.unit in (POINTS, YEAR_POINTS, OWN_UNIT):
            return 1.0
        factor = in_units(part.unit, self._own_unit(part))
        if factor is None:
            raise UnitsDiffer(self.lines[part.indicator].history.indicator, part.unit)
        return factor

    def since_january(self, indicator: str, points: Array) -> Array:
        """Return points of quarters on cumulative growth, one column for each quarter ahead."""
        weights = np.cumsum(self.lines[indicator].history.weights(self.year))
        return np.asarray((points.cumsum(axis=1) / weights)[:, self.ahead(indicator)])

    def _own_unit(self, part: Part) -> str:
        return self.lines[part.indicator].history.indicator.unit


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
