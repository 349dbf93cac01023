"""The tasks in an opened file, and what in it was not read, left out or is in doubt.

A ledger has sections (一、招商引资), merged cells for units, heads over several rows and due dates
in words. Sheets, merged cells and heads over several columns are those of ``data.workbook``; which
rows are the head is found by its words. A cell that cannot be read leaves its field empty; the row
stays. Names of people are never read.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from data.plan.tasks.dates import parse_day, parse_due
from data.plan.tasks.fields import (
    GUIDE,
    STATUSES,
    Links,
    TaskField,
    TaskHeading,
    heading_of,
    is_of_people,
)
from data.plan.tasks.notation import COMMAS, PARTS, read_evidence, read_node, split
from data.projects import cells
from data.projects.problems import Unread
from data.workbook.book import Book, Cell, Sheet
from data.workbook.tables.columns import heads_above
from data.workbook.tables.grid import Grid
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import find_year
from forecasting.plan.evidence import with_known_files
from forecasting.plan.tasks import Ledger, Node, Task

MOST_TASKS = 300
"""Rows of one file: as many, as long as they are usually written, can be kept."""
LONGEST = 500
"""Characters of a cell that are kept; what is longer is cut, and told."""
_SEARCHED, _DEEPEST, _WIDEST = 40, 3, 80


class TaskCode(StrEnum):
    """What is wrong, or was left out; its sentence is under ``tasks.problem.<value>``."""

    NO_TABLE = "no_table"  # no sheet has a head of a ledger of tasks
    HIDDEN_SHEET = "hidden_sheet"
    UNREAD_SHEET = "unread_sheet"
    TOO_MANY_ROWS = "too_many_rows"
    UNKNOWN_COLUMN = "unknown_column"
    YEAR = "year"  # the title names another year, which due dates then are of
    PEOPLE_COLUMN = "people_column"  # holds names of people, which are not kept
    REPEATED_COLUMN = "repeated_column"
    SECTION_ROW = "section_row"  # of no known line
    TOTAL_ROW = "total_row"
    NO_WORK = "no_work"
    DUPLICATE = "duplicate"  # the same work again; both are tasks
    DUE = "due"  # the text stays, without a day
    DAY = "day"
    LINE = "line"
    DRIVE = "drive"
    NUMBERS = "numbers"
    SHARE = "share"
    STATED = "stated"
    INDICATOR = "indicator"
    LEVER = "lever"
    CUT = "cut"

    @property
    def mends(self) -> bool:
        """Whether somebody should mend the file; else something was left out on purpose."""
        return self not in _LEFT_OUT


_LEFT_OUT = frozenset(
    {
        TaskCode.HIDDEN_SHEET, TaskCode.UNREAD_SHEET, TaskCode.UNKNOWN_COLUMN,
        TaskCode.PEOPLE_COLUMN, TaskCode.TOTAL_ROW,
    }
)  # fmt: skip


class TaskProblem(NamedTuple):
    """Something that was not read, left out or is in doubt; rows count from 1, 0 is no row."""

    code: TaskCode
    sheet: str = ""
    row: int = 0
    head: str = ""
    found: str = ""


class TaskRow(NamedTuple):
    """A task and the fields that its row gives, be it by empty cells."""

    task: Task
    gives: frozenset[TaskField]
    quarters: frozenset[int] = frozenset()
    """Of the nodes that it gives."""


@dataclass(frozen=True, slots=True)
class TasksRead:
    """What was read: tasks with different ids, and problems, as in the file."""

    rows: tuple[TaskRow, ...]
    problems: tuple[TaskProblem, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks in the order of the file."""
        return tuple(row.task for row in self.rows)


