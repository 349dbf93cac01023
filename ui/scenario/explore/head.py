"""The opening of the page of a scenario: what it does, and what that brings."""

from __future__ import annotations

import streamlit as st

from ui.frame.errors import show_error
from ui.scenario import sentences as said
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show the sentence, and why anything of the scenario is left out."""
    answer, language = draft.evaluation, draft.language
    st.title(
        said.headline(draft.baseline_outlook, answer.applied, draft.catalogue, language),
        anchor=False,
    )
    if answer.fault is not None:
        show_error(answer.fault, language)
    for error in answer.lacking:
        show_error(error, language)


def can_move(draft: Draft) -> bool:
    """Return whether anything of the year can still move."""
    before = draft.baseline_outlook
    return before.all_clear is not None and not all(one.known for one in before.verdicts)
