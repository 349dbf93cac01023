"""Backup, restore and moving to another database: one copy, checked on both sides.

Everything is read in one transaction, so what others commit meanwhile is whole or absent. It
is read twice: once to prove that it is sound, and once to write it; what was written is then
read back and compared before it is kept.

A store of an earlier release is copied with the tables of that release, which are then brought up
to date where they are to be served.

Where a key is given (``data.settings.backup_key``), a backup is signed: an HMAC over what each
table holds. Its digests alone tell that a file decayed, not that somebody changed it and them.
"""

from __future__ import annotations

import hmac
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Result,
    Row,
    Select,
    Table,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DatabaseError

from data.store import schema
from data.store.connection import (
    engine_of,
    file_engine,
    file_of,
    fold,
    make_file,
    reading,
    writing,
)
from data.store.digests import check_digests, text_of
from data.store.errors import (
    Damaged,
    FileThere,
    NoStore,
    NotABackup,
    NotEmpty,
    NotSigned,
)
from data.store.schema import (
    backup_record,
    backup_signature,
    is_backup,
    migrate,
    place_of,
    revision_of,
    selection,
)
from data.store.vintages import latest_vintage

BATCH = 1000
"""Rows held at once; files and documents, which may be large, are held one by one."""

_ROOM = 2**256

_HASHED = {
    schema.vintage_file: ("content", "{row.name} of vintage {row.vintage}"),
    schema.evidence_file: ("content", "evidence {row.name} of {row.area}"),
    schema.issue: ("document", "document of issue {row.number}"),
    schema.fleet_result: ("document", "fleet result of {row.area} for {row.year}"),
}
"""Tables with bytes and their hash: the column of the bytes, and what a person calls them."""

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
        The sum of the hashes of the rows, in hexadecimal; backups have recorded it since 0.1.0.
    content
        The hash of the hashes in their order: unlike for a sum, nobody finds other rows with the
        same. It is what a signature covers.
    """

    rows: int
    sha256: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found where every digest of a store is right.

    Attributes
    ----------
    latest
        The newest vintage.
    digest
        Its digest, which stands for all figures; empty for a store of before there were any.
    """

    latest: int
    digest: str


