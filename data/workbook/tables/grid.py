"""Cells told apart by their looks: numbers, periods, texts, and what stands for none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache

from data.workbook.book import Cell, Rectangle, Sheet
from data.workbook.words.normalise import compact
from data.workbook.words.numbers import Missing, Number, parse_number
from data.workbook.words.periods import EARLIEST, LATEST, parse_period, parse_year

_TIMELY = re.compile(
    r"[0-9〇零一二两三四五六七八九十年半]"
    r"|QUARTER|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC"
)
"""Signs of which every period has at least one; most texts have none."""
_PLAIN = re.compile(r"[+-]?[0-9.,]+")
_WITH_NOTE = re.compile(r"[+-]?[0-9][0-9,]*\.[0-9]+%?\([^()]+\)")
"""12.11(含海关代征) is no number, but it stands where one should: its row is one of figures."""


class CellKind(IntEnum):
    """What a cell looks like before anything around it is known."""

    EMPTY = 0
    NUMBER = 1
    MISSING = 2
    PERIOD = 3
    TEXT = 4


def kind_of(cell: Cell) -> CellKind:
    """Return what a cell looks like; a year written as a number is a number."""
    if cell is None:
        return CellKind.EMPTY
    if type(cell) is float:
        return CellKind.NUMBER
    if isinstance(cell, str):
        return _of_text(cell)
    if isinstance(cell, bool):
        return CellKind.TEXT
    return CellKind.PERIOD if isinstance(cell, date) else CellKind.NUMBER


@lru_cache(maxsize=65536)
def _of_text(text: str) -> CellKind:
    if not (squeezed := compact(text)):
        return CellKind.EMPTY
    number = parse_number(text)
    if number is Missing.MISSING:
        return CellKind.MISSING
    if isinstance(number, Number) and _PLAIN.fullmatch(squeezed):
        return CellKind.NUMBER  # 2019.03 is a number until a head says otherwise
    if number is None and not _TIMELY.search(squeezed):
        return CellKind.TEXT
    if parse_period(text) or parse_year(text) is not None:
        return CellKind.PERIOD
    numeric = isinstance(number, Number) or _WITH_NOTE.fullmatch(squeezed)
    return CellKind.NUMBER if numeric else CellKind.TEXT


def year_like(cell: Cell) -> bool:
    """Return whether a number could be a year, or a month written as 201903 or 2019.03."""
    if isinstance(cell, str):
        return parse_year(cell) is not None or parse_period(cell) is not None
    if not isinstance(cell, (int, float)) or isinstance(cell, bool):
        return False
    if EARLIEST <= cell <= LATEST:
        return float(cell).is_integer()
    return cell >= EARLIEST * 100 and parse_period(cell) is not None


class Grid:
    """A sheet as a rectangle of cells, counted from 0, in which merged cells repeat their text.

    Attributes
    ----------
    unclear
        Rows with a number that is one of two months.
    """

    def __init__(self, sheet: Sheet, unclear: frozenset[int] = frozenset()):
        self.sheet, self.unclear = sheet, unclear
        self.rows = sheet.rows
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._merged = {
            (row, column): block
            for block in sheet.merged
            for row, column in _covered(block, len(self.rows), self.width)
        }
        self._numbers: list[int | None] = []
        self.merged_rows = {row for row, _ in self._merged}
        self._filled: dict[tuple[int, int, int], tuple[int, ...]] = {}

    @cached_property
    def kinds(self) -> list[tuple[CellKind, ...]]:
        """What the cells of every row look like."""
        return _kinds_of(self.rows)

    def next_numbers(self, row: int) -> int | None:
        """Return the first row from ``row`` on that has a number beyond the first column."""
        if not self._numbers:
            following = None
            for at in range(len(self.kinds) - 1, -1, -1):
                following = at if CellKind.NUMBER in self.kinds[at][1:] else following
                self._numbers.append(following)
            self._numbers = [*self._numbers[::-1], None, None]
        return self._numbers[row]

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell as the file has it."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def kind(self, row: int, column: int) -> CellKind:
        """Return what a cell looks like."""
        kinds = self.kinds[row]
        return kinds[column] if column < len(kinds) else CellKind.EMPTY

    def merged(self, row: int, column: int) -> Rectangle | None:
        """Return the merged cells that a cell belongs to."""
        return self._merged.get((row, column))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that holds the text of a cell: itself, or the first of merged ones."""
        block = self._merged.get((row, column))
        return (block.top - 1, block.left - 1) if block else (row, column)

    def filled(self, row: int, left: int, right: int) -> tuple[int, ...]:
        """Return the columns from ``left`` to before ``right`` that are not empty."""
        kinds = self.kinds[row]
        key = id(kinds), left, right
        found = self._filled.get(key)
        if found is None:
            columns = range(left, min(right, len(kinds)))
            found = self._filled[key] = tuple(column for column in columns if kinds[column])
        return found


def _kinds_of(rows: Sequence[Sequence[Cell]]) -> list[tuple[CellKind, ...]]:
    """Return what the cells of every row look like; rows that look alike share one answer."""
    shared: dict[bytes, tuple[CellKind, ...]] = {}
    found, number = [], CellKind.NUMBER
    for row in rows:
        kinds = [
            number if type(cell) is float else
            _of_text(cell) if type(cell) is str else kind_of(cell)
            for cell in row
        ]  # fmt: skip
        key = bytes(kinds)
        if key not in shared:
            shared[key] = tuple(kinds)
        found.append(shared[key])
    return found


def _covered(block: Rectangle, rows: int, width: int) -> list[tuple[int, int]]:
    """Return the cells of a merged block that lie where anything is."""
    bottom, right = min(block.bottom, rows), min(block.right, width)
    if (bottom - block.top + 1) * (right - block.left + 1) > 20_000:
        return []
    return [
        (row, column)
        for row in range(block.top - 1, bottom)
        for column in range(block.left - 1, right)
    ]
