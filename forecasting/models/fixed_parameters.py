"""A fitted pool applied to other figures, with everything that was estimated held fixed.

This separates what a figure means for a series from what it means for the models. Held fixed are
outliers and their sizes, parameters, the weights of models and members, variances, and the
correlation across indicators. Only where the series stands is found anew: the states that figures
lead to, and what missing quarters may have been.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.history.fewest_figures import FEWEST_FOR_MODELS
from forecasting.history.log_levels import LogLevels
from forecasting.models.arima.average import ArimaForecast
from forecasting.models.arima.outliers import (
    Cleaned,
    OutlierAt,
    recorded_changes,
    regressors_of,
)
from forecasting.models.naive import naive_member
from forecasting.models.persistence import persistence
from forecasting.models.pool import FittedPool, member_of
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
    learned = fitted.predictive.shocks
    if not fitted.forecasts or series.figures < FEWEST_FOR_MODELS:
        past = None if fitted.forecasts else fitted.series
        return Predictive(series.origin, (naive_member(series, horizon, past),), learned)
    refiltered = _Refiltered.of(fitted, series, horizon)
    members = tuple(
        member_of(series, refiltered.forecast(own), float(weight), fitted.spread, horizon)
        for own, weight in zip(fitted.forecasts, fitted.weights, strict=True)
    )
    return Predictive(series.origin, members, learned)


def _content(series: LogLevels) -> bytes:
    """Return the content of a series without changes of definition outside it."""
    inside = tuple(quarter for quarter in series.breaks if series.first < quarter <= series.origin)
    return replace(series, breaks=inside).content()


@dataclass(frozen=True, slots=True, eq=False)
class _Refiltered:
    """Other figures of a fitted series, filtered by its ARIMA.

    Attributes
    ----------
    arima
        The forecast of the fitted figures.
    cleaned
        The other figures without the outliers that were found, and without recorded changes.
    effects
        Shape ``(h,)``: what these do after the origin.
    mean
        Shape ``(h,)``: what the ARIMA forecasts.
    errors
        Shape ``(n,)``: its standardised one-step errors.
    """

    fitted: LogLevels
    arima: ArimaForecast
    series: LogLevels
    cleaned: Cleaned
    effects: Array
    mean: Array
    errors: Array

    @classmethod
    def of(cls, fitted: FittedPool, series: LogLevels, horizon: int) -> _Refiltered:
        """Filter the figures by the ARIMA with its parameters, and take off what outliers do."""
        arima = fitted.forecasts[0]
        assert isinstance(arima, ArimaForecast)  # it is the first wherever there is any
        moved = series.first - fitted.series.first
        known = [OutlierAt(entry.row - moved, entry.kind) for entry in arima.cleaned.outliers]
        changed = {quarter - series.first for quarter in series.breaks}
        stays = np.array(
            [e.kind is not OutlierKind.DEFINITION or e.row in changed for e in known], dtype=bool
        )
        fresh = [entry for entry in recorded_changes(series) if entry not in known]
        of_known = regressors_of(series, known, horizon) * stays
        of_fresh = regressors_of(series, fresh, horizon)
        mean, errors, new_effects = arima.arima.reapply(
            series.modelled, of_known, of_fresh, horizon
        )
        shift = of_known @ arima.cleaned.effects + of_fresh @ new_effects
        rows = len(series.modelled)
        cleaned = Cleaned(
            outliers=(*(e for e, stay in zip(known, stays, strict=True) if stay), *fresh),
            effects=np.concatenate([arima.cleaned.effects[stays], new_effects]),
            values=series.modelled - shift[:rows],
            filled=series.modelled_filled - shift[:rows],
        )
        return cls(fitted.series, arima, series, cleaned, shift[rows:], mean, errors)

    def forecast(self, own: ModelForecast) -> ModelForecast:
        """Return the forecast of a model for the other figures."""
        if own is self.arima:
            report = replace(own.report, residuals=self.series.dated(self.errors))
            return replace(own, mean=self.mean, report=report)
        if own.fixed is not None:
            first = self.cleaned.first
            moved = self.series.first - self.fitted.first + first - self.arima.cleaned.first
            mean = own.fixed.mean(self.cleaned.values[first:], moved, len(self.mean))
            return replace(own, mean=mean + self.effects)
        learned = self.fitted, self.arima.cleaned
        stays = persistence(self.series, self.cleaned, len(self.mean), learned)
        assert stays is not None  # it was tried on the figures that it learned from
        return replace(stays, mean=stays.mean + self.effects, report=own.report)
