"""The tables of projects: their funnel, and what each is, when it comes, what it brings."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import FunnelStage, Project, Rates, begun, funnel, unregistered
from ui.frame import look
from ui.frame.columns import Column, table
from ui.language import format as fmt
from ui.language import t
from ui.language.markdown import unescaped
from ui.scenario.projects import sentences
from ui.scenario.state import Draft

_BAR = '<td class="l" style="width:34%;min-width:64px">{bar}</td>'
_FILLED = (
    '<i style="display:block;height:16px;width:{share:.1f}%;min-width:1px;'
    'background:var(--acc)"></i>'
)
_CHANGED = "●"
_NAME = (
    '<td class="l strong wrap" style="min-width:7em">{name}'
    '<small class="narrow">{detail}</small></td>'
)


def show_funnel(draft: Draft) -> None:
    """Show how many projects reached each batch of the plan, and the rates between them."""
    if not draft.scenario.projects:
        return
    language, found = draft.language, funnel(draft.scenario.projects)
    st.header(t("projects.funnel.title", language), anchor=False)
    st.caption(t("projects.funnel.note", language))
    most = found.steps[0].reached

    def bar(step: FunnelStage) -> str:
        share = 100 * step.reached / most
        return _BAR.format(bar=_FILLED.format(share=share) if step.reached else "")

    batches: list[Column[FunnelStage]] = [
        Column(
            t("ledger.batch", language),
            "l strong",
            lambda step: t(f"projects.batch.{step.stage}", language),
        ),
        Column("", "l", cell=bar),
        Column(
            t("ledger.projects", language),
            "wrap",
            cell=lambda step: look.cell(str(step.reached), "strong"),
        ),
        Column(
            t("ledger.investment", language),
            "wrap",
            lambda step: fmt.figure(step.reached_investment),
        ),
        Column(t("ledger.here", language), "wrap wide", lambda step: str(step.standing)),
    ]
    look.show(table(batches, found.steps))

    def named(rate: str) -> str:
        name, help = (t(f"projects.rate.{rate}{part}", language) for part in ("", "_help"))
        note = f'<span class="note wide">{escape(help)}</span>'
        return f'<td class="l wrap"><b>{escape(name)}</b> {note}</td>'

    def rate_in(rates: Rates) -> Callable[[str], str]:
        return lambda rate: sentences.rate(getattr(rates, rate), language)

    rates: list[Column[str]] = [
        Column(t("ledger.rate", language), "l", cell=named),
        Column(t("ledger.by_count", language), "", rate_in(found.by_count)),
        Column(t("ledger.by_investment", language), "", rate_in(found.by_investment)),
    ]
    look.show(table(rates, ("start", "production", "capacity")))


def show_projects(draft: Draft) -> None:
    """Show every project, those marked that differ from what is saved."""
    projects = draft.scenario.projects
    if not projects:
        return
    language, year, catalogue = draft.language, draft.year, draft.catalogue
    st.header(t("ledger.table", language), anchor=False)
    st.caption(t("ledger.table_note", language))
    if count := sum(map(unregistered, projects)):
        st.caption(t("ledger.unregistered_some", language, count=count))
    saved = draft.history.saved
    before = sentences.by_id(draft.scenario_of(saved).projects if saved else projects)
    effects = sentences.effects_by_project(draft.evaluation.applied)
    now = now_of(draft.baseline)
    missing = t("format.missing", language)

    def changing(write: Callable[[Project], str]) -> Callable[[Project], str]:
        """Write something of a project, after what it was where that differs."""

        def write_both(project: Project) -> str:
            new, old = write(project), write(before.get(project.id, project))
            return new if new == old else t("ledger.was", language, old=old, new=new)

        return write_both

    def name(project: Project) -> str:
        mark = "" if before.get(project.id) == project else f"{_CHANGED} "
        foremost = unescaped(sentences.pulls(effects.get(project.id, [])[:1], catalogue, language))
        detail = t("format.comma_in_sentence", language).join(
            filter(None, (stage(project), foremost))
        )
        shown = mark + sentences.name_of(project, language)
        return _NAME.format(name=escape(shown), detail=escape(detail))

    def stage(project: Project) -> str:
        return t(f"projects.stage.{project.stage}", language)

    def completion(project: Project) -> str:
        return fmt.figure(dict(project.completion).get(year, 0.0))

    def chance(project: Project) -> str:
        return missing if begun(project, now) else fmt.share(project.start_probability)

    def dates(project: Project) -> str:
        return sentences.next_dates(project, now, year, language) or missing

    def pulled(project: Project) -> str:
        pulls = unescaped(sentences.pulls(effects.get(project.id, []), catalogue, language))
        return pulls or (missing if project.in_trend is None else t("ledger.in_trend", language))

    columns: list[Column[Project]] = [
        Column(t("ledger.name", language), "l", cell=name),
        Column(t("ledger.stage", language), "l wide", stage),
        Column(
            t("ledger.total", language), "wrap wide", lambda one: fmt.figure(one.total_investment)
        ),
        Column(t("ledger.completion", language, year=year), "wrap", changing(completion)),
        Column(t("ledger.chance", language), "wrap", changing(chance)),
        Column(t("ledger.dates", language), "l wrap", changing(dates)),
        Column(t("ledger.pulled", language), "l wrap wide", pulled),
        Column(t("ledger.blocking", language), "l wrap wide", lambda one: one.blocking),
        Column(t("ledger.owner", language), "l wrap wide", lambda one: one.owner),
    ]
    look.show(table(columns, projects))
