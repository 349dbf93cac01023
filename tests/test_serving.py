"""The app as a process: what a stop leaves of its database."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.server import Server, restartable


def vintages_of_file_alone(file: Path, folder: Path) -> int:
    """Count what a copy of a database file holds without the files beside it."""
    with sqlite3.connect(shutil.copy(file, folder / "alone.sqlite3")) as connection:
        count: int = connection.execute("SELECT count(*) FROM vintage").fetchone()[0]
    return count


@contextmanager
def session(server: Server) -> Iterator[None]:
    """Open a session, as a browser does, and let it run the page."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(
        f"{server.address.replace('http', 'ws')}/_stcore/stream",
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
    with restartable(served) as server, session(server) if visited else nullcontext():
        assert vintages_of_file_alone(file, copied) == 1
        server.kill(signal.SIGTERM)

    assert sorted(path.name for path in served.iterdir()) == ["log", "outlook.sqlite3"]
    assert vintages_of_file_alone(file, copied) == 1
