"""Overview: what the area's indicators are likely to reach this year, each and together."""

import streamlit as st

from ui.frame import controls
from ui.frame.errors import end_page, guard
from ui.issues import forms, issuing
from ui.outlook import notes, panels
from ui.overview import lead, tables

view, asked = controls.choose_view()

if asked is None:
    notes.show_empty(view)
    end_page()

with guard(view.say):
    outlook = controls.outlook_of(view, asked)

lead.show(outlook, view.say, planned=asked.threshold is None)
if outlook.verdicts:
    panels.show(outlook, view.say)
    tables.show_verdicts(outlook, view.say)
elif not outlook.excluded:
    area = view.say.name(view.area.name)
    st.markdown(view.say("overview.no_targets", area=area, year=outlook.year))
tables.show_excluded(outlook, view.catalogue, view.say)
if outlook.verdicts:
    forms.show_issue_form(issuing.request_at(view, asked), view, "overview")
notes.show_small_print(outlook, view, asked.threshold)
