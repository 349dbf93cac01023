"""Forecasts that cost nothing, against which the others are measured.

    python -m benchmarks.references naive2|seasonal_naive HORIZON HISTORIES FORECASTS

Intervals are those of a Gaussian random walk with the errors that the rule made in the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from benchmarks.exchange import Forecaster, History, Row, serve

Array = NDArray[np.float64]
SEASON = 4
DEVIATES = tuple(NormalDist().inv_cdf(level) for level in (0.5, 0.1, 0.9, 0.025, 0.975))
SEASONALITY_LEVEL = NormalDist().inv_cdf(0.95)


def seasonal_naive(history: Array, horizon: int) -> Array:
    """Return every row of the forecast "as in the same quarter of the last year"."""
    steps = np.arange(horizon)
    points = history[len(history) - SEASON + steps % SEASON]
    errors = history[SEASON:] - history[:-SEASON]
    return _with_intervals(points, errors, steps // SEASON + 1)


def naive2(history: Array, horizon: int) -> Array:
    """Return every row of the forecast "as in the last quarter, apart from the season".

    The season is multiplicative, and only taken out where ``is_seasonal`` finds one.

    References
    ----------
    Makridakis, S., Spiliotis, E. and Assimakopoulos, V. (2020), "The M4 Competition: 100,000
    time series and 61 forecasting methods", *International Journal of Forecasting* 36, section 2.
    """
    seasonal = seasonal_indices(history) if is_seasonal(history) else np.ones(SEASON)
    adjusted = history / seasonal[np.arange(len(history)) % SEASON]
    points = np.full(horizon, adjusted[-1])
    rows = _with_intervals(points, np.diff(adjusted), np.arange(1, horizon + 1))
    return rows * seasonal[(len(history) + np.arange(horizon)) % SEASON, None]


def is_seasonal(history: Array) -> bool:
    """Whether the autocorrelation at four quarters is significant at 10%.

    Under three years of figures it is not asked. The standard error is Bartlett's.
    """
    n = len(history)
    if n < 3 * SEASON:
        return False
    centred = history - history.mean()
    autocorrelations = np.array(
        [centred[lag:] @ centred[: n - lag] for lag in range(1, SEASON + 1)]
    ) / (centred @ centred)
    error = np.sqrt((1 + 2 * np.sum(autocorrelations[:-1] ** 2)) / n)
    return bool(abs(autocorrelations[-1]) > SEASONALITY_LEVEL * error)


def seasonal_indices(history: Array) -> Array:
    """Return what each quarter of the year is multiplied by, counted from row 1.

    The mean ratio to a centred moving average over a year, scaled to a mean of one.
    """
    kernel = np.array([0.5, 1, 1, 1, 0.5]) / SEASON
    margin = SEASON // 2
    ratios = history[margin:-margin] / np.convolve(history, kernel, mode="valid")
    quarters = np.arange(margin, len(history) - margin) % SEASON
    indices = np.array([ratios[quarters == quarter].mean() for quarter in range(SEASON)])
    return np.asarray(indices / indices.mean())


def _with_intervals(points: Array, errors: Array, shocks: Array) -> Array:
    scale = np.sqrt(np.mean(errors**2) * shocks)
    return np.asarray(points[:, None] + scale[:, None] * np.array(DEVIATES))


def load(name: str) -> tuple[Forecaster, str]:
    """Return the forecaster of a reference's name."""
    rule = {"naive2": naive2, "seasonal_naive": seasonal_naive}[name]

    def forecaster(batch: Sequence[History], horizon: int) -> list[list[Row]]:
        return [
            [tuple(map(float, row)) for row in rule(np.array(history), horizon)]
            for history in batch
        ]

    return forecaster, f"numpy {np.__version__}"


if __name__ == "__main__":
    serve(load)
