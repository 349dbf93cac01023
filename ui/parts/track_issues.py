"""Issues in the track record: what was said to leadership, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import streamlit as st

from data.issued import StoredIssue
from forecasting.snapshot.outcome import Outcome
from ui import cache, issuing, look
from ui import format as fmt
from ui.links import rendered
from ui.messages import Language, t
from ui.messages.errors import guard
from ui.parts.shell import View


def show(view: View) -> None:
    """Show every issue of the area beside what came of it; a year that runs has no score."""
    language = view.language
    st.header(t("track_issues.title", language), anchor=False)
    with guard(language):
        found = _found(view)
    if not found:
        st.markdown(t("track_issues.none", language))
        return
    scored = [came for _, came in found if came.together is not None]
    st.caption(t("track_issues.note", language))
    st.markdown(_sum(scored, len(found), language))
    look.show(_table(found, view))


def _found(view: View) -> list[tuple[StoredIssue, Outcome]]:
    store = cache.store().issues
    issues = [store.find(record.number) for record in store.listed(view.area.id)]
    return [(issue, issuing.outcome(issue, view.snapshot)) for issue in issues]


def _sum(scored: Sequence[Outcome], count: int, language: Language) -> str:
    if not scored:
        return t("track_issues.open", language, count=count)
    scores = [came.score for came in scored if came.score is not None]
    return t(
        "track_issues.sum",
        language,
        count=count,
        scored=len(scored),
        met=sum(came.together is True for came in scored),
        verdicts=sum(came.asked for came in scored),
        score=f"{fmean(scores):.3f}",
    )


def _table(found: Sequence[tuple[StoredIssue, Outcome]], view: View) -> str:
    language = view.language
    kind = "reference" if view.area.reference else "verdict"
    head = [
        (t("report.record_number", language), "l"),
        (t("report.record_date", language), "l"),
        (t("report.record_year", language), ""),
        (t(f"report.chance.{kind}", language), ""),
        (t("report.record_came", language), "l"),
        (t("track_issues.met", language), ""),
        (t("track_issues.score", language), ""),
    ]
    return look.table(head, (_row(issue, came, view) for issue, came in found))


def _row(issue: StoredIssue, came: Outcome, view: View) -> str:
    language = view.language
    missing = t("format.missing", language)
    said = rendered.snapshot_of(issue).outlook.all_clear
    over = came.together is not None
    return (
        look.cell(t("report.number", language, number=issue.number), "l strong")
        + look.cell(fmt.date(issue.issued_at, language), "l")
        + look.cell(str(issue.year))
        + look.cell(fmt.probability(said.probability) if said else missing)
        + look.cell(_came(came, view), "l")
        + look.cell(f"{sum(came.met.values())}/{came.asked}" if over else missing)
        + look.cell(f"{came.score:.3f}" if over and came.score is not None else missing)
    )


def _came(came: Outcome, view: View) -> str:
    if came.together is None:
        return t("report.record_open", view.language)
    suffix = "_reference" if view.area.reference else ""
    return t(f"report.record_{'met' if came.together else 'missed'}{suffix}", view.language)
