"""The candidate that stands for an averaged ARIMA."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.arrays import Array


@dataclass(frozen=True, slots=True, eq=False)
class Leading:
    """The heaviest candidate of one series.

    Attributes
    ----------
    candidate
        (p, q, P, Q).
    free, free_covariance
        Its parameters, and their covariance.
    coefficients, coefficient_covariance
        Of its regressors and, last, its mean.
    """

    candidate: tuple[int, int, int, int]
    free: Array
    free_covariance: Array
    coefficients: Array
    coefficient_covariance: Array
