"""From a fitted model to a joint distribution of future log levels."""

from __future__ import annotations

from typing import Any

import numpy as np
from statsmodels.tools.numdiff import approx_hess1

from forecasting.arima.fit import Fit, exact_model, likelihood_model
from forecasting.arima.outliers import Found, regressors_of
from forecasting.arima.series import SEASON, LogLevels
from forecasting.predictive import Array, Member, ModelReport, Outlier, Parameter

LARGEST_STANDARD_ERROR = 1.0
"""Standard error beyond which a parameter counts as not identified; it is capped there."""
ROUNDING = 3e-4
"""Least one-step standard deviation: what rounding to 0.1 alone puts on quarterly growth."""


def member_of(series: LogLevels, fitted: Fit, found: tuple[Found, ...], horizon: int) -> Member:
    """Return the model's joint forecast of the ``horizon`` quarters after the origin.

    The covariance is that of the exact diffuse state space model with the variance corrected
    for the parameters estimated, plus the spread that their own uncertainty adds by the delta
    method; the distribution is Student's with the residual degrees of freedom. Of a series
    that varies less than its rounding the likelihood says nothing, so its parameters add none.
    """
    model = exact_model(fitted)
    future = regressors_of(series, found, horizon)[-horizon:]
    mean, unit_covariance, errors = project(model, fitted, fitted.parameters, future)
    freedom = fitted.observations - fitted.free
    correction = fitted.observations / freedom
    variance = max(fitted.variance * correction, ROUNDING**2)
    uncertainty = np.zeros((fitted.free, fitted.free))
    if fitted.variance > (ROUNDING / 10) ** 2:
        uncertainty = correction * _parameter_covariance(fitted)
    slopes = _slopes(model, fitted, future)
    covariance = variance * unit_covariance + slopes @ uncertainty @ slopes.T
    level, spread = _to_levels(series, mean, covariance)
    report = _report(series, fitted, found, uncertainty, errors / np.sqrt(variance))
    return Member(1.0, level, spread, float(freedom), report)


def project(
    model: Any, fitted: Fit, parameters: Array, future: Array
) -> tuple[Array, Array, Array]:
    """Return mean, covariance for a one-step variance of 1, and scaled one-step errors.

    The variance is given as 1 and not concentrated out, for a series that its model explains
    altogether has none to divide by.

    Parameters
    ----------
    future
        Shape ``(h, k)``: the regressors after the last row of the model.

    Returns
    -------
    mean, covariance
        Shapes ``(h,)`` and ``(h, h)``; row 1 is the quarter after the last of the model.
    errors
        One for each row of the model, scaled to the one-step variance of the settled filter;
        NaN while the start is diffuse and where nothing was observed.
    """
    result = model.filter(np.append(parameters, 1.0)).filter_results
    horizon = len(future)
    state, spread = result.predicted_state[:, -1], result.predicted_state_cov[:, :, -1]
    transition, design = result.transition[:, :, -1], result.design[0, :, -1]
    selection = result.selection[:, :, -1]
    shock = selection @ result.state_cov[:, :, -1] @ selection.T
    intercept = result.state_intercept[:, -1]
    mean = future @ parameters[regression_of(fitted)]
    covariance = np.empty((horizon, horizon))
    for step in range(horizon):
        mean[step] += design @ state
        reach = spread @ design
        for later in range(step, horizon):
            covariance[step, later] = covariance[later, step] = design @ reach
            reach = transition @ reach
        state = transition @ state + intercept
        spread = transition @ spread @ transition.T + shock
    errors = result.forecasts_error[0] / np.sqrt(result.forecasts_error_cov[0, 0])
    errors[: result.nobs_diffuse] = np.nan
    return mean, covariance, errors


def regression_of(fitted: Fit) -> slice:
    """Return where the regressors' parameters stand: after the mean, before all others."""
    first = int(fitted.order.mean)
    return slice(first, first + fitted.regressors.shape[1])


def _slopes(model: Any, fitted: Fit, future: Array) -> Array:
    """Return how the mean forecast moves with each parameter, shape ``(horizon, free)``."""
    slopes = np.empty((len(future), fitted.free))
    for position, value in enumerate(fitted.parameters):
        step = 1e-4 * max(1.0, abs(value))
        means = []
        for sign in (-1, 1):
            moved = fitted.parameters.copy()
            moved[position] += sign * step
            means.append(project(model, fitted, moved, future)[0])
        slopes[:, position] = (means[1] - means[0]) / (2 * step)
    return slopes


def _parameter_covariance(fitted: Fit) -> Array:
    """Return the covariance of the parameters from the curvature of the likelihood.

    A direction in which the likelihood is flat or turns upward is not identified; its standard
    error is capped.
    """
    if not fitted.free:
        return np.zeros((0, 0))
    loglike = likelihood_model(fitted).loglike
    curvature = -np.asarray(approx_hess1(fitted.parameters, loglike))
    curvature = np.nan_to_num((curvature + curvature.T) / 2)
    values, vectors = np.linalg.eigh(curvature)
    floor = 1 / LARGEST_STANDARD_ERROR**2
    return np.asarray((vectors / np.maximum(values, floor)) @ vectors.T)


def _to_levels(series: LogLevels, mean: Array, covariance: Array) -> tuple[Array, Array]:
    """Turn the forecast of growth into one of levels, each standing on the year before it."""
    symmetric = (covariance + covariance.T) / 2
    if not series.chained:
        return mean, symmetric
    steps = np.arange(len(mean))
    back = np.subtract.outer(steps, steps)
    chain = ((back >= 0) & (back % SEASON == 0)).astype(float)
    base = series.filled[-SEASON:][steps % SEASON]
    return base + chain @ mean, np.asarray(chain @ symmetric @ chain.T)


def _report(
    series: LogLevels, fitted: Fit, found: tuple[Found, ...], uncertainty: Array, errors: Array
) -> ModelReport:
    """Return what a page says of the model."""
    order = fitted.order
    sizes = fitted.parameters[regression_of(fitted)]
    known = np.flatnonzero(np.isfinite(errors))
    return ModelReport(
        method="sarima",
        order=order.regular,
        seasonal_order=(order.seasonal_p, order.seasonal_d + series.chained, order.seasonal_q),
        parameters=tuple(
            Parameter(name, float(value), float(error))
            for name, value, error in zip(
                fitted.names, fitted.parameters, np.sqrt(np.diag(uncertainty)), strict=True
            )
        ),
        outliers=tuple(
            Outlier(series.first + outlier.row, outlier.kind, float(np.expm1(size) * 100))
            for outlier, size in zip(found, sizes, strict=True)
        ),
        observations=fitted.observations,
        residuals=tuple(
            (series.first + series.lost + int(row), float(errors[row])) for row in known
        ),
    )
