"""What people say of an area's plan, part by part and by version.

A part is a document of its own, such as how the zone is compared with others or what one of its
claims is. Its text is read and written by ``data.plan``. A version is never changed or deleted:
saving a part, removing it and bringing it back each write the next one, with an entry of the audit
log. The files that it names as evidence are stored along with it, and stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, select

from data.store import audit, evidence, schema
from data.store.errors import PlanChanged, PlanTooLong
from data.store.evidence import EvidenceFile, StoredEvidence
from data.store.people import Access
from data.store.permissions import Permission
from data.store.schema import insert_rows
from data.store.vintages import row_of

LONGEST = 200_000
"""Characters of a document."""
_TABLE = schema.plan_version
_COLUMN = _TABLE.c


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One version of a part of an area's plan.

    Attributes
    ----------
    part
        Which one: its kind, and after a slash the name of one of several.
    version
        Counts from 1 within the part, without gaps.
    saved_at
        In UTC.
    removed
        Whether this version took the part away.
    """

    area: str
    part: str
    version: int
    document: str
    author: str
    saved_at: datetime
    removed: bool = False


class Plans:
    """The plans of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def save(
        self, area: str, part: str, document: str, *, based_on: int = 0, author: str = "",
        files: Sequence[EvidenceFile] = (),
    ) -> PlanPart:  # fmt: skip
        """Write the next version of a part; where it would say the same, nothing is written.

        Parameters
        ----------
        based_on
            The version its author opened; 0 where there was none.
        files
            Evidence that the document names by its digest, stored in the same transaction.

        Raises
        ------
        PlanChanged
            If that is no longer the latest; nothing is written.
        PlanTooLong
            If the document is longer than any that is kept.
        EvidenceRefused, EvidenceTooLarge, EvidenceFull
            If a file is of no kind that is kept, or one too many; nothing is written.
        ValueError
            At a null character.
        """
        if len(document) > LONGEST:
            raise PlanTooLong(length=len(document), limit=LONGEST)
        with self._access.writing(Permission.EDIT_PLAN) as connection:
            latest = _latest(connection, area, part)
            version = latest.version if latest else 0
            if version != based_on:
                raise PlanChanged(base=based_on, latest=version)
            author = self._access.author(connection, author)
            for file in files:
                evidence.keep(connection, area, file, author)
            if latest and not latest.removed and latest.document == document:
                return latest
            saved = PlanPart(area, part, version + 1, document, author, datetime.now(UTC))
            return _append(connection, saved)

    def remove(self, area: str, part: str, based_on: int, author: str = "") -> PlanPart:
        """Take a part away; removing one that is removed changes nothing.

        Raises
        ------
        PlanChanged
            If ``based_on`` is not its latest version; nothing is written.
        """
        with self._access.writing(Permission.EDIT_PLAN) as connection:
            latest = _latest(connection, area, part)
            if latest is None or latest.version != based_on:
                raise PlanChanged(base=based_on, latest=latest.version if latest else 0)
            if latest.removed:
                return latest
            author = self._access.author(connection, author)
            gone = replace(
                latest, version=based_on + 1, author=author, saved_at=datetime.now(UTC),
                removed=True,
            )  # fmt: skip
            return _append(connection, gone)

    def latest(self, area: str, part: str) -> PlanPart | None:
        """Return the latest version of a part, removed or not; None where there is none."""
        with self._engine.connect() as connection:
            return _latest(connection, area, part)

    def listed(self, area: str, kind: str) -> tuple[PlanPart, ...]:
        """Return the latest versions of every part of a kind that is not removed, by name."""
        newest = (
            select(_COLUMN.part, func.max(_COLUMN.version).label("version"))
            .where(_COLUMN.area == area, _COLUMN.part.startswith(f"{kind}/", autoescape=True))
            .group_by(_COLUMN.part)
            .subquery()
        )
        query = (
            select(_TABLE)
            .join(newest, (_COLUMN.part == newest.c.part) & (_COLUMN.version == newest.c.version))
            .where(_COLUMN.area == area, ~_COLUMN.removed)
            .order_by(_COLUMN.part)
        )
        with self._engine.connect() as connection:
            return tuple(map(_part_of, connection.execute(query)))

    def files(self, area: str) -> dict[str, StoredEvidence]:
        """Return the records of all evidence ever stored of an area, by digest."""
        with self._engine.connect() as connection:
            return evidence.records(connection, area)

    def file(self, area: str, sha256: str) -> bytes:
        """Return the bytes of a file of evidence.

        Raises
        ------
        EvidenceUnknown
            If the area has none with that digest.
        """
        with self._engine.connect() as connection:
            return evidence.content_of(connection, area, sha256)

    def versions(self, area: str, part: str) -> tuple[PlanPart, ...]:
        """Return every version of a part, the newest first."""
        query = select(_TABLE).where(_COLUMN.area == area, _COLUMN.part == part)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(_COLUMN.version.desc()))
            return tuple(map(_part_of, rows))


def _latest(connection: Connection, area: str, part: str) -> PlanPart | None:
    query = select(_TABLE).where(_COLUMN.area == area, _COLUMN.part == part)
    row = connection.execute(query.order_by(_COLUMN.version.desc()).limit(1)).one_or_none()
    return None if row is None else _part_of(row)


def _append(connection: Connection, saved: PlanPart) -> PlanPart:
    audit.record(
        connection,
        audit.Action.PLAN,
        f"plan {saved.area} {saved.part} version {saved.version}",
        saved.author,
        removed=saved.removed,
        sha256=sha256(saved.document.encode()).hexdigest(),
    )
    insert_rows(connection, _TABLE, [row_of(saved)])
    return saved


def _part_of(row: Row[Any]) -> PlanPart:
    return PlanPart(**row._mapping)
