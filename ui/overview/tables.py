"""The overview's tables: every verdict with its figures, and what has none and why."""

from __future__ import annotations

import math

import streamlit as st

from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from ui.frame import look
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.outlook.panels import pace_parts


def show_verdicts(outlook: Outlook, language: Language) -> None:
    """Show one row for each verdict, with the same figures as its panel."""
    st.header(t("overview.table", language), anchor=False)
    note = "overview.table_note_published" if outlook.complete else "overview.table_note"
    st.caption(t(note, language))
    quarters = _quarters(outlook)
    head = _head(outlook, quarters, language)
    rows = [_row(v, outlook, quarters, language) for v in by_probability(outlook.counted)]
    extra = by_probability([v for v in outlook.verdicts if not v.counts])
    if extra:
        note = t("overview.extra_note", language)
        rows.append(f'<td class="l note" colspan="{len(head)}">{note}</td>')
        rows += [_row(v, outlook, quarters, language) for v in extra]
    look.show(look.table(head, rows))


def show_excluded(outlook: Outlook, catalogue: Catalogue, language: Language) -> None:
    """Show why each target without a verdict does not count."""
    if not outlook.excluded:
        return
    st.header(t("overview.excluded", language, count=len(outlook.excluded)), anchor=False)
    reference = outlook.area.reference
    note = "overview.excluded_reference" if reference else "overview.excluded_note"
    st.caption(t(note, language))
    head = [(t("column.indicator", language), "l"), (t("column.reason", language), "l wrap")]
    rows = [
        look.cell(words.plain_title(catalogue[entry.target.indicator], language), "l strong wrap")
        + look.cell(sentences.excluded(entry, outlook.year, language), "l wrap")
        for entry in outlook.excluded
    ]
    look.show(look.table(head, rows))


def _quarters(outlook: Outlook) -> list[Quarter]:
    """Return the quarters of the year that some verdict has a figure of."""
    quarters = [Quarter(outlook.year, k) for k in (1, 2, 3)]
    return [quarter for quarter in quarters if outlook.latest and quarter <= outlook.latest]


def _head(outlook: Outlook, quarters: list[Quarter], language: Language) -> list[tuple[str, str]]:
    """Return the columns; those of a forecast are left out once every year is published."""
    head = [
        (t("column.indicator", language), "l"),
        (t("column.basis", language), "l wide"),
        *((fmt.span(quarter.quarter, language), "wide") for quarter in quarters),
    ]
    if outlook.complete:
        head.append((t("overview.published", language), ""))
    else:
        head += _head_ahead(outlook, language)
    if not outlook.area.reference:
        head.append((t("column.verdict", language), "l"))
    return head


def _head_ahead(outlook: Outlook, language: Language) -> list[tuple[str, str]]:
    reference = outlook.area.reference
    firsts = {verdict.pace.first_quarter for verdict in outlook.verdicts if verdict.pace}
    rest = fmt.remaining(firsts.pop(), language) if len(firsts) == 1 else ""
    odds = "column.odds_reference" if reference else "column.odds"
    chance = "column.likelihood" if reference else "column.probability"
    return [
        (t("column.expected", language), ""),
        (t("column.interval", language), "wide"),
        (t("column.need", language, rest=rest or t("period.rest.any", language)), "wide"),
        (t(odds, language), "l wide"),
        (t(chance, language), ""),
    ]


def _row(verdict: Verdict, outlook: Outlook, quarters: list[Quarter], language: Language) -> str:
    missing = t("format.missing", language)
    known = [verdict.history.ytd_at(quarter) for quarter in quarters]
    cells = [
        look.cell(words.plain_title(verdict.history.indicator, language), "l strong wrap"),
        look.cell(words.basis(verdict.target.basis, language), "l wide"),
        *(look.cell(fmt.figure(v) if math.isfinite(v) else missing, "wide") for v in known),
        look.cell(fmt.figure(verdict.quantiles.median), "strong"),
    ]
    if not outlook.complete:
        cells += _cells_ahead(verdict, language)
    if not outlook.area.reference:
        light = sentences.shown_light(verdict)
        shown = look.light(light, language) if light else missing
        cells.append(f'<td class="l">{shown}</td>')
    return "".join(cells)


def _cells_ahead(verdict: Verdict, language: Language) -> list[str]:
    missing = t("format.missing", language)
    rate, odds, interval, chance = missing, missing, missing, missing
    if verdict.pace is not None:
        _, rate, odds = pace_parts(verdict, verdict.pace, language)
        rate = rate.replace("%", "")
        interval = fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, language)
        chance = fmt.probability(verdict.probability)
    return [
        look.cell(interval, "wide"),
        look.cell(rate, "wide"),
        look.cell(odds or missing, "l wide"),
        look.cell(chance, "strong"),
    ]
