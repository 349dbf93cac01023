"""Targets, changes of definition and versions of an area as they are typed, and their commit.

A form holds what is typed, finished or not; the rules are those of the tables that seeds are
read from. Forms stand beside the stored values in slots: under the key of the value they edit, or
under a number of their own where they are new. Together with what is stored they give what would
hold after a commit; what differs from what is stored is what a commit writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from data.store.compare import Difference, differing
from data.store.vintages import Commit, Committed, Removable, VintageKind, change_order, positions
from data.texts import as_kept
from forecasting.figures.indicator import (
    AreaVersion,
    AreaVersionKey,
    Basis,
    Catalogue,
    Comparator,
    DefinitionChange,
    DefinitionChangeKey,
    Names,
    Observation,
    Target,
    TargetKey,
)
from forecasting.figures.period import Quarter

LARGEST = 1000.0
"""Percent; a line beyond it is a slip of the hand."""
LATEST = 8
"""Quarters after an area's last figure at which something may be recorded at the latest."""

Key = TargetKey | DefinitionChangeKey | AreaVersionKey
Series = tuple[str, Basis]
"""An indicator on one basis."""

Spans = Mapping[Series, tuple[Quarter, Quarter]]
"""The first and last quarter with a figure, of each series of an area."""


class Fault(StrEnum):
    """What is wrong with a form."""

    THRESHOLD = "threshold"
    TOLERANCE = "tolerance"
    DOCUMENT = "document"
    QUARTER = "quarter"
    EARLY = "early"
    LATE = "late"
    LABEL = "label"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class TargetForm:
    """A target as it is typed; numbers may be missing."""

    area: str
    indicator: str
    year: int
    comparator: Comparator
    threshold: float | None
    basis: Basis
    document: str = ""
    tolerance: float | None = None
    counts: bool = True

    @classmethod
    def of(cls, target: Target) -> Self:
        """Return the form that says what a target says."""
        return cls(
            target.area, target.indicator, target.year, Comparator(target.comparator),
            target.threshold, target.basis, target.document, target.tolerance or None,
            target.counts,
        )  # fmt: skip

    @property
    def key(self) -> TargetKey:
        """What identifies the target."""
        return self.area, self.indicator, self.year

    def faults(self, spans: Spans) -> tuple[Fault, ...]:
        """Return what is wrong with it."""
        about = self.comparator is Comparator.ABOUT
        return _found(
            (Fault.THRESHOLD, self.threshold is None or not abs(self.threshold) <= LARGEST),
            (Fault.TOLERANCE, about and not 0 < (self.tolerance or 0.0) <= LARGEST),
            (Fault.DOCUMENT, not self.document.strip()),
        )

    def entry(self) -> Target:
        """Return the target; the form is without fault."""
        assert self.threshold is not None
        about = self.comparator is Comparator.ABOUT
        tolerance = (self.tolerance or 0.0) if about else 0.0
        return Target(
            self.area, self.indicator, self.year, self.comparator, self.threshold, self.basis,
            as_kept(self.document), tolerance, self.counts,
        )  # fmt: skip


class _DatedForm:
    """A form with a year, which may be missing, and a quarter."""

    __slots__ = ()
    year: int | None
    quarter: int

    @property
    def since(self) -> Quarter | None:
        """The first quarter of the new definition, or of the area as it is since then."""
        year = self.year or 0
        return Quarter(year, self.quarter) if 1000 <= year <= 9999 else None


@dataclass(frozen=True, slots=True)
class ChangeForm(_DatedForm):
    """A change of definition as it is typed; the year may be missing."""

    area: str
    indicator: str
    basis: Basis
    year: int | None = None
    quarter: int = 1
    document: str = ""

    @classmethod
    def of(cls, change: DefinitionChange) -> Self:
        """Return the form that says what a change says."""
        since = change.quarter
        return cls(
            change.area, change.indicator, change.basis, since.year, since.quarter, change.document
        )

    @property
    def key(self) -> DefinitionChangeKey | None:
        """What identifies the change, once it has a quarter."""
        return (self.area, self.indicator, self.basis, self.since) if self.since else None

    def faults(self, spans: Spans) -> tuple[Fault, ...]:
        """Return what is wrong with it."""
        own = [spans[series] for series in [(self.indicator, self.basis)] if series in spans]
        document = _found((Fault.DOCUMENT, not self.document.strip()))
        return _misplaced(self.since, own) + document

    def entry(self) -> DefinitionChange:
        """Return the change; the form is without fault."""
        assert self.since is not None
        return DefinitionChange(
            self.area, self.indicator, self.basis, self.since, as_kept(self.document)
        )


