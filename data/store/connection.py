"""Connections to the database, and the one lock under which anything is written.

SQLite. The driver's own transactions leave schema changes outside, so they are switched
off and every transaction is begun here: a reading one plainly, a writing one with
``BEGIN IMMEDIATE``, which waits for its turn instead of failing half-way. The journal is
a write-ahead log, so readers never wait for writers. ``synchronous`` is FULL: a vintage
that was acknowledged survives a power cut, at the price of one flush for each commit.
After each commit the log is copied into the file, so that a copy of the file alone, as
people make it, holds everything that was committed.

A file is made by ``make_file`` alone, readable by its owner; SQLite gives its log the same rights.
One that is gone or was replaced is never made anew by who merely opens it, and never written to
by who still holds the old one. Where nothing may be written, on a file system that is read-only
or full, connections read; each serves once, so that the next tries to write again.

PostgreSQL. Writers take one advisory lock first, which exists before any table does and
ends with the transaction, also when the process is killed. Isolation is read committed
whatever the server's default, so that what follows the lock sees what came before it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from psycopg.errors import ReadOnlySqlTransaction
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
from sqlalchemy.exc import DisconnectionError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data.store.errors import LogWithoutDatabase

PATIENCE = 60.0  # seconds a process waits for its turn
REACHING = 5  # seconds that a PostgreSQL server has to answer a connection
OWNER_ONLY = 0o600
OUT_OF_REACH = (OperationalError, InterfaceError, PoolTimeout)
"""What a database raises that is away, locked, full or may not be written."""
_UNWRITABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
_LOCK = 0x5A6F6E65  # any number, as long as every process takes the same


def engine_of(database_url: str | URL) -> Engine:
    """Return an engine for the address; nothing is opened yet, and no file is ever made."""
    if make_url(database_url).get_backend_name() == "postgresql":
        return create_engine(
            database_url,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            connect_args={"connect_timeout": REACHING},
            hide_parameters=True,  # errors go into logs, figures and passphrases may not
        )
    engine = create_engine(database_url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _remember_file)
    event.listen(engine, "checkout", _refuse_another_file)
    event.listen(engine, "checkin", _serve_once_what_only_reads)
    event.listen(engine, "begin", _begin)
    return engine


def make_file(database_url: str | URL) -> None:
    """Make the file of a SQLite database, and its folder, where there is none: for its owner.

    Raises
    ------
    LogWithoutDatabase
        If the file was moved and its log was left. SQLite would delete that log, which may hold
        commits that the moved file lacks; or the app still has the moved file open and would
        write into the log of the new one.
    """
    file = file_of(database_url)
    if file is None:
        return
    if not file.exists() or not file.stat().st_size:
        for companion in companions(file):
            if companion.exists():
                raise LogWithoutDatabase(place=file, companion=companion)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, OWNER_ONLY))


def keep_to_owner(database_url: str | URL) -> None:
    """Take the files of a SQLite database from everybody but their owner."""
    file = file_of(database_url)
    for path in (file, *companions(file)) if file else ():
        with suppress(OSError):  # gone meanwhile, of another owner, on a read-only file system
            if path.stat().st_mode & 0o077:
                path.chmod(OWNER_ONLY)


def file_of(database_url: str | URL) -> Path | None:
    """Return the file of a database, None where a server keeps it."""
    url = make_url(database_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def is_there(database_url: str | URL) -> bool:
    """Return whether a database may be opened; of a server nothing is asked yet."""
    file = file_of(database_url)
    return file is None or file.is_file()


@contextmanager
def writing(engine: Engine, patience: float = PATIENCE) -> Iterator[Connection]:
    """Open a transaction that no other writer shares: all of it is kept, or nothing.

    Raises
    ------
    OperationalError
        If others write for longer than patience lasts, in seconds, or nobody can.
    """
    with engine.connect().execution_options(writing=True, patience=patience) as connection:
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    limit = func.set_config("lock_timeout", f"{int(patience * 1000)}ms", True)
                    connection.execute(select(limit))
                    connection.execute(_lock())
                yield connection
        except OperationalError:
            connection.invalidate()  # it may have been opened where nothing could be written
            raise
        except InternalError as error:
            if not isinstance(error.orig, ReadOnlySqlTransaction):
                raise
            connection.invalidate()  # as above: a server reads alone until it has recovered
            raise OperationalError(error.statement, error.params, error.orig) from error
        _checkpoint(connection)


def file_engine(file: Path) -> Engine:
    """Return an engine that reads a SQLite file, be it of the app or a backup; it makes none.

    The file is opened for writing where that is allowed: only so is what a write-ahead log needs
    beside it taken away in the end.
    """

    def connect() -> sqlite3.Connection:
        address = f"{file.resolve().as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
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


def _connect(
    dialect: Any, record: Any, arguments: list[str], options: dict[str, Any]
) -> sqlite3.Connection:
    """Open a file that is there, for reading where it cannot be for writing."""
    file = Path(arguments[0]).resolve()
    try:
        return _opened(f"{file.as_uri()}?mode=rw", options, write=True)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _UNWRITABLE or not file.is_file():
            raise
        with suppress(sqlite3.OperationalError):
            return _opened(f"{file.as_uri()}?mode=ro", options, write=False)
        if _has_log(file):
            raise
        # Nothing can be put beside the file, so nobody writes to it either.
        return _opened(f"{file.as_uri()}?mode=ro&immutable=1", options, write=False)


def _opened(address: str, options: dict[str, Any], *, write: bool) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite3.connect(address, uri=True, **options)
    try:
        connection.isolation_level = None
        if write:
            _use_write_ahead_log(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        else:
            connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(file: Path) -> bool:
    log, _ = companions(file)
    return log.exists() and log.stat().st_size > 0


def _remember_file(connection: sqlite3.Connection, record: Any) -> None:
    record.info["file"] = _identity(connection)
    record.info["reads"] = bool(connection.execute("PRAGMA query_only").fetchone()[0])


def _refuse_another_file(connection: sqlite3.Connection, record: Any, proxy: Any) -> None:
    """Have who holds a file that was moved away or replaced open the one that is there now."""
    if record.info["file"] != _identity(connection):
        raise DisconnectionError("the file of the database is gone, or another one")


def _serve_once_what_only_reads(connection: sqlite3.Connection | None, record: Any) -> None:
    if connection is not None and record.info.get("reads"):
        record.invalidate()


def _identity(connection: sqlite3.Connection) -> tuple[int, int] | None:
    """Return what tells the file that has the name of a database from any other."""
    name = connection.execute("PRAGMA database_list").fetchone()[2]
    with suppress(OSError):
        found = os.stat(name)
        return found.st_dev, found.st_ino
    return None


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
    options = connection.get_execution_options()
    if not options.get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    patience = int(options.get("patience", PATIENCE) * 1000)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
