"""A snapshot as a document: written in the newest schema, read in every one there was.

The bytes are canonical JSON: keys in order, UTF-8, no space between. The same snapshot is the
same bytes everywhere, so that their digest names it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from forecasting.issues.errors import DamagedSnapshot, LaterSnapshot
from forecasting.issues.plain import Plain, plain, whole
from forecasting.issues.schema_1 import read_1
from forecasting.issues.schema_2 import read_2
from forecasting.issues.snapshot import Snapshot

SCHEMA = 2
"""The newest.

A new field, name or meaning anywhere in a snapshot makes a new one. The readers of those before
it stay, and put what they meant: whatever was issued is read for ever.
"""

_READERS: Mapping[int, Callable[[Plain], Snapshot]] = {1: read_1, 2: read_2}


def write_snapshot(snapshot: Snapshot) -> bytes:
    """Return the document of a snapshot, in the newest schema."""
    values = {"schema": SCHEMA, **plain(snapshot)}
    written = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return written.encode()


def read_snapshot(document: bytes) -> Snapshot:
    """Read what ``write_snapshot`` of this release or of any before it has written.

    Raises
    ------
    LaterSnapshot
        If it was written in a later schema.
    DamagedSnapshot
        If it is not as it was written.
    """
    try:
        values = json.loads(document.decode(), parse_constant=_refuse)
        schema = whole(values["schema"])
        if schema > SCHEMA:
            raise LaterSnapshot(schema, SCHEMA)
        return _READERS[schema](values)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise DamagedSnapshot(f"{type(error).__name__}: {error}") from error


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
