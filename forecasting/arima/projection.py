"""From models and their parameters to joint forecasts, many models at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arima.design import REACH, Stack, recursion
from forecasting.arima.innovations import Innovations, innovations
from forecasting.arima.likelihood import Models, concentrated
from forecasting.least_squares import sum_rows
from forecasting.predictive import Array


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
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
        Shape ``(m,)``: as in ``Concentrated``.
    """

    mean: Array
    covariance: Array
    errors: Array
    coefficients: Array
    coefficient_covariance: Array
    log_determinant: Array


def project(
    stack: Stack, models: Models, which: NDArray[np.intp], free: Array, horizon: int
) -> Projected:
    """Forecast the ``horizon`` rows after each origin.

    Parameters
    ----------
    stack
        With at least ``horizon`` rows after each origin.
    free
        Shape ``(k, m)``.
    """
    series = models.series[which]
    phi, theta = models.polynomials(which, free)
    filtered = innovations(phi, theta, stack.columns[..., series], stack.known[:, series])
    found = concentrated(filtered, stack.gap[:, series])
    coefficients, uncertainty = _coefficients(filtered)
    future = _Future.of(stack, series, filtered, phi, horizon)
    reach = future.columns - future.expected[:, :-1]
    mean = future.expected[:, -1] + np.sum(reach * coefficients, axis=1)
    shocks = np.einsum("ikm,km,jkm->mij", future.response, future.variance, future.response)
    design = np.moveaxis(reach, -1, 0)
    covariance = shocks + design @ uncertainty @ np.swapaxes(design, 1, 2)
    return Projected(
        mean, covariance, found.errors, coefficients, uncertainty, found.log_determinant
    )


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
    missing = np.einsum("mcc->mc", normal) == 0  # columns that fill up the stack
    covariance = np.linalg.inv(normal + np.eye(count) * missing[:, None, :])
    covariance *= ~missing[:, None, :]
    return np.einsum("mij,mj->im", covariance, moment), covariance


@dataclass(frozen=True, slots=True, eq=False)
class _Future:
    """The rows after each origin, of values.

    Attributes
    ----------
    expected
        Shape ``(h, c, m)``: forecasts of every column by the model.
    columns
        Shape ``(h, c - 1, m)``: what the regressors really are.
    response
        Shape ``(h, h, m)``: of row i to the error of row j.
    variance
        Shape ``(h, m)``: of the errors.
    """

    expected: Array
    columns: Array
    response: Array
    variance: Array

    @classmethod
    def of(
        cls,
        stack: Stack,
        series: NDArray[np.intp],
        filtered: Innovations,
        phi: Array,
        horizon: int,
    ) -> _Future:
        """Read off what comes after each origin, and undo the differencing."""
        places = np.arange(len(series))
        designs = [stack.designs[place] for place in series]
        rows = np.array([design.rows for design in designs]) + np.arange(horizon)[:, None]
        expected = np.moveaxis(filtered.expected, -1, 1)[rows, places]
        gain = np.moveaxis(filtered.gain, -1, 1)[rows, places]
        back = np.stack([recursion(design.d, design.seasonal_d) for design in designs], axis=1)
        count = filtered.errors.shape[1]
        last = np.zeros((REACH, len(series), count))
        columns = np.zeros((horizon, len(series), count))
        for place, design in enumerate(designs):
            own = design.columns
            n, first = len(design.values), count - own.shape[1]
            known = own[max(0, n - REACH) : n][::-1]
            last[: len(known), place, first:] = known
            columns[:, place, first:] = own[n : n + horizon]
        none = np.zeros((REACH, len(series), horizon))
        response = np.moveaxis(_response(np.moveaxis(gain, -1, 1), phi), -1, 1)
        return cls(
            np.moveaxis(_undifferenced(expected, last, back), 1, -1),
            np.moveaxis(columns, 1, -1)[:, :-1],
            np.moveaxis(_undifferenced(response, none, back), 1, -1),
            filtered.variance[rows, places],
        )


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


def _undifferenced(differences: Array, last: Array, back: Array) -> Array:
    """Turn differences into values.

    Parameters
    ----------
    differences
        Shape ``(h, m, c)``.
    last
        Shape ``(REACH, m, c)``: values before, the latest first.
    back
        Shape ``(REACH, m)``.
    """
    recent = list(last)
    values = []
    for row in differences:
        value = row + sum(weight[:, None] * past for weight, past in zip(back, recent, strict=True))
        values.append(value)
        recent = [value, *recent[:-1]]
    return np.stack(values)
