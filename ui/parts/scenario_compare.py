"""Scenarios side by side: what each brings, and in what they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from forecasting.errors import OutlookError
from forecasting.outlook import Outlook
from forecasting.scenario.effects import Applied
from forecasting.scenario.scenario import Scenario
from ui import format as fmt
from ui import look, scenario_cache, words
from ui import scenario_sentences as said
from ui.messages import t
from ui.messages.errors import show_error
from ui.messages.markdown import literal
from ui.parts.scenario_bar import is_changed, saved_here
from ui.scenario_cache import Answer
from ui.scenario_desk import Desk, scenario_of
from ui.scenario_labels import Label, Notice, label, notice

MOST = 4
_DRAFT = "draft"


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """One scenario of the comparison."""

    name: str
    answer: Answer

    @property
    def applied(self) -> Applied:
        return self.answer.applied

    @property
    def outlook(self) -> Outlook:
        return self.applied.outlook


def show(desk: Desk) -> None:
    """Choose scenarios and show them beside the baseline."""
    language = desk.language
    columns = _chosen(desk)
    applied = [(column.name, column.applied) for column in columns]
    title = said.comparison(desk.before, applied, language)
    st.title(title or label(Label.COMPARISON, language), anchor=False)
    if not columns:
        st.markdown(notice(Notice.NO_COMPARISON, language))
        return
    look.show(_table(columns, desk))
    st.header(label(Label.DIFFERENCES, language), anchor=False)
    for column in columns:
        scenario, answer = column.answer.scenario, column.answer
        told = said.differences(
            Scenario(), scenario, desk.asked.year, desk.view.catalogue, language
        )
        st.markdown(t("saved.row", language, name=literal(column.name), rest=told))
        if scenario.note:
            look.show(look.note(scenario.note))
        for error in (*([answer.fault] if answer.fault else []), *answer.lacking):
            show_error(error, language)


def _chosen(desk: Desk) -> list[_Column]:
    """Return the draft, where it is not saved as it stands, and the saved ones that are chosen."""
    language = desk.language
    options = {str(saved.id): saved for saved in saved_here(desk)}
    names = {key: saved.name for key, saved in options.items()}
    names = {_DRAFT: label(Label.DRAFT, language)} | names
    first = [_DRAFT] if is_changed(desk) else []
    chosen = st.multiselect(
        t("saved.compare", language),
        list(names),
        default=[*first, *options][:MOST],
        format_func=names.__getitem__,
        max_selections=MOST,
        key=f"compare_{desk.view.area.id}_{desk.asked.year}_{'_'.join(options)}",
        placeholder=notice(Notice.NO_COMPARISON, language),
    )
    columns = []
    for key in chosen:
        try:
            saved = options.get(key)
            catalogue = desk.view.catalogue.indicators
            scenario = scenario_of(saved, catalogue) if saved else desk.scenario
        except OutlookError as error:
            show_error(error, language)
            continue
        columns.append(_Column(names[key], scenario_cache.answered(desk.asking, scenario)))
    return columns


def _table(columns: Sequence[_Column], desk: Desk) -> str:
    language = desk.language
    names = [label(Label.BASELINE, language), *(column.name for column in columns)]
    head = [(t("column.indicator", language), "l"), *((name, "wrap") for name in names)]
    outlooks = [desk.before, *(column.outlook for column in columns)]
    rows = [_all_clear(outlooks, desk)]
    for place, verdict in enumerate(desk.before.verdicts):
        cells = "".join(_verdict(outlook, place, desk) for outlook in outlooks)
        rows.append(look.cell(words.title(verdict.history.indicator, language), "l wrap") + cells)
    return look.table(head, rows)


def _all_clear(outlooks: Sequence[Outlook], desk: Desk) -> str:
    suffix = words.suffix(desk.view.area.reference)
    cells = look.cell(t(f"saved.all_clear{suffix}", desk.language), "l strong wrap")
    for outlook in outlooks:
        together = outlook.all_clear
        shown = "" if together is None else escape(fmt.probability(together.probability))
        light = look.light(outlook.light, desk.language) if outlook.light else ""
        cells += f'<td class="strong">{shown}<br>{light}</td>'
    return cells


def _verdict(outlook: Outlook, place: int, desk: Desk) -> str:
    verdict = outlook.verdicts[place]
    growth = fmt.percent(verdict.quantiles[3])
    chance = escape(fmt.probability(verdict.probability))
    return f'<td>{chance}<br><span class="note">{escape(growth)}</span></td>'
