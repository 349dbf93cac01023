"""A sheet while it is read, what all readers refuse of it, and how it is handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import isfinite

import msgspec

from data.workbook.open import limits
from data.workbook.open.refusal import Refusal, Refused

Cell = str | float | bool | int | None
"""What a cell holds; a day is its ordinal, the only integer, for every number is a float."""

Position = tuple[int, int]
"""Row and column, from 0."""


class FoundSheet:
    """A sheet under construction, its cells from row and column 0.

    Attributes
    ----------
    merged
        Top, left, bottom and right of merged cells, both ends included.
    percent
        Positions of numbers shown as percentages.
    unsaved
        Positions of formulas whose result was never saved.
    hidden_rows, hidden_columns
        First and last of those that are not shown, both ends included, from 0.
    """

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self.rows: list[list[Cell]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.percent: list[Position] = []
        self.unsaved: list[Position] = []
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []

    def merge(self, ranges: list[tuple[int, int, int, int]]) -> None:
        """Note merged cells, as far as there are any cells.

        Ranges do not overlap in any workbook that a spreadsheet wrote, so that together they
        cover no more than the sheet: whoever fills them does not work for ever.
        """
        bottom, right = len(self.rows) - 1, max(map(len, self.rows), default=0) - 1
        self.merged = [
            (top, left, min(last, bottom), min(end, right))
            for top, left, last, end in ranges
            if top <= min(last, bottom) and left <= min(end, right)
        ]
        covered = sum((last - top + 1) * (end - left + 1) for top, left, last, end in self.merged)
        if len(ranges) > limits.MERGED or covered > limits.CELLS:
            raise Refused(Refusal.MERGED, limit=limits.MERGED)

    def line(self) -> bytes:
        """Return the sheet as one line of JSON; its places count from 1."""
        content = {
            "name": self.name,
            "hidden": self.hidden,
            "rows": self._finite_rows(),
            "merged": [[number + 1 for number in merged] for merged in self.merged],
            "percent": list(self._percentages()),
            "hidden_rows": self._filled_hidden_rows(),
            "hidden_columns": self._filled_hidden_columns(),
        }
        return msgspec.json.encode(content) + b"\n"

    def _finite_rows(self) -> list[list[Cell]]:
        """Return the rows; what is beyond all bounds, such as 1e999, is a text and no number."""
        if isfinite(sum([cell for row in self.rows for cell in row if type(cell) is float])):
            return self.rows
        return [
            [str(cell) if type(cell) is float and not isfinite(cell) else cell for cell in row]
            for row in self.rows
        ]

    def _filled_hidden_rows(self) -> list[int]:
        """Return from 1 the rows that are not shown and hold anything."""
        if not self.hidden_rows:
            return []
        return _within(
            self.hidden_rows, [any(cell is not None for cell in row) for row in self.rows]
        )

    def _filled_hidden_columns(self) -> list[int]:
        """Return from 1 the columns that are not shown and hold anything."""
        if not self.hidden_columns:
            return []
        filled = [False] * max(map(len, self.rows), default=0)
        for row in self.rows:
            for column, cell in enumerate(row):
                filled[column] = filled[column] or cell is not None
        return _within(self.hidden_columns, filled)

    def _percentages(self) -> Iterator[Position]:
        """Yield the places, from 1, of numbers among those shown as percentages."""
        rows, height = self.rows, len(self.rows)
        for row, column in self.percent:
            if row < height and column < len(rows[row]) and type(rows[row][column]) is float:
                yield row + 1, column + 1


def _within(ranges: list[tuple[int, int]], filled: list[bool]) -> list[int]:
    """Return from 1 what lies in ranges and is filled; ranges that overlap cost no more."""
    begins = [0] * (len(filled) + 1)
    for first, last in ranges:
        if first <= min(last, len(filled) - 1):
            begins[first] += 1
            begins[min(last, len(filled) - 1) + 1] -= 1
    inside = accumulate(begins[:-1])
    return [place for place, (some, any_) in enumerate(zip(inside, filled, strict=True), start=1)
            if some and any_]  # fmt: skip


def counted(sheets: Iterable[FoundSheet]) -> Iterable[FoundSheet]:
    """Pass sheets on while their cells together stay within the limit."""
    cells = 0
    for sheet in sheets:
        cells += sum(map(len, sheet.rows))
        if cells > limits.CELLS:
            raise too_many_cells()
        yield sheet


def too_many_cells() -> Refused:
    """Return the refusal of a book with more cells than are read."""
    return Refused(Refusal.CELLS, limit=limits.CELLS)


def cell_name(row: int, column: int) -> str:
    """Name a cell as the spreadsheet does; both counted from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


# What stands quoted, escaped or in brackets is shown as it is: 0.0"%" is no percentage.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred."""
    return "%" in _LITERAL.sub("", code)
