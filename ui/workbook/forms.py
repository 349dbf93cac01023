"""What an upload asks: a file or pasted cells, the encoding of a text, and the open questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.workbook.book import Book, Sheet
from data.workbook.open.opening import ENCODINGS, WorkbookRefused
from data.workbook.open.refusal import Refusal
from data.workbook.questions import Asked, Question
from data.workbook.read.area_and_indicator import NEW
from data.workbook.review import Review
from forecasting.errors import OutlookError
from ui.figures import downloads
from ui.frame import session, upload_quota
from ui.frame.controls import View
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.language import Speaker
from ui.outlook import sentences
from ui.workbook import charts, commit, state
from ui.workbook.sentences import cells_phrase, option_label, question_sentence

PASTED = "pasted.tsv"


def show_choice(view: View) -> None:
    """Show the chooser, below what became of the last file."""
    say = view.say
    number = session.committed()
    if number is not None:
        commit.show_committed(number, view)
        st.header(say("upload.next"), anchor=False)
    else:
        area = say.name(view.area.name)
        title = say("upload.title", area=area).replace("|", sentences.BREAK)
        st.title(title, anchor=False)
        if (undone := session.undone()) is not None:
            st.markdown(say("upload.undone", number=undone))
        st.markdown(say("upload.lead"))
    turn = session.upload_round()
    with st.container(key="uploader"):
        show_our_words(say)
        file = st.file_uploader(say("upload.file"), key=f"file_{turn}")
    if file is not None:
        _begin(Upload(file.name, file.getvalue(), base=view.snapshot.vintage), view, file)
    if not view.has_figures:
        downloads.show_history_templates(view)
    downloads.show_template(view)
    with st.expander(say("upload.paste")):
        text = st.text_area(
            say("upload.paste_here"), key=f"paste_{turn}", height=160,
            placeholder=say("upload.paste_example"),
        )  # fmt: skip
        pressed = st.button(say("upload.paste_go"), key="paste_go")
        if pressed and not text.strip():
            st.markdown(say("upload.paste_empty"))
        elif pressed:
            content = text.encode()
            pasted = Upload(PASTED, content, base=view.snapshot.vintage, pasted=True)
            _begin(pasted, view)


def _begin(upload: Upload, view: View, file: UploadedFile | None = None) -> None:
    """Open a file and go on to its review; one that is refused says why, and another may come."""
    try:
        opened = open_or_ask(upload, view.say)
    except OutlookError as error:
        show_error(error, view.say)
        return
    if not opened:
        return
    session.begin_upload(upload)
    if file is not None:
        upload_quota.free(file)
    st.rerun()


def open_or_ask(upload: Upload, say: Speaker) -> bool:
    """Open a file; ask for the password of one that has any, until it was opened by it.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or not by the password that was typed.
    """
    try:
        with st.spinner(say("upload.opening")):
            state.open_file(upload)
        return True
    except WorkbookRefused as error:
        if error.refusal is not Refusal.PASSWORD:
            raise
    st.markdown(say("error.workbook_password"))
    with st.form(f"password_{upload.digest[:12]}", clear_on_submit=True):
        password = st.text_input(say("upload.password"), type="password", autocomplete="off")
        pressed = st.form_submit_button(say("upload.password_go"), key="password_go")
    if not (pressed and password):
        return False
    with st.spinner(say("upload.opening")):
        state.open_file(upload, password)
    return True


def show_our_words(say: Speaker) -> None:
    """Give the uploader words of ours: its own are English (``look.css`` puts them there)."""
    words_ = {name: say(f"upload.{name}") for name in ("choose_file", "too_large")}
    rules = ";".join(f"--{name.replace('_', '-')}:'{text}'" for name, text in words_.items())
    st.html(f"<style>:root{{{rules}}}</style>")


PREVIEW_ROWS, PREVIEW_CELLS = 4, 6


def show_encoding(book: Book, review: Review, upload: Upload, view: View) -> None:
    """Let the encoding of a text file be chosen, beside what it makes of the first rows."""
    if not book.encoding:
        return
    say = view.say
    doubtful = any(entry.code is Asked.ENCODING for entry in review.reading.open)
    title = say("upload.encoding", encoding=book.encoding)
    with st.expander(title, expanded=doubtful):
        st.caption(say("upload.encoding_note"))
        st.code(_preview(book.sheets[0]) if book.sheets else "", language=None)
        options = list(ENCODINGS)
        chosen = st.selectbox(
            say("upload.encoding_choose"),
            options,
            options.index(book.encoding) if book.encoding in options else 0,
            # Of the encoding in use: what is chosen elsewhere on the page is not chosen back here.
            key=f"encoding_{upload.digest[:12]}_{book.encoding}",
        )
        if chosen != book.encoding and change_encoding(upload, chosen, view):
            st.rerun()


def change_encoding(upload: Upload, encoding: str, view: View) -> bool:
    """Read a file by another encoding; where that does not fit, say so and leave it as it was."""
    try:
        state.open_file(replace(upload, encoding=encoding))
    except WorkbookRefused as error:
        show_error(error, view.say)
        return False
    upload.encoding = encoding
    return True


def _preview(sheet: Sheet) -> str:
    rows = [row for row in sheet.rows if any(cell not in (None, "") for cell in row)]
    return "\n".join(
        " | ".join("" if cell is None else str(cell) for cell in row[:PREVIEW_CELLS])
        for row in rows[:PREVIEW_ROWS]
    )


MOST_ON_SCREEN = 10
"""Questions that wait for an answer at once; the next ones come as these are answered."""
MOST_BUTTONS = 8
"""With more options than this a question is a select box."""


def show_questions(review: Review, upload: Upload, view: View) -> None:
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
            title = view.say("upload.recalled", count=len(recalled))
            with st.expander(title):
                _show_all(recalled, review, upload, view)
        if reading.optional:
            _show_optional(review, upload, view)
    with right:
        charts.show(review, view)


def _show_optional(review: Review, upload: Upload, view: View) -> None:
    """Let labels that were left out be mapped or added, once a reader asks for them."""
    optional, say = review.reading.optional, view.say
    title = say("upload.optional")  # of the same words, or it would close again
    place = st.expander(title, key=f"optional_{say.language}", on_change="rerun")
    if place.open:
        with place:
            st.caption(say("upload.optional_note", count=len(optional)))
            _show_all(optional, review, upload, view)


def _show_all(asked: Sequence[Question], review: Review, upload: Upload, view: View) -> None:
    """Show questions; a new answer reads the file again."""
    by_id, say = {entry.id: entry for entry in asked}, view.say
    waiting = [entry for entry in asked if entry.id not in review.reading.answered]
    later = waiting[MOST_ON_SCREEN:]
    shown = [entry for entry in asked if entry not in later]
    ids, last = {entry.id for entry in shown}, next(reversed(upload.answers), "")
    chosen: dict[str, str | None] = {}
    for number, entry in enumerate(shown, start=1):
        chosen[entry.id] = _show_question(number, entry, review, upload, view)
        if entry.id == last:
            _offer_same(entry, waiting, ids, upload, view)
    if later:
        st.caption(say("upload.later", count=len(later)))
    suggested = {entry.id: entry.suggested for entry in waiting if entry.suggested}
    new = {
        entry.id: NEW
        for entry in waiting
        if entry.code is Asked.INDICATOR and not entry.suggested
        and any(option.id == NEW for option in entry.options)
    }  # fmt: skip
    for name, answers in (("accept", suggested), ("all_new", new)):
        if len(answers) > 1:
            st.button(
                say(f"upload.{name}", count=len(answers)), key=f"{name}_{asked[0].id}",
                on_click=_answer_all, args=(answers, ids, upload, view),
            )  # fmt: skip
    changed = {
        entry: option
        for entry, option in chosen.items()
        if option is not None and option != review.reading.answered.get(entry)
    }
    taken = [_take(by_id[entry], option, upload, view) for entry, option in changed.items()]
    if any(taken):
        st.rerun()


def _offer_same(
    asked: Question, waiting: Sequence[Question], shown: set[str], upload: Upload, view: View
) -> None:
    """Offer the answer that was given last for all questions of its kind that may have it."""
    given = upload.answers[asked.id]
    same = {
        entry.id: given
        for entry in waiting
        if entry.code is asked.code and any(option.id == given for option in entry.options)
    }
    option = next((one for one in asked.options if one.id == given), None)
    if same and option:
        named = view.say("upload.same_new") if given == NEW else option_label(option, asked, view)
        st.button(
            view.say("upload.same", count=len(same), option=named), key=f"same_{asked.id}",
            on_click=_answer_all, args=(same, shown, upload, view),
        )  # fmt: skip


def _answer_all(answers: Mapping[str, str], shown: set[str], upload: Upload, view: View) -> None:
    """Keep the answers of one click, and show them where their questions stand."""
    for question, option in answers.items():
        upload.answer(question, option)
        if question in shown:
            session.fill(_key(question, upload, view), option)


def _key(question: str, upload: Upload, view: View) -> str:
    return f"answer_{upload.digest[:12]}_{question}_{view.say.language}"


def _take(asked: Question, option: str, upload: Upload, view: View) -> bool:
    """Keep an answer; one by which the file cannot be read says so and is none."""
    encoding = next(entry.value for entry in asked.options if entry.id == option)
    if asked.code is Asked.ENCODING and encoding and not change_encoding(upload, encoding, view):
        return False
    upload.answer(asked.id, option)
    return True


def _show_question(
    number: int, asked: Question, review: Review, upload: Upload, view: View
) -> str | None:
    """Show one question and return the option chosen."""
    say = view.say
    sentence = say("upload.question", number=number, question=question_sentence(asked, view))
    st.markdown(sentence)
    if asked.places:
        st.caption(cells_phrase(asked, say))
    answered = review.reading.answered.get(asked.id)
    ids = sorted((option.id for option in asked.options), key=asked.suggested.__ne__)
    key = _key(asked.id, upload, view)
    index = ids.index(answered) if answered in ids and not session.is_filled(key) else None
    widget = st.radio if len(ids) <= MOST_BUTTONS else st.selectbox
    style = {} if widget is st.radio else {"placeholder": say("upload.choose")}
    shown = view if widget is st.radio else view.plain
    options = {option.id: option_label(option, asked, shown) for option in asked.options}
    chosen: str | None = widget(  # type: ignore[operator]
        sentence,
        ids,
        index,
        format_func=options.__getitem__,
        key=key,
        label_visibility="collapsed",
        **style,
    )
    return chosen
