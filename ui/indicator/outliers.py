"""The outliers of an indicator's page, and the forecast without looking for any."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from forecasting.models.predictive import ModelReport, OutlierKind
from forecasting.outlook.outlook import Outlook, Verdict
from ui.frame import look, pickers, shell
from ui.frame.shell import Asked, View
from ui.language import Language, t, words
from ui.language import format as fmt


def show(verdict: Verdict, model: ModelReport, view: View, asked: Asked) -> None:
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
    look.show(_table(model, language))
    if found and pickers.choose_without_outliers(language):
        without = shell.outlook_of(view, asked, outliers=False)
        _show_both(verdict, without, view)


def _table(model: ModelReport, language: Language) -> str:
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
