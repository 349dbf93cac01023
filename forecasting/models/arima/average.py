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
    fit_candidates,
    fit_further,
    least_criteria,
    near,
    slots_of,
)
from forecasting.models.least_squares import PRIOR_DEVIATION, STEP
from forecasting.models.predictive import (
    ROUNDING_OF_GROWTH,
    Candidate,
    ModelForecast,
    ModelReport,
    Outlier,
)
from forecasting.models.runtime import keep_freed_memory

LEAST_WEIGHT = 0.02
"""Candidates of less weight are left out of the average."""


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
        _forecast(series, entry, design, fitted) if fitted else None
        for series, entry, design, fitted in zip(
            batch, cleaned, designs, fit_averaged(designs, horizon), strict=True
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
    series: LogLevels, cleaned: Cleaned, design: Design, fitted: Sequence[FittedCandidate]
) -> ArimaForecast:
    """Match mean and covariance of the mixture of a series' candidates."""
    weight = np.array([one.weight for one in fitted])
    means = np.array([one.mean for one in fitted])
    mean = weight @ means
    apart = means - mean
    covariance = (apart.T * weight) @ apart + sum(one.weight * one.covariance for one in fitted)
    leading = fitted[0]
    p, q, seasonal_p, seasonal_q = leading.order
    report = ModelReport(
        method="sarima",
        order=(p, design.d, q),
        seasonal_order=(seasonal_p, design.seasonal_d + series.chained, seasonal_q),
        parameters=leading.estimated().parameters(design),
        outliers=tuple(
            Outlier(series.first + outlier.row, outlier.kind, float(np.expm1(size) * 100))
            for outlier, size in zip(cleaned.outliers, cleaned.effects, strict=True)
        ),
        observations=design.observations,
        residuals=series.dated(leading.errors()),
        candidates=tuple(
            Candidate(name_of(one.order, design), float(one.weight)) for one in fitted
        ),
    )
    return ArimaForecast(
        mean,
        covariance,
        float(weight @ [one.freedom for one in fitted]),
        report,
        cleaned=cleaned,
        arima=fixed(design, fitted),
    )


def fixed(design: Design, fitted: Sequence[FittedCandidate]) -> FixedArima:
    """Return what was estimated of a design's candidates."""
    return FixedArima(
        d=design.d,
        seasonal_d=design.seasonal_d,
        mean=design.mean,
        weights=np.array([one.weight for one in fitted]),
        candidates=tuple(one.estimated() for one in fitted),
        deviation=fitted[0].deviation,
    )


def fit_averaged(designs: Sequence[Design], horizon: int) -> list[list[FittedCandidate]]:
    """Fit every design of a batch; return the candidates that are averaged, the heaviest first.

    Parameters
    ----------
    designs
        Their regressors reach ``horizon`` rows beyond their values.
    """
    fitted: list[list[FittedCandidate]] = [[] for _ in designs]
    for places in batches(designs):
        own = [designs[place] for place in places]
        stack = stack_designs(own, horizon)
        kept, weights = averaging_weights(fit_candidates(stack_designs(own, 0)))
        _complete(stack, kept, weights)
        for fits, weight in zip(kept, weights, strict=True):
            if len(weight):
                group = _Forecasts.of(stack, fits, weight, horizon)
                for place, series in enumerate(fits.models.series):
                    fitted[places[series]].append(FittedCandidate(group, place))
    return [sorted(candidates, key=lambda one: -one.weight) for candidates in fitted]


def averaging_weights(groups: Sequence[ArimaFits]) -> tuple[list[ArimaFits], list[Array]]:
    """Return the fits that are averaged and their Akaike weights.

    The weights are proportional to ``exp(-AICc / 2)`` and sum to 1 over the models of a series
    (Burnham and Anderson 2002, *Model Selection and Multimodel Inference*, section 2.9).
    """
    kept = near(groups, -2 * np.log(LEAST_WEIGHT))
    least = least_criteria(kept)
    raw = [np.exp((least[fits.models.series] - fits.aicc) / 2) for fits in kept]
    sums = np.zeros(len(least))
    for fits, weight in zip(kept, raw, strict=True):
        np.add.at(sums, fits.models.series, weight)
    return kept, [w / sums[fits.models.series] for fits, w in zip(kept, raw, strict=True)]


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
class _Forecasts:
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
    def of(cls, stack: Stack, fits: ArimaFits, weight: Array, horizon: int) -> _Forecasts:
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
        variance = np.maximum(total / freedom, ROUNDING_OF_GROWTH**2)[:, None, None]
        added = np.swapaxes(slopes, 1, 2) @ free_covariance @ slopes
        covariance = variance * forecasts.covariance + added
        return cls(stack, fits, forecasts, weight, freedom, total, covariance, free_covariance)


