"""Forecasts of this repository's engine: the only module here that calls it.

    python -m benchmarks.ours pool|arima|search HORIZON HISTORIES FORECASTS

The point forecast is the median. Series have no date here; all are said to start in one quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.exchange import Forecaster, History, Row, serve

if TYPE_CHECKING:
    from forecasting.history.log_levels import LogLevels
    from forecasting.models.predictive import Predictive

BATCH = 200
LEVELS = (0.5, 0.1, 0.9, 0.025, 0.975)


def pool(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast with all models, as the app does."""
    from forecasting.models.pool import predict

    return predict(batch, horizon)


def arima(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast with ARIMA alone: search, averaging and hand-off; no spread of the pool."""
    from forecasting.models.arima.average import arima
    from forecasting.models.naive import naive_member
    from forecasting.models.predictive import Member, Predictive

    made = []
    for series, forecast in zip(batch, arima(batch, horizon), strict=True):
        if forecast is None:
            member = naive_member(series, horizon)
        else:
            freedom = forecast.degrees_of_freedom
            member = Member(1.0, forecast.mean, forecast.covariance, freedom, forecast.report)
        made.append(Predictive(series.origin, (member,)))
    return made


def search(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast with ARIMA alone and without looking for outliers, which no peer does."""
    return arima([replace(series, outliers=False) for series in batch], horizon)


def load(name: str) -> tuple[Forecaster, str]:
    """Import the engine and return the forecaster."""
    import numpy as np

    from forecasting.figures.period import Quarter
    from forecasting.history.log_levels import LogLevels
    from forecasting.models.level_forecast import log_quantiles
    from forecasting.models.pool import ENGINE

    method = {"pool": pool, "arima": arima, "search": search}[name]

    def forecaster(batch: Sequence[History], horizon: int) -> list[list[Row]]:
        series = [LogLevels.of_levels(Quarter(2001, 1), np.log(history)) for history in batch]
        return [
            [tuple(map(float, row)) for row in np.exp(log_quantiles(made, np.array(LEVELS)))]
            for made in method(series, horizon)
        ]

    return forecaster, f"{ENGINE}, numpy {np.__version__}"


if __name__ == "__main__":
    serve(load, BATCH)
