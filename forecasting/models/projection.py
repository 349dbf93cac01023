"""What every model says of the future of a modelled series, before members are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from forecasting.arrays import Array
from forecasting.models.predictive import Candidate

__all__ = ["Candidate", "Projection", "Rule"]

LEAST_FREEDOM = 3.0
"""Whole degrees of freedom at least that a t with a variance has."""


class Rule(Protocol):
    """A model of a series with everything that was estimated held."""

    def mean(self, values: Array, moved: int, horizon: int) -> Array:
        """Forecast other values, from their first known row; shape ``(h,)``.

        Parameters
        ----------
        values
            Shape ``(n,)``, NaN where missing; the first is not.
        moved
            By how many rows they begin after those that the model was estimated on.
        """


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
    rule
        What was estimated, to be applied to other values; None where that takes the series.
    """

    mean: Array
    covariance: Array
    degrees_of_freedom: float
    errors: Array
    candidates: tuple[Candidate, ...]
    rule: Rule | None = None

    @property
    def variance(self) -> Array:
        """Shape ``(h, h)``: variances and covariances of the t.

        Under ``LEAST_FREEDOM`` degrees of freedom those of that many, for there may be none.
        """
        freedom = max(self.degrees_of_freedom, LEAST_FREEDOM)
        return np.asarray(self.covariance / (1 - 2 / freedom))
