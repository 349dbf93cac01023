"""The model behind a verdict: what each member gives, its parameters, and tests of its errors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from forecasting.models.diagnostics import Diagnostics, diagnose
from forecasting.models.predictive import Candidate, ModelReport
from forecasting.outlook.outlook import MemberVerdict, Verdict
from forecasting.outlook.quantiles import Quantiles
from ui.charts.figures import quarter_figures
from ui.charts.residuals import residuals_data, residuals_spec
from ui.frame import address, look, page_files
from ui.frame.controls import View
from ui.indicator import sentences
from ui.indicator.history import drawn_note
from ui.language import Speaker, words
from ui.language import format as fmt

MOST_CANDIDATES = 5
"""Averaged models that have a row of their own."""


def show_model(verdict: Verdict, model: ModelReport, view: View) -> None:
    """Show in words what was fitted, what each member says, and the ARIMA in full."""
    say = view.say
    st.header(say("model.title"), anchor=False)
    st.markdown(sentences.model(model, verdict.members, say))
    if len(verdict.members) > 1:
        _show_members(verdict, view)
    parameters = _parameters(model, say)
    if len(model.candidates) < 2:
        if parameters:
            look.show(parameters)
        return
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown(f"**{say('model.parameters')}**")
        look.show(parameters)
    with right:
        st.markdown(f"**{say('model.candidates')}**")
        look.show(_candidates(model.candidates, say))


def _show_members(verdict: Verdict, view: View) -> None:
    say = view.say
    st.markdown(f"**{say('model.members')}**")
    chance = "column.likelihood" if view.area.reference else "column.probability"
    head = [
        (say("column.member"), "l wrap"),
        (say("column.weight"), ""),
        (say("column.expected"), "wrap"),
        (say("column.interval"), "wrap"),
        (say(chance), ""),
    ]
    rows = [_member_row(member, say) for member in verdict.members]
    whole = look.cell(say("member.pool"), "l strong wrap") + look.cell(fmt.share(1.0), "strong")
    rows.append(whole + _answer(verdict.quantiles, verdict.probability, say, "strong"))
    look.show(look.table(head, rows))
    notes = [say("model.members_note")]
    if any(member.quantiles is None for member in verdict.members):
        notes.append(say("model.members_few"))
    st.caption(say("format.between_sentences").join(notes))


def _member_row(member: MemberVerdict, say: Speaker) -> str:
    name = look.cell(say(f"member.{member.method}"), "l wrap")
    weight = look.cell(fmt.share(member.weight))
    if member.quantiles is None or member.probability is None:
        return name + weight + look.cell(say("format.missing")) * 3
    return name + weight + _answer(member.quantiles, member.probability, say)


def _answer(quantiles: Quantiles, probability: float, say: Speaker, kind: str = "") -> str:
    """Return the cells of an answer: expected growth, 80% range, probability."""
    return (
        look.cell(fmt.figure(quantiles.median), kind)
        + look.range_cell(quantiles.q10, quantiles.q90, say, kind)
        + look.cell(fmt.probability(probability), kind)
    )


def _parameters(model: ModelReport, say: Speaker) -> str:
    """Return the table of parameters; the sizes of outliers have one of their own, in percent."""
    own = [parameter for parameter in model.parameters if not words.is_outlier(parameter.name)]
    if not own:
        return "" if len(model.candidates) < 2 else look.note(say("model.no_parameters"))
    head = [(say("column.parameter"), "l"), (say("column.estimate"), ""), (say("column.error"), "")]
    rows = (
        look.cell(words.parameter(parameter.name, say), "l wrap")
        + look.cell(f"{parameter.value:.4f}".replace("-", "−"))
        + look.cell(_error(parameter.standard_error, say))
        for parameter in own
    )
    return look.table(head, rows)


def _candidates(candidates: Sequence[Candidate], say: Speaker) -> str:
    """Return the table of averaged models, the heaviest first, the light ones in one row."""
    ordered = sorted(candidates, key=lambda candidate: -candidate.weight)
    # One left over is no shorter to sum than to name.
    named = len(ordered) if len(ordered) == MOST_CANDIDATES + 1 else MOST_CANDIDATES
    head = [(say("column.candidate"), "l"), (say("column.weight"), "")]
    rows = [(entry.name, entry.weight) for entry in ordered[:named]]
    if rest := ordered[named:]:
        label = say("model.other_candidates", count=len(rest))
        rows.append((label, sum(entry.weight for entry in rest)))
    return look.table(
        head, (look.cell(name, "l wrap") + look.cell(fmt.share(weight)) for name, weight in rows)
    )


def _error(value: float, say: Speaker) -> str:
    return f"{value:.4f}" if math.isfinite(value) else say("format.missing")


def show_errors(verdict: Verdict, model: ModelReport, view: View) -> None:
    """Show in one sentence whether the errors object to the model; picture and tests."""
    say = view.say
    if not model.residuals:
        return
    found = diagnose(model)
    st.header(say("errors.title"), anchor=False)
    st.markdown(sentences.diagnosis(found, len(model.residuals), say))
    if found is None:
        return
    _show_picture(verdict, model, view)
    look.show(_tests(found, say))
    st.caption(say("errors.tests_note"))
    with st.expander(say("chart.table")):
        look.show(look.quarter_table(dict(model.residuals), say, single=True))
    with st.expander(say("errors.autocorrelations")):
        st.caption(say("errors.autocorrelations_note"))
        look.show(_autocorrelations(found, say))


def _show_picture(verdict: Verdict, model: ModelReport, view: View) -> None:
    say, dark = view.say, address.dark()
    outliers = {outlier.quarter for outlier in model.outliers}
    frame = residuals_data(model.residuals, outliers, say, synthetic=view.area.synthetic)
    member = say(f"member.{model.method}")
    st.caption(drawn_note(say("errors.note", member=member), frame, model.outliers, say))
    page_files.chart(
        frame,
        residuals_spec(dark=dark),
        quarter_figures(dict(model.residuals), say("errors.title"), say, single=True),
        key=f"residuals_{verdict.indicator_id}_{'dark' if dark else 'light'}",
        alt=sentences.errors_alt(
            say.plain.name(verdict.history.indicator.name), model.residuals, say
        ),
    )


def _tests(found: Diagnostics, say: Speaker) -> str:
    head = [
        (say("column.test"), "l"),
        (say("column.statistic"), ""),
        (say("column.p_value"), ""),
        (say("column.finding"), "l"),
    ]
    names = {
        "independence": say("errors.ljung_box", lags=found.lags, freedom=found.degrees_of_freedom),
        "normality": say("errors.shapiro_wilk", count=found.count),
    }
    rows = []
    for kind, check in (("independence", found.independence), ("normality", found.normality)):
        finding = say(f"errors.{'seen' if check.objects else 'unseen'}_{kind}")
        rows.append(
            look.cell(names[kind], "l wrap")
            + look.cell(f"{check.statistic:.2f}")
            + look.cell(sentences.p_value(check.p_value))
            + look.cell(finding, "l wrap")
        )
    return look.table(head, rows)


def _autocorrelations(found: Diagnostics, say: Speaker) -> str:
    """Return one row for each lag; a correlation beyond its bounds has a mark and is strong."""
    head = [
        (say("column.lag"), "l"),
        (say("column.autocorrelation"), ""),
        (say("column.bound"), ""),
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