@dataclass(frozen=True, slots=True)
class VersionForm(_DatedForm):
    """A version of an area as it is typed; the year may be missing."""

    area: str
    label: Names
    year: int | None = None
    quarter: int = 1
    document: str = ""
    note: str = ""

    @classmethod
    def of(cls, version: AreaVersion) -> Self:
        """Return the form that says what a version says."""
        since = version.quarter
        return cls(
            version.area, version.label, since.year, since.quarter, version.document, version.note
        )

    @property
    def key(self) -> AreaVersionKey | None:
        """What identifies the version, once it has a quarter."""
        return (self.area, self.since) if self.since else None

    def faults(self, spans: Spans) -> tuple[Fault, ...]:
        """Return what is wrong with it."""
        return _misplaced(self.since, spans.values()) + _found(
            (Fault.LABEL, not self.label.zh.strip()),
            (Fault.DOCUMENT, not self.document.strip()),
        )

    def entry(self) -> AreaVersion:
        """Return the version; the form is without fault. One name serves where there is one."""
        assert self.since is not None
        zh = as_kept(self.label.zh)
        label = Names(zh, as_kept(self.label.en) or zh)
        return AreaVersion(self.area, self.since, label, as_kept(self.document), as_kept(self.note))


Form = TargetForm | ChangeForm | VersionForm
Slot = Key | int
Forms = Mapping[Slot, Form | None]
"""What is typed by slot; None removes the stored value."""


def form_of(entry: Removable) -> Form:
    """Return the form that says what an entry says."""
    if isinstance(entry, Target):
        return TargetForm.of(entry)
    if isinstance(entry, DefinitionChange):
        return ChangeForm.of(entry)
    return VersionForm.of(entry)


def spans_of(figures: Iterable[Observation]) -> Spans:
    """Return the first and last quarter of each series that figures form."""
    spans: dict[Series, tuple[Quarter, Quarter]] = {}
    for figure in figures:
        quarter = figure.month.quarter
        if quarter is None or not figure.measure.forms_series:
            continue
        series = figure.indicator, figure.basis
        first, last = spans.get(series, (quarter, quarter))
        spans[series] = min(first, quarter), max(last, quarter)
    return spans


def faults_of(
    stored: Mapping[Key, Removable], forms: Forms, spans: Spans
) -> dict[Slot, tuple[Fault, ...]]:
    """Return what is wrong, by slot; a second form of the same key is one too many."""
    taken = stored.keys() - forms.keys()
    found: dict[Slot, tuple[Fault, ...]] = {}
    for slot, form in forms.items():
        if form is None:
            continue
        faults = form.faults(spans) + ((Fault.TWICE,) if form.key in taken else ())
        if form.key is not None:
            taken = taken | {form.key}
        if faults:
            found[slot] = faults
    return found


def edited(
    stored: Mapping[Key, Removable], forms: Forms, faulty: Iterable[Slot] = ()
) -> dict[Key, Removable]:
    """Return what would hold; a faulty form leaves what is stored as it is."""
    sound = {slot: form for slot, form in forms.items() if slot not in set(faulty)}
    entries = [form.entry() for form in sound.values() if form is not None]
    kept = {key: entry for key, entry in stored.items() if key not in sound}
    return kept | {entry.key: entry for entry in entries}


def edits_between(
    stored: Mapping[Key, Removable],
    wanted: Mapping[Key, Removable],
    base: int,
    catalogue: Catalogue,
) -> tuple[Difference[Removable], ...]:
    """Return what a commit upon vintage ``base`` would change.

    Targets come first, in catalogue order, then changes of definition, then versions.
    """
    old = {key: Committed(entry, base) for key, entry in stored.items()}
    new = {key: Committed(entry, base + 1) for key, entry in wanted.items()}
    return differing(old, new, _order(catalogue))


def commit_of(edits: Iterable[Difference[Removable]], author: str, note: str, base: int) -> Commit:
    """Return what to commit."""
    edits = tuple(edits)
    written = [edit.new.value for edit in edits if edit.new]
    return Commit(
        kind=VintageKind.EDIT,
        author=as_kept(author),
        note=as_kept(note),
        base=base,
        targets=tuple(entry for entry in written if isinstance(entry, Target)),
        changes=tuple(entry for entry in written if isinstance(entry, DefinitionChange)),
        area_versions=tuple(entry for entry in written if isinstance(entry, AreaVersion)),
        removed=tuple(edit.old.value for edit in edits if edit.old and not edit.new),
    )


def _order(catalogue: Catalogue) -> Callable[[Removable], tuple[object, ...]]:
    place = positions(catalogue.indicators)

    def order(entry: Removable) -> tuple[object, ...]:
        if isinstance(entry, Target):
            return 0, place[entry.indicator], entry.year
        if isinstance(entry, DefinitionChange):
            return 1, *change_order(entry, place)
        return 2, entry.quarter

    return order


def _misplaced(
    since: Quarter | None, spans: Iterable[tuple[Quarter, Quarter]]
) -> tuple[Fault, ...]:
    """Return what is wrong with a quarter: before it there must be figures, and not far after."""
    spans = list(spans)
    if since is None:
        return (Fault.QUARTER,)
    return _found(
        (Fault.EARLY, bool(spans) and since <= min(first for first, _ in spans)),
        (Fault.LATE, bool(spans) and since > max(last for _, last in spans) + LATEST),
    )


def _found(*checks: tuple[Fault, bool]) -> tuple[Fault, ...]:
    return tuple(fault for fault, wrong in checks if wrong)