def read_tasks(book: Book, links: Links, year: int) -> TasksRead:
    """Read every ledger of tasks in a file.

    Parameters
    ----------
    book
        As ``data.workbook.open.opening`` opens a file or pasted cells; that refuses what is none.
    links
        What tasks may name.
    year
        Of due dates that name none, where no title does.
    """
    problems: list[TaskProblem] = []
    reader = _Reader(links, year, problems)
    rows = list(itertools.chain.from_iterable(map(reader.rows_of, _tables(book, problems))))
    return TasksRead(tuple(_with_ids(rows, problems)), tuple(problems))


def id_of(work: str) -> str:
    """Return the id of a task that has none: the same for the same work, however spaced."""
    return "T" + hashlib.sha256(compact(work).encode()).hexdigest()[:10]


def taken_over(ledger: Ledger, read: TasksRead, *, replacing: bool) -> Ledger:
    """Return a ledger with the tasks of a file.

    What the columns of the file do not hold stays as it is, such as evidence that was recorded
    since; tasks that the file does not have go where it replaces the ledger, and stay otherwise.
    """
    known = {task.id: task for task in ledger.tasks}
    found = {
        row.task.id: _updated(known[row.task.id], row) if row.task.id in known else row.task
        for row in read.rows
    }
    stay = () if replacing else tuple(found.get(one.id, one) for one in ledger.tasks)
    kept = {one.id for one in stay}
    new = tuple(one for one in found.values() if one.id not in kept)
    return msgspec.structs.replace(ledger, tasks=(*stay, *new))


def _updated(old: Task, row: TaskRow) -> Task:
    told: dict[str, Any] = {field: getattr(row.task, field) for field in row.gives - {TaskField.ID}}
    if TaskField.EVIDENCE in told:
        told[TaskField.EVIDENCE] = with_known_files(row.task.evidence, old.evidence)
    if TaskField.NODES in told:
        kept = [node for node in old.nodes if node.quarter not in row.quarters]
        told[TaskField.NODES] = _in_order([*kept, *row.task.nodes])
    return msgspec.structs.replace(old, **told)


def _in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda node: node.quarter))


def _with_ids(rows: Sequence[TaskRow], problems: list[TaskProblem]) -> Iterator[TaskRow]:
    used: set[str] = set()
    given = {row.task.id for row in rows}
    for task, gives, quarters in rows:
        id = task.id or id_of(task.work)
        if id in used:
            problems.append(TaskProblem(TaskCode.DUPLICATE, found=task.work[:60]))
            numbered = (f"{id}-{number}" for number in itertools.count(2))
            id = next(one for one in numbered if one not in used | given)
        used.add(id)
        yield TaskRow(msgspec.structs.replace(task, id=id), gives, quarters)


class _Column(NamedTuple):
    place: int
    text: str
    heading: TaskHeading | None


@dataclass(frozen=True, slots=True)
class _Table:
    grid: Grid
    head: range
    columns: tuple[_Column, ...]
    file: str

    @property
    def rank(self) -> tuple[int, int]:
        known = {column.heading for column in self.columns if column.heading}
        return len(known), -len(self.head)

    @property
    def is_ledger(self) -> bool:
        """Whether it has works, and what only a ledger of tasks has beside them."""
        fields = {column.heading.field for column in self.columns if column.heading}
        return TaskField.WORK in fields and bool(
            fields
            & {
                TaskField.DUE,
                TaskField.UNIT,
                TaskField.NODES,
                TaskField.STANDARD,
                TaskField.LINES,
                TaskField.STATED,
            }
        )


def _tables(book: Book, problems: list[TaskProblem]) -> Iterator[_Table]:
    """Yield the table of every sheet that has one and is shown."""
    found = False
    for sheet in book.sheets:
        if not any(map(any, sheet.rows)) or sheet.name in (GUIDE.zh, GUIDE.en):
            continue
        table = None if sheet.hidden else _table_of(sheet, book.file)
        if table:
            found = True
            yield table
        else:
            code = TaskCode.HIDDEN_SHEET if sheet.hidden else TaskCode.UNREAD_SHEET
            problems.append(TaskProblem(code, sheet.name))
    if not found:
        problems[:] = [TaskProblem(TaskCode.NO_TABLE)]


