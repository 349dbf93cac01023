"""The pool: a batch of log-level histories in, one predictive distribution each out.

Everything above this seam knows only ``Predictive``; another engine replaces this module
without touching anything else. Every model forecasts every series; ``pool_weights`` has the rule by
which they count.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import FEWEST_FOR_MODELS, SEASON, LogLevels
from forecasting.models.arima.average import ArimaForecast, arima
from forecasting.models.arima.outliers import regressors_of
from forecasting.models.ets import ets
from forecasting.models.learned import (
    correction,
    learned,
    parameters_for,
    table_of,
    yearly_changes,
)
from forecasting.models.naive import naive_member
from forecasting.models.persistence import persistence
from forecasting.models.pool_weights import (
    T_TO_NORMAL,
    deviation,
    earlier_years,
    earned_weights,
    prior_weights,
    rest_of_year,
    rest_of_year_errors,
)
from forecasting.models.predictive import Member, ModelForecast, Predictive
from forecasting.models.theta import theta

Engine = Callable[[Sequence[LogLevels], int], list[Predictive]]
"""What stands at the seam: ``predict``, or something that keeps what it once answered."""
ModelForecasts = tuple[ModelForecast, ...]
"""The forecasts of one series by every model, the ARIMA first; none if it is too short for that."""
Memory = MutableMapping[bytes, ModelForecasts]
"""Forecasts that were made before, by the content of the series."""
ENGINE = "pool-9"
"""Named on every outlook; a change of any forecast changes it."""
USUAL_HORIZON = 8
"""Quarters of growth that models forecast at least: the same forecasts are asked for again."""
SPREAD, MOST_FREEDOM = 1.02, 8.0
"""Of series known as levels: what standard deviations are multiplied by, and the degrees of
freedom of their t at most.

