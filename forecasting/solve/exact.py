"""The probability itself, counted on all paths, along one lever at a time.

Along one lever each path is clear between two values, or nowhere: the lever has to be high
enough for every target it helps on that path and low enough for every one it hurts. Sorting those
ends counts the clear paths of every value at once, without a tolerance and without assuming that
the count rises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.outlook.verdict import LOWEST_GROWTH
from forecasting.scenario.arithmetic import Sides
from forecasting.scenario.response import Course, DialEffect, Response

Slopes = dict[int, float | Array]
"""By margin, what one unit of a lever adds: on every path alike, or on each of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Margins as they are with every lever at zero, and what one unit of each adds.

    Attributes
    ----------
    indicators, signs
        Of each margin, and whether it grows (1) or shrinks (-1) with growth. A target with two
        sides has two margins.
    base
        Shape ``(margins, paths)``, percentage points of full-year growth.
    slopes, sides
        One for each lever: what one unit adds, and how many units one unit of its value counts as.
    """

    indicators: tuple[str, ...]
    signs: tuple[float, ...]
    base: Array
    slopes: tuple[Slopes, ...]
    sides: tuple[Sides, ...]

    def at(self, values: Sequence[float] | Array) -> Array:
        """Return the margins with the levers at values, shape as ``base``."""
        margins = self.base.copy()
        for slopes, sides, value in zip(self.slopes, self.sides, values, strict=True):
            counted = sides.counted(value)
            for row, slope in slopes.items():
                margins[row] += counted * slope
        return margins

    def helps(self, lever: int) -> tuple[bool, bool]:
        """Return whether turning a lever down, and up, helps any target on any path."""
        slopes = [np.asarray(slope) for slope in self.slopes[lever].values()]
        return any((s < 0).any() for s in slopes), any((s > 0).any() for s in slopes)

    def thinned(self, every: slice) -> Margins:
        """Return the same on some of the paths."""
        return replace(
            self,
            base=np.ascontiguousarray(self.base[:, every]),
            slopes=tuple(
                {row: s if isinstance(s, float) else s[every] for row, s in slopes.items()}
                for slopes in self.slopes
            ),
        )

    def beside(self, added: Iterable[tuple[str, Array]]) -> Margins:
        """Return margins with more that is there, such as projects.

        Parameters
        ----------
        added
            Points of full-year growth on each path, by indicator.
        """
        base = self.base.copy()
        for indicator, points in added:
            for row, sign in self.rows_of(indicator):
                base[row] += sign * points
        return replace(self, base=base)

    def rows_of(self, indicator: str) -> list[tuple[int, float]]:
        """Return the margins of an indicator, with their signs."""
        each = enumerate(zip(self.indicators, self.signs, strict=True))
        return [(row, sign) for row, (name, sign) in each if name == indicator]


def margins_of(response: Response, levers: int) -> Margins:
    """Return the margins of a response, whose first dials are the levers; the others rest."""
    each = [margin for course in response.courses if course.counts for margin in _of(course)]
    empty = Margins(
        indicators=tuple(indicator for indicator, _, _ in each),
        signs=tuple(sign for _, sign, _ in each),
        base=np.stack([base for _, _, base in each])
        if each
        else np.empty((0, SETS * PATHS_PER_SET)),
        slopes=(),
        sides=(),
    )
    dials = response.dials[:levers]
    slopes = tuple(_slopes(empty, dial.reaches) for dial in dials)
    return replace(empty, slopes=slopes, sides=tuple(dial.sides for dial in dials))


def _of(course: Course) -> Iterator[tuple[str, float, Array]]:
    """Yield indicator, sign and margin for each side of a target that can be missed."""
    growth, cut = course.growth[:, -1], course.cut
    if cut.lower > LOWEST_GROWTH:  # no growth is cut off from above it
        yield course.indicator, 1.0, growth - cut.lowest
    if np.isfinite(cut.upper):
        yield course.indicator, -1.0, cut.highest - growth


def _slopes(margins: Margins, reaches: Sequence[DialEffect]) -> Slopes:
    """Return what one unit of a dial adds to each margin."""
    slopes: Slopes = {}
    for reach in reaches:
        column = reach.spread(-1)
        for row, sign in margins.rows_of(reach.indicator):
            slope = float(sign * column[0]) if len(column) == 1 else sign * column
            slopes[row] = slopes.get(row, 0.0) + slope
    return slopes


Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Levers at values, and the margins there.

    Attributes
    ----------
    places
        Of each lever, which of its choices it stands at.
    rows
        Each margin, shape ``(paths,)``; shared with other standings where it is the same.
    missed
        How many margins are negative on each path, shape ``(paths,)``.
    """

    places: tuple[int, ...]
    rows: tuple[Array, ...]
    missed: NDArray[np.int8]

    @property
    def clear(self) -> int:
        """How many paths meet all targets."""
        return int((self.missed == 0).sum())


