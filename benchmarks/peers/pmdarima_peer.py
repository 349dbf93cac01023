"""Forecasts of pmdarima's ``auto_arima``, with its defaults."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.exchange import COLUMNS, Forecaster, History, Row, serve

SEASON = 4
ALPHAS = (0.20, 0.05)


def load(name: str) -> tuple[Forecaster, str]:
    """Import the package and return the forecaster."""
    import numpy as np
    from pmdarima import auto_arima

    if name != "arima":
        raise ValueError(f"no method {name}")

    def forecast(history: History, horizon: int) -> list[Row]:
        try:
            model = auto_arima(np.array(history), m=SEASON, error_action="ignore")
            points, inner = model.predict(horizon, return_conf_int=True, alpha=ALPHAS[0])
            _, outer = model.predict(horizon, return_conf_int=True, alpha=ALPHAS[1])
        except Exception:  # whatever a peer raises is a forecast it did not make
            return [(float("nan"),) * (len(COLUMNS) - 2)] * horizon
        return [tuple(map(float, row)) for row in np.column_stack([points, inner, outer])]

    def forecaster(batch: Sequence[History], horizon: int) -> list[list[Row]]:
        return [forecast(history, horizon) for history in batch]

    versions = ", ".join(f"{name} {version(name)}" for name in ("pmdarima", "statsmodels"))
    return forecaster, f"{versions}, numpy {version('numpy')}"


if __name__ == "__main__":
    serve(load)
