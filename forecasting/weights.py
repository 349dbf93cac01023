"""How much each member counts: what it earned at the same time of earlier years.

The rule, for series whose growth is published. At the same quarter of each of the last
``MOST_YEARS`` years, every member forecast the rest of its year (after a fourth quarter, the
next year) from the figures up to then alone. A member's weight is the mean of two: an equal
share, and a share proportional to the inverse of its mean squared error there (Bates and Granger
1969, "The combination of forecasts", *Operational Research Quarterly* 20). An error counts for no
more than ``LARGEST_ERROR`` times the median size of all, so that one shock does not decide.
With fewer than ``FEWEST_YEARS`` years, and for series known as levels, weights are equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.arima.series import SEASON, LogLevels
from forecasting.predictive import Array

MOST_YEARS = 5
FEWEST_YEARS = 2
LARGEST_ERROR = 3.0


def earned_weights(errors: Array) -> Array:
    """Return the members' weights, summing to 1.

    Parameters
    ----------
    errors
        Shape ``(years, members)``: of the rest of each year, in log growth; NaN where a member
        said nothing or the year is not complete.
    """
    members = errors.shape[1]
    equal = np.full(members, 1.0 / members)
    complete = errors[np.isfinite(errors).all(axis=1)]
    if len(complete) < FEWEST_YEARS:
        return equal
    size = np.abs(complete)
    cut = np.minimum(size, LARGEST_ERROR * np.median(size))
    squared = np.mean(cut**2, axis=0)
    if squared.max() <= 0:
        return equal
    earned = 1.0 / np.maximum(squared, 1e-6 * squared.max())
    return np.asarray((equal + earned / earned.sum()) / 2)


def earlier_years(series: LogLevels) -> list[LogLevels]:
    """Return a series as it was known at the same quarter of earlier years, the latest first."""
    return [
        series.until(len(series.values) - SEASON * back)
        for back in range(1, MOST_YEARS + 1)
        if len(series.values) - SEASON * back > SEASON
    ]


def rest_of_year_errors(series: LogLevels, earlier: LogLevels, forecasts: Sequence[Array]) -> Array:
    """Return each forecast's error over the rest of the year after an earlier origin.

    Parameters
    ----------
    series
        Known to a later origin.
    forecasts
        Of the modelled growth after the earlier origin.

    Returns
    -------
    ndarray
        Shape ``(len(forecasts),)``: forecast less actual, the quarters weighted as the year
        before; NaN where one is not known.
    """
    weights = rest_of_year(earlier)
    first = len(earlier.modelled)
    actual = series.modelled[first : first + len(weights)]
    return np.array([weights @ (mean[: len(weights)] - actual) for mean in forecasts])


def rest_of_year(series: LogLevels) -> Array:
    """Return the year-before shares of the quarters to come within the year (or the next)."""
    ahead = SEASON - series.origin.quarter or SEASON
    base = series.filled[-SEASON:][:ahead]
    share = np.exp(base - base.max())
    return np.asarray(share / share.sum())
