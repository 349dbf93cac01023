"""Conditional errors of seasonal ARMA models: cheap, and close enough to begin a search from.

Nothing before the first row is known, so what the models say of it is taken for zero (Box and
Jenkins 1976, *Time Series Analysis*, section 7.1.2). The exact likelihood has the last word.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON
from forecasting.models.arima.design import Stack
from forecasting.models.arima.likelihood import Models, cleared
from forecasting.models.arima.polynomials import natural_parameters


def conditional_errors(stack: Stack, models: Models, which: NDArray[np.intp], free: Array) -> Array:
    """Return errors of the data cleared of the other columns, shape ``(n, m)``."""
    series = models.series[which]
    factors = natural_parameters(models.spread(which, free))
    columns, known = stack.seen_by(series)
    columns = _without_past(columns, factors[0], factors[1], factors[4])
    errors = _without_errors(columns, factors[2], factors[3], factors[5])
    errors *= known[:, None]
    return cleared(errors)[0]


def _without_past(columns: Array, first: Array, second: Array, seasonal: Array) -> Array:
    """Apply the autoregressive polynomials."""
    whole = columns.copy()
    if seasonal.any():
        whole[SEASON:] -= seasonal * columns[:-SEASON]
    if first.any() or second.any():
        past = first * whole[:-1]
        if second.any():
            past[1:] += second * whole[:-2]
        whole[1:] -= past
    return whole


def _without_errors(columns: Array, first: Array, second: Array, seasonal: Array) -> Array:
    """Invert the moving-average polynomials, in place."""
    if seasonal.any():
        for row in range(SEASON, len(columns), SEASON):
            rows = columns[row : row + SEASON]
            rows -= seasonal * columns[row - SEASON : row - SEASON + len(rows)]
    if first.any() or second.any():
        columns[1] -= first * columns[0]
        for row in range(2, len(columns)):
            columns[row] -= first * columns[row - 1]
            columns[row] -= second * columns[row - 2]
    return columns
