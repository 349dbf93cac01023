"""Forecasts of statsforecast: ``arima``, or ``mean`` of ARIMA, ETS and optimised theta.

The models are called one series at a time without the data frames around them, which is the
fastest way the package offers on one thread. The mean is that of points and interval ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.exchange import COLUMNS, Forecaster, History, Row, serve

SEASON = 4
LEVELS = [80, 95]
NAMES = ("mean", "lo-80", "hi-80", "lo-95", "hi-95")


def load(name: str) -> tuple[Forecaster, str]:
    """Import the package and return the forecaster."""
    import numpy as np
    from statsforecast.models import AutoARIMA, AutoETS, DynamicOptimizedTheta

    kinds = {"arima": (AutoARIMA,), "mean": (AutoARIMA, AutoETS, DynamicOptimizedTheta)}[name]

    def forecast(history: History, horizon: int) -> list[Row]:
        values = np.array(history)
        try:
            members = [
                kind(season_length=SEASON).forecast(y=values, h=horizon, level=LEVELS)
                for kind in kinds
            ]
        except Exception:  # whatever a peer raises is a forecast it did not make
            return [(float("nan"),) * (len(COLUMNS) - 2)] * horizon
        means = np.mean([[member[name] for name in NAMES] for member in members], axis=0)
        return [tuple(map(float, row)) for row in means.T]

    def forecaster(batch: Sequence[History], horizon: int) -> list[list[Row]]:
        return [forecast(history, horizon) for history in batch]

    return forecaster, f"statsforecast {version('statsforecast')}, numpy {version('numpy')}"


if __name__ == "__main__":
    serve(load)
