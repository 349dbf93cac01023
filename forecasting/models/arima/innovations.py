"""Innovations of stationary ARMA models, many at once, by Chandrasekhar recursions.

Morf, M., Sidhu, G. and Kailath, T. (1974), "Some new algorithms for recursive estimation in
constant, linear, discrete-time systems", *IEEE Transactions on Automatic Control* 19: the gains
of the Kalman filter of a time-invariant model, started at its stationary distribution, need
vectors where the Riccati recursion needs matrices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.models.arima.polynomials import autocovariances, impulse_responses
from forecasting.models.least_squares import sum_rows


@dataclass(frozen=True, slots=True, eq=False)
class Innovations:
    """One-step errors of models with unit shocks.

    Attributes
    ----------
    errors
        Shape ``(n, c, m)``: of every column, in units of their standard deviation; 0 after the
        last known row.
    log_determinant
        Shape ``(m,)``: sum of the logarithms of the errors' variances over the known rows.
    expected
        Shape ``(n, c, m)``: one-step predictions; after the last known row, of all that follows.
    variance
        Shape ``(n, m)``: of the errors, known or not.
    gain
        Shape ``(n, r, m)``: what an error of one unit adds to the next row's state.
    """

    errors: Array
    log_determinant: Array
    expected: Array
    variance: Array
    gain: Array


def innovations(phi: Array, theta: Array, columns: Array, known: NDArray[np.bool_]) -> Innovations:
    """Filter columns of data through stationary ARMA models.

    Parameters
    ----------
    phi, theta
        Shape ``(lags, m)``.
    columns
        Shape ``(n, c, m)``; what stands after the last known row is not looked at.
    known
        Shape ``(n, m)``: True up to the last known row of a problem.
    """
    rows, count, problems = columns.shape
    full = len(phi) + 1
    shift = np.zeros((full, 1, problems))
    shift[:-1, 0] = phi
    gain, variance = _stationary(phi, theta)
    size = -1 / variance
    # The increment of the state's covariance is ``size * d d'``, and d moves as a column of
    # data does of which nothing but zeros is seen: it is the last column of the state.
    seen = np.ones((rows, count + 1, problems))
    seen[:, :-1] = known[:, None]
    data = np.zeros((rows, count + 1, problems))
    data[:, :-1] = columns
    state = np.zeros((full, count + 1, problems))
    state[:, -1] = gain
    errors, expected = np.empty_like(data), np.empty_like(data)
    variances, gains = np.empty((rows, problems)), np.empty((rows, full, problems))
    for row in range(rows):
        scaled = np.divide(gain, variance, out=gains[row])
        variances[row] = variance
        expected[row] = state[0]
        error = np.subtract(data[row], state[0], out=errors[row])
        error *= seen[row]
        weight = size * state[0, -1]
        variance = variance + weight * state[0, -1]
        size = size - weight * weight / variance
        following = shift * state[0]
        following[:-1] += state[1:]
        gain = gain + following[:, -1] * weight
        following += scaled[:, None] * error
        state = following
    deviations = np.sqrt(variances)
    return Innovations(
        errors[:, :-1] / deviations[:, None],
        sum_rows(np.where(known, 2 * np.log(deviations), 0.0)),
        expected[:, :-1],
        variances,
        gains,
    )


def _stationary(phi: Array, theta: Array) -> tuple[Array, Array]:
    """Return gain ``T P Z'`` and variance ``Z P Z'`` of the stationary distribution."""
    lags = len(phi)
    moving = np.concatenate([np.ones_like(phi[:1]), theta])
    psi = impulse_responses(phi, theta, lags + 1)
    # The autocovariances of the ARMA process: those of its autoregression, moved and weighted.
    places = np.arange(-lags, lags + 1)
    spread = _products(moving, moving)[np.abs(places)]
    reach = _extended(autocovariances(phi), phi, 2 * lags)
    back = np.abs(np.arange(lags + 1)[:, None] - places)
    covariance = np.einsum("kjm,jm->km", reach[back], spread)
    gain = np.zeros((lags + 1, phi.shape[1]))
    gain[:-1] = _products(phi, covariance) + _products(theta, psi)
    return gain, covariance[0]


def _products(first: Array, second: Array) -> Array:
    """Return ``sum_j first[j + k] second[j]`` for every shift k, shape like ``first``."""
    return np.stack(
        [
            np.einsum("jm,jm->m", first[shift:], second[: len(first) - shift])
            for shift in range(len(first))
        ]
    )


def _extended(pure: Array, phi: Array, lags: int) -> Array:
    """Continue the autocovariances of an autoregression up to a lag."""
    reach = np.empty((lags + 1, pure.shape[1]))
    reach[: len(pure)] = pure
    for lag in range(len(pure), lags + 1):
        np.einsum("jm,jm->m", phi[::-1], reach[lag - len(phi) : lag], out=reach[lag])
    return reach
