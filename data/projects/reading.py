"""The table of projects out of an opened file: every project it holds, and all there is to tell.

Columns may stand in any order and be called as planning offices call them; a title may stand
above and notes below. A cell that cannot be read is told and its field keeps the usual value;
the row stays.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from data.projects import words
from data.projects.columns import columns_of
from data.projects.layout import Layout, find_layout
from data.projects.problems import Code, ProjectProblem
from data.projects.rows import Found, Said, projects_in
from data.workbook.book import Book, Place, Sheet
from data.workbook.words.text import compact
from forecasting.scenario.projects import Project


@dataclass(frozen=True, slots=True)
class ProjectsRead:
    """What was read.

    Attributes
    ----------
    projects
        In the order of the file; their ids differ.
    places
        Where the row of each begins.
    problems
        Everything to be told, in the order of the file.
    says
        What the row of each tells, be it by an empty cell; all else has its usual value.
    """

    projects: tuple[Project, ...]
    places: tuple[Place, ...]
    problems: tuple[ProjectProblem, ...]
    says: tuple[frozenset[Said], ...]

    @property
    def to_mend(self) -> tuple[ProjectProblem, ...]:
        """The problems that somebody should mend; the others tell what was left out."""
        return tuple(problem for problem in self.problems if problem.mends)

    @property
    def repeated(self) -> tuple[int, ...]:
        """Which projects have the name of one before them and no id of their own in the file."""
        seen: set[str] = set()
        found = []
        for place, project in enumerate(self.projects):
            name = compact(project.name)
            if name in seen and project.id.startswith(id_of(project.name)):
                found.append(place)
            seen.add(name)
        return tuple(found)

    def without_repeated(self) -> ProjectsRead:
        """Return the same without the projects that are listed again."""
        dropped = set(self.repeated)
        kept = [place for place in range(len(self.projects)) if place not in dropped]
        return replace(
            self,
            projects=tuple(self.projects[place] for place in kept),
            places=tuple(self.places[place] for place in kept),
            says=tuple(self.says[place] for place in kept),
        )


def read_projects(book: Book, *, year: int | None = None, unit: str = "") -> ProjectsRead:
    """Read every table of projects in a file.

    Parameters
    ----------
    book
        As ``data.workbook.open.opening`` opens a file or pasted cells; that refuses what is none.
    year
        Of columns such as 年度计划投资 where neither head nor title names one.
    unit
        Code of the unit, such as ``1e4 CNY``, of amounts where neither cell, head nor a note
        above says one. Without it they are told and not read.
    """
    problems: list[ProjectProblem] = []
    layouts = list(_layouts(book, problems))
    count = itertools.count()
    found: list[Found] = []
    for layout in layouts:
        columns = columns_of(layout, year, unit, problems)
        found += projects_in(layout, columns, problems, count)
    if not layouts:
        problems.append(ProjectProblem(Code.NO_TABLE))
    projects = tuple(_with_ids(found, problems))
    order = [sheet.name for sheet in book.sheets]
    problems.sort(key=lambda it: (order.index(it.sheet) if it.sheet in order else -1, it.row))
    places = tuple(one.place for one in found)
    return ProjectsRead(projects, places, tuple(problems), tuple(one.says for one in found))


def id_of(name: str) -> str:
    """Return the id of a project that has none: the same for the same name, however spaced."""
    return "P" + hashlib.sha256(compact(name).encode()).hexdigest()[:10]


def _layouts(book: Book, problems: list[ProjectProblem]) -> Iterator[Layout]:
    guides = {words.GUIDE.zh, words.GUIDE.en}
    sheets = [sheet for sheet in book.sheets if any(map(any, sheet.rows))]
    found = [(sheet, _layout(book, sheet)) for sheet in sheets if sheet.name not in guides]
    for sheet, layout in found:
        if sheet.hidden:
            problems.append(ProjectProblem(Code.HIDDEN_SHEET, sheet.name))
        elif layout:
            yield layout
        elif any(other for shown, other in found if not shown.hidden):
            problems.append(ProjectProblem(Code.UNREAD_SHEET, sheet.name))


def _layout(book: Book, sheet: Sheet) -> Layout | None:
    return None if sheet.hidden else find_layout(sheet, book.file)


def _with_ids(found: Sequence[Found], problems: list[ProjectProblem]) -> Iterator[Project]:
    """Yield the projects with an id each; ids and names that come twice are told."""
    used = {one.project.id for one in found}
    taken: dict[str, Place] = {}
    named: dict[str, Place] = {}
    for place, project, _ in found:
        known = project.id
        if project.id in taken:
            problems.append(_twice(Code.DUPLICATE_ID, place, project.id, taken[project.id]))
        if not project.id or project.id in taken:
            known = _free(id_of(project.name), used)
            used.add(known)
        name = compact(project.name)
        if name and name in named:
            problems.append(_twice(Code.DUPLICATE_NAME, place, project.name, named[name]))
        named.setdefault(name, place)
        taken[known] = place
        yield replace(project, id=known)


def _free(wanted: str, taken: set[str]) -> str:
    """Return an id that nobody has: the one wanted, or that with the next number."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _twice(code: Code, place: Place, found: str, first: Place) -> ProjectProblem:
    return ProjectProblem(code, place.sheet, place.row, found=found, other=str(first.row))
