"""What the parts of the editor share: what is stored, what is typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import escape
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.store.compare import Difference
from data.store.vintages import Removable
from data.targets.edits import (
    Fault,
    Form,
    Key,
    Slot,
    Spans,
    TargetForm,
    edited,
    edits_between,
    faults_of,
    form_of,
    spans_of,
)
from forecasting.figures.indicator import (
    AreaVersion,
    Basis,
    DefinitionChange,
    Inputs,
    Target,
    TargetKey,
    with_area_changes,
)
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from ui.frame import cache, look, session, widget_keys
from ui.frame.cache import VintageView
from ui.frame.controls import View
from ui.frame.session import Edits
from ui.language import Speaker

F = TypeVar("F", bound=Form)
EVERY_YEAR = 0


@dataclass(frozen=True, slots=True)
class TargetEditor:
    """An area under the editor.

    Attributes
    ----------
    places
        Where the faults of a form are told, once everything that is typed has been read.
    """

    view: View
    edits: Edits
    stored: Mapping[Key, Removable]
    spans: Spans
    places: dict[Slot, DeltaGenerator] = field(default_factory=dict)

    @property
    def say(self) -> Speaker:
        """Who speaks to the reader."""
        return self.view.say

    @property
    def faults(self) -> dict[Slot, tuple[Fault, ...]]:
        """What is wrong with what is typed, by slot."""
        return faults_of(self.stored, self.edits.forms, self.spans)

    @property
    def wanted(self) -> dict[Key, Removable]:
        """What would hold after a commit."""
        return edited(self.stored, self.edits.forms, self.faults)

    @property
    def targets(self) -> list[Target]:
        """The targets that would hold after a commit, of every year."""
        return [entry for entry in self.wanted.values() if isinstance(entry, Target)]

    @property
    def differences(self) -> tuple[Difference[Removable], ...]:
        """What a commit would change."""
        catalogue, vintage = self.view.catalogue, self.view.snapshot.vintage
        return edits_between(self.stored, self.wanted, vintage, catalogue)

    def stored_form(self, slot: Slot) -> Form | None:
        """Return the form of what is stored in a slot."""
        entry = None if isinstance(slot, int) else self.stored.get(slot)
        return form_of(entry) if entry is not None else None

    def forms(self, kind: type[F]) -> dict[Slot, F | None]:
        """Return the forms of one kind by slot, stored ones first; None where one is removed."""
        slots: dict[Slot, F | None] = {}
        for slot in (*self.stored, *(new for new in self.edits.forms if new not in self.stored)):
            stored = self.stored_form(slot)
            form = self.edits.forms.get(slot, stored)
            if isinstance(form, kind):
                slots[slot] = form
            elif form is None and isinstance(stored, kind):
                slots[slot] = None
        return slots

    def put(self, slot: Slot, form: Form | None) -> None:
        """Keep what is typed in a slot."""
        self.edits.put(slot, form, self.stored_form(slot))

    def renew(self, slot: Slot, form: Form | None) -> None:
        """Keep it, and let every widget take its value anew."""
        self.put(slot, form)
        self.edits.turn += 1
        st.rerun()

    def key(self, name: str, slot: Slot) -> str:
        """Return the key of a widget of a slot."""
        parts = (slot,) if isinstance(slot, int) else slot
        place = widget_keys.place(*parts)
        return f"{name}_{place}_{self.edits.turn}_{self.say.language}"


def open_editor(view: View) -> TargetEditor:
    """Return the area of the view under the editor, with what this session has typed about it.

    What is typed is read against the entries that its widgets were given, so that an entry which
    others changed meanwhile is not taken for typed; ``settle`` then gives them the new ones.
    """
    snapshot, area = view.snapshot, view.area.id
    edits = session.edits(area, snapshot.vintage)
    edits.forget_unknown(view.catalogue)
    drawn = entries(replace(snapshot, vintage=edits.drawn), area)
    stored = {  # an indicator may have gone since: ``settle`` then gives them what there is
        key: entry
        for key, entry in drawn.items()
        if isinstance(entry, AreaVersion) or entry.indicator in view.catalogue
    }
    return TargetEditor(view, edits, stored, spans(snapshot, area))


def settle(editor: TargetEditor) -> None:
    """Run again where the widgets were given the entries of a vintage that is not the latest."""
    latest = editor.view.snapshot.vintage
    if editor.edits.drawn != latest:
        editor.edits.drawn = latest
        editor.edits.turn += 1
        st.rerun()


def targets_for(editor: TargetEditor, year: int) -> list[Target]:
    """Return the targets that hold for a year: its own before those of every year."""
    held = {target.indicator: target for target in editor.targets if target.year == EVERY_YEAR}
    held |= {target.indicator: target for target in editor.targets if target.year == year}
    return list(held.values())


def show_faults(editor: TargetEditor) -> None:
    """Tell what is wrong, each fault under its form."""
    for slot, faults in editor.faults.items():
        if slot in editor.places:
            told = "".join(
                f'<p class="fault">{escape(editor.say(f"editor.fault.{fault}"))}</p>'
                for fault in faults
            )
            with editor.places[slot]:
                look.show(told)


def target_forms(editor: TargetEditor, year: int) -> dict[TargetKey, TargetForm | None]:
    """Return the targets of a year as they are typed; None where one is removed."""
    return {
        slot: form
        for slot, form in editor.forms(TargetForm).items()
        if not isinstance(slot, int) and len(slot) == 3 and slot[2] == year
    }


def shared_document(forms: Iterable[TargetForm | None]) -> str:
    """Return the document that all name, if all name one."""
    documents = {form.document for form in forms if form is not None}
    return documents.pop() if len(documents) == 1 else ""


def bases_of(indicator: str, editor: TargetEditor, *own: Basis) -> list[Basis]:
    """Return the bases an indicator has figures on in the area, the usual one first."""
    usual = editor.view.catalogue[indicator].basis
    known = [basis for name, basis in editor.spans if name == indicator]
    ordered = sorted(known, key=lambda basis: basis != usual) or [usual]
    return list(dict.fromkeys((*ordered, *own)))


MOST_OUTLOOKS = 32
MOST_ENTRIES = 64


def entries(snapshot: VintageView, area: str) -> Mapping[Key, Removable]:
    """Return what can be edited by hand of an area, as it is stored."""
    return _entries(snapshot.database, snapshot.vintage, area)


def spans(snapshot: VintageView, area: str) -> Spans:
    """Return the first and last quarter of each series of an area."""
    return _spans(snapshot.database, snapshot.vintage, area)


def outlook_with(
    snapshot: VintageView, area: str, year: int, wanted: Mapping[Key, Removable]
) -> Outlook:
    """Return what the outlook would be if these entries, and no others, held."""
    digest = sha256(repr(list(wanted.values())).encode()).hexdigest()
    return _outlook_with(snapshot.database, snapshot.vintage, area, year, digest, wanted)


@st.cache_resource(show_spinner=False, max_entries=MOST_ENTRIES)
def _entries(database: str, vintage: int, area: str) -> Mapping[Key, Removable]:
    store = cache.store()
    known: tuple[Removable, ...] = (
        *store.targets(vintage, area),
        *store.changes(vintage, area),
        *store.area_versions(vintage, area),
    )
    return {entry.key: entry for entry in known}


@st.cache_resource(show_spinner=False, max_entries=MOST_ENTRIES)
def _spans(database: str, vintage: int, area: str) -> Spans:
    figures = VintageView(database, vintage).figures(area)
    return spans_of(stored.value for stored in figures)


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _outlook_with(
    database: str,
    vintage: int,
    area: str,
    year: int,
    digest: str,
    _wanted: Mapping[Key, Removable],
) -> Outlook:
    asked = VintageView(database, vintage)
    figures = [stored.value for stored in asked.figures(area)]
    held = _wanted.values()
    known = Inputs(
        asked.catalogue(area),
        [entry for entry in held if isinstance(entry, Target)],
        figures,
        with_area_changes(
            [entry for entry in held if isinstance(entry, DefinitionChange)],
            [entry for entry in held if isinstance(entry, AreaVersion)],
            figures,
        ),
        cache.learner(),
    )
    return judge(Question(asked.area(area), year), known, cache.remembering_predict)
