"""The naive member: the last growth persists, with the errors of this rule so far."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecasting.arrays import Array, Mask
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.predictive import Member, ModelReport

PRIOR_SCALE = 0.10
PRIOR_WEIGHT = 2.0
"""What a series without past errors is taken for: growth that misses by 10 points.

The prior counts as two past errors, so that it fades as a series shows its own. The scale is a
judgement from quarterly zone figures, which are far wilder than a nation's.
"""
LARGEST_RATIO = 20.0
"""Errors under half a point count as half a point: a few lucky ones are no certainty."""
LARGEST_ERROR = 5.0
"""Past errors are cut off at this many times their median size."""


def naive_member(series: LogLevels, horizon: int, learned: LogLevels | None = None) -> Member:
    """Forecast that year-on-year growth stays at the mean of its year so far.

    The forecast growth of every future quarter is the mean log growth of the quarters of the
    origin's year. Quarters that are known only together, as half-years are, enter with their
    common growth, but are no past error of the rule.

    The error is that of a local level seen through equal noise: variance
    ``s^2 (1 + i) / 2`` i quarters ahead, covariance ``s^2 min(i, j) / 2`` between quarters, so
    that one quarter ahead it is ``s^2``, estimated from the errors that the rule made at every
    earlier origin, robustly, with a weak prior.

    Parameters
    ----------
    series
        Of any length.
    horizon
        Quarters after the origin; row 1 of mean and covariance is ``series.origin + 1``.
    learned
        The figures whose errors count; None for those of the series.
    """
    expected, errors, observed = _tried(series)
    past = errors if learned is None else _tried(learned)[1]
    scale, freedom = _scale(past[np.isfinite(past)])
    steps = np.arange(1, horizon + 1)
    covariance = scale**2 * (np.minimum.outer(steps, steps) + np.eye(horizon)) / 2
    rate = expected[-1] if len(expected) else 0.0
    filled = series.filled
    level = [filled[0]] * (SEASON - len(filled)) + list(filled)
    for _ in range(horizon):
        level.append(level[-SEASON] + rate)
    origins = series.first + (SEASON + 1)
    report = replace(
        ModelReport.of("naive", int(observed.sum())),
        residuals=tuple(
            (origins + int(row), float(errors[row] / scale))
            for row in np.flatnonzero(np.isfinite(errors))
        ),
    )
    return Member(1.0, np.array(level[-horizon:]), covariance, freedom, report)


def _tried(series: LogLevels) -> tuple[Array, Array, Mask]:
    """Return what the rule expects after every row of growth, its errors, and what is known."""
    filled = series.filled
    growth = filled[SEASON:] - filled[:-SEASON]
    observed = np.isfinite(series.values[SEASON:] if series.growth is None else series.growth)
    expected = np.array(
        [
            growth[max(0, row + 1 - (series.first + row).quarter) : row + 1].mean()
            for row in range(len(growth))
        ]
    )
    return expected, np.where(observed[1:], growth[1:] - expected[:-1], np.nan), observed


def _scale(errors: Array) -> tuple[float, float]:
    """Return the scale of the errors and its degrees of freedom.

    Series differ in scale by orders of magnitude, so prior and errors are averaged as
    logarithms: a few errors of one point outweigh a prior of ten.
    """
    freedom = PRIOR_WEIGHT + len(errors)
    if not len(errors):
        return PRIOR_SCALE, freedom
    size = np.abs(errors)
    square = float(np.mean(np.minimum(size, LARGEST_ERROR * float(np.median(size))) ** 2))
    own = max(np.sqrt(square), PRIOR_SCALE / LARGEST_RATIO)
    shares = np.array([PRIOR_WEIGHT, len(errors)]) / freedom
    return float(np.exp(shares @ np.log([PRIOR_SCALE, own]))), freedom
