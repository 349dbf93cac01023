"""What proves something of the plan: a name, and where it is kept, here or elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

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
    file
        The digest of the stored file, in hexadecimal; empty where only its name is kept.
    """

    name: str
    where: str = ""
    day: dt.date | None = None
    completes: bool = False
    file: str = ""


def with_known_files(listed: Iterable[Evidence], known: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return documents as they are listed anew, with the stored files of those of their names."""
    listed = tuple(listed)
    named = {one.file for one in listed}
    left = {one.name: one.file for one in known if one.file and one.file not in named}
    return tuple(
        msgspec.structs.replace(one, file=one.file or left.pop(one.name, "")) for one in listed
    )


def with_file(evidence: tuple[Evidence, ...], name: str, file: str) -> tuple[Evidence, ...]:
    """Return documents with a stored file: that of the one of its name, or of a new one."""
    of_name = next((one for one in evidence if one.name == name), None)
    if of_name is None:
        return (*evidence, Evidence(name=name, file=file))
    attached = msgspec.structs.replace(of_name, file=file)
    return tuple(attached if one is of_name else one for one in evidence)
