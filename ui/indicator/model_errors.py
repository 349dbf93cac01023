"""The errors of an indicator's model: what they tell of it, drawn and tested."""

from __future__ import annotations

import streamlit as st

from forecasting.models.diagnostics import Diagnostics, diagnose
from forecasting.models.predictive import ModelReport
from forecasting.outlook.outlook import Verdict
from ui.charts.residuals import residuals_data, residuals_spec
from ui.frame import address, look
from ui.frame.shell import View
from ui.indicator import sentences
from ui.indicator.history import drawn_note
from ui.language import Language, t, words


def show(verdict: Verdict, model: ModelReport, view: View) -> None:
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
            words.name(verdict.history.indicator.name, language), model.residuals, language
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
