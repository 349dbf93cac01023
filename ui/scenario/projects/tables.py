"""The table of projects: what each is, when it comes, what it brings this year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from forecasting.figures.period import Quarter
from forecasting.scenario.apply import Effect
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Project, begun, unregistered
from ui.frame import look
from ui.language import Language, t
from ui.language import format as fmt
from ui.scenario.projects import sentences, words
from ui.scenario.state import Draft

_CHANGED = "●"
_NAME = (
    '<td class="l strong wrap" style="min-width:7em">{name}'
    '<small class="narrow">{detail}</small></td>'
)


def show(draft: Draft) -> None:
    """Show every project, those marked that differ from what is saved."""
    projects = draft.scenario.projects
    if not projects:
        return
    language, year = draft.language, draft.year
    st.header(t("ledger.table", language), anchor=False)
    st.caption(t("ledger.table_note", language))
    if count := sum(map(unregistered, projects)):
        st.caption(t("ledger.unregistered_some", language, count=count))
    head = [
        (t("ledger.name", language), "l"),
        (t("ledger.stage", language), "l wide"),
        (t("ledger.total", language), "wrap wide"),
        (t("ledger.completion", language, year=year), "wrap"),
        (t("ledger.chance", language), "wrap"),
        (t("ledger.dates", language), "l wrap"),
        (t("ledger.pulled", language), "l wrap wide"),
        (t("ledger.blocking", language), "l wide"),
        (t("ledger.owner", language), "l wide"),
    ]
    effects = sentences.effects_by_project(draft.evaluation.applied)
    saved, now = _saved(draft), now_of(draft.baseline)
    look.show(
        look.table(
            head,
            (_row(one, saved, effects.get(one.id, []), now, draft) for one in projects),
        )
    )


def _saved(draft: Draft) -> Mapping[str, Project] | None:
    """Return the projects of the saved version by their ids; None where nothing is saved."""
    saved = draft.history.saved
    if saved is None:
        return None
    return sentences.by_id(draft.scenario_of(saved).projects)


def _row(
    project: Project,
    saved: Mapping[str, Project] | None,
    effects: list[Effect],
    now: Quarter,
    draft: Draft,
) -> str:
    language, year = draft.language, draft.year
    old = project if saved is None else saved.get(project.id)
    name = sentences.name_of(project, language)
    if old != project:
        name = f"{_CHANGED} {name}"
    catalogue = draft.catalogue
    pulls = sentences.pulls(effects, catalogue, language)
    stage = words.stage(project.stage, language)
    foremost = sentences.pulls(effects[:1], catalogue, language)
    detail = t("format.comma_in_sentence", language).join(filter(None, (stage, foremost)))

    def each(write: Callable[[Project], str]) -> str:
        """Write something of the project, after what it was where that differs."""
        new, was = write(project), write(old or project)
        return new if new == was else t("ledger.was", language, old=was, new=new)

    return "".join(
        (
            _NAME.format(name=escape(name), detail=escape(detail)),
            look.cell(stage, "l wide"),
            look.cell(fmt.figure(project.total_investment), "wide"),
            look.cell(each(lambda one: fmt.figure(dict(one.completion).get(year, 0.0))), "wrap"),
            look.cell(each(lambda one: _chance(one, now, draft)), "wrap"),
            look.cell(each(lambda one: _dates(one, now, draft)), "l wrap"),
            look.cell(pulls or _unmoved(project, language), "l wrap wide"),
            look.cell(project.blocking, "l wrap wide"),
            look.cell(project.owner, "l wrap wide"),
        )
    )


def _unmoved(project: Project, language: Language) -> str:
    key = "format.missing" if project.in_trend is None else "ledger.in_trend"
    return t(key, language)


def _chance(project: Project, now: Quarter, draft: Draft) -> str:
    if begun(project, now):
        return t("format.missing", draft.language)
    return fmt.share(project.start_probability)


def _dates(project: Project, now: Quarter, draft: Draft) -> str:
    told = sentences.next_dates(project, now, draft.year, draft.language)
    return told or t("format.missing", draft.language)