def back_up(database_url: str, file: Path, key: bytes | None = None) -> int:
    """Write every row of a store into one SQLite file, whole or not at all, signed with a key.

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
        digests = _sound(source, place)
        _copy(source, target, digests)
        backup_record.create(target)
        for name, digest in digests.items():
            row = {"table": name, "rows": digest.rows, "sha256": digest.sha256}
            target.execute(insert(backup_record), row)
        if key is not None:
            backup_signature.create(target)
            target.execute(insert(backup_signature), {"hmac": _signature(target, digests, key)})
        return latest_vintage(target)


def verify(source: str | Path, key: bytes | None = None) -> Verified:
    """Hold every file, document and vintage of a store or a backup to its digest.

    Raises
    ------
    NoStore, LaterRelease, Damaged, NotSigned
        If it is no store of this release that is sound; if it is a backup that has no signature
        by the key.
    """
    with _store(source) as (connection, place):
        digests = _digests(connection, place)
        if is_backup(connection):
            _check_backup(connection, place, digests, key)
        digest = _check_vintages(connection, place, digests)
        return Verified(latest_vintage(connection), digest)


def restore(file: Path, database_url: str, key: bytes | None = None) -> int:
    """Write every row of a backup into an empty database; return the latest vintage.

    With a key, only a backup that was signed with it.

    Raises
    ------
    NoStore, NotABackup, LaterRelease, Damaged, NotSigned
        If the file is no backup by this release, or not as it was written.
    NotEmpty, LogWithoutDatabase
        If there is a store already, or what SQLite kept beside one.
    """
    with _store(file) as (source, place):
        digests = _digests(source, place)
        _check_backup(source, place, digests, key)
        _check_vintages(source, place, digests)
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
        return _fill(database_url, connection, _sound(connection, place))


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


def _check_backup(
    connection: Connection, place: str, digests: Mapping[str, Digest], key: bytes | None
) -> None:
    """Raise if a backup is not what was written, or not signed with the key that is given."""
    with _naming_damage(place, backup_record.name):
        if not is_backup(connection):
            raise NotABackup(place=place)
        rows = connection.execute(select(backup_record)).all()
    recorded = {row.table: (row.rows, row.sha256) for row in rows}
    found = {name: (digest.rows, digest.sha256) for name, digest in digests.items()}
    for name in found.keys() | recorded.keys():
        if found.get(name) != recorded.get(name):
            raise Damaged(place=place, part=name)
    if key is not None:
        signed = inspect(connection).has_table(backup_signature.name)
        given = connection.scalar(select(backup_signature)) if signed else None
        if not hmac.compare_digest(given or "", _signature(connection, digests, key)):
            raise NotSigned(place=place)


def _signature(connection: Connection, digests: Mapping[str, Digest], key: bytes) -> str:
    tables = {name: (digest.rows, digest.content) for name, digest in digests.items()}
    signed = json.dumps([revision_of(connection, ""), tables], sort_keys=True)
    return hmac.new(key, signed.encode(), sha256).hexdigest()


def _fill(database_url: str, source: Connection, digests: Mapping[str, Digest]) -> int:
    """Fill an empty database, or leave it as it was."""
    make_file(database_url)
    engine = engine_of(database_url)
    with _disposing(engine), writing(engine) as target:
        if inspect(target).has_table(schema.vintage.name):
            raise NotEmpty(place=_place(database_url), latest=latest_vintage(target))
        _copy(source, target, digests)
        migrate(target)
        return latest_vintage(target)


def _copy(source: Connection, target: Connection, digests: Mapping[str, Digest]) -> None:
    """Make the tables of a store in an empty database and fill them with every row of another."""
    place = place_of(source.engine.url)
    migrate(target, to=revision_of(source, place) or "head")
    for table in schema.metadata.sorted_tables:
        query = selection(target, table)
        if query is None:
            continue
        with _naming_damage(place, table.name), _rows(source, table, query) as rows:
            for batch in rows.partitions():
                target.execute(insert(table), [dict(row._mapping) for row in batch])
    arrived = _digests(target, "the copy")
    if arrived != digests:
        raise RuntimeError(
            f"not copied as it was read: {sorted(digests.items() ^ arrived.items())}"
        )


def _rows(connection: Connection, table: Table, query: Select[Any]) -> Result[Any]:
    """Return all rows, vintages in order, for they refer back."""
    batch = 1 if table in _HASHED else BATCH
    query = query.order_by(*table.primary_key)
    return connection.execute(query, execution_options={"yield_per": batch})


def _sound(connection: Connection, place: str) -> dict[str, Digest]:
    """Return the digest of every table, after holding vintages, files and documents to theirs."""
    digests = _digests(connection, place)
    _check_vintages(connection, place, digests)
    return digests


def _check_vintages(connection: Connection, place: str, digests: Mapping[str, Digest]) -> str:
    """Return the digest of the newest vintage; empty for a store of before there were any."""
    receipts = schema.vintage_receipt.name
    with _naming_damage(place, receipts):
        return check_digests(connection, place) if receipts in digests else ""


def _digests(connection: Connection, place: str) -> dict[str, Digest]:
    """Return the digest of every table, after holding files and documents to their hashes."""
    digests = {}
    for table in schema.metadata.sorted_tables:
        with _naming_damage(place, table.name):
            query = selection(connection, table)
            if query is not None:
                digests[table.name] = _digest(connection, table, query, place)
    return digests


def _digest(connection: Connection, table: Table, query: Select[Any], place: str) -> Digest:
    hashes = []
    with _rows(connection, table, query) as rows:
        for row in rows:
            if table in _HASHED:
                _check_hash(row, *_HASHED[table], place)
            hashes.append(sha256(text_of(dict(row._mapping)).encode()).digest())
    total = sum(map(int.from_bytes, hashes)) % _ROOM
    return Digest(len(hashes), f"{total:064x}", sha256(b"".join(sorted(hashes))).hexdigest())


def _check_hash(row: Row[Any], column: str, name: str, place: str) -> None:
    if sha256(getattr(row, column)).hexdigest() != row.sha256:
        raise Damaged(place=place, part=name.format(row=row))


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
    return source if isinstance(source, Path) else file_of(source)


def _place(source: str | Path) -> str:
    """Return what a person calls the place of a store, without a password."""
    return str(source) if isinstance(source, Path) else place_of(source)
