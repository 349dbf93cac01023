"""What is committed, and what a commit becomes: a vintage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from forecasting.figures.indicator import (
    Area,
    AreaVersion,
    DefinitionChange,
    Indicator,
    Observation,
    Target,
)

Removable = Target | DefinitionChange | AreaVersion
"""What can be removed by hand; figures are withdrawn with their vintage."""


T = TypeVar("T")


class Kind(StrEnum):
    """How a vintage came about."""

    SEED = "seed"
    UPLOAD = "upload"
    EDIT = "edit"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Draft:
    """What one commit adds: new entries, and revisions of entries with the same key.

    Attributes
    ----------
    base
        The vintage its author looked at. The commit is refused when it is no longer the
        latest; None when nothing was looked at.
    removed
        Entries that no longer hold; of each only what identifies it matters. Removing what is
        not there changes nothing.
    answers
        What was answered about files, by shape and question, for the next file of that shape.
    files
        The bytes of the files it was read from, by name.
    """

    kind: Kind
    author: str
    note: str = ""
    base: int | None = None
    areas: tuple[Area, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()
    observations: tuple[Observation, ...] = ()
    changes: tuple[DefinitionChange, ...] = ()
    area_versions: tuple[AreaVersion, ...] = ()
    removed: tuple[Removable, ...] = ()
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vintage:
    """The record of one commit.

    Attributes
    ----------
    number
        Counts from 1 over the whole store, without gaps.
    committed_at
        In UTC.
    base
        The vintage its author looked at, if any.
    withdraws
        The vintage it hides, if its kind is withdrawal.
    """

    number: int
    committed_at: datetime
    kind: Kind
    author: str
    note: str
    base: int | None
    withdraws: int | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file a vintage was read from; ``sha256`` is in hexadecimal."""

    name: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileRecord:
    """That a vintage was read from a file, without the bytes.

    Attributes
    ----------
    size
        In bytes.
    withdrawn
        Whether the vintage is withdrawn by now.
    """

    vintage: int
    name: str
    sha256: str
    size: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """One entry and the number of the vintage that brought it."""

    value: T
    vintage: int


@dataclass(frozen=True, slots=True)
class StoredObservation:
    """One figure and the number of the vintage that brought it."""

    observation: Observation
    vintage: int
