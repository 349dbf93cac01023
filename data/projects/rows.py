"""The rows of a table as projects, with what cannot be read and what is none told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from data.projects import cells
from data.projects.columns import Read
from data.projects.layout import Layout
from data.projects.left_out import left_out
from data.projects.problems import Code, ProjectProblem, Unread
from data.projects.readers import READERS
from data.projects.table import Row, Table, cell_of, filled_rows, is_spread
from data.projects.words import Field
from data.workbook.book import Place
from forecasting.scenario.projects import Project

_SPREAD = (Field.OWNER, Field.BLOCKING, Field.STAGE)
"""What one merged cell may say for several projects; a number would count several times."""
_FOUND = 200
MOST_ROWS = 2_000
"""Rows of one file, empty ones apart: several times the projects of a large zone.

As many, filled in, can be kept in a scenario (``data.store.scenario_rows.LONGEST``).
"""

Values = dict[str, Any]
Said = tuple[Field, int]
"""What a row tells: a field and, of investment to be completed, its year; 0 of any other."""


class Found(NamedTuple):
    """A project, where its row begins, and what that tells, be it by an empty cell."""

    place: Place
    project: Project
    says: frozenset[Said]


def projects_in(
    layout: Layout,
    columns: Sequence[Read],
    problems: list[ProjectProblem],
    count: Iterator[int],
) -> Iterator[Found]:
    """Yield the projects of a table; ids are those of the file, or empty.

    Parameters
    ----------
    count
        Counts the rows of all tables of a file; ``MOST_ROWS`` of them are read.
    """
    table = Table(layout, columns)
    for row in filled_rows(table):
        if next(count) >= MOST_ROWS:
            problems.append(_of_row(Code.TOO_MANY_ROWS, layout, row, str(MOST_ROWS)))
            return
        code = left_out(row, layout)
        if code:
            problems.append(_of_row(code, layout, row, row.first()))
        else:
            place = Place(layout.sheet.name, row.number + 1, 1)
            yield Found(place, *_project(table, row, problems))


def _of_row(code: Code, layout: Layout, row: Row, found: str) -> ProjectProblem:
    return ProjectProblem(code, layout.sheet.name, row.number + 1, found=found[:_FOUND])


def _project(
    table: Table, row: Row, problems: list[ProjectProblem]
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


def _value(table: Table, row: Row, column: Read) -> Any:
    """Return the value of a cell, None where it is empty."""
    cell = cell_of(table, row, column)
    alone = column.field in _SPREAD or not is_spread(table, row, column)
    if not alone and not cells.says_nothing(cell):
        raise Unread(Code.MERGED)
    shown = (row.number + 1, column.place + 1) in table.layout.sheet.percent
    return READERS[column.field](cell, column, shown)


def _tell(code: Code, table: Table, row: Row, column: Read, problems: list[ProjectProblem]) -> None:
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
