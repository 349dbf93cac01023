"""Indicator: one indicator's history, its fan, and how its verdict comes about."""

import streamlit as st

from forecasting.outlook.outlook import Verdict
from ui.frame import controls
from ui.frame.errors import end_page, guard
from ui.indicator import verdict
from ui.language import t, words
from ui.outlook import notes

view, asked = controls.choose_view()

if asked is None:
    notes.show_empty(view)
    end_page()

with guard(view.language):
    outlook = controls.outlook_of(view, asked)

entry = verdict.choose_indicator(outlook, view)
if entry is None:
    st.markdown(t("indicator.none", view.language, area=words.name(view.area.name, view.language)))
elif isinstance(entry, Verdict):
    verdict.show_verdict(entry, outlook, view, asked)
else:
    verdict.show_excluded(entry, outlook, view)
notes.show_small_print(outlook, view, asked.threshold, judged=isinstance(entry, Verdict))
