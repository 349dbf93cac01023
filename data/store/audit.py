"""The audit log: who changed what and when, in entries that are only ever added.

Every commit, withdrawal, issue, link, version of a scenario or plan, file of evidence, line of
alerts, and role is entered in the transaction that writes it, so that neither is there without the
other; of results of the fleet, which can be made again, one entry stands for all that were written
together. Each entry carries the digest of itself and of the entry before: whoever changes or
removes one in the middle must write all later digests anew, and then the last is not the one that
was noted elsewhere. What was written since the log began is counted against its entries, so that
none is missing at the end.

An entry holds no label of a link, which may name a person and can be deleted, and no name of a
file of evidence, which may name one too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from data.store import schema
from data.store.connection import reading
from data.store.errors import AuditBroken
from data.store.schema import insert_rows

_TABLE = schema.audit_entry
_NOTHING = "0" * 64


class Action(StrEnum):
    """What was done."""

    BEGIN = "begin"
    COMMIT = "commit"
    WITHDRAWAL = "withdrawal"
    ISSUE = "issue"
    FLEET = "fleet"
    LINK = "link"
    REVOCATION = "revocation"
    DELETION = "deletion"
    SCENARIO = "scenario"
    PLAN = "plan"
    EVIDENCE = "evidence"
    ALERT_LINE = "alert_line"
    ROLE = "role"


_COUNTED = {
    "vintage": (schema.vintage, (Action.COMMIT, Action.WITHDRAWAL)),
    "issue": (schema.issue, (Action.ISSUE,)),
    "share": (schema.share, (Action.LINK,)),
    "scenario_version": (schema.scenario_version, (Action.SCENARIO,)),
    "plan_version": (schema.plan_version, (Action.PLAN,)),
    "evidence_file": (schema.evidence_file, (Action.EVIDENCE,)),
    "alert_line": (schema.alert_line, (Action.ALERT_LINE,)),
    "person": (schema.person, (Action.ROLE,)),
}
"""Tables whose every row has an entry, by name."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry.

    Attributes
    ----------
    number
        Counts from 1 without gaps.
    at
        In UTC.
    subject
        What it was done to, such as ``vintage 5`` or ``link 2``.
    details
        What tells the thing itself, such as the digest of a document.
    digest
        SHA-256 over all that and over the digest of the entry before, in hexadecimal.
    """

    number: int
    at: datetime
    action: Action
    author: str
    subject: str
    details: Mapping[str, Any]
    digest: str


class Audit:
    """The audit log of a store."""

    def __init__(self, engine: Engine, require: Callable[[Connection], None]) -> None:
        self._engine, self._require = engine, require

    def entries(self) -> tuple[AuditEntry, ...]:
        """Return every entry, the oldest first, after proving that none was changed or left out.

        Raises
        ------
        AuditBroken
            If one was.
        RoleNeeded
            If who acts may not read it.
        """
        with reading(self._engine) as connection:
            self._require(connection)
            entries = tuple(map(_entry, connection.execute(select(_TABLE).order_by("number"))))
            _check_chain(entries)
            _check_complete(connection, entries)
        return entries


def rows_of(entries: Iterable[AuditEntry]) -> list[list[str | float]]:
    """Return entries as the rows of a table, the first of them the head."""
    rows: list[list[str | float]] = [list(AuditEntry.__slots__)]
    for entry in entries:
        details = json.dumps(dict(entry.details), ensure_ascii=False, sort_keys=True)
        told = [entry.action, entry.author, entry.subject, details, entry.digest]
        rows.append([entry.number, entry.at.isoformat(), *told])
    return rows


def record(
    connection: Connection, action: Action, subject: str, author: str, **details: object
) -> None:
    """Enter what is about to be written, within its transaction and before it."""
    last = connection.execute(
        select(_TABLE.c.number, _TABLE.c.digest).order_by(_TABLE.c.number.desc()).limit(1)
    ).first()
    if last is None:
        written = {name: _count(connection, name) for name in _COUNTED}
        _append(connection, 1, _NOTHING, Action.BEGIN, "store", "", written)
        record(connection, action, subject, author, **details)
    else:
        _append(connection, last.number + 1, last.digest, action, subject, author, details)


def _append(
    connection: Connection, number: int, before: str, action: Action, subject: str,
    author: str, details: Mapping[str, object],
) -> None:  # fmt: skip
    entry = AuditEntry(number, datetime.now(UTC), action, author, subject, details, "")
    row = {name: getattr(entry, name) for name in AuditEntry.__slots__}
    row |= {"details": dict(details), "digest": _digest(entry, before)}
    insert_rows(connection, _TABLE, [row])


def _digest(entry: AuditEntry, before: str) -> str:
    told = [
        before, entry.number, entry.at.isoformat(), entry.action, entry.author, entry.subject,
        dict(entry.details),
    ]  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _check_chain(entries: tuple[AuditEntry, ...]) -> None:
    before = _NOTHING
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.digest != _digest(entry, before):
            raise AuditBroken(part=f"entry {number}")
        before = entry.digest


def _check_complete(connection: Connection, entries: tuple[AuditEntry, ...]) -> None:
    """Raise AuditBroken if something that was written since the log began has no entry."""
    entered = Counter(entry.action for entry in entries)
    for name, (_, actions) in _COUNTED.items():
        began = int(entries[0].details.get(name, 0)) if entries else _count(connection, name)
        if _count(connection, name) != began + sum(entered[action] for action in actions):
            raise AuditBroken(part=name)


def _count(connection: Connection, name: str) -> int:
    table, _ = _COUNTED[name]
    return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**{**row._mapping, "action": Action(row.action)})
