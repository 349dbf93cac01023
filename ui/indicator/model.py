"""The model of an indicator's page: what each member says, its parameters, what it averages."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from forecasting.models.predictive import Candidate, ModelReport
from forecasting.outlook.outlook import MemberAnswer, Quantiles, Verdict
from ui.frame import look
from ui.frame.shell import View
from ui.indicator import sentences
from ui.language import Language, t, words
from ui.language import format as fmt

MOST_CANDIDATES = 5
"""Averaged models that have a row of their own."""


def show(verdict: Verdict, model: ModelReport, view: View) -> None:
    """Show in words what was fitted, what each member says, and the ARIMA in full."""
    language = view.language
    st.header(t("model.title", language), anchor=False)
    st.markdown(sentences.model(model, verdict.members, language))
    if len(verdict.members) > 1:
        _show_members(verdict, view)
    parameters = _parameters(model, language)
    if len(model.candidates) < 2:
        if parameters:
            look.show(parameters)
        return
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown(f"**{t('model.parameters', language)}**")
        look.show(parameters)
    with right:
        st.markdown(f"**{t('model.candidates', language)}**")
        look.show(_candidates(model.candidates, language))


def _show_members(verdict: Verdict, view: View) -> None:
    language = view.language
    st.markdown(f"**{t('model.members', language)}**")
    chance = "column.likelihood" if view.area.reference else "column.probability"
    head = [
        (t("column.member", language), "l wrap"),
        (t("column.weight", language), ""),
        (t("column.expected", language), "wrap"),
        (t("column.interval", language), "wrap"),
        (t(chance, language), ""),
    ]
    rows = [_member_row(member, language) for member in verdict.members]
    whole = look.cell(words.member("pool", language), "l strong wrap") + look.cell(
        fmt.share(1.0), "strong"
    )
    rows.append(whole + _answer(verdict.quantiles, verdict.probability, language, "strong"))
    look.show(look.table(head, rows))
    notes = [t("model.members_note", language)]
    if any(member.quantiles is None for member in verdict.members):
        notes.append(t("model.members_few", language))
    st.caption(t("format.between_sentences", language).join(notes))


def _member_row(member: MemberAnswer, language: Language) -> str:
    name = look.cell(words.member(member.method, language), "l wrap")
    weight = look.cell(fmt.share(member.weight))
    if member.quantiles is None or member.probability is None:
        return name + weight + look.cell(t("format.missing", language)) * 3
    return name + weight + _answer(member.quantiles, member.probability, language)


def _answer(quantiles: Quantiles, probability: float, language: Language, kind: str = "") -> str:
    """Return the cells of an answer: expected growth, 80% range, probability."""
    return (
        look.cell(fmt.figure(quantiles.median), kind)
        + look.range_cell(quantiles.q10, quantiles.q90, language, kind)
        + look.cell(fmt.probability(probability), kind)
    )


def _parameters(model: ModelReport, language: Language) -> str:
    """Return the table of parameters; the sizes of outliers have one of their own, in percent."""
    own = [parameter for parameter in model.parameters if not words.is_outlier(parameter.name)]
    if not own:
        return "" if len(model.candidates) < 2 else look.note(t("model.no_parameters", language))
    head = [
        (t("column.parameter", language), "l"),
        (t("column.estimate", language), ""),
        (t("column.error", language), ""),
    ]
    rows = (
        look.cell(words.parameter(parameter.name, language), "l wrap")
        + look.cell(f"{parameter.value:.4f}".replace("-", "−"))
        + look.cell(_error(parameter.standard_error, language))
        for parameter in own
    )
    return look.table(head, rows)


def _candidates(candidates: Sequence[Candidate], language: Language) -> str:
    """Return the table of averaged models, the heaviest first, the light ones in one row."""
    ordered = sorted(candidates, key=lambda candidate: -candidate.weight)
    # One left over is no shorter to sum than to name.
    named = len(ordered) if len(ordered) == MOST_CANDIDATES + 1 else MOST_CANDIDATES
    head = [(t("column.candidate", language), "l"), (t("column.weight", language), "")]
    rows = [(entry.name, entry.weight) for entry in ordered[:named]]
    if rest := ordered[named:]:
        label = t("model.other_candidates", language, count=len(rest))
        rows.append((label, sum(entry.weight for entry in rest)))
    return look.table(
        head, (look.cell(name, "l wrap") + look.cell(fmt.share(weight)) for name, weight in rows)
    )


def _error(value: float, language: Language) -> str:
    return f"{value:.4f}" if math.isfinite(value) else t("format.missing", language)
