"""The zone's baseline, forecast once."""

from __future__ import annotations

import pytest

from forecasting.outlook.judge import Baseline
from tests.forecasting.scenario.builders import zone_baseline


@pytest.fixture(scope="session")
def baseline() -> Baseline:
    return zone_baseline()
