"""Web pages that are called .xls, as many systems export: each table is a sheet.

The parser of the standard library keeps the cells of broken pages, which lxml moves or drops,
and what spans and nested tables need on top would be as long over lxml's tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from data.workbook.open import limits
from data.workbook.open.inside.sheets import Cell, FoundSheet, too_many_cells
from data.workbook.open.refusal import Refusal, Refused

_SPACE = {"br", "p", "div", "li"}
_SILENT = {"script", "style", "title", "head"}
_WIDEST, _TALLEST = 1_000, 65_534
"""What browsers take a span for at most."""


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the tables of a page in UTF-8, in the order in which they begin.

    Raises
    ------
    Refused
        If it has none, nests them without end, or holds more cells than are read.
    """
    page = _Page()
    try:
        page.feed(content.decode("utf-8", errors="replace"))
        page.close()
    except AssertionError:  # how the parser takes a declaration that it does not know
        raise Refused(Refusal.DAMAGED) from None
    page.end()
    filled = [table for table in page.tables if table.filled]
    if not filled:
        raise Refused(Refusal.NOT_A_TABLE, found="HTML")
    for number, table in enumerate(filled, start=1):
        sheet = FoundSheet(f"Table {number}" if len(filled) > 1 else "")
        sheet.rows = table.rows()
        sheet.merge(table.merged)
        yield sheet


class _Table:
    """A table while its cells come in."""

    def __init__(self) -> None:
        self.filled: dict[tuple[int, int], str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.text: list[str] | None = None
        self._row, self._column = -1, 0
        self._place = (0, 0)
        self._taken: dict[int, int] = {}
        """By column, the last row that a cell from above reaches into."""

    def begin_row(self) -> None:
        self.end_cell()
        self._row, self._column = self._row + 1, 0
        if self._row >= limits.ROWS:
            raise too_many_cells()

    def begin_cell(self, tall: int, wide: int) -> None:
        self.end_cell()
        if self._row < 0:
            self.begin_row()
        while self._taken.get(self._column, -1) >= self._row:
            self._column += 1
        last, end = self._row + tall - 1, self._column + wide - 1
        if end >= limits.COLUMNS:
            raise too_many_cells()
        self._place = (self._row, self._column)
        if tall > 1 or wide > 1:
            self.merged.append((*self._place, last, end))
        if tall > 1:
            self._taken.update(dict.fromkeys(range(self._column, end + 1), last))
        self._column = end + 1
        self.text = []

    def end_cell(self) -> None:
        if self.text is not None and (text := "".join(self.text).strip()):
            self.filled[self._place] = text
        self.text = None

    def rows(self) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[] for _ in range(max(self.filled)[0] + 1)]
        for (row, column), text in self.filled.items():
            rows[row] += [None] * (column - len(rows[row])) + [text]
        return rows


class _Page(HTMLParser):
    """Collects tables; a table within a cell stands by itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._silent = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._begin_table()
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "body":
            self._silent = 0
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in _SPACE:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.end()
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent and (text := self._open[-1].text) is not None:
            text.append(data)

    def end(self) -> None:
        """End the innermost table."""
        if self._open:
            self._open.pop().end_cell()

    def _begin_table(self) -> None:
        self._silent = 0
        if len(self._open) >= limits.NESTED:
            raise Refused(Refusal.DAMAGED)
        self._open.append(_Table())
        self.tables.append(self._open[-1])

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        self._cells += 1
        if self._cells > limits.CELLS:
            raise too_many_cells()
        tall = _span(attributes.get("rowspan"), _TALLEST)
        self._open[-1].begin_cell(tall, _span(attributes.get("colspan"), _WIDEST))


def _span(text: str | None, most: int) -> int:
    number = (text or "").strip()
    usable = number.isascii() and number.isdecimal() and len(number) < 7
    return min(max(int(number), 1), most) if usable else 1
