"""Scenario: levers that answer at once, what moves most, and the least that it takes."""

import streamlit as st

from ui import issuing
from ui.parts import (
    issue_form,
    notes,
    scenario_effects,
    scenario_head,
    scenario_live,
    scenario_opening,
    scenario_solve,
    scenario_tornado,
)

opening = scenario_opening.Opening()
desk = opening.desk
head = st.container()
if scenario_head.can_move(desk):
    scenario_live.show(desk)
opening.show()
with head:
    scenario_head.show(desk)
if scenario_head.can_move(desk):
    scenario_effects.show(desk)
    scenario_tornado.show(desk)
    scenario_solve.show(desk)
issue_form.show(issuing.wish_of(desk), desk.view, "scenario")
notes.show_small_print(desk.answer.applied.outlook, desk.view, desk.asked.threshold)
