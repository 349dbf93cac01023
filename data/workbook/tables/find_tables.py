"""Rows of a sheet told apart and gathered into tables: heads, figures, sections, lines, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from data.workbook.book import Cell
from data.workbook.tables.grid import CellKind, Grid, year_like
from data.workbook.words.heads import Head, head_of
from data.workbook.words.normalise import compact, plain
from data.workbook.words.numbers import Number, parse_number
from data.workbook.words.periods import parse_period, parse_year

_LINE = re.compile(
    r"(?:计量|金额)?单位[:：]|^\(?单位|[:：]\s*\S+局$|^(?:编制|制表|填报|填表|报送|报出|编报|印发|编印|汇总|审核|批准|发布)(?:单位|机构|部门|人|时间|日期|机关)?[:：]"
    r"|^表\s*号|^有\s*效\s*期|^(?:数据库|时间|指标|地区|数据时间|统计时间|报告期|报表日期|日期|数据截止|截至|UNIT|UNITS|DATABASE|TIME|INDICATOR|REGION|AREA)\s*[:：]"
    r"|^续表|^附表|^表[一二三四五六七八九十0-9]"
)
"""What stands beside or above a table: units, database and time lines, who made it."""

_NOTE = re.compile(
    r"^[(\[【*]?\s*(?:注(?:释|[0-9一二三四五])?\s*[:：.、0-9]|说明\s*[:：]|备注\s*[:：]|附注|数据来源|资料来源|来源\s*[:：]|NOTES?\s*[:：.0-9]|SOURCES?\s*[:：]"
    r"|DATA\s*SOURCES?|本表|表中|以上数据|[0-9]+\s*[.、]\s*.{12,}|\*\s*.{6,})",
    re.IGNORECASE,
)
"""How a note below or above a table begins."""

_ORDINALS = {"甲", "乙", "丙", "丁", "戊", "A", "B", "C"}
_METADATA = {Head.FREQUENCY, Head.UNIT, Head.PUBLISHER, Head.IGNORED}
_FEW_TEXTS = 4
"""Texts of one row that may stand side by side above a table, such as title and unit."""
_MOST_IN_FORMS = 10


class RowKind(Enum):
    """What a row is before its neighbours are known."""

    BLANK = "blank"
    LINE = "line"  # a single text: a title, a unit, a section, a note
    HEAD = "head"
    ORDINAL = "ordinal"  # 甲 乙 1 2 3 under the head
    DATA = "data"


def _row_kinds(grid: Grid, left: int, right: int) -> list[RowKind]:
    """Return what every row looks like within columns ``left`` to before ``right``."""
    sorts = [_sort(grid, row, left, right) for row in range(len(grid.rows))]
    following = RowKind.BLANK, 0
    for row in range(len(sorts) - 1, -1, -1):
        if sorts[row] is RowKind.HEAD and _beside_lines(grid, row, left, right, following):
            sorts[row] = RowKind.LINE
        elif sorts[row] is RowKind.LINE and (
            _group(grid, row, left, right, following)
            or (_empty_metadata(grid, row, left, right) and sorts[row - 1] is RowKind.HEAD)
        ):
            sorts[row] = RowKind.HEAD
        if sorts[row] is not RowKind.BLANK:
            following = sorts[row], row
    return sorts


def _empty_metadata(grid: Grid, row: int, left: int, right: int) -> bool:
    """Return whether a single text is the label of a row of a vendor's head that says nothing."""
    column, *others = grid.filled(row, left, right)
    return row > 0 and not others and head_of(plain(str(grid.cell(row, column)))) in _METADATA


def _sort(grid: Grid, row: int, left: int, right: int) -> RowKind:
    kinds = grid.kinds[row]
    if left or right < len(kinds):
        kinds = kinds[left:right]
    count = len(kinds) - kinds.count(CellKind.EMPTY)
    if not count:
        return RowKind.BLANK
    if CellKind.NUMBER in kinds or CellKind.MISSING in kinds:
        return _numbered(grid, row, left, right)
    if _filled_in(grid, row, left, right):
        return RowKind.LINE
    return RowKind.LINE if count == 1 else RowKind.HEAD


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


