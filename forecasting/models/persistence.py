"""The persistence member: growth since January persists, with the errors of this rule so far.

Official growth is smooth and drifts, so this is the forecast that a planner carries in the head
and that any model has to match. Its errors depend on how much of the year is known: each origin
quarter has errors of its own. Most are small and a few are very large, so they are taken for a t
whose tails they show: a crisis is no reason to be unsure of a calm year, and may come again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.arima.outliers import Cleaned, level_effects
from forecasting.models.pool_weights import rest_of_year, shares_of
from forecasting.models.predictive import (
    ROUNDING_OF_GROWTH,
    Candidate,
    ModelForecast,
    ModelReport,
)
from forecasting.models.student_t import StudentT, fit_student_t

PRIOR_ERRORS = 3.0
"""Past errors of one origin quarter that those of all quarters together count for."""

Learned = tuple[LogLevels, Cleaned]


def persistence(
    series: LogLevels, cleaned: Cleaned, horizon: int, learned: Learned | None = None
) -> ModelForecast | None:
    """Forecast that growth stays at what it has been since January, without the outliers.

    Parameters
    ----------
    series
        Levels chained from growth.
    cleaned
        Its outliers.
    horizon
        Rows after the origin.
    learned
        The figures whose errors count, with their outliers; None for those of the series.

    Returns
    -------
    ModelForecast or None
        Of the modelled growth; None where the rule has never been tried before.
    """
    tried = _Tried.of(*(learned or (series, cleaned)))
    if not np.isfinite(tried.errors).any():
        return None
    now = tried if learned is None else _Tried.of(series, cleaned)
    law = _law(tried.errors, tried.quarters, int(now.quarters[-1]))
    steps = np.arange(1, horizon + 1)
    shape = (np.minimum.outer(steps, steps) + np.eye(horizon)) / 2
    weights = rest_of_year(series)
    ahead = len(weights)
    year = float(weights @ shape[:ahead, :ahead] @ weights) if ahead <= horizon else 1.0
    return ModelForecast(
        mean=np.full(horizon, now.known[-1] + law.location),
        covariance=law.scale**2 / year * shape,
        degrees_of_freedom=law.freedom,
        report=ModelReport.of("persistence", series.figures, Candidate("persistence", 1.0)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """The rule tried at every earlier origin of a series, by row of its growth.

    Attributes
    ----------
    known
        Growth since January without the outliers.
    quarters
        From 0.
    errors
        Mean error over the rest of the year (of the next after a fourth quarter).
    """

    known: Array
    quarters: Indices
    errors: Array

    @classmethod
    def of(cls, series: LogLevels, cleaned: Cleaned) -> _Tried:
        """Try the rule."""
        levels = (
            series.filled - level_effects(cleaned.outliers, len(series.filled)) @ cleaned.effects
        )
        growth = levels[SEASON:] - levels[:-SEASON]
        quarters = (series.first.ordinal + SEASON + np.arange(len(growth))) % SEASON
        known = growth_since_january(levels, quarters)
        observed = np.isfinite(series.modelled)
        errors = _year_errors(growth, levels, known, quarters, observed)
        return cls(known, quarters, errors)


def growth_since_january(levels: Array, quarters: Indices) -> Array:
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
    quarters: Indices,
    observed: Mask,
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


def _law(errors: Array, quarters: Indices, quarter: int) -> StudentT:
    """Return the t of the errors at origins in one quarter.

    Those of all quarters count for ``PRIOR_ERRORS``, half with the other sign: they show how
    large errors are, and no direction.
    """
    valid = np.isfinite(errors)
    every, own = errors[valid], errors[valid & (quarters == quarter)]
    values = np.concatenate([own, every, -every])
    prior = np.full(2 * len(every), PRIOR_ERRORS / (2 * len(every)))
    counts = np.concatenate([np.ones(len(own)), prior])
    return fit_student_t(values, counts, PRIOR_ERRORS + len(own), ROUNDING_OF_GROWTH)
