"""The head of a review: what was understood of the file, and what is said of it."""

from __future__ import annotations

import streamlit as st

from data.review import Review, State
from data.workbook.book import Book, Sheet
from data.workbook.opening import ENCODINGS
from data.workbook.reading import Asked
from ui import cache, sentences, unsaved, upload_cache, upload_words
from ui.messages import Language, t
from ui.messages.markdown import literal
from ui.parts.shell import View
from ui.unsaved import Upload

_COUNTED = (State.NEW, State.REVISED, State.UNCHANGED, State.DOUBTFUL, State.REFUSED)
PREVIEW_ROWS, PREVIEW_CELLS = 4, 6


def reviewed(view: View, upload: Upload) -> Review:
    """Return the review, with the stage shown while a large file takes its time."""
    place = st.empty()
    for share, stage in ((0.2, "opening"), (0.5, "reading")):
        place.progress(share, t(f"upload.{stage}", view.language))
        if stage == "opening":
            upload_cache.opened(upload)
    review = upload_cache.reviewed(view.snapshot, view.area.id, upload)
    place.empty()
    return review


def show_head(review: Review, upload: Upload, view: View) -> None:
    """Show the sentence, where it comes from, and what is said of the file."""
    language = view.language
    st.title(headline(review, language), anchor=False)
    book = upload_cache.opened(upload)
    names = t("format.comma", language).join(sheet.name for sheet in book.sheets if sheet.name)
    key = "upload.source_pasted" if upload.pasted else "upload.source"
    file, sheets = literal(upload.name), literal(names)
    st.caption(t(key, language, file=file, sheets=sheets, base=review.base))
    _show_same_file(upload, view)
    _show_encoding(book, review, upload, view)
    _show_remarks(review, view)


def headline(review: Review, language: Language) -> str:
    """Say how many figures the file has and what becomes of them."""
    counts, open_ = review.counts, len(review.reading.open)
    total = sum(counts.values())
    if not total:
        return t("upload.headline.nothing", language).replace("|", sentences.BREAK)
    comma = t("format.comma_in_sentence", language)
    parts = comma.join(
        t(f"upload.count.{state}", language, count=counts[state])
        for state in _COUNTED
        if counts[state]
    )
    if open_:
        ending = t("upload.headline.open", language, count=open_)
    elif not review.changes:
        ending = t("upload.headline.same", language)
    else:
        ending = t("upload.headline.ready", language)
    text = t("upload.headline.some", language, total=total, parts=parts, ending=ending)
    return text.replace("|", sentences.BREAK)


def _show_same_file(upload: Upload, view: View) -> None:
    """Say that this very file was committed before."""
    before = cache.store().file_records(upload.digest)
    if not before:
        return
    language = view.language
    told = [
        t(
            "upload.withdrawn" if file.withdrawn else "upload.standing",
            language,
            number=file.vintage,
        )
        for file in before
    ]
    vintages = t("format.comma", language).join(told)
    st.markdown(t("upload.same_file", language, vintages=vintages))


def _show_encoding(book: Book, review: Review, upload: Upload, view: View) -> None:
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
            key=f"encoding_{upload.digest[:12]}",
        )
    if chosen != book.encoding:
        upload.encoding = chosen
        st.rerun()


def _preview(sheet: Sheet) -> str:
    rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    return "\n".join(
        " | ".join("" if cell is None else str(cell) for cell in row[:PREVIEW_CELLS])
        for row in rows[:PREVIEW_ROWS]
    )


def _show_remarks(review: Review, view: View) -> None:
    """Say what need not be answered."""
    remarks = [upload_words.remark(entry, view) for entry in review.reading.remarks]
    if remarks:
        with st.expander(
            t("upload.remarks", view.language, count=len(remarks)), expanded=len(remarks) < 4
        ):
            st.markdown("\n".join(f"- {text}" for text in remarks))


def discard(view: View) -> None:
    """Show the button that puts the file aside."""
    if st.button(t("upload.discard", view.language), key="discard"):
        unsaved.end_upload()
        st.rerun()
