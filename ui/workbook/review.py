"""The head of a review: what was understood of the file, and what is said of it."""

from __future__ import annotations

import streamlit as st

from data.workbook.questions import SKIP
from data.workbook.review import Review, State
from forecasting.errors import OutlookError
from ui.frame import cache, session
from ui.frame.controls import View
from ui.frame.errors import end_page, show_error
from ui.frame.session import Upload
from ui.language import Language, t, words
from ui.language.markdown import literal
from ui.outlook import sentences
from ui.workbook import forms
from ui.workbook.sentences import remark_sentence
from ui.workbook.state import open_file, review_of

_COUNTED = (State.NEW, State.REVISED, State.UNCHANGED, State.DOUBTFUL, State.REFUSED)


def reviewed(view: View, upload: Upload) -> Review:
    """Return the review; where the file is not read any more, say why and let it be put aside."""
    try:
        return _reviewed(view, upload)
    except OutlookError as error:
        show_error(error, view.language)
        discard(view)
        end_page()


def _reviewed(view: View, upload: Upload) -> Review:
    """Return the review, with the stage shown while a large file takes its time."""
    place = st.empty()
    try:
        place.progress(0.2, t("upload.opening", view.language))
        open_file(upload)
        place.progress(0.5, t("upload.reading", view.language))
        return review_of(view.snapshot, view.area.id, upload)
    finally:
        place.empty()


def show_head(review: Review, upload: Upload, view: View) -> None:
    """Show the sentence, where it comes from, and what is said of the file."""
    language = view.language
    st.title(headline(review, language), anchor=False)
    book = open_file(upload)
    names = t("format.comma", language).join(
        sheet.name for sheet in book.sheets if sheet.name and not sheet.hidden
    )
    key = "upload.source_pasted" if upload.pasted else "upload.source"
    file, sheets = literal(upload.name), literal(names)
    areas = t("format.comma", language).join(_areas(review, view))
    st.caption(t(key, language, file=file, sheets=sheets, areas=areas, base=review.base))
    _warn_of_reference(review, view)
    _show_same_file(upload, view)
    forms.show_encoding(book, review, upload, view)
    _show_remarks(review, view)


def headline(review: Review, language: Language) -> str:
    """Say how many figures the file has and what becomes of them."""
    counts, open_ = review.counts, len(review.reading.open)
    total = sum(counts.values())
    if not total:
        skipped = SKIP in review.reading.answered.values()
        key = "upload.headline.skipped" if skipped else "upload.headline.nothing"
        return t(key, language).replace("|", sentences.BREAK)
    comma = t("format.comma_in_sentence", language)
    parts = comma.join(
        t(f"upload.count.{state}", language, count=counts[state])
        for state in _COUNTED
        if counts[state]
    )
    if open_:
        ending = t("upload.headline.open", language, count=open_)
    elif not review.written:
        ending = t("upload.headline.same", language)
    else:
        ending = t("upload.headline.ready", language)
    text = t("upload.headline.some", language, total=total, parts=parts, ending=ending)
    return text.replace("|", sentences.BREAK)


def _areas(review: Review, view: View) -> list[str]:
    """Name the areas that the file has figures of; the one looked at where it has none."""
    ids = dict.fromkeys(line.figure.area for line in review.lines if line.figure)
    return [words.name(view.snapshot.area(id).name, view.language) for id in ids or (view.area.id,)]


def _warn_of_reference(review: Review, view: View) -> None:
    """Ask for a second look where official figures of another area would change."""
    revised = [
        line.figure.area
        for line in review.lines
        if line.figure and line.difference and line.state is not State.UNCHANGED
    ]
    for id in dict.fromkeys(revised):
        area = view.snapshot.area(id)
        if area.reference:
            name = words.name(area.name, view.language)
            count = revised.count(id)
            st.markdown(t("upload.reference_revised", view.language, area=name, count=count))


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


def _show_remarks(review: Review, view: View) -> None:
    """Say what need not be answered."""
    remarks = [remark_sentence(entry, view) for entry in review.reading.remarks]
    if remarks:
        with st.expander(
            t("upload.remarks", view.language, count=len(remarks)), expanded=len(remarks) < 4
        ):
            st.markdown("\n".join(f"- {text}" for text in remarks))


def discard(view: View) -> None:
    """Show the button that puts the file aside."""
    if st.button(t("upload.discard", view.language), key="discard"):
        session.end_upload()
        st.rerun()
