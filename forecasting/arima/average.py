"""The averaged ARIMA: joint forecasts of every candidate that matters, weighed into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecasting.arima import handoff
from forecasting.arima.design import Design, Stack, batches, stacked
from forecasting.arima.likelihood import log_likelihood
from forecasting.arima.projection import Projected, project
from forecasting.arima.search import (
    CANDIDATES,
    Candidates,
    Fits,
    averaging_weights,
    fit_candidates,
)
from forecasting.least_squares import STEP
from forecasting.predictive import Array
from forecasting.projection import Candidate, Projection

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
    leading
        (p, q, P, Q) of the heaviest candidate.
    free, free_covariance
        Its parameters, and their covariance.
    coefficients, coefficient_covariance
        Of its regressors and, last, its mean.
    variance
        Of its one-step errors, by maximum likelihood.
    log_likelihood
        Of its differenced series at that variance.
    converged
        Whether the batch found its maximum.
    """

    projection: Projection
    leading: tuple[int, int, int, int]
    free: Array
    free_covariance: Array
    coefficients: Array
    coefficient_covariance: Array
    variance: float
    log_likelihood: float
    converged: bool


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
    parts: list[list[_Part]] = [[] for _ in designs]
    for fits, weight in zip(_completed(stack, kept, weights, candidates), weights, strict=True):
        if len(weight):
            for series, part in _parts(stack, fits, weight, horizon, candidates):
                parts[series].append(part)
    return [
        _averaged(own, design) if own else None for own, design in zip(parts, designs, strict=True)
    ]


def _completed(
    stack: Stack, kept: Sequence[Fits], weights: Sequence[Array], candidates: Candidates
) -> list[Fits]:
    """Hand leading candidates that the batch did not finish to statsmodels."""
    heaviest = np.zeros(len(stack.designs))
    for fits, weight in zip(kept, weights, strict=True):
        np.maximum.at(heaviest, fits.models.series, weight)
    completed = []
    for fits, weight in zip(kept, weights, strict=True):
        free = fits.free.copy()
        for place in np.flatnonzero(~fits.converged & (weight == heaviest[fits.models.series])):
            used = fits.models.slots[:, place] >= 0
            design = stack.designs[fits.models.series[place]]
            candidate = candidates[fits.candidates[place]]
            free[used, place] = handoff.refitted(design, candidate, free[used, place])
        completed.append(replace(fits, free=free))
    return completed


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One candidate's forecast, as in ``Averaged``; ``covariance`` is a scale matrix."""

    weight: float
    candidate: tuple[int, int, int, int]
    mean: Array
    covariance: Array
    freedom: int
    errors: Array
    variance: float
    free: Array
    free_covariance: Array
    coefficients: Array
    coefficient_covariance: Array
    log_likelihood: float
    converged: bool


def _parts(
    stack: Stack, fits: Fits, weight: Array, horizon: int, candidates: Candidates
) -> list[tuple[int, _Part]]:
    """Return the forecasts of fits of one kind, each with the place of its series."""
    every = np.arange(len(weight))
    projected = project(stack, fits.models, every, fits.free, horizon)
    slopes = _slopes(stack, fits, projected, horizon)
    parts = []
    for place in every:
        series = int(fits.models.series[place])
        part = _part(
            stack.designs[series], fits, int(place), weight[place], projected, slopes, candidates
        )
        parts.append((series, part))
    return parts


def _slopes(stack: Stack, fits: Fits, projected: Projected, horizon: int) -> Array:
    """Return how the mean forecast moves with each free parameter, shape ``(k, h, m)``."""
    slot, place = np.nonzero(fits.models.slots >= 0)
    slopes = np.zeros((len(fits.free), *projected.mean.shape))
    if len(slot):
        step = np.where(fits.free[slot, place] > 0, -STEP, STEP)
        moved = fits.free[:, place]
        moved[slot, np.arange(len(slot))] += step
        means = project(stack, fits.models, place, moved, horizon).mean
        slopes[slot, :, place] = ((means - projected.mean[:, place]) / step).T
    return slopes


def _part(
    design: Design,
    fits: Fits,
    place: int,
    weight: float,
    projected: Projected,
    slopes: Array,
    candidates: Candidates,
) -> _Part:
    """Give one fit its variance, corrected for the parameters estimated, and their spread."""
    used = fits.models.slots[:, place] >= 0
    candidate = candidates[fits.candidates[place]]
    observations = design.observations
    freedom = observations - design.coefficients - sum(candidate)
    errors = projected.errors[: design.rows, place]
    total = float(errors @ errors)
    variance = max(total / freedom, ROUNDING**2)
    curvature = fits.curvature[place][np.ix_(used, used)] * (freedom / observations)
    free_covariance = np.linalg.inv(curvature + np.eye(used.sum()) / PRIOR_DEVIATION**2)
    reach = slopes[used, :, place]
    covariance = variance * projected.covariance[place] + reach.T @ free_covariance @ reach
    first = len(projected.coefficients) - design.coefficients
    own = slice(first, None)
    return _Part(
        weight=float(weight),
        candidate=candidate,
        mean=projected.mean[:, place],
        covariance=covariance,
        freedom=freedom,
        errors=errors / np.sqrt(variance),
        variance=total / observations,
        free=fits.free[used, place],
        free_covariance=free_covariance,
        coefficients=projected.coefficients[own, place],
        coefficient_covariance=variance * projected.coefficient_covariance[place][own, own],
        log_likelihood=float(
            log_likelihood(
                np.array(total), projected.log_determinant[place], np.array(float(observations))
            )
        ),
        converged=bool(fits.converged[place]),
    )


def _averaged(parts: Sequence[_Part], design: Design) -> Averaged:
    """Match mean and covariance of the mixture of the candidates."""
    ordered = sorted(parts, key=lambda part: -part.weight)
    weights = [part.weight for part in ordered]
    mean = sum((w * part.mean for w, part in zip(weights, ordered, strict=True)), np.array(0.0))
    covariance = np.zeros((len(mean), len(mean)))
    for weight, part in zip(weights, ordered, strict=True):
        apart = part.mean - mean
        covariance += weight * (part.covariance + np.outer(apart, apart))
    leading = ordered[0]
    errors = np.full(len(design.values), np.nan)
    errors[design.lost :] = leading.errors
    errors[design.gaps] = np.nan
    projection = Projection(
        mean=mean,
        covariance=covariance,
        degrees_of_freedom=sum(w * part.freedom for w, part in zip(weights, ordered, strict=True)),
        errors=errors,
        candidates=tuple(
            Candidate(name_of(part.candidate, design), part.weight) for part in ordered
        ),
    )
    return Averaged(
        projection,
        leading.candidate,
        leading.free,
        leading.free_covariance,
        leading.coefficients,
        leading.coefficient_covariance,
        leading.variance,
        leading.log_likelihood,
        leading.converged,
    )


def name_of(candidate: tuple[int, int, int, int], design: Design) -> str:
    """Return a candidate in the notation of the field."""
    p, q, seasonal_p, seasonal_q = candidate
    seasonal = (
        f"({seasonal_p},{design.seasonal_d},{seasonal_q})[4]"
        if seasonal_p or design.seasonal_d or seasonal_q
        else ""
    )
    return f"ARIMA({p},{design.d},{q}){seasonal}"
