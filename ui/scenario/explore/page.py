"""Scenario: levers that answer at once, what moves most, and the least that it takes."""

import streamlit as st

from ui.frame.errors import show_error
from ui.issues import forms as issue_forms
from ui.issues import issuing
from ui.outlook import notes
from ui.scenario import sentences
from ui.scenario.explore import arithmetic, forms, solve, tables, tornado
from ui.scenario.live import component
from ui.scenario.live.component import Slot
from ui.scenario.opening import Opening
from ui.scenario.state import Draft


@st.fragment
def show_desk(draft: Draft) -> None:
    """Show the sliders, and beside them all that they move; a release is answered before all."""
    fault = forms.answer(draft)
    with st.container(key="desk"):
        left, right = st.columns([0.36, 0.64], gap="large")
    with left:
        forms.show_sliders(draft)
        if fault is not None:
            show_error(fault, draft.say)
    with right:
        for part in (Slot.LEAD, Slot.FIRST):
            forms.show_place(part)
        tables.show_projects_in_play(draft)
        tornado.show(draft)
        solve.show(draft)
        forms.show_place(Slot.OTHERS)


opening = Opening()
draft = opening.draft
opening.show()
evaluation = draft.evaluation
for error in evaluation.errors:
    show_error(error, draft.say)
with st.container():  # one place, full or empty: sliders that changed theirs would be made anew
    arithmetic.show_conditions(draft)
if draft.can_move:
    show_desk(draft)
    component.watch(key=forms.KEY)
    arithmetic.show(draft)
else:
    headline = sentences.headline(
        draft.baseline_outlook, evaluation.applied, draft.catalogue, draft.say
    )
    st.title(headline, anchor=False)
issue_forms.show_issue_form(issuing.request_of(draft), draft.view, "scenario")
notes.show_small_print(evaluation.applied.outlook, draft.view, draft.asked.threshold)
