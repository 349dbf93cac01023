"""Scores of probabilities: lower is better, and zero is perfect; a score has no unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from forecasting.arrays import Array

SHOCK_YEARS = (2020, 2021)
"""Scored apart: no forecast made before them could know, and two years would drown the rest."""


def brier_score(probabilities: ArrayLike, outcomes: ArrayLike) -> Array:
    """Return the squared error of each probability.

    Parameters
    ----------
    probabilities, outcomes
        Shape ``(n,)``; an outcome is 1 where the event came and 0 where it did not.

    References
    ----------
    Brier, G. W. (1950), "Verification of forecasts expressed in terms of probability",
    *Monthly Weather Review* 78, 1-3.
    """
    return np.asarray((np.asarray(probabilities) - np.asarray(outcomes, dtype=float)) ** 2)


def skill(score: float, reference: float) -> float | None:
    """Return the gain on a reference, ``1 - score / reference``; None where that is perfect.

    References
    ----------
    Murphy, A. H. (1988), "Skill scores based on the mean square error and their relationships
    to the correlation coefficient", *Monthly Weather Review* 116, 2417-2424.
    """
    return 1 - score / reference if reference > 0 else None


@dataclass(frozen=True, slots=True)
class BrierScores:
    """Mean Brier scores of three forecasts on the same cases.

    Attributes
    ----------
    count
        How many cases.
    issued, simple, frequency
        Of the probabilities issued, of persistence and of the historical frequency.
    """

    count: int
    issued: float
    simple: float
    frequency: float

    @property
    def on_simple(self) -> float | None:
        """Skill against persistence."""
        return skill(self.issued, self.simple)

    @property
    def on_frequency(self) -> float | None:
        """Skill against the historical frequency."""
        return skill(self.issued, self.frequency)