def _numbered(grid: Grid, row: int, left: int, right: int) -> RowKind:
    """Tell rows with numbers apart: years that head columns, 1 2 3, or figures."""
    kinds, cells = grid.kinds[row], grid.rows[row]
    columns = grid.filled(row, left, right)
    if CellKind.NUMBER not in kinds and len(columns) == 1:
        return RowKind.DATA
    number = next((cells[column] for column in columns if kinds[column] is CellKind.NUMBER), None)
    if year_like(number):
        numbers = [cells[column] for column in columns if kinds[column] is CellKind.NUMBER]
        if all(map(year_like, numbers)):
            if len(columns) == 1:
                return RowKind.LINE
            heads = [cells[column] for column in columns]
            within = [kinds[column] for column in columns]
            if CellKind.MISSING not in within and _years_head(heads, within, numbers):
                return RowKind.HEAD
    if _ordinal(cells[column] for column in columns):
        return RowKind.ORDINAL
    first = cells[columns[0]]
    if (
        isinstance(first, str)
        and kinds[columns[0]] is CellKind.TEXT
        and head_of(first) in _METADATA
    ):
        return RowKind.HEAD
    return RowKind.DATA


def _years_head(cells: list[Cell], kinds: list[CellKind], years: list[Cell]) -> bool:
    """Return whether years head columns: in order, beside nothing but words for label columns."""
    first = cells[0]
    named = kinds[0] is CellKind.NUMBER or (
        isinstance(first, str) and (head_of(first) is not None or bool(_LINE.search(plain(first))))
    )
    numbers = [float(year) for year in years if isinstance(year, (int, float, str))]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    ordered = all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    if kinds[0] is CellKind.NUMBER and len(years) < 2:
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
        elif number != following and (following is not None or number > _FEW_TEXTS):
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


def _beside_lines(
    grid: Grid, row: int, left: int, right: int, following: tuple[RowKind, int]
) -> bool:
    """Return whether several texts of a row are lines beside one another, as title and unit."""
    columns = grid.filled(row, left, right)
    if len(columns) > _FEW_TEXTS:
        return False
    below, at = following
    texts = [plain(str(grid.cell(row, column))) for column in columns]
    is_line = any(_LINE.search(text) and head_of(text) is None for text in texts)
    if below not in (RowKind.HEAD, RowKind.LINE):
        return False
    if below is RowKind.LINE:
        return is_line
    first = grid.filled(at, left, right)[0]
    if first > columns[0] or not _own_corner(grid, row, columns[0], at, first):
        return False  # the corner of a head of two rows
    if is_line:
        return True
    if first < columns[0]:
        return False  # 本月 and 累计 above groups of columns, nothing above the labels
    number = grid.next_numbers(at + 1)
    if number is not None and grid.kind(number, columns[0]) in (CellKind.NUMBER, CellKind.MISSING):
        return False
    # Two heads of one label column: the upper cannot be one, unless it heads as many columns.
    own = head_of(texts[0])
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


def _group(grid: Grid, row: int, left: int, right: int, following: tuple[RowKind, int]) -> bool:
    """Return whether a single text heads a group of columns rather than the whole table."""
    column = grid.filled(row, left, right)[0]
    below, at = following
    text = plain(str(grid.cell(row, column)))
    if below is not RowKind.HEAD or _LINE.search(text) or column == left:
        return False
    if grid.filled(at, left, right)[0] >= column:
        return False
    first = grid.next_numbers(at + 1)
    if first is None:
        return False
    numbers = [
        c for c in grid.filled(first, left + 1, right) if grid.kind(first, c) <= CellKind.MISSING
    ]
    return bool(numbers) and column <= numbers[0]


_CORNERS = (Head.INDICATOR, Head.AREA, Head.LABEL)
_HEADS_WITHIN = 40
"""Rows from the top in which heads of tables side by side are looked for."""
_FIGURES = (None, Head.VALUE)
_LABELS = (Head.INDICATOR, Head.AREA, Head.PERIOD, Head.YEAR)


@dataclass(slots=True)
class Table:
    """A table in a panel of a sheet; rows and columns count from 0.

    Attributes
    ----------
    left, right
        Its first column, and the one after its last.
    lines, notes
        Rows of a title, a unit and the like above, of notes below.
    heads, body
        Rows of its head and of its figures.
    sections
        Rows between those of figures that name what follows: an area, a year.
    """

    left: int
    right: int
    lines: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


def tables(grid: Grid) -> list[Table]:
    """Return the tables of a sheet; texts after the last one are its notes."""
    found: list[Table] = []
    for left, right in _panels(grid):
        found += _Gatherer(grid, left, right).tables()
    return found


def _panels(grid: Grid) -> list[tuple[int, int]]:
    """Return the columns of tables that stand side by side.

    An empty column is between them, or the head of the labels comes again where each begins.
    """
    used = [False] * grid.width
    for kinds in {id(kinds): kinds for kinds in grid.kinds}.values():  # rows alike share one
        if len(kinds) - kinds.count(CellKind.EMPTY) > 1:
            for column, kind in enumerate(kinds):
                if kind:
                    used[column] = True
    panels: list[tuple[int, int]] = []
    start = None
    for column in range(grid.width + 1):
        inside = column < grid.width and used[column]
        if inside and start is None:
            start = column
        if not inside and start is not None:
            panels.append((start, column))
            start = None
    if len(panels) < 2 or not all(_complete(grid, *panel) for panel in panels):
        panels = [(0, grid.width)] if grid.width else []
    return [part for panel in panels for part in _parts(grid, *panel)]


