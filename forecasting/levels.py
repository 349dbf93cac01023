"""Forecasts of plain quarterly levels, for series without a target."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import stdtr, stdtrit

from forecasting.arima.series import LogLevels
from forecasting.engine import predict
from forecasting.outlook import QUANTILE_LEVELS
from forecasting.period import Quarter
from forecasting.predictive import Array, Predictive

_BISECTIONS = 45


def forecast_levels(
    levels: Mapping[int, float], horizon: int
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
        ``QUANTILE_LEVELS``.
    """
    first, last = min(levels), max(levels)
    values = np.array([levels.get(number, np.nan) for number in range(first, last + 1)])
    series = LogLevels.of_levels(Quarter.from_ordinal(first), np.log(values))
    predictive = predict([series], horizon)[0]
    quantiles = np.exp(log_quantiles(predictive, np.array(QUANTILE_LEVELS)))
    mean = np.zeros(horizon)
    for member in predictive.members:
        mean += member.weight * np.exp(member.mean + np.diag(member.covariance) / 2)
    return [
        (float(centre), tuple(map(float, row))) for centre, row in zip(mean, quantiles, strict=True)
    ]


def log_quantiles(predictive: Predictive, levels: Array) -> Array:
    """Return quantiles of each future quarter's log level, shape ``(h, len(levels))``.

    The distribution function of the mixture of t distributions is inverted by bisection: a
    quantile of the mixture lies between those of its members.
    """
    members = predictive.members
    weight, freedom = (
        np.array([getattr(member, name) for member in members])[:, None, None]
        for name in ("weight", "degrees_of_freedom")
    )
    mean = np.stack([member.mean for member in members])[:, :, None]
    scale = np.sqrt(np.stack([np.diag(member.covariance) for member in members]))[:, :, None]
    own = mean + scale * stdtrit(freedom, levels)
    if len(members) == 1:
        return np.asarray(own[0])
    low, high = own.min(axis=0), own.max(axis=0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        below = np.sum(weight * stdtr(freedom, (middle - mean) / scale), axis=0) < levels
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
