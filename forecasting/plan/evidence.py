"""What proves something of the plan: a name and a place, never a file."""

from __future__ import annotations

import datetime as dt

import msgspec


class Evidence(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A document that proves a claim, or how far a task is.

    Attributes
    ----------
    where
        An address of the web, or where it is kept; empty where its name says it.
    day
        Of it; None where nobody has said it.
    completes
        Whether it proves that a task is completed.
    """

    name: str
    where: str = ""
    day: dt.date | None = None
    completes: bool = False
