"""The persistence member: growth since January persists, with the errors this rule made before.

Official growth is smooth and drifts, so this is the forecast that a planner carries in the head
and that any model has to match. Its errors depend on how much of the year is known: each origin
quarter has errors of its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.arima.outliers import Cleaned, level_effects
from forecasting.arima.series import SEASON, LogLevels
from forecasting.predictive import Array, Candidate
from forecasting.projection import Projection
from forecasting.weights import rest_of_year, shares_of

LARGEST_ERROR = 5.0
"""Past errors are cut off at this many times their median size."""
PRIOR_ERRORS = 3.0
"""Past errors of one origin quarter that those of all quarters together count for."""
SMALLEST_SCALE = 3e-4
"""Rounding alone puts as much on the growth of a quarter."""


def persistence(series: LogLevels, cleaned: Cleaned, horizon: int) -> Projection | None:
    """Forecast that growth stays at what it has been since January, without the outliers.

    Parameters
    ----------
    series
        Levels chained from growth.
    cleaned
        Its outliers.
    horizon
        Rows after the origin.

    Returns
    -------
    Projection or None
        Of the modelled growth; None where the rule has never been tried before.
    """
    levels = series.filled - level_effects(cleaned.found, len(series.filled)) @ cleaned.effects
    growth = levels[SEASON:] - levels[:-SEASON]
    quarters = (series.first.ordinal + SEASON + np.arange(len(growth))) % SEASON
    known = _since_january(levels, quarters)
    observed = np.isfinite(series.modelled)
    errors = _year_errors(growth, levels, known, quarters, observed)
    if not np.isfinite(errors).any():
        return None
    scale, bias, freedom = _scale(errors, quarters)
    steps = np.arange(1, horizon + 1)
    shape = (np.minimum.outer(steps, steps) + np.eye(horizon)) / 2
    weights = rest_of_year(series)
    ahead = len(weights)
    year = float(weights @ shape[:ahead, :ahead] @ weights) if ahead <= horizon else 1.0
    one_step = np.full(len(growth), np.nan)
    one_step[1:] = np.where(observed[1:], growth[1:] - known[:-1], np.nan)
    return Projection(
        mean=np.full(horizon, known[-1] + bias),
        covariance=scale**2 / year * shape,
        degrees_of_freedom=freedom,
        errors=one_step / max(float(np.sqrt(np.nanmean(one_step**2))), SMALLEST_SCALE),
        candidates=(Candidate("persistence", 1.0),),
    )


def _since_january(levels: Array, quarters: NDArray[np.intp]) -> Array:
    """Return log growth since January at the end of every row of growth."""
    known = np.empty(len(quarters))
    for row, quarter in enumerate(quarters):
        january = max(0, row - int(quarter))  # a first year may start late
        now, before = levels[january + SEASON : row + SEASON + 1], levels[january : row + 1]
        top = now.max()
        known[row] = np.log(np.exp(now - top).sum() / np.exp(before - top).sum())
    return known


def _year_errors(
    growth: Array,
    levels: Array,
    known: Array,
    quarters: NDArray[np.intp],
    observed: NDArray[np.bool_],
) -> Array:
    """Return the mean error over the rest of the year (of the next after a fourth quarter)."""
    errors = np.full(len(growth), np.nan)
    for row, quarter in enumerate(quarters):
        ahead = SEASON - 1 - int(quarter) or SEASON
        rest = slice(row + 1, row + 1 + ahead)
        if row + ahead < len(growth) and observed[rest].all():
            weights = shares_of(levels[row + 1 : row + 1 + ahead])
            errors[row] = weights @ growth[rest] - known[row]
    return errors


def _scale(errors: Array, quarters: NDArray[np.intp]) -> tuple[float, float, float]:
    """Return scale, bias and degrees of freedom of the errors of the last row's quarter."""
    valid = np.isfinite(errors)
    largest = LARGEST_ERROR * float(np.median(np.abs(errors[valid])))
    cut = np.clip(errors, -largest, largest)
    own = cut[valid & (quarters == quarters[-1])]
    pooled = float(np.mean(cut[valid] ** 2))
    bias = float(own.sum()) / (len(own) + PRIOR_ERRORS)
    total = PRIOR_ERRORS * pooled + float(((own - bias) ** 2).sum())
    freedom = PRIOR_ERRORS + len(own)
    return max(float(np.sqrt(total / freedom)), SMALLEST_SCALE), bias, freedom
