"""The verdict of one indicator: its sentence, fan and weights, with and without outliers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from forecasting.history.shares import ShareSource
from forecasting.models.predictive import ModelReport, OutlierKind
from forecasting.outlook.outlook import Excluded, Outlook, Verdict
from ui.frame import controls, look
from ui.frame.controls import Selection, View
from ui.indicator import history, model
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.outlook import sentences
from ui.outlook.panels import show_large_fan


def choose_indicator(outlook: Outlook, view: View) -> Verdict | Excluded | None:
    """Show the picker of an indicator with a target; None where the area has no target."""
    every: list[Verdict | Excluded] = [*outlook.verdicts, *outlook.excluded]
    entries = {entry.target.indicator: entry for entry in every}
    if not entries:
        return None
    catalogue, language = view.catalogue, view.language
    ids = sorted(entries, key=lambda indicator: catalogue[indicator].order)
    chosen = controls.pick_indicator(
        ids, lambda indicator: words.plain_name(catalogue[indicator].name, language), language
    )
    return entries[chosen or ids[0]]


def show_verdict(verdict: Verdict, outlook: Outlook, view: View, asked: Selection) -> None:
    """Show sentence, fan, pace, history, model, errors, outliers and weights."""
    language = view.language
    st.title(sentences.indicator_title(verdict, outlook.year, language), anchor=False)
    st.markdown(sentences.verdict_sentence(verdict, outlook.year, language))
    support = sentences.pace_support(verdict, language)
    if support:
        st.markdown(support)
    _show_fan(verdict, outlook, language)
    outliers = verdict.model.outliers if verdict.model else ()
    history.show(verdict.history, verdict.target.threshold, outliers, view)
    if verdict.model is None:
        st.header(t("model.title", language), anchor=False)
        st.markdown(t("model.published", language))
    else:
        model.show_model(verdict, verdict.model, view)
        model.show_errors(verdict, verdict.model, view)
        show_outliers(verdict, verdict.model, view, asked)
    _show_weights(verdict, outlook.year, language)
    if asked.threshold is None:
        key = "indicator.line_source" if outlook.area.reference else "indicator.target_source"
        document = literal(words.document(verdict.target, language))
        st.caption(t(key, language, document=document))


def show_excluded(entry: Excluded, outlook: Outlook, view: View) -> None:
    """Show why an indicator has no verdict, and the history it has all the same."""
    language = view.language
    name = words.name(view.catalogue[entry.target.indicator].name, language)
    st.title(name, anchor=False)
    reason = sentences.excluded(entry, outlook.year, language)
    st.markdown(t("indicator.without_history", language, name=name, reason=reason))
    if entry.history is not None:
        history.show(entry.history, entry.target.threshold, (), view)
    else:
        history.show_months(entry.target.indicator, view)


def _show_fan(verdict: Verdict, outlook: Outlook, language: Language) -> None:
    st.header(t("indicator.fan", language), anchor=False)
    note = "indicator.fan_note_published" if verdict.complete else "indicator.fan_note"
    st.caption(t(note, language))
    picture, numbers = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with picture:
        show_large_fan(verdict, outlook, language)
    with numbers:
        _show_fan_table(verdict, language)


def _show_fan_table(verdict: Verdict, language: Language) -> None:
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
        spans = ((q.q25, q.q75), (q.q10, q.q90), (q.q025, q.q975))
        rows.append(
            look.cell(fmt.span(point.quarter.quarter, language), "l")
            + look.cell(fmt.figure(q.median), "strong")
            + "".join(look.range_cell(low, high, language) for low, high in spans)
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


def show_outliers(verdict: Verdict, model: ModelReport, view: View, asked: Selection) -> None:
    """Show each outlier with its size, and on request what the forecast is without any."""
    language = view.language
    st.header(t("indicator.outliers", language), anchor=False)
    if not model.outliers:
        st.markdown(t("indicator.no_outliers", language))
        return
    kinds = {outlier.kind for outlier in model.outliers}
    found = kinds - {OutlierKind.DEFINITION}
    notes = [t("indicator.outliers_note", language)] if found else []
    if OutlierKind.DEFINITION in kinds:
        notes.append(t("indicator.definition_note", language))
    st.caption(t("format.between_sentences", language).join(notes))
    look.show(_outlier_table(model, language))
    if found and controls.pick_without_outliers(language):
        without = controls.outlook_of(view, asked, outliers=False)
        _show_both(verdict, without, view)


def _outlier_table(model: ModelReport, language: Language) -> str:
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
    return look.table(head, rows)


def _show_both(official: Verdict, outlook: Outlook, view: View) -> None:
    """Show the official answer beside the one without looking for outliers."""
    language = view.language
    without = next(v for v in outlook.verdicts if v.target == official.target)
    chance = "column.likelihood" if view.area.reference else "column.probability"
    cells: list[tuple[str, Callable[[Verdict], str]]] = [
        (chance, lambda v: look.cell(fmt.probability(v.probability), "strong")),
        ("column.expected_growth", lambda v: look.cell(fmt.percent(v.quantiles.median))),
        ("column.interval", lambda v: look.range_cell(v.quantiles.q10, v.quantiles.q90, language)),
    ]
    head = [
        ("", "l"),
        (t("indicator.with_outliers", language), "wrap"),
        (t("indicator.without_outliers", language), "wrap"),
    ]
    rows = (
        look.cell(t(key, language), "l wrap keep") + cell(official) + cell(without)
        for key, cell in cells
    )
    st.markdown(t("indicator.official", language))
    look.show(look.table(head, rows))
