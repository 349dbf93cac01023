"""The last step of an upload: who, why, and the commit."""

from __future__ import annotations

import streamlit as st

from data.workbook.review import Review
from forecasting.errors import OutlookError
from ui.figures import downloads
from ui.frame import cache, session
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.frame.shell import View
from ui.language import t
from ui.workbook import review as upload_review


def show(review: Review, upload: Upload, view: View) -> None:
    """Show the form; the button waits until nothing is open."""
    language = view.language
    if not review.lines:
        _show_nothing(view)
        return
    st.header(t("upload.commit", language), anchor=False)
    if upload.base != review.base:
        st.markdown(t("upload.rebased", language, base=upload.base, latest=review.base))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = st.text_input(t("upload.author", language), key="author", width=180)
        note = st.text_input(t("upload.note", language), key="note", width=420)
    open_ = len(review.reading.open)
    label = t("upload.go_open" if open_ else "upload.go", language, number=review.base + 1,
              count=open_)  # fmt: skip
    with st.container(horizontal=True):
        pressed = st.button(label, key="commit", type="primary", disabled=not review.ready)
        upload_review.discard(view)
    st.caption(t("upload.reversible", language))
    if pressed and not author.strip():
        st.markdown(t("upload.who", language))
    elif pressed:
        _commit(review, upload, author.strip(), note.strip(), view)


def _show_nothing(view: View) -> None:
    """Say what may help where nothing was read."""
    st.markdown(t("upload.nothing_advice", view.language))
    with st.container(horizontal=True):
        downloads.show_template(view)
        upload_review.discard(view)


def _commit(review: Review, upload: Upload, author: str, note: str, view: View) -> None:
    """Commit what was shown; if others committed meanwhile, show the new comparison first."""
    base, upload.base = upload.base, review.base
    if base != review.base:
        return  # the form says so above its button
    try:
        draft = review.draft(author, note, {upload.name: upload.content})
        number = cache.store().commit(draft)
    except OutlookError as error:
        show_error(error, view.language)
        return
    session.end_upload(number)
    st.rerun()
