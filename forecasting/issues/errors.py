"""Errors of snapshots.

SnapshotError                 base of them all
├── LaterSnapshot             a document has a schema that this release does not know
└── DamagedSnapshot           a document is not as it was written
"""

from __future__ import annotations

from forecasting.errors import OutlookError


class SnapshotError(OutlookError):
    """Base of the errors of snapshots."""


class LaterSnapshot(SnapshotError):
    """Raised when a snapshot was written by a later release of this program."""

    code = "later_snapshot"

    def __init__(self, schema: int, newest: int) -> None:
        line = f"written in schema {schema}; this release reads up to {newest}: upgrade first"
        super().__init__(line, schema=schema, newest=newest)


class DamagedSnapshot(SnapshotError):
    """Raised when bytes are no snapshot that this program has written."""

    code = "damaged_snapshot"

    def __init__(self, found: str) -> None:
        super().__init__(f"the snapshot is damaged ({found}): restore it from a backup")
