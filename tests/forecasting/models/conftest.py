"""The models themselves, which remember nothing between tests."""

from __future__ import annotations

import pytest

from forecasting.models import pool
from forecasting.models.pool import forecast_by_models


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every series forecast whenever it is asked for."""
    monkeypatch.setattr(pool, "forecast_by_models", forecast_by_models)
