"""The linear picture of a scenario, small enough to be computed while a slider is dragged.

The first of the eight Sobol sets stands for all: 1,024 joint paths, the same rows of every
indicator, so that the all-clear is counted as it is on all 8,192. What is counted on them differs
from the confirmed answer by Monte Carlo error alone. ``ui/live`` packs it for the browser.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.paths import PATHS_PER_SET
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from forecasting.scenario.arithmetic import Sides
from forecasting.scenario.response import Dial, DialEffect, Response

RANKS = tuple(round(level * (PATHS_PER_SET - 1)) for level in QUANTILE_LEVELS)
"""Rows of the sorted paths that are the quantiles, by the rule of every verdict."""


@dataclass(frozen=True, slots=True, eq=False)
class LiveCourse:
    """One indicator whose year is open, on the first set of paths.

    Attributes
    ----------
    growth
        Shape ``(1024, ahead)``: since January in percent, before the dials and the floor.
    lowest, highest
        Growth of the full year that meets the target; infinite where there is no end.
    """

    indicator: str
    growth: Array
    lowest: float
    highest: float
    counts: bool


@dataclass(frozen=True, slots=True, eq=False)
class LiveEffect:
    """What one unit of a dial adds to one course, on the first set of paths.

    Attributes
    ----------
    course
        Place of the course.
    table
        Shape ``(outcomes, ahead)`` in percentage points. Without ``outcome`` it has one row for
        all paths, or one for each of the 1,024.
    outcome
        Shape ``(1024,)``: the row of each path, or None.
    realised
        Shape ``(1024,)``: the share of its row that comes on each path, or None.
    expected
        Percentage points of full-year growth, as the mean of all 8,192 paths: what is said of
        the dial, which must not hang on the set that is drawn.
    """

    course: int
    table: Array
    outcome: NDArray[np.intp] | None
    realised: Array | None
    expected: float


@dataclass(frozen=True, slots=True)
class LiveClosed:
    """A year that counts and is known to its end: on every path alike.

    Attributes
    ----------
    distance
        How far growth lies outside the cut, in percentage points.
    """

    indicator: str
    met: bool
    distance: float


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """Everything the probabilities, fans and weakest link of a setting are computed from.

    Attributes
    ----------
    dials
        Of each dial, in the order asked for, what it reaches.
    sides
        Of each dial, how many units one unit of its value counts as.
    alike
        Of each dial, the place of the first with the same entry: their values are summed.
    order
        The indicators that count, in catalogue order: ties of the weakest link go to the first.
    """

    courses: tuple[LiveCourse, ...]
    closed: tuple[LiveClosed, ...]
    dials: tuple[tuple[LiveEffect, ...], ...]
    sides: tuple[Sides, ...]
    alike: tuple[int, ...]
    order: tuple[str, ...]


def live(response: Response, outlook: Outlook) -> Live:
    """Take the first set of paths out of a response.

    Parameters
    ----------
    outlook
        Of the same baseline, with or without a scenario: a year that is known to its end is
        the same in both.
    """
    places = {course.indicator: place for place, course in enumerate(response.courses)}
    return Live(
        courses=tuple(
            LiveCourse(
                course.indicator,
                course.growth[:PATHS_PER_SET],
                course.cut.lowest,
                course.cut.highest,
                course.counts,
            )
            for course in response.courses
        ),
        closed=tuple(
            LiveClosed(
                verdict.indicator_id,
                verdict.probability == 1,
                max(
                    verdict.cut.lower - verdict.quantiles.median,
                    verdict.quantiles.median - verdict.cut.upper,
                    0.0,
                ),
            )
            for verdict in outlook.counted
            if verdict.indicator_id not in places
        ),
        dials=tuple(_reaches(dial, places) for dial in response.dials),
        sides=tuple(dial.sides for dial in response.dials),
        alike=response.alike,
        order=tuple(verdict.indicator_id for verdict in outlook.counted),
    )


def _reaches(dial: Dial, places: dict[str, int]) -> tuple[LiveEffect, ...]:
    return tuple(_reach(reach, places[reach.indicator]) for reach in dial.reaches)


def _reach(reach: DialEffect, course: int) -> LiveEffect:
    expected = float(reach.spread(-1).mean())
    realised = None if reach.realised is None else reach.realised[:PATHS_PER_SET]
    if reach.outcome is None:
        return LiveEffect(course, reach.table[:PATHS_PER_SET], None, realised, expected)
    return LiveEffect(course, reach.table, reach.outcome[:PATHS_PER_SET], realised, expected)
