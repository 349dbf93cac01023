"""One project at a time under the editor; every change is a step that can be undone."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from forecasting.errors import OutlookError
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.document import read_scenario, write_scenario
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, shifted
from ui.frame import address, look
from ui.frame.errors import show_error
from ui.language import t
from ui.language.markdown import unescaped
from ui.scenario.projects import edits, forms, sentences
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show the project that is chosen, with what can be done to it."""
    language = draft.language
    st.header(t("ledger.edit", language), anchor=False)
    st.caption(t("ledger.edit_note", language))
    with st.container(horizontal=True, vertical_alignment="bottom", key="project_actions"):
        project = _choose(draft)
        if project is not None:
            _show_actions(project, draft)
        if st.button(t("scenario_action.add", language), key="project_add"):
            _go_on_with(Project(edits.new_id(draft.scenario.projects)), draft)
    if project is None:
        return
    typed = forms.show(draft, project).typed
    for line in sentences.warnings(typed, draft.year, language):
        look.show(f'<p class="fault">{escape(unescaped(line))}</p>')
    if typed != project:
        _take(edits.with_project(draft.scenario, typed), draft, typed=True)


def _choose(draft: Draft) -> Project | None:
    """Show the picker of a project; None where there is none."""
    projects = sentences.by_id(draft.scenario.projects)
    if not projects:
        return None
    language, ids = draft.language, list(projects)
    chosen = address.select(
        address.PROJECT,
        t("ledger.which", language),
        ids,
        ids[0],
        lambda id: sentences.name_of(projects[id], language),
        width=300,
    )
    return projects[chosen]


def _show_actions(project: Project, draft: Draft) -> None:
    """Show what is done to a project at a press."""
    language, now = draft.language, now_of(draft.baseline)
    for name, quarters in (("earlier", -1), ("later", 1)):
        moved = shifted(project, quarters, now)
        tip = t("ledger.shift_help" if moved else "ledger.no_shift", language)
        label = t(f"ledger.{name}", language)
        pressed = st.button(label, disabled=moved is None, help=tip, key=f"project_{name}")
        if pressed and moved is not None:
            _take(edits.with_project(draft.scenario, moved), draft)
    if st.button(t("scenario_action.duplicate", language), key="project_duplicate"):
        name = t("ledger.copy_name", language, name=project.name) if project.name else ""
        new = edits.new_id(draft.scenario.projects)
        _go_on_with(replace(project, id=new, name=name), draft)
    if st.button(t("scenario_action.remove", language), key="project_remove"):
        _take(edits.without_project(draft.scenario, project.id), draft)


def _go_on_with(project: Project, draft: Draft) -> None:
    """Add a project and choose it."""
    address.carry(address.PROJECT, project.id)
    _take(edits.with_project(draft.scenario, project), draft)


def _take(scenario: Scenario, draft: Draft, *, typed: bool = False) -> None:
    """Take a step; what a document could not hold is told, and all stays as it is."""
    try:
        read_scenario(write_scenario(scenario), draft.catalogue.indicators)
    except OutlookError as error:
        show_error(error, draft.language)
        return
    draft.change(scenario, typed=typed)
