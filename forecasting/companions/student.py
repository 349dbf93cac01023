"""A Student t fitted to errors: its location, scale and degrees of freedom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from forecasting.predictive import Array

FEWEST_FREEDOM = 3.0
"""So that there is a variance."""
SHAPE, RATE = 2.0, 0.1
"""Of the gamma prior of the degrees of freedom: they are 20 give or take as much as 14."""
MOST_STEPS = 200
TOLERANCE = 1e-8
"""Of the scale, from one step to the next, where the search ends."""


@dataclass(frozen=True, slots=True)
class Student:
    """Location, scale and degrees of freedom of a t distribution."""

    location: float
    scale: float
    freedom: float


def student(values: Array, counts: Array, most_freedom: float, least_scale: float) -> Student:
    """Fit a t by maximum likelihood, the degrees of freedom whole numbers under a prior.

    Parameters
    ----------
    values
        Shape ``(n,)``, one at least.
    counts
        Shape ``(n,)``: how many observations each counts for, none negative.
    most_freedom
        Degrees of freedom at most, ``FEWEST_FREEDOM`` at least.
    least_scale
        Positive; without it the likelihood of values that are mostly equal has no bound.

    References
    ----------
    Lange, K., Little, R. and Taylor, J. (1989), "Robust statistical modeling using the t
    distribution", *JASA* 84, 881-896. The search is the EM algorithm of Kent, J., Tyler, D. and
    Vardi, Y. (1994), "A curious likelihood identity for the multivariate t-distribution",
    *Communications in Statistics: Simulation and Computation* 23, 441-453. The prior is that of
    Juárez, M. and Steel, M. (2010), "Model-based clustering of non-Gaussian panel data based on
    skew-t distributions", *Journal of Business & Economic Statistics* 28, 52-66.
    """
    freedom = np.arange(FEWEST_FREEDOM, max(most_freedom, FEWEST_FREEDOM) + 1)[:, None]
    location = np.full((len(freedom), 1), counts @ values / counts.sum())
    deviation = np.sqrt(counts @ (values - location[0]) ** 2 / counts.sum())
    scale = np.full((len(freedom), 1), max(float(deviation), least_scale))
    for _ in range(MOST_STEPS):
        heeded = counts * (freedom + 1) / (freedom + ((values - location) / scale) ** 2)
        total = heeded.sum(axis=1, keepdims=True)
        location = (heeded * values).sum(axis=1, keepdims=True) / total
        square = (heeded * (values - location) ** 2).sum(axis=1, keepdims=True) / total
        before, scale = scale, np.maximum(np.sqrt(square), least_scale)
        if (np.abs(scale - before) <= TOLERANCE * before).all():
            break
    surprise = (freedom + 1) / 2 * np.log1p(((values - location) / scale) ** 2 / freedom)
    constant = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - np.log(freedom) / 2
    likelihood = ((constant - np.log(scale) - surprise) * counts).sum(axis=1)
    prior = (SHAPE - 1) * np.log(freedom[:, 0]) - RATE * freedom[:, 0]
    best = int(np.argmax(likelihood + prior))
    return Student(float(location[best, 0]), float(scale[best, 0]), float(freedom[best, 0]))
