"""The last step of an edit by hand: who, why, and the commit."""

from __future__ import annotations

import streamlit as st

from data.targets.edit import edit_draft
from forecasting.errors import OutlookError
from ui.frame import cache
from ui.frame.errors import show_error
from ui.language import t
from ui.targets.editor import Desk


def show(desk: Desk) -> None:
    """Show the form; the button waits until nothing is wrong and something differs."""
    language, edits, latest = desk.language, desk.edits, desk.view.snapshot.vintage
    st.header(t("upload.commit", language), anchor=False)
    if edits.base != latest:
        st.markdown(t("upload.rebased", language, base=edits.base, latest=latest))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = st.text_input(t("upload.author", language), key="edit_author", width=180)
        note = st.text_input(t("upload.note", language), key="edit_note", width=420)
    faults = len(desk.faults)
    label = t(
        "editor.go_faulty" if faults else "upload.go", language, number=latest + 1, count=faults
    )
    with st.container(horizontal=True):
        idle = bool(faults) or not desk.differences
        pressed = st.button(label, key="edit_commit", type="primary", disabled=idle)
        if st.button(t("editor.discard", language), key="edit_discard"):
            edits.end()
            st.rerun()
    st.caption(t("upload.reversible", language))
    if pressed and not author.strip():
        st.markdown(t("upload.who", language))
    elif pressed:
        _commit(author, note, desk)


def _commit(author: str, note: str, desk: Desk) -> None:
    """Commit what was shown, beside the vintage it was shown beside."""
    draft = edit_draft(desk.differences, author, note, desk.view.snapshot.vintage)
    try:
        number = cache.store().commit(draft)
    except OutlookError as error:
        show_error(error, desk.language)
        return
    desk.edits.end(number)
    st.rerun()
