"""Text to rows of cells: which character separates them, and what quotes hold."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from data.workbook.book import Cell
from data.workbook.open import limits
from data.workbook.open.refusal import Refusal, Refused

_SEPARATORS = ("\t", ",", ";", "，", "|")
"""In the order of preference where several would do as well."""

_SPACES = "  "
"""Columns that are lined up by spaces, as programs that talk write them."""
_SPACED = re.compile(r"(?<=\S)(?: {2,}|\u3000+)[ \u3000]*(?=\S)")

_SNIFFED = 200
"""Lines that are looked at for the separator."""

_SEPARATED = 2
"""Separators for each cell that is read: empty cells at the end of rows do not count."""

_EXCEL_SAYS = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_END = "\x00end"

# ="001" keeps Excel from reading a number; an apostrophe keeps it from reading a formula.
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Rows = tuple[tuple[Cell, ...], ...]


def rows_of(text: str, separator: str = "") -> Rows:
    """Take text apart into cells, all of them texts; an empty one is None.

    Parameters
    ----------
    separator
        The one to use; without it, the one that most lines agree on.

    Raises
    ------
    Refused
        If there is nothing in it, more cells than are read, or a text no cell can hold.
    """
    said = _EXCEL_SAYS.match(text)
    if said:
        text, separator = text[said.end() - 1 :], said[1]
    separator = separator or _separator(text)
    if separator == _SPACES:
        text, separator = _SPACED.sub("\t", text), "\t"
    if text.count(separator) + text.count("\n") > _SEPARATED * limits.CELLS:
        raise Refused(Refusal.CELLS, limit=limits.CELLS)
    rows = tuple(_cells(_parsed(text, separator)))
    while rows and not rows[-1]:
        rows = rows[:-1]
    if not rows:
        raise Refused(Refusal.EMPTY)
    return rows


def _cells(rows: Iterable[list[str]]) -> Iterator[tuple[Cell, ...]]:
    room = limits.CELLS
    for row in rows:
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        room -= len(cells) + 1
        if room < 0:
            raise Refused(Refusal.CELLS, limit=limits.CELLS)
        yield tuple(cells)


def _plain(cell: str) -> str | None:
    if len(cell) > limits.TEXT:
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT)
    if cell[:1] == "=" and (kept := _QUOTED_FORMULA.fullmatch(cell.strip())):
        cell = kept[1]
    elif cell[:1] == "'" and _GUARDED.match(cell):
        cell = cell[1:]
    return None if not cell or cell.isspace() else cell


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    """Yield rows, minding quotes unless one of them is never closed."""
    try:
        closed = _closes(text, separator)
    except csv.Error:  # a field beyond 131,072 characters
        closed = False
    lines = _lines(text)
    try:
        if closed:
            yield from csv.reader(lines, delimiter=separator)
        else:
            yield from csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    except csv.Error:
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT) from None


def _closes(text: str, separator: str) -> bool:
    """Whether a line added at the end would be a row by itself."""
    if '"' not in text:
        return True
    row: list[str] = []
    for row in csv.reader(_lines(f"{text}\n{_END}"), delimiter=separator):  # noqa: B007
        pass
    return row == [_END]


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _separator(text: str) -> str:
    """Return the separator that cuts most lines into equally many cells."""
    lines = [line for line in text[: 1 << 18].splitlines()[:_SNIFFED] if line.strip()]
    best = max(_SEPARATORS, key=lambda separator: _agreement(lines, separator))
    if not _agreement(lines, best)[0]:
        spaced = Counter(len(_SPACED.findall(line)) for line in lines)
        del spaced[0]
        if max(spaced.values(), default=0) > 1:
            return _SPACES
    return best


def _agreement(lines: list[str], separator: str) -> tuple[int, int, bool]:
    """Return how well a separator does, the better the more.

    Lines with the commonest number of it, cells without another one at an end, as where both
    stand side by side, and whether it is a tab.
    """
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0, 0, False
    counts = Counter(len(row) for row in rows if len(row) > 1)
    stray = sum(cell.strip()[:1] in _SEPARATORS for row in rows for cell in row if cell.strip())
    return max(counts.values(), default=0), -stray, separator == "\t"
