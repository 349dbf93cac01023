"""A workbook of projects: what would become of the table, and every problem, before it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from data.projects.problems import Code, ProjectProblem
from data.projects.reading import ProjectsRead
from data.store.compare import Fate
from forecasting.errors import OutlookError
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Project
from ui.frame import look
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.language import Language, t, words
from ui.language.markdown import literal
from ui.scenario.projects import export, sentences
from ui.scenario.projects import words as project_words
from ui.scenario.projects.edits import Taken, taken_over
from ui.scenario.sentences import project_changes
from ui.scenario.state import Draft
from ui.scenario.terms import quantity
from ui.workbook import forms, state

SHOWN = 30
"""Rows and problems that are shown at once; the others are behind a fold."""
_UNITS = ("", "1e8 CNY", "1e4 CNY")
_MERGE, _REPLACE = "merge", "replace"


def show(draft: Draft) -> None:
    """Show the downloads and the chooser of a file, and what it would change."""
    language = draft.language
    st.header(t("ledger.files", language), anchor=False)
    st.caption(t("ledger.files_note", language))
    st.markdown(t("ledger.trend_note", language))
    export.show(draft)
    with st.container(key="uploader"):
        forms.show_our_words(language)
        file = st.file_uploader(t("ledger.file", language), key="projects_file")
    if file is None:
        return
    upload = Upload(file.name, file.getvalue(), base=draft.view.snapshot.vintage)
    try:
        with st.spinner(t("ledger.opening", language)):
            read = _read(upload, draft)
    except OutlookError as error:
        show_error(error, language)
        return
    _show_preview(read, upload, draft)


def _read(upload: Upload, draft: Draft) -> ProjectsRead:
    """Read the file; where it names no unit of its amounts, by the one that is chosen."""
    language, year = draft.language, draft.year
    read = state.projects_of(upload, year, "")
    if all(problem.code is not Code.UNIT_MISSING for problem in read.problems):
        return read
    unit = st.segmented_control(
        t("ledger.unit", language),
        _UNITS,
        default="",
        required=True,
        format_func=lambda unit: (
            words.unit(unit, language) if unit else t("ledger.unit_none", language)
        ),
        key=f"projects_unit_{upload.digest[:12]}_{language}",
    )
    return state.projects_of(upload, year, unit or "")


def _show_preview(read: ProjectsRead, upload: Upload, draft: Draft) -> None:
    language = draft.language
    how = _MERGE
    if read.projects and draft.scenario.projects:
        how = _choose_how(language)
    now = now_of(draft.baseline)
    found = read
    if read.repeated and st.checkbox(
        t("ledger.once", language, count=len(read.repeated)), value=True, key="projects_once"
    ):
        found = read.without_repeated()
    taken = taken_over(draft.scenario.projects, found, replacing=how == _REPLACE, now=now)
    st.markdown(_summary(found, taken, upload, language))
    if line := sentences.taken_as_carried(taken.added, draft.year, language):
        st.markdown(line)
    if staged := _staged(found, taken):
        st.markdown(t("ledger.staged", language, count=staged))
    _show_problems(read, language)
    if not read.projects or not taken.differs:
        return
    _show_changes(taken, draft)
    if st.button(t("ledger.take", language), type="primary", key="projects_take"):
        scenario = replace(draft.scenario, projects=taken.projects)
        draft.change(scenario, notice=t("ledger.taken", language))


def _staged(read: ProjectsRead, taken: Taken) -> int:
    """Return how many new projects are at a stage that their dates say, and the file does not."""
    said = {project.id: project.stage for project in read.projects}
    return sum(project.stage is not said.get(project.id, project.stage) for project in taken.added)


def _choose_how(language: Language) -> str:
    chosen = st.radio(
        t("ledger.how", language),
        (_MERGE, _REPLACE),
        format_func=lambda how: t(f"ledger.{how}", language),
        captions=[t(f"ledger.{how}_help", language) for how in (_MERGE, _REPLACE)],
        horizontal=True,
        key=f"projects_how_{language}",
    )
    return chosen or _MERGE


def _summary(read: ProjectsRead, taken: Taken, upload: Upload, language: Language) -> str:
    kind = "" if taken.differs else "_same"
    if not read.projects:
        kind = "_none"
    return t(
        f"ledger.preview{kind}",
        language,
        file=literal(upload.name),
        count=len(read.projects),
        added=len(taken.added),
        changed=len(taken.changed),
        removed=len(taken.removed),
        same=taken.same,
    )


def _show_problems(read: ProjectsRead, language: Language) -> None:
    """Tell all that was not read, what is in doubt, then what was left out on purpose."""
    several = len({place.sheet for place in read.places}) > 1
    unread = [problem for problem in read.to_mend if not problem.code.doubts]
    doubts = [problem for problem in read.to_mend if problem.code.doubts]
    for key, some in (("to_mend", unread), ("in_doubt", doubts)):
        if some:
            st.markdown(t(f"ledger.{key}", language, count=len(some)))
            _show_listed(some[:SHOWN], language, several=several)
        if len(some) > SHOWN:
            with st.expander(t("ledger.more_problems", language, count=len(some) - SHOWN)):
                _show_listed(some[SHOWN:], language, several=several)
    rest = [problem for problem in read.problems if not problem.mends]
    if rest:
        with st.expander(t("ledger.remarks", language, count=len(rest)), expanded=not read.to_mend):
            _show_listed(rest, language, several=several)


def _show_listed(problems: Sequence[ProjectProblem], language: Language, *, several: bool) -> None:
    lines = (project_words.problem(one, language, with_sheet=several) for one in problems)
    st.markdown("\n".join(f"- {line}" for line in lines))


def _show_changes(taken: Taken, draft: Draft) -> None:
    """Show what becomes of each project that does not stay as it is."""
    language = draft.language
    head = [
        ("", "l"),
        (t("ledger.name", language), "l"),
        (t("ledger.what", language), "l wrap"),
    ]
    rows = list(_changes(taken, draft))
    look.show(look.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        with st.expander(t("upload.more", language, count=len(rows) - SHOWN)):
            look.show(look.table(head, rows[SHOWN:]))


def _changes(taken: Taken, draft: Draft) -> Iterator[str]:
    language, year = draft.language, draft.year
    comma = t("format.comma_in_sentence", language)
    for old, new in taken.changed:
        told = comma.join(one.unnamed for one in project_changes(old, new, year, language))
        yield _row(Fate.REVISED, new, told, language)
    for project in taken.added:
        yield _row(Fate.NEW, project, _content(project, language), language)
    for project in taken.removed:
        yield _row(Fate.GONE, project, _content(project, language), language)


def _row(fate: Fate, project: Project, told: str, language: Language) -> str:
    return (
        look.fate(fate, t(f"editor.fate.{fate}", language))
        + look.cell(sentences.name_of(project, language), "l strong wrap")
        + look.cell(told, "l wrap")
    )


def _content(project: Project, language: Language) -> str:
    told = [project_words.stage(project.stage, language)]
    if project.total_investment:
        told.append(quantity(project.total_investment, "1e8 CNY", language))
    if project.in_trend is not None:
        told.append(t("ledger.in_trend", language))
    return t("format.comma_in_sentence", language).join(told)
