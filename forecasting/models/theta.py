"""The Theta method: exponential smoothing with half the drift of a line through the series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON
from forecasting.models.least_squares import (
    PRIOR_DEVIATION,
    STEP,
    best_start,
    least_squares,
    sum_rows,
)
from forecasting.models.predictive import Candidate, ModelForecast, ModelReport
from forecasting.models.unequal_lengths import (
    FEWEST_FREE,
    LEAST_DEVIATION,
    LEAST_SMOOTHING,
    Ragged,
    future,
)

FEWEST_FOR_SEASON = 8
"""Rows from which Theta estimates a season."""

STARTS = np.linspace(-1.0, 1.0, 21)
"""Where the search for alpha may start, between -1 for alpha 0 and 1 for alpha 1."""
SHARE = 0.5
"""Of the line's drift: theta is 2."""
CRITICAL_SEASON = 2.705543454095404
"""The 90% point of chi-squared with one degree of freedom."""
_HALF = SEASON // 2


def theta(
    batch: Sequence[Array], seasonal: Sequence[bool], horizon: int
) -> list[ModelForecast | None]:
    """Forecast series by the Theta method with theta 2.

    A series with a significant season is adjusted additively first. Alpha is that of simple
    exponential smoothing without drift, started at the first figure. A missing figure has error
    0. The errors of the forecasts are those of an ARIMA(0,1,1) with drift, to which by the delta
    method come those of the drift and of alpha, not of the season.

    Parameters are those of ``ets.ets``; None stands where fewer than two degrees of freedom are
    left.

    References
    ----------
    Assimakopoulos, V., Nikolopoulos, K. (2000), "The theta model: a decomposition approach to
    forecasting", *International Journal of Forecasting* 16.
    Hyndman, R. J., Billah, B. (2003), "Unmasking the Theta method", *International Journal of
    Forecasting* 19: the equivalence with smoothing with drift, and the variance.
    """
    if not len(batch):
        return []
    ragged = Ragged.of(batch, horizon)
    season = seasons(ragged.values, ragged.last, np.asarray(seasonal, dtype=bool))
    fits = fit(ragged, season)
    covariance = _covariance(fits, horizon)
    return [_forecast(series, ragged, fits, covariance) for series in range(len(batch))]


@dataclass(frozen=True, slots=True, eq=False)
class ThetaFit:
    """Every series fitted, in the units of `Ragged`.

    Attributes
    ----------
    mean
        Shape ``(n + h, m)``: forecasts one step ahead and, after the last row, more.
    season
        Shape ``(4, m)``: of each quarter, in rows counted from the first.
    alpha, drift, drift_variance, alpha_variance, freedom, variance
        Shape ``(m,)``; the variances of the estimates in units of the variance of the errors.
    by_drift, by_alpha
        Shape ``(h, m)``: what the forecasts change with the drift and with alpha's parameter.
    """

    mean: Array
    season: Array
    alpha: Array
    drift: Array
    drift_variance: Array
    alpha_variance: Array
    freedom: Array
    variance: Array
    by_drift: Array
    by_alpha: Array


def alpha_of(parameter: Array) -> Array:
    """Return alpha for a parameter between -1 and 1."""
    return np.asarray(0.5 + (0.5 - LEAST_SMOOTHING) * parameter)


def smooth(values: Array, known: Array, alpha: Array, drift: Array) -> tuple[Array, Array]:
    """Return forecasts one step ahead and their errors, both of the shape of ``values``.

    The first forecast is the first value. An error counts where ``known`` is 1; all arguments
    broadcast to a row of ``values``.
    """
    forecasts, errors = np.empty_like(values), np.empty_like(values)
    level, change = values[0].copy(), np.empty_like(values[0])
    for row, (value, seen) in enumerate(zip(values, known, strict=True)):
        forecasts[row] = level
        error = np.subtract(value, level, out=errors[row])
        error *= seen
        np.multiply(alpha, error, out=change)
        level += change
        level += drift
    return forecasts, errors


def fit(ragged: Ragged, season: Array) -> ThetaFit:
    """Estimate drift and alpha, and run the recursion with them.

    The response to a drift of 1, and the recursion with alpha a little moved, run along with it.

    Parameters
    ----------
    ragged
        The series, with as many rows after the last as are to be forecast.
    season
        Shape ``(4, m)``: of each quarter, in rows counted from the first.
    """
    known = ragged.known.astype(float)
    rows, count = known.shape
    seasonal = season[np.arange(rows) % SEASON]
    adjusted = ragged.values - seasonal
    parameter, curvature = _parameters(adjusted, known)
    alpha, moved = alpha_of(parameter), alpha_of(parameter + STEP)
    weights = slope_weights(known)
    drift = SHARE * sum_rows(weights * adjusted)
    forecasts, errors = smooth(
        np.stack([adjusted, np.zeros_like(adjusted), adjusted], axis=1),
        known[:, None],
        np.array([alpha, alpha, moved]),
        np.array([drift, np.full(count, SHARE), drift]),
    )
    freedom = ragged.figures - 3.0 - (SEASON - 1) * season.any(axis=0)
    total = sum_rows(errors[:, 0] * errors[:, 0])
    variance = np.maximum(total / np.maximum(freedom, 1), LEAST_DEVIATION**2)
    horizon = rows - 1 - int(ragged.last.max())
    slopes = (forecasts[:, 2] - forecasts[:, 0]) / STEP
    return ThetaFit(
        mean=future(forecasts[:, 0] + seasonal, ragged.last, horizon),
        season=season,
        alpha=alpha,
        drift=drift,
        drift_variance=drift_variance(weights, alpha),
        alpha_variance=1 / (curvature + variance / PRIOR_DEVIATION**2),
        freedom=freedom,
        variance=variance,
        by_drift=future(forecasts[:, 1], ragged.last, horizon),
        by_alpha=future(slopes, ragged.last, horizon),
    )


