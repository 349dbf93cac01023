"""Rows above a head that tell of no columns: who made a table, when, for whom, any remark.

A form writes such texts between its title and its head, one above any column. What words they
use cannot be listed; that they tell no columns apart can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.workbook.book import Cell
from data.workbook.read.claims import Claim
from data.workbook.read.column_claims import LabelTeller, is_place
from data.workbook.tables.cells import Grid
from data.workbook.tables.columns import Columns, columns_of
from data.workbook.tables.roles import role_of, says_head
from data.workbook.tables.tables import Table
from data.workbook.words.qualifiers import Role

_LOOKED_AT = 50


def without_remarks(grid: Grid, table: Table, labels: LabelTeller) -> Table:
    """Return a table whose head has no rows of remarks: those are lines above it.

    Only where rows name what figures are of: else an unknown text above may name it.
    """
    columns = columns_of(grid, table)
    if len(table.heads) < 2 or not _rows_named(grid, table, columns, labels):
        return table
    while len(table.heads) > 1 and _remarks(grid, table, columns, labels):
        row, *heads = table.heads
        table = replace(table, lines=[*table.lines, row], heads=heads)
        columns = columns_of(grid, table)
    return table


def _rows_named(grid: Grid, table: Table, columns: Columns, labels: LabelTeller) -> bool:
    """Return whether labels of rows name known indicators."""
    return any(
        labels.tell(grid.cell(row, column)).claim.ids
        for column, _ in columns.labels
        for row in table.body[:_LOOKED_AT]
    )


def _remarks(grid: Grid, table: Table, columns: Columns, labels: LabelTeller) -> bool:
    """Return whether the first row of a head says nothing known and tells no columns apart."""
    row, *below = table.heads
    cells = [grid.cell(row, column) for column in grid.filled(row, table.left, table.right)]
    if not all(_unknown(cell, labels) for cell in cells):
        return False
    if _reaches_down(grid, table, row, below) or _each_headed(grid, row, columns):
        return False
    lower = {
        column.column: column.heads
        for column in columns_of(grid, replace(table, heads=below)).figures
    }
    if not all(lower.get(column.column) for column in columns.figures):
        return False  # without it some column would have no head
    return not _needed(columns, lower)


def _unknown(cell: Cell, labels: LabelTeller) -> bool:
    """Return whether a text says nothing of ours; the day on which it was written is nothing."""
    claim = labels.tell(cell).claim
    if claim.role is Role.DAY:
        return True
    if not isinstance(cell, str) or role_of(cell) is not None or says_head(cell):
        return False
    return claim == Claim(name=claim.name) and not is_place(claim.name)


def _reaches_down(grid: Grid, table: Table, row: int, below: Sequence[int]) -> bool:
    """Return whether a text of a row is merged with the head below, as a corner is."""
    blocks = [grid.merged(row, column) for column in grid.filled(row, table.left, table.right)]
    return any(block is not None and block.bottom > below[0] for block in blocks)


def _each_headed(grid: Grid, row: int, columns: Columns) -> bool:
    """Return whether every column of figures has a text of its own in a row, one of several."""
    texts = [grid.cell(*grid.anchor(row, column.column)) for column in columns.figures]
    return None not in texts and len(set(texts)) > 1


def _needed(columns: Columns, lower: Mapping[int, tuple[Cell, ...]]) -> bool:
    """Return whether columns of the same lower heads stand below different texts."""
    above: dict[tuple[Cell, ...], set[tuple[Cell, ...]]] = {}
    for column in columns.figures:
        above.setdefault(lower[column.column], set()).add(column.heads)
    return any(len(texts) > 1 for texts in above.values())
