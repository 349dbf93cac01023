"""The projects in an opened file, and what in it was not read, left out or is in doubt.

Columns may stand in any order and be called as planning offices call them; a title may stand
above and notes below; a sheet may hold several tables, each with a head of its own. A cell that
cannot be read leaves its field at the usual value; the row stays. Sheets, merged cells and heads
over several columns are those of ``data.workbook``; which rows are the head is found by its words,
for a table of projects may hold no numbers at all.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from data.projects import cells
from data.projects.cells import READERS
from data.projects.fields import GUIDE, YEARLY, Field, Heading, Holds, NoField, head_of
from data.projects.problems import Code, ProjectProblem, Unread
from data.workbook.book import Book, Cell, Place, Sheet
from data.workbook.tables.columns import heads_above
from data.workbook.tables.grid import Grid
from data.workbook.words.normalise import compact, plain
from data.workbook.words.periods import find_year, parse_year
from data.workbook.words.units import convert, find_unit, find_units
from forecasting.scenario.projects import Project

MOST_ROWS = 2_000
"""Rows of one file, empty ones apart: several times the projects of a large zone.

As many, filled in, can be kept in a scenario (``data.store.scenarios.LONGEST``).
"""

FieldOfYear = tuple[Field, int]
"""A field and, of one that has a column for each, its year; 0 of any other."""


class ProjectRow(NamedTuple):
    """A project, where its row begins, and which fields the row gives, be it by empty cells."""

    place: Place
    project: Project
    gives: frozenset[FieldOfYear]


@dataclass(frozen=True, slots=True)
class ProjectsRead:
    """What was read: rows whose projects have different ids, and problems, as in the file."""

    rows: tuple[ProjectRow, ...]
    problems: tuple[ProjectProblem, ...]

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects in the order of the file."""
        return tuple(row.project for row in self.rows)

    @property
    def to_mend(self) -> tuple[ProjectProblem, ...]:
        """The problems that somebody should mend; the others name what was left out."""
        return tuple(problem for problem in self.problems if problem.code.mends)

    @property
    def repeated(self) -> tuple[int, ...]:
        """Which projects have the name of one before them and no id of their own in the file."""
        names = [compact(project.name) for project in self.projects]
        return tuple(
            place
            for place, project in enumerate(self.projects)
            if names.index(names[place]) < place and project.id.startswith(id_of(project.name))
        )

    def without_repeated(self) -> ProjectsRead:
        """Return the same with each project once, as its first row says it.

        Where that stands in a table without a column, a later row that has one completes it.
        """
        repeated = set(self.repeated)
        names = [compact(row.project.name) for row in self.rows]
        rows = dict(enumerate(self.rows))
        for place in self.repeated:
            first = names.index(names[place])
            rows[first] = _completed(rows[first], rows[place])
        kept = tuple(row for place, row in rows.items() if place not in repeated)
        return replace(self, rows=kept)


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
        above names one. Without it they are not read.
    """
    problems: list[ProjectProblem] = []
    count = itertools.count()
    rows = [
        row
        for table in _tables(book, problems)
        for row in _rows_of(table, table.read_columns(year, unit), count)
    ]
    rows = list(_with_ids(rows, problems))
    order = [sheet.name for sheet in book.sheets]
    problems.sort(key=lambda it: (order.index(it.sheet) if it.sheet in order else -1, it.row))
    return ProjectsRead(tuple(rows), tuple(problems))


def _completed(first: ProjectRow, other: ProjectRow) -> ProjectRow:
    """Return a row of a project with what only another of its rows gives."""
    lacking = other.gives - first.gives
    values: dict[str, Any] = {
        field: getattr(other.project, field) for field, year in lacking if not year
    }
    for field in YEARLY:
        own, others = getattr(first.project, field), getattr(other.project, field)
        added = [entry for entry in others if (field, entry[0]) in lacking]
        values[field] = tuple(sorted((*own, *added)))
    project = replace(first.project, **values)
    return first._replace(project=project, gives=first.gives | lacking)


def id_of(name: str) -> str:
    """Return the id of a project that has none: the same for the same name, however spaced."""
    return "P" + hashlib.sha256(compact(name).encode()).hexdigest()[:10]


def _with_ids(rows: Sequence[ProjectRow], problems: list[ProjectProblem]) -> Iterator[ProjectRow]:
    """Yield the rows with an id for each project; ids and names that come twice are problems."""
    used = {row.project.id for row in rows}
    ids: dict[str, Place] = {}
    names: dict[str, Place] = {}
    for row in rows:
        place, project, _ = row
        name = compact(project.name)
        for code, text, first in (
            (Code.DUPLICATE_ID, project.id, ids.get(project.id)),
            (Code.DUPLICATE_NAME, project.name, names.get(name)),
        ):
            if text and first:
                other = str(first.row)
                problems.append(ProjectProblem(code, place.sheet, place.row, 0, "", text, other))
        if not project.id or project.id in ids:
            wanted = id_of(project.name)
            numbered = (f"{wanted}-{number}" for number in itertools.count(2))
            free = next(id for id in itertools.chain([wanted], numbered) if id not in used)
            project = replace(project, id=free)
        used.add(project.id)
        ids[project.id] = place
        names.setdefault(name, place)
        yield row._replace(project=project)


def _tables(book: Book, problems: list[ProjectProblem]) -> Iterator[_Table]:
    """Yield the tables of every sheet that is shown."""
    sheets = [
        sheet
        for sheet in book.sheets
        if any(map(any, sheet.rows)) and sheet.name not in (GUIDE.zh, GUIDE.en)
    ]
    found = [[] if sheet.hidden else _tables_of(sheet, book.file, problems) for sheet in sheets]
    for sheet, tables in zip(sheets, found, strict=True):
        yield from tables
        if sheet.hidden or (any(found) and not tables):
            code = Code.HIDDEN_SHEET if sheet.hidden else Code.UNREAD_SHEET
            problems.append(ProjectProblem(code, sheet.name))
    if not any(found):
        reasons = [_is_no_ledger(Grid(sheet)) for sheet in sheets if not sheet.hidden]
        problems.append(ProjectProblem(next(filter(None, reasons), Code.NO_TABLE)))


_SEARCHED = 40
"""Rows from the top that may be the head."""
_DEEPEST = 3
"""Rows that a head may take."""
_WIDEST = 150
"""Columns that may have a head."""
_LONGEST = 200
"""Characters of a cell that a problem repeats."""
_LONGEST_NAME = 20
"""Characters of a head of names or ids."""
_IDENTITY = (Field.ID, Field.NAME)
"""What tells projects apart."""
_FEWEST_PAIRS = 3
"""Fields with a value beside each that make a sheet of a single project."""
_UNIT_NOTE = re.compile(r"单位 ?:|UNIT ?:", re.IGNORECASE)


def _tables_of(sheet: Sheet, file: str, problems: list[ProjectProblem]) -> list[_Table]:
    """Return the tables of a sheet, from the top.

    The head of the first one found is the rows in which most columns are known. Others begin where
    a single row is a head, with names or ids of projects and what a project has besides, unless
    it repeats one.
    """
    grid = Grid(sheet)

    def best(tops: Iterable[int], within: range) -> _Table | None:
        heads = [
            _Table(grid, rows, list(_columns_below(grid, rows)), file, problems)
            for top in tops
            for rows in (range(top, bottom + 1) for bottom in range(top, top + _DEEPEST))
            if rows.start in within and rows.stop <= within.stop
        ]
        ledgers = [head for head in heads if head.is_of_projects]
        return max(ledgers, key=lambda head: head.rank, default=None)

    searched = range(min(_SEARCHED, len(sheet.rows)))
    main = best(searched, searched)
    if main is None:
        return []
    tables = [main]
    for row in range(len(sheet.rows)):
        last = max((one.head.stop for one in tables if one is not main), default=0)
        if row in main.head or row < last or not _names_projects(grid.rows[row]):
            continue
        end = main.head.start if row < main.head.start else len(sheet.rows)
        alone = best([row], range(row, row + 1))
        if alone and not any(one.repeats_head(alone.texts) for one in tables):
            head = best([row], range(row, min(row + _DEEPEST, end))) or alone
            tables.append(head)
    tables.sort(key=lambda table: table.head.start)
    for table, following in itertools.pairwise(tables):
        table.end_before(following)
        following.titles = range(tables[0].head.start)
    return tables


def _names_projects(row: Sequence[Cell]) -> bool:
    """Return whether a row has a cell that may head the names or the ids of projects."""
    texts = (
        compact(cell)
        for cell in row[:_WIDEST]
        if isinstance(cell, str) and len(cell) <= _LONGEST_NAME
    )
    return any(field.words.fullmatch(text) for text in texts for field in _IDENTITY)


def _is_no_ledger(grid: Grid) -> Code | None:
    """Return as what else than a table of projects a sheet is known, if it is."""
    rows = grid.rows[:_SEARCHED]
    headed = [
        heading.field
        for row in rows
        if (cell := next(filter(None, row[:_WIDEST]), None)) and isinstance(cell, str)
        if isinstance(heading := head_of(cell.strip(":：")), Heading)
    ]
    if Field.NAME in headed and len(set(headed)) >= _FEWEST_PAIRS:
        return Code.SINGLE_PROJECT
    return Code.NO_LEDGER if any(map(_names_projects, rows)) else None


class HeadedColumn(NamedTuple):
    """A column with a head; ``place`` counts from 0, ``heading`` is None where it is unknown."""

    place: int
    text: str
    heading: Heading | NoField | None


class _Table:
    """A table of projects in a sheet, if these rows are its head; rows and columns count from 0.

    Attributes
    ----------
    body
        Its rows below the head, to the next table of the sheet.
    above, titles
        The rows between the table before and its head, and those above the first table.
    titled
        The last row of the body where that is the title of the next table, else -1.
    """

    def __init__(
        self,
        grid: Grid,
        head: range,
        columns: Sequence[HeadedColumn],
        file: str,
        problems: list[ProjectProblem],
    ) -> None:
        columns = _named(columns, grid, head)
        self.grid, self.head, self.columns = grid, head, columns
        self.file, self.problems = file, problems
        self.known = {it.heading for it in columns if it.heading} - {NoField.SO_FAR}
        self.numbers = [it.place for it in columns if it.heading is NoField.NUMBER]
        self.places = {
            it.heading.field: it.place
            for it in reversed(columns)
            if isinstance(it.heading, Heading)
        }
        self.body = range(head.stop, len(grid.rows))
        self.above = self.titles = range(head.start)
        self.titled = -1
        self.without_unit: set[int] = set()

    def end_before(self, following: _Table) -> None:
        """End where the next table of the sheet begins, whose title may be the last row."""
        self.body = range(self.head.stop, following.head.start)
        filled = (row for row in reversed(self.body) if self.grid.filled(row, 0, self.grid.width))
        last = next(filled, -1)
        if last >= 0 and len(self.grid.filled(last, 0, self.grid.width)) == 1:
            self.titled = last
        following.above = range(max(self.titled, self.head.stop), following.head.start)

    @property
    def is_of_projects(self) -> bool:
        """Whether it names projects or their ids, and has one field of them more."""
        return bool({*_IDENTITY} & self.places.keys()) and len(self.places) > 1

    @property
    def texts(self) -> list[str]:
        """The texts of the upper row of its head."""
        return _squeezed(map(cells.text, self.grid.rows[self.head.start]))

    def repeats_head(self, texts: Sequence[str]) -> bool:
        """Return whether texts are those of a row of its head."""
        heads = (_squeezed(map(cells.text, self.grid.rows[at])) for at in self.head)
        return list(texts) in heads

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """How good the head is: known columns, units, then the lower and the upper one."""
        units = sum(isinstance(heading, Heading) and bool(heading.unit) for heading in self.known)
        return len(self.known), units, -len(self.head), -self.head.start

    @cached_property
    def counted(self) -> bool:
        """Whether rows have running numbers such as 1, 2, 3."""
        texts = (cells.text(self.grid.cell(row, at)) for row in self.body for at in self.numbers)
        return any(map(_is_count, texts))

    def texts_in(self, rows: Iterable[int]) -> list[str]:
        """Return the texts of rows."""
        return [cell for row in rows for cell in self.grid.rows[row] if isinstance(cell, str)]

    def read_columns(self, year: int | None, unit: str) -> list[tuple[Heading, HeadedColumn]]:
        """Return the columns that are read, with units and years; actual dates come first.

        Two columns may be of one date, planned and actual; of anything else the first is read.
        """
        above, titles = map(self.texts_in, (self.above, self.titles))
        named = ([self.grid.sheet.name, *above], [self.grid.sheet.name, *titles], [self.file])
        of_title = next(filter(None, map(_year_in, named)), None)
        own = self.texts_in(range(self.above.start, self.head.stop))
        unit = _unit_in(own) or _unit_in(titles) or unit
        read: dict[tuple[Field, int, bool], tuple[Heading, HeadedColumn]] = {}
        for column in self.columns:
            heading = column.heading
            if not isinstance(heading, Heading):
                if heading is not NoField.NUMBER:
                    self.problem(Code.SO_FAR_COLUMN if heading else Code.UNKNOWN_COLUMN, column)
                continue
            field = heading.field
            if heading.bare:
                self.problem(Code.TAKEN_FOR_TOTAL, column)
            if field in YEARLY and not heading.year:
                heading = replace(heading, year=of_title or year or 0)
                if not heading.year:
                    self.problem(Code.YEAR_MISSING, column)
                    continue
                if of_title:
                    self.problem(Code.YEAR_OF_TITLE, column, other=str(of_title))
            if field.holds is Holds.MONEY:
                heading = replace(heading, unit=heading.unit or unit)
                if heading.unit and convert(1.0, heading.unit, field.unit) is None:
                    self.problem(Code.UNIT_OTHER, column)
                    continue
            key = field, heading.year, heading.actual and field.holds is Holds.QUARTER
            if key in read:
                self.problem(Code.REPEATED_COLUMN, column)
            else:
                read[key] = heading, column
        return sorted(read.values(), key=lambda it: not it[0].actual)

    def cell(self, row: int, column: int) -> tuple[Cell, bool]:
        """Return a cell, or the first of those it is merged with, and whether that is another."""
        top, left = self.grid.anchor(row, column)
        spread = left == column and top in self.body and top < row
        return self.grid.cell(top if spread else row, column), spread

    def problem(
        self,
        code: Code,
        column: HeadedColumn | None,
        row: int = -1,
        found: str = "",
        other: str = "",
    ) -> None:
        """Note a problem of a column, a row or a cell."""
        place, head = (column.place + 1, column.text) if column else (0, "")
        found = found[:_LONGEST] if row >= 0 else head
        sheet = self.grid.sheet.name
        self.problems.append(ProjectProblem(code, sheet, row + 1, place, head, found, other))


def _columns_below(grid: Grid, head: range) -> Iterator[HeadedColumn]:
    for place in range(min(grid.width, _WIDEST)):
        above = heads_above(grid, head, place)
        texts = (plain(cells.text(it)) for it in above if isinstance(it, str) or parse_year(it))
        # A note on units is no part of a head.
        if parts := tuple(dict.fromkeys(it for it in texts if not _UNIT_NOTE.search(it))):
            yield HeadedColumn(place, " ".join(parts), _heading(parts))


@lru_cache(maxsize=4096)
def _heading(parts: tuple[str, ...]) -> Heading | NoField | None:
    """Return what the parts of a head say together, or the lowest one by itself.

    Not below a year, which would make something else of it.
    """
    if heading := head_of(" ".join(parts)):
        return heading
    dated = any(find_year(part) or parse_year(part) for part in parts[:-1])
    above = " ".join(parts[:-1])
    heading = None if dated else head_of(parts[-1])
    if heading is None and "投资" in above and "投资" not in parts[-1]:
        heading = head_of(f"{parts[-1]}投资")  # 年度计划 below 投资进度（万元）
    if isinstance(heading, Heading) and heading.bare:
        return None  # 设备 above 投资额
    if isinstance(heading, Heading) and heading.field.holds is Holds.MONEY and not heading.unit:
        found = find_unit(above)
        return replace(heading, unit=found[0] if found else "")
    return heading


def _named(columns: Sequence[HeadedColumn], grid: Grid, head: range) -> list[HeadedColumn]:
    """Return columns; a bare 投资额 says nothing beside the total, or below another text."""
    headings = (column.heading for column in columns)
    stated = any(
        isinstance(one, Heading) and one.field is Field.TOTAL_INVESTMENT and not one.bare
        for one in headings
    )
    return [
        column._replace(heading=None)
        if isinstance(column.heading, Heading)
        and column.heading.bare
        and (stated or (head.start and grid.cell(head.start - 1, column.place)))
        else column
        for column in columns
    ]


def _unit_in(texts: Sequence[str]) -> str:
    """Return the one unit of money that notes such as 单位：亿元 name, empty where none does."""
    notes = (text for text in texts if _UNIT_NOTE.search(plain(text)))
    units = {unit for note in notes for unit in find_units(note) if unit.endswith("CNY")}
    return units.pop() if len(units) == 1 else ""


def _year_in(titles: Sequence[str]) -> int | None:
    """Return the one year that titles name, None where there is none or several."""
    years = set()
    for title in titles:
        while year := find_year(title):
            years.add(year[0])
            title = year[1]
    return years.pop() if len(years) == 1 else None


class _Row:
    """A row below the head."""

    def __init__(self, table: _Table, number: int) -> None:
        self.number = number
        self.texts = list(map(cells.text, table.grid.rows[number]))
        texts = {place: text for place, text in enumerate(self.texts) if text}
        self.numbers = [texts[place] for place in table.numbers if place in texts]
        self.filled = [text for place, text in texts.items() if place not in table.numbers]
        self.id, self.name, self.stage = (
            texts.get(table.places.get(field, -1), "") for field in (*_IDENTITY, Field.STAGE)
        )

    @property
    def heads_others(self) -> bool:
        """Whether it has no running number of its own, but words in its place or a count."""
        if self.id or any(map(_is_count, self.numbers)):
            return False
        if self.name:
            return _COUNTED.search(compact(self.name)) is not None
        return bool(self.numbers)


def _rows_of(
    table: _Table, columns: Sequence[tuple[Heading, HeadedColumn]], count: Iterator[int]
) -> Iterator[ProjectRow]:
    """Yield the projects of a table; ids are those of the file, or empty.

    Parameters
    ----------
    count
        Counts the rows of all tables of a file; ``MOST_ROWS`` of them are read.
    """
    for number in table.body:
        row = _Row(table, number)
        if not row.filled and all(map(_is_count, row.numbers)):
            continue
        if next(count) >= MOST_ROWS:
            table.problem(Code.TOO_MANY_ROWS, None, number, str(MOST_ROWS))
            return
        if code := _left_out(row, table):
            table.problem(code, None, number, (*row.numbers, *row.filled)[0])
        else:
            yield _project(table, number, columns)


def _is_count(text: str) -> bool:
    return compact(text).rstrip(".、").isdecimal()


def _project(
    table: _Table, row: int, columns: Sequence[tuple[Heading, HeadedColumn]]
) -> ProjectRow:
    values: dict[FieldOfYear, Any] = {}
    unread: set[FieldOfYear] = set()
    for heading, column in columns:
        key = heading.field, heading.year
        try:
            value = _value(table, row, column.place, heading)
        except Unread as error:
            unread.add(key)
            _note_unread(error.code, table, row, column)
        else:
            if value is not None:
                values.setdefault(key, value)
    fields = {field: value for (field, year), value in values.items() if not year}
    by_year = {
        of: tuple(sorted((year, value) for (field, year), value in values.items() if field is of))
        for of in YEARLY
    }
    project = Project(**({Field.ID: ""} | fields | by_year))
    gives = {(heading.field, heading.year) for heading, _ in columns} - (unread - values.keys())
    return ProjectRow(Place(table.grid.sheet.name, row + 1, 1), project, frozenset(gives))


def _value(table: _Table, row: int, place: int, heading: Heading) -> object:
    """Return the value of a cell, None where it is empty."""
    cell, spread = table.cell(row, place)
    holds = heading.field.holds
    if spread and holds is Holds.LABEL:
        cell = table.grid.cell(row, place)  # every project has its own
    elif spread and holds not in _FOR_SEVERAL and not cells.says_nothing(cell):
        raise Unread(Code.MERGED)
    shown_percent = (row + 1, place + 1) in table.grid.sheet.percent
    return READERS[holds](cell, heading, shown_percent)


_FOR_SEVERAL = (Holds.REMARK, Holds.STAGE, Holds.REFERENCE)
"""What a merged cell may give to several projects; a number would count several times."""


def _note_unread(code: Code, table: _Table, row: int, column: HeadedColumn) -> None:
    """Note that a cell is not what its column holds; of a column without a unit, once."""
    if code is Code.UNIT_MISSING:
        if column.place in table.without_unit:
            return
        table.without_unit.add(column.place)
    table.problem(code, column, row, cells.text(table.cell(row, column.place)[0]))


_TOTAL = re.compile(r"(?:合计|总计|共计|小计|累计|总数|TOTAL|SUBTOTAL)(?:\(.*\)|:.*|[0-9]+个.*)?")
_COUNTED = re.compile(r"\((?:共|计)?[0-9]+[个项]\)$")
"""续建项目（3个）: the projects below."""
_ENDED = re.compile("终止|取消|解约|撤销|退出")
"""Of a stage: nothing of the project is to come."""
_ENDS_AS_TOTAL = re.compile(r".{1,12}(?:合计|小计|总计)|(?:共|计)?[0-9]+[个项](?:项目|工程)?")
"""续建项目小计, 6个: names of no project."""
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


def _is_total(label: str) -> bool:
    squeezed = compact(label)
    return bool(_TOTAL.fullmatch(squeezed) or _ENDS_AS_TOTAL.fullmatch(squeezed))


def kind_of(label: str) -> Code | None:
    """Return what a text says that its row is; None where that may be a project."""
    squeezed = compact(label)
    return next((code for code, form in _FORMS.items() if form.fullmatch(squeezed)), None)


def _left_out(row: _Row, table: _Table) -> Code | None:
    """Return why a row is no project; None where it is one.

    A row with an id is a project whatever it is called.
    """
    labels = [row.id] if row.id else [*row.numbers, *filter(None, [row.name])]
    kinds = list(map(kind_of, labels))
    first = next(iter((*labels, *row.filled)), "")
    if not row.id and any(map(_is_total, (*labels, *row.filled[:1]))):
        return Code.TOTAL_ROW
    for code in (Code.TOTAL_ROW, Code.EXAMPLE_ROW):
        if code in kinds:
            return code
    if len(row.filled) <= 2 and kind_of(first) is Code.NOTE_ROW:
        return Code.NOTE_ROW
    # Projects have the numbers 1, 2, 3, or none has.
    numbers = map(compact, row.numbers) if table.counted else ()
    if not row.id and (Code.SECTION_ROW in kinds or any(map(_SECTION_NUMBER.fullmatch, numbers))):
        return Code.SECTION_ROW
    if _ENDED.search(row.stage):
        return Code.ENDED_ROW
    if row.number == table.titled or (table.counted and row.heads_others):
        return Code.SECTION_ROW
    if row.name and table.repeats_head(_squeezed(row.texts)):
        return Code.REPEATED_HEAD
    if row.filled and not row.id and not any(map(str.isalnum, row.name)):
        return Code.NO_NAME
    return None


def _squeezed(texts: Iterable[str]) -> list[str]:
    return [squeezed for text in texts if (squeezed := compact(text))]
