"""Changes of definition and versions of an area, recorded and edited in place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.targets.edits import ChangeForm, Series, Slot, VersionForm
from forecasting.figures.indicator import Basis, Catalogue, Names
from ui.frame import look
from ui.language import Language, t, words
from ui.targets import sentences
from ui.targets.state import TargetEditor

KINDS = ("enlarged", "redrawn", "merged")
"""Usual names of a version; any other is typed."""
OTHER = "other"


def show_changes(editor: TargetEditor) -> None:
    """Show the recorded changes of definition."""
    language = editor.language
    st.header(t("editor.changes", language), anchor=False)
    st.caption(t("editor.changes_note", language))
    series = _series_of(editor)
    for slot, form in editor.forms(ChangeForm).items():
        _show_change(slot, form, series, editor)
    if st.button(t("editor.add_change", language), key="add_change"):
        indicator, basis = series[0]
        editor.edits.add(ChangeForm(editor.view.area.id, indicator, basis))
        st.rerun()


def show_versions(editor: TargetEditor) -> None:
    """Show the recorded versions of the area."""
    language = editor.language
    st.header(t("editor.versions", language), anchor=False)
    st.caption(t("editor.versions_note", language))
    for slot, form in editor.forms(VersionForm).items():
        _show_version(slot, form, editor)
    if st.button(t("editor.add_version", language), key="add_version"):
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
    language, catalogue = editor.language, editor.view.catalogue
    with st.container(border=True, key=editor.key("change", slot)):
        if form is None:
            _show_removed(slot, editor)
            return
        own = form.indicator, form.basis
        options = series if own in series else [own, *series]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            indicator, basis = st.selectbox(
                t("column.indicator", language), options, options.index(own),
                format_func=lambda option: series_name(option, options, catalogue, language),
                key=editor.key("series", slot), width=280,
            )  # fmt: skip
            year, quarter = _since(slot, form, editor)
            document = st.text_input(
                t("editor.change_document", language), form.document,
                key=editor.key("document", slot),
                placeholder=t("editor.change_example", language),
            )  # fmt: skip
            _show_removal(slot, editor)
        typed = replace(
            form, indicator=indicator, basis=basis, year=year, quarter=quarter, document=document
        )
        editor.put(slot, typed)
        editor.places[slot] = st.container()


def _show_version(slot: Slot, form: VersionForm | None, editor: TargetEditor) -> None:
    language = editor.language
    with st.container(border=True, key=editor.key("version", slot)):
        if form is None:
            _show_removed(slot, editor)
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = _label(slot, form, editor)
            year, quarter = _since(slot, form, editor)
            document = st.text_input(
                t("editor.document", language), form.document, key=editor.key("document", slot),
                placeholder=t("editor.version_example", language),
            )  # fmt: skip
            note = st.text_input(
                t("editor.version_note", language), form.note, key=editor.key("note", slot),
                placeholder=t("editor.version_note_example", language),
            )  # fmt: skip
            _show_removal(slot, editor)
        typed = replace(form, label=label, year=year, quarter=quarter, document=document, note=note)
        editor.put(slot, typed)
        editor.places[slot] = st.container()


def _since(
    slot: Slot, form: ChangeForm | VersionForm, editor: TargetEditor
) -> tuple[int | None, int]:
    """Show the year and the quarter from which on something holds."""
    language = editor.language
    year = st.number_input(
        t("editor.since_year", language), value=form.year, step=1, format="%d",
        key=editor.key("year", slot), width=120,
    )  # fmt: skip
    quarters = (1, 2, 3, 4)
    quarter = st.selectbox(
        t("editor.since_quarter", language), quarters, quarters.index(form.quarter),
        format_func=lambda k: t(f"period.quarter_name.{k}", language),
        key=editor.key("quarter", slot), width=120,
    )  # fmt: skip
    return year, quarter


def _label(slot: Slot, form: VersionForm, editor: TargetEditor) -> Names:
    """Show what a version is called: a usual name, or one that is typed."""
    language = editor.language
    options = (*KINDS, OTHER)
    own = next((kind for kind in KINDS if _kind_names(kind) == form.label), OTHER)
    kind = st.selectbox(
        t("editor.kind", language), options, options.index(own),
        format_func=lambda kind: t(f"editor.version.{kind}", language),
        key=editor.key("kind", slot), width=180,
    )  # fmt: skip
    if kind != OTHER:
        return _kind_names(kind)
    typed = form.label if own == OTHER else Names("", "")
    zh = st.text_input(t("editor.label_zh", language), typed.zh, key=editor.key("zh", slot))
    en = st.text_input(t("editor.label_en", language), typed.en, key=editor.key("en", slot))
    return Names(zh, en)


def _kind_names(kind: str) -> Names:
    key = f"editor.version.{kind}"
    return Names(t(key, Language.ZH), t(key, Language.EN))


def series_name(
    series: Series, options: list[Series], catalogue: Catalogue, language: Language
) -> str:
    """Name an indicator, with its basis where it has several."""
    indicator, basis = series
    name = words.plain_title(catalogue[indicator], language)
    several = sum(option[0] == indicator for option in options) > 1
    usual: Basis = catalogue[indicator].basis
    if not several and basis == usual:
        return name
    return t("area.marked", language, name=name, mark=words.basis(basis, language))


def _show_removal(slot: Slot, editor: TargetEditor) -> None:
    if st.button(t("editor.remove", editor.language), key=editor.key("remove", slot)):
        editor.renew(slot, None)


def _show_removed(slot: Slot, editor: TargetEditor) -> None:
    """Show a record that a commit would remove, and the way to keep it."""
    form, language = editor.stored_form(slot), editor.language
    assert form is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        entry = sentences.entry_name(form.entry(), editor.view)
        look.show(look.note(t("editor.removed", language, old=entry)), content_wide=True)
        if st.button(t("editor.keep", language), key=editor.key("keep", slot), type="tertiary"):
            editor.renew(slot, form)