class Exact:
    """Counts of clear paths for levers that stand at one of their choices.

    Attributes
    ----------
    choices
        Values of each lever, rising.
    efforts
        What each choice costs.
    """

    def __init__(self, margins: Margins, choices: Sequence[Array], efforts: Sequence[Array]):
        self.margins, self.choices, self.efforts = margins, choices, efforts
        each = zip(margins.sides, choices, strict=True)
        self._counted = [np.array([sides.counted(one) for one in own]) for sides, own in each]

    def stand(self, places: Sequence[int]) -> Position:
        """Return a standing of the levers, computed from nothing but their values."""
        values = [choice[place] for choice, place in zip(self.choices, places, strict=True)]
        margins = self.margins.at(values)
        return Position(tuple(places), tuple(margins), (margins < 0).sum(axis=0, dtype=np.int8))

    def turned(self, stand: Position, lever: int, place: int) -> Position:
        """Return a standing with one lever at another choice."""
        by = float(self._by(stand, lever)[place])
        rows, missed = [*stand.rows], stand.missed.copy()
        for row, slope in self.margins.slopes[lever].items():
            rows[row] = stand.rows[row] + by * slope
            missed += (rows[row] < 0).view(np.int8) - (stand.rows[row] < 0).view(np.int8)
        places = (*stand.places[:lever], place, *stand.places[lever + 1 :])
        return Position(places, tuple(rows), missed)

    def effort(self, stand: Position) -> float:
        """Return the sum of all efforts."""
        each = zip(self.efforts, stand.places, strict=True)
        return float(sum(efforts[place] for efforts, place in each))

    def along(self, stand: Position, lever: int) -> Counts:
        """Return how many paths are clear at each choice of a lever, the others standing."""
        low, high = self._ends(stand, lever, self._possible(stand, lever))
        by = self._by(stand, lever)
        begun = np.searchsorted(np.sort(low), by, side="right")
        ended = np.searchsorted(np.sort(high), by, side="left")
        return np.asarray(begun - ended)

    def cheapest(self, stand: Position, lever: int, needed: int, below: float) -> int | None:
        """Return the cheapest choice of a lever with so many clear paths; None without any.

        Parameters
        ----------
        below
            Effort of this lever that the choice has to stay under.
        """
        costs = self.efforts[lever]
        allowed = np.flatnonzero(costs < below)
        if not len(allowed):
            return None
        possible = self._possible(stand, lever)
        if len(possible) < needed:
            return None
        low, high = self._ends(stand, lever, possible)
        by = self._by(stand, lever)[allowed]
        near = (low <= by[-1]) & (high >= by[0])
        if near.sum() < needed:  # not even all paths that are clear at some of these choices
            return None
        begun = np.searchsorted(np.sort(low[near]), by, side="right")
        ended = np.searchsorted(np.sort(high[near]), by, side="left")
        reaching = allowed[begun - ended >= needed]
        return int(reaching[np.argmin(costs[reaching])]) if len(reaching) else None

    def _by(self, stand: Position, lever: int) -> Array:
        """Return by how many units each choice of a lever differs from where it stands, rising."""
        counted = self._counted[lever]
        return np.asarray(counted - counted[stand.places[lever]])

    def _possible(self, stand: Position, lever: int) -> NDArray[np.intp]:
        """Return the paths on which all margins are met that a lever does not reach."""
        others = stand.missed.copy()
        for row in self.margins.slopes[lever]:
            others -= (stand.rows[row] < 0).view(np.int8)
        return np.flatnonzero(others == 0)

    def _ends(self, stand: Position, lever: int, possible: NDArray[np.intp]) -> tuple[Array, Array]:
        """Return between which turns possible paths are clear, where there are any: in units."""
        low = np.full(len(possible), -np.inf)
        high = -low
        for row, slope in self.margins.slopes[lever].items():
            own = slope if isinstance(slope, float) else slope[possible]
            _narrow(low, high, stand.rows[row][possible], own)
        held = low <= high
        return low[held], high[held]


def _narrow(low: Array, high: Array, margin: Array, slope: float | Array) -> None:
    """Narrow on every path the range of turns that leave a margin at zero or above, in place."""
    least, most = (
        (slope, slope)
        if isinstance(slope, float)
        else (slope.min(initial=np.inf), slope.max(initial=-np.inf))
    )
    if least > 0:
        np.maximum(low, -margin / slope, out=low)
    elif most < 0:
        np.minimum(high, -margin / slope, out=high)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            turn = -margin / slope
        slope = np.broadcast_to(slope, margin.shape)
        np.maximum(low, turn, out=low, where=slope > 0)
        np.minimum(high, turn, out=high, where=slope < 0)
        high[(slope == 0) & (margin < 0)] = -np.inf
