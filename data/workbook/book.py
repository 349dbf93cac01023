"""A workbook once opened: sheets of plain cells, whatever file they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Cell = str | float | bool | date | None
"""What a cell holds; numbers are floats, an error or an empty text is None."""


class Place(NamedTuple):
    """Where a cell is; ``row`` and ``column`` count from 1, as the spreadsheet does."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.letters}{self.row}"

    @property
    def letters(self) -> str:
        """The column as the spreadsheet names it."""
        letters, column = "", self.column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return letters


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle of cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    rows
        From the first row of the sheet, empty ones included, so that row and column 1 of the
        sheet are entry 0 here; trailing empty cells and rows may be missing.
    merged
        Merged cells; only the first of each has a value.
    percent
        Row and column, from 1, of number cells shown as percentages: 0.062 there reads 6.2%.
    hidden
        Whether the spreadsheet does not show it.
    hidden_rows, hidden_columns
        From 1, those filled that the spreadsheet does not show; of an .xlsx alone.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Rectangle, ...] = ()
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """An opened file.

    Attributes
    ----------
    encoding
        Of a text file, as Python names it; empty for a workbook.
    encoding_certain
        Whether the file leaves no doubt about it: a byte order mark or strict UTF-8.
    """

    file: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    encoding_certain: bool = True
