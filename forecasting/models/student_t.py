"""A Student t fitted to errors: its location, scale and degrees of freedom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from forecasting.arrays import Array

LEAST_FREEDOM = 3.0
"""Whole degrees of freedom at least that a t with a variance has."""
SHAPE, RATE = 2.0, 0.1
"""Of the gamma prior of the degrees of freedom: they are 20 give or take as much as 14."""
MOST_STEPS = 200
TOLERANCE = 1e-8
"""In units of the scale, of what a step moves location and scale by where the search ends."""


@dataclass(frozen=True, slots=True)
class StudentT:
    """Location, scale and degrees of freedom of a t distribution."""

    location: float
    scale: float
    freedom: float


def fit_student_t(
    values: Array, counts: Array, most_freedom: float, least_scale: float
) -> StudentT:
    """Fit a t by maximum likelihood, the degrees of freedom whole numbers under a prior.

    Parameters
    ----------
    values
        Shape ``(n,)``, finite, one at least.
    counts
        Shape ``(n,)``: how many observations each counts for; none negative, one positive.
    most_freedom
        Degrees of freedom at most, ``LEAST_FREEDOM`` at least.
    least_scale
        Positive; without it the likelihood of values that are mostly equal has no bound.

    References
    ----------
    Lange, K., Little, R. and Taylor, J. (1989), "Robust statistical modeling using the t
    distribution", *JASA* 84, 881-896. The prior is that of Juárez, M. and Steel, M. (2010),
    "Model-based clustering of non-Gaussian panel data based on skew-t distributions", *Journal
    of Business & Economic Statistics* 28, 52-66.
    """
    freedom = np.arange(LEAST_FREEDOM, max(np.floor(most_freedom), LEAST_FREEDOM) + 1)
    location, scale = _highest(values, counts, freedom, least_scale)
    far = ((values - location[:, None]) / scale[:, None]) ** 2
    constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - np.log(freedom) / 2
    likelihood = (constant - np.log(scale)) * counts.sum()
    likelihood -= (freedom + 1) / 2 * (np.log1p(far / freedom[:, None]) @ counts)
    prior = (SHAPE - 1) * np.log(freedom) - RATE * freedom
    best = int(np.argmax(likelihood + prior))
    return StudentT(float(location[best]), float(scale[best]), float(freedom[best]))


def _highest(
    values: Array, counts: Array, freedom: Array, least_scale: float
) -> tuple[Array, Array]:
    """Return location and scale of the highest likelihood for each degrees of freedom.

    There is one maximum where the scale is free (Kent and Tyler 1991), and no step goes down.

    References
    ----------
    Kent, J., Tyler, D. and Vardi, Y. (1994), "A curious likelihood identity for the multivariate
    t-distribution", *Communications in Statistics: Simulation and Computation* 23, 441-453.
    Kent, J. and Tyler, D. (1991), "Redescending M-estimates of multivariate location and
    scatter", *Annals of Statistics* 19, 2102-2119.
    """
    start = counts @ values / counts.sum()
    deviation = np.sqrt(counts @ (values - start) ** 2 / counts.sum())
    location = np.full(len(freedom), start)
    scale = np.full(len(freedom), max(deviation, least_scale))
    for _ in range(MOST_STEPS):
        far = ((values - location[:, None]) / scale[:, None]) ** 2
        weight = counts / (freedom[:, None] + far)
        total = weight.sum(axis=1)
        moved = weight @ values / total
        square = (weight * (values - moved[:, None]) ** 2).sum(axis=1) / total
        widened = np.maximum(np.sqrt(square), least_scale)
        step = np.maximum(np.abs(moved - location), np.abs(widened - scale))
        location, scale = moved, widened
        if (step <= TOLERANCE * scale).all():
            break
    return location, scale
