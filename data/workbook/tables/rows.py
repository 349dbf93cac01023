"""Rows told apart by their looks, before it is known which belong together."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import pairwise

from data.workbook.book import Cell
from data.workbook.tables.cells import Grid, Kind, year_like
from data.workbook.tables.roles import LINE, Holds, role_of
from data.workbook.words.text import compact, plain

_ORDINALS = {"甲", "乙", "丙", "丁", "戊", "A", "B", "C"}
_METADATA = {Holds.FREQUENCY, Holds.UNIT, Holds.PUBLISHER, Holds.IGNORED}
_FEW = 4
_MOST_IN_FORMS = 10


class Sort(Enum):
    """What a row is before its neighbours are known."""

    BLANK = "blank"
    LINE = "line"  # a single text: a title, a unit, a section, a note
    HEAD = "head"
    ORDINAL = "ordinal"  # 甲 乙 1 2 3 under the head
    DATA = "data"


def sorts(grid: Grid, left: int, right: int) -> list[Sort]:
    """Return what every row looks like within columns ``left`` to before ``right``."""
    found = [_sort(grid, row, left, right) for row in range(len(grid.rows))]
    following = Sort.BLANK, 0
    for row in range(len(found) - 1, -1, -1):
        if found[row] is Sort.HEAD and _beside_lines(grid, row, left, right, following):
            found[row] = Sort.LINE
        elif found[row] is Sort.LINE and _group(grid, row, left, right, following):
            found[row] = Sort.HEAD
        if found[row] is not Sort.BLANK:
            following = found[row], row
    return found


def _sort(grid: Grid, row: int, left: int, right: int) -> Sort:
    kinds = grid.kinds[row]
    if left or right < len(kinds):
        kinds = kinds[left:right]
    count = len(kinds) - kinds.count(Kind.EMPTY)
    if not count:
        return Sort.BLANK
    if Kind.NUMBER in kinds or Kind.MISSING in kinds:
        return _numbered(grid, row, left, right)
    if _filled_in(grid, row, left, right):
        return Sort.LINE
    return Sort.LINE if count == 1 else Sort.HEAD


def _filled_in(grid: Grid, row: int, left: int, right: int) -> bool:
    """Return whether a row is of the head or foot of a form: 计量单位： beside 万元."""
    cells = grid.rows[row]
    first = next((cell for cell in cells[left:right] if cell is not None), None)
    if not isinstance(first, str) or first.rstrip()[-1:] not in ("：", ":"):
        return False
    filled = grid.filled(row, left, right)
    asked = [column for column in filled if str(cells[column]).rstrip()[-1:] in ("：", ":")]
    alone = [column for column in filled if column not in asked]
    return 1 < len(filled) <= _MOST_IN_FORMS and len(alone) <= len(asked)


def _numbered(grid: Grid, row: int, left: int, right: int) -> Sort:
    """Tell rows with numbers apart: years that head columns, 1 2 3, or figures."""
    kinds, cells = grid.kinds[row], grid.rows[row]
    columns = grid.filled(row, left, right)
    if Kind.NUMBER not in kinds and len(columns) == 1:
        return Sort.DATA
    number = next((cells[column] for column in columns if kinds[column] is Kind.NUMBER), None)
    if year_like(number):
        numbers = [cells[column] for column in columns if kinds[column] is Kind.NUMBER]
        if all(map(year_like, numbers)):
            if len(columns) == 1:
                return Sort.LINE
            heads = [cells[column] for column in columns]
            within = [kinds[column] for column in columns]
            if Kind.MISSING not in within and _years_head(heads, within, numbers):
                return Sort.HEAD
    if _ordinal(cells[column] for column in columns):
        return Sort.ORDINAL
    first = cells[columns[0]]
    if isinstance(first, str) and kinds[columns[0]] is Kind.TEXT and role_of(first) in _METADATA:
        return Sort.HEAD
    return Sort.DATA


def _years_head(cells: list[Cell], kinds: list[Kind], years: list[Cell]) -> bool:
    """Return whether years head columns: in order, beside nothing but words for label columns."""
    first = cells[0]
    named = kinds[0] is Kind.NUMBER or (
        isinstance(first, str) and (role_of(first) is not None or bool(LINE.search(plain(first))))
    )
    numbers = [float(year) for year in years if isinstance(year, (int, float, str))]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    ordered = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    if kinds[0] is Kind.NUMBER and len(years) < 2:
        return False
    if named:
        return ordered
    # 地区生产总值 2019 2020 2021: whether it is a head is settled by what stands above.
    return len(steps) > 1 and all(abs(step) == 1 for step in steps) and ordered


def _ordinal(cells: Iterable[Cell]) -> bool:
    """Return whether cells number the columns: 甲 乙 1 2 3."""
    following = None
    count = 0
    for cell in cells:
        number = _whole(cell)
        if number is None:
            if not isinstance(cell, str) or compact(cell) not in _ORDINALS:
                return False
        elif number != following and (following is not None or number > _FEW):
            return False
        else:
            following = number + 1
            count += 1
    return count > 1


def _whole(cell: Cell) -> int | None:
    """Return a whole number, written as one or as text."""
    if isinstance(cell, str):
        return int(cell) if cell.isdecimal() and len(cell) < 4 else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < 1000:
        return int(cell) if float(cell).is_integer() else None
    return None


def _beside_lines(grid: Grid, row: int, left: int, right: int, following: tuple[Sort, int]) -> bool:
    """Return whether several texts of a row are lines beside one another, as title and unit."""
    columns = grid.filled(row, left, right)
    if len(columns) > _FEW:
        return False
    below, at = following
    texts = [plain(str(grid.cell(row, column))) for column in columns]
    said = any(LINE.search(text) and role_of(text) is None for text in texts)
    if below not in (Sort.HEAD, Sort.LINE):
        return False
    if below is Sort.LINE:
        return said
    first = grid.filled(at, left, right)[0]
    if first > columns[0] or not _own_corner(grid, row, columns[0], at, first):
        return False  # the corner of a head of two rows
    if said:
        return True
    if first < columns[0]:
        return False  # 本月 and 累计 above groups of columns, nothing above the labels
    number = grid.next_numbers(at + 1)
    if number is not None and grid.kind(number, columns[0]) in (Kind.NUMBER, Kind.MISSING):
        return False
    # Two heads of one label column: the upper cannot be one, unless it heads as many columns.
    own = role_of(texts[0])
    vertical = grid.anchor(at, columns[0]) == (row, columns[0])
    fewer = len(columns) < len(grid.filled(at, left, right))
    return own is None and not vertical and fewer


def _own_corner(grid: Grid, row: int, column: int, at: int, first: int) -> bool:
    """Return whether the head at ``at`` has its corner to itself, or shares what is merged.

    What stands above a corner that is merged downwards only is no part of the head.
    """
    corner = grid.merged(at, first)
    if corner is None or corner == grid.merged(row, column):
        return True
    return corner.left == corner.right and corner.top - 1 == at


def _group(grid: Grid, row: int, left: int, right: int, following: tuple[Sort, int]) -> bool:
    """Return whether a single text heads a group of columns rather than the whole table."""
    column = grid.filled(row, left, right)[0]
    below, at = following
    text = plain(str(grid.cell(row, column)))
    if below is not Sort.HEAD or LINE.search(text) or column == left:
        return False
    if grid.filled(at, left, right)[0] >= column:
        return False
    first = grid.next_numbers(at + 1)
    if first is None:
        return False
    numbers = [
        c for c in grid.filled(first, left + 1, right) if grid.kind(first, c) <= Kind.MISSING
    ]
    return bool(numbers) and column <= numbers[0]