@dataclass(frozen=True, slots=True, eq=False)
class FittedCandidate:
    """One of the candidates of a kind, with its forecast."""

    kind: _Forecasts
    place: int

    @property
    def weight(self) -> float:
        """Of the average."""
        return float(self.kind.weight[self.place])

    @property
    def mean(self) -> Array:
        """Shape ``(h,)``: of the forecast."""
        return self.kind.forecasts.mean[:, self.place]

    @property
    def covariance(self) -> Array:
        """Shape ``(h, h)``: scale matrix of the forecast."""
        return np.asarray(self.kind.covariance[self.place])

    @property
    def freedom(self) -> float:
        """Degrees of freedom."""
        return float(self.kind.freedom[self.place])

    @property
    def deviation(self) -> float:
        """Standard deviation of one-step errors."""
        return float(max(np.sqrt(self.kind.total[self.place] / self.freedom), ROUNDING_OF_GROWTH))

    @property
    def order(self) -> Order:
        """Its orders."""
        return self.kind.fits.order(self.place)

    @property
    def _design(self) -> Design:
        return self.kind.stack.designs[int(self.kind.fits.models.series[self.place])]

    def errors(self) -> Array:
        """Return one-step errors in units of their standard deviation, by row of the values."""
        design, errors = self._design, self.kind.forecasts.errors[:, self.place]
        return standardised(design, errors, self.deviation)

    def estimated(self) -> EstimatedCandidate:
        """Return what was estimated of it."""
        kind, place = self.kind, self.place
        used = kind.fits.models.slots[:, place] >= 0
        forecasts = kind.forecasts
        own = slice(len(forecasts.coefficients) - self._design.coefficients, None)
        variance = max(kind.total[place] / kind.freedom[place], ROUNDING_OF_GROWTH**2)
        return EstimatedCandidate(
            order=self.order,
            free=kind.fits.free[used, place],
            free_covariance=kind.free_covariance[place][np.ix_(used, used)],
            coefficients=forecasts.coefficients[own, place].copy(),  # a view would keep the batch
            coefficient_covariance=variance * forecasts.coefficient_covariance[place][own, own],
        )


def standardised(design: Design, errors: Array, deviation: float) -> Array:
    """Return one-step errors by row of a design's values, NaN where there is none."""
    whole = np.full(len(design.values), np.nan)
    whole[design.lost :] = errors[: design.rows] / deviation
    whole[design.gaps] = np.nan
    return whole


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


def name_of(order: Order, design: Design) -> str:
    """Return a candidate in the notation of the field, with the differences of its design."""
    p, q, seasonal_p, seasonal_q = order
    seasonal_d = design.seasonal_d + design.chained
    seasonal = f"({seasonal_p},{seasonal_d},{seasonal_q})[4]"
    return f"ARIMA({p},{design.d},{q})" + (
        seasonal if seasonal_p or seasonal_d or seasonal_q else ""
    )


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

    def reapply(
        self, values: Array, regressors: Array, fresh: Array, horizon: int
    ) -> tuple[Array, Array, Array]:
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

        Returns
        -------
        mean
            Shape ``(h,)``: of the values, the effects of all regressors included.
        errors
            Shape ``(n,)``: one-step errors of the leading candidate in units of its standard
            deviation; NaN where there is none.
        effects
            Shape ``(f,)``: of the fresh regressors.
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
        return (
            (forecasts.mean + taken[len(values) :]) @ self.weights,
            standardised(shape, forecasts.errors[:, 0], self.deviation),
            forecasts.coefficients[first:, 0],
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
