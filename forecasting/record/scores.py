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


def log_score(probabilities: ArrayLike, outcomes: ArrayLike, *, clip: float = 0.0) -> Array:
    """Return minus the logarithm of the probability given to what came.

    Parameters
    ----------
    probabilities, outcomes
        As for ``brier_score``.
    clip
        Probabilities are held within ``clip`` and ``1 - clip`` first; without it, certainty
        that was wrong scores infinity.

    References
    ----------
    Good, I. J. (1952), "Rational decisions", *Journal of the Royal Statistical Society B* 14.
    """
    held = np.clip(np.asarray(probabilities, dtype=float), clip, 1 - clip)
    given = np.where(np.asarray(outcomes, dtype=bool), held, 1 - held)
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(given))
