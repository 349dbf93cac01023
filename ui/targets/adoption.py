"""The targets of an earlier year, taken over for the year the area works towards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.targets.edits import TargetForm, commit_of, edited, edits_between
from forecasting.figures.indicator import Indicator, Target
from ui.frame import session
from ui.frame.author import ask_author
from ui.language import Speaker, words
from ui.targets.commit import commit_edits
from ui.targets.forms import new_target
from ui.targets.state import EVERY_YEAR, TargetEditor

MAIN = "main"
"""Group of the indicators to choose from."""


def show(editor: TargetEditor) -> None:
    """Offer the targets of the newest earlier year, where the area's own year has none.

    What is typed elsewhere on the page is not lost: the offer waits until it is committed.
    """
    say, area = editor.say, editor.view.area
    if editor.edits.drawn != editor.view.snapshot.vintage:
        return  # others have committed since it was drawn: ``settle`` draws it anew
    year = editor.view.snapshot.target_year(area.id)
    earlier = _earlier(editor, year)
    if not earlier or editor.edits.forms or area.reference:
        return
    (past,) = {target.year for target in earlier}
    with st.container(key="adoption"):
        title = say("adopt.title", year=year, past=past)
        st.header(title, anchor=False)
        st.markdown(say("adopt.lead", past=past))
        indicators = _choose_indicators(earlier, editor)
        document = st.text_input(
            say("adopt.document"), say("adopt.carried", document=_document(earlier)),
            key=f"adopt_document_{area.id}_{past}_{say.language}",
        )  # fmt: skip
        author = ask_author(say("upload.author"), session.author(), key="adopt_author", width=180)
        label = say("adopt.go", year=year, count=len(indicators), clause=_clause(earlier, say))
        pressed = st.button(label, key="adopt", type="primary", disabled=not indicators)
        st.caption(say("adopt.note"))
        if pressed and not author.strip():
            st.markdown(say("upload.who"))
        elif pressed and not document.strip():
            st.markdown(say("editor.fault.document"))
        elif pressed:
            others = [TargetForm.of(target) for target in earlier]
            forms = [
                replace(new_target(indicator, year, others, editor), document=document.strip())
                for indicator in indicators
            ]
            _commit(forms, author, editor)


def _earlier(editor: TargetEditor, year: int) -> list[Target]:
    """Return the targets of the newest year before, none where the year itself has some."""
    targets = editor.targets
    if any(target.year in (EVERY_YEAR, year) for target in targets):
        return []
    past = max((target.year for target in targets if target.year < year), default=None)
    return [target for target in targets if target.year == past]


def _choose_indicators(earlier: Sequence[Target], editor: TargetEditor) -> list[Indicator]:
    """Show the indicators to choose from, those of the earlier targets chosen already."""
    say, catalogue = editor.say, editor.view.catalogue
    taken = {target.indicator for target in earlier}
    options = [
        indicator.id
        for indicator in catalogue.indicators.values()
        if indicator.group == MAIN or indicator.id in taken
    ]
    chosen = st.pills(
        say("adopt.indicators"), options, selection_mode="multi",
        default=[indicator for indicator in options if indicator in taken],
        format_func=lambda indicator: words.title(catalogue[indicator], say.plain),
        key=f"adopt_indicators_{editor.view.area.id}_{earlier[0].year}_{say.language}",
    )  # fmt: skip
    return [catalogue[indicator] for indicator in options if indicator in chosen]


def _document(earlier: Sequence[Target]) -> str:
    """Return the document of the earlier targets, the first where they name several."""
    return earlier[0].document


def _clause(earlier: Sequence[Target], say: Speaker) -> str:
    clauses = {words.clause(target, say.plain) for target in earlier}
    return clauses.pop() if len(clauses) == 1 else say("clause.own_line")


def _commit(forms: Sequence[TargetForm], author: str, editor: TargetEditor) -> None:
    """Commit the targets as they stand, beside the vintage they were shown beside."""
    view = editor.view
    wanted = edited(editor.stored, {form.key: form for form in forms})
    differences = edits_between(editor.stored, wanted, view.snapshot.vintage, view.catalogue)
    session.keep_author(author)

    def show_year() -> None:
        editor.edits.year = view.snapshot.target_year(view.area.id)

    draft = commit_of(differences, author, "", view.snapshot.vintage)
    commit_edits(draft, editor, show_year)
