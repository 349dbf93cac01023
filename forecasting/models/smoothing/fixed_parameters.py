"""Exponential smoothing and Theta with everything that was estimated held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON
from forecasting.models.ragged import Ragged, future
from forecasting.models.smoothing.reduced_form import Form, Problems, project


@dataclass(frozen=True, slots=True, eq=False)
class HeldEts:
    """The smoothing parameters of averaged models; initial states are found anew.

    A state is no parameter: it is what the figures say of where a series stands.

    Attributes
    ----------
    form
        Of the models.
    parameters
        Shape ``(4, m)``: as in ``reduced_form.smoothing``.
    weight
        Shape ``(m,)``.
    """

    form: Form
    parameters: Array
    weight: Array

    def mean(self, values: Array, moved: int, horizon: int) -> Array:
        """Forecast other values, as ``Rule`` says."""
        del moved  # seasons are states
        ragged = Ragged.of([values], horizon)
        column = np.zeros(len(self.weight), dtype=np.intp)
        own, known, last = ragged.values[:, column], ragged.known[:, column], ragged.last[column]
        problems = Problems.of(self.form, own, known, last + horizon)
        surplus = future(project(problems, self.parameters).errors, last, horizon)
        mean = (future(own, last, horizon) - surplus) @ self.weight
        return np.asarray(ragged.first[0] + ragged.unit[0] * mean)


@dataclass(frozen=True, slots=True, eq=False)
class HeldTheta:
    """The smoothing, drift and season of the Theta method.

    Attributes
    ----------
    alpha, drift
        Of the recursion, the drift in units of the values.
    season
        Shape ``(4,)``: of each quarter, from the first row on.
    """

    alpha: float
    drift: float
    season: Array

    def mean(self, values: Array, moved: int, horizon: int) -> Array:
        """Forecast other values, as ``Rule`` says."""
        season = self.season[(np.arange(len(values) + horizon) + moved) % SEASON]
        level = values[0] - season[0]
        for value in values - season[: len(values)]:
            error = value - level if np.isfinite(value) else 0.0
            level += self.alpha * error + self.drift
        return np.asarray(level + self.drift * np.arange(horizon) + season[len(values) :])
