"""How often to difference: D by the strength of the season, d by a test of stationarity."""

from __future__ import annotations

import warnings

import numpy as np
from statsmodels.tools.sm_exceptions import InterpolationWarning
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.stattools import kpss

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON

FEWEST_FOR_DIFFERENCING = 12
"""Under so many rows no test decides on differences: none are taken."""

STRONG_SEASON = 0.64
"""Wang, Smith and Hyndman's strength from which a season is differenced (FPP3, section 9.1)."""
KPSS_CRITICAL = 0.463
"""Five per cent point of the level-stationarity statistic (Kwiatkowski et al. 1992, table 1)."""
ROBUST_ITERATIONS = 3
"""Of the decomposition; more change nothing that a threshold would see."""


def seasonal_strength(values: Array) -> float:
    """Return the strength of the season, from 0 to 1.

    ``max(0, 1 - Var(R) / Var(S + R))`` of a robust STL decomposition.

    Parameters
    ----------
    values
        Shape ``(n,)`` without gaps, at least three years.

    References
    ----------
    Wang, X., Smith, K. and Hyndman, R. (2006), "Characteristic-based clustering for time
    series data", *Data Mining and Knowledge Discovery* 13, section 3.2.
    """
    parts = STL(values, period=SEASON, robust=True).fit(outer_iter=ROBUST_ITERATIONS)
    seasonal_and_rest = np.var(parts.seasonal + parts.resid)
    if seasonal_and_rest <= 1e-12 * max(1.0, float(np.var(values))):
        return 0.0
    return max(0.0, 1.0 - float(np.var(parts.resid) / seasonal_and_rest))


def seasonal_differences(values: Array) -> int:
    """Return D, 0 or 1, of a series without gaps; short series are not differenced."""
    if len(values) < FEWEST_FOR_DIFFERENCING:
        return 0
    return int(seasonal_strength(values) > STRONG_SEASON)


def first_differences(values: Array) -> int:
    """Return d, 0 or 1: whether the KPSS test at five per cent rejects level stationarity.

    Parameters
    ----------
    values
        Shape ``(n,)`` without gaps, seasonally differenced where D is 1.

    References
    ----------
    Kwiatkowski, D., Phillips, P., Schmidt, P. and Shin, Y. (1992), "Testing the null hypothesis
    of stationarity against the alternative of a unit root", *Journal of Econometrics* 54.
    """
    if len(values) < FEWEST_FOR_DIFFERENCING or np.ptp(values) < 1e-12:
        return 0
    lags = int(3 * np.sqrt(len(values)) / 13)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InterpolationWarning)  # only the statistic is used
        statistic = kpss(values, regression="c", nlags=lags, result_object=True).statistic
    return int(statistic > KPSS_CRITICAL)


def difference(values: Array, d: int, seasonal: int) -> Array:
    """Apply ``(1 - B)^d (1 - B^4)^D`` along the first axis; row 1 is that many rows later."""
    for _ in range(seasonal):
        values = values[SEASON:] - values[:-SEASON]
    for _ in range(d):
        values = values[1:] - values[:-1]
    return values
