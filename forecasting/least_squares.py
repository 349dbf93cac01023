"""Many small nonlinear least-squares problems solved at once, each on its own path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from forecasting.predictive import Array

Residuals = Callable[[NDArray[np.intp], Array], Array]
"""``residuals(problems, parameters)``: shapes ``(m,)`` and ``(k, m)`` to ``(n, m)``."""

SETTLED = 1e-5
"""Relative fall of the sum of squares, made or still promised, under which a problem is done."""
LONGEST_STEP = 0.5
"""Parameters are meant to be transformed so that anything beyond a few units is an edge."""
STEP = 1e-6
"""Of the forward differences."""
FIRST_DAMPING, LEAST_DAMPING = 1e-2, 1e-3
LIGHTER, HEAVIER = 0.1, 5.0
"""What a kept step and a refused one do to the damping, at least."""
MOST_EXCESS = 0.5
"""Largest damping that the curvature found beyond ``J'J`` asks for."""
_RIDGE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The least sums of squares.

    Attributes
    ----------
    parameters
        Shape ``(k, m)``; entries that are not free keep their start.
    curvature
        Shape ``(m, k, k)``: ``J'J`` at the solution, with zeros where a parameter is not free.
    total
        Shape ``(m,)``: the sum of squares.
    converged
        Shape ``(m,)``.
    """

    parameters: Array
    curvature: Array
    total: Array
    converged: NDArray[np.bool_]


def sum_rows(rows: Array) -> Array:
    """Sum over the first axis, one row after the other.

    The order of the additions depends neither on rows of zeros at the end nor on how many
    problems stand beside each other, so that a problem has the same solution in any batch.
    """
    return np.asarray(reduce(np.add, rows))


def least_squares(
    residuals: Residuals,
    start: Array,
    free: NDArray[np.bool_],
    bound: float = np.inf,
    iterations: int = 25,
) -> Solution:
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
        Largest size of any parameter; one that stands there and is pushed outward is held.
    iterations
        At most so many; problems that need more are not converged.

    References
    ----------
    Marquardt, D. (1963), "An algorithm for least-squares estimation of nonlinear parameters",
    *Journal of the Society for Industrial and Applied Mathematics* 11.
    """
    state = _State.at(residuals, start, free)
    for _ in range(iterations):
        active = np.flatnonzero(~state.converged)
        if not len(active):
            break
        state.advance(residuals, active, bound)
    return Solution(state.parameters, state.normal, state.total, state.converged)


@dataclass(slots=True, eq=False)
class _State:
    """Where every problem stands: the one thing here that changes."""

    free: NDArray[np.bool_]
    parameters: Array
    total: Array
    normal: Array
    gradient: Array
    damping: Array
    converged: NDArray[np.bool_]

    @classmethod
    def at(cls, residuals: Residuals, start: Array, free: NDArray[np.bool_]) -> _State:
        """Stand at the start."""
        count = start.shape[1]
        total, normal, gradient = _expanded(residuals, np.arange(count), start, free)
        return cls(
            free=free,
            parameters=np.array(start, dtype=float),
            total=total,
            normal=normal,
            gradient=gradient,
            damping=np.full(count, FIRST_DAMPING),
            converged=np.logical_not(free.any(axis=0)),
        )

    def advance(self, residuals: Residuals, active: NDArray[np.intp], bound: float) -> None:
        """Try one step of every active problem, and keep those that lead down.

        The slopes at the new place are taken together with its errors, whether or not the step
        is kept: one larger evaluation costs less than two.
        """
        stand, gradient = self.parameters[:, active], self.gradient[active]
        held = (np.abs(stand) >= bound) & (stand * gradient.T < 0)
        step = _step(self.normal[active], gradient, self.damping[active], held)
        trial = np.clip(stand + step, -bound, bound)
        step = trial - stand
        total, normal, after = _expanded(residuals, active, trial, self.free[:, active])
        before = self.total[active]
        better = total < before  # a NaN is not better
        # How much more the slopes turned over the step than the squares of them had promised.
        turned = np.einsum("km,mk->m", step, after - gradient)
        assumed = np.einsum("km,mkl,lm->m", step, self.normal[active], step)
        excess = turned / np.where(assumed > 0, assumed, 1.0) - 1
        excess = np.minimum(np.nan_to_num(excess), MOST_EXCESS)
        damping = self.damping[active]
        promised = np.abs(np.einsum("km,mk->m", step, gradient)) * (1 + damping)
        self.converged[active] = np.maximum(promised, before - total) <= SETTLED * before
        change = np.where(better, LIGHTER, HEAVIER)
        kept = active[better]
        self.parameters[:, kept] = trial[:, better]
        self.total[kept] = total[better]
        self.normal[kept] = normal[better]
        self.gradient[kept] = after[better]
        self.damping[active] = np.maximum(np.maximum(excess, change * damping), LEAST_DAMPING)


def _expanded(
    residuals: Residuals, which: NDArray[np.intp], parameters: Array, free: NDArray[np.bool_]
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
    system[:, slot, place] = (errors[:, count:] - current[:, place]) / STEP
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


def _step(normal: Array, gradient: Array, damping: Array, held: NDArray[np.bool_]) -> Array:
    """Return the damped step, shape ``(k, m)``, without the parameters that are held."""
    size = normal.shape[1]
    moving = ~held.T
    inner = normal * moving[:, :, None] * moving[:, None, :]
    diagonal = np.einsum("mkk->mk", inner)
    stiff = diagonal * damping[:, None] + _RIDGE + (diagonal == 0)
    damped = inner + np.eye(size) * stiff[:, None, :]
    step = -np.linalg.solve(damped, (gradient * moving)[:, :, None])[:, :, 0].T
    return np.clip(step, -LONGEST_STEP, LONGEST_STEP)
