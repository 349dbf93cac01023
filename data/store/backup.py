"""Backup, restore and moving to another database: one copy, checked on both sides.

Everything is read in one transaction, so what others commit meanwhile is whole or absent. It
is read twice: once to prove that it is sound, and once to write it; what was written is then
read back and compared before it is kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import DatabaseError

from data.store import schema
from data.store.connection import companions, engine_of, file_engine, fold, reading, writing
from data.store.copying import Digest, FileDamaged, copy, digests
from data.store.errors import (
    Damaged,
    FileThere,
    LaterRelease,
    LogWithoutDatabase,
    NoStore,
    NotABackup,
    NotEmpty,
)
from data.store.migration import migrate, revision_of, revisions
from data.store.view import latest_vintage

_RECORD = Table(
    "backup",
    MetaData(),
    Column("table", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
"""What a backup holds of each table: a file may decay, which SQLite would not notice."""

_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says of a file that may be sound."""


def back_up(database_url: str, file: Path) -> int:
    """Write every row of a store into one SQLite file, whole or not at all.

    Only its owner may read the file, for it may hold figures that are not published. Returns
    the latest vintage.

    Raises
    ------
    FileThere, NoStore, LaterRelease, Damaged
        If there is a file already, or no store of this release or an earlier one that is sound.
    """
    if file.exists():
        raise FileThere(place=file)
    with _store(database_url) as (source, place), _file_in_the_making(file) as target:
        found = _sound(source, place)
        _copy(source, target, found)
        _RECORD.create(target)
        rows = [{"table": name, "rows": it.rows, "sha256": it.sha256} for name, it in found.items()]
        target.execute(insert(_RECORD), rows)
        return latest_vintage(target)


def restore(file: Path, database_url: str) -> int:
    """Write every row of a backup into an empty database; return the latest vintage.

    A backup by an earlier release is brought up to date.

    Raises
    ------
    NoStore, NotABackup, LaterRelease, Damaged
        If the file is no backup by this release or an earlier one, or not as it was written.
    NotEmpty, LogWithoutDatabase
        If there is a store already, or what SQLite kept beside one.
    """
    with _store(file) as (source, place):
        recorded, found = _recorded(source, place), _sound(source, place)
        for name in found.keys() | recorded.keys():
            if found.get(name) != recorded.get(name):
                raise Damaged(place=place, part=name)
        return _fill(database_url, source, found)


def move(source: str | Path, database_url: str) -> int:
    """Write every row of one store into another, empty database; return the latest vintage.

    The source, an address or a SQLite file, stays as it is.

    Raises
    ------
    NoStore, LaterRelease, Damaged
        If the source is no store of this release or an earlier one that is sound.
    NotEmpty, LogWithoutDatabase
        If there is a store already, or what SQLite kept beside one.
    """
    with _store(source) as (connection, place):
        return _fill(database_url, connection, _sound(connection, place))


@contextmanager
def _store(source: str | Path) -> Iterator[tuple[Connection, str]]:
    """Read a store, of which nothing is changed; give its name beside it."""
    file, place = _file_of(source), _place(source)
    if file and not file.is_file():
        raise NoStore(place=place)
    engine = file_engine(file) if file else engine_of(str(source))
    with _disposing(engine), reading(engine) as connection:
        revision = _revision(connection, place)
        if revision not in revisions():
            raise LaterRelease(place=place, revision=revision)
        yield connection, place


def _revision(connection: Connection, place: str) -> str:
    with _told_of_a_bad_file(place):
        revision = revision_of(connection)
    if revision is None:
        raise NoStore(place=place)
    return revision


def _sound(connection: Connection, place: str) -> dict[str, Digest]:
    """Read all of a store."""
    try:
        with _told_of_a_bad_file(place):
            return digests(connection)
    except FileDamaged as error:
        raise Damaged(place=place, part=str(error)) from error


@contextmanager
def _told_of_a_bad_file(place: str) -> Iterator[None]:
    """Tell a person of a SQLite file in which no sense is to be found."""
    try:
        yield
    except (ValueError, LookupError) as error:  # no moment, no list, no column of that name
        raise Damaged(place=place, part="a table") from error
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if not isinstance(error.orig, sqlite3.Error) or code in _PASSING:
            raise
        if code == sqlite3.SQLITE_NOTADB:
            raise NoStore(place=place) from error
        raise Damaged(place=place, part="a table") from error


def _recorded(connection: Connection, place: str) -> dict[str, Digest]:
    """Read what a backup was written as."""
    with _told_of_a_bad_file(place):
        if not inspect(connection).has_table(_RECORD.name):
            raise NotABackup(place=place)
        rows = connection.execute(select(_RECORD)).all()
    return {row.table: Digest(row.rows, row.sha256) for row in rows}


def _fill(database_url: str, source: Connection, found: Mapping[str, Digest]) -> int:
    """Fill an empty database and bring its tables up to date, or leave it as it was."""
    _refuse_log_of_another(database_url)
    engine = engine_of(database_url)
    with _disposing(engine), writing(engine) as target:
        if inspect(target).has_table(schema.vintage.name):
            raise NotEmpty(place=_place(database_url), latest=latest_vintage(target))
        _copy(source, target, found)
        migrate(target)
        return latest_vintage(target)


def _refuse_log_of_another(database_url: str) -> None:
    """Raise LogWithoutDatabase if a SQLite file was moved and its log was left.

    SQLite would delete that log, which may hold commits that the moved file lacks; or the app
    still has the moved file open and would write into the log of the new one.
    """
    file = _file_of(database_url)
    if file is None or (file.exists() and file.stat().st_size):
        return
    for companion in companions(file):
        if companion.exists():
            raise LogWithoutDatabase(place=file, companion=companion)


def _copy(source: Connection, target: Connection, found: Mapping[str, Digest]) -> None:
    copy(source, target)
    arrived = digests(target)
    if arrived != found:
        raise RuntimeError(f"not copied as it was read: {sorted(found.items() ^ arrived.items())}")


@contextmanager
def _file_in_the_making(file: Path) -> Iterator[Connection]:
    """Write a SQLite file that has its name once it is whole and on the disk."""
    descriptor, name = mkstemp(dir=file.parent, prefix=f"{file.name}.", suffix=".part")
    os.close(descriptor)
    try:
        engine = engine_of(URL.create("sqlite", database=name))
        with _disposing(engine), writing(engine) as connection:
            yield connection
        fold(Path(name))
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def _disposing(engine: Engine) -> Iterator[None]:
    try:
        yield
    finally:
        engine.dispose()


def _file_of(source: str | Path) -> Path | None:
    """Return the file of a store, None where a server keeps it."""
    if isinstance(source, Path):
        return source
    url = make_url(source)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _place(source: str | Path) -> str:
    """Return what a person calls the place of a store, without a password."""
    return str(_file_of(source) or make_url(str(source)).render_as_string(hide_password=True))
