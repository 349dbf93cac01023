"""Additive exponential smoothing as a filter, its initial states concentrated out.

An additive innovations model in states has a reduced form without them,
``delta(L) y = theta(L) e``, whose polynomials have the degree of the number of initial states
that can be told apart (1 for a level, 1 for a trend, 3 for a season of four). Initial states only
change the first so many rows of the right-hand side. So, whatever they are, the errors are the
filtered series less a combination of the filter's impulse response and its first shifts, and the
best of them are found by linear regression (variable projection).

References
----------
Hyndman, R. J., Koehler, A. B., Ord, J. K., Snyder, R. D. (2008), *Forecasting with Exponential
Smoothing*, Springer: chapter 5 for the likelihood, chapter 11 for reduced forms.
Golub, G. H., Pereyra, V. (1973), "The differentiation of pseudo-inverses and nonlinear least
squares problems whose variables separate", *SIAM Journal on Numerical Analysis* 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON

DEGREE = SEASON + 1
"""The most initial states that can be told apart: level, trend and three seasons."""
LEAST_SMOOTHING = 1e-4
"""How near alpha, beta / alpha and gamma / (1 - alpha) come to 0 and 1."""
LEAST_PHI, MOST_PHI = 0.8, 0.98
_SINGULAR = 1e-11
"""A state whose squared response falls by more than this is known from the states before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Which components models have; every field of shape ``(m,)``."""

    trend: NDArray[np.bool_]
    damped: NDArray[np.bool_]
    season: NDArray[np.bool_]

    @property
    def states(self) -> NDArray[np.intp]:
        """Initial states that can be told apart, the degree of the polynomials."""
        return np.where(self.season, SEASON, 1) + self.trend

    @property
    def free(self) -> NDArray[np.bool_]:
        """Which of alpha, beta, gamma and phi a model has, shape ``(4, m)``."""
        return np.array([np.ones_like(self.trend), self.trend, self.season, self.damped])

    def take(self, which: NDArray[np.intp]) -> Form:
        """Return the named models."""
        return Form(self.trend[which], self.damped[which], self.season[which])


@dataclass(frozen=True, slots=True, eq=False)
class Problems:
    """Models of series, each column a model of a series.

    Attributes
    ----------
    form
        Of the models.
    differenced
        Shape ``(n, m)``: each series with every gap bridged, differenced at lag 4 for a model
        with season and at lag 1 for one without.
    known
        Shape ``(n, m)``: 1 where a figure is observed and 0 elsewhere.
    gaps
        Shape ``(n, m)``: rows whose error is 0, so that the states propagate undisturbed.
    """

    form: Form
    differenced: Array
    known: Array
    gaps: NDArray[np.bool_]

    @classmethod
    def of(
        cls, form: Form, values: Array, known: NDArray[np.bool_], last: NDArray[np.intp]
    ) -> Problems:
        """Return the problems for bridged series of which row ``last`` is the last of interest."""
        differenced = np.zeros_like(values)
        for lag, having in ((1, ~form.season), (SEASON, form.season)):
            differenced[lag:, having] = values[lag:, having] - values[:-lag, having]
        gaps = ~known & (np.arange(len(values))[:, None] <= last)
        return cls(form, differenced, known.astype(float), gaps)

    def take(self, which: NDArray[np.intp]) -> Problems:
        """Return the named problems."""
        return Problems(
            self.form.take(which),
            np.take(self.differenced, which, axis=1),
            np.take(self.known, which, axis=1),
            np.take(self.gaps, which, axis=1),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Errors with the best initial states.

    Attributes
    ----------
    errors
        Shape ``(n, m)``; in a gap, by how much the bridged value exceeds its forecast.
    responses
        Shape ``(n, 5, m)``: what a unit of each state does to the errors, with sign reversed.
    inverse
        Shape ``(5, 5, m)``: of the normal matrix of the states, zeros for states not had.
    """

    errors: Array
    responses: Array
    inverse: Array


def smoothing(form: Form, parameters: Array) -> Array:
    """Return alpha, beta, gamma and phi, shape ``(4, m)``, of parameters between -1 and 1.

    The map is linear, for errors are nearly linear in the smoothing parameters and half of all
    optima lie on an edge, which a curved map only approaches. beta is a share of alpha and gamma
    of 1 - alpha, so that all stay in the usual region; a trend that is not damped has phi 1.
    """
    share = 0.5 + 0.5 * parameters
    alpha, beta, gamma = LEAST_SMOOTHING + (1 - 2 * LEAST_SMOOTHING) * share[:3]
    phi = np.where(form.damped, LEAST_PHI + (MOST_PHI - LEAST_PHI) * share[3], 1.0)
    return np.array([alpha, form.trend * beta * alpha, form.season * gamma * (1 - alpha), phi])


def psi_weights(smoothed: Array, length: int) -> Array:
    """Return what an error does to the row of it and the rows after, shape ``(length, m)``."""
    alpha, beta, gamma, phi = smoothed
    psi = np.empty((length, len(alpha)))
    psi[0] = 1.0
    damped = np.cumsum(np.cumprod(np.broadcast_to(phi, psi[1:].shape), axis=0), axis=0)
    np.add(beta * damped, alpha, out=psi[1:])
    psi[SEASON::SEASON] += gamma
    return psi


def residuals(problems: Problems, parameters: Array) -> Array:
    """Return the errors with the best initial states, shape ``(n, m)``, 0 where unknown."""
    system = _responses(problems, parameters)
    system *= problems.known[:, None]
    triangle, _ = _eliminated(system, problems.form.states)
    return _explained(system, triangle)


