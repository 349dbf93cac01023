"""Rows gathered into tables: heads, figures, sections between them, lines above and below."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.workbook.book import Cell
from data.workbook.tables.cells import Grid, Kind
from data.workbook.tables.roles import NOTE, Holds, role_of, says_head
from data.workbook.tables.rows import Sort, sorts
from data.workbook.words.text import compact, plain

_FIGURES = (None, Holds.VALUE)
_LABELS = (Holds.INDICATOR, Holds.AREA, Holds.PERIOD, Holds.YEAR)


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
    """Return the columns of tables that stand side by side, an empty column between them."""
    used = [False] * grid.width
    for kinds in {id(kinds): kinds for kinds in grid.kinds}.values():  # rows alike share one
        if len(kinds) - kinds.count(Kind.EMPTY) > 1:
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
    if len(panels) > 1 and all(_complete(grid, *panel) for panel in panels):
        return panels
    return [(0, grid.width)] if grid.width else []


def _complete(grid: Grid, left: int, right: int) -> bool:
    """Return whether columns are a table of their own: labels of words first, then numbers."""
    texts = numbers = 0
    for kinds in grid.kinds:
        part = kinds[left:right]
        texts += bool(part) and part[0] in (Kind.TEXT, Kind.PERIOD)
        numbers += Kind.NUMBER in part[1:]
    return texts > 1 and numbers > 0


class _Gatherer:
    """Walks down one panel and gathers its rows into tables."""

    def __init__(self, grid: Grid, left: int, right: int):
        self.grid, self.left, self.right = grid, left, right
        self.sorts = sorts(grid, left, right)
        self.found: list[Table] = []
        self.table = Table(left, right)
        self.held: list[int] = []  # single texts since the last figures
        self.gap = False

    def tables(self) -> list[Table]:
        for row, sort in enumerate(self.sorts):
            if sort is Sort.BLANK:
                self.gap = True
                continue
            if sort is Sort.LINE:
                self._line(row)
            elif sort is Sort.HEAD:
                self._head(row)
            elif sort is Sort.DATA or self.table.body:
                self._data(row)
            self.gap = False
        self._close()
        return self.found

    def _line(self, row: int) -> None:
        if self.table.body:
            self.held.append(row)
        elif self.table.heads and not self._note(row) and self._next(row) is Sort.DATA:
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
        elif self.gap:
            self.table.lines += self.table.heads
            self.table.heads = []
        self.table.heads.append(row)

    def _data(self, row: int) -> None:
        for held in self.held:
            (self.table.notes if self._note(held) else self.table.sections).append(held)
        self.held = []
        self.table.body.append(row)

    def _close(self, head: int | None = None) -> None:
        """End the table; single texts between it and the ``head`` of the next head that."""
        if not self.table.body:
            self.table.notes += [*self.table.heads, *self.held]
            self.table.heads = []
            if self.table.lines or self.table.notes:
                self.found.append(self.table)
            return
        lines: list[int] = []
        if head is not None:
            notes = [place for place, row in enumerate(self.held, start=1) if self._note(row)]
            cut = notes[-1] if notes else 0
            self.held, lines = self.held[:cut], self.held[cut:]
        self.table.notes += self.held
        self.found.append(self.table)
        self.table = Table(self.left, self.right, lines=lines)
        self.held = []

    def _of_texts(self, row: int) -> bool:
        """Return whether a row below a whole head is one of labels, with texts for figures."""
        grid, above = self.grid, self.table.heads[-1]
        columns = grid.filled(row, self.left, self.right)
        over = grid.filled(above, self.left, self.right)
        texts = [plain(str(grid.cell(row, column))) for column in columns]
        corner = role_of(plain(str(grid.cell(above, over[0]))))
        if corner not in _LABELS or columns[0] != over[0] or not set(columns) <= set(over):
            return False
        roles = [self._holds(column) for column in columns]
        return not any(
            role_of(text) or (role in _FIGURES and says_head(text))
            for text, role in zip(texts, roles, strict=True)
        )

    def _holds(self, column: int) -> Holds | None:
        """Return what the lowest head says that a column holds; 10 MWh below 单位 is no figure."""
        cell = self.grid.cell(self.table.heads[-1], column) if self.table.heads else None
        return role_of(plain(cell)) if isinstance(cell, str) else None

    def _begins(self, row: int) -> bool:
        """Return whether a row of texts below figures begins another table."""
        if self.table.heads and self._texts(row) in map(self._texts, self.table.heads):
            return True
        last = self.table.body[-1]
        above = self.grid.kinds[last]
        numbers = [c for c in range(self.left, min(self.right, len(above)))
                   if above[c] is Kind.NUMBER and self._holds(c) in _FIGURES]  # fmt: skip
        over = [self.grid.cell(row, column) for column in numbers]
        if any(cell is not None and says_head(cell) for cell in over):
            return True
        return (
            bool(self.gap or self.held)
            and any(cell is not None for cell in over)
            and (self._next(row) in (Sort.DATA, Sort.HEAD))
        )

    def _texts(self, row: int) -> list[Cell]:
        cells = self.grid.rows[row][self.left : self.right]
        return [compact(cell) if isinstance(cell, str) else cell for cell in cells]

    def _next(self, row: int) -> Sort:
        return next((sort for sort in self.sorts[row + 1 :] if sort is not Sort.BLANK), Sort.BLANK)

    def _note(self, row: int) -> bool:
        columns = self.grid.filled(row, self.left, self.right)
        return bool(NOTE.match(plain(str(self.grid.cell(row, columns[0])))))
