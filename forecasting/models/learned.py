"""The learned member: how growth so far turned into full-year growth in thousands of other series.

A series of a zone is short, but others have shown what follows on a turn, on a base effect or on
a quarter that stood out. A small network, trained on published growth of many sectors and areas
(``tools/learn_growth.py``), reads features without a unit and says where growth since January will
stand at the end of each quarter to come. Every year has parameters of its own, learned from earlier
years alone, so that a backtest is told nothing of its future.
"""

from __future__ import annotations

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.figures.learner import Parameters
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.persistence import growth_since_january
from forecasting.models.pool_weights import shares_of, trust
from forecasting.models.predictive import Candidate, ModelForecast, ModelReport

FREEDOM = 4.0
"""Degrees of freedom of its t: errors of other series have tails like that."""
SMALLEST_UNIT = 0.3
"""In log points; a series that hardly moves is measured against rounding and little more."""
USUAL_UNIT = 3.0
"""Of a series of which no change is known."""
PRIOR_CHANGES = 2
"""Yearly changes that the changes from quarter to quarter count for, in the unit."""
CHANGES_TO_UNIT = 1.5
"""A median yearly change, in median changes from one quarter to the next."""
USUAL_GROWTH, GROWTH_STEP = 6.0, 10.0
GROWTH_RANGE = (-10.0, 30.0)
"""Percent; growth beyond it is not corrected more than at its ends."""
MOST_CORRECTED = 0.3
"""In standard deviations."""
YEARS_OF_GROWTH = YEARS_OF_ERRORS = 5
LEAST_PART = 0.25
"""Least growth of a quarter to come, as a ratio to growth so far: what is said of two ends of
quarters may leave less between them than there can be."""
LARGEST_SCALE = 1.0
"""Of a quarter's log growth."""
WITH_FLAG = (0, 3, 5, 9)
"""Features of which the network is told that they are missing."""


def learned(
    series: LogLevels, horizon: int, before: LogLevels | None = None
) -> ModelForecast | None:
    """Forecast the growth of a series as other series have taught.

    Parameters
    ----------
    before
        A series at whose origin the learning ended; None for the series itself.

    Returns
    -------
    ModelForecast or None
        Of the modelled growth; None where nothing was learned before the year that is forecast.
    """
    parameters = parameters_for(before or series)
    if parameters is None:
        return None
    table, known = table_of(series)
    now, unit, features = features_of(table, known)
    location, scale = parameters.ends(features, known)
    location, scale = now + unit * location[known:], unit * scale[known:]
    within = np.outer(scale, scale) * parameters.correlation[known][known:, known:]
    mean, covariance = _quarters(series, known, now / 100, location / 100, within / 1e4)
    mean, covariance = _onward(mean, covariance, horizon)
    report = ModelReport.of("learned", series.figures, Candidate("learned", 1.0))
    return ModelForecast(mean[:horizon], covariance[:horizon, :horizon], FREEDOM, report)


def parameters_for(series: LogLevels) -> Parameters | None:
    """Return what was learned before the year that is forecast first from a series' origin."""
    if series.learner is None or not series.chained:
        return None
    return series.learner.before((series.origin + 1).year)


def correction(parameters: Parameters, table: Array, known: int) -> tuple[float, float]:
    """Return what a pool is moved by, in its standard deviations, and what these are times.

    Other series have shown that fast growth slows down more than their models said, the more so
    the more years of growth these had.

    Parameters
    ----------
    table
        Shape ``(years, 4)``: as ``table_of`` returns it.
    known
        Quarters known of the last year.
    """
    moved = parameters.reversion @ slowing(table, known)
    return float(np.clip(moved, -MOST_CORRECTED, MOST_CORRECTED)), float(parameters.spread[known])


def slowing(table: Array, known: int) -> Array:
    """Return what a correction is regressed on: one and fast growth, times what is trusted."""
    return np.array([1.0, fast_growth(table, known)]) * trust(len(yearly_changes(table)))


def yearly_changes(table: Array) -> Array:
    """Return how full-year growth changed from year to year, where two years running are known."""
    return _finite(np.diff(table[:-1, -1]))


def fast_growth(table: Array, known: int) -> float:
    """Return by how many ``GROWTH_STEP`` growth is faster than ``USUAL_GROWTH``.

    Growth so far and the mean of the last full years count the same: what slows down is growth
    that is fast now, and growth that was fast for years.
    """
    ends = _finite(table[:-1, -1])
    now = table[-1, known - 1] if known else table[-2, -1]
    usual = _mean(ends[-YEARS_OF_GROWTH:]) if len(ends) else now
    growth = 100 * np.expm1((now + usual) / 200)
    return float((np.clip(growth, *GROWTH_RANGE) - USUAL_GROWTH) / GROWTH_STEP)


def _quarters(
    series: LogLevels, known: int, now: float, location: Array, covariance: Array
) -> tuple[Array, Array]:
    """Turn growth since January at the ends of quarters into growth of the quarters."""
    share = shares_of(series.filled[len(series.filled) - SEASON - known :][:SEASON])
    ahead = share[known:]
    sums = share.cumsum()
    levels = sums[known:] * np.exp(location)
    before = sums[known - 1] * np.exp(now) if known else 0.0
    steps = np.diff(levels, prepend=before)
    least = LEAST_PART * ahead * np.exp(now)
    growth = np.log(np.maximum(steps, least) / ahead)
    reach = np.diag(levels) - np.diag(levels[:-1], -1)
    reach /= np.maximum(steps, least)[:, None]
    spread = reach @ covariance @ reach.T
    size = np.sqrt(np.diag(spread))
    shrink = np.minimum(1.0, LARGEST_SCALE / size)
    return growth, spread * np.outer(shrink, shrink)


