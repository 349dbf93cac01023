"""Every figure of an area, with where it comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import choices
from data.store.vintages import Committed
from forecasting.figures.indicator import Catalogue, Observation
from ui.frame import controls
from ui.frame.author import author_of
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt

_COLUMNS = (
    "indicator", "period", "value", "unit", "measure", "price", "coverage", "currency",
    "status", "publisher", "vintage",
)  # fmt: skip


def show(view: View) -> None:
    """Show the figures, all or of one indicator."""
    say, catalogue = view.say, view.catalogue
    figures = view.snapshot.figures(view.area.id)
    st.title(say("data.title", area=say.name(view.area.name)), anchor=False)
    ids = choices.unique(figure.value.indicator for figure in figures)
    chosen = controls.pick_indicator(
        ids, lambda i: say.plain.name(catalogue[i].name), say, every=True
    )
    shown = [f for f in figures if chosen in (None, f.value.indicator)]
    st.caption(say("data.note", count=len(shown), vintage=view.snapshot.vintage))
    right = {say("column.value"): st.column_config.Column(alignment="right")}
    table = _table(shown, catalogue, say)
    st.dataframe(table, hide_index=True, height=560, column_config=right)
    _show_vintage(view)


def _table(
    figures: list[Committed[Observation]], catalogue: Catalogue, say: Speaker
) -> pd.DataFrame:
    """Return the figures as they are read: one row each, in the words of the reader."""
    rows = [(*_cells(stored.value, catalogue, say.plain), stored.vintage) for stored in figures]
    return pd.DataFrame(rows, columns=[say(f"column.{name}") for name in _COLUMNS])


def _cells(figure: Observation, catalogue: Catalogue, say: Speaker) -> tuple[str, ...]:
    growth = figure.measure.is_growth
    return (
        words.title(catalogue[figure.indicator], say),
        fmt.period(figure, say),
        fmt.figure(figure.value) if growth else fmt.amount(figure.value),
        say.word("unit", figure.unit),
        say(f"measure.{figure.measure}"),
        say(f"price.{figure.basis.price}"),
        say.word("coverage", figure.basis.coverage),
        say.word("currency", figure.basis.currency) if figure.basis.currency else "",
        say(f"status.{figure.status}"),
        say.word("publisher", figure.publisher),
    )


def _show_vintage(view: View) -> None:
    record = view.snapshot.record()
    st.caption(
        view.say(
            "data.vintage_line",
            number=record.number,
            date=fmt.date(record.committed_at, view.say),
            author=author_of(record.author, view.say),
            kind=view.say(f"kind.{record.kind}"),
        )
    )
