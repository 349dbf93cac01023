"""What became of the last commit of this session."""

from __future__ import annotations

import streamlit as st

from ui.frame import address, cache, look, session
from ui.frame.errors import guard
from ui.frame.shell import OVERVIEW_PAGE, View
from ui.language import t
from ui.outlook import sentences
from ui.vintages import news


def show(number: int, view: View) -> None:
    """Say which vintage it became, lead on, and offer to take it back."""
    language = view.language
    title = t("upload.done", language, number=number).replace("|", sentences.BREAK)
    st.title(title, anchor=False)
    st.markdown(t("upload.done_note", language))
    with st.container(key="go_on"):
        label = t("upload.to_overview", language)
        st.page_link(OVERVIEW_PAGE, label=label, query_params=address.whole_view())
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    look.show(look.note(t("upload.by", language, author=record.author, note=record.note)))
    news.show_foremost(number - 1, number, view)
    if st.button(t("upload.undo", language, number=number), key="undo"):
        with guard(language):
            cache.store().withdraw(number, record.author, t("upload.undo_note", language))
        session.end_upload(undone=number)
        st.rerun()
