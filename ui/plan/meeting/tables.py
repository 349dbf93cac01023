"""What the page for the meeting shows: the three goals as an issue would freeze them."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from data.issues.issuing import draft
from forecasting.figures.indicator import AreaKind
from ui.frame import address
from ui.frame.controls import Selection, View
from ui.frame.errors import end_page
from ui.issues.issuing import request_at
from ui.report.document.compose import report_of
from ui.report.document.meeting import meeting_of
from ui.report.files import meeting_files
from ui.report.render.html import embedded, embedded_style


def stop_without_goals(view: View) -> None:
    """End the page where the area is no zone, which alone has these goals, or has no figures."""
    if view.area.kind is not AreaKind.ZONE:
        _end("no_zone", view)
    if not view.has_figures:
        _end("no_figures", view)


def _end(why: str, view: View) -> NoReturn:
    st.title(view.say("meeting.nothing"), anchor=False)
    st.markdown(view.say(f"meeting.{why}", area=view.say.name(view.area.name)))
    end_page()


def show_goals(view: View) -> None:
    """Show what would be issued now of the three goals, and what a meeting takes along of it."""
    say = view.say
    year = view.snapshot.target_year(view.area.id)
    drafted = draft(request_at(view, Selection(year, None, None)))
    report, number = report_of(drafted, say), say("meeting.not_issued")
    st.html(embedded_style())
    st.html(embedded(meeting_of(report, number=number), dark=address.dark()))
    with st.container(horizontal=True, key="meeting_files"):
        for file in meeting_files(report, drafted, number):
            st.download_button(
                file.label, file.make, file.name, file.media_type, key=f"meeting_{file.kind}",
                on_click="ignore",
            )  # fmt: skip
