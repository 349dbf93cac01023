"""Which models: every small seasonal ARMA, fitted in one batch and weighed by AICc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from forecasting.arima.design import Stack
from forecasting.arima.likelihood import Models, scaled_errors
from forecasting.arima.polynomials import SLOTS
from forecasting.least_squares import Residuals, Solution, least_squares, resume, sum_rows
from forecasting.predictive import Array

MOST_PARAMETERS = 3
CANDIDATES = tuple(
    (p, q, seasonal_p, seasonal_q)
    for p, q, seasonal_p, seasonal_q in product(range(3), range(3), range(2), range(2))
    if p + q + seasonal_p + seasonal_q <= MOST_PARAMETERS
)
"""(p, q, P, Q) of the models compared."""
BOUND = 0.995
"""Largest partial autocorrelation: on the unit circle a model has no stationary distribution."""
STARTS = (-0.5, 0.5)
"""Of every free parameter; the best of all combinations is where the search begins."""
ROUNDS = ((25.0, 2), (12.0, 6))
"""AICc above the least at which a candidate is given up, and iterations of those that are not."""
LAST_ITERATIONS = 40
"""More of the leading candidate, if it is not done."""
LEAST_WEIGHT = 0.01
"""Candidates of less weight are left out of the average."""
SMALLEST_ERROR = 3e-5
"""Standard deviations under a tenth of what rounding causes are not compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Models fitted to the series of a stack.

    Attributes
    ----------
    models
        What was fitted to which series.
    candidates
        Shape ``(m,)``: place in the candidates.
    solution
        Where the search for their parameters stands.
    aicc
        Shape ``(m,)``: up to a constant of the series.
    """

    models: Models
    candidates: NDArray[np.intp]
    solution: Solution
    aicc: Array

    @property
    def free(self) -> Array:
        """Their parameters, shape ``(k, m)``."""
        return self.solution.parameters

    def take(self, chosen: NDArray[np.bool_]) -> Fits:
        """Return some of them."""
        return Fits(
            Models(self.models.series[chosen], self.models.slots[:, chosen]),
            self.candidates[chosen],
            self.solution.take(chosen),
            self.aicc[chosen],
        )


Candidates = Sequence[tuple[int, int, int, int]]


def fit_candidates(stack: Stack, candidates: Candidates = CANDIDATES) -> list[Fits]:
    """Fit every candidate to every series of a stack that has enough observations.

    Returns
    -------
    list of Fits
        Non-seasonal models and seasonal ones apart, without those that do not matter.
    """
    fits = begin(stack, candidates)
    for distance, iterations in ROUNDS:
        fits = [resumed(stack, group, iterations) for group in _near(fits, distance)]
    return fits


def begin(stack: Stack, candidates: Candidates) -> list[Fits]:
    """Stand at the start of the search for every candidate."""
    groups = []
    for seasonal in (False, True):
        chosen = [i for i, entry in enumerate(candidates) if any(entry[2:]) == seasonal]
        pairs = [
            (series, place)
            for series, design in enumerate(stack.designs)
            for place in chosen
            if design.observations - design.coefficients - sum(candidates[place]) - 2 >= 2
        ]
        if pairs:
            groups.append(_begun(stack, candidates, pairs))
    return groups


def averaging_weights(groups: Sequence[Fits]) -> tuple[list[Fits], list[Array]]:
    """Return the fits that are averaged and their Akaike weights.

    The weights are proportional to ``exp(-AICc / 2)`` and sum to 1 over the models of a series
    (Burnham and Anderson 2002, *Model Selection and Multimodel Inference*, section 2.9).
    """
    kept = _near(groups, -2 * np.log(LEAST_WEIGHT))
    least = _least(kept)
    raw = [np.exp((least[fits.models.series] - fits.aicc) / 2) for fits in kept]
    sums = np.zeros(len(least))
    for fits, weight in zip(kept, raw, strict=True):
        np.add.at(sums, fits.models.series, weight)
    return kept, [w / sums[fits.models.series] for fits, w in zip(kept, raw, strict=True)]


def _near(groups: Sequence[Fits], distance: float) -> list[Fits]:
    """Return the fits whose AICc is within a distance of the least of their series."""
    least = _least(groups)
    return [fits.take(fits.aicc <= least[fits.models.series] + distance) for fits in groups]


def _least(groups: Sequence[Fits]) -> Array:
    least = np.full(
        1 + max((int(fits.models.series.max(initial=0)) for fits in groups), default=0), np.inf
    )
    for fits in groups:
        np.minimum.at(least, fits.models.series, fits.aicc)
    return least


def _begun(stack: Stack, candidates: Candidates, pairs: Sequence[tuple[int, int]]) -> Fits:
    """Find where pairs of series and candidate start."""
    series, places = (np.array(column, dtype=np.intp) for column in zip(*pairs, strict=True))
    slots = np.full((max(1, *map(sum, candidates)), len(pairs)), -1, dtype=np.intp)
    for column, place in enumerate(places):
        own = slots_of(candidates[place])
        slots[: len(own), column] = own
    models = Models(series, slots)

    def residuals(which: NDArray[np.intp], free: Array) -> Array:
        return scaled_errors(stack, models, which, free)

    start = _start(residuals, slots >= 0)
    solution = least_squares(residuals, start, slots >= 0, BOUND, iterations=0)
    return _fits(stack, models, places, solution)


def resumed(stack: Stack, fits: Fits, iterations: int) -> Fits:
    """Take more iterations from where fits stand."""
    models = fits.models
    solution = resume(
        lambda which, free: scaled_errors(stack, models, which, free),
        fits.solution,
        models.slots >= 0,
        BOUND,
        iterations,
    )
    return _fits(stack, models, fits.candidates, solution)


def _start(residuals: Residuals, free: NDArray[np.bool_]) -> Array:
    """Return the best of a grid of starting values for every model."""
    combinations = np.array(list(product(STARTS, repeat=len(free))))
    # A model with fewer parameters meets each of its own combinations once.
    meets = (free[None] | (combinations == STARTS[0])[:, :, None]).all(axis=1)
    number, model = np.nonzero(meets)
    start = np.where(free[:, model], combinations[number].T, 0.0)
    errors = residuals(model, start)
    totals = np.full(meets.shape, np.inf)
    totals[number, model] = sum_rows(errors * errors)
    return np.where(free, combinations[totals.argmin(axis=0)].T, 0.0)


def _fits(stack: Stack, models: Models, places: NDArray[np.intp], solution: Solution) -> Fits:
    """Compare solutions by AICc (Hurvich and Tsai 1989), the variance counted."""
    observations, coefficients = sizes(stack, models)
    total = np.maximum(solution.total, observations * SMALLEST_ERROR**2)
    count = (models.slots >= 0).sum(axis=0) + coefficients + 1
    penalty = 2 * count * observations / (observations - count - 1)
    aicc = observations * np.log(total / observations) + penalty
    return Fits(models, places, solution, aicc)


def sizes(stack: Stack, models: Models) -> tuple[Array, Array]:
    """Return observations and regression coefficients of every model, shape ``(m,)``."""
    observations = np.array([design.observations for design in stack.designs], dtype=float)
    coefficients = np.array([design.coefficients for design in stack.designs], dtype=float)
    return observations[models.series], coefficients[models.series]


def slots_of(candidate: tuple[int, int, int, int]) -> list[int]:
    """Return which of ``SLOTS`` a candidate has."""
    p, q, seasonal_p, seasonal_q = candidate
    first = SLOTS.index
    return [
        *range(first("ar1"), first("ar1") + p),
        *range(first("ma1"), first("ma1") + q),
        *[first("seasonal_ar")] * seasonal_p,
        *[first("seasonal_ma")] * seasonal_q,
    ]
