"""What was issued for an area: each issue to read, as files, with its links."""

from __future__ import annotations

import streamlit as st

from data.store.issues import IssueRecord
from forecasting.errors import OutlookError
from ui.frame import address, cache, controls
from ui.frame.controls import View
from ui.frame.errors import guard
from ui.issues import embedded, state
from ui.language import format as fmt
from ui.links import forms


def show(view: View) -> None:
    """Show every issue, the newest first."""
    say = view.say
    listed = cache.store().issues.listed(view.area.id)
    area = say.name(view.area.name)
    if not listed:
        st.title(say("issues.none", area=area), anchor=False)
        st.markdown(say("issues.none_lead"))
        with st.container(key="go_on"):
            label = say("page.overview")
            st.page_link(controls.OVERVIEW_PAGE, label=label, query_params=address.whole_view())
        return
    st.title(say("issues.title", area=area, count=len(listed)), anchor=False)
    st.markdown(say("issues.lead"))
    said = {entry.number: entry.p_all for entry in cache.store().issues.track(view.area.id)}
    for record in listed:
        with st.container(border=True, key=f"issue_{record.number}"):
            _show(record, said.get(record.number), view)


def _show(record: IssueRecord, p_all: float | None, view: View) -> None:
    say = view.say
    st.markdown(_title(record, p_all, view))
    forms.show_links(record, say)
    if st.toggle(say("issues.read"), key=f"issue_read_{record.number}"):
        with guard(say):
            embedded.show(cache.store().issues.find(record.number), say)


def _title(record: IssueRecord, p_all: float | None, view: View) -> str:
    say = view.say
    parts = [say("period.year", year=record.year), fmt.minute(record.issued_at)]
    if record.issuer:
        parts.append(say.verbatim(record.issuer))
    parts.append(_scenario(record, view))
    if p_all is not None:
        kind = "reference" if view.area.reference else "verdict"
        chance = say(f"report.chance.{kind}")
        parts.append(say("issues.chance", chance=chance, cheng=fmt.cheng(p_all, say)))
    if record.unpublished:
        parts.append(say("issues.internal"))
    return f"**{state.number_of(record, say)}** " + say("issues.between").join(parts)


def _scenario(record: IssueRecord, view: View) -> str:
    """Say what is assumed in an issue: a saved scenario by its name in the version it holds."""
    say = view.say
    if record.scenario is None:
        found = state.contents(record)
        return say("issues.unsaved" if found and found.scenario else "issues.bare")
    try:
        saved = cache.store().scenarios.find(*record.scenario)
    except OutlookError:
        return say("issues.unsaved")
    return say("issue.scenario", name=say.verbatim(saved.name))
