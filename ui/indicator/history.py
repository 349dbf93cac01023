"""The figures that an indicator's page stands on, drawn and as tables."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from data import clock
from forecasting.figures.indicator import Measure
from forecasting.history.history import History
from forecasting.models.predictive import Outlier, OutlierKind
from ui.charts.figures import quarter_figures
from ui.charts.growth import growth_data, history_spec, ytd_data
from ui.frame import address, look, page_files
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences

MOST_MONTH_YEARS = 6
"""Years of single months in a table that a phone can hold."""


def show(history: History, target: float | None, outliers: tuple[Outlier, ...], view: View) -> None:
    """Show growth since January as published and growth of single quarters, each with a table."""
    say, synthetic = view.say, view.area.synthetic
    theme = "dark" if address.dark() else "light"
    spec = history_spec(dark=address.dark())
    until = clock.last_quarter()
    frames = {
        "ytd": ytd_data(
            history,
            target,
            say,
            until=until,
            synthetic=synthetic,
            reference=view.area.reference,
        ),
        "single": growth_data(history, outliers, say, until=until, synthetic=synthetic),
    }
    for kind, frame in frames.items():
        st.header(say(f"indicator.{kind}"), anchor=False)
        single = kind == "single"
        note = say("indicator.single_note") if single else told_source(history, say)
        st.caption(drawn_note(note, frame, outliers, say))
        alt = sentences.history_alt(history, say.plain, single=single)
        key = f"history_{kind}_{history.indicator.id}_{theme}"
        values = history.growth if single else history.ytd
        known = dict(zip(history.quarters, map(float, values), strict=True))
        name = f"{say.plain.name(history.indicator.name)} {say(f'indicator.{kind}')}"
        figures = quarter_figures(known, name, say, single=single)
        page_files.chart(frame, spec, figures, key=key, alt=alt)
        with st.expander(say("chart.table")):
            look.show(look.quarter_table(known, say, single=single))


def told_source(history: History, say: Speaker) -> str:
    """Say whether growth is as published or that of the levels, or how much is which."""
    known = {q for q, v in zip(history.quarters, history.ytd, strict=True) if math.isfinite(v)}
    own = len(known - history.derived)
    if own == len(known):
        return say("indicator.ytd_note")
    key = "indicator.ytd_note_both" if own else "indicator.ytd_note_levels"
    return say(key, published=own, derived=len(known) - own)


def drawn_note(note: str, frame: pd.DataFrame, outliers: tuple[Outlier, ...], say: Speaker) -> str:
    """Say what is drawn; rings and triangles only where there are any."""
    recorded = any(outlier.kind is OutlierKind.DEFINITION for outlier in outliers)
    rings = "indicator.rings_recorded" if recorded else "indicator.rings"
    shown = set(frame["part"])
    keys = [
        key
        for part, key in (("outlier", rings), ("beyond", "indicator.triangles"))
        if part in shown
    ]
    if not keys:
        return note
    marks = say("format.comma_in_sentence").join(say(key) for key in keys)
    return say("format.semicolon").join((note, marks[0].upper() + marks[1:]))


def show_months(indicator: str, view: View) -> None:
    """Show growth of single months, which is all there is, or say that there is nothing."""
    say = view.say
    months = _months(indicator, view)
    if not months:
        st.markdown(say("indicator.no_history"))
        return
    st.header(say("indicator.months"), anchor=False)
    st.caption(say("indicator.months_note"))
    years = sorted({year for known in months.values() for year in known})
    head = [(say("column.month"), "l"), *((str(year), "") for year in years)]
    rows = (
        look.cell(say(f"period.month.{month}"), "l")
        + "".join(look.cell(fmt.known(known.get(year, math.nan), say)) for year in years)
        for month, known in sorted(months.items())
    )
    look.show(look.table(head, rows))


def _months(indicator: str, view: View) -> dict[int, dict[int, float]]:
    """Return growth of single months by month and year, of the last years that have any."""
    figures = [stored.value for stored in view.snapshot.figures(view.area.id)]
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
