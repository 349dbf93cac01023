"""The members of the pool: what each model says of a series, before they are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import LogLevels
from forecasting.models.arima.average import ArimaForecast, HeldArima, arima
from forecasting.models.arima.outliers import Cleaned
from forecasting.models.ets import ets
from forecasting.models.persistence import persistence
from forecasting.models.predictive import ModelReport
from forecasting.models.projection import Projection
from forecasting.models.theta import theta


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """One model's forecast of the modelled stretch of a series, outliers' effects included.

    Attributes
    ----------
    cleaned, arima
        Of all models of the series: its outliers, and what was estimated of the ARIMA.
    """

    method: str
    projection: Projection
    report: ModelReport
    cleaned: Cleaned
    arima: HeldArima


def opinions(batch: Sequence[LogLevels], horizon: int) -> list[tuple[Opinion, ...]]:
    """Ask every model about every series of a batch.

    Returns
    -------
    list of tuple
        Of each series, the ARIMA first; empty where it is too short for an ARIMA.
    """
    forecasts = arima(batch, horizon)
    able = [place for place, forecast in enumerate(forecasts) if forecast is not None]
    clean = [_clean(forecasts[place]) for place in able]
    seasonal = [not batch[place].chained for place in able]
    smoothing = ets(clean, seasonal, horizon)
    trend = theta(clean, seasonal, horizon)
    every: list[tuple[Opinion, ...]] = [()] * len(batch)
    for place, by_ets, by_theta in zip(able, smoothing, trend, strict=True):
        series, forecast = batch[place], forecasts[place]
        assert forecast is not None
        last = persistence(series, forecast.cleaned, horizon) if series.chained else None
        others = {"ets": by_ets, "theta": by_theta, "persistence": last}
        every[place] = (
            Opinion(
                "sarima", forecast.projection, forecast.report, forecast.cleaned, forecast.held
            ),
            *(
                _opinion(method, projection, series, forecast)
                for method, projection in others.items()
                if projection is not None
            ),
        )
    return every


def _clean(forecast: ArimaForecast | None) -> Array:
    """Return the series without its outliers, from its first known row."""
    assert forecast is not None
    values = forecast.cleaned.values
    return values[np.flatnonzero(np.isfinite(values))[0] :]


def _opinion(
    method: str, projection: Projection, series: LogLevels, forecast: ArimaForecast
) -> Opinion:
    """Give a model of the series without outliers their effects back."""
    whole = replace(projection, mean=projection.mean + forecast.effects)
    report = ModelReport(
        method=method,
        order=None,
        seasonal_order=None,
        parameters=(),
        outliers=forecast.report.outliers,
        observations=series.figures,
        residuals=(),
        candidates=projection.candidates,
    )
    return Opinion(method, whole, report, forecast.cleaned, forecast.held)
