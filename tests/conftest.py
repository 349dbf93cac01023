"""Settings that hold for every test."""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

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

_MEMORY = Path("/dev/shm")
_WRITTEN = 4 * 2**30
"""Bytes that a run of all tests may write, several times what it does."""


def _may_hold_the_tests(folder: Path) -> bool:
    """Whether a folder has room, and lets programs run: some tests write one."""
    if not folder.is_dir():
        return False
    system = os.statvfs(folder)
    return system.f_bavail * system.f_frsize > _WRITTEN and not system.f_flag & os.ST_NOEXEC


if "TMPDIR" not in os.environ and _may_hold_the_tests(_MEMORY):
    # Each commit is flushed to the disk, for which the tests would wait a tenth of their time.
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)

_MOST_FORECASTS = 2_000
_forecasts: dict[tuple[bytes, int], ModelForecasts] = {}
_file = ""
"""Whose tests are running."""
_folders: list[Path] = []
"""Where the processes of this run keep what they forecast; none of a single process."""


def _remembered(batch: Sequence[LogLevels], horizon: int) -> list[ModelForecasts]:
    """Forecast a batch of series by every model, each series once for all tests of a process.

    The seeds are forecast by hundreds of tests. What a model says hangs on the series alone,
    which ``tests/forecasting/models`` look at without this.
    """
    keys = [(series.content(), horizon) for series in batch]
    new = {key: one for key, one in zip(keys, batch, strict=True) if key not in _forecasts}
    made = {key: found for key in new if (found := _from_another(key)) is not None}
    left = {key: one for key, one in new.items() if key not in made}
    for key, one in zip(left, forecast_by_models(list(left.values()), horizon), strict=True):
        made[key] = one
        _for_others(key, one)
    forecasts = [_forecasts[key] if key in _forecasts else made[key] for key in keys]
    if len(_forecasts) + len(made) > _MOST_FORECASTS:
        _forecasts.clear()
    _forecasts.update(made)
    return forecasts


pool.forecast_by_models = _remembered


@pytest.fixture(scope="session")
def folder_of_all_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the processes of one run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def forecasts_of_all_processes(folder_of_all_processes: Path) -> None:
    """Have the processes of one run of the tests forecast each series once among them."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _folders.append(folder_of_all_processes / "forecasts")
        _folders[0].mkdir(exist_ok=True)


def _from_another(key: tuple[bytes, int]) -> ModelForecasts | None:
    for folder in _folders:
        with suppress(FileNotFoundError):
            found: ModelForecasts = pickle.loads((folder / _name(key)).read_bytes())
            return found
    return None


def _for_others(key: tuple[bytes, int], made: ModelForecasts) -> None:
    for folder in _folders:
        file = folder / f"{os.getpid()}-{threading.get_ident()}"
        file.write_bytes(pickle.dumps(made))
        file.replace(folder / _name(key))


def _name(key: tuple[bytes, int]) -> str:
    return f"{sha256(key[0]).hexdigest()}-{key[1]}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector away from modules and tests, which last to the end.

    What tests keep lasts, too: looked through as often as Python does, it took a sixth of their
    time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        gc.enable()


def pytest_runtest_logstart(nodeid: str) -> None:
    """Keep the garbage collector away from what the tests of a file leave in caches, too."""
    global _file
    if (file := nodeid.partition("::")[0]) != _file:
        _file = file
        gc.collect(1)
        gc.freeze()
