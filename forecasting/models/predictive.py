"""Forecasts of one model, and the mixture of them that paths are drawn from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.period import Quarter

ROUNDING_OF_GROWTH = 3e-4
"""Least standard deviation of one-step errors: rounding to 0.1 alone puts it on a quarter."""


class OutlierKind(StrEnum):
    """What happened to the level: one quarter of it, all from then on, or another definition."""

    ADDITIVE = "additive"
    LEVEL_SHIFT = "level_shift"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A quarter found to be an outlier; ``size`` is its effect on the level in percent."""

    quarter: Quarter
    kind: OutlierKind
    size: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """An estimated parameter in the notation of the model."""

    name: str
    value: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What a page shows of a model.

    Attributes
    ----------
    method
        ``sarima``, ``ets``, ``theta``, ``persistence`` or ``naive``.
    order, seasonal_order
        (p, d, q) and (P, D, Q) of the first candidate; None for other members than ARIMA.
    observations
        Single-quarter figures it was estimated on.
    residuals
        One-step errors in units of their standard deviation, by quarter; of the first member
        of a predictive alone.
    candidates
        The models averaged in the member, the heaviest first; what is reported besides is of
        the first.
    """

    method: str
    order: tuple[int, int, int] | None
    seasonal_order: tuple[int, int, int] | None
    parameters: tuple[Parameter, ...]
    outliers: tuple[Outlier, ...]
    observations: int
    residuals: tuple[tuple[Quarter, float], ...]
    candidates: tuple[Candidate, ...] = ()

    @classmethod
    def of(cls, method: str, observations: int, *candidates: Candidate) -> ModelReport:
        """Return the report of a model without orders, parameters and residuals to show."""
        return cls(method, None, None, (), (), observations, (), candidates)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that was averaged; ``name`` in the notation of the field, ``weight`` from 0 to 1."""

    name: str
    weight: float


class FixedModel(Protocol):
    """A model of a series with everything that was estimated held fixed."""

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
class ModelForecast:
    """One model's joint forecast of the stretch of a series that is modelled.

    Attributes
    ----------
    mean
        Shape ``(h,)``: entry 0 is the row after the last.
    covariance
        Shape ``(h, h)``: scale matrix of a multivariate t.
    degrees_of_freedom
        Of the t.
    report
        What a page shows of the model.
    fixed
        What was estimated, to be applied to other values; None where that takes the series.
    """

    mean: Array
    covariance: Array
    degrees_of_freedom: float
    report: ModelReport
    fixed: FixedModel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One model's part of a predictive distribution of future log levels.

    Attributes
    ----------
    weight
        Probability that a path is drawn from this member.
    mean
        Shape ``(h,)``: expected log level; entry 0 is the quarter after the origin.
    covariance
        Shape ``(h, h)``: scale matrix of the multivariate t, entries as in ``mean``.
    degrees_of_freedom
        Of the t distribution; infinite for a Gaussian member.
    report
        What a page shows of it; its residuals serve the correlation across indicators.
    """

    weight: float
    mean: Array
    covariance: Array
    degrees_of_freedom: float
    report: ModelReport

    def __post_init__(self) -> None:
        if self.covariance.shape != (len(self.mean), len(self.mean)):
            raise ValueError("covariance must be square and as long as mean")
        if not (np.isfinite(self.mean).all() and np.isfinite(self.covariance).all()):
            raise ValueError("a member's mean and covariance must be finite")


@dataclass(frozen=True, slots=True, eq=False)
class Predictive:
    """The joint distribution of one indicator's future log levels: a mixture of members.

    Attributes
    ----------
    origin
        The last observed quarter; entry 0 of each member is ``origin + 1``.
    members
        Where there is an ARIMA member it is the first.
    learned
        Residuals that the correlation across indicators is estimated from, where these are not
        those of the figures: parameters are held that were estimated on others.
    """

    origin: Quarter
    members: tuple[Member, ...]
    learned: tuple[tuple[Quarter, float], ...] | None = None

    def __post_init__(self) -> None:
        if abs(math.fsum(member.weight for member in self.members) - 1) > 1e-9:
            raise ValueError("the weights of the members must sum to one")

    @property
    def model(self) -> Member:
        """The first member: the one whose report and residuals stand for the indicator."""
        return self.members[0]

    @property
    def shocks(self) -> tuple[tuple[Quarter, float], ...]:
        """Residuals that the correlation across indicators is estimated from."""
        return self.model.report.residuals if self.learned is None else self.learned
