"""Changes of definition and versions of an area, recorded and edited in place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.targets.edits import ChangeForm, Series, Slot, VersionForm
from forecasting.figures.indicator import Basis, Catalogue, Names
from ui.frame import look
from ui.language import Language, Speaker, words
from ui.targets import sentences
from ui.targets.state import TargetEditor

KINDS = ("enlarged", "redrawn", "merged")
"""Usual names of a version; any other is typed."""
OTHER = "other"


def show_changes(editor: TargetEditor) -> None:
    """Show the recorded changes of definition."""
    say = editor.say
    st.header(say("editor.changes"), anchor=False)
    st.caption(say("editor.changes_note"))
    series = _series_of(editor)
    for slot, form in editor.forms(ChangeForm).items():
        _show_change(slot, form, series, editor)
    if st.button(say("editor.add_change"), key="add_change"):
        indicator, basis = series[0]
        editor.edits.add(ChangeForm(editor.view.area.id, indicator, basis))
        st.rerun()


def show_versions(editor: TargetEditor) -> None:
    """Show the recorded versions of the area."""
    say = editor.say
    st.header(say("editor.versions"), anchor=False)
    st.caption(say("editor.versions_note"))
    for slot, form in editor.forms(VersionForm).items():
        _show_version(slot, form, editor)
    if st.button(say("editor.add_version"), key="add_version"):
        editor.edits.add(VersionForm(editor.view.area.id, _kind_names(KINDS[0])))
        st.rerun()


def _series_of(editor: TargetEditor) -> list[Series]:
    """Return the series a change can be of: with figures, else with a target, else any."""
    known = list(editor.spans) or [(target.indicator, target.basis) for target in editor.targets]
    indicators = editor.view.catalogue.indicators.values()
    known = known or [(indicator.id, indicator.basis) for indicator in indicators]
    known.sort(key=lambda series: editor.view.catalogue[series[0]].order)
    return list(dict.fromkeys(known))


def _show_change(
    slot: Slot, form: ChangeForm | None, series: list[Series], editor: TargetEditor
) -> None:
    say, catalogue = editor.say, editor.view.catalogue
    with st.container(border=True, key=editor.key("change", slot)):
        if form is None:
            _show_removed(slot, editor)
            return
        own = form.indicator, form.basis
        options = series if own in series else [own, *series]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            indicator, basis = st.selectbox(
                say("column.indicator"), options, options.index(own),
                format_func=lambda option: series_name(option, options, catalogue, say),
                key=editor.key("series", slot), width=280,
            )  # fmt: skip
            year, quarter = _since(slot, form, editor)
            document = st.text_input(
                say("editor.change_document"), form.document,
                key=editor.key("document", slot),
                placeholder=say("editor.change_example"),
            )  # fmt: skip
            _show_removal(slot, editor)
        typed = replace(
            form, indicator=indicator, basis=basis, year=year, quarter=quarter, document=document
        )
        editor.put(slot, typed)
        editor.places[slot] = st.container()


def _show_version(slot: Slot, form: VersionForm | None, editor: TargetEditor) -> None:
    say = editor.say
    with st.container(border=True, key=editor.key("version", slot)):
        if form is None:
            _show_removed(slot, editor)
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = _label(slot, form, editor)
            year, quarter = _since(slot, form, editor)
            document = st.text_input(
                say("editor.document"), form.document, key=editor.key("document", slot),
                placeholder=say("editor.version_example"),
            )  # fmt: skip
            note = st.text_input(
                say("editor.version_note"), form.note, key=editor.key("note", slot),
                placeholder=say("editor.version_note_example"),
            )  # fmt: skip
            _show_removal(slot, editor)
        typed = replace(form, label=label, year=year, quarter=quarter, document=document, note=note)
        editor.put(slot, typed)
        editor.places[slot] = st.container()


def _since(
    slot: Slot, form: ChangeForm | VersionForm, editor: TargetEditor
) -> tuple[int | None, int]:
    """Show the year and the quarter from which on something holds."""
    say = editor.say
    year = st.number_input(
        say("editor.since_year"), value=form.year, step=1, format="%d",
        key=editor.key("year", slot), width=120,
    )  # fmt: skip
    quarters = (1, 2, 3, 4)
    quarter = st.selectbox(
        say("editor.since_quarter"), quarters, quarters.index(form.quarter),
        format_func=lambda k: say(f"period.quarter_name.{k}"),
        key=editor.key("quarter", slot), width=120,
    )  # fmt: skip
    return year, quarter


def _label(slot: Slot, form: VersionForm, editor: TargetEditor) -> Names:
    """Show what a version is called: a usual name, or one that is typed."""
    say = editor.say
    options = (*KINDS, OTHER)
    own = next((kind for kind in KINDS if _kind_names(kind) == form.label), OTHER)
    kind = st.selectbox(
        say("editor.kind"), options, options.index(own),
        format_func=lambda kind: say(f"editor.version.{kind}"),
        key=editor.key("kind", slot), width=180,
    )  # fmt: skip
    if kind != OTHER:
        return _kind_names(kind)
    typed = form.label if own == OTHER else Names("", "")
    zh = st.text_input(say("editor.label_zh"), typed.zh, key=editor.key("zh", slot))
    en = st.text_input(say("editor.label_en"), typed.en, key=editor.key("en", slot))
    return Names(zh, en)


def _kind_names(kind: str) -> Names:
    key = f"editor.version.{kind}"
    return Names(Speaker(Language.ZH)(key), Speaker(Language.EN)(key))


def series_name(series: Series, options: list[Series], catalogue: Catalogue, say: Speaker) -> str:
    """Name an indicator, with its basis where it has several."""
    indicator, basis = series
    name = words.title(catalogue[indicator], say.plain)
    several = sum(option[0] == indicator for option in options) > 1
    usual: Basis = catalogue[indicator].basis
    if not several and basis == usual:
        return name
    return say("area.marked", name=name, mark=words.basis(basis, say))


def _show_removal(slot: Slot, editor: TargetEditor) -> None:
    if st.button(editor.say("editor.remove"), key=editor.key("remove", slot)):
        editor.renew(slot, None)


def _show_removed(slot: Slot, editor: TargetEditor) -> None:
    """Show a record that a commit would remove, and the way to keep it."""
    form, say = editor.stored_form(slot), editor.say
    assert form is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        entry = sentences.entry_name(form.entry(), editor.view)
        look.show(look.note(say("editor.removed", old=entry)), content_wide=True)
        if st.button(say("editor.keep"), key=editor.key("keep", slot), type="tertiary"):
            editor.renew(slot, form)
