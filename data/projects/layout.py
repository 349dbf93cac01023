"""Where the table of projects stands in a sheet, and which of its columns are read as what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from data.projects.fields import DATED, Field, Heading, head_of, is_money, is_so_far, same_kind
from data.projects.problems import Code, ProjectProblem
from data.workbook.book import Cell, Sheet
from data.workbook.words.normalise import plain
from data.workbook.words.periods import find_year
from data.workbook.words.units import find_units

_SEARCHED = 40
"""Rows from the top that may be the head."""
_WIDEST = 150
"""Columns that may have a head."""
_DEEPEST = 3
"""Rows that a head may take."""
_UNIT_SAID = re.compile(r"单位 ?:|UNIT ?:", re.IGNORECASE)

RowCells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ProjectColumn:
    """A column with a head; ``place`` counts from 0, ``heading`` is None where it is unknown."""

    place: int
    text: str
    heading: Heading | None

    @property
    def field(self) -> Field | None:
        """The field it is of."""
        return self.heading.field if self.heading else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table in a sheet.

    Attributes
    ----------
    top, bottom
        Rows of the head, both included, from 0.
    unit
        Code of the unit of money that a note above says for all of it, empty where none does.
    year
        The one year that the title names, None where there is none or several.
    """

    sheet: Sheet
    top: int
    bottom: int
    columns: tuple[ProjectColumn, ...]
    unit: str
    year: int | None


class _Head(NamedTuple):
    """Rows that may be a head, and the columns below it."""

    top: int
    depth: int
    columns: tuple[ProjectColumn, ...]


def find_layout(sheet: Sheet, file: str = "") -> Layout | None:
    """Return the table of a sheet: the head is the rows in which most columns are known.

    None where no head has names or ids of projects and one column more.

    Parameters
    ----------
    file
        Name of the file, which may name the year.
    """
    rows = _filled(sheet)
    heads = list(_heads(rows, spread=not sheet.merged))
    if not heads:
        return None
    top, depth, columns = max(heads, key=_rank)
    titles = [sheet.name, *(cell for row in rows[:top] for cell in row if isinstance(cell, str))]
    return Layout(
        sheet=sheet,
        top=top,
        bottom=top + depth - 1,
        columns=columns,
        unit=_unit(rows[: top + depth]),
        year=_year(titles) or _year([file]),
    )


def spread_down(layout: Layout, places: Sequence[int]) -> Mapping[tuple[int, int], int]:
    """Return, for cells below the first of a merged one, the row that has the value.

    By row and column from 0, of the given columns, where one begins below the head.
    """
    return {
        (row, merged.left - 1): merged.top - 1
        for merged in layout.sheet.merged
        if merged.left - 1 in places and merged.top - 1 > layout.bottom
        for row in range(merged.top, merged.bottom)
    }


def _heads(rows: Sequence[Sequence[Cell]], *, spread: bool) -> Iterator[_Head]:
    """Yield every head that has names or ids of projects and one column more."""
    for top in range(len(rows)):
        for depth in range(1, min(_DEEPEST, len(rows) - top) + 1):
            head = _Head(top, depth, _columns(rows[top : top + depth], spread=spread))
            fields = {column.field for column in head.columns}
            if fields & {Field.NAME, Field.ID} and len(_known_head(head)) > 1:
                yield head


def _known_head(head: _Head) -> set[Heading]:
    return {column.heading for column in head.columns if column.heading}


def _rank(head: _Head) -> tuple[int, int, int, int]:
    """Return how good a head is: known columns, units, then the lower and the upper one."""
    known = _known_head(head)
    return len(known), sum(bool(heading.unit) for heading in known), -head.depth, -head.top


def _filled(sheet: Sheet) -> list[list[Cell]]:
    """Return the rows that may be the head, every merged cell filled."""
    rows = [list(row[:_WIDEST]) for row in sheet.rows[:_SEARCHED]]
    for merged in sheet.merged:
        if merged.top > len(rows) or merged.left > len(rows[merged.top - 1]):
            continue
        left, right = merged.left - 1, min(merged.right, _WIDEST)
        value = rows[merged.top - 1][left]
        for row in rows[merged.top - 1 : merged.bottom]:
            row.extend([None] * (right - len(row)))
            row[left:right] = [value if cell is None else cell for cell in row[left:right]]
    return rows


