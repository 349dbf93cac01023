"""The app as a process: whom it answers, and what a stop leaves of its database."""

from __future__ import annotations

import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.fuzzing import faults_of
from tests.server import ROOT, restartable, serving


def vintages_of_file_alone(file: Path, folder: Path) -> int:
    """Count what a copy of a database file holds without the files beside it."""
    with closing(sqlite3.connect(shutil.copy(file, folder / "alone.sqlite3"))) as connection:
        count: int = connection.execute("SELECT count(*) FROM vintage").fetchone()[0]
    return count


@contextmanager
def session(server: str, host: str | None = None, origin: str | None = None) -> Iterator[None]:
    """Open a session, as a browser does that calls the server by a name, and run the page."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    place = urlsplit(server)
    with connect(
        f"ws://{host or place.hostname}:{place.port}/_stcore/stream",
        sock=socket.create_connection((place.hostname or "", place.port or 0)),
        origin=Origin(origin) if origin else None,
        subprotocols=[Subprotocol("streamlit")],
        close_timeout=0.5,  # a page in the middle of its run does not answer
    ) as connection:
        connection.send(asked.SerializeToString())
        connection.recv(timeout=30)
        yield


@pytest.mark.parametrize("visited", [False, True])
def test_the_database_file_alone_holds_everything_while_served_and_after_sigterm(
    tmp_path: Path, visited: bool
) -> None:
    served, copied = tmp_path / "served", tmp_path / "copied"
    served.mkdir()
    copied.mkdir()
    file = served / "outlook.sqlite3"
    with (
        restartable(served, cold=True) as server,
        session(server.address) if visited else nullcontext(),
    ):
        assert vintages_of_file_alone(file, copied) == 1
        server.kill(signal.SIGTERM)

    assert sorted(path.name for path in served.iterdir()) == ["log", "outlook.sqlite3"]
    assert vintages_of_file_alone(file, copied) == 1


def status(address: str, host: str, origin: str | None = None, fetched_as: str = "") -> int:
    """Return how an address is answered to a browser that calls the server by a name."""
    said = {"Host": host} | ({"Origin": origin} if origin else {})
    asked = Request(address, headers=said | ({"Sec-Fetch-Dest": fetched_as} if fetched_as else {}))
    try:
        with urlopen(asked) as answer:
            code: int = answer.status
    except HTTPError as refused:
        code = refused.code
    return code


def refusal(server: str, host: str | None = None, origin: str | None = None) -> bytes:
    """Return what a websocket is answered that is not opened."""
    with pytest.raises(InvalidStatus) as refused, session(server, host, origin):
        pass
    return refused.value.response.body or b""


PATHS = (
    *("", "indicator", "scenario", "issues", "track", "data", "method", "upload", "vintages"),
    *("targets", "projects", "assumptions", "scenarios", "shared", "shared?t=x&entered=1"),
    *("s/token", "s/token?as=pdf", "s/token?as=live", "media/x.png", "component/x/index.html"),
    *("static/js/index.js", "static/css/index.css", "favicon.png", "app/static/x", "manifest.json"),
    *("_stcore/health", "_stcore/metrics", "_stcore/host-config", "_stcore/script-health-check"),
    *("_stcore/upload_file/a/b", "_stcore/bidi-components/x/y.js", "_stcore/agent/interact"),
    *("_stcore/agent/openapi.json", "_stcore/agent/mcp", "auth/login", "auth/logout"),
    *("oauth2callback", "nowhere", "a/b/c", "indicator/_stcore/health"),
)
OPEN = "ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING"
RECORDER = """
import os, sys

def hear(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{event} {arguments[1:] if event[7] in 'cs' else arguments}\\n")

sys.addaudithook(hear)
"""


def test_foreign_pages_are_refused_on_every_path_and_nobody_outside_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every connection of the server is recorded, from its start on, in the form most at risk."""
    calls = tmp_path / "calls"
    (tmp_path / "sitecustomize.py").write_text(RECORDER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv(OPEN, "yes")
    assert len(set(PATHS)) >= 40
    with serving(tmp_path, options=["--server.address", "0.0.0.0"], cold=True) as server:
        here = urlsplit(server).netloc
        for path in PATHS:
            address = f"{server}/{path}"
            assert status(address, here, "https://evil.example") == 403, path
            assert status(address, "evil.example", "http://evil.example") == 400, path
            assert status(address, here, "null") == 403, path
            assert status(address, here, fetched_as="iframe") == 403, path
            began = time.monotonic()
            assert status(f"{server}/_stcore/health", here) == 200
            assert time.monotonic() - began < 0.5
        for origin in ("https://evil.example", "http://localhost:1", "null"):
            assert refusal(server, origin=origin) == b"Origin not allowed"
        with session(server, origin=server):
            pass

    assert outside(calls) == []


def outside(calls: Path) -> list[str]:
    """Return what was recorded of hosts other than this machine."""
    if not calls.exists():
        return []
    here = ("127.0.0.1", "localhost", "::1", "0.0.0.0", "None", "/")
    lines = calls.read_text().splitlines()
    return [line for line in lines if not any(f"'{name}" in line for name in here)]


def test_without_sign_in_it_listens_on_this_machine_alone_and_bears_what_it_is_sent(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, cold=True) as server:
        place = urlsplit(server)
        own = f"http://localhost:{place.port}"
        assert status(server, f"localhost:{place.port}", own) == 200
        with session(server, "localhost", own), session(server, "localhost"):
            pass
        assert status(server, "evil.example") == 400
        assert "nobody else may connect" in (tmp_path / "log").read_text()
        assert faults_of(server, 300) == []
        assert "Traceback" not in (tmp_path / "log").read_text()

    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.address", "0.0.0.0"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert f"{OPEN}=yes" in refused.stderr


def test_with_hosts_named_no_other_is_answered_but_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OPEN, "yes")
    options = ["--server.allowedHosts", "zone.example", "--server.allowedHosts", "*.office.lan"]
    options += ["--server.corsAllowedOrigins", "https://portal.example"]
    with serving(
        tmp_path, options=options, cold=True
    ) as server:  # asks for its health as 127.0.0.1
        for name in ("zone.example", "a.office.lan", "localhost"):
            assert status(server, name) == 200
        assert status(server, "evil.example") == 400
        with (
            session(server),
            session(server, "localhost"),
            session(server, "zone.example"),
            session(server, "zone.example", "https://portal.example"),
        ):
            pass
        assert refusal(server, "evil.example", "http://evil.example") == b"Invalid host header"
