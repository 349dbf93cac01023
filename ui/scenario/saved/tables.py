"""Scenarios side by side: what each brings, and in what they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from data.store.scenarios import SavedScenario
from forecasting.errors import OutlookError
from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from forecasting.scenario.model import Scenario
from ui.frame import look
from ui.frame.errors import show_error
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.outlook.sentences import weakest
from ui.scenario import evaluation
from ui.scenario import sentences as scenario_sentences
from ui.scenario.evaluation import Evaluation
from ui.scenario.saved import sentences
from ui.scenario.state import Draft

MOST = 4
_DRAFT = "draft"


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """One scenario of the comparison; the draft has no saved version."""

    name: str
    evaluation: Evaluation
    saved: SavedScenario | None


def show(draft: Draft) -> None:
    """Choose scenarios and show them beside the baseline."""
    language = draft.language
    compared = _choose(draft)
    applied = [(one.name, one.evaluation.applied) for one in compared]
    title = scenario_sentences.comparison(draft.baseline_outlook, applied, language)
    st.title(title or t("scenario_label.comparison", language), anchor=False)
    if not compared:
        st.markdown(t("scenario_notice.no_comparison", language))
        return
    look.show(_table(compared, draft))
    st.header(t("scenario_label.differences", language), anchor=False)
    for one in compared:
        scenario = one.evaluation.scenario
        differences = scenario_sentences.differences(
            Scenario(), scenario, draft.year, draft.catalogue, language
        )
        st.markdown(t("saved.row", language, name=literal(one.name), rest=differences))
        if one.saved and (line := sentences.newer(one.saved, scenario, draft)):
            st.caption(line)
        if scenario.note:
            look.show(look.note(scenario.note))
        for error in one.evaluation.errors:
            show_error(error, language)


def _choose(draft: Draft) -> list[_Compared]:
    """Return the draft, where it is not saved as it stands, and the saved ones that are chosen."""
    language = draft.language
    options = {str(saved.id): saved for saved in draft.saved_scenarios()}
    names = {key: saved.name for key, saved in options.items()}
    names = {_DRAFT: t("scenario_label.draft", language)} | names
    first = [_DRAFT] if draft.is_changed else []
    chosen = st.multiselect(
        t("saved.compare", language),
        list(names),
        default=[*first, *options][:MOST],
        format_func=names.__getitem__,
        max_selections=MOST,
        key=f"compare_{draft.view.area.id}_{draft.year}_{'_'.join(options)}",
        placeholder=t("scenario_notice.no_comparison", language),
    )
    compared = []
    for key in chosen:
        saved = options.get(key)
        try:
            scenario = draft.scenario_of(saved) if saved else draft.scenario
        except OutlookError as error:
            show_error(error, language)
            continue
        evaluated = evaluation.evaluation(draft.baseline_key, scenario)
        compared.append(_Compared(names[key], evaluated, saved))
    return compared


def _table(compared: Sequence[_Compared], draft: Draft) -> str:
    """Return the table: of all together first, then what counts, then what is for reference."""
    language, suffix = draft.language, words.suffix(draft.view.area.reference)
    names = [t("scenario_label.baseline", language), *(one.name for one in compared)]
    head = [(t("column.indicator", language), "l"), *((name, "wrap") for name in names)]
    outlooks = [draft.baseline_outlook, *(one.evaluation.applied.outlook for one in compared)]
    rows = [_all_clear(outlooks, draft), _changes(outlooks, draft), _weakest(outlooks, draft)]
    counted = by_probability(draft.baseline_outlook.counted)
    extra = by_probability([one for one in draft.baseline_outlook.verdicts if not one.counts])
    note = t(f"saved.lines{suffix}", language, count=len(counted))
    for verdicts, title in ((counted, note), (extra, t("overview.extra_note", language))):
        if verdicts:
            rows.append(f'<td class="l note wrap" colspan="{len(head)}">{escape(title)}</td>')
        rows += [_row(verdict, outlooks, language) for verdict in verdicts]
    return look.table(head, rows)


def _row(verdict: Verdict, outlooks: Sequence[Outlook], language: Language) -> str:
    cells = "".join(_verdict(verdict.indicator_id, outlook) for outlook in outlooks)
    return look.cell(words.plain_title(verdict.history.indicator, language), "l wrap") + cells


def _all_clear(outlooks: Sequence[Outlook], draft: Draft) -> str:
    suffix = words.suffix(draft.view.area.reference)
    cells = look.cell(t(f"saved.all_clear{suffix}", draft.language), "l strong wrap")
    for outlook in outlooks:
        together = outlook.all_clear
        shown = "" if together is None else escape(fmt.probability(together.probability))
        light = look.light(outlook.light, draft.language) if outlook.light else ""
        cells += f'<td class="strong">{shown}<br>{light}</td>'
    return cells


def _changes(outlooks: Sequence[Outlook], draft: Draft) -> str:
    language, first = draft.language, outlooks[0].all_clear
    missing = t("format.missing", language)
    cells = [look.cell(t("saved.change", language), "l wrap"), look.cell(missing)]
    for outlook in outlooks[1:]:
        both = first is not None and outlook.all_clear is not None
        step = missing
        if both and first and outlook.all_clear:
            step = scenario_sentences.step_of(
                first.probability, outlook.all_clear.probability, language
            )
        cells.append(look.cell(step, "wrap"))
    return "".join(cells)


def _weakest(outlooks: Sequence[Outlook], draft: Draft) -> str:
    language, suffix = draft.language, words.suffix(draft.view.area.reference)
    cells = look.cell(t(f"saved.weakest{suffix}", language), "l wrap")
    for outlook in outlooks:
        link = weakest(outlook)
        name = words.plain_title(link.history.indicator, language) if link else ""
        cells += look.cell(name or t("format.missing", language), "wrap")
    return cells


def _verdict(indicator: str, outlook: Outlook) -> str:
    verdict = next(one for one in outlook.verdicts if one.indicator_id == indicator)
    growth = fmt.percent(verdict.quantiles.median)
    chance = escape(fmt.probability(verdict.probability))
    return f'<td>{chance}<br><span class="note">{escape(growth)}</span></td>'
