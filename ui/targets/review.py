"""Every edit that waits for its commit: what it was, and what it becomes."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store.compare import Difference
from data.store.vintage import Removable
from forecasting.figures.indicator import Target
from ui.frame import look
from ui.frame.shell import View
from ui.language import t
from ui.targets import words
from ui.targets.editor import Desk


def show(desk: Desk) -> None:
    """Show what a commit would change."""
    language, edits = desk.language, desk.differences
    st.header(t("editor.review", language), anchor=False)
    if desk.faults:
        st.markdown(t("editor.faulty", language, count=len(desk.faults)))
    if not edits:
        st.markdown(t("editor.nothing", language))
        return
    head = [
        (t("column.state", language), "l"),
        (t("editor.what", language), "l wrap"),
        (t("editor.old", language), "l wrap"),
        (t("editor.new_value", language), "l wrap"),
    ]
    look.show(look.table(head, (_row(edit, desk.view) for edit in edits)))


def _row(edit: Difference[Removable], view: View) -> str:
    old = edit.old.value if edit.old else None
    new = edit.new.value if edit.new else None
    return (
        look.fate(edit.fate, t(f"editor.fate.{edit.fate}", view.language))
        + look.cell(words.what(edit.either, view), "l strong wrap")
        + _cell(old, new, view)
        + _cell(new, old, view)
    )


def _cell(entry: Removable | None, other: Removable | None, view: View) -> str:
    """Return what an entry holds; the document of a new or removed one where there is room."""
    language = view.language
    if entry is None:
        return look.cell(t("format.missing", language), "l")
    text = escape(words.text(entry, other, view.catalogue, language))
    if other is None and isinstance(entry, Target):
        rest = t("format.comma_in_sentence", language) + words.document(entry, language)
        text += f'<span class="wide">{escape(rest)}</span>'
    return f'<td class="l wrap">{text}</td>'
