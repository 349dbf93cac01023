"""The parts of an indicator's own page."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from forecasting.history import History
from forecasting.indicator import Measure
from forecasting.outlook import Excluded, Outlook, Verdict
from forecasting.predictive import ModelReport, Outlier
from forecasting.shares import ShareSource
from ui import format as fmt
from ui import look, sentences, state, words
from ui.charts.history import growth_data, history_spec, ytd_data
from ui.messages import Language, t
from ui.parts import panels
from ui.parts.shell import View

MOST_MONTH_YEARS = 6
"""Years of single months in a table that a phone can hold."""


def choose(outlook: Outlook, view: View) -> Verdict | Excluded | None:
    """Show the picker of an indicator with a target; None where the area has no target."""
    every: list[Verdict | Excluded] = [*outlook.verdicts, *outlook.excluded]
    entries = {entry.target.indicator: entry for entry in every}
    if not entries:
        return None
    catalogue, language = view.catalogue, view.language
    ids = sorted(entries, key=lambda indicator: catalogue[indicator].order)
    chosen = state.choose_indicator(
        ids, lambda indicator: words.name(catalogue[indicator].name, language), language
    )
    return entries[chosen or ids[0]]


def show_verdict(verdict: Verdict, outlook: Outlook, view: View, *, typed: bool) -> None:
    """Show sentence, fan, pace, history, model and weights of an indicator with a verdict.

    ``typed`` says that the line is the reader's, which no document sets.
    """
    language = view.language
    st.title(sentences.indicator_title(verdict, outlook.year, language), anchor=False)
    st.markdown(sentences.verdict_sentence(verdict, outlook.year, language))
    support = sentences.pace_support(verdict, language)
    if support:
        st.markdown(support)
    st.header(t("indicator.fan", language), anchor=False)
    note = "indicator.fan_note_published" if verdict.complete else "indicator.fan_note"
    st.caption(t(note, language))
    picture, numbers = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with picture:
        panels.show_large_fan(verdict, outlook, language)
    with numbers:
        _show_fan_table(verdict, outlook, language)
    outliers = verdict.model.outliers if verdict.model else ()
    _show_history(verdict.history, verdict.target.threshold, outliers, view)
    _show_model(verdict, language)
    _show_weights(verdict, outlook.year, language)
    if not typed:
        key = "indicator.line_source" if outlook.area.reference else "indicator.target_source"
        st.caption(t(key, language, document=words.document(verdict.target, language)))


def show_excluded(entry: Excluded, outlook: Outlook, view: View) -> None:
    """Show why an indicator has no verdict, and the history it has all the same."""
    language = view.language
    name = words.name(view.catalogue[entry.target.indicator].name, language)
    st.title(name, anchor=False)
    reason = sentences.excluded(entry, outlook.year, language)
    st.markdown(t("indicator.without_history", language, name=name, reason=reason))
    if entry.history is not None:
        _show_history(entry.history, entry.target.threshold, (), view)
    elif months := _months(entry.target.indicator, view):
        _show_months(months, language)
    else:
        st.markdown(t("indicator.no_history", language))


def _months(indicator: str, view: View) -> dict[int, dict[int, float]]:
    """Return growth of single months by month and year, of the last years that have any."""
    figures = [stored.observation for stored in view.snapshot.figures(view.area.id)]
    monthly = [
        figure
        for figure in figures
        if figure.indicator == indicator and figure.measure is Measure.GROWTH_MONTH
    ]
    years = sorted({figure.month.year for figure in monthly})[-MOST_MONTH_YEARS:]
    months: dict[int, dict[int, float]] = {}
    for figure in sorted(monthly, key=lambda figure: figure.month):
        if figure.month.year in years:
            months.setdefault(figure.month.month, {})[figure.month.year] = figure.value
    return months


def _show_months(months: dict[int, dict[int, float]], language: Language) -> None:
    """Show growth of single months, which is all there is: one row a month, one column a year."""
    st.header(t("indicator.months", language), anchor=False)
    st.caption(t("indicator.months_note", language))
    years = sorted({year for known in months.values() for year in known})
    head = [(t("column.month", language), "l"), *((str(year), "") for year in years)]
    rows = (
        look.cell(t(f"period.month.{month}", language), "l")
        + "".join(look.cell(_figure(known.get(year), language)) for year in years)
        for month, known in sorted(months.items())
    )
    look.show(look.table(head, rows))


def _show_history(
    history: History, target: float, outliers: tuple[Outlier, ...], view: View
) -> None:
    language, synthetic = view.language, view.area.synthetic
    theme = "dark" if state.dark() else "light"
    spec = history_spec(dark=state.dark())
    frames = {
        "ytd": ytd_data(
            history, target, language, synthetic=synthetic, reference=view.area.reference
        ),
        "single": growth_data(history, outliers, language, synthetic=synthetic),
    }
    for kind, frame in frames.items():
        st.header(t(f"indicator.{kind}", language), anchor=False)
        single = kind == "single"
        st.caption(_history_note(frame, language, single=single))
        alt = sentences.history_alt(history, language, single=single)
        key = f"history_{kind}_{history.indicator.id}_{theme}"
        st.vega_lite_chart(frame, spec, key=key, theme=None, alt=alt)
        with st.expander(t("chart.table", language)):
            look.show(_history_table(history, language, single=single))


def _history_note(frame: pd.DataFrame, language: Language, *, single: bool) -> str:
    """Say what is drawn; rings and triangles only where there are any."""
    notes = [t("indicator.single_note" if single else "indicator.ytd_note", language)]
    marks = [("outlier", "indicator.rings"), ("beyond", "indicator.triangles")]
    shown = set(frame["part"])
    keys = [key for part, key in marks if part in shown]
    if keys:
        marks_shown = t("format.comma_in_sentence", language).join(t(k, language) for k in keys)
        notes.append(marks_shown[0].upper() + marks_shown[1:])
    return t("format.semicolon", language).join(notes)


def _history_table(history: History, language: Language, *, single: bool) -> str:
    """Return one row for each year, the newest first, with a column for each quarter."""
    values = history.growth if single else history.ytd
    years: dict[int, dict[int, float]] = {}
    for quarter, value in zip(history.quarters, values, strict=True):
        years.setdefault(quarter.year, {})[quarter.quarter] = float(value)
    name = "quarter_name" if single else "span"
    head = [(t("column.year", language), "l")]
    head += [(t(f"period.{name}.{k}", language), "") for k in (1, 2, 3, 4)]
    return look.table(
        head,
        (
            look.cell(str(year), "l")
            + "".join(look.cell(_figure(known.get(k), language)) for k in (1, 2, 3, 4))
            for year, known in sorted(years.items(), reverse=True)
        ),
    )


def _show_fan_table(verdict: Verdict, outlook: Outlook, language: Language) -> None:
    if not verdict.fan:
        return
    head = [
        (t("column.period", language), "l"),
        (t("column.median", language), ""),
        *((t(f"overview.legend_{level}", language), "") for level in (50, 80, 95)),
    ]
    rows = []
    for point in verdict.fan:
        q = point.quantiles
        spans = ((q[2], q[4]), (q[1], q[5]), (q[0], q[6]))
        rows.append(
            look.cell(fmt.span(point.quarter.quarter, language), "l")
            + look.cell(fmt.figure(q[3]), "strong")
            + "".join(_span(low, high, language) for low, high in spans)
        )
    look.show(look.table(head, rows))


def _span(low: float, high: float, language: Language) -> str:
    """Return the cell of a range; one with a negative end is long and may take two lines."""
    return look.cell(fmt.interval(low, high, language), "wrap" if low < 0 else "")


def _show_model(verdict: Verdict, language: Language) -> None:
    st.header(t("indicator.model", language), anchor=False)
    if verdict.model is None:
        st.markdown(t("indicator.published", language))
        return
    st.markdown(_model_sentence(verdict.model, language))
    if verdict.model.parameters:
        head = [
            (t("column.parameter", language), "l"),
            (t("column.estimate", language), ""),
            (t("column.error", language), ""),
        ]
        rows = (
            look.cell(words.parameter(parameter.name, language), "l wrap")
            + look.cell(f"{parameter.value:.4f}".replace("-", "−"))
            + look.cell(_error(parameter.standard_error, language))
            for parameter in verdict.model.parameters
            if not words.is_outlier(parameter.name)  # in the table of outliers, in percent
        )
        look.show(look.table(head, rows))
    _show_outliers(verdict.model, language)


def _model_sentence(model: ModelReport, language: Language) -> str:
    if model.order is None:
        return t("indicator.naive", language, observations=model.observations)
    seasonal = "×({},{},{})₄".format(*model.seasonal_order) if model.seasonal_order else ""
    order = "({},{},{})".format(*model.order)
    return t(
        "indicator.sarima",
        language,
        order=order,
        seasonal=seasonal,
        observations=model.observations,
    )


def _show_outliers(model: ModelReport, language: Language) -> None:
    st.header(t("indicator.outliers", language), anchor=False)
    if not model.outliers:
        st.markdown(t("indicator.no_outliers", language))
        return
    st.caption(t("indicator.outliers_note", language))
    head = [
        (t("column.quarter", language), "l"),
        (t("column.kind", language), "l"),
        (t("column.size", language), ""),
    ]
    rows = (
        look.cell(fmt.single_quarter(outlier.quarter, language), "l wrap")
        + look.cell(words.outlier_kind(outlier.kind, language), "l")
        + look.cell(fmt.figure(outlier.size))
        for outlier in model.outliers
    )
    look.show(look.table(head, rows))


def _show_weights(verdict: Verdict, year: int, language: Language) -> None:
    st.header(t("indicator.weights", language), anchor=False)
    shares = verdict.history.shares[year - 1]
    source = words.share_source(ShareSource(shares.source), language)
    st.markdown(t("indicator.weights_note", language, year=year, source=source))
    head = [(t(f"period.quarter_name.{k}", language), "") for k in (1, 2, 3, 4)]
    row = "".join(look.cell(fmt.figure(share * 100)) for share in shares.values)
    name = look.cell(t("column.share", language), "l")
    look.show(look.table([(t("column.quarter", language), "l"), *head], [name + row]))


def _figure(value: float | None, language: Language) -> str:
    known = value is not None and math.isfinite(value)
    return fmt.figure(value or 0.0) if known else t("format.missing", language)


def _error(value: float, language: Language) -> str:
    return f"{value:.4f}" if math.isfinite(value) else t("format.missing", language)
