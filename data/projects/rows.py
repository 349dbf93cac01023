"""The rows of a table as projects, and those that are none: totals, sections, notes, examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from data.projects import cells, lists
from data.projects.columns import Read
from data.projects.heads import NUMBER, PERCENT, is_money, unit_of
from data.projects.layout import Layout, spread_down
from data.projects.problems import Code, ProjectProblem, Unread
from data.projects.words import Field
from data.workbook.book import Cell, Place
from data.workbook.text import compact
from forecasting.scenario.entries import Project
from forecasting.scenario.fields import LARGEST

_TOTAL = re.compile(r"(?:合计|总计|共计|小计|累计|总数|TOTAL|SUBTOTAL)(?:\(.*\)|:.*|[0-9]+个.*)?")
_SECTION = re.compile(
    r"[一二三四五六七八九十]+[、.].+|\([一二三四五六七八九十]+\).+|第[一二三四五六七八九十]+[类批部].*"
)
_SECTION_NUMBER = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
"""In a column of running numbers, where projects have 1, 2, 3."""
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|审签|联系|负责|分管|单位负责|NOTE|PREPARED|SOURCE)"
    r"[^:]{0,8}:.*|注[0-9]*[.、].*"
)
_EXAMPLE = re.compile(r"(?:示例|样例|例|EXAMPLE)(?:项目)?(?:[:(].*|[0-9]*)")
_SPREAD = (Field.OWNER, Field.BLOCKING, Field.STAGE)
"""What one merged cell may say for several projects; a number would count several times."""
_FOUND = 200
MOST_ROWS = 3_000
"""Rows of one file, empty ones apart: several times the projects of a large zone."""

Values = dict[str, Any]
Said = tuple[Field, int]
"""What a row tells: a field and, of investment to be completed, its year; 0 of any other."""


class Found(NamedTuple):
    """A project, where its row begins, and what that tells, be it by an empty cell."""

    place: Place
    project: Project
    says: frozenset[Said]


class _Row:
    """One row below the head."""

    def __init__(self, table: _Table, number: int) -> None:
        self._table = table
        self.number = number
        self._cells = table.layout.sheet.rows[number]

    def cell(self, place: int) -> Cell:
        return self._cells[place] if place < len(self._cells) else None

    def filled(self) -> list[Cell]:
        """Return the cells that say something, running numbers apart."""
        return [
            cell
            for place, cell in enumerate(self._cells)
            if place not in self._table.numbers and cells.text(cell)
        ]

    def label(self, field: Field) -> str:
        """Return the text of the first column of a field."""
        place = self._table.places.get(field)
        return "" if place is None else cells.text(self.cell(place))

    def numbered(self) -> list[str]:
        """Return the texts in columns of running numbers."""
        return [cells.text(self.cell(place)) for place in self._table.numbers]

    def first(self) -> str:
        """Return the first text of the row, one in a column of running numbers before others."""
        return next(filter(None, (*self.numbered(), *map(cells.text, self.filled()))), "")

    def heads_section(self) -> bool:
        """Return whether it says what the rows below it are: 一、签约项目."""
        if self.label(Field.ID):
            return False
        if self._table.counted and any(
            _SECTION_NUMBER.fullmatch(compact(number)) for number in self.numbered()
        ):
            return True
        labels = [*self.numbered(), self.label(Field.NAME)]
        return any(_SECTION.fullmatch(compact(label)) for label in labels)


class _Table:
    """What the rows of a table have in common."""

    def __init__(self, layout: Layout, columns: Sequence[Read]) -> None:
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
    table = _Table(layout, columns)
    for row in _filled_rows(table):
        if next(count) >= MOST_ROWS:
            problems.append(_of_row(Code.TOO_MANY_ROWS, layout, row, str(MOST_ROWS)))
            return
        code = _left_out(row, layout)
        if code:
            problems.append(_of_row(code, layout, row, row.first()))
        else:
            place = Place(layout.sheet.name, row.number + 1, 1)
            yield Found(place, *_project(table, row, problems))


def _filled_rows(table: _Table) -> Iterator[_Row]:
    """Yield the rows below the head that say something, a running number apart."""
    for number in range(table.layout.bottom + 1, len(table.layout.sheet.rows)):
        row = _Row(table, number)
        if row.filled() or any(text and not _is_count(text) for text in row.numbered()):
            yield row


def _is_count(text: str) -> bool:
    return compact(text).rstrip(".、").isdecimal()


def _of_row(code: Code, layout: Layout, row: _Row, found: str) -> ProjectProblem:
    return ProjectProblem(code, layout.sheet.name, row.number + 1, found=found[:_FOUND])


def is_left_out(identity: str) -> bool:
    """Return whether an id is none, but says that its row is a total or an example."""
    return any(form.fullmatch(compact(identity)) for form in (_TOTAL, _EXAMPLE))


def _left_out(row: _Row, layout: Layout) -> Code | None:
    """Return why a row is no project; None where it is one, or empty.

    A row with an id is a project whatever it is called.
    """
    filled = row.filled()
    identity, name = row.label(Field.ID), row.label(Field.NAME)
    labels = [identity] if identity else [*row.numbered(), name]
    squeezed = [compact(label) for label in labels if label]
    first = next(iter(squeezed), compact(cells.text(filled[0]) if filled else ""))
    if any(map(_TOTAL.fullmatch, squeezed)):
        return Code.TOTAL_ROW
    if any(map(_EXAMPLE.fullmatch, squeezed)):
        return Code.EXAMPLE_ROW
    if len(filled) <= 2 and _NOTE.fullmatch(first):
        return Code.NOTE_ROW
    if row.heads_section():
        return Code.SECTION_ROW
    if name and _is_head(row, layout):
        return Code.REPEATED_HEAD
    if filled and not identity and not any(map(str.isalnum, name)):
        return Code.NO_NAME
    return None


def _is_head(row: _Row, layout: Layout) -> bool:
    """Return whether a row says the head once more, as at the top of a printed page."""
    heads = [layout.sheet.rows[number] for number in range(layout.top, layout.bottom + 1)]
    said = _said(layout.sheet.rows[row.number])
    return any(said == _said(head) for head in heads)


def _said(row: Sequence[Cell]) -> list[str]:
    return [text for cell in row if (text := compact(cells.text(cell)))]


def _project(
    table: _Table, row: _Row, problems: list[ProjectProblem]
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


def _value(table: _Table, row: _Row, column: Read) -> Any:
    """Return the value of a cell, None where it is empty."""
    cell = _cell(table, row, column)
    alone = column.field in _SPREAD or not _is_spread(table, row, column)
    if not alone and not cells.says_nothing(cell):
        raise Unread(Code.MERGED)
    shown = (row.number + 1, column.place + 1) in table.layout.sheet.percent
    return _READERS[column.field](cell, column, shown)


def _is_spread(table: _Table, row: _Row, column: Read) -> bool:
    """Return whether a cell is merged with one above; names and ids are not taken from there."""
    merged = (row.number, column.place) in table.above
    return merged and column.field not in (Field.ID, Field.NAME)


def _cell(table: _Table, row: _Row, column: Read) -> Cell:
    """Return what a cell says, or the first of those it is merged with."""
    if _is_spread(table, row, column):
        return _Row(table, table.above[row.number, column.place]).cell(column.place)
    return row.cell(column.place)


def _tell(
    code: Code, table: _Table, row: _Row, column: Read, problems: list[ProjectProblem]
) -> None:
    """Tell of a cell that is not what its column holds."""
    # A unit that is missing is missing from the whole column: it is told once.
    if code is Code.UNIT_MISSING and column.place in table.without_unit:
        return
    if code is Code.UNIT_MISSING:
        table.without_unit.add(column.place)
    found = cells.text(_cell(table, row, column))[:_FOUND]
    sheet = table.layout.sheet.name
    problems.append(
        ProjectProblem(code, sheet, row.number + 1, column.place + 1, column.text, found)
    )


Reader = Callable[[Cell, Read, bool], object]


def _label(cell: Cell, column: Read, shown_percent: bool) -> str | None:
    return cells.text(cell) or None


def _remark(cell: Cell, column: Read, shown_percent: bool) -> str | None:
    return None if cells.says_nothing(cell) else cells.text(cell)


def _money(cell: Cell, column: Read, shown_percent: bool) -> float | None:
    value = cells.amount(cell, column.unit, unit_of(column.field))
    # Tax may be paid back; nothing else is below zero.
    return cells.within(value, -LARGEST if column.field is Field.TAX else 0.0)


def _share(cell: Cell, column: Read, shown_percent: bool) -> float | None:
    return cells.share(cell, shown_percent=shown_percent, head_percent=column.unit == PERCENT)


def _quarter(cell: Cell, column: Read, shown_percent: bool) -> object:
    return cells.quarter(cell)


def _delay(cell: Cell, column: Read, shown_percent: bool) -> object:
    return lists.delay(cell, head_quarters="季" in column.text)


_READERS: Mapping[Field, Reader] = {
    Field.ID: _label,
    Field.NAME: _label,
    Field.OWNER: _remark,
    Field.BLOCKING: _remark,
    Field.STAGE: lambda cell, column, shown: cells.stage(cell),
    Field.INDUSTRIAL: lambda cell, column, shown: cells.flag(cell),
    Field.RAMP: lambda cell, column, shown: lists.ramp(cell),
    Field.DELAY: _delay,
    **dict.fromkeys(filter(is_money, Field), _money),
    **dict.fromkeys((Field.VALUE_ADDED_RATE, Field.RETAINED, Field.START_PROBABILITY), _share),
    **dict.fromkeys(
        (Field.SIGNED, Field.STARTED, Field.RECORDED, Field.PRODUCING, Field.COUNTED), _quarter
    ),
}
