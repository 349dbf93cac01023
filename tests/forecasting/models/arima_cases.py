"""Random models and series, and the statsmodels model that each of them is."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arrays import Array
from forecasting.models.arima.design import Design, stack_designs
from forecasting.models.arima.forecasts import JointForecasts, joint_forecasts
from forecasting.models.arima.likelihood import (
    SEASONAL_LAGS,
    SLOTS,
    Models,
    lag_polynomials,
    natural_parameters,
)
from forecasting.models.arima.search import slots_of

HORIZON = 8


@dataclass(frozen=True)
class ArimaCase:
    """A design, a model of it and its free parameters."""

    candidate: tuple[int, int, int, int]
    design: Design
    free: Array

    @property
    def models(self) -> Models:
        slots = np.full((len(SLOTS), 1), -1, dtype=np.intp)
        own = slots_of(self.candidate)
        slots[: len(own), 0] = own
        return Models(np.array([0], dtype=np.intp), slots)

    @cached_property
    def forecasts(self) -> JointForecasts:
        free = np.zeros((len(SLOTS), 1))
        free[: len(self.free), 0] = self.free
        stack = stack_designs([self.design], HORIZON)
        return joint_forecasts(stack, self.models, np.array([0], dtype=np.intp), free, HORIZON)

    @property
    def variance(self) -> float:
        return float((self.forecasts.errors**2).sum()) / self.design.observations

    def parameters(self) -> Array:
        """Everything SARIMAX estimates, at our coefficients and variance."""
        spread = np.zeros((len(SLOTS), 1))
        spread[slots_of(self.candidate), 0] = self.free
        phi, _ = lag_polynomials(spread, SEASONAL_LAGS)
        coefficients = self.forecasts.coefficients[len(self.design.gaps) :, 0]
        split = len(coefficients) - self.design.mean
        return np.concatenate(
            [
                coefficients[split:] * (1 - phi.sum()),
                coefficients[:split],
                natural_parameters(spread)[slots_of(self.candidate), 0],
                [self.variance],
            ]
        )

    def sarimax(self) -> Any:
        """The exact diffuse model of the undifferenced values."""
        p, q, seasonal_p, seasonal_q = self.candidate
        design = self.design
        regressors = design.regressors[: len(design.values)]
        return SARIMAX(
            design.values,
            exog=regressors if regressors.size else None,
            order=(p, design.d, q),
            seasonal_order=(seasonal_p, design.seasonal_d, seasonal_q, 4),
            trend="c" if design.mean else "n",
            use_exact_diffuse=True,
        )

    def filtered(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.sarimax().filter(self.parameters())


def random_case(seed: int) -> ArimaCase:
    """A random order, series (with gaps or without), regressors and parameters."""
    rng = np.random.default_rng([20261124, seed])
    p, q = (int(number) for number in rng.integers(0, 3, 2))
    seasonal_p, seasonal_q, d, seasonal_d = (int(number) for number in rng.integers(0, 2, 4))
    rows = int(rng.integers(20, 80))
    values = rng.normal(size=rows).cumsum()
    gaps = int(rng.integers(0, 4))
    if gaps:
        values[rng.choice(np.arange(rows - 1), gaps, replace=False)] = np.nan
    regressors = np.zeros((rows + HORIZON, int(rng.integers(0, 3))))
    for column in range(regressors.shape[1]):
        row = int(rng.choice([r for r in range(6, rows - 4) if np.isfinite(values[r])]))
        regressors[row : row + 1 if column else None, column] = 1.0
    mean = bool(rng.integers(0, 2)) and d + seasonal_d < 2
    free = rng.uniform(-0.95, 0.95, p + q + seasonal_p + seasonal_q)
    return ArimaCase(
        (p, q, seasonal_p, seasonal_q), Design(values, regressors, d, seasonal_d, mean), free
    )
