"""The density of a full year's growth, from the seven quantiles that an outlook keeps."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from forecasting.arrays import Array
from forecasting.outlook.quantiles import QUANTILE_LEVELS, Quantiles

REACH = 2.7
"""Standard scores to which the curve is drawn: 99.3% of the outcomes."""
POINTS = 61

_NORMAL = NormalDist()
_SCORES = np.array([_NORMAL.inv_cdf(level) for level in QUANTILE_LEVELS])


def density(quantiles: Quantiles) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return values and the density there, its peak at 1; both empty where all are one value.

    Parameters
    ----------
    quantiles
        At ``QUANTILE_LEVELS``, ascending.

    Returns
    -------
    tuple of tuples
        Shape ``(n,)`` each; the values ascend.

    Notes
    -----
    The quantile function is interpolated over normal scores by a monotone cubic (Fritsch and
    Butland 1984: the derivative at a knot is the harmonic mean of the slopes beside it), so that
    normal quantiles give the normal curve, and skewed ones a skewed one. Beyond the outer
    quantiles it goes on straight.
    """
    known = np.array(quantiles)
    slopes = np.diff(known) / np.diff(_SCORES)
    if not (slopes > 0).all():
        return (), ()
    knots = np.array([slopes[0], *(2 / (1 / slopes[:-1] + 1 / slopes[1:])), slopes[-1]])
    scores = np.linspace(-REACH, REACH, POINTS)
    values, slope = _cubic(known, slopes, knots, scores)
    height = np.exp(-0.5 * scores**2) / slope
    height /= height.max()
    return tuple(values.tolist()), tuple(height.tolist())


def _cubic(known: Array, slopes: Array, knots: Array, at: Array) -> tuple[Array, Array]:
    """Return the Hermite cubic through ``known`` and its derivative; straight beyond the ends."""
    piece = np.clip(np.searchsorted(_SCORES, at, side="right") - 1, 0, len(slopes) - 1)
    width = np.diff(_SCORES)[piece]
    inside = np.clip(at, _SCORES[0], _SCORES[-1])
    u = (inside - _SCORES[piece]) / width
    left, right, slope = knots[piece], knots[piece + 1], slopes[piece]
    square = (3 * slope - 2 * left - right) / width
    cube = (left + right - 2 * slope) / width**2
    step = u * width
    values = known[piece] + step * (left + step * (square + step * cube))
    derivative = left + step * (2 * square + 3 * step * cube)
    return values + (at - inside) * derivative, derivative
