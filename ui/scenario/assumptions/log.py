"""What was changed of a scenario: every version that was saved, and what is not saved yet."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from data.store.scenarios import Edit
from ui.frame import cache, look
from ui.language import format as fmt
from ui.language import t
from ui.scenario.assumptions import edit_words
from ui.scenario.state import Draft

MOST_SHOWN = 300


def show(draft: Draft) -> None:
    """Show the edits since the last saving, then those of every version, the newest first."""
    language, saved = draft.language, draft.history.saved
    st.header(t("assumed.log", language), anchor=False)
    st.caption(t("assumed.log_note", language))
    if draft.history.edits:
        st.markdown(f"**{t('scenario_notice.unsaved', language)}**")
        _show_edits(reversed(draft.history.edits), draft)
    versions = cache.store().scenarios.versions(saved.id) if saved else ()
    for version in reversed(versions):
        by = version.author or t("assumed.nobody", language)
        title = t(
            "assumed.version",
            language,
            version=version.version,
            at=fmt.minute(version.saved_at),
            by=by,
        )
        st.markdown(f"**{escape(title)}**")
        if version.removed:
            st.markdown(t("scenario_label.deleted", language))
        _show_edits(reversed(version.edits), draft)
    if not draft.history.edits and not versions:
        st.markdown(t("assumed.log_empty", language))


def _show_edits(edits: Iterable[Edit], draft: Draft) -> None:
    """Show edits as a table, or that a version was saved without any."""
    language = draft.language
    shown = list(edits)
    if not shown:
        look.show(look.note(t("assumed.log_none", language)))
        return
    head = [(t(f"assumed.log_{name}", language), "l") for name in ("at", "what", "old", "new")]
    rows = (_row(edit, draft) for edit in shown[:MOST_SHOWN])
    look.show(look.table(head, rows))
    if len(shown) > MOST_SHOWN:
        look.show(look.note(t("assumed.log_more", language, count=len(shown) - MOST_SHOWN)))


def _row(edit: Edit, draft: Draft) -> str:
    told = edit_words.words_of(edit, draft.catalogue, draft.language)
    cells = "".join(look.cell(text, "l wrap") for text in (told.what, told.before, told.after))
    return look.cell(fmt.minute(edit.at), "l") + cells
