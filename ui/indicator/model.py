"""The model behind a verdict: what each member gives, its parameters, and tests of its errors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from forecasting.models.diagnostics import Diagnostics, diagnose
from forecasting.models.predictive import Candidate, ModelReport
from forecasting.outlook.outlook import MemberVerdict, Quantiles, Verdict
from ui.charts.residuals import residuals_data, residuals_spec
from ui.frame import address, look
from ui.frame.controls import View
from ui.indicator import sentences
from ui.indicator.history import drawn_note
from ui.language import Language, t, words
from ui.language import format as fmt

MOST_CANDIDATES = 5
"""Averaged models that have a row of their own."""


def show_model(verdict: Verdict, model: ModelReport, view: View) -> None:
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


def _member_row(member: MemberVerdict, language: Language) -> str:
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


def show_errors(verdict: Verdict, model: ModelReport, view: View) -> None:
    """Show in one sentence whether the errors object to the model; picture and tests."""
    language = view.language
    if not model.residuals:
        return
    found = diagnose(model)
    st.header(t("errors.title", language), anchor=False)
    st.markdown(sentences.diagnosis(found, len(model.residuals), language))
    if found is None:
        return
    _show_picture(verdict, model, view)
    look.show(_tests(found, language))
    st.caption(t("errors.tests_note", language))
    with st.expander(t("chart.table", language)):
        look.show(look.quarter_table(dict(model.residuals), language, single=True))
    with st.expander(t("errors.autocorrelations", language)):
        st.caption(t("errors.autocorrelations_note", language))
        look.show(_autocorrelations(found, language))


def _show_picture(verdict: Verdict, model: ModelReport, view: View) -> None:
    language, dark = view.language, address.dark()
    outliers = {outlier.quarter for outlier in model.outliers}
    frame = residuals_data(model.residuals, outliers, language, synthetic=view.area.synthetic)
    member = words.member(model.method, language)
    st.caption(
        drawn_note(t("errors.note", language, member=member), frame, model.outliers, language)
    )
    st.vega_lite_chart(
        frame,
        residuals_spec(dark=dark),
        key=f"residuals_{verdict.indicator_id}_{'dark' if dark else 'light'}",
        theme=None,
        alt=sentences.errors_alt(
            words.plain_name(verdict.history.indicator.name, language), model.residuals, language
        ),
    )


def _tests(found: Diagnostics, language: Language) -> str:
    head = [
        (t("column.test", language), "l"),
        (t("column.statistic", language), ""),
        (t("column.p_value", language), ""),
        (t("column.finding", language), "l"),
    ]
    names = {
        "independence": t(
            "errors.ljung_box", language, lags=found.lags, freedom=found.degrees_of_freedom
        ),
        "normality": t("errors.shapiro_wilk", language, count=found.count),
    }
    rows = []
    for kind, check in (("independence", found.independence), ("normality", found.normality)):
        finding = t(f"errors.{'seen' if check.objects else 'unseen'}_{kind}", language)
        rows.append(
            look.cell(names[kind], "l wrap")
            + look.cell(f"{check.statistic:.2f}")
            + look.cell(sentences.p_value(check.p_value))
            + look.cell(finding, "l wrap")
        )
    return look.table(head, rows)


def _autocorrelations(found: Diagnostics, language: Language) -> str:
    """Return one row for each lag; a correlation beyond its bounds has a mark and is strong."""
    head = [
        (t("column.lag", language), "l"),
        (t("column.autocorrelation", language), ""),
        (t("column.bound", language), ""),
    ]
    rows = (
        look.cell(str(entry.lag), "l")
        + look.cell(
            f"{entry.value:.2f}{' *' if entry.beyond else ''}".replace("-", "−"),
            "strong" if entry.beyond else "",
        )
        + look.cell(f"±{entry.bound:.2f}")
        for entry in found.autocorrelations
    )
    return look.table(head, rows)
