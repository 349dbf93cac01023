"""What was issued for an area: each issue to read, as files, with its links."""

from __future__ import annotations

import streamlit as st

from data.store.issues import IssueRecord
from forecasting.errors import OutlookError
from ui.frame import address, cache, controls
from ui.frame.controls import View
from ui.frame.errors import guard
from ui.issues import embedded, forms, state
from ui.language import format as fmt
from ui.language import t, words
from ui.language.markdown import literal


def show(view: View) -> None:
    """Show every issue, the newest first."""
    language = view.language
    listed = cache.store().issues.listed(view.area.id)
    area = words.name(view.area.name, language)
    if not listed:
        st.title(t("issues.none", language, area=area), anchor=False)
        st.markdown(t("issues.none_lead", language))
        with st.container(key="go_on"):
            label = t("page.overview", language)
            st.page_link(controls.OVERVIEW_PAGE, label=label, query_params=address.whole_view())
        return
    st.title(t("issues.title", language, area=area, count=len(listed)), anchor=False)
    st.markdown(t("issues.lead", language))
    said = {entry.number: entry.p_all for entry in cache.store().issues.track(view.area.id)}
    for record in listed:
        with st.container(border=True, key=f"issue_{record.number}"):
            _show(record, said.get(record.number), view)


def _show(record: IssueRecord, p_all: float | None, view: View) -> None:
    language = view.language
    st.markdown(_title(record, p_all, view))
    forms.show_link_form(record, language)
    if st.toggle(t("issues.read", language), key=f"issue_read_{record.number}"):
        with guard(language):
            embedded.show(cache.store().issues.find(record.number), language)


def _title(record: IssueRecord, p_all: float | None, view: View) -> str:
    language = view.language
    parts = [t("period.year", language, year=record.year), fmt.minute(record.issued_at)]
    if record.issuer:
        parts.append(literal(record.issuer))
    parts.append(_scenario(record, view))
    if p_all is not None:
        kind = "reference" if view.area.reference else "verdict"
        chance = t(f"report.chance.{kind}", language)
        parts.append(t("issues.chance", language, chance=chance, cheng=fmt.cheng(p_all, language)))
    if record.unpublished:
        parts.append(t("area.flash", language))
    number = t("report.number", language, number=record.number)
    return f"**{number}** " + t("issues.between", language).join(parts)


def _scenario(record: IssueRecord, view: View) -> str:
    """Say what is assumed in an issue: a saved scenario by its name in the version it holds."""
    language = view.language
    if record.scenario is None:
        kept = state.kept(record)
        return t("issues.unsaved" if kept and kept.scenario else "issues.bare", language)
    try:
        saved = cache.store().scenarios.find(*record.scenario)
    except OutlookError:
        return t("issues.unsaved", language)
    return t("issue.scenario", language, name=literal(saved.name))
