"""The rows of a table, and what its cells say, merged ones included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.projects import cells
from data.projects.columns import Read
from data.projects.heads import NUMBER
from data.projects.layout import Layout, spread_down
from data.projects.words import Field
from data.workbook.book import Cell
from data.workbook.words.text import compact


class Row:
    """One row below the head; ``table`` is the one it is of."""

    def __init__(self, table: Table, number: int) -> None:
        self.table = table
        self.number = number
        self._cells = table.layout.sheet.rows[number]

    def cell(self, place: int) -> Cell:
        """Return the cell of a column, None where the row ends before it."""
        return self._cells[place] if place < len(self._cells) else None

    def filled(self) -> list[Cell]:
        """Return the cells that say something, running numbers apart."""
        return [
            cell
            for place, cell in enumerate(self._cells)
            if place not in self.table.numbers and cells.text(cell)
        ]

    def label(self, field: Field) -> str:
        """Return the text of the first column of a field."""
        place = self.table.places.get(field)
        return "" if place is None else cells.text(self.cell(place))

    def numbered(self) -> list[str]:
        """Return the texts in columns of running numbers."""
        return [cells.text(self.cell(place)) for place in self.table.numbers]

    def first(self) -> str:
        """Return the first text of the row, one in a column of running numbers before others."""
        return next(filter(None, (*self.numbered(), *map(cells.text, self.filled()))), "")


class Table:
    """What the rows of a table have in common."""

    def __init__(self, layout: Layout, columns: Sequence[Read]) -> None:
        self.layout = layout
        self.columns = columns
        self.places = {column.field: column.place for column in reversed(columns)}
        self.numbers = [it.place for it in layout.columns if it.heading == NUMBER]
        self.counted = any(
            _is_count(cells.text(row[place]))
            for row in layout.sheet.rows[layout.bottom + 1 :]
            for place in self.numbers
            if place < len(row)
        )
        self.without_unit: set[int] = set()
        self.above = spread_down(layout, [column.place for column in columns])


def filled_rows(table: Table) -> Iterator[Row]:
    """Yield the rows below the head that say something, a running number apart."""
    for number in range(table.layout.bottom + 1, len(table.layout.sheet.rows)):
        row = Row(table, number)
        if row.filled() or any(text and not _is_count(text) for text in row.numbered()):
            yield row


def is_spread(table: Table, row: Row, column: Read) -> bool:
    """Return whether a cell is merged with one above; names and ids are not taken from there."""
    merged = (row.number, column.place) in table.above
    return merged and column.field not in (Field.ID, Field.NAME)


def cell_of(table: Table, row: Row, column: Read) -> Cell:
    """Return what a cell says, or the first of those it is merged with."""
    if is_spread(table, row, column):
        return Row(table, table.above[row.number, column.place]).cell(column.place)
    return row.cell(column.place)


def _is_count(text: str) -> bool:
    return compact(text).rstrip(".、").isdecimal()