def _table_of(sheet: Sheet, file: str) -> _Table | None:
    """Return the table of a sheet: its head is the rows in which most columns are known."""
    grid = Grid(sheet)
    top = Grid(replace(sheet, rows=tuple(row[:_WIDEST] for row in sheet.rows[:_SEARCHED])))
    heads = [
        _Table(grid, range(first, last), tuple(_columns(top, range(first, last))), file)
        for first in range(len(top.rows))
        for last in range(first + 1, min(first + _DEEPEST, len(top.rows)) + 1)
    ]
    return max((one for one in heads if one.is_ledger), key=lambda one: one.rank, default=None)


def _columns(grid: Grid, head: range) -> Iterator[_Column]:
    for place in range(grid.width):
        texts = (plain(cells.text(cell)) for cell in heads_above(grid, head, place))
        if parts := tuple(dict.fromkeys(filter(None, texts))):
            yield _Column(place, " ".join(parts), _heading(parts))


def _heading(parts: Sequence[str]) -> TaskHeading | None:
    """Return what the parts of a head say: the lowest one, else all of them together."""
    below = heading_of(parts[-1])
    return below or heading_of(" ".join(parts)) or heading_of(parts[0])


class _Unread(Exception):
    """A cell is not what its column holds; the value is what can be kept all the same."""

    def __init__(self, code: TaskCode, value: object = None) -> None:
        super().__init__(code)
        self.code, self.value = code, value


_TOTAL = re.compile(
    r"(?:合计|总计|共计|小计|TOTAL)(?:[:(].*)?|(?:注|备注|说明|填表|填报|制表|审核|NOTE)[^:]{0,8}:.*"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+条?)[、.:]?"
)
_STATUS = {
    compact(word): status
    for status, (names, words) in STATUSES.items()
    for word in (names.zh, names.en, *words.split())
}
_SPREAD = frozenset(TaskField) - {TaskField.ID, TaskField.NUMBER}
"""What merged cells give to each of their rows."""


