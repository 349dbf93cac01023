"""How a zone is compared: by which version of the criteria, with whom, and whether it may rise."""

from __future__ import annotations

from enum import StrEnum

import msgspec

NEWEST = "mofcom_2021"
"""The version that is in force."""


class Freeze(StrEnum):
    """Whether the province may put zones forward for upgrade (冻结)."""

    UNKNOWN = "unknown"
    NO = "no"
    YES = "yes"


class ComparisonChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody chose for an area.

    Attributes
    ----------
    criteria
        Id of a version.
    peers
        Ids of the areas it is compared with; None is every other zone.
    province_frozen, frozen_until
        The freeze as far as it is known, and the year in which it ends.
    note
        What that rests on.
    """

    criteria: str = NEWEST
    peers: tuple[str, ...] | None = None
    province_frozen: Freeze = Freeze.UNKNOWN
    frozen_until: int | None = None
    note: str = ""
