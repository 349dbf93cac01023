"""Digests of vintages: what each brought, together with all that was committed before it.

The receipt of a vintage holds its digest, written in the same transaction. A digest is made of the
one before it and of every row that the vintage brought; so the newest stands for the whole store,
and a figure that was changed, added or removed behind the store's back is found, with the vintage
it belongs to. Who can write to the database can also make the digests anew: against that help a
digest noted elsewhere, and the signature of a backup (``backup``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from data.store import schema
from data.store.errors import Damaged
from data.store.schema import insert_rows, selection
from forecasting.figures.period import Month, Quarter

BATCH = 100
"""Rows held at once."""
_NONE = "0" * 64
_RECEIPT = schema.vintage_receipt
_BROUGHT = {schema.vintage: schema.vintage.c.number} | {
    table: table.c.vintage
    for table in schema.metadata.sorted_tables
    if "vintage" in table.primary_key.columns and table is not _RECEIPT
}
"""The tables that vintages bring rows to, and the column that says which did."""


def text_of(cells: Mapping[str, Any]) -> str:
    """Return the cells of a row as a text that is the same on every database."""
    return json.dumps(cells, default=_text, sort_keys=True)


def write_receipt(connection: Connection, vintage: int, request: str | None = None) -> str:
    """Write down the digest of the vintage that was appended last, and return it.

    ``request`` is what it is asked for by (``Commit``).
    """
    before = connection.scalar(select(_RECEIPT.c.sha256).where(_RECEIPT.c.vintage == vintage - 1))
    hashes = [
        made
        for table, by in _BROUGHT.items()
        for _, made in _hashes(connection, table, select(table).where(by == vintage))
    ]
    digest = _digest(before or _NONE, hashes)
    row = {"vintage": vintage, "sha256": digest, "request": request}
    insert_rows(connection, _RECEIPT, [row])
    return digest


def write_missing_receipts(connection: Connection) -> None:
    """Give every vintage its digest, where there were none when it was committed."""
    for vintage, digest in _computed(connection).items():
        row = {"vintage": vintage, "sha256": digest, "request": None}
        insert_rows(connection, _RECEIPT, [row])


def check_digests(connection: Connection, place: str) -> str:
    """Compute the digest of every vintage anew, and return the newest.

    Raises
    ------
    Damaged
        With the first vintage that is not as it was committed.
    """
    digest, kept = _NONE, select(_RECEIPT.c.vintage, _RECEIPT.c.sha256)
    recorded = {row.vintage: row.sha256 for row in connection.execute(kept)}
    computed = _computed(connection)
    for vintage in sorted(recorded.keys() | computed.keys()):
        if recorded.get(vintage) != computed.get(vintage):
            raise Damaged(place=place, part=f"vintage {vintage}")
        digest = computed[vintage]
    return digest


def _computed(connection: Connection) -> dict[int, str]:
    """Return the digest of every vintage, the oldest first."""
    hashes: dict[int, list[bytes]] = defaultdict(list)
    for table in _BROUGHT:
        query = selection(connection, table)
        if query is not None:
            for vintage, made in _hashes(connection, table, query):
                hashes[vintage].append(made)
    digests, before = {}, _NONE
    for vintage in sorted(hashes):
        digests[vintage] = before = _digest(before, hashes[vintage])
    return digests


def _digest(before: str, hashes: Iterable[bytes]) -> str:
    return sha256(bytes.fromhex(before) + b"".join(sorted(hashes))).hexdigest()


def _hashes(
    connection: Connection, table: Table, query: Select[Any]
) -> Iterator[tuple[int, bytes]]:
    """Give the vintage and the hash of every row.

    An empty cell does not count, so that a column which comes later changes no digest.
    """
    for row in connection.execute(query, execution_options={"yield_per": BATCH}):
        cells = {name: cell for name, cell in row._mapping.items() if cell is not None}
        made = sha256(f"{table.name}\0{text_of(cells)}".encode()).digest()
        yield row._mapping[_BROUGHT[table]], made


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
