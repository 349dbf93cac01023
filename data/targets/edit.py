"""What an edit by hand would change of an area, and the commit of it.

Forms stand beside the stored entries in slots: under the key of the entry they edit, or under a
number of their own where they are new. Together with what is stored they say what would hold
after a commit; what differs from what is stored is what a commit writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from data.store.compare import Difference
from data.store.vintages import Committed, Draft, Removable, VintageKind, change_order, positions
from data.targets.forms import Fault, Form, Key, Spans
from data.texts import as_kept
from forecasting.figures.indicator import AreaVersion, Catalogue, DefinitionChange, Target

Slot = Key | int
Forms = Mapping[Slot, Form | None]
"""What is typed by slot; None removes the stored entry."""


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
    found = [
        Difference(
            Committed(stored[key], base) if key in stored else None,
            Committed(wanted[key], base + 1) if key in wanted else None,
        )
        for key in stored.keys() | wanted.keys()
        if stored.get(key) != wanted.get(key)
    ]
    order = _order(catalogue)
    return tuple(sorted(found, key=lambda difference: order(difference.either)))


def edit_draft(edits: Iterable[Difference[Removable]], author: str, note: str, base: int) -> Draft:
    """Return what to commit."""
    edits = tuple(edits)
    written = [edit.new.value for edit in edits if edit.new]
    return Draft(
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
