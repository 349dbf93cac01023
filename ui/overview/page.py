"""Overview: what the area's indicators are likely to reach this year, each and together."""

import streamlit as st

from ui.first_steps import checklist
from ui.first_steps.state import FirstStep, progress_of
from ui.frame import controls, session
from ui.frame.errors import end_page, guard
from ui.issues import forms, issuing
from ui.outlook import notes, panels, untargeted
from ui.overview import lead, tables

view, asked = controls.choose_view()

progress = progress_of(view)
guided = progress is not None and FirstStep.ISSUE not in progress.done
checklist.show_home(view)

if asked is None:
    notes.show_empty(view, progress)
    end_page()

with guard(view.say):
    outlook = controls.outlook_of(view, asked)

untold = untargeted.histories_of(view, {verdict.indicator_id for verdict in outlook.verdicts})
if outlook.verdicts or outlook.excluded:
    lead.show(outlook, view.say, planned=asked.threshold is None)
else:
    lead.show_untargeted(len(untold), outlook.year, view)
checklist.show(view, progress)
# The form stands under the checklist that leads to it, also when the last step is just done.
on_top = guided or (progress is not None and session.issuing() is not None)
issue_place = st.container() if on_top else None
if outlook.verdicts:
    panels.show(outlook, view.say)
    tables.show_verdicts(outlook, view.say)
tables.show_excluded(outlook, view.catalogue, view.say)
if untold and not (view.area.reference and outlook.verdicts):
    tables.show_untargeted_head(outlook, view.say)
    untargeted.show_histories(untold, view)
if outlook.verdicts:
    with issue_place or st.container():
        forms.show_issue_form(issuing.request_at(view, asked), view, "overview")
notes.show_small_print(outlook, view, asked.threshold)
