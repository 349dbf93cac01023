"""A PostgreSQL server of our own, started for the tests and stopped after them."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

# Faster where safety does not matter: the server never outlives the tests.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@dataclass(frozen=True)
class PostgresServer:
    """A running server on the loopback interface that trusts everyone.

    Attributes
    ----------
    folder
        Holds its cluster.
    user
        Whose processes it runs as; None for the user of the tests.
    """

    port: int
    folder: Path
    user: str | None
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def database(self, copied: str | None = None) -> Iterator[str]:
        """Create an empty database or a copy of one, give its address, and drop it afterwards."""
        url = self.create(copied)
        try:
            yield url
        finally:
            self._execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def create(self, copied: str | None = None) -> str:
        """Create an empty database or a copy of one that lasts as long as the server."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {_name(copied)}" if copied else ""))
        return f"postgresql+psycopg://outlook@127.0.0.1:{self.port}/{name}"

    def environment(self) -> dict[str, str]:
        """Return what its programs need; ``systemctl`` is one that knows this server alone."""
        control = self.folder / "systemctl"
        control.write_text(
            f'#!/bin/sh\nexec pg_ctl -D "$CLUSTER" "$1" -w -l "$CLUSTER/../$1.log" '
            f"-o '{_options(self.port)}'\n"
        )
        control.chmod(0o755)
        return {
            "PATH": f"{self.folder}:{_programs()}:{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": "outlook",
            "CLUSTER": f"{self.folder}/cluster",
            "KEEP": f"{self.folder}/keep",
        }

    def _execute(self, statement: str) -> None:
        address = f"postgresql://outlook@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


def _name(url: str) -> str:
    return url.rpartition("/")[2]


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server in a folder of its own; a machine without PostgreSQL is an error."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="outlook-postgres-"))
    port = _free_port()
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        # The server inherits what pg_ctl writes to, so that must be a file and not a pipe.
        log = folder / f"{program}.log"
        with log.open("ab") as output:
            done = subprocess.run(
                [programs / program, "-D", folder / "cluster", *arguments],
                cwd=folder, user=user, extra_groups=None if user is None else [],
                stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(log.read_text(errors="replace"))

    try:
        run("initdb", "--auth=trust", "--username=outlook", "--encoding=UTF8", "--locale=C",
            "--no-sync")  # fmt: skip
        run("pg_ctl", "start", "-w", "-o", _options(port))
        try:
            yield PostgresServer(port, folder, user)
        finally:
            run("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _options(port: int) -> str:
    options = " ".join(f"-c {setting}" for setting in _SETTINGS)
    return f"{options} -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest version where there are more."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3])
    )
    on_path = shutil.which("pg_ctl")
    if on_path:
        found.append(Path(on_path).resolve())
    if not found:
        raise FileNotFoundError("pg_ctl: the tests need PostgreSQL; `make test` installs it")
    return found[-1].parent


def _unprivileged_user() -> str | None:
    """Return whom to run as, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
