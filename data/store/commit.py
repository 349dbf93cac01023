"""Writing a vintage. Every function here runs in a transaction of ``engine.writing``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, Table, insert, select

from data.store import schema
from data.store.errors import AlreadyWithdrawn, SeedStays, StaleBase, StillNeeded
from data.store.rows import Cells, rows_of
from data.store.view import View, latest_vintage
from data.store.vintage import Draft, Kind


def append(connection: Connection, draft: Draft) -> int:
    """Write a draft as the next vintage and return its number.

    Raises
    ------
    StaleBase
        If the draft was based on a vintage that is no longer the latest.
    ValueError
        If it names an area or an indicator that is not listed by then, or holds a null
        character, which only one of the databases can keep.
    """
    number = _insert_vintage(connection, draft)
    files: list[Cells] = [
        {"name": name, "sha256": sha256(content).hexdigest(), "content": content}
        for name, content in draft.files.items()
    ]
    for table, rows in ({schema.vintage_file: files} | rows_of(draft)).items():
        check_texts(table, rows)
        if rows:
            connection.execute(insert(table), [row | {"vintage": number} for row in rows])
    if names := View.at(connection, number).unlisted():
        raise ValueError(f"not listed: {', '.join(names)}")
    return number


def check_texts(table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Raise ``ValueError`` at a null character, which only one of the databases can keep."""
    for row in rows:
        for column, cell in row.items():
            if isinstance(cell, str) and "\0" in cell:
                raise ValueError(f"null character in {table.name}.{column}")


def withdraw(connection: Connection, vintage: int, author: str, note: str) -> int:
    """Write a vintage that withdraws another, and return its number.

    Raises
    ------
    UnknownVintage, SeedStays, AlreadyWithdrawn, StillNeeded
        If there is no such vintage, or it cannot be withdrawn.
    """
    View.at(connection, vintage)
    kind = select(schema.vintage.c.kind).where(schema.vintage.c.number == vintage)
    if connection.scalar(kind) == Kind.SEED:
        raise SeedStays(vintage=vintage)
    if vintage in View.at(connection, latest_vintage(connection)).withdrawn:
        raise AlreadyWithdrawn(vintage=vintage)
    draft = Draft(Kind.WITHDRAWAL, author, note)
    number = _insert_vintage(connection, draft, withdraws=vintage)
    if names := View.at(connection, number).unlisted():
        raise StillNeeded(vintage=vintage, names=", ".join(names))
    return number


def _insert_vintage(connection: Connection, draft: Draft, withdraws: int | None = None) -> int:
    latest = latest_vintage(connection)
    if draft.base not in (None, latest):
        raise StaleBase(base=draft.base, latest=latest)
    record = {
        "number": latest + 1,
        "committed_at": datetime.now(UTC),
        "kind": draft.kind,
        "author": draft.author,
        "note": draft.note,
        "base": draft.base,
        "withdraws": withdraws,
    }
    check_texts(schema.vintage, [record])
    connection.execute(insert(schema.vintage).values(record))
    return latest + 1
