"""Forecasts of plain quarterly levels, for series without a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import gammaln, stdtr, stdtrit

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import predict
from forecasting.models.predictive import Predictive

LARGEST_EXPONENT = 600.0
"""Where a wild series makes a lognormal mean overflow."""
MOST_STEPS, PRECISION = 60, 1e-10
"""Of the search for a quantile; the precision in standard deviations."""
LARGEST_FREEDOM = 1e8
"""A t distribution with more is Gaussian to every digit."""


def forecast_levels(
    levels: Mapping[int, float], horizon: int, quantile_levels: Sequence[float]
) -> list[tuple[float, tuple[float, ...]]]:
    """Return mean and quantiles of the ``horizon`` quarters after the last one known.

    Parameters
    ----------
    levels
        By quarter number, each above zero; numbers left out are missing quarters.

    Returns
    -------
    list
        Row 1 is the quarter after the last: the mean, taken as that of the lognormal with the
        same location and scale (a log t distribution has none), and the quantiles at
        ``quantile_levels``.
    """
    first, last = min(levels), max(levels)
    values = np.array([levels.get(number, np.nan) for number in range(first, last + 1)])
    series = LogLevels.of_levels(Quarter.from_ordinal(first), np.log(values))
    predictive = predict([series], horizon)[0]
    logs = log_quantiles(predictive, np.array(quantile_levels))
    quantiles = np.exp(np.clip(logs, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    mean = np.zeros(horizon)
    for member in predictive.members:
        exponent = member.mean + np.diag(member.covariance) / 2
        mean += member.weight * np.exp(np.minimum(exponent, LARGEST_EXPONENT))
    return [
        (float(centre), tuple(map(float, row))) for centre, row in zip(mean, quantiles, strict=True)
    ]


def log_quantiles(predictive: Predictive, levels: Array) -> Array:
    """Return quantiles of each future quarter's log level, shape ``(h, len(levels))``.

    The distribution function of the mixture of t distributions is inverted by Newton's method,
    kept between bounds by bisection: a quantile of the mixture lies between those of its members.
    """
    members = predictive.members
    weight, freedom = (
        np.array([getattr(member, name) for member in members])[:, None, None]
        for name in ("weight", "degrees_of_freedom")
    )
    mean = np.stack([member.mean for member in members])[:, :, None]
    scale = np.sqrt(np.stack([np.diag(member.covariance) for member in members]))[:, :, None]
    own = mean + scale * stdtrit(freedom, levels)
    low, high = own.min(axis=0), own.max(axis=0)
    finite = np.minimum(freedom, LARGEST_FREEDOM)
    height = np.exp(gammaln((finite + 1) / 2) - gammaln(finite / 2)) / np.sqrt(finite * np.pi)
    value = np.sum(weight * own, axis=0)
    for _ in range(MOST_STEPS if len(members) > 1 else 0):
        place = (value - mean) / scale
        excess = np.sum(weight * stdtr(freedom, place), axis=0) - levels
        low, high = np.where(excess < 0, value, low), np.where(excess < 0, high, value)
        kernel = (1 + place**2 / finite) ** (-(finite + 1) / 2)
        density = np.sum(weight * height / scale * kernel, axis=0)
        following = value - excess / np.maximum(density, np.finfo(float).tiny)
        inside = (following >= low) & (following <= high)
        following = np.where(inside, following, (low + high) / 2)
        moved = np.abs(following - value)
        value = following
        if (moved <= PRECISION * scale.max(axis=0)).all():
            break
    return np.asarray(value)
