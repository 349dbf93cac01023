"""The page for the meeting: the three goals on one screen, as they stand today."""

import streamlit as st

from data.store.people import Permission
from forecasting.figures.indicator import AreaKind
from ui.frame import address, controls, cut_off, people
from ui.frame.errors import end_page, guard
from ui.issues import issuing
from ui.outlook import notes
from ui.plan.meeting import forms
from ui.report.document.compose import report_of
from ui.report.document.meeting import meeting_of
from ui.report.files import meeting_files
from ui.report.render.html import embedded, embedded_style

view = controls.choose_area_only()
say = view.say
controls.show_plan_menu(view)
cut_off.settle(say)
if view.area.kind is not AreaKind.ZONE or not view.has_figures:
    why = "no_figures" if view.area.kind is AreaKind.ZONE else "no_zone"
    st.title(say("meeting.nothing"), anchor=False)
    st.markdown(say(f"meeting.{why}", area=say.name(view.area.name)))
    end_page()
with guard(say):
    year = view.snapshot.target_year(view.area.id)
    asked = issuing.request_at(view, controls.Selection(year, None, None))
    drafted = issuing.draft(asked)
    report, number = report_of(drafted, say), say("meeting.not_issued")
    st.html(embedded_style())
    st.html(embedded(meeting_of(report, number=number), dark=address.dark()))
    with st.container(horizontal=True, key="meeting_files"):
        for file in meeting_files(report, drafted, number):
            st.download_button(
                file.label, file.make, file.name, file.media_type, key=f"meeting_{file.kind}",
                on_click="ignore",
            )  # fmt: skip
    if people.allows(Permission.EDIT_PLAN, say("meeting.requests"), say):
        forms.show_requests(view)
notes.show_stamps(view)
