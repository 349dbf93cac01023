"""What a zone asks of the level above, as its plan keeps it and its issues say it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

MOST = 12
"""Requests that are kept of an area."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the level above, of whom, and by when (提请事项)."""

    text: str
    of: str = ""
    by: str = ""


class Requests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The requests of an area, the most urgent first."""

    requests: tuple[Request, ...] = ()
