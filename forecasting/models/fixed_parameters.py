"""A fitted pool applied to other figures, with everything that was estimated held fixed.

This separates what a figure means for a series from what it means for the models. Held fixed are
outliers and their sizes, parameters, the weights of models and members, variances, and the
correlation across indicators. Only where the series stands is found anew: the states that figures
lead to, and what missing quarters may have been.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import FEWEST_FOR_MODELS, LogLevels
from forecasting.models.arima.average import ArimaForecast
from forecasting.models.arima.outliers import (
    Cleaned,
    OutlierAt,
    recorded_changes,
    regressors_of,
)
from forecasting.models.learned import learned
from forecasting.models.persistence import persistence
from forecasting.models.pool import FittedPool, member_of, short_member
from forecasting.models.predictive import ModelForecast, OutlierKind, Predictive


def forecast_with_fixed_parameters(
    fitted: FittedPool, series: LogLevels, horizon: int
) -> Predictive:
    """Forecast other figures of a series that was fitted.

    The effect of a change of definition that the models did not know is estimated, as nothing
    else is known of it; one that is recorded no longer has none. Where too few figures are
    left for any model, growth persists.

    Parameters
    ----------
    series
        The other figures; those that were fitted give the very same forecast.
    horizon
        Quarters after its origin, at most as many as the models forecast.
    """
    if _content(series) == _content(fitted.series):
        return fitted.predictive
    shocks = fitted.predictive.shocks
    if not fitted.forecasts or series.figures < FEWEST_FOR_MODELS:
        past = None if fitted.forecasts else fitted.series
        return Predictive(series.origin, (short_member(series, horizon, past),), shocks)
    forecasts = _forecasts(fitted, series, horizon)
    members = tuple(
        member_of(series, forecast, float(weight), fitted.moved, fitted.spread, horizon)
        for forecast, weight in zip(forecasts, fitted.weights, strict=True)
    )
    return Predictive(series.origin, members, shocks)


def _content(series: LogLevels) -> bytes:
    """Return the content of a series without changes of definition outside it."""
    inside = tuple(quarter for quarter in series.breaks if series.first < quarter <= series.origin)
    return replace(series, breaks=inside).content()


def _forecasts(fitted: FittedPool, series: LogLevels, horizon: int) -> list[ModelForecast]:
    """Return every model's forecast of other figures, which its ARIMA has filtered."""
    arima = fitted.forecasts[0]
    assert isinstance(arima, ArimaForecast)  # it is the first wherever there is any
    cleaned, effects, mean, errors = _filtered(fitted.series, arima, series, horizon)
    rows = series.first - fitted.series.first + cleaned.first - arima.cleaned.first
    forecasts: list[ModelForecast] = [
        replace(arima, mean=mean, report=replace(arima.report, residuals=series.dated(errors)))
    ]
    for own in fitted.forecasts[1:]:
        if own.fixed is not None:
            known = cleaned.values[cleaned.first :]
            forecasts.append(replace(own, mean=own.fixed.mean(known, rows, horizon) + effects))
        elif own.report.method == "learned":
            taught = learned(series, horizon, fitted.series)
            forecasts.append(own if taught is None else replace(taught, report=own.report))
        else:
            persists = persistence(series, cleaned, horizon, (fitted.series, arima.cleaned))
            assert persists is not None  # it was tried on the figures that it learned from
            forecasts.append(replace(persists, mean=persists.mean + effects, report=own.report))
    return forecasts


def _filtered(
    fitted: LogLevels, arima: ArimaForecast, series: LogLevels, horizon: int
) -> tuple[Cleaned, Array, Array, Array]:
    """Filter other figures by the ARIMA with its parameters, and take off what outliers do.

    Returns
    -------
    cleaned
        The other figures without the outliers of the fitted ones, and without recorded changes.
    effects
        Shape ``(h,)``: what these do after the origin.
    mean, errors
        Shapes ``(h,)`` and ``(n,)``: what the ARIMA forecasts, and its standardised errors.
    """
    moved = series.first - fitted.first
    known = [OutlierAt(entry.row - moved, entry.kind) for entry in arima.cleaned.outliers]
    changed = {quarter - series.first for quarter in series.breaks}
    stays = np.array(
        [e.kind is not OutlierKind.DEFINITION or e.row in changed for e in known], dtype=bool
    )
    fresh = [entry for entry in recorded_changes(series) if entry not in known]
    of_known = regressors_of(series, known, horizon) * stays
    of_fresh = regressors_of(series, fresh, horizon)
    mean, errors, fresh_effects = arima.arima.reapply(series.modelled, of_known, of_fresh, horizon)
    shift = of_known @ arima.cleaned.effects + of_fresh @ fresh_effects
    rows = len(series.modelled)
    cleaned = Cleaned(
        outliers=(*(e for e, stay in zip(known, stays, strict=True) if stay), *fresh),
        effects=np.concatenate([arima.cleaned.effects[stays], fresh_effects]),
        values=series.modelled - shift[:rows],
        filled=series.modelled_filled - shift[:rows],
    )
    return cleaned, shift[rows:], mean, errors
