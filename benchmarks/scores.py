"""Scores of forecasts of quantities and events: lower is better, and zero is perfect.

A score has the unit of the quantity unless it is scaled. Nothing is caught here: what was not
observed is not to be passed in. Coverage alone is no score: it is held against what the interval
claims.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON


def log_score(probabilities: ArrayLike, outcomes: ArrayLike, *, clip: float = 0.0) -> Array:
    """Return minus the logarithm of the probability given to what came.

    Parameters
    ----------
    probabilities, outcomes
        Shape ``(n,)``; an outcome is 1 where the event came and 0 where it did not.
    clip
        Probabilities are kept within ``clip`` and ``1 - clip`` first; without it, certainty
        that was wrong scores infinity.

    References
    ----------
    Good, I. J. (1952), "Rational decisions", *Journal of the Royal Statistical Society B* 14.
    """
    clipped = np.clip(np.asarray(probabilities, dtype=float), clip, 1 - clip)
    given = np.where(np.asarray(outcomes, dtype=bool), clipped, 1 - clipped)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(given))


def interval_score(lower: ArrayLike, upper: ArrayLike, outcomes: ArrayLike, level: float) -> Array:
    """Return the width of central intervals plus ``2 / alpha`` times how far they miss.

    Parameters
    ----------
    lower, upper, outcomes
        Arrays of one shape.
    level
        What the intervals claim, such as 0.95; ``alpha`` is one minus it.

    References
    ----------
    Gneiting and Raftery (2007), equation (43).
    """
    low, high, seen = (np.asarray(values, dtype=float) for values in (lower, upper, outcomes))
    missed = np.maximum(low - seen, 0.0) + np.maximum(seen - high, 0.0)
    return np.asarray(high - low + 2 / (1 - level) * missed)


def coverage(lower: ArrayLike, upper: ArrayLike, outcomes: ArrayLike) -> float:
    """Return the share of outcomes that lie within their interval, ends included."""
    seen = np.asarray(outcomes, dtype=float)
    return float(np.mean((np.asarray(lower) <= seen) & (seen <= np.asarray(upper))))


def smape(forecast: ArrayLike, outcomes: ArrayLike) -> float:
    """Return the symmetric mean absolute percentage error, in percent from 0 to 200.

    References
    ----------
    Makridakis, S., Spiliotis, E. and Assimakopoulos, V. (2020), "The M4 Competition: 100,000
    time series and 61 forecasting methods", *International Journal of Forecasting* 36, section 2.
    """
    f, y = np.asarray(forecast, dtype=float), np.asarray(outcomes, dtype=float)
    return float(np.mean(200 * np.abs(f - y) / (np.abs(f) + np.abs(y))))


def seasonal_scale(history: ArrayLike) -> float:
    """Return the mean absolute error of the seasonal naive forecast within a history.

    Parameters
    ----------
    history
        Shape ``(n,)``, more than ``SEASON`` long; row 1 is the oldest quarter.
    """
    values = np.asarray(history, dtype=float)
    return float(np.mean(np.abs(values[SEASON:] - values[:-SEASON])))


def mase(forecast: ArrayLike, outcomes: ArrayLike, history: ArrayLike) -> float:
    """Return the mean absolute error in units of ``seasonal_scale(history)``.

    References
    ----------
    Hyndman, R. J. and Koehler, A. B. (2006), "Another look at measures of forecast accuracy",
    *International Journal of Forecasting* 22, section 3.
    """
    f, y = np.asarray(forecast, dtype=float), np.asarray(outcomes, dtype=float)
    return float(np.mean(np.abs(f - y)) / seasonal_scale(history))


def msis(
    lower: ArrayLike, upper: ArrayLike, outcomes: ArrayLike, history: ArrayLike, level: float
) -> float:
    """Return the mean interval score in units of ``seasonal_scale(history)``.

    References
    ----------
    Makridakis et al. (2020), section 2, after Gneiting and Raftery (2007).
    """
    return float(np.mean(interval_score(lower, upper, outcomes, level)) / seasonal_scale(history))


def owa(
    mean_smape: float, mean_mase: float, reference_smape: float, reference_mase: float
) -> float:
    """Return the overall weighted average: the mean of both errors relative to Naive2.

    Parameters
    ----------
    mean_smape, mean_mase
        Means over all series.
    reference_smape, reference_mase
        The same of the Naive2 forecast.

    References
    ----------
    Makridakis et al. (2020), section 2.
    """
    return (mean_smape / reference_smape + mean_mase / reference_mase) / 2