def _parts(grid: Grid, left: int, right: int) -> list[tuple[int, int]]:
    """Return the columns of tables without an empty column between them: 指标, 增速, 指标, 增速.

    A column that numbers the rows may stand before the labels of each.
    """
    for row in range(min(len(grid.rows), _HEADS_WITHIN)):
        cells = [grid.cell(row, column) for column in range(left, right)]
        heads = [compact(cell) if isinstance(cell, str) else "" for cell in cells]
        corner = next((place for place, head in enumerate(heads) if head), 0)
        numbered = head_of(heads[corner]) is Head.IGNORED and corner + 1 < len(heads)
        if head_of(heads[corner + numbered]) not in _CORNERS:
            continue
        firsts = [left + place for place, head in enumerate(heads) if head == heads[corner]]
        ends = [*firsts[1:], right]
        if len(firsts) > 1 and all(
            _complete(grid, first + numbered, end) for first, end in zip(firsts, ends, strict=True)
        ):
            return list(zip([left, *firsts[1:]], ends, strict=True))
    return [(left, right)]


def _complete(grid: Grid, left: int, right: int) -> bool:
    """Return whether columns are a table of their own: labels of words first, then numbers."""
    texts = numbers = labelled = 0
    for row, kinds in enumerate(grid.kinds):
        part = kinds[left:right]
        texts += bool(part) and part[0] in (CellKind.TEXT, CellKind.PERIOD)
        if CellKind.NUMBER in part[1:]:
            numbers += 1
            labelled += part[0] in (CellKind.TEXT, CellKind.PERIOD) or (
                part[0] is CellKind.NUMBER and year_like(grid.cell(row, left))
            )
    return texts > 1 and numbers > 0 and 2 * labelled > numbers


