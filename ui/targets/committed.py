"""What became of the last edit by hand of this session."""

from __future__ import annotations

import streamlit as st

from ui.frame import address, cache, look
from ui.frame.errors import guard
from ui.frame.session import Edits
from ui.frame.shell import OVERVIEW_PAGE, View
from ui.language import t
from ui.outlook import sentences


def show(number: int, edits: Edits, view: View) -> None:
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
