"""The app as a process of its own, on a free port and a database in a folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest

from data.store.seed import ensure_ready
from data.store.store import Store
from tests.warm_server import ROOT, Copy, run_streamlit
from ui.frame import store as links_store
from ui.frame.cache import VintageView

STARTING = 120.0
VISITED = ("CN", "SAMPLE")
"""Areas whose forecasts a fresh store of a test holds, so that each test need not wait for them."""


class Server:
    """A server that can be killed and started again at the same address and database.

    Unless it is ``cold``, or for an office, it is a copy of a process that is warm already.
    """

    def __init__(
        self,
        folder: Path,
        script: str = "serve.py",
        *,
        base: str = "",
        options: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
        for_an_office: bool = False,
        links_alone: bool = False,
        cold: bool = False,
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}{base}"
        self.log = folder / "log"
        self._environ = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/outlook.sqlite3"}
        self._environ |= environ or {}
        run = [] if for_an_office or links_alone else ["-m", "streamlit", "run"]
        self._command = [sys.executable, *run, script, *(["links"] if links_alone else [])]
        self._warm = bool(run) and not cold
        self._answers = "ready" if links_alone else "_stcore/health"
        self._command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
        self._command += ["--server.baseUrlPath", base, *options]

    def start(self, root: Path = ROOT, *, fresh: bool = True) -> None:
        """Start it from a folder, and wait until it answers.

        Where there is no database, one is made before, unless the server is not ``fresh``.
        """
        if fresh:
            self.make_store()
        self._process = self._copied() if self._warm and root == ROOT else self._begun(root)
        try:
            _wait(f"{self.address}/{self._answers}", self._process, self.log)
        except BaseException:  # pytest fails by one
            self._process.kill()
            self._process.wait()
            raise

    def _copied(self) -> Copy:
        return run_streamlit(self._command[3:], self._environ, self.log)

    def _begun(self, root: Path) -> subprocess.Popen[bytes]:
        with self.log.open("a") as log:
            return subprocess.Popen(
                self._command, cwd=root, env=self._environ, stdout=log, stderr=log
            )

    def make_store(self) -> None:
        """Make the database where there is none."""
        url = self._environ["DATABASE_URL"]
        file = Path(url.removeprefix("sqlite:///"))
        if url.startswith("sqlite:///") and not file.exists():
            write_fresh_store(file)
            return
        with closing(Store.open(url)) as store:
            ensure_ready(store, ROOT / "seeds")

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    def kill(self, number: signal.Signals) -> None:
        """Send a signal and wait until the process has ended."""
        self._process.send_signal(number)
        self._process.wait(20)


@contextmanager
def restartable(
    folder: Path,
    script: str = "serve.py",
    *,
    base: str = "",
    options: Sequence[str] = (),
    cold: bool = False,
) -> Iterator[Server]:
    """Serve the app on the database of a folder, made where there is none, below a prefix."""
    server = Server(folder, script, base=base, options=options, cold=cold)
    try:
        server.start()
        yield server
    finally:
        server.kill(signal.SIGTERM)


@contextmanager
def serving(
    folder: Path,
    script: str = "serve.py",
    *,
    base: str = "",
    options: Sequence[str] = (),
    cold: bool = False,
) -> Iterator[str]:
    """Serve the same, and give its address."""
    with restartable(folder, script, base=base, options=options, cold=cold) as server:
        yield server.address


def write_fresh_store(file: Path) -> None:
    """Write the database of a store after a first start, which nobody else may read."""
    file.write_bytes(_fresh_store())
    file.chmod(0o600)


@lru_cache(1)
def _fresh_store() -> bytes:
    """Return a fresh store whose first visitors were there: what they waited for is kept."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "outlook.sqlite3"
        with closing(Store.open(f"sqlite:///{file}")) as store:
            ensure_ready(store, ROOT / "seeds")
            vintage = store.latest_vintage()
        visit(f"sqlite:///{file}", vintage)
        assert not file.with_name(f"{file.name}-wal").exists()
        return file.read_bytes()


def visit(database: str, vintage: int, *, records: bool = False) -> None:
    """Let the models say of a store what pages of outlooks, and of track records, wait for."""
    with patch.dict(os.environ, {"DATABASE_URL": database}):
        view = VintageView(database, vintage)
        for area in VISITED:
            view.outlook(area, view.target_year(area), None, None)
            for year in view.track_years(area) if records else ():
                view.cases(area, year, None)
    links_store.store_at(database).close()


def _wait(url: str, process: subprocess.Popen[bytes] | Copy, log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
