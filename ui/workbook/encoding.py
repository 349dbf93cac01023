"""The encoding of a text file: which one it is read by, and another one in its place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.workbook.book import Book, Sheet
from data.workbook.open.opening import ENCODINGS
from data.workbook.open.refusal import WorkbookRefused
from data.workbook.reading import Asked
from data.workbook.review import Review
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.frame.shell import View
from ui.language import t
from ui.workbook import cache

PREVIEW_ROWS, PREVIEW_CELLS = 4, 6


def show(book: Book, review: Review, upload: Upload, view: View) -> None:
    """Let the encoding of a text file be chosen, beside what it makes of the first rows."""
    if not book.encoding:
        return
    language = view.language
    doubtful = any(entry.code is Asked.ENCODING for entry in review.reading.open)
    title = t("upload.encoding", language, encoding=book.encoding)
    with st.expander(title, expanded=doubtful):
        st.caption(t("upload.encoding_note", language))
        st.code(_preview(book.sheets[0]) if book.sheets else "", language=None)
        options = list(ENCODINGS)
        chosen = st.selectbox(
            t("upload.encoding_choose", language),
            options,
            options.index(book.encoding) if book.encoding in options else 0,
            # Of the encoding in use: what is chosen elsewhere on the page is not chosen back here.
            key=f"encoding_{upload.digest[:12]}_{book.encoding}",
        )
        if chosen != book.encoding and change(upload, chosen, view):
            st.rerun()


def change(upload: Upload, encoding: str, view: View) -> bool:
    """Read a file by another encoding; where that does not fit, say so and leave it as it was."""
    try:
        cache.opened(replace(upload, encoding=encoding))
    except WorkbookRefused as error:
        show_error(error, view.language)
        return False
    upload.encoding = encoding
    return True


def _preview(sheet: Sheet) -> str:
    rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    return "\n".join(
        " | ".join("" if cell is None else str(cell) for cell in row[:PREVIEW_CELLS])
        for row in rows[:PREVIEW_ROWS]
    )
