"""The ARIMA of a series: candidates that are averaged, what is reported of them, and reused.

Differences come first, then outliers, then the candidates, whose joint forecasts are weighed into
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON, LogLevels, dated
from forecasting.models.arima import sarimax
from forecasting.models.arima.design import Design, Stack, batches, stacked
from forecasting.models.arima.differencing import (
    differenced,
    first_differences,
    seasonal_differences,
)
from forecasting.models.arima.likelihood import Models
from forecasting.models.arima.outliers import SETTLING, Cleaned, clean, regressors_of
from forecasting.models.arima.projection import Projected, project, project_means
from forecasting.models.arima.sarimax import EstimatedCandidate
from forecasting.models.arima.search import (
    CANDIDATES,
    LAST_ITERATIONS,
    SMALLEST_ERROR,
    Candidates,
    Fits,
    averaging_weights,
    fit_candidates,
    resumed,
    slots_of,
)
from forecasting.models.least_squares import STEP
from forecasting.models.predictive import ModelReport, Outlier
from forecasting.models.process import keep_freed_memory
from forecasting.models.projection import Candidate, Projection

ROUNDING = 3e-4
"""Least one-step standard deviation: what rounding to 0.1 alone puts on quarterly growth."""
PRIOR_DEVIATION = 0.5
"""A free parameter lies between -1 and 1: what is known of one that the data do not tell."""


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
    p, q, seasonal_p, seasonal_q = leading.order
    report = ModelReport(
        method="sarima",
        order=(p, design.d, q),
        seasonal_order=(seasonal_p, design.seasonal_d + series.chained, seasonal_q),
        parameters=leading.parameters(design),
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


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """The averaged ARIMA of one series.

    Attributes
    ----------
    projection
        Of the modelled series; its errors are those of the leading candidate, by row.
    held
        What was estimated, to be applied to other figures.
    """

    projection: Projection
    held: HeldArima

    @property
    def leading(self) -> EstimatedCandidate:
        """The heaviest candidate."""
        return self.held.candidates[0]


def average(
    designs: Sequence[Design], horizon: int, candidates: Candidates = CANDIDATES
) -> list[Averaged | None]:
    """Fit and forecast every design of a batch; None where no candidate can be fitted.

    Parameters
    ----------
    designs
        Their regressors reach ``horizon`` rows beyond their values.
    """
    averaged: list[Averaged | None] = [None] * len(designs)
    for places in batches(designs):
        own = _average([designs[place] for place in places], horizon, candidates)
        for place, entry in zip(places, own, strict=True):
            averaged[place] = entry
    return averaged


def _average(
    designs: Sequence[Design], horizon: int, candidates: Candidates
) -> list[Averaged | None]:
    """Fit and forecast one batch."""
    stack = stacked(designs, horizon)
    kept, weights = averaging_weights(fit_candidates(stacked(designs, 0), candidates))
    _complete(stack, kept, weights, candidates)
    parts = [
        _Parts.of(stack, fits, weight, horizon, candidates)
        for fits, weight in zip(kept, weights, strict=True)
        if len(weight)
    ]
    return [_averaged(parts, series, design) for series, design in enumerate(designs)]


def _complete(
    stack: Stack, kept: Sequence[Fits], weights: Sequence[Array], candidates: Candidates
) -> None:
    """Go on with leading candidates until they are done, at last by statsmodels."""
    heaviest = np.zeros(len(stack.designs))
    for fits, weight in zip(kept, weights, strict=True):
        np.maximum.at(heaviest, fits.models.series, weight)
    for fits, weight in zip(kept, weights, strict=True):
        leading = weight == heaviest[fits.models.series]
        open_ = leading & ~fits.solution.converged
        if open_.any():
            fits.solution.put(open_, resumed(stack, fits.take(open_), LAST_ITERATIONS).solution)
        for place in np.flatnonzero(leading & ~fits.solution.converged):
            used = fits.models.slots[:, place] >= 0
            design = stack.designs[fits.models.series[place]]
            candidate = candidates[fits.candidates[place]]
            free = sarimax.refitted(design, candidate, fits.free[used, place])
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
    fits: Fits
    candidates: Candidates
    projected: Projected
    weight: Array
    freedom: Array
    total: Array
    covariance: Array
    free_covariance: Array

    @classmethod
    def of(
        cls, stack: Stack, fits: Fits, weight: Array, horizon: int, candidates: Candidates
    ) -> _Parts:
        """Forecast, and add what the uncertainty of the parameters adds by the delta method."""
        every = np.arange(len(weight), dtype=np.intp)
        projected = project(stack, fits.models, every, fits.free, horizon)
        observations = stack.observations[fits.models.series]
        coefficients = stack.coefficients[fits.models.series]
        freedom = observations - coefficients - (fits.models.slots >= 0).sum(axis=0)
        total = np.array([float(errors @ errors) for errors in projected.errors.T])
        # In units of the variance, corrected like it; a series without error tells nothing.
        square = np.maximum(fits.solution.total, observations * SMALLEST_ERROR**2)
        curvature = fits.solution.curvature * (freedom / square)[:, None, None]
        prior = np.eye(len(fits.free)) / PRIOR_DEVIATION**2
        free_covariance = np.linalg.inv(curvature + prior)
        slopes = np.moveaxis(_slopes(stack, fits, projected, horizon), -1, 0)
        variance = np.maximum(total / freedom, ROUNDING**2)[:, None, None]
        added = np.swapaxes(slopes, 1, 2) @ free_covariance @ slopes
        covariance = variance * projected.covariance + added
        return cls(
            stack,
            fits,
            candidates,
            projected,
            weight,
            freedom,
            total,
            covariance,
            free_covariance,
        )

    def candidate(self, place: int) -> tuple[int, int, int, int]:
        """Return (p, q, P, Q)."""
        return self.candidates[int(self.fits.candidates[place])]

    def deviation(self, place: int) -> float:
        """Return the standard deviation of one-step errors."""
        return float(max(np.sqrt(self.total[place] / self.freedom[place]), ROUNDING))

    def errors(self, place: int) -> Array:
        """Return one-step errors in units of their standard deviation, by row of the values."""
        design = self.stack.designs[self.fits.models.series[place]]
        errors = np.full(len(design.values), np.nan)
        errors[design.lost :] = self.projected.errors[: design.rows, place] / self.deviation(place)
        errors[design.gaps] = np.nan
        return errors

    def leading(self, place: int) -> EstimatedCandidate:
        """Return what is to be known of one candidate alone."""
        design = self.stack.designs[self.fits.models.series[place]]
        used = self.fits.models.slots[:, place] >= 0
        projected = self.projected
        own = slice(len(projected.coefficients) - design.coefficients, None)
        variance = max(self.total[place] / self.freedom[place], ROUNDING**2)
        return EstimatedCandidate(
            order=self.candidate(place),
            free=self.fits.free[used, place],
            free_covariance=self.free_covariance[place][np.ix_(used, used)],
            coefficients=projected.coefficients[own, place].copy(),  # a view would keep the batch
            coefficient_covariance=variance * projected.coefficient_covariance[place][own, own],
        )


def _slopes(stack: Stack, fits: Fits, projected: Projected, horizon: int) -> Array:
    """Return how the mean forecast moves with each free parameter, shape ``(k, h, m)``."""
    slot, place = np.nonzero(fits.models.slots >= 0)
    slopes = np.zeros((len(fits.free), *projected.mean.shape))
    if len(slot):
        step = np.where(fits.free[slot, place] > 0, -STEP, STEP)
        moved = fits.free[:, place]
        moved[slot, np.arange(len(slot))] += step
        means = project_means(stack, fits.models, place, moved, horizon)
        slopes[slot, :, place] = ((means - projected.mean[:, place]) / step).T
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
    means = np.array([group.projected.mean[:, place] for group, place in own])
    mean = weight @ means
    apart = means - mean
    covariance = (apart.T * weight) @ apart + sum(
        w * group.covariance[place] for w, (group, place) in zip(weight, own, strict=True)
    )
    group, place = own[0]
    projection = Projection(
        mean=mean,
        covariance=covariance,
        degrees_of_freedom=float(weight @ [entry.freedom[at] for entry, at in own]),
        errors=group.errors(place),
        candidates=tuple(
            Candidate(name_of(entry.candidate(at), design), float(w))
            for w, (entry, at) in zip(weight, own, strict=True)
        ),
    )
    held = HeldArima(
        d=design.d,
        seasonal_d=design.seasonal_d,
        mean=design.mean,
        weights=weight,
        candidates=tuple(entry.leading(at) for entry, at in own),
        deviation=group.deviation(place),
    )
    return Averaged(projection, held)


def name_of(candidate: tuple[int, int, int, int], design: Design) -> str:
    """Return a candidate in the notation of the field, with the differences of its design."""
    p, q, seasonal_p, seasonal_q = candidate
    seasonal_d = design.seasonal_d + design.chained
    seasonal = f"({seasonal_p},{seasonal_d},{seasonal_q})[4]"
    return f"ARIMA({p},{design.d},{q})" + (
        seasonal if seasonal_p or seasonal_d or seasonal_q else ""
    )


@dataclass(frozen=True, slots=True, eq=False)
class Reapplied:
    """What an ARIMA says of figures that it was not estimated on.

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
class HeldArima:
    """The candidates of one series with their weights, parameters and coefficients.

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

    def again(self, values: Array, regressors: Array, fresh: Array, horizon: int) -> Reapplied:
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
        projected = self._projected(designs, horizon)
        errors = np.full(len(values), np.nan)
        errors[shape.lost :] = projected.errors[: shape.rows, 0] / self.deviation
        errors[shape.gaps] = np.nan
        return Reapplied(
            mean=(projected.mean + taken[len(values) :]) @ self.weights,
            errors=errors,
            effects=projected.coefficients[first:, 0],
        )

    def _projected(self, designs: Sequence[Design], horizon: int) -> Projected:
        """Forecast each candidate's own design with its parameters."""
        most = max(len(entry.free) for entry in self.candidates) or 1
        slots = np.full((most, len(designs)), -1, dtype=np.intp)
        free = np.zeros((most, len(designs)))
        for place, entry in enumerate(self.candidates):
            own = slots_of(entry.order)
            slots[: len(own), place], free[: len(own), place] = own, entry.free
        every = np.arange(len(designs), dtype=np.intp)
        return project(stacked(designs, horizon), Models(every, slots), every, free, horizon)