Found on the calibration half of the development series (docs/method.md). Growth has a correction
of its own, learned from other series.
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
        Where forecasts of models are kept and looked up.

    Returns
    -------
    list of Predictive
        In the order of the batch; row 1 of every member is the quarter after its origin.
    """
    return [fitted.predictive for fitted in fit(batch, horizon, memory)]


@dataclass(frozen=True, slots=True, eq=False)
class FittedPool:
    """A series and all that was estimated of it.

    Attributes
    ----------
    forecasts
        By every model; none where one member stands alone.
    weights
        Shape ``(m,)``: of the forecasts.
    moved
        Log growth added to what they say of every quarter.
    spread
        What their standard deviations are multiplied by.
    predictive
        What comes of them.
    """

    series: LogLevels
    forecasts: ModelForecasts
    weights: Array
    moved: float
    spread: float
    predictive: Predictive


def fit(batch: Sequence[LogLevels], horizon: int, memory: Memory | None = None) -> list[FittedPool]:
    """Forecast as ``predict`` does, and keep what was estimated."""
    earlier = [earlier_years(series) if series.chained else [] for series in batch]
    every = [*batch, *(year for years in earlier for year in years)]
    usual = USUAL_HORIZON if any(series.chained for series in batch) else horizon
    forecasts = _forecasts(every, max(horizon, usual), {} if memory is None else memory)
    return [
        _fitted(series, years, forecasts, horizon)
        for series, years in zip(batch, earlier, strict=True)
    ]


def _forecasts(
    batch: Sequence[LogLevels], horizon: int, memory: Memory
) -> dict[bytes, ModelForecasts]:
    """Return the models' forecasts of every series, each made once.

    The memory is looked into once for each series: others may add to it meanwhile, or forget.
    """
    head = f"{ENGINE} {horizon} ".encode()
    keys = {series.content(): series for series in batch}
    remembered = {key: memory.get(head + key) for key in keys}
    forecasts = {key: known or () for key, known in remembered.items()}
    new = {
        key: series
        for key, series in keys.items()
        if series.figures >= FEWEST_FOR_MODELS and remembered[key] is None
    }
    for key, made in zip(new, forecast_by_models(list(new.values()), horizon), strict=True):
        forecasts[key] = memory[head + key] = made
    return forecasts


def forecast_by_models(batch: Sequence[LogLevels], horizon: int) -> list[ModelForecasts]:
    """Return the forecasts of every series of a batch by every model.

    ETS, Theta and persistence forecast the series without the outliers that the ARIMA finds, and
    are given the outliers' effects back. The learned member sees every figure as it is.
    """
    arimas = arima(batch, horizon)
    able = [(place, own) for place, own in enumerate(arimas) if own is not None]
    clean = [own.cleaned.values[own.cleaned.first :] for _, own in able]
    seasonal = [not batch[place].chained for place, _ in able]
    smoothing, trend = ets(clean, seasonal, horizon), theta(clean, seasonal, horizon)
    every: list[ModelForecasts] = [()] * len(batch)
    for (place, own), by_ets, by_theta in zip(able, smoothing, trend, strict=True):
        series = batch[place]
        last = persistence(series, own.cleaned, horizon) if series.chained else None
        cleaned = _with_outliers([by_ets, by_theta, last], series, own, horizon)
        of_others = learned(series, horizon)
        every[place] = own, *cleaned, *([] if of_others is None else [of_others])
    return every


def _with_outliers(
    forecasts: Sequence[ModelForecast | None], series: LogLevels, own: ArimaForecast, horizon: int
) -> list[ModelForecast]:
    """Give forecasts of the series without outliers the effects of these back."""
    cleaned = own.cleaned
    effects = regressors_of(series, cleaned.outliers, horizon)[-horizon:] @ cleaned.effects
    return [
        replace(
            forecast,
            mean=forecast.mean + effects,
            report=replace(forecast.report, outliers=own.report.outliers),
        )
        for forecast in forecasts
        if forecast is not None
    ]


def _fitted(
    series: LogLevels,
    earlier: Sequence[LogLevels],
    forecasts: dict[bytes, ModelForecasts],
    horizon: int,
) -> FittedPool:
    """Weigh the forecasts of a series, or take one member alone where there are none."""
    own = forecasts[series.content()]
    if not own:
        alone = Predictive(series.origin, (short_member(series, horizon),))
        return FittedPool(series, (), np.empty(0), 0.0, 1.0, alone)
    methods = [forecast.report.method for forecast in own]
    errors = np.full((len(earlier), len(own)), np.nan)
    for row, year in enumerate(earlier):
        means = {made.report.method: made.mean for made in forecasts[year.content()]}
        if all(method in means for method in methods):
            errors[row] = rest_of_year_errors(series, year, [means[method] for method in methods])
    if series.chained:
        table, known = table_of(series)
        weights = earned_weights(prior_weights(methods, len(yearly_changes(table))), errors)
        moved, spread = _corrected(series, own, weights, table, known)
    else:
        weights = earned_weights(prior_weights(methods, 0), errors)
        moved, spread = 0.0, SPREAD
    members = tuple(
        member_of(series, forecast, float(weight), moved, spread, horizon)
        for forecast, weight in zip(own, weights, strict=True)
    )
    return FittedPool(series, own, weights, moved, spread, Predictive(series.origin, members))


def short_member(series: LogLevels, horizon: int, past: LogLevels | None = None) -> Member:
    """Return the only member of a series that is too short for models.

    It is the learned one, which keeps the errors of the naive member for what indicators
    share; without anything learned the naive member itself, ``past`` as there.
    """
    naive = naive_member(series, horizon, past)
    forecast = learned(series, horizon)
    if forecast is None:
        return naive
    report = replace(forecast.report, residuals=naive.report.residuals)
    return member_of(series, replace(forecast, report=report), 1.0, 0.0, 1.0, horizon)


def _corrected(
    series: LogLevels, own: ModelForecasts, weights: Array, table: Array, known: int
) -> tuple[float, float]:
    """Return what the pools of other series missed by, in log growth, and the pool's spread.

    They missed by it as sums of the quarters' medians. The sum of quarters that err apart from each
    other has a median above that, by half of what their variances have over that of the sum; the
    paths would have it on top, so it is taken off.
    """
    parameters = parameters_for(series)
    if parameters is None:
        return 0.0, 1.0
    by, spread = correction(parameters, table, known)
    parts = rest_of_year(series)
    ahead = len(parts)
    means = np.array([parts @ forecast.mean[:ahead] for forecast in own])
    within = [forecast.covariance[:ahead, :ahead] for forecast in own]
    squares = np.array([parts @ covariance @ parts for covariance in within])
    apart = weights @ ([parts @ np.diag(covariance) for covariance in within] - squares)
    above = T_TO_NORMAL * spread**2 * apart / 2
    return by * deviation(weights, means, np.sqrt(squares)) - float(above), spread


def member_of(
    series: LogLevels,
    forecast: ModelForecast,
    weight: float,
    moved: float,
    spread: float,
    horizon: int,
) -> Member:
    """Turn a forecast of the modelled stretch into a member's forecast of levels."""
    mean, covariance = to_levels(
        series, forecast.mean[:horizon] + moved, spread**2 * forecast.covariance[:horizon, :horizon]
    )
    freedom = forecast.degrees_of_freedom
    freedom = freedom if series.chained else min(freedom, MOST_FREEDOM)
    return Member(weight, mean, covariance, freedom, forecast.report)


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
