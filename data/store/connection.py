"""Connections to the database, and the one lock under which anything is written.

SQLite. The driver's own transactions leave schema changes outside, so they are switched
off and every transaction is begun here: a reading one plainly, a writing one with
``BEGIN IMMEDIATE``, which waits for its turn instead of failing half-way. The journal is
a write-ahead log, so readers never wait for writers. ``synchronous`` is FULL: a vintage
that was acknowledged survives a power cut, at the price of one flush for each commit.
After each commit the log is copied into the file, so that a copy of the file alone, as
people make it, holds everything that was committed.

PostgreSQL. Writers take one advisory lock first, which exists before any table does and
ends with the transaction, also when the process is killed. Isolation is read committed
whatever the server's default, so that what follows the lock sees what came before it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    Select,
    create_engine,
    event,
    func,
    make_url,
    select,
)

PATIENCE = 60.0  # seconds a process waits for its turn on SQLite
_LOCK = 0x5A6F6E65  # any number, as long as every process takes the same


def engine_of(database_url: str | URL) -> Engine:
    """Return an engine for the address; nothing is opened yet."""
    if make_url(database_url).get_backend_name() == "postgresql":
        return create_engine(database_url, isolation_level="READ COMMITTED", pool_pre_ping=True)
    engine = create_engine(database_url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "do_connect", _make_folder)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that no other writer shares: all of it is kept, or nothing."""
    with engine.connect().execution_options(writing=True) as connection:
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(_lock())
            yield connection
        _checkpoint(connection)


def file_engine(file: Path) -> Engine:
    """Return an engine that reads a SQLite file, be it of the app or a backup; it makes none.

    The file is opened for writing where that is allowed: only so is what a write-ahead log needs
    beside it taken away in the end.
    """

    def connect() -> sqlite3.Connection:
        address = f"{file.resolve().as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which every query sees the same moment."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def fold(file: Path) -> None:
    """Fold the write-ahead log into a SQLite file, which then stands alone."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def companions(file: Path) -> tuple[Path, Path]:
    """Return the files that SQLite keeps beside an open database: its log, and the log's index."""
    return Path(f"{file}-wal"), Path(f"{file}-shm")


def _checkpoint(connection: Connection) -> None:
    """Copy the write-ahead log of SQLite into the file, as far as no reader needs it yet."""
    if connection.dialect.name != "sqlite":
        return
    file = connection.connection.driver_connection
    assert isinstance(file, sqlite3.Connection)
    # The commit stands whatever happens here, so a full disk must not report it as failed:
    # the next commit, or the end of the last connection, copies what is still missing.
    with suppress(sqlite3.OperationalError):
        file.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _lock() -> Select[Any]:
    return select(func.pg_advisory_xact_lock(_LOCK))


def _make_folder(dialect: Any, record: Any, arguments: list[str], options: Any) -> None:
    Path(arguments[0]).parent.mkdir(parents=True, exist_ok=True)


def _set_up(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file over, which fails at once while another process has it open."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
