"""Many small nonlinear least-squares problems solved at once, each on its own path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from forecasting.arrays import Array, Indices, Mask

Residuals = Callable[[Indices, Array], Array]
"""``residuals(problems, parameters)``: shapes ``(m,)`` and ``(k, m)`` to ``(n, m)``."""

SETTLED = 1e-5
"""Relative fall of the sum of squares, made or still promised, under which a problem is done."""
LONGEST_STEP = 0.5
"""Parameters are meant to be transformed so that anything beyond a few units is an edge."""
STEP = 1e-6
"""Of the forward differences."""
PRIOR_DEVIATION = 0.5
"""Of a parameter between -1 and 1, as that of a uniform one: what is known of it without data."""
FIRST_DAMPING, LEAST_DAMPING = 1e-2, 1e-3
LIGHTER, HEAVIER = 0.1, 5.0
"""What a kept step and a refused one do to the damping, at least."""
MOST_EXCESS = 0.5
"""Largest damping that the curvature found beyond ``J'J`` asks for."""
_RIDGE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class LeastSquares:
    """Where every problem stands, at the end or on the way.

    Attributes
    ----------
    parameters
        Shape ``(k, m)``; entries that are not free keep their start.
    total
        Shape ``(m,)``: the sum of squares.
    curvature, gradient
        Shapes ``(m, k, k)`` and ``(m, k)``: ``J'J`` and ``J'r``, with zeros where a parameter is
        not free.
    damping
        Shape ``(m,)``: of the next step.
    converged
        Shape ``(m,)``.
    """

    parameters: Array
    total: Array
    curvature: Array
    gradient: Array
    damping: Array
    converged: Mask

    def take(self, chosen: Mask) -> LeastSquares:
        """Return some of the problems, in copies."""
        return LeastSquares(
            self.parameters[:, chosen],
            self.total[chosen],
            self.curvature[chosen],
            self.gradient[chosen],
            self.damping[chosen],
            self.converged[chosen],
        )

    def put(self, chosen: Mask, parts: LeastSquares) -> None:
        """Replace some of the problems."""
        self.parameters[:, chosen] = parts.parameters
        self.total[chosen] = parts.total
        self.curvature[chosen] = parts.curvature
        self.gradient[chosen] = parts.gradient
        self.damping[chosen] = parts.damping
        self.converged[chosen] = parts.converged


def sum_rows(rows: Array) -> Array:
    """Sum over the first axis, one row after the other.

    The order of the additions depends neither on rows of zeros at the end nor on how many
    problems are solved together, so that a problem has the same solution in any batch.
    """
    if rows[:1].size < 2 or not rows.flags.c_contiguous:  # which numpy may add in pairs
        return np.asarray(reduce(np.add, rows))
    return np.asarray(np.add.reduce(rows, axis=0))


def aicc(mean_square: Array, observations: Array | Indices, count: Array | Indices) -> Array:
    """Return the AICc of models with normal errors, up to a constant of the series.

    Parameters
    ----------
    mean_square
        Of the errors.
    count
        Parameters that were estimated, the variance among them.

    References
    ----------
    Hurvich, C. M., Tsai, C.-L. (1989), "Regression and time series model selection in small
    samples", *Biometrika* 76, 297-307.
    """
    penalty = 2 * count * observations / (observations - count - 1)
    return np.asarray(observations * np.log(mean_square) + penalty)


def best_start(residuals: Residuals, grid: Array, free: Mask) -> Array:
    """Return the start with the least sum of squares of every problem, shape ``(k, m)``.

    Parameters
    ----------
    residuals, free
        As of ``least_squares``.
    grid
        Shape ``(g, k)``: the starts; those that differ in nothing a problem has are tried once.
    """
    tried = (free | (grid == grid[0])[:, :, None]).all(axis=1)
    start, which = np.nonzero(tried)
    errors = residuals(which, grid[start].T)
    totals = np.full(tried.shape, np.inf)
    totals[start, which] = sum_rows(errors * errors)
    return np.asarray(grid[totals.argmin(axis=0)].T)


def least_squares(
    residuals: Residuals,
    start: Array,
    free: Mask,
    bound: float = np.inf,
    iterations: int = 25,
) -> LeastSquares:
    """Minimise the sum of squared residuals of every problem by Levenberg and Marquardt.

    Parameters
    ----------
    residuals
        Of some of the problems, named by their number; rows that a problem does not have are 0.
    start
        Shape ``(k, m)``.
    free
        Shape ``(k, m)``: which parameters a problem has.
    bound
        Largest size of any parameter; one that stands there and is pushed outward stays there.
    iterations
        At most so many; problems that need more are not converged.

    References
    ----------
    Marquardt, D. (1963), "An algorithm for least-squares estimation of nonlinear parameters",
    *Journal of the Society for Industrial and Applied Mathematics* 11.
    """
    start = np.array(start, dtype=float)
    count = start.shape[1]
    reached = _expanded(residuals, np.arange(count), start, free)
    damping = np.full(count, FIRST_DAMPING)
    at_start = LeastSquares(start, *reached, damping, np.logical_not(free.any(axis=0)))
    return resume(residuals, at_start, free, bound, iterations)


