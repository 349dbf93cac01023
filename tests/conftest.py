"""Settings that hold for every test."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Sequence

import pytest
from hypothesis import HealthCheck, settings

from forecasting.history.log_levels import LogLevels
from forecasting.models import pool
from forecasting.models.pool import ModelForecasts, forecast_by_models
from forecasting.models.runtime import use_one_thread

# A busy machine is no defect: nothing here is a timed test. Continuous integration draws the
# same examples every time; elsewhere each run tries new ones.
settings.register_profile(
    "zone-outlook",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("zone-outlook")

use_one_thread()

_MOST_FORECASTS = 2_000
_forecasts: dict[tuple[bytes, int], ModelForecasts] = {}


def _remembered(batch: Sequence[LogLevels], horizon: int) -> list[ModelForecasts]:
    """Forecast a batch of series by every model, each series once for all tests of a process.

    The seeds are forecast by hundreds of tests. What a model says hangs on the series alone,
    which ``tests/forecasting/models`` look at without this.
    """
    keys = [(series.content(), horizon) for series in batch]
    new = {key: one for key, one in zip(keys, batch, strict=True) if key not in _forecasts}
    made = dict(zip(new, forecast_by_models(list(new.values()), horizon), strict=True))
    forecasts = [_forecasts[key] if key in _forecasts else made[key] for key in keys]
    if len(_forecasts) + len(made) > _MOST_FORECASTS:
        _forecasts.clear()
    _forecasts.update(made)
    return forecasts


pool.forecast_by_models = _remembered


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector away from modules and tests, which last to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
