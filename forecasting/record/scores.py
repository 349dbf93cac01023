"""Scores of probabilities: lower is better, and zero is perfect; a score has no unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from forecasting.arrays import Array


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
