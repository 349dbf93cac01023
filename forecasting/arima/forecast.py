"""From a fitted model to a joint distribution of future log levels."""

from __future__ import annotations

from typing import Any

import numpy as np
from statsmodels.tools.numdiff import approx_hess1

from forecasting.arima.fit import Fit, differences_model, levels_model
from forecasting.arima.outliers import Found
from forecasting.arima.series import LogLevels
from forecasting.predictive import Array, Member, ModelReport, Outlier, Parameter

LARGEST_STANDARD_ERROR = 1.0
"""Standard error beyond which a parameter counts as not identified; it is capped there."""
ROUNDING = 3e-4
"""Least one-step standard deviation: what rounding to 0.1 alone puts on quarterly growth."""


def member_of(series: LogLevels, fitted: Fit, found: tuple[Found, ...], horizon: int) -> Member:
    """Return the model's joint forecast of the ``horizon`` quarters after the origin.

    The covariance is that of the exact diffuse state space model with the variance corrected
    for the parameters estimated, plus the spread that their own uncertainty adds by the delta
    method; the distribution is Student's with the residual degrees of freedom.
    """
    model = levels_model(fitted)
    mean, unit_covariance, residuals = project(model, fitted.parameters, horizon)
    freedom = fitted.observations - fitted.free
    variance = max(fitted.variance * fitted.observations / freedom, ROUNDING**2)
    parameter_covariance = _parameter_covariance(fitted)
    slopes = _slopes(model, fitted, horizon)
    covariance = variance * unit_covariance + slopes @ parameter_covariance @ slopes.T
    errors = np.sqrt(np.diag(parameter_covariance))
    report = ModelReport(
        method="sarima",
        order=fitted.order.regular,
        seasonal_order=fitted.order.seasonal,
        parameters=tuple(
            Parameter(name, float(value), float(error))
            for name, value, error in zip(fitted.names, fitted.parameters, errors, strict=True)
        ),
        outliers=_outliers(series, fitted, found),
        observations=fitted.observations,
        residuals=tuple(
            (series.first + int(row), float(residuals[row] / np.sqrt(variance)))
            for row in np.flatnonzero(np.isfinite(residuals))
        ),
    )
    return Member(1.0, mean, (covariance + covariance.T) / 2, float(freedom), report)


def project(model: Any, parameters: Array, horizon: int) -> tuple[Array, Array, Array]:
    """Return mean, covariance for a one-step variance of 1, and scaled one-step errors.

    Rows of mean and covariance are the quarters after the last of the model. The regressors
    keep their last values, for a level shift lasts and no pulse stands in the last quarter. The
    errors, one for each row of the model, are scaled to the one-step variance of the settled
    filter; they are NaN while the start is diffuse and where nothing was observed.
    """
    result = model.filter(parameters).filter_results
    state = result.predicted_state[:, -1]
    spread = result.predicted_state_cov[:, :, -1] / result.scale
    transition, design = result.transition[:, :, -1], result.design[0, :, -1]
    shock = result.selection[:, :, -1] @ result.state_cov[:, :, -1] @ result.selection[:, :, -1].T
    shock = shock / result.scale
    intercept, regression = result.state_intercept[:, -1], result.obs_intercept[0, -1]
    mean, covariance = np.empty(horizon), np.empty((horizon, horizon))
    for step in range(horizon):
        mean[step] = regression + design @ state
        reach = spread @ design
        for later in range(step, horizon):
            covariance[step, later] = covariance[later, step] = design @ reach
            reach = transition @ reach
        state = transition @ state + intercept
        spread = transition @ spread @ transition.T + shock
    errors = result.forecasts_error[0] / np.sqrt(result.forecasts_error_cov[0, 0] / result.scale)
    errors[: result.nobs_diffuse] = np.nan
    return mean, covariance, errors


def _slopes(model: Any, fitted: Fit, horizon: int) -> Array:
    """Return how the mean forecast moves with each parameter, shape ``(horizon, free)``."""
    slopes = np.empty((horizon, fitted.free))
    for position, value in enumerate(fitted.parameters):
        step = 1e-4 * max(1.0, abs(value))
        means = []
        for sign in (-1, 1):
            moved = fitted.parameters.copy()
            moved[position] += sign * step
            means.append(project(model, moved, horizon)[0])
        slopes[:, position] = (means[1] - means[0]) / (2 * step)
    return slopes


def _parameter_covariance(fitted: Fit) -> Array:
    """Return the covariance of the parameters from the curvature of the likelihood.

    A direction in which the likelihood is flat or turns upward is not identified; its standard
    error is capped.
    """
    if not fitted.free:
        return np.zeros((0, 0))
    loglike = differences_model(fitted).loglike
    curvature = -np.asarray(approx_hess1(fitted.parameters, loglike))
    curvature = np.nan_to_num((curvature + curvature.T) / 2)
    values, vectors = np.linalg.eigh(curvature)
    floor = 1 / LARGEST_STANDARD_ERROR**2
    return np.asarray((vectors / np.maximum(values, floor)) @ vectors.T)


def _outliers(series: LogLevels, fitted: Fit, found: tuple[Found, ...]) -> tuple[Outlier, ...]:
    """Return the outliers with their size in percent of the level."""
    first = 1 if fitted.order.trend == "c" else 0  # a mean comes before the regressors
    sizes = fitted.parameters[first : first + len(found)]
    return tuple(
        Outlier(series.first + outlier.row, outlier.kind, float(np.expm1(size) * 100))
        for outlier, size in zip(found, sizes, strict=True)
    )
