"""The table of projects as files: a workbook, text, and a workbook to fill in."""

from __future__ import annotations

import streamlit as st

from data.projects.export import export_projects, export_projects_csv, projects_template
from ui.language import t, words
from ui.scenario.state import Draft


def show(draft: Draft) -> None:
    """Show the downloads; each file is made when it is asked for."""
    language, year, projects = draft.language, draft.year, draft.scenario.projects
    years = (year, year + 1)
    values = {"area": words.area_label(draft.view.area, language), "year": year}
    name = t("ledger.file_name", language, **values)
    with st.container(horizontal=True, key="project_files"):
        if projects:
            st.download_button(
                t("ledger.workbook", language),
                lambda: export_projects(projects, language, years),
                f"{name}.xlsx",
                key="projects_workbook",
                on_click="ignore",
            )
            st.download_button(
                t("ledger.text", language),
                lambda: export_projects_csv(projects, language, years),
                f"{name}.csv",
                key="projects_text",
                on_click="ignore",
            )
        st.download_button(
            t("ledger.template", language),
            lambda: projects_template(year, language),
            f"{t('ledger.template_name', language, **values)}.xlsx",
            key="projects_template",
            on_click="ignore",
        )
