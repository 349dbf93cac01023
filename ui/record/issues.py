"""Issues in the track record: what was said to leadership, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

import streamlit as st

from forecasting.issues.model import Apart
from forecasting.issues.outcome import Outcome
from ui.frame import look
from ui.frame.shell import View
from ui.issues import past as past_issues
from ui.issues.past import Past
from ui.language import Language, t, words
from ui.language import format as fmt


def show(view: View) -> None:
    """Show every issue of the area beside what came of it; a year that runs has no score."""
    language = view.language
    st.header(t("track_issues.title", language), anchor=False)
    found = past_issues.past(view.area.id, view.snapshot)
    if not found:
        st.markdown(t("track_issues.none", language))
        return
    st.caption(t("track_issues.note", language))
    st.markdown(_sum(found, language))
    look.show(_table(found, view))


def _scored(past: Past) -> Outcome | None:
    """Return what came of an issue that counts, once its year is over."""
    over = past.came is not None and past.came.together is not None
    return past.came if over and past.apart is None else None


def _sum(found: Sequence[Past], language: Language) -> str:
    """Say how the issues did: the mean is over verdicts, of which issues hold more or fewer."""
    scored = [came for past in found if (came := _scored(past)) is not None]
    errors = [error for came in scored for error in came.errors.values()]
    if not errors:
        return t("track_issues.open", language, count=len(found))
    return t(
        "track_issues.sum",
        language,
        count=len(found),
        scored=len(scored),
        met=sum(came.together is True for came in scored),
        verdicts=len(errors),
        score=f"{fmean(errors):.3f}",
    )


def _table(found: Sequence[Past], view: View) -> str:
    language = view.language
    kind = "reference" if view.area.reference else "verdict"
    head = [
        (t("report.record_number", language), "l"),
        (t("report.record_date", language), "l"),
        (t("report.record_year", language), "wide"),
        (t(f"report.chance.{kind}", language), "wrap"),
        (t("report.record_came", language), "l"),
        (t("track_issues.met", language), "wrap"),
        (t("track_issues.score", language), "wrap"),
    ]
    return look.table(head, (_row(past, view) for past in found))


def _row(past: Past, view: View) -> str:
    language, record, came = view.language, past.record, past.came
    missing = t("format.missing", language)
    over = came is not None and came.together is not None
    return (
        look.named(
            t("report.number", language, number=record.number),
            t("period.year", language, year=record.year),
            "l strong",
        )
        + look.dated(fmt.date(record.issued_at, language))
        + look.cell(str(record.year), "wide")
        + look.cell(missing if past.p_all is None else fmt.probability(past.p_all))
        + look.cell(_came(came, view), "l wrap")
        + look.cell(_met(came, language) if came is not None and over else missing, "wrap")
        + look.cell(_score(past, language), "wrap")
    )


def _came(came: Outcome | None, view: View) -> str:
    """Return what the year came to, and where revised figures say otherwise, that."""
    language = view.language
    if came is None:
        return t("record.unreadable", language)
    if came.together is None:
        return t("report.record_open", language)
    suffix = words.suffix(view.area.reference)
    first, now = (
        t(f"report.record_{'met' if together else 'missed'}{suffix}", language)
        for together in (came.together, came.together_now)
    )
    if came.together_now is None or came.together_now is came.together:
        return first
    return t("track_issues.revised", language, first=first, now=now)


def _met(came: Outcome, language: Language) -> str:
    """Return how many were met, and where revised figures say otherwise, how many by those."""

    def told(met: Mapping[str, bool]) -> str:
        return f"{sum(met.values())}/{came.asked}"

    flipped = any(came.now.get(name, met) is not met for name, met in came.met.items())
    if not flipped:
        return told(came.met)
    now = told({**came.met, **came.now})
    return t("track_issues.revised", language, first=told(came.met), now=now)


def _score(past: Past, language: Language) -> str:
    """Return the score, or why there is none."""
    if past.apart is not None and past.apart is not Apart.UNREADABLE:
        why = t(f"record.apart.{past.apart}", language)
        return t("record.not_scored", language, why=why)
    came = _scored(past)
    score = came.score if came else None
    return t("format.missing", language) if score is None else f"{score:.3f}"
