"""By how much every target is met or missed on every path: linear in what may be turned.

All that a solver computes is computed on these margins; a path is clear where none is negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.outlook.verdict import LOWEST_GROWTH
from forecasting.scenario.response import Course, Reach, Response

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
    slopes
        One for each lever.
    """

    indicators: tuple[str, ...]
    signs: tuple[float, ...]
    base: Array
    slopes: tuple[Slopes, ...]

    def at(self, values: Sequence[float] | Array) -> Array:
        """Return the margins with the levers at values, shape as ``base``."""
        margins = self.base.copy()
        for slopes, value in zip(self.slopes, values, strict=True):
            for row, slope in slopes.items():
                margins[row] += value * slope
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

    def beside(self, reaches: Sequence[Reach]) -> Margins:
        """Return margins with more that is there, such as projects."""
        base = self.base.copy()
        for reach in reaches:
            for row, sign in self.rows_of(reach.indicator):
                base[row] += sign * reach.spread(-1)
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
    )
    slopes = tuple(_slopes(empty, dial.reaches) for dial in response.dials[:levers])
    return replace(empty, slopes=slopes)


def _of(course: Course) -> Iterator[tuple[str, float, Array]]:
    """Yield indicator, sign and margin for each side of a target that can be missed."""
    growth, cut = course.growth[:, -1], course.cut
    if cut.lower > LOWEST_GROWTH:  # no growth is cut off from above it
        yield course.indicator, 1.0, growth - cut.lowest
    if np.isfinite(cut.upper):
        yield course.indicator, -1.0, cut.highest - growth


def _slopes(margins: Margins, reaches: Sequence[Reach]) -> Slopes:
    """Return what one unit of a dial adds to each margin."""
    slopes: Slopes = {}
    for reach in reaches:
        column = reach.spread(-1)
        for row, sign in margins.rows_of(reach.indicator):
            slope = float(sign * column[0]) if len(column) == 1 else sign * column
            slopes[row] = slopes.get(row, 0.0) + slope
    return slopes
