"""Lag polynomials of seasonal ARMA models, many at once, problems along the last axis."""

from __future__ import annotations

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON

SLOTS = ("ar1", "ar2", "ma1", "ma2", "seasonal_ar", "seasonal_ma")
"""What the rows of free parameters stand for, in the order of ``lag_polynomials``."""
NON_SEASONAL_LAGS = 2
SEASONAL_LAGS = SEASON + NON_SEASONAL_LAGS


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
    left = np.ones_like(phi[0])  # variance of the one-step error, in units of that of the series
    ratios = [left]
    for order in range(1, lags + 1):
        ratio = partial[order - 1] * left
        for lag in range(1, order):
            ratio = ratio + orders[order - 2][lag - 1] * ratios[order - lag]
        ratios.append(ratio)
        left = left * (1 - partial[order - 1] ** 2)
    return np.asarray(np.stack(ratios) / left)


def impulse_responses(phi: Array, theta: Array, count: int) -> Array:
    """Return the first ``count`` coefficients of the infinite moving average, from psi_0 = 1."""
    psi = [np.ones_like(phi[0])]
    for lag in range(1, count):
        value = theta[lag - 1] if lag <= len(theta) else np.zeros_like(psi[0])
        for back in range(1, min(lag, len(phi)) + 1):
            value = value + phi[back - 1] * psi[lag - back]
        psi.append(value)
    return np.stack(psi)
