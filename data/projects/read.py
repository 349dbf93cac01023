"""The table of projects out of an opened file: every project in it, and all there is to tell.

Columns may stand in any order and be called as planning offices call them; a title may stand
above and notes below. A cell that cannot be read is told and its field keeps the usual value;
the row stays.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from data.projects import cells, fields
from data.projects.cells import READERS
from data.projects.fields import NUMBER, Field
from data.projects.layout import Layout, ReadColumn, columns_of, find_layout, spread_down
from data.projects.problems import Code, ProjectProblem, Unread
from data.workbook.book import Book, Cell, Place, Sheet
from data.workbook.words.normalise import compact
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
    """ReadColumn every table of projects in a file.

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
    found: list[ProjectRows] = []
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
    guides = {fields.GUIDE.zh, fields.GUIDE.en}
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


def _with_ids(found: Sequence[ProjectRows], problems: list[ProjectProblem]) -> Iterator[Project]:
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


class ProjectRow:
    """One row below the head; ``table`` is the one it is of."""

    def __init__(self, table: ProjectTable, number: int) -> None:
        self.table = table
        self.number = number
        self._cells = table.layout.sheet.rows[number]

    def cell(self, place: int) -> Cell:
        """Return the cell of a column, None where the row ends before it."""
        return self._cells[place] if place < len(self._cells) else None

    def filled(self) -> list[Cell]:
        """Return the cells that say something, running numbers apart."""
        return [
            cell
            for place, cell in enumerate(self._cells)
            if place not in self.table.numbers and cells.text(cell)
        ]

    def label(self, field: Field) -> str:
        """Return the text of the first column of a field."""
        place = self.table.places.get(field)
        return "" if place is None else cells.text(self.cell(place))

    def numbered(self) -> list[str]:
        """Return the texts in columns of running numbers."""
        return [cells.text(self.cell(place)) for place in self.table.numbers]

    def first(self) -> str:
        """Return the first text of the row, one in a column of running numbers before others."""
        return next(filter(None, (*self.numbered(), *map(cells.text, self.filled()))), "")


class ProjectTable:
    """What the rows of a table have in common."""

    def __init__(self, layout: Layout, columns: Sequence[ReadColumn]) -> None:
        self.layout = layout
        self.columns = columns
        self.places = {column.field: column.place for column in reversed(columns)}
        self.numbers = [it.place for it in layout.columns if it.heading == NUMBER]
        self.counted = any(
            _is_count(cells.text(row[place]))
            for row in layout.sheet.rows[layout.bottom + 1 :]
            for place in self.numbers
            if place < len(row)
        )
        self.without_unit: set[int] = set()
        self.above = spread_down(layout, [column.place for column in columns])


def filled_rows(table: ProjectTable) -> Iterator[ProjectRow]:
    """Yield the rows below the head that say something, a running number apart."""
    for number in range(table.layout.bottom + 1, len(table.layout.sheet.rows)):
        row = ProjectRow(table, number)
        if row.filled() or any(text and not _is_count(text) for text in row.numbered()):
            yield row


def is_spread(table: ProjectTable, row: ProjectRow, column: ReadColumn) -> bool:
    """Return whether a cell is merged with one above; names and ids are not taken from there."""
    merged = (row.number, column.place) in table.above
    return merged and column.field not in (Field.ID, Field.NAME)


def cell_of(table: ProjectTable, row: ProjectRow, column: ReadColumn) -> Cell:
    """Return what a cell says, or the first of those it is merged with."""
    if is_spread(table, row, column):
        return ProjectRow(table, table.above[row.number, column.place]).cell(column.place)
    return row.cell(column.place)


def _is_count(text: str) -> bool:
    return compact(text).rstrip(".、").isdecimal()


_SPREAD = (Field.OWNER, Field.BLOCKING, Field.STAGE)
"""What one merged cell may say for several projects; a number would count several times."""
_FOUND = 200
MOST_ROWS = 2_000
"""Rows of one file, empty ones apart: several times the projects of a large zone.

As many, filled in, can be kept in a scenario (``data.store.scenarios.LONGEST``).
"""

Values = dict[str, Any]
Said = tuple[Field, int]
"""What a row tells: a field and, of investment to be completed, its year; 0 of any other."""


class ProjectRows(NamedTuple):
    """A project, where its row begins, and what that tells, be it by an empty cell."""

    place: Place
    project: Project
    says: frozenset[Said]


def projects_in(
    layout: Layout,
    columns: Sequence[ReadColumn],
    problems: list[ProjectProblem],
    count: Iterator[int],
) -> Iterator[ProjectRows]:
    """Yield the projects of a table; ids are those of the file, or empty.

    Parameters
    ----------
    count
        Counts the rows of all tables of a file; ``MOST_ROWS`` of them are read.
    """
    table = ProjectTable(layout, columns)
    for row in filled_rows(table):
        if next(count) >= MOST_ROWS:
            problems.append(_of_row(Code.TOO_MANY_ROWS, layout, row, str(MOST_ROWS)))
            return
        code = left_out(row, layout)
        if code:
            problems.append(_of_row(code, layout, row, row.first()))
        else:
            place = Place(layout.sheet.name, row.number + 1, 1)
            yield ProjectRows(place, *_project(table, row, problems))


