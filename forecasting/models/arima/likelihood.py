"""Likelihood of seasonal ARIMA models with regressors, many models and series at once.

Exact: the variance and the regressors' coefficients are concentrated out, missing values
integrated out. What is left of the likelihood is a sum of squares: with ``u_t`` the standardised
errors times the geometric mean of their standard deviations,
``-2 log L = n log(sum u_t^2) + constant`` (Harvey 1989, *Forecasting, Structural Time Series
Models and the Kalman Filter*, section 3.4).

Conditional: cheap, and close enough to begin a search from. Nothing before the first row is known,
so what the models expect of it is taken for zero (Box and Jenkins 1976, *Time Series Analysis*,
section 7.1.2).

Innovations come from Chandrasekhar recursions (Morf, M., Sidhu, G. and Kailath, T. 1974, "Some new
algorithms for recursive estimation in constant, linear, discrete-time systems", *IEEE
Transactions on Automatic Control* 19): the gains of the Kalman filter of a time-invariant model,
started at its stationary distribution, need vectors where the Riccati recursion needs matrices.
Problems lie along the last axis throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON
from forecasting.models.arima.design import Stack
from forecasting.models.least_squares import sum_rows

SLOTS = ("ar1", "ar2", "ma1", "ma2", "seasonal_ar", "seasonal_ma")
"""What the rows of free parameters stand for, in the order of ``lag_polynomials``."""
NON_SEASONAL_LAGS = 2
SEASONAL_LAGS = SEASON + NON_SEASONAL_LAGS
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

    series: Indices
    slots: Indices

    @property
    def lags(self) -> int:
        """Lags of the longest polynomial."""
        return (
            SEASONAL_LAGS if (self.slots >= SLOTS.index("seasonal_ar")).any() else NON_SEASONAL_LAGS
        )

    def spread(self, models: Indices, free: Array) -> Array:
        """Return the free parameters of some of the models in their slots, shape ``(6, m)``."""
        spread = np.zeros((len(SLOTS) + 1, len(models)))
        np.put_along_axis(spread, self.slots[:, models], free, axis=0)
        return spread[:-1]

    def polynomials(self, models: Indices, free: Array) -> tuple[Array, Array]:
        """Return phi and theta of some of the models, from their free parameters."""
        return lag_polynomials(self.spread(models, free), self.lags)

    def take(self, chosen: Mask) -> Models:
        """Return some of the models."""
        return Models(self.series[chosen], self.slots[:, chosen])


def scaled_errors(stack: Stack, models: Models, which: Indices, free: Array) -> Array:
    """Return what to minimise the squares of, shape ``(n, m)``, for ``least_squares``."""
    series = models.series[which]
    phi, theta = models.polynomials(which, free)
    filtered = innovations(phi, theta, *stack.seen_by(series))
    errors, log_determinant = concentrate(filtered, stack.gap[:, series])
    observations = stack.observations[series]
    return np.asarray(errors * np.exp(log_determinant / (2 * observations)))


def concentrate(filtered: Innovations, gap: Mask) -> tuple[Array, Array]:
    """Take the other columns out of the data by least squares, and integrate the gaps out.

    Returns
    -------
    errors
        Shape ``(n, m)``: standardised one-step errors at the best coefficients.
    log_determinant
        Shape ``(m,)``: of the covariance of the observed rows, for unit shocks.
    """
    errors, squares = clear_columns(filtered.errors.copy())
    logs = np.log(squares)
    terms = [np.where(column, value, 0.0) for column, value in zip(gap, logs, strict=True)]
    return errors, sum(terms, filtered.log_determinant)


def clear_columns(columns: Array) -> tuple[Array, Array]:
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


def conditional_errors(stack: Stack, models: Models, which: Indices, free: Array) -> Array:
    """Return errors of the data cleared of the other columns, shape ``(n, m)``."""
    series = models.series[which]
    factors = natural_parameters(models.spread(which, free))
    columns, known = stack.seen_by(series)
    columns = _without_past(columns, factors[0], factors[1], factors[4])
    errors = _without_errors(columns, factors[2], factors[3], factors[5])
    errors *= known[:, None]
    return clear_columns(errors)[0]


def _without_past(columns: Array, first: Array, second: Array, seasonal: Array) -> Array:
    """Apply the autoregressive polynomials."""
    whole = columns.copy()
    if seasonal.any():
        whole[SEASON:] -= seasonal * columns[:-SEASON]
    if first.any() or second.any():
        past = first * whole[:-1]
        if second.any():
            past[1:] += second * whole[:-2]
        whole[1:] -= past
    return whole


def _without_errors(columns: Array, first: Array, second: Array, seasonal: Array) -> Array:
    """Invert the moving-average polynomials, in place."""
    if seasonal.any():
        for row in range(SEASON, len(columns), SEASON):
            rows = columns[row : row + SEASON]
            rows -= seasonal * columns[row - SEASON : row - SEASON + len(rows)]
    if first.any() or second.any():
        columns[1] -= first * columns[0]
        for row in range(2, len(columns)):
            columns[row] -= first * columns[row - 1]
            columns[row] -= second * columns[row - 2]
    return columns


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


def innovations(phi: Array, theta: Array, columns: Array, known: Mask) -> Innovations:
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


def lag_polynomials(free: Array, lags: int) -> tuple[Array, Array]:
    """Return the coefficients of the multiplied autoregressive and moving-average polynomials.

    Parameters
    ----------
    free
        Shape ``(6, m)``, between -1 and 1, in the order of ``SLOTS``; 0 where a model has none.
        They are partial autocorrelations, so that every model is
        stationary and invertible (Monahan 1984, "A note on enforcing stationarity in
        autoregressive-moving average models", *Biometrika* 71).
    lags
        2 without seasonal parameters, else 6.

    Returns
    -------
    phi, theta
        Shape ``(lags, m)``: of ``1 - phi_1 B - ...`` and ``1 + theta_1 B + ...``; row 1 is lag 1.
    """
    factors = natural_parameters(free)
    return (
        _multiplied(factors[0], factors[1], factors[4], lags, -1.0),
        _multiplied(factors[2], factors[3], factors[5], lags, 1.0),
    )


def natural_parameters(free: Array) -> Array:
    """Return the coefficients as statsmodels counts them, shape ``(6, m)``."""
    return np.stack(
        [
            free[0] * (1 - free[1]),
            free[1],
            -free[2] * (1 - free[3]),
            -free[3],
            free[4],
            free[5],
        ]
    )


def _multiplied(first: Array, second: Array, seasonal: Array, lags: int, sign: float) -> Array:
    product = np.zeros((lags, len(first)))
    product[0], product[1] = first, second
    if lags == SEASONAL_LAGS:
        product[SEASON - 1] = seasonal
        product[SEASON] = sign * first * seasonal
        product[SEASON + 1] = sign * second * seasonal
    return product


def autocovariances(phi: Array) -> Array:
    """Return autocovariances of autoregressions with unit shocks, from lag 0 to their order.

    The Durbin-Levinson recursion, run down to the partial autocorrelations and up again
    (Brockwell and Davis 1991, *Time Series: Theory and Methods*, section 5.2).

    Parameters
    ----------
    phi
        Shape ``(lags, m)``, stationary.

    Returns
    -------
    ndarray
        Shape ``(lags + 1, m)``.
    """
    lags = len(phi)
    orders = [phi]
    for order in range(lags - 1, 0, -1):
        higher = orders[-1]
        last = higher[order]
        orders.append((higher[:order] + last * higher[order - 1 :: -1]) / (1 - last * last))
    orders.reverse()
    partial = [coefficients[-1] for coefficients in orders]
    error = np.ones_like(phi[0])  # variance of the one-step error, in units of that of the series
    ratios = [error]
    for order in range(1, lags + 1):
        ratio = partial[order - 1] * error
        for lag in range(1, order):
            ratio = ratio + orders[order - 2][lag - 1] * ratios[order - lag]
        ratios.append(ratio)
        error = error * (1 - partial[order - 1] ** 2)
    return np.asarray(np.stack(ratios) / error)


def impulse_responses(phi: Array, theta: Array, count: int) -> Array:
    """Return the first ``count`` coefficients of the infinite moving average, from psi_0 = 1."""
    psi = [np.ones_like(phi[0])]
    for lag in range(1, count):
        value = theta[lag - 1] if lag <= len(theta) else np.zeros_like(psi[0])
        for back in range(1, min(lag, len(phi)) + 1):
            value = value + phi[back - 1] * psi[lag - back]
        psi.append(value)
    return np.stack(psi)
