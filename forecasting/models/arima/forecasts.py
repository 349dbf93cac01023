"""Joint forecasts of models with given parameters, many models at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array, Indices
from forecasting.models.arima.design import REACH, Stack
from forecasting.models.arima.likelihood import Innovations, Models, concentrate, innovations
from forecasting.models.least_squares import sum_rows

SMALLEST_PART = 1e-11
"""Of the squares of columns: what is left of one under this share is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class JointForecasts:
    """Joint forecasts of the values (not of their differences) for shocks of unit variance.

    Attributes
    ----------
    mean
        Shape ``(h, m)``.
    covariance
        Shape ``(m, h, h)``: of the forecast errors, the uncertainty of the regressors'
        coefficients and of missing values included.
    errors
        Shape ``(n, m)``: standardised one-step errors by row of the differences.
    coefficients
        Shape ``(c - 1, m)``: of the columns before the data.
    coefficient_covariance
        Shape ``(m, c - 1, c - 1)``.
    log_determinant
        Shape ``(m,)``: as ``concentrate`` returns it.
    """

    mean: Array
    covariance: Array
    errors: Array
    coefficients: Array
    coefficient_covariance: Array
    log_determinant: Array


def joint_forecasts(
    stack: Stack, models: Models, which: Indices, free: Array, horizon: int
) -> JointForecasts:
    """Forecast the ``horizon`` rows after each origin.

    Parameters
    ----------
    stack
        With at least ``horizon`` rows after each origin.
    free
        Shape ``(k, m)``.
    """
    future, filtered = _future(stack, models, which, free, horizon)
    series = models.series[which]
    errors, log_determinant = concentrate(filtered, stack.gap[:, series])
    coefficients, uncertainty = _coefficients(filtered)
    phi, _ = models.polynomials(which, free)
    response = future.response(filtered, phi)
    shocks = np.einsum("ikm,km,jkm->mij", response, future.variance(filtered), response)
    design = np.moveaxis(future.reach, -1, 0)
    covariance = shocks + design @ uncertainty @ np.swapaxes(design, 1, 2)
    return JointForecasts(
        future.mean(coefficients),
        covariance,
        errors,
        coefficients,
        uncertainty,
        log_determinant,
    )


def mean_forecasts(
    stack: Stack, models: Models, which: Indices, free: Array, horizon: int
) -> Array:
    """Return the means of ``joint_forecasts`` alone, shape ``(h, m)``."""
    future, filtered = _future(stack, models, which, free, horizon)
    return future.mean(_coefficients(filtered)[0])


def _coefficients(filtered: Innovations) -> tuple[Array, Array]:
    """Return the least-squares coefficients of the columns and their covariance."""
    others, data = filtered.errors[:, :-1], filtered.errors[:, -1]
    count, problems = others.shape[1:]
    normal = np.empty((problems, count, count))
    moment = np.empty((problems, count))
    for row in range(count):
        moment[:, row] = sum_rows(others[:, row] * data)
        for column in range(row + 1):
            normal[:, row, column] = normal[:, column, row] = sum_rows(
                others[:, row] * others[:, column]
            )
    # Columns that fill up the stack, or that others explain altogether, have no coefficient.
    covariance: Array = np.asarray(
        np.linalg.pinv(normal, rcond=SMALLEST_PART, hermitian=True), dtype=float
    )
    return np.einsum("mij,mj->im", covariance, moment), covariance


def _future(
    stack: Stack, models: Models, which: Indices, free: Array, horizon: int
) -> tuple[_Future, Innovations]:
    """Filter the columns of some models' series, and read off what comes after the origins."""
    series = models.series[which]
    phi, theta = models.polynomials(which, free)
    filtered = innovations(phi, theta, *stack.seen_by(series))
    rows = stack.origins[series] + np.arange(horizon)[:, None]
    back = stack.back[:, series]
    expected = np.moveaxis(filtered.expected, -1, 1)[rows, np.arange(len(series))]
    last, columns = _around_origins(stack, horizon)
    values = _undifference(np.moveaxis(expected, -1, 1), last[..., series], back)
    return _Future(rows, back, values, columns[:, :-1, series] - values[:, :-1]), filtered


def _around_origins(stack: Stack, horizon: int) -> tuple[Array, Array]:
    """Return the columns before differencing, before and after the origins of all series.

    Shapes ``(REACH, c, series)``, the latest first, and ``(h, c, series)``.
    """
    count = stack.columns.shape[1]
    last = np.zeros((REACH, count, len(stack.designs)))
    columns = np.zeros((horizon, count, len(stack.designs)))
    for place, design in enumerate(stack.designs):
        own = design.columns
        rows, first = len(design.values), count - own.shape[1]
        known = own[max(0, rows - REACH) : rows][::-1]
        last[: len(known), first:, place] = known
        columns[:, first:, place] = own[rows : rows + horizon]
    return last, columns


@dataclass(frozen=True, slots=True, eq=False)
class _Future:
    """The rows after each origin, of values.

    Attributes
    ----------
    rows
        Shape ``(h, m)``: their numbers.
    back
        Shape ``(REACH, m)``: by which differences become values again.
    values
        Shape ``(h, c, m)``: forecasts of every column by the model.
    reach
        Shape ``(h, c - 1, m)``: what the regressors really are, less their forecasts.
    """

    rows: Indices
    back: Array
    values: Array
    reach: Array

    def mean(self, coefficients: Array) -> Array:
        """Return the forecasts of the data, shape ``(h, m)``."""
        return np.asarray(self.values[:, -1] + np.sum(self.reach * coefficients, axis=1))

    def variance(self, filtered: Innovations) -> Array:
        """Return the variances of the one-step errors to come, shape ``(h, m)``."""
        return np.asarray(filtered.variance[self.rows, np.arange(self.rows.shape[1])])

    def response(self, filtered: Innovations, phi: Array) -> Array:
        """Return how values of row i respond to the error of row j, shape ``(h, h, m)``."""
        problems = np.arange(self.rows.shape[1])
        gain = np.moveaxis(np.moveaxis(filtered.gain, -1, 1)[self.rows, problems], -1, 1)
        none = np.zeros((REACH, len(self.rows), len(problems)))
        return _undifference(_response(gain, phi), none, self.back)


def _response(gain: Array, phi: Array) -> Array:
    """Return how the differences of later rows respond to the errors of each, ``(h, h, m)``."""
    horizon, full, problems = gain.shape
    shift = np.zeros((full, 1, problems))
    shift[:-1, 0] = phi
    response = np.zeros((horizon, horizon, problems))
    state = np.zeros((full, horizon, problems))
    for row in range(horizon):
        response[row] = state[0]
        response[row, row] = 1.0
        following = shift * state[0]
        following[:-1] += state[1:]
        following[:, row] += gain[row]
        state = following
    return response


def _undifference(differences: Array, last: Array, back: Array) -> Array:
    """Turn differences into values.

    Parameters
    ----------
    differences
        Shape ``(h, c, m)``.
    last
        Shape ``(REACH, c, m)``: values before, the latest first.
    back
        Shape ``(REACH, m)``.
    """
    recent = list(last)
    values = []
    for row in differences:
        value = row + sum(weight * past for weight, past in zip(back, recent, strict=True))
        values.append(value)
        recent = [value, *recent[:-1]]
    return np.stack(values)