def _of_row(code: Code, layout: Layout, row: ProjectRow, found: str) -> ProjectProblem:
    return ProjectProblem(code, layout.sheet.name, row.number + 1, found=found[:_FOUND])


def _project(
    table: ProjectTable, row: ProjectRow, problems: list[ProjectProblem]
) -> tuple[Project, frozenset[Said]]:
    values: Values = {}
    completion: dict[int, float] = {}
    unread: set[Said] = set()
    for column in table.columns:
        try:
            value = _value(table, row, column)
        except Unread as error:
            unread.add((column.field, column.year))
            _tell(error.code, table, row, column, problems)
            continue
        if value is None:
            continue
        if column.field is Field.COMPLETION:
            completion[column.year] = value
        else:
            values.setdefault(column.field, value)
    unread -= {(field, 0) for field in values}
    values.setdefault(Field.ID, "")
    project = Project(**values, completion=tuple(sorted(completion.items())))
    says = {(column.field, column.year) for column in table.columns} - unread
    return project, frozenset(says)


def _value(table: ProjectTable, row: ProjectRow, column: ReadColumn) -> Any:
    """Return the value of a cell, None where it is empty."""
    cell = cell_of(table, row, column)
    alone = column.field in _SPREAD or not is_spread(table, row, column)
    if not alone and not cells.says_nothing(cell):
        raise Unread(Code.MERGED)
    shown = (row.number + 1, column.place + 1) in table.layout.sheet.percent
    return READERS[column.field](cell, column, shown)


def _tell(
    code: Code,
    table: ProjectTable,
    row: ProjectRow,
    column: ReadColumn,
    problems: list[ProjectProblem],
) -> None:
    """Tell of a cell that is not what its column holds."""
    # A unit that is missing is missing from the whole column: it is told once.
    if code is Code.UNIT_MISSING and column.place in table.without_unit:
        return
    if code is Code.UNIT_MISSING:
        table.without_unit.add(column.place)
    found = cells.text(cell_of(table, row, column))[:_FOUND]
    sheet = table.layout.sheet.name
    problems.append(
        ProjectProblem(code, sheet, row.number + 1, column.place + 1, column.text, found)
    )


_TOTAL = re.compile(r"(?:合计|总计|共计|小计|累计|总数|TOTAL|SUBTOTAL)(?:\(.*\)|:.*|[0-9]+个.*)?")
_SECTION = re.compile(
    r"[一二三四五六七八九十]+[、.].+|\([一二三四五六七八九十]+\).+|第[一二三四五六七八九十]+[类批部].*"
)
_SECTION_NUMBER = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|审签|联系|负责|分管|单位负责|NOTE|PREPARED|SOURCE)"
    r"[^:]{0,8}:.*|注[0-9]*[.、].*"
)
_EXAMPLE = re.compile(r"(?:示例|样例|例|EXAMPLE)(?:项目)?(?:[:(].*|[0-9]*)")
_FORMS: Mapping[Code, re.Pattern[str]] = {
    Code.TOTAL_ROW: _TOTAL,
    Code.EXAMPLE_ROW: _EXAMPLE,
    Code.NOTE_ROW: _NOTE,
    Code.SECTION_ROW: _SECTION,
}
"""They begin differently: no text is of two."""


def kind_of(label: str) -> Code | None:
    """Return what a text says that its row is; None where that may be a project."""
    squeezed = compact(label)
    return next((code for code, form in _FORMS.items() if form.fullmatch(squeezed)), None)


def left_out(row: ProjectRow, layout: Layout) -> Code | None:
    """Return why a row is no project; None where it is one, or empty.

    A row with an id is a project whatever it is called.
    """
    filled = row.filled()
    identity, name = row.label(Field.ID), row.label(Field.NAME)
    labels = list(filter(None, [identity] if identity else [*row.numbered(), name]))
    kinds = set(map(kind_of, labels))
    for code in (Code.TOTAL_ROW, Code.EXAMPLE_ROW):
        if code in kinds:
            return code
    first = next(iter(labels), cells.text(filled[0]) if filled else "")
    if len(filled) <= 2 and kind_of(first) is Code.NOTE_ROW:
        return Code.NOTE_ROW
    if not identity and (Code.SECTION_ROW in kinds or _numbers_section(row)):
        return Code.SECTION_ROW
    if name and _is_head(row, layout):
        return Code.REPEATED_HEAD
    if filled and not identity and not any(map(str.isalnum, name)):
        return Code.NO_NAME
    return None


def _numbers_section(row: ProjectRow) -> bool:
    """Return whether its running number is that of a section, where projects have 1, 2, 3."""
    numbers = map(compact, row.numbered())
    return row.table.counted and any(map(_SECTION_NUMBER.fullmatch, numbers))


def _is_head(row: ProjectRow, layout: Layout) -> bool:
    """Return whether a row says the head once more, as at the top of a printed page."""
    heads = [layout.sheet.rows[number] for number in range(layout.top, layout.bottom + 1)]
    said = _row_texts(layout.sheet.rows[row.number])
    return any(said == _row_texts(head) for head in heads)


def _row_texts(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := compact(cells.text(cell)))]
