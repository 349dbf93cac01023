"""Every edit that waits for its commit: what it was, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from data import choices
from data.store.compare import Difference
from data.store.vintages import Commit, Removable
from data.targets.edits import commit_of
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Target
from forecasting.outlook.outlook import Outlook
from ui.first_steps import checklist
from ui.first_steps.state import progress_of
from ui.frame import address, cache, cut_off, look, session
from ui.frame.author import ask_author
from ui.frame.controls import OVERVIEW_PAGE, View
from ui.frame.session import Edits
from ui.language import words
from ui.outlook import effect, sentences
from ui.targets import state
from ui.targets.sentences import document_text, entry_name, entry_text, year_name
from ui.targets.state import TargetEditor, targets_for


def show_head(editor: TargetEditor, year: int) -> None:
    """Say what the area is held to, and how much of it is not committed yet."""
    say = editor.say
    if editor.edits.committed is not None:
        show_committed(editor.edits.committed, editor.edits, editor.view)
        return
    st.title(headline(editor, year).replace("|", sentences.BREAK), anchor=False)
    count = len(editor.edits.forms)
    key = "editor.pending" if count else "editor.lead"
    st.markdown(say(key, count=count))


def headline(editor: TargetEditor, year: int) -> str:
    """Say how many targets stand for a year, and what all of them ask."""
    say, area = editor.say, editor.view.area
    targets = targets_for(editor, year)
    when = year_name(year, say)
    name = say.name(area.name)
    reference = words.suffix(area.reference)
    if not targets:
        return say(f"editor.title_none{reference}", area=name, year=when)
    clauses = {words.clause(target, say) for target in targets}
    own = "" if len(clauses) == 1 else "_own"
    return say(
        f"editor.title{own}{reference}",
        area=name,
        year=when,
        count=len(targets),
        clause=clauses.pop(),
    )


def show_review(editor: TargetEditor) -> None:
    """Show what a commit would change."""
    say, edits = editor.say, editor.differences
    st.header(say("editor.review"), anchor=False)
    if editor.faults:
        st.markdown(say("editor.faulty", count=len(editor.faults)))
    if not edits:
        st.markdown(say("editor.nothing"))
        return
    head = [
        (say("column.state"), "l"),
        (say("editor.what"), "l wrap"),
        (say("editor.old"), "l wrap"),
        (say("editor.new_value"), "l wrap"),
    ]
    look.show(look.table(head, (_review_row(edit, editor.view) for edit in edits)))


def _review_row(edit: Difference[Removable], view: View) -> str:
    old = edit.old.value if edit.old else None
    new = edit.new.value if edit.new else None
    return (
        look.fate(edit.fate, view.say(f"editor.fate.{edit.fate}"))
        + look.cell(entry_name(edit.either, view), "l strong wrap")
        + _review_cell(old, new, view)
        + _review_cell(new, old, view)
    )


def _review_cell(entry: Removable | None, other: Removable | None, view: View) -> str:
    """Return what an entry holds; the document of a new or removed one where there is room."""
    say = view.say.plain
    if entry is None:
        return look.cell(say("format.missing"), "l")
    text = escape(entry_text(entry, other, view.catalogue, say))
    if other is None and isinstance(entry, Target):
        rest = say("format.comma_in_sentence") + document_text(entry, say)
        text += f'<span class="wide">{escape(rest)}</span>'
    return f'<td class="l wrap">{text}</td>'


def show_effect(editor: TargetEditor, year: int) -> None:
    """Show the probabilities now and after a commit, of the year edited if it can be judged."""
    view, say = editor.view, editor.say
    span = view.snapshot.span(view.area.id)
    if not editor.differences:
        return
    if span is None:
        st.caption(say("editor.effect_without_figures"))
        return
    years = choices.year_options(span, editor.targets)
    judged = year if year in years else choices.default_year(span, years)
    title = "upload.effect_reference" if view.area.reference else "upload.effect"
    st.header(say(title, year=judged), anchor=False)
    if not _touches(editor, judged):
        st.markdown(say("editor.effect_later", year=judged))
        return
    st.caption(say("editor.effect_note"))
    with st.spinner(say("app.spinner")):
        now = effect.now(view, judged)
        after = _after(editor, judged)
    if after is None or after.all_clear is None:
        st.markdown(say("editor.effect_none"))
        return
    _show_counted(now, after, editor)
    effect.show(now, after, view)


def _touches(editor: TargetEditor, year: int) -> bool:
    """Whether any edit bears on a year: what is recorded bears on all of them."""
    return any(
        not isinstance(edit.either, Target) or edit.either.year in (0, year)
        for edit in editor.differences
    )


def _after(editor: TargetEditor, year: int) -> Outlook | None:
    view = editor.view
    try:
        return state.outlook_with(view.snapshot, view.area.id, year, editor.wanted)
    except AreaWithoutFigures:
        return None


def _show_counted(now: Outlook | None, after: Outlook, editor: TargetEditor) -> None:
    """Say that "all" is no longer all of the same."""
    old, new = len(now.counted) if now else 0, len(after.counted)
    if old != new:
        st.markdown(editor.say("editor.effect_counted", old=old, new=new))


def show_commit(editor: TargetEditor) -> None:
    """Show the form; the button waits until nothing is wrong and something differs."""
    say, edits, latest = editor.say, editor.edits, editor.view.snapshot.vintage
    st.header(say("upload.commit"), anchor=False)
    if edits.base != latest:
        st.markdown(say("upload.rebased", base=edits.base, latest=latest))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        author = ask_author(say("upload.author"), session.author(), key="edit_author", width=180)
        note = st.text_input(say("upload.note"), key="edit_note", width=420)
    faults = len(editor.faults)
    label = say("editor.go_faulty" if faults else "upload.go", number=latest + 1, count=faults)
    with st.container(horizontal=True):
        idle = bool(faults) or not editor.differences
        pressed = st.button(label, key="edit_commit", type="primary", disabled=idle)
        if st.button(say("editor.discard"), key="edit_discard"):
            edits.end()
            st.rerun()
    st.caption(say("upload.reversible"))
    if pressed and not author.strip():
        st.markdown(say("upload.who"))
    elif pressed:
        _commit(author, note, editor)


def _commit(author: str, note: str, editor: TargetEditor) -> None:
    """Commit what was shown, beside the vintage it was shown beside."""
    session.keep_author(author)
    draft = commit_of(editor.differences, author, note, editor.view.snapshot.vintage)
    commit_edits(draft, editor, lambda: None)


def commit_edits(draft: Commit, editor: TargetEditor, done: Callable[[], object]) -> None:
    """Commit by the name of what is typed, forget that, and go on."""
    edits = editor.edits

    def end(number: int) -> None:
        edits.end(number)
        done()
        st.rerun()

    cut_off.write(
        lambda: cache.store().commit(replace(draft, request=edits.request)),
        lambda: cache.store().committed(edits.request),
        end,
        editor.say,
        words=("editor.unsure", "editor.not_written"),
        kept_by=edits,
    )


def settle_lost(editor: TargetEditor) -> None:
    """Say what became of edits that ended with the session or the process that kept them."""
    lost = session.lost_edits(editor.edits)
    if lost is None:
        return
    number = cache.store().committed(lost)
    if number is not None:
        editor.edits.end(number)
    else:
        st.markdown(editor.say("editor.lost"))


def show_committed(number: int, edits: Edits, view: View) -> None:
    """Say which vintage it became, lead on, and offer to take it back."""
    say = view.say
    title = say("upload.done", number=number).replace("|", sentences.BREAK)
    st.title(title, anchor=False)
    record = next(entry for entry in cache.store().vintages() if entry.number == number)
    look.show(look.note(say("upload.by", author=record.author, note=record.note)))
    with st.container(horizontal=True, vertical_alignment="center"):
        progress = progress_of(view)
        if view.has_figures or progress is None or progress.next is None:
            label = say("upload.to_overview")
            st.page_link(OVERVIEW_PAGE, label=label, query_params=address.whole_view())
        else:
            checklist.show_link(progress.next, view)
        pressed = st.button(say("upload.undo", number=number), key="edit_undo")
    if pressed:

        def end(_: int) -> None:
            edits.end()
            st.rerun()

        note = say("upload.undo_note")
        cut_off.withdraw(cache.store(), number, record.author, note, end, say)
