"""Backup, restore and moving to another database: one copy, checked on both sides.

Everything is read in one transaction, so what others commit meanwhile is whole or absent. It
is read twice: once to prove that it is sound, and once to write it; what was written is then
read back and compared before it is kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Result,
    Row,
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
from data.store.errors import (
    Damaged,
    FileThere,
    LogWithoutDatabase,
    NoStore,
    NotABackup,
    NotEmpty,
)
from data.store.schema import migrate, revision_of
from data.store.vintages import latest_vintage
from forecasting.figures.period import Month, Quarter

BATCH = 1000
"""Rows held at once; files and documents, which may be large, are held one by one."""

_ROOM = 2**256

_HASHED = {
    schema.vintage_file: ("content", "{row.name} of vintage {row.vintage}"),
    schema.issue: ("document", "document of issue {row.number}"),
}
"""Tables with bytes and their hash: the column of the bytes, and what a person calls them."""

_RECORD = Table(
    "backup",
    MetaData(),
    Column("table", Text, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
)
"""The digest of each table in a backup: SQLite would not notice that a file decayed."""

_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
"""Errors of SQLite that say nothing against a file."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a table holds, the same on every database and in every order of the rows.

    Attributes
    ----------
    rows
        How many.
    sha256
        The sum of the hashes of the rows, in hexadecimal.
    """

    rows: int
    sha256: str


def back_up(database_url: str, file: Path) -> int:
    """Write every row of a store into one SQLite file, whole or not at all.

    Only its owner may read the file, for it may hold figures that are not published. Returns
    the latest vintage.

    Raises
    ------
    FileThere, NoStore, LaterRelease, Damaged
        If there is a file already, or no store of this release that is sound.
    """
    if file.exists():
        raise FileThere(place=file)
    with _store(database_url) as (source, place), _file_in_the_making(file) as target:
        digests = _digests(source, place)
        _copy(source, target, digests)
        _RECORD.create(target)
        rows = [{"table": name} | asdict(digest) for name, digest in digests.items()]
        target.execute(insert(_RECORD), rows)
        return latest_vintage(target)


def restore(file: Path, database_url: str) -> int:
    """Write every row of a backup into an empty database; return the latest vintage.

    Raises
    ------
    NoStore, NotABackup, LaterRelease, Damaged
        If the file is no backup by this release, or not as it was written.
    NotEmpty, LogWithoutDatabase
        If there is a store already, or what SQLite kept beside one.
    """
    with _store(file) as (source, place):
        recorded, digests = _recorded(source, place), _digests(source, place)
        for name in digests.keys() | recorded.keys():
            if digests.get(name) != recorded.get(name):
                raise Damaged(place=place, part=name)
        return _fill(database_url, source, digests)


def move(source: str | Path, database_url: str) -> int:
    """Write every row of one store into another, empty database; return the latest vintage.

    The source, an address or a SQLite file, stays as it is.

    Raises
    ------
    NoStore, LaterRelease, Damaged
        If the source is no store of this release that is sound.
    NotEmpty, LogWithoutDatabase
        If there is a store already, or what SQLite kept beside one.
    """
    with _store(source) as (connection, place):
        return _fill(database_url, connection, _digests(connection, place))


@contextmanager
def _store(source: str | Path) -> Iterator[tuple[Connection, str]]:
    """Read a store, of which nothing is changed; give its name beside it."""
    file, place = _file_of(source), _place(source)
    if file and not file.is_file():
        raise NoStore(place=place)
    engine = file_engine(file) if file else engine_of(str(source))
    with _disposing(engine), reading(engine) as connection:
        with _naming_damage(place, "alembic_version"):
            revision = revision_of(connection, place)
        if revision is None:
            raise NoStore(place=place)
        yield connection, place


@contextmanager
def _naming_damage(place: str, part: str) -> Iterator[None]:
    """Raise Damaged or NoStore where a SQLite file holds what nobody wrote."""
    try:
        yield
    except (ValueError, LookupError) as error:  # no moment, no list, no column of that name
        raise Damaged(place=place, part=part) from error
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if not isinstance(error.orig, sqlite3.Error) or code in _PASSING:
            raise
        if code == sqlite3.SQLITE_NOTADB:
            raise NoStore(place=place) from error
        raise Damaged(place=place, part=part) from error


def _recorded(connection: Connection, place: str) -> dict[str, Digest]:
    """Read what a backup was written as."""
    with _naming_damage(place, _RECORD.name):
        if not inspect(connection).has_table(_RECORD.name):
            raise NotABackup(place=place)
        rows = connection.execute(select(_RECORD)).all()
    return {row.table: Digest(row.rows, row.sha256) for row in rows}


def _fill(database_url: str, source: Connection, digests: Mapping[str, Digest]) -> int:
    """Fill an empty database, or leave it as it was."""
    _refuse_log_of_another(database_url)
    engine = engine_of(database_url)
    with _disposing(engine), writing(engine) as target:
        if inspect(target).has_table(schema.vintage.name):
            raise NotEmpty(place=_place(database_url), latest=latest_vintage(target))
        _copy(source, target, digests)
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


def _copy(source: Connection, target: Connection, digests: Mapping[str, Digest]) -> None:
    """Make the tables of a store in an empty database and fill them with every row of another."""
    migrate(target)
    for table in schema.metadata.sorted_tables:
        with _rows(source, table) as rows:
            for batch in rows.partitions():
                target.execute(insert(table), [dict(row._mapping) for row in batch])
    arrived = _digests(target, "the copy")
    if arrived != digests:
        raise RuntimeError(
            f"not copied as it was read: {sorted(digests.items() ^ arrived.items())}"
        )


def _rows(connection: Connection, table: Table) -> Result[Any]:
    """Return all rows, vintages in order, for they refer back."""
    batch = 1 if table in _HASHED else BATCH
    query = select(table).order_by(*table.primary_key)
    return connection.execute(query, execution_options={"yield_per": batch})


def _digests(connection: Connection, place: str) -> dict[str, Digest]:
    """Return the digest of every table, after holding files and documents to their hashes."""
    digests = {}
    for table in schema.metadata.sorted_tables:
        with _naming_damage(place, table.name):
            digests[table.name] = _digest(connection, table, place)
    return digests


def _digest(connection: Connection, table: Table, place: str) -> Digest:
    count = total = 0
    with _rows(connection, table) as rows:
        for row in rows:
            if table in _HASHED:
                _check_hash(row, *_HASHED[table], place)
            text = json.dumps(dict(row._mapping), default=_text, sort_keys=True)
            total += int.from_bytes(sha256(text.encode()).digest())
            count += 1
    return Digest(count, f"{total % _ROOM:064x}")


def _check_hash(row: Row[Any], column: str, name: str, place: str) -> None:
    if sha256(getattr(row, column)).hexdigest() != row.sha256:
        raise Damaged(place=place, part=name.format(row=row))


def _text(cell: object) -> str:
    """Return what JSON has no form for: bytes, moments, months and quarters."""
    match cell:
        case datetime():
            return cell.isoformat()
        case bytes():
            return sha256(cell).hexdigest()
        case Month() | Quarter():
            return str(cell)
    raise TypeError(f"no text for {type(cell).__name__}")


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
