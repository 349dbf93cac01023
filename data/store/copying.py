"""Copying every row of a store to another database, and proof that all of them arrived.

Tables are made at the revision of the source and filled before they are brought up to date,
so that what an earlier release wrote is taken by its own rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Result, Row, Table, insert, inspect, select

from data.store import schema
from data.store.migration import migrate, revision_of

BATCH = 1000
"""Rows held at once; files and documents, which may be large, are held one by one."""

_ROOM = 2**256

_HASHED = {
    schema.vintage_file: ("content", "{row.name} of vintage {row.vintage}"),
    schema.issue: ("document", "document of issue {row.number}"),
}
"""Tables with bytes and their hash: the column of the bytes, and what a person calls them."""


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


class FileDamaged(Exception):
    """Raised when the bytes of a file, or of an issued document, are not those of its hash."""


def digests(connection: Connection) -> dict[str, Digest]:
    """Return the digest of every table of a store, and hold files and documents to their hashes.

    Raises
    ------
    FileDamaged
        If the bytes of one are not those of its hash.
    """
    return {table.name: _digest(connection, table) for table in _tables(connection)}


def copy(source: Connection, target: Connection) -> None:
    """Make the tables of a store in an empty database and fill them with every row of another.

    They are left at the revision of ``source``.
    """
    revision = revision_of(source)
    assert revision is not None
    migrate(target, revision)
    for table in _tables(source):
        with _rows(source, table) as rows:
            for batch in rows.partitions():
                target.execute(insert(table), [dict(row._mapping) for row in batch])


def _tables(connection: Connection) -> list[Table]:
    """Return the tables that are there, those first that others refer to."""
    names = set(inspect(connection).get_table_names())
    return [table for table in schema.metadata.sorted_tables if table.name in names]


def _rows(connection: Connection, table: Table) -> Result[Any]:
    """Return all rows in the columns that are there, vintages in order, for they refer back."""
    columns = [table.c[column["name"]] for column in inspect(connection).get_columns(table.name)]
    query = select(*columns).order_by(*table.primary_key)
    batch = 1 if table in _HASHED else BATCH
    return connection.execute(query, execution_options={"yield_per": batch})


def _digest(connection: Connection, table: Table) -> Digest:
    count = total = 0
    with _rows(connection, table) as rows:
        for row in rows:
            if table in _HASHED:
                _check_hash(row, *_HASHED[table])
            text = json.dumps(dict(row._mapping), default=_text, sort_keys=True)
            total += int.from_bytes(sha256(text.encode()).digest())
            count += 1
    return Digest(count, f"{total % _ROOM:064x}")


def _check_hash(row: Row[Any], column: str, name: str) -> None:
    if sha256(getattr(row, column)).hexdigest() != row.sha256:
        raise FileDamaged(name.format(row=row))


def _text(cell: object) -> str:
    """Return what JSON has no form for: the bytes of a file, and when a vintage was committed."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, bytes):
        return sha256(cell).hexdigest()
    raise TypeError(f"no text for {type(cell).__name__}")
