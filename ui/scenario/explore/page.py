"""Scenario: levers that answer at once, what moves most, and the least that it takes."""

import streamlit as st

from ui.issues import forms, issuing
from ui.outlook import notes
from ui.scenario import opening as scenario_opening
from ui.scenario.explore import effects, sliders, solve, tornado
from ui.scenario.explore import head as scenario_head

opening = scenario_opening.Opening()
desk = opening.desk
head = st.container()
if scenario_head.can_move(desk):
    sliders.show(desk)
opening.show()
with head:
    scenario_head.show(desk)
if scenario_head.can_move(desk):
    effects.show(desk)
    tornado.show(desk)
    solve.show(desk)
forms.show_issue_form(issuing.wish_of(desk), desk.view, "scenario")
notes.show_small_print(desk.answer.applied.outlook, desk.view, desk.asked.threshold)
