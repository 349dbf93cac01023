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

MOST_ITERATIONS = 40
SETTLED = 1e-10
"""Relative fall of the sum of squares, made or still promised, under which a problem is done."""
STEP = 1e-6
"""Of the forward differences."""
FIRST_DAMPING, LEAST_DAMPING = 1e-2, 1e-10
LIGHT_DAMPING = 0.1
"""A short step says nothing of how far the minimum is unless it is hardly damped."""
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


def least_squares(residuals: Residuals, start: Array, free: NDArray[np.bool_]) -> Solution:
    """Minimise the sum of squared residuals of every problem by Levenberg and Marquardt.

    Parameters
    ----------
    residuals
        Of some of the problems, named by their number; rows that a problem does not have are 0.
    start
        Shape ``(k, m)``.
    free
        Shape ``(k, m)``: which parameters a problem has.

    References
    ----------
    Marquardt, D. (1963), "An algorithm for least-squares estimation of nonlinear parameters",
    *Journal of the Society for Industrial and Applied Mathematics* 11.
    """
    count = start.shape[1]
    problems = np.arange(count)
    parameters = np.array(start, dtype=float)
    current = residuals(problems, parameters)
    total = sum_rows(current * current)
    damping = np.full(count, FIRST_DAMPING)
    curvature = np.zeros((count, len(start), len(start)))
    converged = ~free.any(axis=0)
    for _ in range(MOST_ITERATIONS):
        active = np.flatnonzero(~converged)
        if not len(active):
            break
        slopes = _slopes(residuals, active, parameters, current[:, active], free)
        normal, gradient = _normal_equations(slopes, current[:, active])
        step = _step(normal, gradient, damping[active])
        trial = parameters[:, active] + step
        moved = residuals(active, trial)
        reached = sum_rows(moved * moved)
        before = total[active]
        better = reached < before  # a NaN is not better
        promised = np.abs(np.einsum("km,mk->m", step, gradient))
        fall = np.where(better, before - reached, promised)
        converged[active] = (fall <= SETTLED * before) & (damping[active] <= LIGHT_DAMPING)
        curvature[active] = normal
        kept = active[better]
        parameters[:, kept] = trial[:, better]
        current[:, kept] = moved[:, better]
        total[kept] = reached[better]
        damping[active] *= np.where(better, 0.1, 10.0)
        np.maximum(damping, LEAST_DAMPING, out=damping)
    return Solution(parameters, curvature, total, converged)


def _slopes(
    residuals: Residuals,
    active: NDArray[np.intp],
    parameters: Array,
    current: Array,
    free: NDArray[np.bool_],
) -> Array:
    """Return forward differences, shape ``(k, n, m)``; zero where a parameter is not free."""
    which, position = np.nonzero(free[:, active])
    moved = parameters[:, active[position]]
    moved[which, np.arange(len(which))] += STEP
    slopes = np.zeros((len(parameters), *current.shape))
    change = (residuals(active[position], moved) - current[:, position]) / STEP
    slopes[which, :, position] = change.T
    return slopes


def _normal_equations(slopes: Array, current: Array) -> tuple[Array, Array]:
    """Return ``J'J`` and ``J'r``, shapes ``(m, k, k)`` and ``(m, k)``."""
    size = len(slopes)
    normal = np.empty((current.shape[1], size, size))
    gradient = np.empty((current.shape[1], size))
    for row in range(size):
        gradient[:, row] = sum_rows(slopes[row] * current)
        for column in range(row + 1):
            normal[:, row, column] = normal[:, column, row] = sum_rows(slopes[row] * slopes[column])
    return normal, gradient


def _step(normal: Array, gradient: Array, damping: Array) -> Array:
    """Return the damped step, shape ``(k, m)``."""
    size = normal.shape[1]
    diagonal = np.einsum("mkk->mk", normal)
    stiff = diagonal * damping[:, None] + _RIDGE + (diagonal == 0)
    damped = normal + np.eye(size) * stiff[:, None, :]
    return -np.linalg.solve(damped, gradient[:, :, None])[:, :, 0].T
