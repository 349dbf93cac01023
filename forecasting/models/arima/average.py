"""The ARIMA of a series: small candidates, whose joint forecasts are weighed into one.

Differences come first, then outliers, then the candidates. What was estimated can be applied to
other figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.arima import sarimax
from forecasting.models.arima.design import Design, Stack, batches, stack_designs
from forecasting.models.arima.differencing import (
    difference,
    first_differences,
    seasonal_differences,
)
from forecasting.models.arima.forecasts import JointForecasts, joint_forecasts, mean_forecasts
from forecasting.models.arima.likelihood import Models
from forecasting.models.arima.outliers import UNSETTLED, Cleaned, clean, regressors_of
from forecasting.models.arima.sarimax import EstimatedCandidate
from forecasting.models.arima.search import (
    LAST_ITERATIONS,
    SMALLEST_ERROR,
    ArimaFits,
    Order,
    averaging_weights,
    fit_candidates,
    fit_further,
    slots_of,
)
from forecasting.models.least_squares import STEP
from forecasting.models.predictive import Candidate, ModelForecast, ModelReport, Outlier
from forecasting.models.runtime import keep_freed_memory

ROUNDING = 3e-4
"""Least one-step standard deviation: what rounding to 0.1 alone puts on quarterly growth."""
PRIOR_DEVIATION = 0.5
"""A free parameter lies between -1 and 1: what is known of one without any data."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ArimaForecast(ModelForecast):
    """The forecast of the averaged ARIMA.

    Attributes
    ----------
    cleaned
        The modelled series without its outliers, for the other models.
    arima
        What was estimated, to be applied to other figures.
    """

    cleaned: Cleaned
    arima: FixedArima


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
        None if averaged is None else _forecast(series, entry, design, averaged)
        for series, entry, design, averaged in zip(
            batch, cleaned, designs, average(designs, horizon), strict=True
        )
    ]


def _seasonal_d(series: LogLevels) -> int:
    """Return how often to difference seasonally: only where every quarter is known twice."""
    known = np.isfinite(series.modelled)
    if series.chained or min(known[quarter::SEASON].sum() for quarter in range(SEASON)) < 2:
        return 0
    return seasonal_differences(series.modelled_filled[:-UNSETTLED])


def _design(series: LogLevels, cleaned: Cleaned, seasonal_d: int, horizon: int) -> Design:
    d = first_differences(difference(cleaned.filled, 0, seasonal_d))
    taken = d + seasonal_d + series.chained
    # A series that is differenced twice has no drift in its growth.
    regressors = regressors_of(series, cleaned.outliers, horizon)
    return Design(
        series.modelled, regressors, d, seasonal_d, mean=taken < 2, chained=series.chained
    )


