"""Sheets walked through: tables, the lines around them, and the figures within."""

from __future__ import annotations

import re
from pathlib import PurePath

from data.workbook.book import Book, Sheet
from data.workbook.read.claims import Claim, Teller, shown
from data.workbook.read.column_claims import LabelTeller
from data.workbook.read.lines import Lines, LineTeller, both
from data.workbook.read.places import Places
from data.workbook.read.remarks import without_remarks
from data.workbook.read.table import Finding, Walk
from data.workbook.tables.cells import Grid, Kind
from data.workbook.tables.tables import Table, tables
from data.workbook.words.text import plain
from forecasting.figures.indicator import Catalogue

_MOST_LINES = 20
"""Lines of a title, and as many just above the table, that are read."""


_NUMBERED = re.compile(r"^[0-9A-Za-z]{1,6}[-_.、 ]+(?=[\u3400-\u9fff]{2})")
"""What stands before the name of a file or a sheet: 01_固定资产投资."""


class Finder:
    """Walks through a book and gathers its figures and the labels that say nothing known."""

    def __init__(self, catalogue: Catalogue, places: Places):
        teller = Teller(catalogue, places)
        self._lines = LineTeller(teller, places)
        self._labels = LabelTeller(teller, places, self._lines)
        self.findings: list[Finding] = []
        self.texts: list[str] = []
        self.hidden: list[str] = []
        self.unread: list[str] = []  # sheets that hold numbers and of which none was read

    def read(self, book: Book) -> None:
        """Gather the figures of every sheet that is shown."""
        stem = _NUMBERED.sub("", PurePath(book.file).stem) if book.file else ""
        file = _around(self._lines.above([stem]), status=True) if stem else Lines()
        for sheet in book.sheets:
            if sheet.hidden and any(not other.hidden for other in book.sheets):
                self.hidden.append(sheet.name)
                continue
            name = self._lines.above([_NUMBERED.sub("", sheet.name)]) if sheet.name else Lines()
            self._sheet(sheet, both(_around(name, status=False), file))

    def _sheet(self, sheet: Sheet, around: Lines) -> None:
        grid = Grid(sheet)
        found = [without_remarks(grid, table, self._labels) for table in tables(grid)]
        notes = self._lines.below(
            [text for table in found for text in _texts(grid, table, table.notes)]
        )
        title, before, numbered = Lines(), len(self.findings), False
        for table in found:
            own = self._lines.above(_texts(grid, table, table.lines))
            title = both(own, title.inherited) if own.titles else both(own, title)
            if table.body:
                lines = both(both(title, notes), around).placed
                walk = Walk(self._labels, grid, table, lines)
                self.findings += walk.findings()
                self.texts += walk.texts
                numbered = numbered or (len(self.findings) == before and walk.numbered)
        if len(self.findings) == before and (numbered or _numbers(grid, found)):
            self.unread.append(sheet.name)

    @property
    def understood(self) -> bool:
        """Whether any word in the file was: its encoding is no longer in doubt then."""
        return any(
            entry.claim.ids or entry.claim.area or entry.period or entry.claim.units
            for entry in self.findings[:1000]
        )


def _numbers(grid: Grid, found: list[Table]) -> bool:
    """Return whether a sheet without any table holds numbers all the same."""
    if any(table.body for table in found):
        return False
    return sum(kinds.count(Kind.NUMBER) for kinds in grid.kinds) > 1


def _texts(grid: Grid, table: Table, rows: list[int]) -> list[str]:
    """Return the texts of rows above or below a table."""
    if len(rows) > 2 * _MOST_LINES:
        rows = [*rows[:_MOST_LINES], *rows[-_MOST_LINES:]]
    return [text for row in rows for text in _line_texts(grid, table, row)]


def _line_texts(grid: Grid, table: Table, row: int) -> list[str]:
    """Return the texts of a row, what a form asks with what was filled in on its right."""
    texts: list[str] = []
    for column in grid.filled(row, table.left, table.right):
        text = plain(shown(grid.cell(row, column)))
        if texts and texts[-1][-1:] == ":" and text[-1:] != ":":
            texts[-1] += text
        else:
            texts.append(text)
    return texts


def _around(lines: Lines, status: bool) -> Lines:
    """Return of the name of a sheet or a file what it may say: when, which area, which indicator.

    A sheet called 快报 is one of a kind of table rather than of a kind of figure.
    """
    claim = Claim(
        area=lines.claim.area, place=lines.claim.place,
        status=lines.claim.status if status else None,
    )  # fmt: skip
    return Lines(claim, lines.period, lines.year, lines.indicator)
