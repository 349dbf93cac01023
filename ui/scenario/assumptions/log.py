"""What was changed of a scenario: every version that was saved, and what is not saved yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from data.store.scenarios import Edit
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.scenario.changes import FieldChange
from forecasting.scenario.projects import DATES
from ui.frame import cache, look
from ui.frame.columns import Column, table
from ui.language import Speaker
from ui.language import format as fmt
from ui.scenario import terms
from ui.scenario.state import Draft, change_of

MOST_SHOWN = 300


def show(draft: Draft) -> None:
    """Show the edits since the last saving, then those of every version, the newest first."""
    say, saved = draft.say, draft.history.saved
    st.header(say("assumed.log"), anchor=False)
    st.caption(say("assumed.log_note"))
    if draft.history.edits:
        notice = "received" if draft.is_received else "unsaved"
        st.markdown(f"**{say(f'scenario_notice.{notice}')}**")
        _show_edits(reversed(draft.history.edits), draft)
    versions = cache.store().scenarios.versions(saved.id) if saved else ()
    for version in reversed(versions):
        by = version.author or say("assumed.nobody")
        title = say(
            "assumed.version", version=version.version, at=fmt.minute(version.saved_at), by=by
        )
        st.markdown(f"**{escape(title)}**")
        if version.removed:
            st.markdown(say("scenario_label.deleted"))
        _show_edits(reversed(version.edits), draft)
    if not draft.history.edits and not versions:
        st.markdown(say("assumed.log_empty"))


def _show_edits(edits: Iterable[Edit], draft: Draft) -> None:
    """Show edits as a table, or that a version was saved without any."""
    say = draft.say
    shown = list(edits)
    if not shown:
        look.show(look.note(say("assumed.log_none")))
        return
    columns: list[Column[tuple[Edit, EditWords]]] = [
        Column(say("assumed.log_at"), "l", lambda row: fmt.minute(row[0].at)),
        Column(say("assumed.log_what"), "l wrap", lambda row: row[1].what),
        Column(say("assumed.log_old"), "l wrap", lambda row: row[1].before),
        Column(say("assumed.log_new"), "l wrap", lambda row: row[1].after),
    ]
    rows = [(edit, edit_words(edit, draft.catalogue, say)) for edit in shown[:MOST_SHOWN]]
    look.show(table(columns, rows))
    if len(shown) > MOST_SHOWN:
        look.show(look.note(say("assumed.log_more", count=len(shown) - MOST_SHOWN)))


_ITEM, _PLAN = "item.", "in_trend."
_ASSUMPTIONS, _REST = "assumptions", "rest"
_BY_YEAR = ("completion", "completed")
_RATES = ("realised", "plan_share")
_OF_A_RATE = ("expected", "low", "high")
_SHARES = ("probability", "start_probability", "weight", "value_added_rate", "retained")


@dataclass(frozen=True, slots=True)
class EditWords:
    """An edit as the log shows it.

    Attributes
    ----------
    what
        The field that was changed, with what it belongs to.
    before, after
        Its values; an empty one is told as none.
    """

    what: str
    before: str
    after: str


def edit_words(edit: Edit, catalogue: Catalogue, say: Speaker) -> EditWords:
    """Return an edit in words; texts that people gave stand in them as they are."""
    return _Words(change_of(edit), catalogue, say.plain).all()


@dataclass(frozen=True, slots=True)
class _Words:
    change: FieldChange
    catalogue: Catalogue
    say: Speaker

    def all(self) -> EditWords:
        change = self.change
        return EditWords(self._what(), self._value(change.before), self._value(change.after))

    def _what(self) -> str:
        say, change = self.say, self.change
        entry, field = self._entry(), self._field()
        section = say(f"edit.section.{change.section or 'scenario'}")
        named = say("edit.entry", section=section, entry=entry) if entry else section
        return say("edit.what", entry=named, field=field)

    def _entry(self) -> str:
        """Return what tells the entry from others: its code in words, and its own name."""
        reader = _ENTRIES.get(self.change.section)
        if reader is None:
            return self.change.entry
        code, _, own = self.change.entry.partition(" ")
        name = reader(self, code)
        if self.change.section == "rate":
            return self.say("lever_label.named", name=name, own=self._rate_quantity(own))
        if not own:
            return name
        return self.say("lever_label.named", name=name, own=self._quarter(own))

    def _field(self) -> str:
        say, path = self.say, self.change.field
        if self.change.section == "levels":
            return self._indicator(path)
        if path.startswith(_PLAN):
            return say("edit.of_plan", field=self._at(path.removeprefix(_PLAN)))
        return self._at(path)

    def _at(self, path: str) -> str:
        """Return the words of a field of an entry, or of something inside it."""
        say = self.say
        part, _, name = path.rpartition(".")
        if part == _ASSUMPTIONS:
            return self.say.word("assumption", name)
        if part in _BY_YEAR:
            return say(f"edit.{part}", year=name)
        if part in _RATES:
            rate = say(f"edit.field.{part}")
            return say("edit.of_rate", rate=rate, field=say.word("edit.field", name))
        field = self.say.word("edit.field", name)
        if part == _REST:
            return say("edit.of_rest", field=field)
        if part:
            return say("edit.of_item", item=part.removeprefix(_ITEM), field=field)
        return field

    def _value(self, text: str) -> str:
        if not text:
            return self.say("edit.none")
        part, _, name = self.change.field.rpartition(".")
        if part == _ASSUMPTIONS or name in _SHARES:
            return terms.assumption_value(name, float(text), self.say)
        if name in _OF_A_RATE:
            return fmt.share(float(text))
        reader = _VALUES.get(name)
        return reader(self, text) if reader else text

    def _lever(self, kind: str) -> str:
        return self.say.word("lever", kind)

    def _indicator(self, name: str) -> str:
        if name not in self.catalogue.indicators:
            return name
        return terms.indicator_name(name, self.catalogue, self.say)

    def _indicators(self, names: str) -> str:
        return self.say("format.comma").join(map(self._indicator, names.split(", ")))

    def _line(self, line: str) -> str:
        return self.say.word("risk_line", line)

    def _flag(self, text: str) -> str:
        return self.say(f"edit.{text}")

    def _quarter(self, text: str) -> str:
        """Return the name of a quarter, or the text as it is where it is none."""
        try:
            quarter = Quarter.parse(text)
        except ValueError:
            return text
        return terms.quarter_name(quarter, 0, self.say)

    def _stage(self, stage: str) -> str:
        return self.say.word("projects.stage", stage)

    def _reference_class(self, reference: str) -> str:
        return self.say.word("reference_class", reference)

    def _rate_quantity(self, quantity: str) -> str:
        return self.say.word("rate_quantity", quantity)

    def _source(self, source: str) -> str:
        return self.say.word("source", source)


_Reader = Callable[[_Words, str], str]
_ENTRIES: Mapping[str, _Reader] = {
    "lever": _Words._lever,
    "amount": _Words._indicator,
    "point": _Words._indicator,
    "pin": _Words._indicator,
    "bottom_up": _Words._indicator,
    "risk": _Words._line,
    "rate": _Words._reference_class,
}
"""By section, what the code means that opens the name of an entry."""
_FLAGS = ("points", "one_off", "industrial", "cumulative", "certain")
_QUARTERS = ("start", "quarter", "start_planned", *DATES)
_VALUES: Mapping[str, _Reader] = {
    "kind": _Words._lever,
    "indicator": _Words._indicator,
    "unmoved": _Words._indicators,
    "line": _Words._line,
    "stage": _Words._stage,
    "source": _Words._source,
    "reference": _Words._reference_class,
    "quantity": _Words._rate_quantity,
    **dict.fromkeys(_FLAGS, _Words._flag),
    **dict.fromkeys(_QUARTERS, _Words._quarter),
}
"""By field, how its value is read; any other stands as it is."""
