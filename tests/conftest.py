"""Settings that hold for every test."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector away from modules and tests, which last to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
