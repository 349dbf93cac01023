"""Exact likelihood of seasonal ARIMA models with regressors, many models and series at once.

The variance and the regressors' coefficients are concentrated out, missing values integrated
out. What is left of the likelihood is a sum of squares: with ``u_t`` the standardised errors
times the geometric mean of their standard deviations, ``-2 log L = n log(sum u_t^2) + constant``
(Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman Filter*, section 3.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.models.arima.design import Stack
from forecasting.models.arima.innovations import Innovations, innovations
from forecasting.models.arima.polynomials import (
    NON_SEASONAL_LAGS,
    SEASONAL_LAGS,
    SLOTS,
    lag_polynomials,
)
from forecasting.models.least_squares import sum_rows

SMALLEST_PART = 1e-20


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """Models to be fitted, each to one series of a stack.

    Attributes
    ----------
    series
        Shape ``(m,)``: which.
    slots
        Shape ``(k, m)``: which of ``SLOTS`` each free parameter is; -1 where there is none.
    """

    series: NDArray[np.intp]
    slots: NDArray[np.intp]

    @property
    def lags(self) -> int:
        """Lags of the longest polynomial."""
        return (
            SEASONAL_LAGS if (self.slots >= SLOTS.index("seasonal_ar")).any() else NON_SEASONAL_LAGS
        )

    def spread(self, models: NDArray[np.intp], free: Array) -> Array:
        """Return the free parameters of some of the models in their slots, shape ``(6, m)``."""
        spread = np.zeros((len(SLOTS) + 1, len(models)))
        np.put_along_axis(spread, self.slots[:, models], free, axis=0)
        return spread[:-1]

    def polynomials(self, models: NDArray[np.intp], free: Array) -> tuple[Array, Array]:
        """Return phi and theta of some of the models, from their free parameters."""
        return lag_polynomials(self.spread(models, free), self.lags)

    def take(self, chosen: NDArray[np.bool_]) -> Models:
        """Return some of the models."""
        return Models(self.series[chosen], self.slots[:, chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Concentrated:
    """A likelihood with the coefficients of all columns concentrated out.

    Attributes
    ----------
    errors
        Shape ``(n, m)``: standardised one-step errors at the best coefficients.
    log_determinant
        Shape ``(m,)``: of the covariance of the observed rows, for unit shocks.
    """

    errors: Array
    log_determinant: Array


def scaled_errors(stack: Stack, models: Models, which: NDArray[np.intp], free: Array) -> Array:
    """Return what to minimise the squares of, shape ``(n, m)``, for ``least_squares``."""
    series = models.series[which]
    phi, theta = models.polynomials(which, free)
    filtered = innovations(phi, theta, *stack.seen_by(series))
    found = concentrated(filtered, stack.gap[:, series])
    observations = stack.observations[series]
    return np.asarray(found.errors * np.exp(found.log_determinant / (2 * observations)))


def concentrated(filtered: Innovations, gap: NDArray[np.bool_]) -> Concentrated:
    """Take the other columns out of the data by least squares, and integrate the gaps out."""
    errors, squares = cleared(filtered.errors.copy())
    logs = np.log(squares)
    terms = [np.where(column, value, 0.0) for column, value in zip(gap, logs, strict=True)]
    log_determinant = sum(terms, filtered.log_determinant)
    return Concentrated(errors, log_determinant)


def cleared(columns: Array) -> tuple[Array, Array]:
    """Take all other columns out of the last by least squares, one after the other, in place.

    Returns
    -------
    errors
        Shape ``(n, m)``: what is left of the last.
    squares
        Shape ``(c - 1, m)``: of each other column, cleared of those before it.
    """
    count = columns.shape[1]
    squares = np.empty((count - 1, columns.shape[2]))
    whole = [sum_rows(columns[:, place] ** 2) for place in range(count - 1)] if count > 2 else []
    for place in range(count - 1):
        column = columns[:, place]
        square = sum_rows(column * column)
        if place:  # a column that those before it explain altogether is rounding now
            column *= square > SMALLEST_PART * whole[place]
        square = np.maximum(square, np.finfo(float).tiny)
        squares[place] = square
        for later in range(place + 1, count):
            columns[:, later] -= column * (sum_rows(column * columns[:, later]) / square)
    return columns[:, -1], squares
