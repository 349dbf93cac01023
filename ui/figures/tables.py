"""Every figure of an area, with where it comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.store.vintages import Committed
from forecasting.figures.indicator import Catalogue, Observation
from ui.frame import choices, controls
from ui.frame.controls import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal

_COLUMNS = (
    "indicator", "period", "value", "unit", "measure", "price", "coverage", "currency",
    "status", "publisher", "vintage",
)  # fmt: skip

SYSTEM = "zone-outlook"
"""Author of the starting data."""


def show(view: View) -> None:
    """Show the figures, all or of one indicator."""
    language, catalogue = view.language, view.catalogue
    figures = view.snapshot.figures(view.area.id)
    st.title(t("data.title", language, area=words.name(view.area.name, language)), anchor=False)
    ids = choices.unique(figure.value.indicator for figure in figures)
    chosen = controls.pick_indicator(
        ids, lambda i: words.plain_name(catalogue[i].name, language), language, every=True
    )
    shown = [f for f in figures if chosen in (None, f.value.indicator)]
    st.caption(t("data.note", language, count=len(shown), vintage=view.snapshot.vintage))
    right = {t("column.value", language): st.column_config.Column(alignment="right")}
    table = _table(shown, catalogue, language)
    st.dataframe(table, hide_index=True, height=560, column_config=right)
    _show_vintage(view)


def _table(
    figures: list[Committed[Observation]], catalogue: Catalogue, language: Language
) -> pd.DataFrame:
    """Return the figures as they are read: one row each, in the words of the reader."""
    rows = [(*_cells(stored.value, catalogue, language), stored.vintage) for stored in figures]
    return pd.DataFrame(rows, columns=[t(f"column.{name}", language) for name in _COLUMNS])


def _cells(figure: Observation, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    growth = figure.measure.is_growth
    return (
        words.plain_title(catalogue[figure.indicator], language),
        fmt.period(figure, language),
        fmt.figure(figure.value) if growth else fmt.amount(figure.value),
        words.unit(figure.unit, language),
        words.measure(figure.measure, language),
        t(f"price.{figure.basis.price}", language),
        words.coverage(figure.basis.coverage, language),
        words.currency(figure.basis.currency, language) if figure.basis.currency else "",
        words.status(figure.status, language),
        words.publisher(figure.publisher, language),
    )


def _show_vintage(view: View) -> None:
    record = view.snapshot.record()
    st.caption(
        t(
            "data.vintage_line",
            view.language,
            number=record.number,
            date=fmt.date(record.committed_at, view.language),
            author=t("kind.system", view.language)
            if record.author == SYSTEM
            else literal(record.author),
            kind=t(f"kind.{record.kind}", view.language),
        )
    )
