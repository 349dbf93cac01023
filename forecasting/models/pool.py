"""The engine: a batch of log-level histories in, one predictive distribution each out.

Everything above this seam knows only ``Predictive``; another engine replaces this module
without touching anything else.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import FEWEST_FIGURES, SEASON, LogLevels
from forecasting.models.members import Opinion, opinions
from forecasting.models.naive import naive_member
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.models.projection import Projection
from forecasting.models.weights import (
    earlier_years,
    earned_weights,
    narrowing,
    prior_weights,
    rest_of_year,
    rest_of_year_errors,
)

Engine = Callable[[Sequence[LogLevels], int], list[Predictive]]
"""What stands at the seam: ``predict``, or something that keeps what it once answered."""
Memory = MutableMapping[bytes, tuple[Opinion, ...]]
"""What models once said, by the content of the series."""
ENGINE = "pool-2"
"""Named on every outlook; a change of any forecast changes it."""
USUAL_HORIZON = 8
"""Quarters of growth that models forecast at least: what they say is asked for again."""
SPREAD, MOST_FREEDOM = 1.02, 8.0
"""Of series known as levels: what standard deviations are multiplied by, and the degrees of
freedom of their t at most.

Found on the calibration half of the development series (docs/method.md). Growth has none: there
are no development series of it, and what it is judged by may not set it; its pool is no wider
than its members.
"""


def predict(
    batch: Sequence[LogLevels], horizon: int, memory: Memory | None = None
) -> list[Predictive]:
    """Forecast every series of a batch on its own.

    Parameters
    ----------
    batch
        Series of any length and start, each up to its own origin.
    horizon
        Quarters after each origin.
    memory
        Where what models say is kept and looked up.

    Returns
    -------
    list of Predictive
        In the order of the batch; row 1 of every member is the quarter after its origin.
    """
    return [fitted.predictive for fitted in fit(batch, horizon, memory)]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A series and all that was estimated of it.

    Attributes
    ----------
    opinions
        What the models say; none where the naive member speaks alone.
    weights
        Shape ``(m,)``: of the opinions.
    spread
        What their standard deviations are multiplied by.
    predictive
        What comes of them.
    """

    series: LogLevels
    opinions: tuple[Opinion, ...]
    weights: Array
    spread: float
    predictive: Predictive


def fit(batch: Sequence[LogLevels], horizon: int, memory: Memory | None = None) -> list[Fitted]:
    """Forecast as ``predict`` does, and keep what was estimated."""
    earlier = [earlier_years(series) if series.chained else [] for series in batch]
    every = [*batch, *(entry for entries in earlier for entry in entries)]
    usual = USUAL_HORIZON if any(series.chained for series in batch) else horizon
    said = _asked(every, max(horizon, usual), {} if memory is None else memory)
    return [
        _fitted(series, before, said, horizon)
        for series, before in zip(batch, earlier, strict=True)
    ]


def _asked(
    batch: Sequence[LogLevels], horizon: int, memory: Memory
) -> dict[bytes, tuple[Opinion, ...]]:
    """Return what models say of every series, asking each question once.

    The memory is looked into once for each series: others may add to it meanwhile, or forget.
    """
    head = f"{ENGINE} {horizon} ".encode()
    keys = {series.content(): series for series in batch}
    remembered = {key: memory.get(head + key) for key in keys}
    said = {key: entry or () for key, entry in remembered.items()}
    new = {
        key: series
        for key, series in keys.items()
        if series.figures >= FEWEST_FIGURES and remembered[key] is None
    }
    for key, entry in zip(new, opinions(list(new.values()), horizon), strict=True):
        said[key] = memory[head + key] = entry
    return said


def _fitted(
    series: LogLevels,
    earlier: Sequence[LogLevels],
    said: dict[bytes, tuple[Opinion, ...]],
    horizon: int,
) -> Fitted:
    """Weigh what the models say of a series, or let the naive member speak alone."""
    own = said[series.content()]
    if not own:
        alone = Predictive(series.origin, (naive_member(series, horizon),))
        return Fitted(series, (), np.empty(0), 1.0, alone)
    errors = np.full((len(earlier), len(own)), np.nan)
    for row, before in enumerate(earlier):
        means = {entry.method: entry.projection.mean for entry in said[before.content()]}
        if all(entry.method in means for entry in own):
            forecasts = [means[entry.method] for entry in own]
            errors[row] = rest_of_year_errors(series, before, forecasts)
    prior = prior_weights([entry.method for entry in own])
    weights = earned_weights(prior, errors)
    spread = _narrowing(series, own, weights) if series.chained else SPREAD
    members = tuple(
        member_of(series, entry.projection, entry.report, float(weight), spread, horizon)
        for entry, weight in zip(own, weights, strict=True)
    )
    return Fitted(series, own, weights, spread, Predictive(series.origin, members))


def _narrowing(series: LogLevels, own: Sequence[Opinion], weights: Array) -> float:
    """Return the spread that keeps the pool of the rest of the year as wide as its members."""
    parts = rest_of_year(series)
    ahead = len(parts)
    means = [parts @ entry.projection.mean[:ahead] for entry in own]
    variances = [parts @ entry.projection.variance[:ahead, :ahead] @ parts for entry in own]
    return narrowing(weights, np.array(means), np.array(variances))


def member_of(
    series: LogLevels,
    projection: Projection,
    report: ModelReport,
    weight: float,
    spread: float,
    horizon: int,
) -> Member:
    """Turn what a model says of the modelled stretch into a member's forecast of levels."""
    mean, covariance = to_levels(
        series,
        projection.mean[:horizon],
        spread**2 * projection.covariance[:horizon, :horizon],
    )
    freedom = projection.degrees_of_freedom
    freedom = freedom if series.chained else min(freedom, MOST_FREEDOM)
    return Member(weight, mean, covariance, freedom, report)


def to_levels(series: LogLevels, mean: Array, covariance: Array) -> tuple[Array, Array]:
    """Turn the forecast of growth into one of levels, each standing on the year before it."""
    symmetric = (covariance + covariance.T) / 2
    if not series.chained:
        return mean, symmetric
    steps = np.arange(len(mean))
    back = np.subtract.outer(steps, steps)
    chain = ((back >= 0) & (back % SEASON == 0)).astype(float)
    base = series.filled[-SEASON:][steps % SEASON]
    return base + chain @ mean, np.asarray(chain @ symmetric @ chain.T)
