"""The table of projects as a file: downloads, and what would become of it with an upload.

Every problem of a file is shown before anything is taken from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data.projects.fields import Field
from data.projects.problems import Code, ProjectProblem
from data.projects.read import FieldOfYear, ProjectsRead, id_of
from data.projects.write import export_projects, export_projects_csv, projects_template
from data.store.compare import Fate
from data.workbook.words.normalise import compact
from forecasting.errors import OutlookError
from forecasting.figures.period import Quarter
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Project, Stage, begun, carried, past
from ui.frame import look
from ui.frame.columns import Column, table
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.language import Language, t, words
from ui.language.markdown import literal
from ui.scenario.projects import sentences
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
    _show_downloads(draft)
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
    stages = {project.id: project.stage for project in read.projects}
    return sum(
        project.stage is not stages.get(project.id, project.stage) for project in taken.added
    )


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
    several = len({row.place.sheet for row in read.rows}) > 1
    unread = [problem for problem in read.to_mend if not problem.code.doubts]
    doubts = [problem for problem in read.to_mend if problem.code.doubts]
    for key, some in (("to_mend", unread), ("in_doubt", doubts)):
        if some:
            st.markdown(t(f"ledger.{key}", language, count=len(some)))
            _show_listed(some[:SHOWN], language, several=several)
        if len(some) > SHOWN:
            with st.expander(t("ledger.more_problems", language, count=len(some) - SHOWN)):
                _show_listed(some[SHOWN:], language, several=several)
    rest = [problem for problem in read.problems if not problem.code.mends]
    if rest:
        with st.expander(t("ledger.remarks", language, count=len(rest)), expanded=not read.to_mend):
            _show_listed(rest, language, several=several)


def _show_listed(problems: Sequence[ProjectProblem], language: Language, *, several: bool) -> None:
    lines = (sentences.problem(one, language, with_sheet=several) for one in problems)
    st.markdown("\n".join(f"- {line}" for line in lines))


def _show_changes(taken: Taken, draft: Draft) -> None:
    language, year = draft.language, draft.year
    comma = t("format.comma_in_sentence", language)
    changes = [
        *(
            (
                Fate.REVISED,
                new,
                comma.join(c.unnamed for c in project_changes(old, new, year, language)),
            )
            for old, new in taken.changed
        ),
        *((Fate.NEW, project, _content(project, language)) for project in taken.added),
        *((Fate.GONE, project, _content(project, language)) for project in taken.removed),
    ]
    columns: list[Column[tuple[Fate, Project, str]]] = [
        Column("", "l", cell=lambda row: look.fate(row[0], t(f"editor.fate.{row[0]}", language))),
        Column(
            t("ledger.name", language),
            "l strong wrap",
            lambda row: sentences.name_of(row[1], language),
        ),
        Column(t("ledger.what", language), "l wrap", lambda row: row[2]),
    ]
    look.show(table(columns, changes[:SHOWN]))
    if len(changes) > SHOWN:
        with st.expander(t("upload.more", language, count=len(changes) - SHOWN)):
            look.show(table(columns, changes[SHOWN:]))


def _content(project: Project, language: Language) -> str:
    parts = [t(f"projects.stage.{project.stage}", language)]
    if project.total_investment:
        parts.append(quantity(project.total_investment, "1e8 CNY", language))
    if project.in_trend is not None:
        parts.append(t("ledger.in_trend", language))
    return t("format.comma_in_sentence", language).join(parts)


def _show_downloads(draft: Draft) -> None:
    """Show the downloads; each file is made when it is asked for."""
    language, year, projects = draft.language, draft.year, draft.scenario.projects
    years = (year, year + 1)
    values = {"area": words.plain_area_label(draft.view.area, language), "year": year}
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking over the projects of a file comes to.

    Attributes
    ----------
    projects
        Of the table then.
    added, removed
        Those that are new in it, and those that are gone.
    changed
        Those that differ, as they are and as they would be.
    same
        How many stay as they are.
    """

    projects: tuple[Project, ...]
    added: tuple[Project, ...]
    changed: tuple[tuple[Project, Project], ...]
    removed: tuple[Project, ...]
    same: int

    @property
    def differs(self) -> bool:
        """Whether anything would be other than it is."""
        return bool(self.added or self.changed or self.removed)


def taken_over(
    standing: Sequence[Project], read: ProjectsRead, *, replacing: bool, now: Quarter | None = None
) -> Taken:
    """Return what becomes of a table of projects with those of a file.

    One that is new and has started before ``now`` is in the trend, and at the stage that its
    dates say; None takes none for started.
    A project of the file stands for the one of its id; where the file gave it none, for the only
    one of its name. What its row does not tell, or could not be read, stays as it is.

    Parameters
    ----------
    replacing
        Whether projects that the file does not have are dropped; else they stay.
    """
    known = {project.id: project for project in standing}
    found = {
        project.id: _updated(known[project.id], project, row.gives)
        if project.id in known
        else _new(project, now)
        for project, row in zip(_identified(standing, read.projects), read.rows, strict=True)
    }
    stay = [] if replacing else [project for project in standing if project.id not in found]
    if replacing:
        projects = tuple(found.values())
    else:
        new = [project for project in found.values() if project.id not in known]
        projects = (*(found.get(project.id, project) for project in standing), *new)
    pairs = [(known[id], project) for id, project in found.items() if id in known]
    return Taken(
        projects=projects,
        added=tuple(project for id, project in found.items() if id not in known),
        changed=tuple((old, new) for old, new in pairs if old != new),
        removed=tuple(p for p in standing if p.id not in found) if replacing else (),
        same=sum(old == new for old, new in pairs) + len(stay),
    )


def _new(project: Project, now: Quarter | None) -> Project:
    if now is None:
        return project
    project = staged(project, now)
    return carried(project) if begun(project, now) else project


def staged(project: Project, now: Quarter) -> Project:
    """Return a project at the stage that its dates say, where it is said to be at none beyond."""
    if project.stage is not Stage.INTRODUCED:
        return project
    if past(project.producing, now) or past(project.counted, now):
        return replace(project, stage=Stage.PRODUCING)
    return replace(project, stage=Stage.STARTED) if begun(project, now) else project


def _updated(old: Project, new: Project, gives: Collection[FieldOfYear]) -> Project:
    """Return a project with what a row tells of it."""
    fields = {field for field, _ in gives} - {Field.ID, Field.COMPLETION}
    years = {year for field, year in gives if field is Field.COMPLETION}
    completion = {year: amount for year, amount in old.completion if year not in years}
    completion |= dict(new.completion)
    return replace(
        old,
        completion=tuple(sorted(completion.items())),
        **{field: getattr(new, field) for field in fields},
    )


def _identified(standing: Sequence[Project], read: Sequence[Project]) -> Iterable[Project]:
    """Yield the projects of a file, those without an id of its own by the one they stand for."""
    known = {project.id for project in standing}
    given = {project.id for project in read}
    named, once = _by_name(standing), _by_name(read)
    for project in read:
        name = compact(project.name)
        other = named.get(name)
        nameless = project.id == id_of(project.name) and project.id not in known
        if nameless and name in once and other is not None and other not in given:
            yield replace(project, id=other)
        else:
            yield project


def _by_name(projects: Sequence[Project]) -> dict[str, str]:
    """Return the ids of projects by their names, without names that several have."""
    names: dict[str, list[str]] = {}
    for project in projects:
        names.setdefault(compact(project.name), []).append(project.id)
    return {name: ids[0] for name, ids in names.items() if name and len(ids) == 1}
