"""The questions of a review, answered by choosing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.workbook.reading import Asked, Question
from data.workbook.review import Review
from ui.frame.session import Upload
from ui.frame.shell import View
from ui.language import t
from ui.language.markdown import unescaped
from ui.workbook import charts, words
from ui.workbook import encoding as upload_encoding

MOST_BUTTONS = 8
"""With more options than this a question is a select box."""


def show(review: Review, upload: Upload, view: View) -> None:
    """Show every question beside the history with the new points."""
    reading = review.reading
    asked = [entry for entry in reading.questions if entry.id not in reading.recalled]
    recalled = [entry for entry in reading.questions if entry.id in reading.recalled]
    left, right = st.columns([1, 1.35], gap="large") if asked else (st.container(),) * 2
    with left:
        if asked:
            with st.container(border=True, key="questions"):
                _show_all(asked, review, upload, view)
        if recalled:
            title = t("upload.recalled", view.language, count=len(recalled))
            with st.expander(title):
                _show_all(recalled, review, upload, view)
        if reading.optional:
            _show_optional(review, upload, view)
    with right:
        charts.show(review, view)


def _show_optional(review: Review, upload: Upload, view: View) -> None:
    """Let labels that were left out be mapped or added, once a reader asks for them."""
    optional, language = review.reading.optional, view.language
    title = t("upload.optional", language)  # of the same words, or it would close again
    place = st.expander(title, key=f"optional_{language}", on_change="rerun")
    if place.open:
        with place:
            st.caption(t("upload.optional_note", language, count=len(optional)))
            _show_all(optional, review, upload, view)


def _show_all(asked: Sequence[Question], review: Review, upload: Upload, view: View) -> None:
    """Show questions; a new answer reads the file again."""
    by_id = {entry.id: entry for entry in asked}
    chosen = {entry.id: _show(number, entry, review, upload, view)
              for number, entry in enumerate(asked, start=1)}  # fmt: skip
    suggested = {
        entry.id: entry.suggested
        for entry in asked
        if entry.suggested and entry.id not in review.reading.answered
    }
    if len(suggested) > 1 and st.button(
        t("upload.accept", view.language, count=len(suggested)), key="accept_suggestions"
    ):
        chosen |= suggested
    changed = {
        entry: option
        for entry, option in chosen.items()
        if option is not None and option != review.reading.answered.get(entry)
    }
    taken = [_take(by_id[entry], option, upload, view) for entry, option in changed.items()]
    if any(taken):
        st.rerun()


def _take(asked: Question, option: str, upload: Upload, view: View) -> bool:
    """Keep an answer; one by which the file cannot be read says so and is none."""
    encoding = next(entry.value for entry in asked.options if entry.id == option)
    if (
        asked.code is Asked.ENCODING
        and encoding
        and not upload_encoding.change(upload, encoding, view)
    ):
        return False
    upload.answer(asked.id, option)
    return True


def _show(number: int, asked: Question, review: Review, upload: Upload, view: View) -> str | None:
    """Show one question and return the option chosen."""
    language = view.language
    options = {option.id: words.option(option, asked, view) for option in asked.options}
    sentence = t("upload.question", language, number=number, question=words.question(asked, view))
    st.markdown(sentence)
    if asked.places:
        st.caption(words.where(asked.places, language))
    answered = review.reading.answered.get(asked.id)
    ids = list(options)
    index = ids.index(answered) if answered in ids else None
    widget = st.radio if len(ids) <= MOST_BUTTONS else st.selectbox
    style = {} if widget is st.radio else {"placeholder": t("upload.choose", language)}
    if widget is st.selectbox:  # which shows texts as they are
        options = {option: unescaped(text) for option, text in options.items()}
    chosen: str | None = widget(  # type: ignore[operator]
        sentence,
        ids,
        index,
        format_func=options.__getitem__,
        key=f"answer_{upload.digest[:12]}_{asked.id}_{language}",
        label_visibility="collapsed",
        **style,
    )
    return chosen
