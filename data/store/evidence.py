"""Files of evidence: what proves a claim of a plan or the completion of a task, kept as bytes.

They are never opened here. A file is known by its digest, so that the same bytes are stored once
for an area, and is never changed or deleted: a version of the plan that no longer names it leaves
it to the versions before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import Connection, func, select

from data.store import audit, schema
from data.store.errors import EvidenceFull, EvidenceRefused, EvidenceTooLarge, EvidenceUnknown
from data.store.schema import insert_rows
from data.texts import as_kept

MEGABYTE = 2**20
LARGEST_MEGABYTES = 5
"""Of a file."""
MOST_FILES = 200
"""Of an area."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = b"PK\x03\x04"
_KINDS: Mapping[str, tuple[str, bytes]] = MappingProxyType(
    {
        "pdf": ("application/pdf", b"%PDF-"),
        "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
        "jpg": ("image/jpeg", b"\xff\xd8\xff"),
        "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
        "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
        "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
        "txt": ("text/plain", b""),
    }
)
"""The media type of each ending of a name, and the bytes that such a file begins with."""
_TABLE = schema.evidence_file
_COLUMN = _TABLE.c


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file to be stored; its name is kept without folders and without marks between names."""

    name: str
    content: bytes = field(repr=False)

    def __post_init__(self) -> None:
        bare = re.split(r"[\\/]", self.name)[-1]
        object.__setattr__(self, "name", re.sub(r"[;；|\s]+", " ", as_kept(bare)))

    @property
    def sha256(self) -> str:
        """Its digest, in hexadecimal."""
        return sha256(self.content).hexdigest()

    @property
    def media_type(self) -> str:
        """What its name and first bytes say that it is.

        Raises
        ------
        EvidenceRefused
            If that is no kind that is kept, or they say different things.
        """
        ending = self.name.rpartition(".")[2].lower()
        media_type, begins = _KINDS.get(ending, ("", b""))
        fits = self.content.startswith(begins) if begins else b"\0" not in self.content
        if not (media_type and self.content and fits):
            raise EvidenceRefused(name=self.name)
        return media_type


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """The record of a stored file.

    Attributes
    ----------
    name
        Under which it was stored first.
    size
        In bytes.
    stored_at
        In UTC.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    author: str
    stored_at: datetime


def keep(connection: Connection, area: str, file: EvidenceFile, author: str) -> None:
    """Store a file of an area with an entry of the audit log, unless its bytes are there.

    Raises
    ------
    EvidenceTooLarge, EvidenceRefused, EvidenceFull
        If it is not one that is kept.
    """
    size, digest, media_type = len(file.content), file.sha256, file.media_type
    if size > LARGEST_MEGABYTES * MEGABYTE:
        raise EvidenceTooLarge(name=file.name, size=size / MEGABYTE, limit=LARGEST_MEGABYTES)
    stored = set(connection.scalars(select(_COLUMN.sha256).where(_COLUMN.area == area)))
    if digest in stored:
        return
    if len(stored) >= MOST_FILES:
        raise EvidenceFull(limit=MOST_FILES)
    audit.record(
        connection, audit.Action.EVIDENCE, f"evidence {area} {digest[:12]}", author,
        sha256=digest, size=size, media_type=media_type,
    )  # fmt: skip
    row = {
        "area": area, "sha256": digest, "name": file.name, "media_type": media_type,
        "content": file.content, "author": author, "stored_at": datetime.now(UTC),
    }  # fmt: skip
    insert_rows(connection, _TABLE, [row])


def records(connection: Connection, area: str) -> dict[str, StoredEvidence]:
    """Return the records of the files of an area by digest; no content is read."""
    query = select(
        _COLUMN.sha256, _COLUMN.name, _COLUMN.media_type, func.length(_COLUMN.content),
        _COLUMN.author, _COLUMN.stored_at,
    ).where(_COLUMN.area == area)  # fmt: skip
    return {row.sha256: StoredEvidence(*row) for row in connection.execute(query)}


def content_of(connection: Connection, area: str, digest: str) -> bytes:
    """Return the bytes of a file of an area.

    Raises
    ------
    EvidenceUnknown
        If none has that digest.
    """
    query = select(_COLUMN.content).where(_COLUMN.area == area, _COLUMN.sha256 == digest)
    content: bytes | None = connection.scalar(query)
    if content is None:
        raise EvidenceUnknown(sha256=digest)
    return content