def project(problems: Problems, parameters: Array) -> Projected:
    """Return the errors, the responses to the initial states and how well these are known."""
    system = _responses(problems, parameters)
    known = system * problems.known[:, None]
    triangle, pivots = _eliminated(known, problems.form.states)
    return Projected(_explained(system, triangle), system[:, :DEGREE], _inverse(triangle, pivots))


def _responses(problems: Problems, parameters: Array) -> Array:
    """Return responses to five initial states, and the filtered series; ``(n, 6, m)``."""
    form = problems.form
    smoothed = smoothing(form, parameters)
    damping = np.where(form.trend, smoothed[3], 0.0)
    moving = _moving_average(form, smoothed, damping)
    driven = problems.differenced.copy()
    driven[1:] -= damping * problems.differenced[:-1]
    filtered = _filtered(moving, driven)
    rows = len(driven)
    system = np.empty((rows, DEGREE + 1, len(damping)))
    for shift in range(DEGREE):
        system[:, shift] = filtered[DEGREE - shift : DEGREE - shift + rows, 1]
    system[:, DEGREE] = filtered[DEGREE:, 0]
    if problems.gaps.any():
        _propagate(system, problems, damping)
    return system


def _moving_average(form: Form, smoothed: Array, damping: Array) -> Array:
    """Return ``theta`` at lags 5 to 1, shape ``(5, m)``: ``delta(L) psi(L)``."""
    psi = psi_weights(smoothed, DEGREE + 1)
    once = psi - _lagged(form, psi)
    return np.asarray((once[1:] - damping * once[:-1])[::-1, None])


def _lagged(form: Form, rows: Array) -> Array:
    """Return rows a year ago for a model with season, else the rows before; 0 at first."""
    lagged = np.zeros_like(rows)
    lagged[1:] = rows[:-1] * ~form.season
    lagged[SEASON:] += rows[:-SEASON] * form.season
    return lagged


def _filtered(moving: Array, driven: Array) -> Array:
    """Divide a series and a unit impulse by ``theta(L)``; ``(5 + n, 2, m)``, five rows of 0."""
    rows, count = driven.shape
    filtered = np.zeros((DEGREE + rows, 2, count))
    filtered[DEGREE:, 0] = driven
    filtered[DEGREE, 1] = 1.0
    products, past = np.empty((DEGREE, 2, count)), np.empty((2, count))
    for row in range(rows):
        now = filtered[DEGREE + row]
        np.multiply(moving, filtered[row : row + DEGREE], out=products)
        np.add.reduce(products, axis=0, out=past)
        np.subtract(now, past, out=now)
    return filtered


def _propagate(system: Array, problems: Problems, damping: Array) -> None:
    """Put into every gap the value that makes its error 0; the gap keeps the change, reversed."""
    having = np.flatnonzero(problems.gaps.any(axis=0))
    gaps, form = problems.gaps[:, having], problems.form.take(having)
    impulse = system[:, 0, having]
    pulse = impulse - _lagged(form, impulse)
    pulse[1:] -= damping[having] * pulse[:-1]
    changed = system[:, :, having]
    for row in np.flatnonzero(gaps.any(axis=1)):
        hit = np.flatnonzero(gaps[row])
        changed[row + 1 :, :, hit] -= (
            changed[row, :, hit].T * pulse[1 : len(pulse) - row, None, hit]
        )
    system[:, :, having] = changed


def _eliminated(system: Array, states: NDArray[np.intp]) -> tuple[Array, Array]:
    """Return the normal equations with unit triangle, ``(5, 6, m)``, and the inverse pivots."""
    triangle = np.zeros((DEGREE, DEGREE + 1, system.shape[2]))
    for row in range(DEGREE):
        np.einsum("nm,ncm->cm", system[:, row], system[:, row:], out=triangle[row, row:])
    diagonal = np.array([triangle[row, row] for row in range(DEGREE)])
    inverse = np.zeros_like(diagonal)
    had = (np.arange(DEGREE)[:, None] < states) & (diagonal > 0)
    for row in range(DEGREE):
        pivot = triangle[row, row]
        usable = had[row] & (pivot > _SINGULAR * diagonal[row])
        np.divide(1.0, pivot, out=inverse[row], where=usable)
        rest = triangle[row, row + 1 :]
        scaled = rest * inverse[row]
        triangle[row + 1 :, row + 1 :] -= rest[:-1, None] * scaled
        triangle[row, row + 1 :] = scaled
    return triangle, inverse


def _explained(system: Array, triangle: Array) -> Array:
    """Take the best combination of the responses away from the series."""
    weights = -_solved(triangle, triangle[:, DEGREE:])
    weights = np.concatenate([weights[:, 0], np.ones_like(weights[:1, 0])])
    return np.asarray(np.einsum("cm,ncm->nm", weights, system))


def _solved(triangle: Array, right: Array) -> Array:
    """Solve the unit triangle for right-hand sides of shape ``(5, r, m)``."""
    solution = right.copy()
    for row in range(DEGREE - 2, -1, -1):
        for column in range(row + 1, DEGREE):
            solution[row] -= triangle[row, column] * solution[column]
    return solution


def _inverse(triangle: Array, pivots: Array) -> Array:
    """Return the inverse of the normal matrix, shape ``(5, 5, m)``."""
    count = triangle.shape[2]
    unit = _solved(triangle, np.repeat(np.eye(DEGREE)[:, :, None], count, axis=2))
    return np.asarray(np.einsum("ikm,km,jkm->ijm", unit, pivots, unit))
