"""The tables of projects: their funnel, and what each is, when it comes, what it brings."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import FunnelStage, Project, Rates, funnel, unregistered
from forecasting.scenario.realisation import is_begun, rates_of, start_probability
from ui.frame import look
from ui.frame.columns import Column, table
from ui.language import format as fmt
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
    say, found = draft.say, funnel(draft.scenario.projects)
    st.header(say("projects.funnel.title"), anchor=False)
    st.caption(say("projects.funnel.note"))
    most = found.steps[0].reached

    def bar(step: FunnelStage) -> str:
        share = 100 * step.reached / most
        return _BAR.format(bar=_FILLED.format(share=share) if step.reached else "")

    batches: list[Column[FunnelStage]] = [
        Column(say("ledger.batch"), "l strong", lambda step: say(f"projects.batch.{step.stage}")),
        Column("", "l", cell=bar),
        Column(
            say("ledger.projects"), "wrap", cell=lambda step: look.cell(str(step.reached), "strong")
        ),
        Column(say("ledger.investment"), "wrap", lambda step: fmt.figure(step.reached_investment)),
        Column(say("ledger.here"), "wrap wide", lambda step: str(step.standing)),
    ]
    look.show(table(batches, found.steps))

    def named(rate: str) -> str:
        name, help = (say(f"projects.rate.{rate}{part}") for part in ("", "_help"))
        note = f'<span class="note wide">{escape(help)}</span>'
        return f'<td class="l wrap"><b>{escape(name)}</b> {note}</td>'

    def rate_in(rates: Rates) -> Callable[[str], str]:
        return lambda rate: sentences.rate(getattr(rates, rate), say)

    rates: list[Column[str]] = [
        Column(say("ledger.rate"), "l", cell=named),
        Column(say("ledger.by_count"), "", rate_in(found.by_count)),
        Column(say("ledger.by_investment"), "", rate_in(found.by_investment)),
    ]
    look.show(table(rates, ("start", "production", "capacity")))


def show_projects(draft: Draft) -> None:
    """Show every project, those marked that differ from what is saved."""
    projects = draft.scenario.projects
    if not projects:
        return
    say, year, catalogue = draft.say, draft.year, draft.catalogue
    st.header(say("ledger.table"), anchor=False)
    st.caption(say("ledger.table_note"))
    if count := sum(map(unregistered, projects)):
        st.caption(say("ledger.unregistered_some", count=count))
    saved = draft.history.saved
    before = sentences.by_id(draft.scenario_of(saved).projects if saved else projects)
    effects = sentences.effects_by_project(draft.evaluation.applied)
    now = now_of(draft.baseline)
    missing = say("format.missing")

    def changing(write: Callable[[Project], str]) -> Callable[[Project], str]:
        """Write something of a project, after what it was where that differs."""

        def write_both(project: Project) -> str:
            new, old = write(project), write(before.get(project.id, project))
            return new if new == old else say("ledger.was", old=old, new=new)

        return write_both

    def name(project: Project) -> str:
        mark = "" if before.get(project.id) == project else f"{_CHANGED} "
        foremost = sentences.pulls(effects.get(project.id, [])[:1], catalogue, say.plain)
        detail = say("format.comma_in_sentence").join(filter(None, (stage(project), foremost)))
        shown = mark + sentences.name_of(project, say)
        return _NAME.format(name=escape(shown), detail=escape(detail))

    def stage(project: Project) -> str:
        return say(f"projects.stage.{project.stage}")

    def completion(project: Project) -> str:
        return fmt.figure(dict(project.completion).get(year, 0.0))

    rates = rates_of(draft.scenario, now)

    def chance_of(project: Project) -> float:
        return start_probability(project, rates, now)

    def chance(project: Project) -> str:
        return missing if is_begun(project, now) else fmt.share(chance_of(project))

    def dates(project: Project) -> str:
        return sentences.next_dates(project, now, year, say) or missing

    def pulled(project: Project) -> str:
        pulls = sentences.pulls(effects.get(project.id, []), catalogue, say.plain)
        return pulls or (missing if project.in_trend is None else say("ledger.in_trend"))

    columns: list[Column[Project]] = [
        Column(say("ledger.name"), "l", cell=name),
        Column(say("ledger.stage"), "l wide", stage),
        Column(say("ledger.total"), "wrap wide", lambda one: fmt.figure(one.total_investment)),
        Column(say("ledger.completion", year=year), "wrap", changing(completion)),
        Column(say("ledger.chance"), "wrap", changing(chance)),
        Column(say("ledger.dates"), "l wrap", changing(dates)),
        Column(say("ledger.pulled"), "l wrap wide", pulled),
        Column(say("ledger.blocking"), "l wrap wide", lambda one: one.blocking),
        Column(say("ledger.owner"), "l wrap wide", lambda one: one.owner),
    ]
    look.show(table(columns, projects))
