"""Scenario: levers that answer at once, what moves most, and the least that it takes."""

import streamlit as st

from ui.issues import forms, issuing
from ui.outlook import notes
from ui.scenario import opening as scenario_opening
from ui.scenario.explore import effects, sliders, solve, tornado
from ui.scenario.explore import head as scenario_head

opening = scenario_opening.Opening()
draft = opening.draft
head = st.container()
if scenario_head.can_move(draft):
    sliders.show(draft)
opening.show()
with head:
    scenario_head.show(draft)
if scenario_head.can_move(draft):
    effects.show(draft)
    tornado.show(draft)
    solve.show(draft)
forms.show_issue_form(issuing.wish_of(draft), draft.view, "scenario")
notes.show_small_print(draft.evaluation.applied.outlook, draft.view, draft.asked.threshold)