def _forecast(
    series: LogLevels, cleaned: Cleaned, design: Design, averaged: Averaged
) -> ArimaForecast:
    leading = averaged.arima.candidates[0]
    p, q, seasonal_p, seasonal_q = leading.order
    report = ModelReport(
        method="sarima",
        order=(p, design.d, q),
        seasonal_order=(seasonal_p, design.seasonal_d + series.chained, seasonal_q),
        parameters=leading.parameters(design),
        outliers=tuple(
            Outlier(series.first + outlier.row, outlier.kind, float(np.expm1(size) * 100))
            for outlier, size in zip(cleaned.outliers, cleaned.effects, strict=True)
        ),
        observations=design.observations,
        residuals=series.dated(averaged.errors),
        candidates=averaged.candidates,
    )
    return ArimaForecast(
        averaged.mean,
        averaged.covariance,
        averaged.degrees_of_freedom,
        report,
        cleaned=cleaned,
        arima=averaged.arima,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """The averaged ARIMA of a design.

    Attributes
    ----------
    mean, covariance, degrees_of_freedom
        As in ``ModelForecast``.
    errors
        Shape ``(n,)``: one-step errors of the leading candidate in units of their standard
        deviation, by row of the values; NaN where there is none.
    candidates
        The heaviest, which leads, first.
    arima
        What was estimated.
    """

    mean: Array
    covariance: Array
    degrees_of_freedom: float
    errors: Array
    candidates: tuple[Candidate, ...]
    arima: FixedArima


def average(designs: Sequence[Design], horizon: int) -> list[Averaged | None]:
    """Fit and forecast every design of a batch; None where no candidate can be fitted.

    Parameters
    ----------
    designs
        Their regressors reach ``horizon`` rows beyond their values.
    """
    averaged: list[Averaged | None] = [None] * len(designs)
    for places in batches(designs):
        own = [designs[place] for place in places]
        stack = stack_designs(own, horizon)
        kept, weights = averaging_weights(fit_candidates(stack_designs(own, 0)))
        _complete(stack, kept, weights)
        parts = [
            _Parts.of(stack, fits, weight, horizon)
            for fits, weight in zip(kept, weights, strict=True)
            if len(weight)
        ]
        for series, place in enumerate(places):
            averaged[place] = _averaged(parts, series, own[series])
    return averaged


def _complete(stack: Stack, kept: Sequence[ArimaFits], weights: Sequence[Array]) -> None:
    """Go on with leading candidates until they are done, at last by statsmodels."""
    heaviest = np.zeros(len(stack.designs))
    for fits, weight in zip(kept, weights, strict=True):
        np.maximum.at(heaviest, fits.models.series, weight)
    for fits, weight in zip(kept, weights, strict=True):
        leading = weight == heaviest[fits.models.series]
        open_ = leading & ~fits.solution.converged
        if open_.any():
            fits.solution.put(open_, fit_further(stack, fits.take(open_), LAST_ITERATIONS).solution)
        for place in np.flatnonzero(leading & ~fits.solution.converged):
            used = fits.models.slots[:, place] >= 0
            design = stack.designs[fits.models.series[place]]
            free = sarimax.refit(design, fits.order(int(place)), fits.free[used, place])
            fits.solution.parameters[used, place] = free


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The forecasts of candidates of one kind, ``m`` of them.

    Attributes
    ----------
    weight, freedom, total
        Shape ``(m,)``: of the average, degrees of freedom, sum of squared errors.
    covariance
        Shape ``(m, h, h)``: scale matrices.
    free_covariance
        Shape ``(m, k, k)``.
    """

    stack: Stack
    fits: ArimaFits
    forecasts: JointForecasts
    weight: Array
    freedom: Array
    total: Array
    covariance: Array
    free_covariance: Array

    @classmethod
    def of(cls, stack: Stack, fits: ArimaFits, weight: Array, horizon: int) -> _Parts:
        """Forecast, and add what the uncertainty of the parameters adds by the delta method."""
        every = np.arange(len(weight), dtype=np.intp)
        forecasts = joint_forecasts(stack, fits.models, every, fits.free, horizon)
        observations = stack.observations[fits.models.series]
        coefficients = stack.coefficients[fits.models.series]
        freedom = observations - coefficients - (fits.models.slots >= 0).sum(axis=0)
        total = np.array([float(errors @ errors) for errors in forecasts.errors.T])
        # In units of the variance, corrected like it; a series without error has no information.
        square = np.maximum(fits.solution.total, observations * SMALLEST_ERROR**2)
        curvature = fits.solution.curvature * (freedom / square)[:, None, None]
        prior = np.eye(len(fits.free)) / PRIOR_DEVIATION**2
        free_covariance = np.linalg.inv(curvature + prior)
        slopes = np.moveaxis(_slopes(stack, fits, forecasts, horizon), -1, 0)
        variance = np.maximum(total / freedom, ROUNDING**2)[:, None, None]
        added = np.swapaxes(slopes, 1, 2) @ free_covariance @ slopes
        covariance = variance * forecasts.covariance + added
        return cls(stack, fits, forecasts, weight, freedom, total, covariance, free_covariance)

    def deviation(self, place: int) -> float:
        """Return the standard deviation of one-step errors."""
        return float(max(np.sqrt(self.total[place] / self.freedom[place]), ROUNDING))

    def errors(self, place: int) -> Array:
        """Return one-step errors in units of their standard deviation, by row of the values."""
        design = self.stack.designs[self.fits.models.series[place]]
        errors = np.full(len(design.values), np.nan)
        errors[design.lost :] = self.forecasts.errors[: design.rows, place] / self.deviation(place)
        errors[design.gaps] = np.nan
        return errors

    def estimated(self, place: int) -> EstimatedCandidate:
        """Return what was estimated of one candidate."""
        design = self.stack.designs[self.fits.models.series[place]]
        used = self.fits.models.slots[:, place] >= 0
        forecasts = self.forecasts
        own = slice(len(forecasts.coefficients) - design.coefficients, None)
        variance = max(self.total[place] / self.freedom[place], ROUNDING**2)
        return EstimatedCandidate(
            order=self.fits.order(place),
            free=self.fits.free[used, place],
            free_covariance=self.free_covariance[place][np.ix_(used, used)],
            coefficients=forecasts.coefficients[own, place].copy(),  # a view would keep the batch
            coefficient_covariance=variance * forecasts.coefficient_covariance[place][own, own],
        )


def _slopes(stack: Stack, fits: ArimaFits, forecasts: JointForecasts, horizon: int) -> Array:
    """Return how the mean forecast moves with each free parameter, shape ``(k, h, m)``."""
    slot, place = np.nonzero(fits.models.slots >= 0)
    slopes = np.zeros((len(fits.free), *forecasts.mean.shape))
    if len(slot):
        step = np.where(fits.free[slot, place] > 0, -STEP, STEP)
        moved = fits.free[:, place]
        moved[slot, np.arange(len(slot))] += step
        means = mean_forecasts(stack, fits.models, place, moved, horizon)
        slopes[slot, :, place] = ((means - forecasts.mean[:, place]) / step).T
    return slopes


def _averaged(parts: Sequence[_Parts], series: int, design: Design) -> Averaged | None:
    """Match mean and covariance of the mixture of a series' candidates."""
    own: list[tuple[_Parts, int]] = [
        (group, int(place))
        for group in parts
        for place in np.flatnonzero(group.fits.models.series == series)
    ]
    if not own:
        return None
    own.sort(key=lambda entry: -entry[0].weight[entry[1]])
    weight = np.array([group.weight[place] for group, place in own])
    means = np.array([group.forecasts.mean[:, place] for group, place in own])
    mean = weight @ means
    apart = means - mean
    covariance = (apart.T * weight) @ apart + sum(
        w * group.covariance[place] for w, (group, place) in zip(weight, own, strict=True)
    )
    group, place = own[0]
    return Averaged(
        mean=mean,
        covariance=covariance,
        degrees_of_freedom=float(weight @ [entry.freedom[at] for entry, at in own]),
        errors=group.errors(place),
        candidates=tuple(
            Candidate(name_of(entry.fits.order(at), design), float(w))
            for w, (entry, at) in zip(weight, own, strict=True)
        ),
        arima=FixedArima(
            d=design.d,
            seasonal_d=design.seasonal_d,
            mean=design.mean,
            weights=weight,
            candidates=tuple(entry.estimated(at) for entry, at in own),
            deviation=group.deviation(place),
        ),
    )


def name_of(order: Order, design: Design) -> str:
    """Return a candidate in the notation of the field, with the differences of its design."""
    p, q, seasonal_p, seasonal_q = order
    seasonal_d = design.seasonal_d + design.chained
    seasonal = f"({seasonal_p},{seasonal_d},{seasonal_q})[4]"
    return f"ARIMA({p},{design.d},{q})" + (
        seasonal if seasonal_p or seasonal_d or seasonal_q else ""
    )


@dataclass(frozen=True, slots=True, eq=False)
class Reapplied:
    """The forecast of an ARIMA from figures that it was not estimated on.

    Attributes
    ----------
    mean
        Shape ``(h,)``: of the values, the effects of all regressors included.
    errors
        Shape ``(n,)``: one-step errors of the leading candidate in units of its standard
        deviation; NaN where there is none.
    effects
        Shape ``(f,)``: of the fresh regressors.
    """

    mean: Array
    errors: Array
    effects: Array


@dataclass(frozen=True, slots=True, eq=False)
class FixedArima:
    """The candidates of one series with their weights, parameters and coefficients held fixed.

    Attributes
    ----------
    d, seasonal_d, mean
        As in ``Design``.
    weights
        Shape ``(m,)``: the heaviest first.
    candidates
        In the order of the weights.
    deviation
        Standard deviation of the one-step errors of the leading one.
    """

    d: int
    seasonal_d: int
    mean: bool
    weights: Array
    candidates: tuple[EstimatedCandidate, ...]
    deviation: float

    def reapply(self, values: Array, regressors: Array, fresh: Array, horizon: int) -> Reapplied:
        """Filter other values, and forecast what follows them.

        Only what missing quarters may have been is integrated out anew, and the coefficients of
        regressors that were unknown are estimated, the parameters held.

        Parameters
        ----------
        values
            Shape ``(n,)``, NaN where missing.
        regressors, fresh
            Shapes ``(n + horizon, k)`` and ``(n + horizon, f)``: those that the model was
            estimated with, and others.
        """
        shape = Design(values, regressors, self.d, self.seasonal_d, self.mean)
        first = len(shape.gaps)
        known = shape.columns[:, first : first + shape.coefficients]
        taken = np.column_stack([known @ entry.coefficients for entry in self.candidates])
        designs = [
            Design(values - part[: len(values)], fresh, self.d, self.seasonal_d, mean=False)
            for part in taken.T
        ]
        forecasts = self._joint_forecasts(designs, horizon)
        errors = np.full(len(values), np.nan)
        errors[shape.lost :] = forecasts.errors[: shape.rows, 0] / self.deviation
        errors[shape.gaps] = np.nan
        return Reapplied(
            mean=(forecasts.mean + taken[len(values) :]) @ self.weights,
            errors=errors,
            effects=forecasts.coefficients[first:, 0],
        )

    def _joint_forecasts(self, designs: Sequence[Design], horizon: int) -> JointForecasts:
        """Forecast each candidate's own design with its parameters."""
        most = max(len(entry.free) for entry in self.candidates) or 1
        slots = np.full((most, len(designs)), -1, dtype=np.intp)
        free = np.zeros((most, len(designs)))
        for place, entry in enumerate(self.candidates):
            own = slots_of(entry.order)
            slots[: len(own), place], free[: len(own), place] = own, entry.free
        every = np.arange(len(designs), dtype=np.intp)
        return joint_forecasts(
            stack_designs(designs, horizon), Models(every, slots), every, free, horizon
        )
