"""How amounts are shown in the workbook of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from data.workbook.write.xlsx import Cell


def formats(rows: Sequence[Sequence[Cell]], column: int) -> list[str]:
    """Return the format of each number of a column: as many digits as tell something."""
    return [_format(row[column]) for row in rows]


def _format(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return "General"
    if round(cell, 2) == round(cell):
        return "#,##0"
    return "#,##0.0" if abs(cell) >= 1 else "0.00"