def _parameters(adjusted: Array, known: Array) -> tuple[Array, Array]:
    """Return alpha's parameter that makes the squared errors without drift least; and ``J'J``."""

    def errors(which: Indices, parameters: Array) -> Array:
        alpha = alpha_of(parameters[0])
        return smooth(adjusted[:, which], known[:, which], alpha, np.zeros_like(alpha))[1]

    free = np.ones((1, adjusted.shape[1]), dtype=bool)
    solution = least_squares(errors, best_start(errors, STARTS[:, None], free), free, 1.0)
    return solution.parameters[0], solution.curvature[:, 0, 0]


def slope_weights(known: Array) -> Array:
    """Return the weights of figures in the slope of a line through them, shape ``(n, m)``."""
    time = np.arange(len(known), dtype=float)[:, None]
    centred = (time - sum_rows(time * known) / sum_rows(known)) * known
    return np.asarray(centred / sum_rows(centred * centred))


def drift_variance(weights: Array, alpha: Array) -> Array:
    """Return the variance of the slope when errors of variance 1 enter the level by alpha."""
    later = np.cumsum(weights[::-1], axis=0)[::-1]
    effects = (1 - alpha) * weights + alpha * later
    return sum_rows(effects * effects)


def _covariance(fit: ThetaFit, horizon: int) -> Array:
    """Return the joint covariance of the errors of the forecasts, shape ``(m, h, h)``."""
    steps = np.arange(horizon)
    earlier = np.minimum.outer(steps, steps)
    alpha = fit.alpha[:, None, None]
    moving = alpha * alpha * earlier + np.where(np.eye(horizon) > 0, 1.0, alpha)
    for slope, spread in (
        (fit.by_drift.T, fit.drift_variance),
        (fit.by_alpha.T, fit.alpha_variance),
    ):
        moving = moving + slope[:, :, None] * slope[:, None] * spread[:, None, None]
    return np.asarray(moving * fit.variance[:, None, None])


def _forecast(
    series: int, ragged: Ragged, fit: ThetaFit, covariance: Array
) -> ModelForecast | None:
    if fit.freedom[series] < FEWEST_FREE:
        return None
    unit = ragged.unit[series]
    return ModelForecast(
        mean=ragged.first[series] + unit * fit.mean[:, series],
        covariance=unit**2 * covariance[series],
        degrees_of_freedom=float(fit.freedom[series]),
        report=ModelReport.of("theta", int(ragged.figures[series]), Candidate("Theta", 1.0)),
        fixed=FixedTheta(
            float(fit.alpha[series]),
            float(unit * fit.drift[series]),
            unit * fit.season[:, series],
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class FixedTheta:
    """The smoothing, drift and season of the Theta method held fixed.

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
        """Forecast other values; see ``FixedModel``."""
        season = self.season[(np.arange(len(values) + horizon) + moved) % SEASON]
        level = values[0] - season[0]
        for value in values - season[: len(values)]:
            error = value - level if np.isfinite(value) else 0.0
            level += self.alpha * error + self.drift
        return np.asarray(level + self.drift * np.arange(horizon) + season[len(values) :])


def seasons(values: Array, last: Indices, wanted: Mask) -> Array:
    """Return the season of each quarter, in rows counted from the first, shape ``(4, m)``.

    It is the mean deviation from a centred moving average of a year; 0 where it is not wanted or
    the autocorrelation at lag 4 is not significant.

    Parameters
    ----------
    values
        Shape ``(n, m)``, gaps bridged; rows after ``last`` do not count.
    last
        Shape ``(m,)``: the row of the last figure.
    wanted
        Shape ``(m,)``.

    The test is that of statsmodels' ``ThetaModel``.
    """
    row = np.arange(len(values))[:, None]
    deviation = np.zeros_like(values)
    inner = values[_HALF:-_HALF]
    around = (values[: -2 * _HALF] + values[2 * _HALF :]) / 2
    for shift in range(1 - _HALF, _HALF):
        around = around + values[_HALF + shift : len(values) - _HALF + shift]
    deviation[_HALF:-_HALF] = inner - around / SEASON
    counts = (row >= _HALF) & (row <= last - _HALF)
    deviation *= counts
    quarters = range(SEASON)
    means = np.array(
        [
            sum_rows(deviation[quarter::SEASON])
            / np.maximum(counts[quarter::SEASON].sum(axis=0), 1)
            for quarter in quarters
        ]
    )
    adjusted = wanted & (last + 1 >= FEWEST_FOR_SEASON) & _significant(values, last)
    return np.asarray((means - sum_rows(means) / SEASON) * adjusted)


def _significant(values: Array, last: Indices) -> Mask:
    """Test the autocorrelation at lag 4 against the earlier ones (Bartlett's variance)."""
    within = np.arange(len(values))[:, None] <= last
    centred = (values - sum_rows(values * within) / (last + 1)) * within
    products = [
        sum_rows(centred[lag:] * centred[: len(centred) - lag]) for lag in range(SEASON + 1)
    ]
    squares = [product * product for product in products]
    return np.asarray(
        (last + 1) * squares[SEASON] > CRITICAL_SEASON * sum_rows(np.array(squares[:SEASON]))
    )
