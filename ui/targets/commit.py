"""Every edit that waits for its commit: what it was, and what it becomes."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store.compare import Difference
from data.store.vintages import Removable
from data.targets.edits import commit_of
from forecasting.errors import AreaWithoutFigures, OutlookError
from forecasting.figures.indicator import Target
from forecasting.outlook.outlook import Outlook
from ui.frame import address, cache, choices, look
from ui.frame.controls import OVERVIEW_PAGE, View
from ui.frame.errors import guard, show_error
from ui.frame.session import Edits
from ui.language import t
from ui.outlook import effect, sentences
from ui.targets import state
from ui.targets.sentences import document_text, entry_name, entry_text
from ui.targets.state import TargetEditor


def show_review(editor: TargetEditor) -> None:
    """Show what a commit would change."""
    language, edits = editor.language, editor.differences
    st.header(t("editor.review", language), anchor=False)
    if editor.faults:
        st.markdown(t("editor.faulty", language, count=len(editor.faults)))
    if not edits:
        st.markdown(t("editor.nothing", language))
        return
    head = [
        (t("column.state", language), "l"),
        (t("editor.what", language), "l wrap"),
        (t("editor.old", language), "l wrap"),
        (t("editor.new_value", language), "l wrap"),
    ]
    look.show(look.table(head, (_review_row(edit, editor.view) for edit in edits)))


def _review_row(edit: Difference[Removable], view: View) -> str:
    old = edit.old.value if edit.old else None
    new = edit.new.value if edit.new else None
    return (
        look.fate(edit.fate, t(f"editor.fate.{edit.fate}", view.language))
        + look.cell(entry_name(edit.either, view), "l strong wrap")
        + _review_cell(old, new, view)
        + _review_cell(new, old, view)
    )


def _review_cell(entry: Removable | None, other: Removable | None, view: View) -> str:
    """Return what an entry holds; the document of a new or removed one where there is room."""
    language = view.language
    if entry is None:
        return look.cell(t("format.missing", language), "l")
    text = escape(entry_text(entry, other, view.catalogue, language))
    if other is None and isinstance(entry, Target):
        rest = t("format.comma_in_sentence", language) + document_text(entry, language)
        text += f'<span class="wide">{escape(rest)}</span>'
    return f'<td class="l wrap">{text}</td>'


def show_effect(editor: TargetEditor, year: int) -> None:
    """Show the probabilities now and after a commit, of the year edited if it can be judged."""
    view, language = editor.view, editor.language
    span = view.snapshot.span(view.area.id)
    if not editor.differences:
        return
    if span is None:
        st.caption(t("editor.effect_without_figures", language))
        return
    years = choices.year_options(span, editor.targets)
    judged = year if year in years else choices.default_year(span, years)
    title = "upload.effect_reference" if view.area.reference else "upload.effect"
    st.header(t(title, language, year=judged), anchor=False)
    if not _touches(editor, judged):
        st.markdown(t("editor.effect_later", language, year=judged))
        return
    st.caption(t("editor.effect_note", language))
    with st.spinner(t("app.spinner", language)):
        now = effect.now(view, judged)
        after = _after(editor, judged)
    if after is None or after.all_clear is None:
        st.markdown(t("editor.effect_none", language))
        return
    _show_counted(now, after, editor)
    effect.show(now, after, view)


def _touches(editor: TargetEditor, year: int) -> bool:
    """Whether any edit bears on a year: what is recorded bears on all of them."""
    return any(
        not isinstance(edit.either, Target) or edit.either.year in (0, year)
        for edit in editor.differences
    )


def _after(editor: TargetEditor, year: int) -> Outlook | None:
    view = editor.view
    try:
        return state.outlook_with(view.snapshot, view.area.id, year, editor.wanted)
    except AreaWithoutFigures:
        return None


def _show_counted(now: Outlook | None, after: Outlook, editor: TargetEditor) -> None:
    """Say that "all" is no longer all of the same."""
    old, new = len(now.counted) if now else 0, len(after.counted)
    if old != new:
        st.markdown(t("editor.effect_counted", editor.language, old=old, new=new))


def show_commit(editor: TargetEditor) -> None:
    """Show the form; the button waits until nothing is wrong and something differs."""
    language, edits, latest = editor.language, editor.edits, editor.view.snapshot.vintage
    st.header(t("upload.commit", language), anchor=False)
    if edits.base != latest:
        st.markdown(t("upload.rebased", language, base=edits.base, latest=latest))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = st.text_input(t("upload.author", language), key="edit_author", width=180)
        note = st.text_input(t("upload.note", language), key="edit_note", width=420)
    faults = len(editor.faults)
    label = t(
        "editor.go_faulty" if faults else "upload.go", language, number=latest + 1, count=faults
    )
    with st.container(horizontal=True):
        idle = bool(faults) or not editor.differences
        pressed = st.button(label, key="edit_commit", type="primary", disabled=idle)
        if st.button(t("editor.discard", language), key="edit_discard"):
            edits.end()
            st.rerun()
    st.caption(t("upload.reversible", language))
    if pressed and not author.strip():
        st.markdown(t("upload.who", language))
    elif pressed:
        _commit(author, note, editor)


def _commit(author: str, note: str, editor: TargetEditor) -> None:
    """Commit what was shown, beside the vintage it was shown beside."""
    draft = commit_of(editor.differences, author, note, editor.view.snapshot.vintage)
    try:
        number = cache.store().commit(draft)
    except OutlookError as error:
        show_error(error, editor.language)
        return
    editor.edits.end(number)
    st.rerun()


def show_committed(number: int, edits: Edits, view: View) -> None:
    """Say which vintage it became, lead on, and offer to take it back."""
    language = view.language
    title = t("upload.done", language, number=number).replace("|", sentences.BREAK)
    st.title(title, anchor=False)
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    look.show(look.note(t("upload.by", language, author=record.author, note=record.note)))
    with st.container(horizontal=True, vertical_alignment="center"):
        label = t("upload.to_overview", language)
        st.page_link(OVERVIEW_PAGE, label=label, query_params=address.whole_view())
        pressed = st.button(t("upload.undo", language, number=number), key="edit_undo")
    if pressed:
        with guard(language):
            cache.store().withdraw(number, record.author, t("upload.undo_note", language))
        edits.end()
        st.rerun()
