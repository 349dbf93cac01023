"""The probability itself, counted on all paths, along one lever at a time.

Along one lever each path is clear between two values, or nowhere: the lever has to be high
enough for every target it helps on that path and low enough for every one it hurts. Sorting those
ends counts the clear paths of every value at once, without a tolerance and without assuming that
the count rises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.predictive import Array
from forecasting.solve.margins import Margins

Counts = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Levers at values, and the margins there.

    Attributes
    ----------
    places
        Of each lever, which of its choices it stands at.
    margins
        Shape ``(margins, paths)``.
    """

    places: tuple[int, ...]
    margins: Array

    @property
    def clear(self) -> int:
        """How many paths meet all targets."""
        return int((self.margins >= 0).all(axis=0).sum())


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

    def stand(self, places: Sequence[int]) -> Stand:
        """Return a standing of the levers, computed from nothing but their values."""
        values = [choice[place] for choice, place in zip(self.choices, places, strict=True)]
        return Stand(tuple(places), self.margins.at(values))

    def turned(self, stand: Stand, lever: int, place: int) -> Stand:
        """Return a standing with one lever at another choice."""
        by = self.choices[lever][place] - self.choices[lever][stand.places[lever]]
        places = (*stand.places[:lever], place, *stand.places[lever + 1 :])
        return Stand(places, self.margins.moved(stand.margins, lever, float(by)))

    def effort(self, stand: Stand) -> float:
        """Return the sum of all efforts."""
        each = zip(self.efforts, stand.places, strict=True)
        return float(sum(efforts[place] for efforts, place in each))

    def along(self, stand: Stand, lever: int) -> Counts:
        """Return how many paths are clear at each choice of a lever, the others standing."""
        slopes = self.margins.slopes[lever]
        low = np.full(stand.margins.shape[1], -np.inf)
        high = -low
        rest = [row for row in range(len(stand.margins)) if row not in slopes]
        for row, slope in slopes.items():
            _narrow(low, high, stand.margins[row], slope)
        possible = (stand.margins[rest] >= 0).all(axis=0) & (low <= high)
        by = self.choices[lever] - self.choices[lever][stand.places[lever]]
        begun = np.searchsorted(np.sort(low[possible]), by, side="right")
        ended = np.searchsorted(np.sort(high[possible]), by, side="left")
        return np.asarray(begun - ended)


def _narrow(low: Array, high: Array, margin: Array, slope: float | Array) -> None:
    """Narrow on every path the range of turns that leave a margin at zero or above, in place."""
    if isinstance(slope, float):
        if slope > 0:
            np.maximum(low, -margin / slope, out=low)
        elif slope < 0:
            np.minimum(high, -margin / slope, out=high)
        else:
            high[margin < 0] = -np.inf
        return
    for ends, narrower, rows in ((low, np.maximum, slope > 0), (high, np.minimum, slope < 0)):
        ends[rows] = narrower(ends[rows], -margin[rows] / slope[rows])
    high[(slope == 0) & (margin < 0)] = -np.inf
