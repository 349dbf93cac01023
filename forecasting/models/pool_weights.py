"""How much each member counts: what it earned at the same time of earlier years.

The rule, for series whose growth is published. At the same quarter of each of the last
``YEARS_REMEMBERED`` years, every member forecast the rest of its year (after a fourth quarter, the
next year) from the figures up to then alone. A member's weight is the mean of two: its prior
share, and a share proportional to the prior over its mean squared error there (Bates and
Granger 1969, "The combination of forecasts", *Operational Research Quarterly* 20). An error
counts for no more than ``LARGEST_ERROR`` times the median size of all, so that one shock does
not decide. With fewer than ``FEWEST_YEARS_FOR_WEIGHTS`` years the prior stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON, LogLevels

FEWEST_YEARS_FOR_WEIGHTS = 2
"""Under so many past years members of the pool keep their prior weights."""

PRIOR_SHARE_OF_LEARNED = 0.5
"""Prior share of the learned member where there is one; all others share the rest equally."""
PRIOR_SHARE_OF_PERSISTENCE = 0.4
"""Of persistence where no yearly change is known; it falls to its equal share with more."""
CHANGES_TO_TRUST_HALF = 4
"""Yearly changes after which a series is trusted half to show how its growth turns."""
YEARS_REMEMBERED = 5
"""How far back errors count: those of earlier years are forgotten."""
LARGEST_ERROR = 3.0
"""In median sizes: a larger error counts for no more."""
T_TO_NORMAL = 1.3
"""Variance of the normal with the 68% interval of a t with four degrees of freedom."""


def prior_weights(methods: Sequence[str], changes: int) -> Array:
    """Return the weights before anything is earned: equal, but for two members.

    The learned member has half. Persistence has the more, the fewer yearly changes of growth
    are known: a short series does not show how its growth turns.
    """
    learned = np.array([method == "learned" for method in methods])
    prior = np.full(len(methods), 1.0 / len(methods))
    if learned.any() and not learned.all():
        others = (1 - PRIOR_SHARE_OF_LEARNED) / (len(methods) - 1)
        prior = np.where(learned, PRIOR_SHARE_OF_LEARNED, others)
    stays = np.array([method == "persistence" for method in methods])
    share = float(prior[stays].sum())
    if not stays.any() or share >= PRIOR_SHARE_OF_PERSISTENCE:
        return prior
    more = (1 - trust(changes)) * (PRIOR_SHARE_OF_PERSISTENCE - share)
    return np.where(stays, share + more, prior * (1 - more / (1 - share)))


def trust(changes: int) -> float:
    """Return how far a series is trusted to show how its growth turns, 0 to 1.

    It rises like a step, made smooth: with two changes known a ninth, with eight eight ninths.
    """
    return changes**3 / (changes**3 + CHANGES_TO_TRUST_HALF**3)


def earned_weights(prior: Array, errors: Array) -> Array:
    """Return the members' weights, summing to 1.

    Parameters
    ----------
    prior
        Shape ``(members,)``.
    errors
        Shape ``(years, members)``: of the rest of each year, in log growth; NaN where a member
        had no forecast or the year is not complete.
    """
    complete = errors[np.isfinite(errors).all(axis=1)]
    if len(complete) < FEWEST_YEARS_FOR_WEIGHTS:
        return prior
    size = np.abs(complete)
    cut = np.minimum(size, LARGEST_ERROR * np.median(size))
    squared = np.mean(cut**2, axis=0)
    if squared.max() <= 0:
        return prior
    earned = prior / np.maximum(squared, 1e-6 * squared.max())
    return np.asarray((prior + earned / earned.sum()) / 2)


def deviation(weights: Array, means: Array, scales: Array) -> float:
    """Return the deviation of a mixture of t distributions, as a normal one with its middle has.

    Parameters
    ----------
    means, scales
        Shape ``(members,)``: of the same future number.
    """
    between = (means - weights @ means) ** 2
    return float(np.sqrt(weights @ (T_TO_NORMAL * scales**2 + between)))


def earlier_years(series: LogLevels) -> list[LogLevels]:
    """Return a series as it was known at the same quarter of earlier years, the latest first."""
    return [
        series.until(len(series.values) - SEASON * back)
        for back in range(1, YEARS_REMEMBERED + 1)
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
    return shares_of(series.filled[-SEASON:][:ahead])


def shares_of(log_levels: Array) -> Array:
    """Return each quarter's share of their sum."""
    share = np.exp(log_levels - log_levels.max())
    return np.asarray(share / share.sum())
