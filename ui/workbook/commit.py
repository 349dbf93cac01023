"""The commit of an upload: its effect on each probability, who commits and why, and the result."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data import choices
from data.workbook.review import Review
from forecasting.errors import AreaWithoutFigures
from forecasting.outlook.outlook import Outlook
from ui.figures import downloads
from ui.frame import address, cache, cut_off, look, session
from ui.frame.author import ask_author
from ui.frame.controls import OVERVIEW_PAGE, View
from ui.frame.session import Upload
from ui.news import charts
from ui.outlook import effect, sentences
from ui.workbook import review as upload_review
from ui.workbook import state


def show_effect(review: Review, view: View) -> None:
    """Show the probabilities now and after a commit, where the file touches the area."""
    say = view.say
    touched = [figure for figure in review.written if figure.area == view.area.id]
    if not touched:
        return
    stored = [figure.value for figure in view.snapshot.figures(view.area.id)]
    span = choices.growth_span([*stored, *touched])
    if span is None:
        return
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    year = choices.default_year(span, years)
    key = "upload.effect_reference" if view.area.reference else "upload.effect"
    st.header(say(key, year=year), anchor=False)
    st.caption(say("upload.effect_note"))
    with st.spinner(say("app.spinner")):
        now = effect.now(view, year)
        after = _after(view, year, review)
    if after is None:
        st.markdown(say("upload.effect_none"))
    else:
        effect.show(now, after, view)


def _after(view: View, year: int, review: Review) -> Outlook | None:
    try:
        return state.outlook_with(view.snapshot, view.area.id, year, review.written)
    except AreaWithoutFigures:
        return None


def show_commit(review: Review, upload: Upload, view: View) -> None:
    """Show the form; the button waits until nothing is open."""
    say = view.say
    if not review.lines:
        _show_nothing(view)
        return
    st.header(say("upload.commit"), anchor=False)
    if upload.base != review.base:
        st.markdown(say("upload.rebased", base=upload.base, latest=review.base))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = ask_author(say("upload.author"), session.author(), key="author", width=180)
        note = st.text_input(say("upload.note"), key="note", width=420)
    open_ = len(review.reading.open)
    key = "upload.go_open" if open_ and review.written else "upload.go"
    label = say(key, number=review.base + 1, count=open_)
    with st.container(horizontal=True):
        pressed = st.button(label, key="commit", type="primary", disabled=not review.ready)
        upload_review.discard(view)
    st.caption(say("upload.reversible"))
    if pressed and not author.strip():
        st.markdown(say("upload.who"))
    elif pressed:
        _commit(review, upload, author.strip(), note.strip(), view)


def _show_nothing(view: View) -> None:
    """Say what may help where nothing was read."""
    st.markdown(view.say("upload.nothing_advice"))
    with st.container(horizontal=True):
        downloads.show_template(view)
        upload_review.discard(view)


def _commit(review: Review, upload: Upload, author: str, note: str, view: View) -> None:
    """Commit what was shown; if others committed meanwhile, show the new comparison first."""
    session.keep_author(author)
    base, upload.base = upload.base, review.base
    if base != review.base:
        return  # the form says so above its button
    draft = review.draft(author, note, {upload.name: upload.content})
    cut_off.write(
        lambda: cache.store().commit(replace(draft, request=upload.token)),
        lambda: cache.store().committed(upload.token),
        _end,
        view.say,
        words=("upload.unsure", "upload.not_written"),
        kept_by=upload,
    )


def _end(number: int) -> None:
    session.end_upload(number)
    st.rerun()


def settle_lost(token: str, view: View) -> None:
    """Say what became of a review that ended with the process that kept it."""
    number = cache.store().committed(token)
    if number is not None:
        session.end_upload(number)
    else:
        st.markdown(view.say("upload.lost"))


def show_committed(number: int, view: View) -> None:
    """Say which vintage it became, lead on, and offer to take it back."""
    say = view.say
    title = say("upload.done", number=number).replace("|", sentences.BREAK)
    st.title(title, anchor=False)
    st.markdown(say("upload.done_note"))
    with st.container(key="go_on"):
        label = say("upload.to_overview")
        st.page_link(OVERVIEW_PAGE, label=label, query_params=address.whole_view())
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    look.show(look.note(say("upload.by", author=record.author, note=record.note)))
    charts.show_foremost(number - 1, number, view)
    if st.button(say("upload.undo", number=number), key="undo"):

        def end(_: int) -> None:
            session.end_upload(undone=number)
            st.rerun()

        note = say("upload.undo_note")
        cut_off.withdraw(cache.store(), number, record.author, note, end, say)
