"""Indicator: one indicator's history, its fan, and how its verdict comes about."""

import streamlit as st

from forecasting.history.history import History
from forecasting.outlook.outlook import Verdict
from ui.first_steps import checklist
from ui.frame import controls
from ui.frame.errors import end_page, guard
from ui.indicator import verdict
from ui.outlook import notes

view, asked = controls.choose_view()

if asked is None:
    notes.show_empty(view)
    end_page()

checklist.show_next(view)
with guard(view.say):
    outlook = controls.outlook_of(view, asked)

entry = verdict.choose_indicator(outlook, view)
if entry is None:
    st.markdown(view.say("indicator.none", area=view.say.name(view.area.name)))
elif isinstance(entry, History):
    verdict.show_untargeted(entry, outlook.year, view)
elif isinstance(entry, Verdict):
    verdict.show_verdict(entry, outlook, view, asked)
else:
    verdict.show_excluded(entry, outlook, view)
notes.show_small_print(outlook, view, asked.threshold, judged=isinstance(entry, Verdict))