def _columns(rows: Sequence[Sequence[Cell]], *, spread: bool) -> tuple[ProjectColumn, ...]:
    """Return the columns below a head of some rows.

    Parameters
    ----------
    spread
        Whether a text above goes on to the right: what was merged, in files that cannot say so.
    """
    width = max(map(len, rows))
    texts = [[_head_text(row, place) for place in range(width)] for row in rows]
    if spread:
        for above, below in pairwise(texts):
            for place in range(1, width):
                above[place] = above[place] or (above[place - 1] if below[place] else "")
    return tuple(
        ProjectColumn(place, " ".join(parts), _heading(parts))
        for place in range(width)
        if (parts := tuple(dict.fromkeys(row[place] for row in texts if row[place])))
    )


def _head_text(row: Sequence[Cell], place: int) -> str:
    """Return what a cell adds to a head; a note on units is none of it."""
    cell = row[place] if place < len(row) else None
    text = plain(cell) if isinstance(cell, str) else ""
    return "" if _UNIT_SAID.search(text) else text


@lru_cache(maxsize=4096)
def _heading(parts: tuple[str, ...]) -> Heading | None:
    """Return what the parts of a head say together, or the lowest one by itself.

    Not below a year, which would make something else of it.
    """
    if found := head_of(" ".join(parts)):
        return found
    return None if any(map(find_year, parts[:-1])) else head_of(parts[-1])


def _unit(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the one unit of money that a note such as 单位：亿元 says."""
    noted = {
        unit
        for row in rows
        for cell in row
        if isinstance(cell, str) and _UNIT_SAID.search(plain(cell))
        for unit in find_units(cell)
        if unit.endswith("CNY")
    }
    return noted.pop() if len(noted) == 1 else ""


def _year(titles: Sequence[str]) -> int | None:
    years = set(_years(titles))
    return years.pop() if len(years) == 1 else None


def _years(titles: Sequence[str]) -> Iterator[int]:
    for title in titles:
        while found := find_year(title):
            year, title = found
            yield year


def unit_of_column(layout: Layout, column: ProjectColumn) -> str:
    """Return the unit of a column of money: of its head, or of the note above."""
    heading = column.heading
    if heading is None or heading.field is None or not is_money(heading.field):
        return ""
    return heading.unit or layout.unit


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column that is read.

    Attributes
    ----------
    place
        From 0.
    unit
        What its head, a note above or the reader says; empty where nobody does.
    year
        Of investment to be completed, 0 in any other.
    """

    place: int
    text: str
    field: Field
    unit: str = ""
    year: int = 0
    actual: bool = False


def columns_of(
    layout: Layout, year: int | None, unit: str, problems: list[ProjectProblem]
) -> tuple[ReadColumn, ...]:
    """Return the columns that are read; of dates, the actual before the planned.

    Two columns may be of one date, planned and actual; of anything else the first is read.
    """
    read: list[ReadColumn] = []
    for column in _known(layout, problems):
        entry = _read_of(layout, column, year, unit, problems)
        if entry is None:
            continue
        if _stands_already(entry, read):
            problems.append(_told(Code.REPEATED_COLUMN, layout, column))
        else:
            read.append(entry)
    return tuple(sorted(read, key=lambda entry: not entry.actual))


def _known(layout: Layout, problems: list[ProjectProblem]) -> Iterator[ProjectColumn]:
    for column in layout.columns:
        if column.heading is None:
            code = Code.SO_FAR_COLUMN if is_so_far(column.text) else Code.UNKNOWN_COLUMN
            problems.append(_told(code, layout, column))
        elif column.field is not None:
            yield column


def _read_of(
    layout: Layout,
    column: ProjectColumn,
    year: int | None,
    unit: str,
    problems: list[ProjectProblem],
) -> ReadColumn | None:
    heading, field = column.heading, column.field
    assert heading is not None
    assert field is not None
    of_year = 0
    if field is Field.COMPLETION:
        of_year = heading.year or layout.year or year or 0
        if not of_year:
            problems.append(_told(Code.YEAR_MISSING, layout, column))
            return None
        if not heading.year and layout.year:
            problems.append(_told(Code.YEAR_OF_TITLE, layout, column, str(layout.year)))
    said = unit_of_column(layout, column) or unit if is_money(field) else heading.unit
    if is_money(field) and said and not same_kind(said, field):
        problems.append(_told(Code.UNIT_OTHER, layout, column))
        return None
    return ReadColumn(column.place, column.text, field, said, of_year, heading.actual)


def _stands_already(entry: ReadColumn, read: list[ReadColumn]) -> bool:
    same = [other for other in read if (other.field, other.year) == (entry.field, entry.year)]
    if entry.field in DATED:
        return any(other.actual == entry.actual for other in same)
    return bool(same)


def _told(code: Code, layout: Layout, column: ProjectColumn, other: str = "") -> ProjectProblem:
    return ProjectProblem(
        code,
        layout.sheet.name,
        column=column.place + 1,
        head=column.text,
        found=column.text,
        other=other,
    )
