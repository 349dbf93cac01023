"""The columns of a table told apart: what labels its rows, what holds figures, what heads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.workbook.book import Cell
from data.workbook.tables.find_tables import Table, says_head
from data.workbook.tables.grid import CellKind, Grid, kind_of, year_like
from data.workbook.words.heads import Head, head_of
from data.workbook.words.labels import qualifiers_of
from data.workbook.words.normalise import compact
from data.workbook.words.periods import find_period
from data.workbook.words.places import place_of
from data.workbook.words.units import find_units

_SAMPLE = 400
"""Rows of a table that are looked at to tell what a column holds."""
Counts = Mapping[int, tuple[int, int, int]]
"""How many numbers, periods and texts each column has."""
_ABOUT = {Head.UNIT, Head.FREQUENCY, Head.PUBLISHER, Head.IGNORED}


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures.

    Attributes
    ----------
    heads
        What stands above it, from the highest row down; merged heads repeat.
    about
        What rows of metadata say of it: its unit, its source.
    """

    column: int
    heads: tuple[Cell, ...]
    about: Mapping[Head, Cell]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table; those that hold nothing for a reading are in neither list."""

    labels: tuple[tuple[int, Head], ...]
    figures: tuple[FigureColumn, ...]


def columns_of(grid: Grid, table: Table) -> Columns:
    """Tell the columns of a table apart."""
    about = _about_rows(grid, table)
    heads = [row for row in table.heads if row not in about]
    counts = _counts(grid, table)
    first_labels = _first_labels(counts)
    labels: list[tuple[int, Head]] = []
    figures: list[FigureColumn] = []
    for column in range(table.left, table.right):
        stack = heads_above(grid, heads, column, table.left, first_labels)
        holds = _holds(grid, table, column, stack, counts, bool(figures), bool(labels))
        if holds is Head.VALUE:
            metadata = {kind: grid.cell(row, column) for row, kind in about.items()}
            figures.append(FigureColumn(column, tuple(stack), metadata))
        elif holds is not Head.IGNORED:
            labels.append((column, holds))
    return Columns(tuple(labels), tuple(figures))


def _about_rows(grid: Grid, table: Table) -> dict[int, Head]:
    """Return the rows above the figures that say their units, frequencies or sources."""
    firsts = {row: _first(grid, row, table) for row in table.heads}
    vendor = Head.FREQUENCY in firsts.values()
    return {
        row: first
        for row, first in firsts.items()
        if first and len(firsts) > 1 and _is_about(grid, row, table, first, vendor)
    }


def _first(grid: Grid, row: int, table: Table) -> Head | None:
    columns = grid.filled(row, table.left, table.right)
    cell = grid.cell(row, columns[0]) if columns else None
    return head_of(cell) if isinstance(cell, str) else None


def _is_about(grid: Grid, row: int, table: Table, first: Head, vendor: bool) -> bool:
    """Return whether a row says one thing of every column; vendors' exports have many such."""
    if first is Head.FREQUENCY or (vendor and first in (Head.AREA, Head.STATUS)):
        return True
    if first not in _ABOUT:
        return False
    cells = [grid.cell(row, column) for column in grid.filled(row, table.left, table.right)]
    return not any(isinstance(cell, str) and head_of(cell) for cell in cells[1:])


def heads_above(
    grid: Grid, rows: Sequence[int], column: int, left: int = 0, labels: int | None = None
) -> list[Cell]:
    """Return what stands above a column; a head that covers several columns stands above each.

    Parameters
    ----------
    rows
        Of the head, from the highest down.
    left
        First column of the table.
    labels
        First column of labels: what stands above it covers no figures.
    """
    stack: list[Cell] = []
    for place, row in enumerate(rows):
        anchor = grid.anchor(row, column)
        cell = grid.cell(*anchor)
        below = rows[place + 1 :]
        if cell is None and anchor == (row, column) and below:
            cell = _covering(grid, row, column, below, left, labels)
        if cell is not None and cell not in stack and kind_of(cell):
            stack.append(cell)
    return stack