class _Gatherer:
    """Walks down one panel and gathers its rows into tables."""

    def __init__(self, grid: Grid, left: int, right: int):
        self.grid, self.left, self.right = grid, left, right
        self.kinds = _row_kinds(grid, left, right)
        self.found: list[Table] = []
        self.table = Table(left, right)
        self.waiting: list[int] = []  # single texts since the last figures: notes or sections
        self.gap = False

    def tables(self) -> list[Table]:
        for row, kind in enumerate(self.kinds):
            if kind is RowKind.BLANK:
                self.gap = True
                continue
            if kind is RowKind.LINE:
                self._line(row)
            elif kind is RowKind.HEAD:
                self._head(row)
            elif kind is RowKind.DATA or self.table.body:
                self._data(row)
            self.gap = False
        self._close()
        return self.found

    def _line(self, row: int) -> None:
        if self.table.body:
            self.waiting.append(row)
        elif self.table.heads and not self._note(row) and self._next(row) is RowKind.DATA:
            self.table.sections.append(row)
        else:
            self.table.lines += [*self.table.heads, row]
            self.table.heads = []

    def _head(self, row: int) -> None:
        if not self.table.body and self.table.heads and self._of_texts(row):
            self._data(row)
            return
        if self.table.body:
            if not self._begins(row):
                self._data(row)
                return
            self._close(row)
        elif self.gap and not self._goes_on(row):
            self.table.lines += self.table.heads
            self.table.heads = []
        self.table.heads.append(row)

    def _goes_on(self, row: int) -> bool:
        """Return whether a row below a blank one goes on with the head: it has no corner."""
        if not self.table.heads:
            return False
        first = self.grid.filled(self.table.heads[-1], self.left, self.right)[0]
        return self.grid.filled(row, self.left, self.right)[0] > first

    def _data(self, row: int) -> None:
        for text in self.waiting:
            (self.table.notes if self._note(text) else self.table.sections).append(text)
        self.waiting = []
        self.table.body.append(row)

    def _close(self, head: int | None = None) -> None:
        """End the table; single texts between it and the ``head`` of the next head that."""
        if not self.table.body:
            self.table.notes += [*self.table.heads, *self.waiting]
            self.table.heads = []
            if self.table.lines or self.table.notes:
                self.found.append(self.table)
            return
        lines: list[int] = []
        if head is not None:
            notes = [place for place, row in enumerate(self.waiting, start=1) if self._note(row)]
            cut = notes[-1] if notes else 0
            self.waiting, lines = self.waiting[:cut], self.waiting[cut:]
        self.table.notes += self.waiting
        self.found.append(self.table)
        self.table = Table(self.left, self.right, lines=lines)
        self.waiting = []

    def _of_texts(self, row: int) -> bool:
        """Return whether a row below a whole head is one of labels, with texts for figures."""
        grid, above = self.grid, self.table.heads[-1]
        if self._of_vendor(row):
            return False
        columns = grid.filled(row, self.left, self.right)
        over = grid.filled(above, self.left, self.right)
        texts = [plain(str(grid.cell(row, column))) for column in columns]
        corner = head_of(plain(str(grid.cell(above, over[0]))))
        if corner not in _LABELS or columns[0] != over[0] or not set(columns) <= set(over):
            return False
        roles = [self._holds(column) for column in columns]
        return not any(
            head_of(text) or (role in _FIGURES and says_head(text))
            for text, role in zip(texts, roles, strict=True)
        )

    def _of_vendor(self, row: int) -> bool:
        """Return whether a row and those below it are of a vendor's head: one says 频率."""
        while row < len(self.kinds) and self.kinds[row] is RowKind.HEAD:
            columns = self.grid.filled(row, self.left, self.right)
            if head_of(plain(str(self.grid.cell(row, columns[0])))) is Head.FREQUENCY:
                return True
            row += 1
        return False

    def _holds(self, column: int) -> Head | None:
        """Return what the lowest head says that a column holds; 10 MWh below 单位 is no figure."""
        cell = self.grid.cell(self.table.heads[-1], column) if self.table.heads else None
        return head_of(plain(cell)) if isinstance(cell, str) else None

    def _begins(self, row: int) -> bool:
        """Return whether a row of texts below figures begins another table."""
        if self.table.heads and self._texts(row) in map(self._texts, self.table.heads):
            return True
        last = self.table.body[-1]
        above = self.grid.kinds[last]
        numbers = [c for c in range(self.left, min(self.right, len(above)))
                   if above[c] is CellKind.NUMBER and self._holds(c) in _FIGURES]  # fmt: skip
        over = [self.grid.cell(row, column) for column in numbers]
        if any(cell is not None and says_head(cell) for cell in over):
            return True
        return (
            bool(self.gap or self.waiting)
            and any(cell is not None for cell in over)
            and (self._next(row) in (RowKind.DATA, RowKind.HEAD))
        )

    def _texts(self, row: int) -> list[Cell]:
        cells = self.grid.rows[row][self.left : self.right]
        return [compact(cell) if isinstance(cell, str) else cell for cell in cells]

    def _next(self, row: int) -> RowKind:
        return next(
            (kind for kind in self.kinds[row + 1 :] if kind is not RowKind.BLANK), RowKind.BLANK
        )

    def _note(self, row: int) -> bool:
        columns = self.grid.filled(row, self.left, self.right)
        return bool(_NOTE.match(plain(str(self.grid.cell(row, columns[0])))))


_MEASURED = re.compile(
    r"累计|当[月季期]|本[月季期年]|同比|增[速长幅]|总量|绝对|完成|实绩|上年|去年|±|%|GROWTH|YOY|ACCUMULATED|CUMULATIVE",
    re.I,
)


def says_head(cell: Cell) -> bool:
    """Return whether a cell could head a column of figures: a period, a measure, 数值."""
    if not isinstance(cell, str):
        return parse_period(cell) is not None
    return bool(parse_period(cell) or parse_year(cell) or head_of(cell) or _MEASURED.search(cell))


_LEADERS = re.compile(r"(?:[.·…．]{3,}|…)\s*[0-9]*$")
_CONTENTS = {"目录", "目次", "CONTENTS", "TABLEOFCONTENTS"}
_MOST_PAGES = 2000
_FIRST_PAGES = 20
"""Rows in which dots are looked for."""


def is_contents(grid: Grid, table: Table) -> bool:
    """Return whether a table is one of contents: page numbers beside the names of what follows.

    It says so in a title or in the name of its sheet, or dots lead to the numbers.
    """
    lines = [grid.sheet.name]
    for row in (*table.lines, *table.heads, *table.body[:_FIRST_PAGES]):
        cells = (grid.cell(row, column) for column in grid.filled(row, table.left, table.right))
        lines += [plain(cell) for cell in cells if isinstance(cell, str)]
    if not any(compact(line) in _CONTENTS or _LEADERS.search(line) for line in lines):
        return False
    cells = (grid.cell(row, column) for row in table.body
             for column in grid.filled(row, table.left, table.right))  # fmt: skip
    numbers = map(parse_number, cells)
    pages = [number.value for number in numbers if isinstance(number, Number)]
    whole = all(0 < page <= _MOST_PAGES and page.is_integer() for page in pages)
    return whole and all(earlier <= later for earlier, later in pairwise(pages))
