"""The tables of a track record: scores beside simple methods, and every judgement by year."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from forecasting.models.pool import ENGINE
from forecasting.record.record import SHOCK_YEARS, Answer, Period, Record
from ui.frame import choices, look
from ui.frame.shell import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook.sentences import BREAK
from ui.record import sentences as said

COLUMNS = 2


def show_scores(record: Record, view: View) -> None:
    """Show Brier scores of the judgements and of two simple methods, shock years apart.

    A period of too few judgements has no row: its skill would be an accident.
    """
    language = view.language
    labels = (said.calm_label(record, language), said.shock_label(language))
    periods = zip(labels, (record.calm, record.shock), strict=True)
    rows = [
        _score_row(label, period, language)
        for label, period in periods
        if period is not None and period.bins
    ]
    if record.every is None or not rows:
        return
    clause = said.clause_of(record.every.answers, language)
    st.header(t("track.scores", language), anchor=False)
    st.caption(t("track.scores_note", language, clause=clause))
    head = [
        (t("column.period_of_years", language), "l"),
        (t("column.count", language), ""),
        (t("column.issued", language), ""),
        (t("column.simple", language), "wide"),
        (t("column.frequency", language), "wide"),
        *(
            (t(f"column.on_{name}", language).replace("|", BREAK), "wrap")
            for name in ("simple", "frequency")
        ),
    ]
    look.show(look.table(head, rows))


def _score_row(label: str, period: Period, language: Language) -> str:
    scores = period.scores
    return (
        look.cell(label, "l strong")
        + look.cell(str(scores.count))
        + look.cell(f"{scores.issued:.3f}", "strong")
        + look.cell(f"{scores.simple:.3f}", "wide")
        + look.cell(f"{scores.frequency:.3f}", "wide")
        + look.cell(said.gain(scores.on_simple, language))
        + look.cell(said.gain(scores.on_frequency, language))
    )


def show_years(record: Record, view: View) -> None:
    """Show one table for each indicator: what was said at each origin, and what came."""
    language = view.language
    clause = said.clause_of(record.answers, language)
    chance = said.chance_word(view.area, language)
    st.header(t("track.years", language), anchor=False)
    st.caption(t("track.years_note", language, chance=chance, clause=clause))
    ids = choices.unique(answer.case.verdict.indicator_id for answer in record.answers)
    tables = [[a for a in record.answers if a.case.verdict.indicator_id == i] for i in ids]
    for start in range(0, len(tables), COLUMNS):
        cells = st.columns(COLUMNS, gap="large")
        for cell, answers in zip(cells, tables[start : start + COLUMNS], strict=False):
            with cell, st.container(gap="xsmall"):
                indicator = answers[0].case.verdict.history.indicator
                st.markdown(f"**{words.title(indicator, language)}**")
                look.show(_year_table(answers, language))
        st.space("small")


def _year_table(answers: Sequence[Answer], language: Language) -> str:
    """Return one row for each year, the newest first; shock years stand apart, below."""
    head = [
        (t("column.year", language), "l"),
        (t("column.start", language), ""),
        *((fmt.span(quarter, language), "") for quarter in (1, 2, 3)),
        (t("column.published", language), "wrap"),
    ]
    years = sorted({answer.case.year for answer in answers}, reverse=True)
    rows = {
        year: _year_row(year, [a for a in answers if a.case.year == year], language)
        for year in years
    }
    shown = [row for year, row in rows.items() if year not in SHOCK_YEARS]
    apart = [row for year, row in rows.items() if year in SHOCK_YEARS]
    if apart and shown:
        label = t("track.apart", language, period=said.shock_label(language))
        apart.insert(0, f'<td class="l note" colspan="{len(head)}">{label}</td>')
    return look.table(head, shown + apart)


def _year_row(year: int, answers: Sequence[Answer], language: Language) -> str:
    by_origin = {answer.case.origin_quarter: answer.case for answer in answers}
    missing = t("format.missing", language)
    cells = [
        look.cell(fmt.probability(by_origin[k].verdict.probability) if k in by_origin else missing)
        for k in range(4)
    ]
    return look.cell(str(year), "l") + "".join(cells) + _outcome(answers[0], language)


def _outcome(answer: Answer, language: Language) -> str:
    """Return the published growth with ✓ or ✗ in ink; the caption says what they mean."""
    case = answer.case
    if case.outcome is None:
        return look.cell(t("format.missing", language))
    mark = f'<span class="mark">{"✓" if case.met else "✗"}</span>'
    return f'<td class="strong">{escape(fmt.figure(case.outcome))}{mark}</td>'


def show_small_print(view: View) -> None:
    """Say how the record was made, and what it cannot show."""
    language = view.language
    lines = [t("note.computed", language)]
    if view.area.synthetic:
        lines.append(t("note.synthetic", language, area=words.name(view.area.name, language)))
    lines.append(t("track.not_issued", language, engine=ENGINE))
    lines.append(t("note.provenance_published", language, vintage=view.snapshot.vintage))
    st.divider()
    st.caption(t("format.between_sentences", language).join(lines))