def _covering(
    grid: Grid, row: int, column: int, below: Sequence[int], first: int, labels: int | None
) -> Cell:
    """Return the head to the left that covers a column where merged cells were lost."""
    if not any(grid.kind(lower, column) for lower in below):
        return None
    for left in range(column - 1, first - 1, -1):
        if grid.kind(row, left):
            if left == labels:
                return None
            # A head that nothing stands below is of its own column alone.
            alone = not any(grid.kind(lower, left) for lower in below)
            return None if alone or grid.merged(row, left) else grid.cell(row, left)
    return None


def _first_labels(counts: Counts) -> int | None:
    """Return the first column of texts, unless figures come before it."""
    for column, (numbers, periods, texts) in counts.items():
        if numbers or periods or texts:
            return column if texts > numbers else None
    return None


def _counts(grid: Grid, table: Table) -> Counts:
    """Return how many numbers, periods and texts each column has in its first rows."""
    found = {}
    body = table.body[:_SAMPLE]
    for column in range(table.left, table.right):
        kinds = [grid.kind(row, column) for row in body]
        found[column] = (
            kinds.count(CellKind.NUMBER), kinds.count(CellKind.PERIOD), kinds.count(CellKind.TEXT)
        )  # fmt: skip
    return found


def _holds(
    grid: Grid,
    table: Table,
    column: int,
    stack: list[Cell],
    counts: Counts,
    figures: bool,
    labels: bool,
) -> Head:
    """Return what a column holds, ``VALUE`` for figures."""
    roles = [head_of(cell) for cell in stack if isinstance(cell, str)]
    role = next((role for role in reversed(roles) if role), None)
    numbers, periods, texts = counts[column]
    if role is Head.UNIT and _of_places(grid, table, column):
        role = Head.AREA  # 单位 over 侯马市 and 洪洞县 are those who report
    if role in (Head.INDICATOR, Head.AREA) and numbers > texts + periods:
        role = None  # 指标 over numbers heads nothing of the kind
    if role is not None:
        return role
    if numbers and numbers >= texts + periods:
        return _of_numbers(grid, table, column, stack, figures)
    if not (texts or periods):
        return Head.IGNORED
    if (figures or labels) and any(map(_heads_figures, stack)):
        return Head.VALUE  # texts where figures should be
    return Head.IGNORED if figures else Head.LABEL


def _of_places(grid: Grid, table: Table, column: int) -> bool:
    """Return whether the texts of a column are no units, and some of them are places."""
    cells = {grid.cell(row, column) for row in table.body[:_SAMPLE]}
    texts = [cell for cell in cells if isinstance(cell, str)]
    return any(place_of(text) == compact(text) for text in texts) and not any(
        map(find_units, texts)
    )


def _heads_figures(cell: Cell) -> bool:
    """Return whether figures should stand below a cell, as below 1-9月（预计）."""
    if cell is None or says_head(cell):
        return cell is not None
    found = find_period(cell) if isinstance(cell, str) else None
    return found is not None and qualifiers_of(compact(found[1]).strip("()")) is not None


def _of_numbers(grid: Grid, table: Table, column: int, stack: list[Cell], figures: bool) -> Head:
    """Tell figures from years that label rows and from numbers that count them."""
    if figures or any(cell is not None and says_head(cell) for cell in stack):
        return Head.VALUE
    cells = [grid.cell(row, column) for row in table.body[:_SAMPLE]]
    numbers = [cell for cell in cells if isinstance(cell, (int, float))]
    if len(numbers) > 1 and len(numbers) == len([c for c in cells if c is not None]):
        if all(map(year_like, numbers)):
            return Head.PERIOD
        ordered = all(later == earlier + 1 for earlier, later in pairwise(numbers))
        if ordered and not stack and numbers[0] == 1:
            return Head.IGNORED
    return Head.VALUE
