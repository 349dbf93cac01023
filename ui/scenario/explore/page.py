"""Scenario: levers that answer at once, what moves most, and the least that it takes."""

import streamlit as st

from ui.frame.errors import show_error
from ui.issues import forms as issue_forms
from ui.issues import issuing
from ui.outlook import notes
from ui.scenario import sentences
from ui.scenario.explore import arithmetic, forms, solve, tornado
from ui.scenario.opening import Opening

opening = Opening()
draft = opening.draft
head = st.container()
if draft.can_move:
    forms.show_sliders(draft)
opening.show()
evaluation = draft.evaluation
with head:
    headline = sentences.headline(
        draft.baseline_outlook, evaluation.applied, draft.catalogue, draft.say
    )
    st.title(headline, anchor=False)
    for error in evaluation.errors:
        show_error(error, draft.say)
if draft.can_move:
    arithmetic.show(draft)
    tornado.show(draft)
    solve.show(draft)
issue_forms.show_issue_form(issuing.request_of(draft), draft.view, "scenario")
notes.show_small_print(evaluation.applied.outlook, draft.view, draft.asked.threshold)
