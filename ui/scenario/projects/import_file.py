"""The table of projects as a file: downloads, and what would become of it with an upload.

Every problem of a file is shown before anything is taken from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from data.projects.fields import YEARLY, Field
from data.projects.problems import Code, ProjectProblem
from data.projects.read import FieldOfYear, ProjectsRead, id_of
from data.projects.write import export_projects, export_projects_csv, projects_template
from data.store.compare import Fate
from data.store.permissions import Permission
from data.workbook.words.normalise import compact
from forecasting.errors import OutlookError
from forecasting.figures.period import Quarter
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.projects import Project, Stage, begun, carried, past
from forecasting.scenario.realisation import is_begun
from ui.frame import look, people, session
from ui.frame.columns import Column, table
from ui.frame.errors import show_error
from ui.frame.session import Upload
from ui.language import Speaker, words
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
    say = draft.say
    st.header(say("ledger.files"), anchor=False)
    st.caption(say("ledger.files_note"))
    st.markdown(say("ledger.trend_note"))
    _show_downloads(draft)
    if not people.allows(Permission.SAVE_SCENARIOS, say("ledger.import"), say):
        return
    with st.container(key="uploader"):
        forms.show_our_words(say)
        file = st.file_uploader(say("ledger.file"), key="projects_file")
    base = draft.view.snapshot.vintage
    upload = session.projects_file(
        None if file is None else Upload(file.name, file.getvalue(), base=base)
    )
    if upload is None:
        return
    try:
        if not forms.open_or_ask(upload, say):
            return
        with st.spinner(say("ledger.opening")):
            read = _read(upload, draft)
    except OutlookError as error:
        show_error(error, say)
        return
    _show_preview(read, upload, draft)


def _read(upload: Upload, draft: Draft) -> ProjectsRead:
    """Read the file; where it names no unit of its amounts, by the one that is chosen."""
    say, year = draft.say, draft.year
    read = state.projects_of(upload, year, "")
    if all(problem.code is not Code.UNIT_MISSING for problem in read.problems):
        return read
    unit = st.segmented_control(
        say("ledger.unit"),
        _UNITS,
        default="",
        required=True,
        format_func=lambda unit: say.plain.word("unit", unit) if unit else say("ledger.unit_none"),
        key=f"projects_unit_{upload.digest[:12]}_{say.language}",
    )
    return state.projects_of(upload, year, unit or "")


def _show_preview(read: ProjectsRead, upload: Upload, draft: Draft) -> None:
    say = draft.say
    how = _MERGE
    if read.projects and draft.scenario.projects:
        how = _choose_how(say)
    now = now_of(draft.baseline)
    found = read
    if read.repeated and st.checkbox(
        say("ledger.once", count=len(read.repeated)), value=True, key="projects_once"
    ):
        found = read.without_repeated()
    taken = taken_over(draft.scenario.projects, found, replacing=how == _REPLACE, now=now)
    st.markdown(_summary(found, taken, upload, say))
    if line := sentences.taken_as_carried(taken.added, draft.year, say):
        st.markdown(line)
    if staged := _staged(found, taken):
        st.markdown(say("ledger.staged", count=staged))
    _show_problems(read, say)
    if not read.projects or not taken.differs:
        return
    _show_changes(taken, draft)
    if st.button(say("ledger.take"), type="primary", key="projects_take"):
        scenario = replace(draft.scenario, projects=taken.projects)
        draft.change(scenario, notice=say("ledger.taken"))


def _staged(read: ProjectsRead, taken: Taken) -> int:
    """Return how many new projects are at a stage that their dates say, and the file does not."""
    stages = {project.id: project.stage for project in read.projects}
    return sum(
        project.stage is not stages.get(project.id, project.stage) for project in taken.added
    )


def _choose_how(say: Speaker) -> str:
    chosen = st.radio(
        say("ledger.how"),
        (_MERGE, _REPLACE),
        format_func=lambda how: say(f"ledger.{how}"),
        captions=[say(f"ledger.{how}_help") for how in (_MERGE, _REPLACE)],
        horizontal=True,
        key=f"projects_how_{say.language}",
    )
    return chosen or _MERGE


def _summary(read: ProjectsRead, taken: Taken, upload: Upload, say: Speaker) -> str:
    kind = "" if taken.differs else "_same"
    if not read.projects:
        kind = "_none"
    return say(
        f"ledger.preview{kind}",
        file=say.verbatim(upload.name),
        count=len(read.projects),
        added=len(taken.added),
        changed=len(taken.changed),
        removed=len(taken.removed),
        same=taken.same,
    )


def _show_problems(read: ProjectsRead, say: Speaker) -> None:
    """Tell all that was not read, what is in doubt, then what was left out on purpose."""
    several = len({row.place.sheet for row in read.rows}) > 1
    unread = [problem for problem in read.to_mend if not problem.code.doubts]
    doubts = [problem for problem in read.to_mend if problem.code.doubts]
    for key, some in (("to_mend", unread), ("in_doubt", doubts)):
        if some:
            st.markdown(say(f"ledger.{key}", count=len(some)))
            _show_listed(some[:SHOWN], say, several=several)
        if len(some) > SHOWN:
            with st.expander(say("ledger.more_problems", count=len(some) - SHOWN)):
                _show_listed(some[SHOWN:], say, several=several)
    rest = [problem for problem in read.problems if not problem.code.mends]
    if rest:
        with st.expander(say("ledger.remarks", count=len(rest)), expanded=not read.to_mend):
            _show_listed(rest, say, several=several)


def _show_listed(problems: Sequence[ProjectProblem], say: Speaker, *, several: bool) -> None:
    lines = (sentences.problem(one, say, with_sheet=several) for one in problems)
    st.markdown("\n".join(f"- {line}" for line in lines))


def _show_changes(taken: Taken, draft: Draft) -> None:
    say, year = draft.say, draft.year
    comma = say("format.comma_in_sentence")
    changes = [
        *(
            (Fate.REVISED, new, comma.join(c.unnamed for c in project_changes(old, new, year, say)))
            for old, new in taken.changed
        ),
        *((Fate.NEW, project, _content(project, say)) for project in taken.added),
        *((Fate.GONE, project, _content(project, say)) for project in taken.removed),
    ]
    columns: list[Column[tuple[Fate, Project, str]]] = [
        Column("", "l", cell=lambda row: look.fate(row[0], say(f"editor.fate.{row[0]}"))),
        Column(say("ledger.name"), "l strong wrap", lambda row: sentences.name_of(row[1], say)),
        Column(say("ledger.what"), "l wrap", lambda row: row[2]),
    ]
    look.show(table(columns, changes[:SHOWN]))
    if len(changes) > SHOWN:
        with st.expander(say("upload.more", count=len(changes) - SHOWN)):
            look.show(table(columns, changes[SHOWN:]))


def _content(project: Project, say: Speaker) -> str:
    parts = [say(f"projects.stage.{project.stage}")]
    if project.total_investment:
        parts.append(quantity(project.total_investment, "1e8 CNY", say))
    if project.in_trend is not None:
        parts.append(say("ledger.in_trend"))
    return say("format.comma_in_sentence").join(parts)


def _show_downloads(draft: Draft) -> None:
    """Show the downloads; each file is made when it is asked for."""
    say, year, projects = draft.say, draft.year, draft.scenario.projects
    years = (year, year + 1)
    values = {"area": words.area_label(draft.view.area, say.plain), "year": year}
    name = say("ledger.file_name", **values)
    with st.container(horizontal=True, key="project_files"):
        if projects:
            st.download_button(
                say("ledger.workbook"),
                lambda: export_projects(projects, say.language, years),
                f"{name}.xlsx",
                key="projects_workbook",
                on_click="ignore",
            )
            st.download_button(
                say("ledger.text"),
                lambda: export_projects_csv(projects, say.language, years),
                f"{name}.csv",
                key="projects_text",
                on_click="ignore",
            )
        st.download_button(
            say("ledger.template"),
            lambda: projects_template(year, say.language),
            f"{say('ledger.template_name', **values)}.xlsx",
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
        project.id: _updated(known[project.id], project, row.gives, now)
        if project.id in known
        else _new(project, row.gives, now)
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


def _new(project: Project, gives: Collection[FieldOfYear], now: Quarter | None) -> Project:
    project = _starting_as_planned(project, gives, now)
    if now is None:
        return project
    project = staged(project, now)
    return carried(project) if is_begun(project, now) else project


def _starting_as_planned(
    project: Project, gives: Collection[FieldOfYear], now: Quarter | None
) -> Project:
    """Return a project that starts as planned where the row has no other date of its start.

    Not where the row has a place for the actual start, which is empty, and the plan is over.
    """
    planned = project.start_planned
    if project.started is not None or planned is None:
        return project
    if (Field.STARTED, 0) in gives and now is not None and planned < now:
        return project
    return replace(project, started=planned)


def staged(project: Project, now: Quarter) -> Project:
    """Return a project at the stage that its dates say, where it is said to be at none beyond."""
    if project.stage is not Stage.INTRODUCED:
        return project
    if past(project.producing, now) or past(project.counted, now):
        return replace(project, stage=Stage.PRODUCING)
    return replace(project, stage=Stage.STARTED) if begun(project, now) else project


def _updated(
    old: Project, new: Project, gives: Collection[FieldOfYear], now: Quarter | None
) -> Project:
    """Return a project with what a row tells of it."""
    fields = {field for field, _ in gives} - {Field.ID, *YEARLY}
    values: dict[str, Any] = {field: getattr(new, field) for field in fields}
    for of in YEARLY:
        years = {year for field, year in gives if field is of}
        amounts = {year: amount for year, amount in getattr(old, of) if year not in years}
        values[of] = tuple(sorted((amounts | dict(getattr(new, of))).items()))
    told = replace(old, **values)
    if old.started == old.start_planned and (Field.STARTED, 0) not in gives:
        told = replace(told, started=None)  # it moves with the plan
    return _starting_as_planned(told, gives, now)


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
