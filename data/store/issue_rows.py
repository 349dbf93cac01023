"""Reading and writing issues, over the connection that is given."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Row, func, insert, select

from data.store import schema
from data.store.columns import can_be
from data.store.commit import check_texts
from data.store.errors import DamagedIssue, UnknownIssue
from data.store.issued import IssuedProbabilities, IssueRecord, StoredIssue

_TABLE = schema.issue
_COLUMN = _TABLE.c
_RECORD: Sequence[Column[Any]] = [
    column for column in _COLUMN if column.name not in ("document", "p_all", "answers")
]


def next_number(connection: Connection) -> int:
    """Return the number of a new issue."""
    return (connection.scalar(select(func.max(_COLUMN.number))) or 0) + 1


def append(connection: Connection, issued: StoredIssue, answered: IssuedProbabilities) -> None:
    """Write the next issue.

    Raises
    ------
    ValueError
        At a null character.
    """
    scenario, version = issued.scenario or (None, None)
    row = {
        "number": issued.number,
        "issued_at": issued.issued_at,
        "issuer": issued.issuer,
        "author": issued.author,
        "area": issued.area,
        "year": issued.year,
        "vintage": issued.vintage,
        "scenario": scenario,
        "scenario_version": version,
        "unpublished": issued.unpublished,
        "p_all": answered.p_all,
        "answers": dict(answered.answers),
        "sha256": issued.sha256,
        "document": issued.document,
    }
    check_texts(_TABLE, [row])
    connection.execute(insert(_TABLE).values(row))


def find(connection: Connection, number: int) -> StoredIssue:
    """Return an issue whose document is as it was issued.

    Raises
    ------
    UnknownIssue, DamagedIssue
        If there is no such issue, or its document is not what was issued.
    """
    row = _row(connection, number, *_RECORD, _COLUMN.document)
    if sha256(row.document).hexdigest() != row.sha256:
        raise DamagedIssue(number=number)
    return StoredIssue(**_cells(row), document=row.document)


def record_of(connection: Connection, number: int) -> IssueRecord:
    """Return what lists say of an issue.

    Raises
    ------
    UnknownIssue
        If there is no such issue.
    """
    return IssueRecord(**_cells(_row(connection, number, *_RECORD)))


def listed(connection: Connection, area: str) -> tuple[IssueRecord, ...]:
    """Return what was issued for an area, the newest first."""
    query = select(*_RECORD).where(_COLUMN.area == area).order_by(_COLUMN.number.desc())
    return tuple(IssueRecord(**_cells(row)) for row in connection.execute(query))


def track(connection: Connection, area: str) -> tuple[IssuedProbabilities, ...]:
    """Return the probabilities issued for an area, the oldest first."""
    names = (_COLUMN.number, _COLUMN.issued_at, _COLUMN.year, _COLUMN.p_all, _COLUMN.answers)
    query = select(*names).where(_COLUMN.area == area).order_by(_COLUMN.number)
    return tuple(IssuedProbabilities(*row) for row in connection.execute(query))


def _row(connection: Connection, number: int, *columns: Column[Any]) -> Row[Any]:
    query = select(*columns).where(_COLUMN.number == number)
    row = connection.execute(query).one_or_none() if can_be(number) else None
    if row is None:
        raise UnknownIssue(number=number)
    return row


def _cells(row: Row[Any]) -> dict[str, Any]:
    scenario = None if row.scenario is None else (row.scenario, row.scenario_version)
    names = [column.name for column in _RECORD if not column.name.startswith("scenario")]
    return {name: getattr(row, name) for name in names} | {"scenario": scenario}
