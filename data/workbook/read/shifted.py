"""Numbers that stand below no head: columns without one, and rows longer than the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from data.workbook.book import Cell
from data.workbook.tables.cells import Grid, Kind
from data.workbook.tables.columns import Columns
from data.workbook.tables.tables import Table

_FEWEST = 3
_THOUSANDS = re.compile(r"-?[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


def unheaded(grid: Grid, table: Table, columns: Columns) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places of columns without a head beside others that have one, and shifted rows.

    A row of a text file has a number beyond the head where a comma within a name or a number
    parted a cell in two: every figure of it may stand below a wrong head.
    """
    figures = columns.figures
    without = [place for place, column in enumerate(figures) if not column.heads]
    if not without or len(without) == len(figures):
        return frozenset(), frozenset()
    last = max(place for place, column in enumerate(figures) if column.heads)
    beyond = [figures[place].column for place in without if place > last]
    within = [column.column for column in figures]
    rows = [
        row
        for row in table.body
        if any(isinstance(grid.cell(row, column), str) and grid.kind(row, column) is Kind.NUMBER
               for column in beyond)
    ]  # fmt: skip
    few = len(table.body) < _FEWEST or len(rows) < len(table.body)
    shifted = [row for row in rows if few or _parted([grid.cell(row, c) for c in within])
               or any(grid.kind(row, c) is Kind.TEXT for c in within)]  # fmt: skip
    return frozenset(without), frozenset(shifted)


def _parted(cells: Sequence[Cell]) -> bool:
    """Return whether two neighbours look like 1 and 234.5 of an unquoted 1,234.5."""
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
    first, second = _THOUSANDS
    return any(first.fullmatch(a) and second.fullmatch(b) for a, b in pairwise(texts))