class _Reader:
    """Reads the rows of tables, with what stands in their sections."""

    def __init__(self, links: Links, year: int, problems: list[TaskProblem]) -> None:
        self._links, self._year, self._problems = links, year, problems
        self._count = itertools.count()

    def rows_of(self, table: _Table) -> Iterator[TaskRow]:
        """Yield the tasks of a table; ids are those of the file, or empty."""
        columns, year = self._columns_of(table), self._year_of(table)
        section: dict[str, tuple[str, ...]] = {}
        for number in range(table.head.stop, len(table.grid.rows)):
            texts = [cells.text(cell) for cell in table.grid.rows[number]]
            filled = [text for text in texts if text]
            numbers = {c.place for c in columns if _field(c) is TaskField.NUMBER}
            if all(
                place in numbers and text.isdecimal() for place, text in enumerate(texts) if text
            ):
                continue
            if _TOTAL.fullmatch(compact(filled[0])):
                self._tell(TaskCode.TOTAL_ROW, table, number, found=filled[0])
                continue
            if (title := self._section(filled, columns, texts)) is not None:
                section = self._of_section(title, table, number)
                continue
            if next(self._count) >= MOST_TASKS:
                self._tell(TaskCode.TOO_MANY_ROWS, table, number, found=str(MOST_TASKS))
                return
            row = self._task(table, number, columns, year, section)
            if row is not None:
                yield row

    def _columns_of(self, table: _Table) -> list[_Column]:
        """Return the columns that are read; of two of the same field the first."""
        read: dict[tuple[TaskField, int], _Column] = {}
        for column in table.columns:
            if column.heading is None:
                people = is_of_people(column.text) or is_of_people(column.text.split()[-1])
                code = TaskCode.PEOPLE_COLUMN if people else TaskCode.UNKNOWN_COLUMN
                self._tell(code, table, head=column.text)
                continue
            key = column.heading.field, column.heading.quarter
            if key in read:
                self._tell(TaskCode.REPEATED_COLUMN, table, head=column.text)
            else:
                read[key] = column
        return list(read.values())

    def _year_of(self, table: _Table) -> int:
        """Return the one year that title, sheet or file names, else that of the ledger."""
        above = [cell for row in table.grid.rows[: table.head.start] for cell in row]
        for titles in (above, [table.grid.sheet.name], [table.file]):
            years = {
                found[0] for text in titles if isinstance(text, str) if (found := find_year(text))
            }
            if len(years) == 1:
                (year,) = years
                if year != self._year:
                    self._tell(TaskCode.YEAR, table, found=str(year))
                return year
        return self._year

    def _section(
        self, filled: Sequence[str], columns: Sequence[_Column], texts: Sequence[str]
    ) -> str | None:
        """Return the title of a section, None where a row is a task."""
        distinct = list(dict.fromkeys(filled))
        title = " ".join(distinct)
        if len(distinct) == 2 and _NUMBERED.fullmatch(compact(distinct[0])):
            return title
        if len(distinct) != 1:
            return None
        works = {c.place for c in columns if _field(c) is TaskField.WORK}
        alone = all(not text for place, text in enumerate(texts) if place in works)
        known = bool(
            _ids_in(_bare(title), self._links.lines) or _ids_in(_bare(title), self._links.drives)
        )
        return title if alone or known or _NUMBERED.match(compact(title)) else None

    def _of_section(self, title: str, table: _Table, row: int) -> dict[str, tuple[str, ...]]:
        bare = _bare(title)
        if lines := _ids_in(bare, self._links.lines):
            return {TaskField.LINES: lines}
        if drives := _ids_in(bare, self._links.drives):
            return {TaskField.DRIVES: drives}
        self._tell(TaskCode.SECTION_ROW, table, row, found=title)
        return {}

    def _task(
        self,
        table: _Table,
        row: int,
        columns: Sequence[_Column],
        year: int,
        section: Mapping[str, tuple[str, ...]],
    ) -> TaskRow | None:
        values: dict[str, Any] = dict(section)
        gives = set(map(TaskField, section))
        nodes: list[Node] = []
        quarters: set[int] = set()
        for column in columns:
            heading = column.heading
            assert heading is not None
            own, cell = heading.field, self._cell(table, row, column)
            gives.add(own)
            if own is TaskField.NODES:
                quarters.add(heading.quarter)
            try:
                value = self._value(
                    cell,
                    heading,
                    year,
                    shown=(row + 1, column.place + 1) in table.grid.sheet.percent,
                )
            except _Unread as error:
                self._tell(error.code, table, row, column.text, cells.text(cell))
                value = error.value
                if value is None:
                    quarters -= {heading.quarter} if own is TaskField.NODES else set()
                    if own is not TaskField.NODES or not quarters:
                        gives.discard(own)
            if type(value) is str and len(value) > LONGEST:
                self._tell(TaskCode.CUT, table, row, column.text, value)
                value = value[:LONGEST]
            if isinstance(value, Node):
                nodes.append(value)
            elif own is TaskField.STATED and type(value) is str:
                values.setdefault(TaskField.NOTE, value)
                gives.add(TaskField.NOTE)
            elif value not in (None, ""):
                values[own] = value
        if not values.get(TaskField.WORK):
            self._tell(TaskCode.NO_WORK, table, row)
            return None
        if nodes:
            values[TaskField.NODES] = _in_order(nodes)
        task = Task(
            **{TaskField.ID.value: "", **{str(key): value for key, value in values.items()}}
        )
        return TaskRow(task, frozenset(gives), frozenset(quarters))

    def _cell(self, table: _Table, row: int, column: _Column) -> Cell:
        """Return a cell, or the first of those it is merged with down its column."""
        top, left = table.grid.anchor(row, column.place)
        spread = left == column.place and table.head.stop <= top < row
        if spread and _field(column) in _SPREAD:
            return table.grid.cell(top, column.place)
        return table.grid.cell(row, column.place)

    def _value(self, cell: Cell, heading: TaskHeading, year: int, *, shown: bool) -> object:
        """Return the value of a cell, None where it is empty."""
        own = heading.field
        if own is TaskField.SHARE:
            return self._share(cell, heading, shown=shown)
        if own is TaskField.DUE:
            due = parse_due(cell, year)
            if due.text and due.day is None and not due.standing:
                raise _Unread(TaskCode.DUE, due)
            return due if due.text else None
        if cells.says_nothing(cell):
            return None
        text = cells.text(cell)
        if own is TaskField.FINISHED:
            day = parse_day(cell, year)
            if day is None:
                raise _Unread(TaskCode.DAY)
            return day
        if own is TaskField.NODES:
            return read_node(text, heading.quarter)
        if own is TaskField.EVIDENCE:
            return read_evidence(text)
        if own is TaskField.STATED:
            return _STATUS.get(compact(text), text)
        if own in (TaskField.WORKS, TaskField.LINKS):
            return self._numbers(text, own)
        if own in (TaskField.LINES, TaskField.DRIVES, TaskField.INDICATORS, TaskField.LEVERS):
            return self._known(text, own)
        if own in (TaskField.OTHERS, TaskField.PROJECTS):
            return split(text, COMMAS if own is TaskField.OTHERS else PARTS)
        return " ".join(text.split("\n")) if own is TaskField.UNIT else text

    def _share(self, cell: Cell, heading: TaskHeading, *, shown: bool) -> float | None:
        status = _STATUS.get(compact(cells.text(cell)))
        if status is not None:
            return None  # a word in a column of shares records nothing
        try:
            return cells.share(cell, shown_percent=shown, head_percent=heading.percent)
        except Unread:
            raise _Unread(TaskCode.SHARE) from None

    def _numbers(self, text: str, own: TaskField) -> tuple[int, ...]:
        most = self._links.outline.discussion
        last = most.works if own is TaskField.WORKS else most.links
        parts = [compact(part) for part in split(text)]
        if not all(part.isdecimal() and 1 <= int(part) <= last for part in parts):
            raise _Unread(TaskCode.NUMBERS)
        return tuple(sorted({int(part) for part in parts}))

    def _known(self, text: str, own: TaskField) -> tuple[str, ...]:
        names, code = {
            TaskField.LINES: (self._links.lines, TaskCode.LINE),
            TaskField.DRIVES: (self._links.drives, TaskCode.DRIVE),
            TaskField.INDICATORS: (self._links.indicators, TaskCode.INDICATOR),
            TaskField.LEVERS: (self._links.levers, TaskCode.LEVER),
        }[own]
        found: list[str] = []
        parts = split(text)
        for part in parts:
            id = _id_of(_bare(part), names) or _id_of(compact(part), names)
            if id:
                found.append(id)
        ids = tuple(dict.fromkeys(found))
        if len(found) < len(parts):
            raise _Unread(code, ids or None)
        return ids

    def _tell(
        self, code: TaskCode, table: _Table, row: int = -1, head: str = "", found: str = ""
    ) -> None:
        sheet = table.grid.sheet.name
        self._problems.append(TaskProblem(code, sheet, row + 1, head, found[:120]))


def _field(column: _Column) -> TaskField | None:
    return column.heading.field if column.heading else None


def _bare(title: str) -> str:
    """Return a title without its number and what it is one of."""
    bare = _NUMBERED.sub("", compact(title)) or compact(title)
    return bare.removesuffix("战线").removesuffix("工作")


def _id_of(text: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the id that is called so."""
    for id, own in names.items():
        if text == compact(id) or text in map(compact, own):
            return id
    return None


def _ids_in(title: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the ids whose names stand in a title; numbers alone are none."""
    return tuple(
        id
        for id, own in names.items()
        if any(len(one) > 2 and compact(one) in title for one in own)
    )
