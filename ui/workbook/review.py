"""The head of a review: what was understood of the file, and what is said of it."""

from __future__ import annotations

import streamlit as st

from data.workbook.questions import SKIP
from data.workbook.reading import Remark
from data.workbook.review import Review, State
from forecasting.errors import OutlookError
from ui.frame import cache, session
from ui.frame.controls import View
from ui.frame.errors import end_page, show_error
from ui.frame.session import Upload
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences
from ui.workbook import forms
from ui.workbook.sentences import remark_sentence
from ui.workbook.state import open_file, review_of

MOST_REASONS = 5
"""Reasons for leaving figures out that stand open on the page."""
_OF_SHEETS = ("sheets_unread", "sheets_hidden", "hidden_rows", "hidden_columns")
_COUNTED = (State.NEW, State.REVISED, State.UNCHANGED, State.DOUBTFUL, State.REFUSED)


def reviewed(view: View, upload: Upload) -> Review:
    """Return the review; where the file is not read any more, say why and let it be put aside."""
    try:
        return _reviewed(view, upload)
    except OutlookError as error:
        show_error(error, view.say)
        discard(view)
        end_page()


def _reviewed(view: View, upload: Upload) -> Review:
    """Return the review, with the stage shown while a large file takes its time."""
    place = st.empty()
    try:
        place.progress(0.2, view.say("upload.opening"))
        open_file(upload)
        place.progress(0.5, view.say("upload.reading"))
        return review_of(view.snapshot, view.area.id, upload)
    finally:
        place.empty()


def show_head(review: Review, upload: Upload, view: View) -> None:
    """Show the sentence, where it comes from, and what is said of the file."""
    say = view.say
    st.title(headline(review, say), anchor=False)
    book = open_file(upload)
    names = say("format.comma").join(
        sheet.name for sheet in book.sheets if sheet.name and not sheet.hidden
    )
    key = "upload.source_pasted" if upload.pasted else "upload.source"
    file, sheets = say.verbatim(upload.name), say.verbatim(names)
    areas = say("format.comma").join(_areas(review, view))
    st.caption(say(key, file=file, sheets=sheets, areas=areas, base=review.base))
    _warn_of_reference(review, view)
    _warn_of_older_file(review, say)
    _show_same_file(upload, view)
    forms.show_encoding(book, review, upload, view)
    _show_remarks(review, view)


def headline(review: Review, say: Speaker) -> str:
    """Say how many figures the file has and what becomes of them."""
    counts, open_ = review.counts, len(review.reading.open)
    total = sum(counts.values())
    if not total:
        skipped = SKIP in review.reading.answered.values()
        key = "upload.headline.skipped" if skipped else "upload.headline.nothing"
        return say(key).replace("|", sentences.BREAK)
    comma = say("format.comma_in_sentence")
    told = [
        say(f"upload.count.{state}", count=counts[state]) for state in _COUNTED if counts[state]
    ]
    if left := _left_out(review):
        told.append(say("upload.count.left_out", count=left))
    parts = comma.join(told)
    if open_ and (review.written or not counts[State.REFUSED]):
        ending = say("upload.headline.open", count=open_)
    elif not review.written and counts[State.REFUSED]:
        read = counts[State.UNCHANGED]
        ending = say("upload.headline.rest_same" if read else "upload.headline.refused")
    elif not review.written:
        ending = say("upload.headline.same")
    else:
        ending = say("upload.headline.ready")
    text = say("upload.headline.some", total=total, parts=parts, ending=ending)
    return text.replace("|", sentences.BREAK)


def _left_out(review: Review) -> int:
    """Return how many figures of the file were not read; its remarks say why."""
    omitted = filter(_is_left_out, review.reading.remarks)
    return sum(int(str(one.values["count"])) for one in omitted)


def _is_left_out(said: Remark) -> bool:
    return said.code.endswith("_left_out")


def _areas(review: Review, view: View) -> list[str]:
    """Name the areas that the file has figures of; the one looked at where it has none."""
    ids = dict.fromkeys(line.figure.area for line in review.lines if line.figure)
    return [view.say.name(view.snapshot.area(id).name) for id in ids or (view.area.id,)]


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
            name = view.say.name(area.name)
            count = revised.count(id)
            st.markdown(view.say("upload.reference_revised", area=name, count=count))


def _warn_of_older_file(review: Review, say: Speaker) -> None:
    """Say how many figures were revised since, and when, which the file would put back."""
    found = review.put_back
    if not found:
        return
    replaced_by = {line.replaced_by for line in found}
    revisions = [
        say("upload.older_revision", date=fmt.date(one.committed_at, say), number=one.number)
        for one in cache.store().vintages()
        if one.number in replaced_by
    ]
    told = say("format.semicolon").join(revisions[-MOST_REASONS:])
    st.markdown(say("upload.older", count=len(found), revisions=told))


def _show_same_file(upload: Upload, view: View) -> None:
    """Say that this very file was committed before."""
    before = cache.store().file_records(upload.digest)
    if not before:
        return
    say = view.say
    told = [
        say("upload.withdrawn" if file.withdrawn else "upload.standing", number=file.vintage)
        for file in before
    ]
    vintages = say("format.comma").join(told)
    st.markdown(say("upload.same_file", vintages=vintages))


def _show_remarks(review: Review, view: View) -> None:
    """Say first what was not read and why, or was not seen; then what need not be answered."""
    left: list[str] = []
    others: list[str] = []
    for entry in review.reading.remarks:
        unread = _is_left_out(entry) or entry.code in _OF_SHEETS
        (left if unread else others).append(remark_sentence(entry, view))
    if left:
        st.markdown("\n".join(f"- {text}" for text in left[:MOST_REASONS]))
    if remarks := left[MOST_REASONS:] + others:
        with st.expander(view.say("upload.remarks", count=len(remarks)), expanded=len(remarks) < 4):
            st.markdown("\n".join(f"- {text}" for text in remarks))


def discard(view: View) -> None:
    """Show the button that puts the file aside."""
    if st.button(view.say("upload.discard"), key="discard"):
        session.end_upload()
        st.rerun()