def _onward(mean: Array, covariance: Array, horizon: int) -> tuple[Array, Array]:
    """Add quarters after the year: growth stays, and its error goes on like a random walk."""
    more = horizon - len(mean)
    if more <= 0:
        return mean, covariance
    step = covariance[-1, -1]
    walk = np.minimum.outer(np.arange(1, more + 1), np.arange(1, more + 1)) * step
    across = np.repeat(covariance[:, -1:], more, axis=1)
    return (
        np.concatenate([mean, np.full(more, mean.mean())]),
        np.block([[covariance, across], [across.T, step + walk]]),
    )


def table_of(series: LogLevels) -> tuple[Array, int]:
    """Return log growth since January in points, by year and quarter, and the quarters known.

    The last row is the year that is asked for: after a fourth quarter the next one. NaN where
    nothing is known: what bridges a gap would tell of a year without turns.
    """
    levels = series.filled
    rows = len(levels) - SEASON
    first = series.first.ordinal % SEASON
    quarters = (first + np.arange(rows)) % SEASON
    known = 100 * growth_since_january(levels, quarters)
    known[:-1][~_known_to_date(series, quarters)[:-1]] = np.nan
    table = np.full(((first + rows) // SEASON + 1) * SEASON, np.nan)
    table[first : first + rows] = known
    return table.reshape(-1, SEASON), (first + rows) % SEASON


def _known_to_date(series: LogLevels, quarters: Indices) -> Mask:
    if series.to_date is not None:
        return series.to_date
    known = np.isfinite(series.modelled)
    for row in range(1, len(known)):
        known[row] &= known[row - 1] or quarters[row] == 0
    return known


def features_of(table: Array, known: int) -> tuple[float, float, Array]:
    """Return growth to date, the unit of the series (both in log points), and its features.

    Parameters
    ----------
    table
        Shape ``(years, 4)``: as ``table_of`` returns it.
    known
        Quarters known of the last year.
    """
    before = np.full((2, SEASON), np.nan)
    _, prior, last, current = np.vstack([before[:1], before, table])[-4:]
    ends = table[:-1, -1]
    course = table.ravel()[: table.size - SEASON + known]
    steps = _finite(np.diff(course))
    now, previous, same = (
        (current[known - 1], current[known - 2] if known > 1 else last[-1], last[known - 1])
        if known
        else (last[-1], last[-2], prior[-1])
    )
    then = table[:-1, known - 1] if known else np.concatenate([[np.nan], ends[:-1]])
    errors = _finite(ends - then)
    recent = errors[-YEARS_OF_ERRORS:]
    changes = yearly_changes(table)
    unit = _unit(changes, steps)
    ends = _finite(ends)
    change = last[-1] - prior[-1]
    features = np.array(
        [
            (now - last[-1] if known else change) / unit,
            (now - previous) / unit,
            (now - same) / unit,
            change / unit,
            _mean(recent) / unit,
            _log(np.sqrt(_mean(recent**2)) / unit, 0.02),
            _median(recent) / unit,
            (errors[-1] if len(errors) else np.nan) / unit,
            _log(_median(np.abs(errors)) / unit, 0.02),
            (last[-1] - last[1]) / unit,
            (last[-1] - last[0]) / unit,
            (last[-1] - last[2]) / unit,
            (prior[-1] - prior[1]) / unit,
            (now - _mean(ends[-YEARS_OF_GROWTH:])) / unit,
            now / unit,
            np.log(unit),
            np.log1p(len(changes)),
            (current[1] - current[0]) / unit if known > 1 else np.nan,
            (current[2] - current[1]) / unit if known > 2 else np.nan,
            np.log1p(np.abs(steps[-6:]).max(initial=0.0) / unit),
            _log(_median(np.abs(steps[-8:])) / unit, 0.02),
            now / 10,
        ]
    )
    missing = np.isnan(features)
    shown = np.arcsinh(np.where(missing, 0.0, features))
    return float(now), unit, np.concatenate([shown, missing[list(WITH_FLAG)]])


def _unit(changes: Array, steps: Array) -> float:
    """Return the size of a usual yearly change, from few changes shrunk to that of quarters."""
    usual = max(CHANGES_TO_UNIT * _median(np.abs(steps)), SMALLEST_UNIT) if len(steps) else None
    usual = USUAL_UNIT if usual is None else usual
    if not len(changes):
        return usual
    own = max(_median(np.abs(changes)), SMALLEST_UNIT)
    count = len(changes)
    return float(
        np.exp((count * np.log(own) + PRIOR_CHANGES * np.log(usual)) / (count + PRIOR_CHANGES))
    )


def _finite(values: Array) -> Array:
    return values[np.isfinite(values)]


def _mean(values: Array) -> float:
    return float(values.mean()) if len(values) else np.nan


def _median(values: Array) -> float:
    return float(np.median(values)) if len(values) else np.nan


def _log(value: float, least: float) -> float:
    return float(np.log(max(value, least))) if np.isfinite(value) else np.nan
