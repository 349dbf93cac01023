"""Which models: every small seasonal ARMA, fitted in one batch and weighed by AICc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.models.arima.design import Stack
from forecasting.models.arima.likelihood import SLOTS, Models, conditional_errors, scaled_errors
from forecasting.models.least_squares import (
    LeastSquares,
    aicc,
    best_start,
    least_squares,
    resume,
    sum_rows,
)

Order = tuple[int, int, int, int]
"""(p, q, P, Q) of a candidate."""
MOST_PARAMETERS = 3
CANDIDATES: tuple[Order, ...] = tuple(
    (p, q, seasonal_p, seasonal_q)
    for p, q, seasonal_p, seasonal_q in product(range(3), range(3), range(2), range(2))
    if p + q + seasonal_p + seasonal_q <= MOST_PARAMETERS
)
"""The models compared."""
BOUND = 0.995
"""Largest partial autocorrelation: on the unit circle a model has no stationary distribution."""
STARTS = (-0.5, 0.5)
"""Of every free parameter; the best of all combinations is where the search begins."""
CONDITIONAL_ITERATIONS, FIRST_ITERATIONS, MORE_ITERATIONS = 6, 1, 1
"""Of the search: by conditional least squares, then by exact likelihood in two rounds."""
HOPELESS, BEHIND = 9.0, 8.0
"""AICc above the least at which a candidate is given up before each round."""
LAST_ITERATIONS = 40
"""More of the leading candidate, if it is not done."""
SMALLEST_ERROR = 3e-5
"""Standard deviations under a tenth of what rounding causes are not compared."""


@dataclass(frozen=True, slots=True, eq=False)
class ArimaFits:
    """Models fitted to the series of a stack.

    Attributes
    ----------
    models
        What was fitted to which series.
    orders
        Shape ``(m, 4)``: an ``Order`` each.
    solution
        Where the search for their parameters stands.
    aicc
        Shape ``(m,)``: up to a constant of the series.
    """

    models: Models
    orders: Indices
    solution: LeastSquares
    aicc: Array

    @property
    def free(self) -> Array:
        """Their parameters, shape ``(k, m)``."""
        return self.solution.parameters

    def order(self, place: int) -> Order:
        """Return the order of one of them."""
        p, q, seasonal_p, seasonal_q = self.orders[place].tolist()
        return p, q, seasonal_p, seasonal_q

    def take(self, chosen: Mask) -> ArimaFits:
        """Return some of them."""
        return ArimaFits(
            self.models.take(chosen),
            self.orders[chosen],
            self.solution.take(chosen),
            self.aicc[chosen],
        )


def fit_candidates(stack: Stack, candidates: Sequence[Order] = CANDIDATES) -> list[ArimaFits]:
    """Fit every candidate to every series of a stack that has enough observations.

    Returns
    -------
    list of ArimaFits
        Non-seasonal models and seasonal ones apart, without those that do not matter.
    """
    begun = near(fit_conditionally(stack, candidates), HOPELESS)
    fits = [fit_exactly(stack, group, FIRST_ITERATIONS) for group in begun]
    return [fit_further(stack, group, MORE_ITERATIONS) for group in near(fits, BEHIND)]


def fit_conditionally(stack: Stack, candidates: Sequence[Order]) -> list[ArimaFits]:
    """Fit every candidate with enough observations by conditional least squares."""
    count = np.array([sum(candidate) for candidate in candidates])
    enough = stack.observations - stack.coefficients - count[:, None] - 2 >= 2
    kind = np.array([any(candidate[2:]) for candidate in candidates])
    groups = []
    for seasonal in (False, True):
        series, places = np.nonzero((enough & (kind == seasonal)[:, None]).T)
        if len(series):
            groups.append(_fit_group(stack, candidates, series, places))
    return groups


def near(groups: Sequence[ArimaFits], distance: float) -> list[ArimaFits]:
    """Return the models whose AICc is within a distance of the least of their series."""
    least = least_criteria(groups)
    return [group.take(group.aicc <= least[group.models.series] + distance) for group in groups]


def least_criteria(groups: Sequence[ArimaFits]) -> Array:
    """Return the least AICc of every series."""
    last = max((int(group.models.series.max(initial=0)) for group in groups), default=0)
    least = np.full(last + 1, np.inf)
    for group in groups:
        np.minimum.at(least, group.models.series, group.aicc)
    return least


def _fit_group(
    stack: Stack, candidates: Sequence[Order], series: Indices, places: Indices
) -> ArimaFits:
    """Fit pairs of series and candidate by conditional least squares."""
    table = np.full((len(candidates), max(1, *map(sum, candidates))), -1, dtype=np.intp)
    for row, order in zip(table, candidates, strict=True):
        own = slots_of(order)
        row[: len(own)] = own
    slots = table[places].T
    models = Models(series, slots)

    residuals = partial(conditional_errors, stack, models)
    free = slots >= 0
    grid = np.array(list(product(STARTS, repeat=len(free))))
    start = np.where(free, best_start(residuals, grid, free), 0.0)
    solution = least_squares(residuals, start, free, BOUND, CONDITIONAL_ITERATIONS)
    errors = scaled_errors(stack, models, np.arange(len(series)), solution.parameters)
    orders = np.array(candidates, dtype=np.intp)[places]
    return ArimaFits(models, orders, solution, _aicc(stack, models, sum_rows(errors * errors)))


def fit_exactly(stack: Stack, begun: ArimaFits, iterations: int, bound: float = BOUND) -> ArimaFits:
    """Go on by exact likelihood."""
    start = np.clip(begun.free, -bound, bound)
    residuals = partial(scaled_errors, stack, begun.models)
    solution = least_squares(residuals, start, begun.models.slots >= 0, bound, iterations)
    return _at(stack, begun, solution)


def fit_further(stack: Stack, fits: ArimaFits, iterations: int) -> ArimaFits:
    """Take more iterations from where fits stand."""
    residuals = partial(scaled_errors, stack, fits.models)
    solution = resume(residuals, fits.solution, fits.models.slots >= 0, BOUND, iterations)
    return _at(stack, fits, solution)


def _at(stack: Stack, fits: ArimaFits, solution: LeastSquares) -> ArimaFits:
    """Return fits that stand at another solution."""
    return replace(fits, solution=solution, aicc=_aicc(stack, fits.models, solution.total))


def _aicc(stack: Stack, models: Models, total: Array) -> Array:
    observations = stack.observations[models.series]
    total = np.maximum(total, observations * SMALLEST_ERROR**2)
    count = (models.slots >= 0).sum(axis=0) + stack.coefficients[models.series] + 1
    return aicc(total / observations, observations, count)


def slots_of(order: Order) -> list[int]:
    """Return which of ``SLOTS`` a candidate has."""
    p, q, seasonal_p, seasonal_q = order
    first = SLOTS.index
    return [
        *range(first("ar1"), first("ar1") + p),
        *range(first("ma1"), first("ma1") + q),
        *[first("seasonal_ar")] * seasonal_p,
        *[first("seasonal_ma")] * seasonal_q,
    ]
