"""The overview's tables: every verdict with its figures, and what has none and why."""

from __future__ import annotations

import math

import streamlit as st

from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Period, Quarter
from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from ui.frame import look
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences


def show_verdicts(outlook: Outlook, say: Speaker) -> None:
    """Show one row for each verdict, with the same figures as its panel."""
    st.header(say("overview.table"), anchor=False)
    note = "overview.table_note_published" if outlook.complete else "overview.table_note"
    st.caption(say(note))
    quarters = _periods(outlook)
    head = _head(outlook, quarters, say)
    rows = [_row(v, outlook, quarters, say) for v in by_probability(outlook.counted)]
    extra = by_probability([v for v in outlook.verdicts if not v.counts])
    if extra:
        note = say("overview.extra_note")
        rows.append(f'<td class="l note" colspan="{len(head)}">{note}</td>')
        rows += [_row(v, outlook, quarters, say) for v in extra]
    look.show(look.table(head, rows))


def show_excluded(outlook: Outlook, catalogue: Catalogue, say: Speaker) -> None:
    """Show why each target without a verdict does not count."""
    if not outlook.excluded:
        return
    st.header(say("overview.excluded", count=len(outlook.excluded)), anchor=False)
    reference = outlook.area.reference
    note = "overview.excluded_reference" if reference else "overview.excluded_note"
    st.caption(say(note))
    head = [(say("column.indicator"), "l"), (say("column.reason"), "l wrap")]
    rows = [
        look.cell(words.title(catalogue[entry.target.indicator], say.plain), "l strong wrap")
        + look.cell(sentences.excluded(entry, outlook.year, say), "l wrap")
        for entry in outlook.excluded
    ]
    look.show(look.table(head, rows))


def show_untargeted_head(outlook: Outlook, say: Speaker) -> None:
    """Show what stands above the history of indicators without a verdict."""
    key = "untargeted.others" if outlook.verdicts else "untargeted.all"
    st.header(say(key), anchor=False)
    st.caption(say("untargeted.note"))


def _periods(outlook: Outlook) -> list[Period]:
    """Return the quarters of the year that some verdict has a figure of, and the latest months."""
    latest = outlook.latest
    if latest is None:
        return []
    quarters = [Quarter(outlook.year, k) for k in (1, 2, 3)]
    parts = [verdict.history.partial for verdict in outlook.verdicts]
    known: set[Period] = {quarter for quarter in quarters if quarter.end <= latest.end}
    known |= {part.month for part in parts if part and part.month.year == outlook.year}
    return sorted(known, key=lambda period: period.end)


def _head(outlook: Outlook, periods: list[Period], say: Speaker) -> list[tuple[str, str]]:
    """Return the columns; those of a forecast are left out once every year is published."""
    head = [
        (say("column.indicator"), "l"),
        (say("column.basis"), "l wide"),
        *((fmt.span(period, say), "wide") for period in periods),
    ]
    if outlook.complete:
        head.append((say("overview.published"), ""))
    else:
        head += _head_ahead(outlook, say)
    if not outlook.area.reference:
        head.append((say("column.verdict"), "l"))
    return head


def _head_ahead(outlook: Outlook, say: Speaker) -> list[tuple[str, str]]:
    reference = outlook.area.reference
    rests = {fmt.remaining(verdict.pace, say) for verdict in outlook.verdicts if verdict.pace}
    rest = rests.pop() if len(rests) == 1 else ""
    odds = "column.odds_reference" if reference else "column.odds"
    chance = "column.likelihood" if reference else "column.probability"
    return [
        (say("column.expected"), ""),
        (say("column.interval"), "wide"),
        (say("column.need", rest=rest or say("period.rest.any")), "wide"),
        (say(odds), "l wide"),
        (say(chance), ""),
    ]


def _row(verdict: Verdict, outlook: Outlook, periods: list[Period], say: Speaker) -> str:
    missing = say("format.missing")
    known = [verdict.history.ytd_to(period) for period in periods]
    cells = [
        look.cell(words.title(verdict.history.indicator, say.plain), "l strong wrap"),
        look.cell(words.basis(verdict.target.basis, say), "l wide"),
        *(look.cell(fmt.figure(v) if math.isfinite(v) else missing, "wide") for v in known),
        look.cell(fmt.figure(verdict.quantiles.median), "strong"),
    ]
    if not outlook.complete:
        cells += _cells_ahead(verdict, say)
    if not outlook.area.reference:
        light = verdict.shown_light
        shown = look.light(light, say) if light else missing
        cells.append(f'<td class="l">{shown}</td>')
    return "".join(cells)


def _cells_ahead(verdict: Verdict, say: Speaker) -> list[str]:
    missing = say("format.missing")
    rate, odds, interval, chance = missing, missing, missing, missing
    if verdict.pace is not None:
        rate = sentences.pace_rate(verdict, verdict.pace, say).replace("%", "")
        odds = sentences.odds_in_short(verdict.pace, say)
        interval = fmt.interval(verdict.quantiles.q10, verdict.quantiles.q90, say)
        chance = fmt.probability(verdict.probability)
    return [
        look.cell(interval, "wide"),
        look.cell(rate, "wide"),
        look.cell(odds or missing, "l wide wrap keep"),
        look.cell(chance, "strong"),
    ]
