"""What every model says of the future of a modelled series, before members are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.predictive import Array, Candidate

__all__ = ["Candidate", "Projection"]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The joint distribution of future values of one modelled series.

    Attributes
    ----------
    mean
        Shape ``(h,)``: entry 0 is the row after the last.
    covariance
        Shape ``(h, h)``: scale matrix of a multivariate t.
    degrees_of_freedom
        Of the t.
    errors
        Shape ``(n,)``: one-step errors in units of their standard deviation, by row of the
        series; NaN where there is none.
    candidates
        The models averaged, the heaviest first.
    """

    mean: Array
    covariance: Array
    degrees_of_freedom: float
    errors: Array
    candidates: tuple[Candidate, ...]
