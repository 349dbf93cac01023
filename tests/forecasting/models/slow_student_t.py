"""A t fitted the slow way: its posterior written down by scipy and searched without gradients."""

import numpy as np
from scipy.optimize import minimize
from scipy.stats import gamma
from scipy.stats import t as student

from forecasting.arrays import Array

Law = tuple[float, float, float]
"""Location, scale and degrees of freedom."""


def log_posterior(values: Array, counts: Array, law: Law) -> float:
    """Likelihood, each value counted as often as told, and the prior of Juárez and Steel."""
    location, scale, freedom = law
    told = counts @ student.logpdf(values, freedom, location, scale)
    return float(told + gamma.logpdf(freedom, 2, scale=10))


def slow_student(values: Array, counts: Array, most_freedom: float, least_scale: float) -> Law:
    """Search location and scale at 3, 4, ... degrees of freedom, from two starts each."""
    found = []
    mean = float(np.average(values, weights=counts))
    middle = float(np.median(values))
    starts = [
        (mean, float(np.sqrt(np.average((values - mean) ** 2, weights=counts)))),
        (middle, float(np.median(np.abs(values - middle)))),
    ]
    for freedom in range(3, int(most_freedom) + 1):
        for location, scale in starts:

            def law(point: Array, freedom: float = freedom) -> Law:
                return float(point[0]), max(float(np.exp(point[1])), least_scale), freedom

            best = minimize(
                lambda point, law=law: -log_posterior(values, counts, law(point)),
                (location, np.log(max(scale, least_scale))),
                method="Nelder-Mead",
                options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 2000},
            )
            found.append((-best.fun, law(best.x)))
    return max(found)[1]
