"""Outliers found from the data up to the origin, one after the other, the largest first.

After Chen, C. and Liu, L.-M. (1993), "Joint estimation of model parameters and outlier effects
in time series", *Journal of the American Statistical Association* 88, sections 2 and 3, with a
robust scale, so that one shock does not hide the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from forecasting.arima.differencing import differenced
from forecasting.arima.fit import Fit, Order, fit
from forecasting.arima.series import SEASON, LogLevels
from forecasting.predictive import Array, OutlierKind

CRITICAL = 5.0
"""Size in robust standard errors from which a quarter is an outlier.

Chen and Liu advise 3 to 4 with a scale that the outliers widen; against the robust scale, which
small rounding errors narrow, ordinary turns of growth reach that.
"""
MOST_PER_OBSERVATION = 0.1
SMALLEST_SCALE = 1e-4
"""Errors of 0.01 points are rounding; nothing is an outlier against them."""
SETTLING = 1
"""The last quarters, in which a level shift cannot be told from an additive outlier yet."""


@dataclass(frozen=True, slots=True)
class Found:
    """An outlier at a row of the log levels, counted from 0."""

    row: int
    kind: OutlierKind


def level_effects(found: tuple[Found, ...], rows: int) -> Array:
    """Return what outliers do to log levels, shape ``(rows, len(found))``: a pulse or a step."""
    columns = np.zeros((rows, len(found)))
    for column, outlier in enumerate(found):
        end = outlier.row + 1 if outlier.kind is OutlierKind.ADDITIVE else rows
        columns[outlier.row : end, column] = 1.0
    return columns


def regressors_of(series: LogLevels, found: tuple[Found, ...], ahead: int = 0) -> Array:
    """Return what outliers do to the modelled stretch and ``ahead`` rows after it."""
    return series.effect_of(level_effects(found, len(series.values) + ahead))


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """The modelled stretch of a series without its outliers.

    Attributes
    ----------
    found
        The outliers, in the order of their rows.
    values, filled
        Shape ``(n,)``: with gaps and without.
    """

    found: tuple[Found, ...]
    values: Array
    filled: Array


def clean(series: LogLevels, order: Order) -> Cleaned:
    """Find the outliers of a series and take their effects off.

    With every outlier found, the parameters of the preliminary model are estimated anew by
    exact likelihood, and all effects anew by least squares on the series it whitens.

    Parameters
    ----------
    order
        The preliminary model, a local level: (0,1,1)(0,D,1).
    """
    values, filled = series.modelled, series.modelled_filled
    nothing = np.empty((len(values), 0))
    cleaned = Cleaned((), values, filled)
    while True:
        fitted = fit(cleaned.values, order, nothing)
        if fitted is None:
            return cleaned
        regressors = regressors_of(series, cleaned.found)
        effects, residuals = _effects(filled, regressors, fitted)
        shift = regressors @ effects
        cleaned = Cleaned(cleaned.found, values - shift, filled - shift)
        worst = _largest(series, fitted, cleaned.found, residuals)
        if worst is None or len(cleaned.found) >= MOST_PER_OBSERVATION * len(values):
            return cleaned
        found = tuple(sorted((*cleaned.found, worst), key=lambda outlier: outlier.row))
        cleaned = Cleaned(found, cleaned.values, cleaned.filled)


def _effects(filled: Array, regressors: Array, fitted: Fit) -> tuple[Array, Array]:
    """Return the outliers' effects by least squares on whitened series, and what is left."""
    columns = regressors
    if fitted.order.mean:  # a mean of the differences is a slope before them
        columns = np.column_stack([regressors, np.arange(len(filled), dtype=float)])
    target = _whitened(filled, fitted)
    if not columns.shape[1]:
        return np.empty(0), target
    whitened = _whitened(columns, fitted)
    effects: Array = np.asarray(np.linalg.lstsq(whitened, target, rcond=None)[0])
    return effects[: regressors.shape[1]], target - whitened @ effects


def _largest(
    series: LogLevels, fitted: Fit, found: tuple[Found, ...], residuals: Array
) -> Found | None:
    """Return the most significant outlier not yet in the model, None if none is.

    The last quarters are left out of the comparison: what happened there cannot be told yet,
    and an earlier quarter must not be bent to explain it.
    """
    settled = residuals[:-SETTLING]
    scale = 1.4826 * float(np.median(np.abs(residuals)))
    if scale <= SMALLEST_SCALE:
        return None
    best, best_size = None, CRITICAL
    for candidate in _candidates(series, fitted.order, found):
        effect = _whitened(regressors_of(series, (candidate,))[:, 0], fitted)[:-SETTLING]
        strength = float(np.sqrt(effect @ effect))
        if strength <= 1e-9:
            continue
        size = abs(float(effect @ settled)) / strength / scale
        if size > best_size:
            best, best_size = candidate, size
    return best


def _candidates(series: LogLevels, order: Order, found: tuple[Found, ...]) -> list[Found]:
    """Return what could still be an outlier: observed quarters whose effect differencing keeps."""
    taken = {outlier.row for outlier in found}
    first = order.d + SEASON * order.seasonal_d
    rows = [
        row + series.lost
        for row in range(first, len(series.modelled) - SETTLING)
        if np.isfinite(series.modelled[row])
    ]
    return [Found(row, kind) for row in rows if row not in taken for kind in OutlierKind]


def _whitened(values: Array, fitted: Fit) -> Array:
    """Pass series, along the first axis, through the inverse of the model, started at zero."""
    order = fitted.order
    theta = dict(zip(fitted.names, fitted.parameters, strict=True))
    moving = np.array([1.0, theta.get("ma.L1", 0.0)])
    seasonal = np.array([1.0, *[0.0] * (SEASON - 1), theta.get(f"ma.S.L{SEASON}", 0.0)])
    shifted = differenced(values, order.d, order.seasonal_d)
    return np.asarray(lfilter([1.0], np.convolve(moving, seasonal), shifted, axis=0))
