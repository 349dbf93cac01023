"""What a fitted pool says of other figures, with everything that was estimated held.

So that what a figure tells of a series can be told from what it tells of the models. Held are
outliers and their sizes, parameters, the weights of models and members, variances, and the
correlation across indicators. Found anew is only where the series stands: the states that
figures lead to, and what missing quarters may have been.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import FEWEST_FIGURES, LogLevels, dated
from forecasting.models.arima.outliers import Cleaned, Found, regressors_of
from forecasting.models.members import Opinion
from forecasting.models.naive import naive_member
from forecasting.models.persistence import persistence
from forecasting.models.pool import Fitted, member_of
from forecasting.models.predictive import Member, OutlierKind, Predictive


def held(fitted: Fitted, series: LogLevels, horizon: int) -> Predictive:
    """Forecast other figures of a series that was fitted.

    The effect of a change of definition that the models did not know is estimated, as nothing
    else can be said of it; one that is recorded no longer has none. Where too few figures are
    left for any model, growth persists.

    Parameters
    ----------
    series
        The other figures; those that were fitted give the very same forecast.
    horizon
        Quarters after its origin, at most as many as the models forecast.
    """
    if _told(series) == _told(fitted.series):
        return fitted.predictive
    learned = fitted.predictive.shocks
    if not fitted.opinions or series.figures < FEWEST_FIGURES:
        past = None if fitted.opinions else fitted.series
        return Predictive(series.origin, (naive_member(series, horizon, past),), learned)
    again = _Again.of(fitted, series, horizon)
    members = tuple(
        again.member(opinion, float(weight))
        for opinion, weight in zip(fitted.opinions, fitted.weights, strict=True)
    )
    return Predictive(series.origin, members, learned)


def _told(series: LogLevels) -> bytes:
    """Return what figures say, changes of definition outside them left out."""
    inside = tuple(quarter for quarter in series.breaks if series.first < quarter <= series.origin)
    return replace(series, breaks=inside).content()


@dataclass(frozen=True, slots=True, eq=False)
class _Again:
    """A fitted series with other figures.

    Attributes
    ----------
    cleaned
        The figures without the outliers that were found, and without recorded changes.
    effects
        Shape ``(h,)``: what these do after the origin.
    mean
        Shape ``(h,)``: what the ARIMA forecasts.
    errors
        Shape ``(n,)``: its standardised one-step errors.
    """

    fitted: Fitted
    series: LogLevels
    cleaned: Cleaned
    effects: Array
    mean: Array
    errors: Array

    @classmethod
    def of(cls, fitted: Fitted, series: LogLevels, horizon: int) -> _Again:
        """Filter the figures by the held ARIMA, and take off what outliers do."""
        before = fitted.opinions[0].cleaned
        moved = series.first - fitted.series.first
        known = [Found(outlier.row - moved, outlier.kind) for outlier in before.found]
        stays = np.array([_stays(outlier, series) for outlier in known], dtype=bool)
        fresh = _recorded(series, known)
        of_known = regressors_of(series, known, horizon) * stays
        of_fresh = regressors_of(series, fresh, horizon)
        arima = fitted.opinions[0].arima.again(series.modelled, of_known, of_fresh, horizon)
        shift = of_known @ before.effects + of_fresh @ arima.effects
        rows = len(series.modelled)
        cleaned = Cleaned(
            found=(*(entry for entry, stay in zip(known, stays, strict=True) if stay), *fresh),
            effects=np.concatenate([before.effects[stays], arima.effects]),
            values=series.modelled - shift[:rows],
            filled=series.modelled_filled - shift[:rows],
        )
        return cls(fitted, series, cleaned, shift[rows:], arima.mean, arima.errors)

    def member(self, opinion: Opinion, weight: float) -> Member:
        """Return what the model of an opinion says of the figures."""
        report, mean, horizon = opinion.report, self.mean, len(self.mean)
        projection = opinion.projection
        if opinion.method == "sarima":
            report = replace(report, residuals=dated(self.series, self.errors))
        elif opinion.method == "persistence":
            learned = self.fitted.series, opinion.cleaned
            stays = persistence(self.series, self.cleaned, horizon, learned)
            assert stays is not None  # it was tried on the figures that it learned from
            projection, mean = stays, stays.mean + self.effects
        else:
            assert projection.rule is not None
            own, first = _from_known(self.cleaned.values)
            moved = self.series.first - self.fitted.series.first
            moved += first - _from_known(opinion.cleaned.values)[1]
            mean = projection.rule.mean(own, moved, horizon) + self.effects
        return member_of(
            self.series,
            replace(projection, mean=mean),
            report,
            weight,
            self.fitted.spread,
            horizon,
        )


def _stays(outlier: Found, series: LogLevels) -> bool:
    """Return whether an outlier was found, or is still recorded."""
    recorded = {quarter - series.first for quarter in series.breaks}
    return outlier.kind is not OutlierKind.DEFINITION or outlier.row in recorded


def _recorded(series: LogLevels, known: list[Found]) -> list[Found]:
    """Return the changes of definition that the models did not know."""
    rows = sorted(quarter - series.first for quarter in series.breaks)
    inside = [Found(row, OutlierKind.DEFINITION) for row in rows if 0 < row < len(series.values)]
    return [outlier for outlier in inside if outlier not in known]


def _from_known(values: Array) -> tuple[Array, int]:
    """Return values from the first known row, and the row."""
    first = int(np.flatnonzero(np.isfinite(values))[0])
    return values[first:], first
