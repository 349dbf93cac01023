"""How shocks of the same quarter go together across indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.period import Quarter

LARGEST_RESIDUAL = 3.0
"""A standardised residual counts for no more than this, lest one shock make the correlation."""


def shock_correlation(residuals: Sequence[Mapping[Quarter, float]]) -> Array:
    """Estimate the correlation of shocks across indicators, shrunk towards none.

    Residuals are cut off at ``LARGEST_RESIDUAL`` and scaled to unit mean square; a quarter
    that an indicator lacks counts as zero, which shrinks pairs with little in common and keeps
    the matrix positive. The result is shrunk towards the identity by the intensity of Ledoit
    and Wolf.

    Parameters
    ----------
    residuals
        For each of n indicators, standardised one-step residuals by quarter.

    Returns
    -------
    ndarray
        Shape ``(n, n)``, positive definite, ones on the diagonal.

    References
    ----------
    Ledoit, O. and Wolf, M. (2004), "A well-conditioned estimator for large-dimensional
    covariance matrices", *Journal of Multivariate Analysis* 88, section 3.2.
    """
    n = len(residuals)
    quarters = sorted(set().union(*residuals)) if residuals else []
    if n < 2 or len(quarters) < 2:
        return np.eye(n)
    table = np.array([[series.get(quarter, 0.0) for series in residuals] for quarter in quarters])
    table = np.clip(table, -LARGEST_RESIDUAL, LARGEST_RESIDUAL)
    size = np.sqrt(np.mean(table**2, axis=0))
    table = table / np.where(size > 0, size, 1.0)
    sample = table.T @ table / len(quarters)
    np.fill_diagonal(sample, 1.0)
    intensity = _ledoit_wolf_intensity(table, sample)
    return np.asarray((1 - intensity) * sample + intensity * np.eye(n))


def _ledoit_wolf_intensity(table: Array, sample: Array) -> float:
    """Return the weight of the identity, from 0 to 1: their b^2 / d^2 with the mean known."""
    n = len(sample)
    distance = float(np.sum((sample - np.eye(n)) ** 2)) / n
    if distance <= 1e-12:
        return 1.0
    spread = sum(float(np.sum((np.outer(row, row) - sample) ** 2)) / n for row in table)
    return min(1.0, spread / len(table) ** 2 / distance)
