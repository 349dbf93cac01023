"""The averaged ARIMA: joint forecasts of every candidate that matters, weighed into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.arrays import Array
from forecasting.models.arima import sarimax
from forecasting.models.arima.design import Design, Stack, batches, stacked
from forecasting.models.arima.fixed_parameters import HeldArima
from forecasting.models.arima.leading import Leading
from forecasting.models.arima.projection import Projected, project, project_means
from forecasting.models.arima.search import (
    CANDIDATES,
    LAST_ITERATIONS,
    SMALLEST_ERROR,
    Candidates,
    Fits,
    averaging_weights,
    fit_candidates,
    resumed,
)
from forecasting.models.least_squares import STEP
from forecasting.models.projection import Candidate, Projection

ROUNDING = 3e-4
"""Least one-step standard deviation: what rounding to 0.1 alone puts on quarterly growth."""
PRIOR_DEVIATION = 0.5
"""A free parameter lies between -1 and 1: what is known of one that the data do not tell."""


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
    def leading(self) -> Leading:
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

    def leading(self, place: int) -> Leading:
        """Return what is to be known of one candidate alone."""
        design = self.stack.designs[self.fits.models.series[place]]
        used = self.fits.models.slots[:, place] >= 0
        projected = self.projected
        own = slice(len(projected.coefficients) - design.coefficients, None)
        variance = max(self.total[place] / self.freedom[place], ROUNDING**2)
        return Leading(
            candidate=self.candidate(place),
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
