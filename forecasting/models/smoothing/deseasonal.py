"""Additive seasonal adjustment by moving averages, where the season is significant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON
from forecasting.models.least_squares import sum_rows

CRITICAL = 2.705543454095404
"""The 90% point of chi-squared with one degree of freedom."""
FEWEST = 2 * SEASON
"""Rows that a season is estimated from."""
_HALF = SEASON // 2


def seasons(values: Array, last: NDArray[np.intp], wanted: NDArray[np.bool_]) -> Array:
    """Return the season of each quarter, in rows counted from the first, shape ``(4, m)``.

    It is the mean deviation from a centred moving average of a year; 0 where it is not wanted or
    the autocorrelation at lag 4 is not significant.

    Parameters
    ----------
    values
        Shape ``(n, m)``, gaps bridged; rows after ``last`` do not count.
    last
        Shape ``(m,)``: the row of the last figure.
    wanted
        Shape ``(m,)``.

    References
    ----------
    Assimakopoulos, V., Nikolopoulos, K. (2000), "The theta model: a decomposition approach to
    forecasting", *International Journal of Forecasting* 16. The test is that of statsmodels'
    ``ThetaModel``.
    """
    row = np.arange(len(values))[:, None]
    deviation = np.zeros_like(values)
    inner = values[_HALF:-_HALF]
    around = (values[: -2 * _HALF] + values[2 * _HALF :]) / 2
    for shift in range(1 - _HALF, _HALF):
        around = around + values[_HALF + shift : len(values) - _HALF + shift]
    deviation[_HALF:-_HALF] = inner - around / SEASON
    counts = (row >= _HALF) & (row <= last - _HALF)
    deviation *= counts
    quarters = range(SEASON)
    means = np.array(
        [
            sum_rows(deviation[quarter::SEASON])
            / np.maximum(counts[quarter::SEASON].sum(axis=0), 1)
            for quarter in quarters
        ]
    )
    found = wanted & (last + 1 >= FEWEST) & _significant(values, last)
    return np.asarray((means - sum_rows(means) / SEASON) * found)


def _significant(values: Array, last: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Test the autocorrelation at lag 4 against the earlier ones (Bartlett's variance)."""
    within = np.arange(len(values))[:, None] <= last
    centred = (values - sum_rows(values * within) / (last + 1)) * within
    products = [
        sum_rows(centred[lag:] * centred[: len(centred) - lag]) for lag in range(SEASON + 1)
    ]
    squares = [product * product for product in products]
    return np.asarray(
        (last + 1) * squares[SEASON] > CRITICAL * sum_rows(np.array(squares[:SEASON]))
    )
