"""OpenDocument spreadsheets (.ods): what calamine does not tell of them, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from data.workbook.open import limits
from data.workbook.open.inside.calamine import calamine_sheets, check_texts
from data.workbook.open.inside.parts import Parts
from data.workbook.open.inside.sheets import FoundSheet, too_many_cells
from data.workbook.open.refusal import Refusal, Refused

_CONTENT = "content.xml"
_PROGRAM = re.compile(r"(?:Basic/(?!.*script-l[bc]\.xml$)|Scripts/).+[^/]$")
"""Parts that hold programs; the lists of libraries may be empty."""
_CELLS = ("table:table-cell", "table:covered-table-cell")
_SOURCES = ("table:table-source", "table:cell-range-source", "office:dde-source")
"""Elements that take cells from other files or programs."""
_ELSEWHERE = re.compile(r"'#|\bDDE\(")
"""What a formula holds that takes a cell of another file, as in ['file:///a.ods'#$A.A1]."""
_MOST = 1 << 20
"""More rows or columns than any spreadsheet has."""


class _Cells(NamedTuple):
    """Cells that are alike, beside and below each other: the first, and how many each way."""

    row: int
    column: int
    down: int
    right: int


def sheets_of(content: bytes, parts: Parts) -> Iterator[FoundSheet]:
    """Read the worksheets of an .ods, one at a time.

    Raises
    ------
    Refused
        If it is damaged or encrypted, or holds macros or values of other files.
    """
    if any(map(_PROGRAM.match, parts.names())):
        raise Refused(Refusal.MACROS)
    if b"encryption-data" in parts.read("META-INF/manifest.xml") or "encrypted-package" in parts:
        raise Refused(Refusal.ENCRYPTED)
    marks = OdsMarks(parts)
    for sheet in calamine_sheets(content):
        check_texts(sheet)
        marks.mark(sheet)
        yield sheet


class OdsMarks:
    """Percentages, merged cells and formulas without a result, by the name of the sheet.

    Reading them checks every part of the archive.
    """

    def __init__(self, parts: Parts) -> None:
        self._percents: dict[str, list[_Cells]] = {}
        self._merged: dict[str, list[_Cells]] = {}
        self._unsaved: dict[str, list[_Cells]] = {}
        self._sheet = ""
        self._row = self._column = 0
        self._rows, self._room = 1, limits.CELLS
        for name in parts.names():
            part = parts.read(name)
            if name == _CONTENT:
                self._read(part)

    def _read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise Refused(Refusal.DAMAGED) from None

    def mark(self, sheet: FoundSheet) -> None:
        """Mark the cells of a sheet, as far as it goes."""
        sheet.percent.extend(_places(self._percents.get(sheet.name, ()), sheet))
        sheet.unsaved.extend(cells[:2] for cells in self._unsaved.get(sheet.name, ()))
        sheet.merge([
            (row, column, row + down - 1, column + right - 1)
            for row, column, down, right in self._merged.get(sheet.name, ())
        ])  # fmt: skip

    def _begin(self, name: str, said: dict[str, str]) -> None:
        if name in _CELLS:
            self._cell(said)
        elif name == "table:table-row":
            self._column, self._rows = 0, _count(said, "table:number-rows-repeated")
        elif name == "table:table":
            self._sheet, self._row = said.get("table:name", ""), 0
        elif name in _SOURCES:
            raise Refused(Refusal.EXTERNAL_LINKS)

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row = min(self._row + self._rows, _MOST)

    def _cell(self, said: dict[str, str]) -> None:
        right = _count(said, "table:number-columns-repeated")
        cells = _Cells(self._row, self._column, self._rows, right)
        kind, formula = said.get("office:value-type"), said.get("table:formula", "")
        if _ELSEWHERE.search(formula):
            raise Refused(Refusal.EXTERNAL_LINKS)
        self._room -= 0 if kind is None else cells.down * cells.right
        if self._room < 0:
            raise too_many_cells()
        if kind == "percentage":
            self._percents.setdefault(self._sheet, []).append(cells)
        if formula and kind is None:
            self._unsaved.setdefault(self._sheet, []).append(cells)
        down = _count(said, "table:number-rows-spanned")
        across = _count(said, "table:number-columns-spanned")
        if down > 1 or across > 1:
            merged = cells._replace(down=down, right=across)
            self._merged.setdefault(self._sheet, []).append(merged)
        self._column = min(self._column + right, _MOST)


def _count(said: dict[str, str], name: str) -> int:
    text = said.get(name, "1")
    return min(int(text), _MOST) if text.isdecimal() and len(text) < 10 else 1


def _places(found: list[_Cells] | tuple[()], sheet: FoundSheet) -> Iterator[tuple[int, int]]:
    """Yield the positions of cells, within the rows of a sheet."""
    for first, column, down, right in found:
        for row in range(first, min(first + down, len(sheet.rows))):
            for place in range(column, min(column + right, len(sheet.rows[row]))):
                yield row, place
