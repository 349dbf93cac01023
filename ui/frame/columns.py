"""A table as its columns: each has its title, its class, and what it writes of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ui.frame import look

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column of a table.

    Attributes
    ----------
    title
        Stands in the head; empty for a column that needs no name.
    kind
        Class of the head and the cells: ``l`` is aligned left, ``wrap`` may take several lines,
        ``wide`` is not shown on a phone.
    text
        Returns the plain text of a row's cell.
    cell
        Returns the whole cell in HTML instead.
    """

    title: str
    kind: str
    text: Callable[[Row], str] | None = None
    cell: Callable[[Row], str] | None = None

    def write(self, row: Row) -> str:
        """Return the cell of a row."""
        if self.cell is not None:
            return self.cell(row)
        assert self.text is not None
        return look.cell(self.text(row), self.kind)


def table(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> str:
    """Return a table of one row each."""
    head = [(column.title, column.kind) for column in columns]
    return look.table(head, ("".join(column.write(row) for column in columns) for row in rows))
