"""The opening of the page of projects: what they bring, and how far they are as a funnel."""

from __future__ import annotations

from html import escape

import streamlit as st

from forecasting.errors import LevelsMissing
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Funnel, Step, funnel
from ui.frame import look
from ui.frame.errors import told
from ui.language import format as fmt
from ui.language import t
from ui.outlook import sentences
from ui.scenario.projects import sentences as project_sentences
from ui.scenario.projects import words
from ui.scenario.state import Draft, scenario_of

_BAR = '<td class="l" style="width:34%;min-width:64px">{bar}</td>'
_FILLED = (
    '<i style="display:block;height:16px;width:{share:.1f}%;min-width:1px;'
    'background:var(--acc)"></i>'
)


def show(draft: Draft) -> None:
    """Show the sentence, how the table differs from the saved one, and the funnel."""
    language, catalogue, applied = draft.language, draft.catalogue, draft.evaluation.applied
    headline = project_sentences.headline(applied, catalogue, language)
    st.title(headline.replace("|", sentences.BREAK), anchor=False)
    saved = draft.history.saved
    if saved is not None:
        before = scenario_of(saved, catalogue.indicators)
        if line := project_sentences.since_saved(before, draft.scenario, saved.name, language):
            st.markdown(line)
    if not draft.scenario.projects:
        st.markdown(t("scenario_notice.no_projects", language))
        return
    st.caption(t("ledger.trend_note", language))
    now = now_of(draft.baseline)
    if line := project_sentences.on_top_of_trend(applied, now, catalogue, language):
        st.markdown(line)
    if applied.unmeasured:
        lacking = LevelsMissing(applied.unmeasured, draft.year - 1)
        st.caption("\n\n".join(told(lacking, language)))
    _show_funnel(draft)


def _show_funnel(draft: Draft) -> None:
    """Show how many projects reached each batch of the plan, and the rates between them."""
    language, found = draft.language, funnel(draft.scenario.projects)
    st.header(words.funnel_title(language), anchor=False)
    st.caption(words.funnel_note(language))
    _show_batches(found, draft)
    _show_rates(found, draft)


def _show_batches(found: Funnel, draft: Draft) -> None:
    language = draft.language
    head = [
        (t("ledger.batch", language), "l"),
        ("", "l"),
        (t("ledger.projects", language), "wrap"),
        (t("ledger.investment", language), "wrap"),
        (t("ledger.here", language), "wrap wide"),
    ]
    rows = [_row(step, found.steps[0].reached, draft) for step in found.steps]
    look.show(look.table(head, rows))


def _show_rates(found: Funnel, draft: Draft) -> None:
    language = draft.language
    by_count = words.rates(found.by_count, language)
    by_investment = words.rates(found.by_investment, language)
    helps = words.rate_help(language)
    head = [
        (t("ledger.rate", language), "l"),
        (t("ledger.by_count", language), ""),
        (t("ledger.by_investment", language), ""),
    ]
    rows = (
        f'<td class="l wrap"><b>{escape(name)}</b> '
        f'<span class="note wide">{escape(helps[name])}</span></td>'
        + look.cell(rate)
        + look.cell(by_investment[name])
        for name, rate in by_count.items()
    )
    look.show(look.table(head, rows))


def _row(step: Step, most: int, draft: Draft) -> str:
    bar = _FILLED.format(share=100 * step.reached / most)
    return (
        look.cell(words.batch(step.stage, draft.language), "l strong")
        + _BAR.format(bar=bar if step.reached else "")
        + look.cell(str(step.reached), "strong")
        + look.cell(fmt.figure(step.reached_investment))
        + look.cell(str(step.standing), "wide")
    )
