"""The ARIMA members of a batch: differences, outliers, the averaged candidates, the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON, LogLevels, dated
from forecasting.models.process import keep_freed_memory
from forecasting.models.arima import sarimax
from forecasting.models.arima.average import Averaged, average
from forecasting.models.arima.design import Design
from forecasting.models.arima.differencing import (
    differenced,
    first_differences,
    seasonal_differences,
)
from forecasting.models.arima.fixed_parameters import HeldArima
from forecasting.models.arima.outliers import SETTLING, Cleaned, clean, regressors_of
from forecasting.models.predictive import ModelReport, Outlier, Parameter
from forecasting.models.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class ArimaForecast:
    """The averaged ARIMA of one series.

    Attributes
    ----------
    projection
        Of the modelled series.
    cleaned
        The modelled series without its outliers, for the other members.
    effects
        Shape ``(h,)``: what outliers do to the modelled series after its origin.
    report
        What a page says of it.
    held
        What was estimated, to be applied to other figures.
    """

    projection: Projection
    cleaned: Cleaned
    effects: Array
    report: ModelReport
    held: HeldArima


def arima(batch: Sequence[LogLevels], horizon: int) -> list[ArimaForecast | None]:
    """Forecast the modelled stretch of every series; None where it is too short for any model.

    D comes from the construction of a series or from the strength of its season, outliers from
    a preliminary model, d from a test on the series without them; the candidates are fitted
    together with the outliers.
    """
    keep_freed_memory()
    seasonal_ds = [_seasonal_d(series) for series in batch]
    cleaned = clean(batch, seasonal_ds)
    designs = [
        _design(series, entry, seasonal_d, horizon)
        for series, entry, seasonal_d in zip(batch, cleaned, seasonal_ds, strict=True)
    ]
    return [
        None if averaged is None else _forecast(series, entry, design, averaged, horizon)
        for series, entry, design, averaged in zip(
            batch, cleaned, designs, average(designs, horizon), strict=True
        )
    ]


def _seasonal_d(series: LogLevels) -> int:
    """Return how often to difference seasonally: only where every quarter is known twice."""
    known = np.isfinite(series.modelled)
    if series.chained or min(known[quarter::SEASON].sum() for quarter in range(SEASON)) < 2:
        return 0
    return seasonal_differences(series.modelled_filled[:-SETTLING])


def _design(series: LogLevels, cleaned: Cleaned, seasonal_d: int, horizon: int) -> Design:
    d = first_differences(differenced(cleaned.filled, 0, seasonal_d))
    taken = d + seasonal_d + series.chained
    # A series that is differenced twice has no drift in its growth.
    regressors = regressors_of(series, cleaned.found, horizon)
    return Design(
        series.modelled, regressors, d, seasonal_d, mean=taken < 2, chained=series.chained
    )


def _forecast(
    series: LogLevels, cleaned: Cleaned, design: Design, averaged: Averaged, horizon: int
) -> ArimaForecast:
    leading = averaged.leading
    recorded = sarimax.record(design, leading)
    p, q, seasonal_p, seasonal_q = leading.candidate
    report = ModelReport(
        method="sarima",
        order=(p, design.d, q),
        seasonal_order=(seasonal_p, design.seasonal_d + series.chained, seasonal_q),
        parameters=tuple(
            Parameter(name, float(value), float(error))
            for name, value, error in zip(
                recorded.names, recorded.values, recorded.standard_errors, strict=True
            )
        ),
        outliers=tuple(
            Outlier(series.first + outlier.row, outlier.kind, float(np.expm1(size) * 100))
            for outlier, size in zip(cleaned.found, cleaned.effects, strict=True)
        ),
        observations=design.observations,
        residuals=dated(series, averaged.projection.errors),
        candidates=averaged.projection.candidates,
    )
    effects = regressors_of(series, cleaned.found, horizon)[-horizon:] @ cleaned.effects
    return ArimaForecast(averaged.projection, cleaned, effects, report, averaged.held)