def resume(
    residuals: Residuals,
    solution: LeastSquares,
    free: Mask,
    bound: float = np.inf,
    iterations: int = 25,
) -> LeastSquares:
    """Go on from where problems stand; otherwise as ``least_squares``."""
    solution = solution.take(np.ones(len(solution.total), dtype=bool))
    for _ in range(iterations):
        active = ~solution.converged
        if not active.any():
            break
        _advance(residuals, solution, np.flatnonzero(active), free, bound)
    return solution


def _advance(
    residuals: Residuals,
    solution: LeastSquares,
    active: Indices,
    free: Mask,
    bound: float,
) -> None:
    """Try one step of every active problem, and keep those that lead down.

    The slopes at the new place are taken together with its errors, whether or not the step is
    kept: one larger evaluation costs less than two.
    """
    stand, gradient = solution.parameters[:, active], solution.gradient[active]
    normal, damping = solution.curvature[active], solution.damping[active]
    at_bound = (np.abs(stand) >= bound) & (stand * gradient.T < 0)
    step = np.clip(stand + _step(normal, gradient, damping, at_bound), -bound, bound) - stand
    total, curvature, after = _expanded(residuals, active, stand + step, free[:, active])
    before = solution.total[active]
    better = total < before  # a NaN is not better
    promised = np.abs(np.einsum("km,mk->m", step, gradient)) * (1 + damping)
    solution.converged[active] = np.maximum(promised, before - total) <= SETTLED * before
    excess = _excess(step, normal, after - gradient)
    change = np.where(better, LIGHTER, HEAVIER)
    solution.damping[active] = np.maximum(np.maximum(excess, change * damping), LEAST_DAMPING)
    kept = active[better]
    solution.parameters[:, kept] = (stand + step)[:, better]
    solution.total[kept] = total[better]
    solution.curvature[kept] = curvature[better]
    solution.gradient[kept] = after[better]


def _excess(step: Array, normal: Array, turned: Array) -> Array:
    """Return how much more the gradient turned over a step than ``J'J`` had promised."""
    turn = np.einsum("km,mk->m", step, turned)
    assumed = np.einsum("km,mkl,lm->m", step, normal, step)
    excess = turn / np.where(assumed > 0, assumed, 1.0) - 1
    return np.asarray(np.minimum(np.nan_to_num(excess), MOST_EXCESS))


def _expanded(
    residuals: Residuals, which: Indices, parameters: Array, free: Mask
) -> tuple[Array, Array, Array]:
    """Return sum of squares, ``J'J`` and ``J'r``, by forward differences, in one evaluation."""
    count = len(which)
    slot, place = np.nonzero(free)
    moved = parameters[:, place]
    moved[slot, np.arange(len(slot))] += STEP
    errors = residuals(
        np.concatenate([which, which[place]]), np.concatenate([parameters, moved], axis=1)
    )
    current = errors[:, :count]
    size, rows = len(parameters), len(errors)
    system = np.zeros((rows, size + 1, count))
    end = count
    for parameter in range(size):
        own = np.flatnonzero(free[parameter])
        first, end = end, end + len(own)
        system[:, parameter, own] = (errors[:, first:end] - np.take(current, own, axis=1)) / STEP
    system[:, size] = current
    return sum_rows(current * current), *_normal_equations(system)


def _normal_equations(system: Array) -> tuple[Array, Array]:
    """Return ``J'J`` and ``J'r``, shapes ``(m, k, k)`` and ``(m, k)``, of slopes and, last, errors.

    With rows first and at least two columns, einsum adds row after row, as `sum_rows` does.
    """
    size, count = system.shape[1] - 1, system.shape[2]
    products = np.empty((size, size + 1, count))
    for row in range(size):
        np.einsum("nm,ncm->cm", system[:, row], system[:, row:], out=products[row, row:])
        products[row:, row] = products[row, row:-1]
    return products[:, :size].transpose(2, 0, 1), products[:, size].T


def _step(normal: Array, gradient: Array, damping: Array, at_bound: Mask) -> Array:
    """Return the damped step, shape ``(k, m)``, without the parameters that stay at their bound."""
    size = normal.shape[1]
    moving = ~at_bound.T
    inner = normal * moving[:, :, None] * moving[:, None, :]
    diagonal = np.einsum("mkk->mk", inner)
    stiff = diagonal * damping[:, None] + _RIDGE + (diagonal == 0)
    damped = inner + np.eye(size) * stiff[:, None, :]
    step = -np.linalg.solve(damped, (gradient * moving)[:, :, None])[:, :, 0].T
    return np.clip(step, -LONGEST_STEP, LONGEST_STEP)
