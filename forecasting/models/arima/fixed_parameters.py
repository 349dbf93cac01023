"""An averaged ARIMA with everything that was estimated held, applied to other figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.models.arima.design import Design, stacked
from forecasting.models.arima.leading import Leading
from forecasting.models.arima.likelihood import Models
from forecasting.models.arima.projection import Projected, project
from forecasting.models.arima.search import slots_of


@dataclass(frozen=True, slots=True, eq=False)
class Reapplied:
    """What an ARIMA says of figures that it was not estimated on.

    Attributes
    ----------
    mean
        Shape ``(h,)``: of the values, the effects of all regressors included.
    errors
        Shape ``(n,)``: one-step errors of the leading candidate in units of its standard
        deviation; NaN where there is none.
    effects
        Shape ``(f,)``: of the fresh regressors.
    """

    mean: Array
    errors: Array
    effects: Array


@dataclass(frozen=True, slots=True, eq=False)
class HeldArima:
    """The candidates of one series with their weights, parameters and coefficients.

    Attributes
    ----------
    d, seasonal_d, mean
        As in ``Design``.
    weights
        Shape ``(m,)``: the heaviest first.
    candidates
        In the order of the weights.
    deviation
        Standard deviation of the one-step errors of the leading one.
    """

    d: int
    seasonal_d: int
    mean: bool
    weights: Array
    candidates: tuple[Leading, ...]
    deviation: float

    def again(self, values: Array, regressors: Array, fresh: Array, horizon: int) -> Reapplied:
        """Filter other values, and forecast what follows them.

        Only what missing quarters may have been is integrated out anew, and the coefficients of
        regressors that were unknown are estimated, the parameters held.

        Parameters
        ----------
        values
            Shape ``(n,)``, NaN where missing.
        regressors, fresh
            Shapes ``(n + horizon, k)`` and ``(n + horizon, f)``: those that the model was
            estimated with, and others.
        """
        shape = Design(values, regressors, self.d, self.seasonal_d, self.mean)
        first = len(shape.gaps)
        known = shape.columns[:, first : first + shape.coefficients]
        taken = np.column_stack([known @ entry.coefficients for entry in self.candidates])
        designs = [
            Design(values - part[: len(values)], fresh, self.d, self.seasonal_d, mean=False)
            for part in taken.T
        ]
        projected = self._projected(designs, horizon)
        errors = np.full(len(values), np.nan)
        errors[shape.lost :] = projected.errors[: shape.rows, 0] / self.deviation
        errors[shape.gaps] = np.nan
        return Reapplied(
            mean=(projected.mean + taken[len(values) :]) @ self.weights,
            errors=errors,
            effects=projected.coefficients[first:, 0],
        )

    def _projected(self, designs: Sequence[Design], horizon: int) -> Projected:
        """Forecast each candidate's own design with its parameters."""
        most = max(len(entry.free) for entry in self.candidates) or 1
        slots = np.full((most, len(designs)), -1, dtype=np.intp)
        free = np.zeros((most, len(designs)))
        for place, entry in enumerate(self.candidates):
            own = slots_of(entry.candidate)
            slots[: len(own), place], free[: len(own), place] = own, entry.free
        every = np.arange(len(designs), dtype=np.intp)
        return project(stacked(designs, horizon), Models(every, slots), every, free, horizon)
