"""The soak runs beside all other tests, as most of its two minutes is waiting.

It is a process of its own, which the first process of tests starts before its first test. The test
that looks at what came of it is the last of all.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.deploy.soak import RESULT
from tests.server import ROOT

_AWAITED = 900.0
_SOAK = """
import sys
from pathlib import Path
from tests.deploy.soak import soak_for_tests
soak_for_tests(Path(sys.argv[1]))
"""
_FOLDER = pytest.StashKey[Path]()
_PROCESS = pytest.StashKey[subprocess.Popen[bytes]]()


def _is_soak(item: pytest.Item) -> bool:
    return "soaked" in getattr(item, "fixturenames", ())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the test that waits for the soak behind all others."""
    items.sort(key=_is_soak)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the soak if it is among the tests to be run."""
    config = session.config
    if config.option.collectonly or not any(map(_is_soak, session.items)):
        return
    config.stash[_FOLDER] = folder = _folder(config)
    if getattr(config, "workerinput", {"workerid": "gw0"})["workerid"] == "gw0":
        folder.mkdir()
        with (folder / "log").open("wb") as log:
            config.stash[_PROCESS] = subprocess.Popen(
                [sys.executable, "-c", _SOAK, folder], cwd=ROOT, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip


def _folder(config: pytest.Config) -> Path:
    """Return where the soak writes; processes of one run of tests agree on it."""
    run = getattr(config, "workerinput", {}).get("testrunuid") or uuid4().hex
    return Path(tempfile.gettempdir(), f"zone-outlook-soak-{run}")


@pytest.fixture(scope="session")
def soaked(pytestconfig: pytest.Config) -> Iterator[dict[str, Any]]:
    """Wait for the soak, and give what came of it."""
    folder = pytestconfig.stash[_FOLDER]
    end = time.monotonic() + _AWAITED
    while not (folder / RESULT).exists():
        if time.monotonic() > end:
            pytest.fail(f"the soak does not end:\n{(folder / 'log').read_text()}")
        time.sleep(0.5)
    yield json.loads((folder / RESULT).read_text(encoding="utf-8"))
    shutil.rmtree(folder)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Await the soak, which another process of tests may look at, or end it with the tests."""
    process = session.config.stash.get(_PROCESS, None)
    if process is None:
        return
    stopped = session.shouldstop or session.shouldfail
    if stopped or session.exitstatus == pytest.ExitCode.INTERRUPTED:
        process.terminate()
        process.wait(_AWAITED)
        shutil.rmtree(session.config.stash[_FOLDER], ignore_errors=True)
    process.wait(_AWAITED)
