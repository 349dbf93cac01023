"""Series of different lengths side by side, in units in which each moves by about 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON, bridged

FEWEST_FREE = 2
"""Least degrees of freedom of exponential smoothing and Theta."""
LEAST_SMOOTHING = 1e-4
"""How near their alpha, beta / alpha and gamma / (1 - alpha) come to 0 and 1."""
STILL = 1e-9
"""A series whose mean change is under this share of its size does not move."""
LEAST_DEVIATION = 1e-6
"""Least standard deviation of one-step errors, in units of the mean change.

It stands where a model fits without error: for a series that does not move, whose unit is its
size, or 1 if that is 0.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Series as columns, the first figure 0 and the mean change 1.

    Attributes
    ----------
    values
        Shape ``(n + h, m)``: gaps bridged on a straight line, the last figure repeated.
    known
        Shape ``(n + h, m)``: whether a figure is observed.
    last
        Shape ``(m,)``: the row of the last figure.
    first, unit
        Shape ``(m,)``: values are ``first + unit * values`` in the units of the batch.
    """

    values: Array
    known: Mask
    last: Indices
    first: Array
    unit: Array

    @classmethod
    def of(cls, batch: Sequence[Array], horizon: int) -> Ragged:
        """Stack series, each of shape ``(n_i,)`` and with NaN for a missing figure."""
        rows = max(map(len, batch)) + horizon
        values, known = np.zeros((rows, len(batch))), np.zeros((rows, len(batch)), dtype=bool)
        unit = np.empty(len(batch))
        for column, series in enumerate(batch):
            observed = np.isfinite(series)
            whole = series if observed.all() else bridged(series)
            unit[column] = _unit_of(whole)
            values[: len(series), column] = whole
            values[len(series) :, column] = whole[-1]
            known[: len(series), column] = observed
        first = values[0].copy()
        last = np.array([len(series) - 1 for series in batch])
        return cls((values - first) / unit, known, last, first, unit)

    @property
    def figures(self) -> Indices:
        """How many figures are observed, shape ``(m,)``."""
        return np.asarray(self.known.sum(axis=0))

    @property
    def every_quarter(self) -> Mask:
        """Whether each quarter of the year is observed twice, shape ``(m,)``."""
        times = [self.known[quarter::SEASON].sum(axis=0) for quarter in range(SEASON)]
        return np.asarray(np.min(times, axis=0) >= 2)


def future(rows: Array, last: Indices, horizon: int) -> Array:
    """Return the rows after the last of each column, shape ``(h, m)``."""
    ahead = last + 1 + np.arange(horizon)[:, None]
    return np.asarray(np.take_along_axis(rows, ahead, axis=0))


def _unit_of(whole: Array) -> float:
    size = float(np.abs(whole).max())
    change = float(np.abs(np.diff(whole)).mean())
    return change if change > STILL * size else size or 1.0
