"""A real server on a free port, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
STARTING = 60.0
COMPUTING = 180_000.0
"""Milliseconds that a page may compute: a cold track record takes most of a minute here."""
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROBE = "_stcore/"
"""Below a page's path the client first probes there for the server, in vain by design."""

OpenPage = Callable[..., Page]
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app on an empty database, as a first start does; nothing is written to it."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """Serve the app on a database of the test's own, for one that commits."""
    with serving(tmp_path) as address:
        yield address


@contextmanager
def serving(folder: Path, script: str = "serve.py", *, base: str = "") -> Iterator[str]:
    """Serve the app on the database of a folder, made where there is none, below a prefix."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/outlook.sqlite3"}
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.baseUrlPath", base]
    address = f"http://127.0.0.1:{port}{base}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        _wait(f"{address}/_stcore/health", process, folder / "log")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


class Restartable:
    """A server that can be killed and started again at the same address and database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environ = os.environ | {"DATABASE_URL": f"sqlite:///{self._folder}/outlook.sqlite3"}
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        command += ["--server.port", str(self._port), "--server.address", "127.0.0.1"]
        log = self._folder / "log"
        with log.open("a") as file:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=file, stderr=file
            )
        _wait(f"{self.address}/_stcore/health", self._process, log)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal and wait until the process has ended."""
        self._process.send_signal(number)
        self._process.wait(20)


@contextmanager
def restartable(folder: Path) -> Iterator[Restartable]:
    """Serve the app on the database of a folder so that a test can kill the server."""
    server = Restartable(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill(signal.SIGTERM)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[OpenPage]:
    """Open an address of the app; nothing may reach the console as an error."""
    with opening(browser, server) as open_at:
        yield open_at


@pytest.fixture
def open_own_page(browser: Browser, own_server: str) -> Iterator[OpenPage]:
    """Open an address of the test's own server, which outlives its pages."""
    with opening(browser, own_server) as open_at:
        yield open_at


@contextmanager
def opening(browser: Browser, server: str, *, killed: bool = False) -> Iterator[OpenPage]:
    """Open pages of a server that may be ``killed`` under them: then connections break."""
    errors: list[str] = []
    lost = ("net::ERR_", "server is not responding", "dynamically imported module")
    expected = (PROBE, *lost) if killed else (PROBE,)

    def failed(error: Error) -> None:
        if not any(part in str(error) for part in expected):
            errors.append(str(error))

    def heard(message: ConsoleMessage) -> None:
        told = f"{message.text} {message.location}"
        if message.type == "error" and not any(part in told for part in expected):
            errors.append(told)

    contexts = []

    def open_at(path: str = "", *, width: int = 1440, **options: str) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 1000}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", failed)
        page.on("console", heard)
        page.goto(f"{server}/{path}")
        expect(page.locator("h1")).to_be_visible(timeout=COMPUTING)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert errors == []
