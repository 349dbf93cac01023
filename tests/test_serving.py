"""The app as a process: whom it answers, and what a stop leaves of its database."""

from __future__ import annotations

import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.server import restartable, serving


def vintages_of_file_alone(file: Path, folder: Path) -> int:
    """Count what a copy of a database file holds without the files beside it."""
    with sqlite3.connect(shutil.copy(file, folder / "alone.sqlite3")) as connection:
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
    with restartable(served) as server, session(server.address) if visited else nullcontext():
        assert vintages_of_file_alone(file, copied) == 1
        server.kill(signal.SIGTERM)

    assert sorted(path.name for path in served.iterdir()) == ["log", "outlook.sqlite3"]
    assert vintages_of_file_alone(file, copied) == 1


def status(server: str, host: str, origin: str | None = None) -> int:
    """Return how the first page is answered to a browser that calls the server by a name."""
    asked = Request(server, headers={"Host": host} | ({"Origin": origin} if origin else {}))
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


def test_pages_of_other_hosts_are_refused_and_every_own_name_is_answered(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        port = urlsplit(server).port
        for name in ("127.0.0.1", "localhost", "office-pc", "zone.office.lan"):
            own = f"http://{name}:{port}"
            assert status(server, f"{name}:{port}", own) == 200
            with session(server, name, own), session(server, name):
                pass

        assert status(server, f"127.0.0.1:{port}", "https://evil.example") == 403
        assert refusal(server, origin="https://evil.example") == b"Origin not allowed"
        assert refusal(server, origin="http://localhost:1") == b"Origin not allowed"


def test_with_hosts_named_no_other_is_answered_but_this_machine(tmp_path: Path) -> None:
    options = ["--server.allowedHosts", "zone.example", "--server.allowedHosts", "*.office.lan"]
    options += ["--server.corsAllowedOrigins", "https://portal.example"]
    with serving(tmp_path, options=options) as server:  # asks for its health as 127.0.0.1
        for name in ("zone.example", "a.office.lan", "localhost"):
            assert status(server, name) == 200
        assert status(server, "evil.example") == 400
        with (
            session(server, "zone.example"),
            session(server, "zone.example", "https://portal.example"),
        ):
            pass
        assert refusal(server, "evil.example", "http://evil.example") == b"Invalid host header"
