"""Workbooks (.xlsx), as calamine reads them, what it does not tell, and the look into their zip."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from data.workbook.open import limits
from data.workbook.open.inside.sheets import (
    Cell,
    FoundSheet,
    Position,
    cell_name,
    is_percent,
    too_many_cells,
)
from data.workbook.open.refusal import Refusal, Refused

_MAIN = "xl/workbook.xml"
_TAG = re.compile(
    rb"<(?:\w+:)?(sheet|Relationship|numFmt|cellXfs|xf)\b([^<>]*)>|</(?:\w+:)?cellXfs>"
)
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROOT = re.compile(rb"<(\w+:|)worksheet\b")
# A formula whose result is a text has one, be it empty.
_NO_TEXT = rb'(?![^<>]*\bt="str")'
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")
_PLAIN = {str, float}
_PROGRAMS = (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)
_BUILT_IN_PERCENT = frozenset({9, 10})
"""Ids of ``0%`` and ``0.00%``, which workbooks use without spelling them out."""


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of an .xlsx, one at a time, with what calamine does not tell.

    Raises
    ------
    Refused
        If any part of it is.
    """
    marks = XlsxMarks(Parts(content))
    for sheet in _calamine_sheets(content):
        marks.mark(sheet)
        yield sheet


def _calamine_sheets(content: bytes) -> Iterator[FoundSheet]:
    try:
        book = load_workbook(io.BytesIO(content))
        for entry in book.sheets_metadata:
            if entry.typ in _PROGRAMS:
                raise Refused(Refusal.MACROS)
            if entry.typ is SheetTypeEnum.WorkSheet:
                sheet = FoundSheet(entry.name, hidden=entry.visible != SheetVisibleEnum.Visible)
                _fill(sheet, book.get_sheet_by_name(entry.name))
                yield sheet
    except PasswordError:
        raise Refused(Refusal.ENCRYPTED) from None
    except CalamineError:
        raise Refused(Refusal.DAMAGED) from None
    except BaseException as error:  # a panic of calamine is no Exception, and has no public name
        if type(error).__name__ == "PanicException":
            raise Refused(Refusal.DAMAGED) from None
        raise


def _fill(sheet: FoundSheet, source: CalamineSheet) -> None:
    """Copy the cells, from row and column 0 of the sheet."""
    left = (source.start or (0, 0))[1]
    bottom, right = source.end or (0, 0)
    if bottom >= limits.ROWS or right >= limits.COLUMNS:
        raise _far_cell(bottom, right)
    padding: list[Cell] = [None] * left
    room = limits.CELLS
    # Rows come from the first of the sheet on, columns from the first that is filled.
    for row in source.iter_rows():
        plain = set(map(type, row)) <= _PLAIN
        found = cast(list[Cell], row) if plain else [_plain(cell) for cell in row]
        cells = padding + [None if cell == "" else cell for cell in found]
        while cells and cells[-1] is None:
            cells.pop()
        sheet.rows.append(cells)
        room -= len(cells)
        if room < 0:
            raise too_many_cells()
    sheet.merge([(*first, *last) for first, last in source.merged_cell_ranges or ()])


def _plain(cell: object) -> Cell:
    """Return what a cell holds; the time of a day does not matter."""
    if isinstance(cell, date):  # or a datetime
        return cell.toordinal()
    if cell is None or isinstance(cell, (str, bool)):
        return cell
    return float(cell) if isinstance(cell, (int, float)) else str(cell)


def _far_cell(row: int, column: int) -> Refused:
    return Refused(
        Refusal.FAR_CELL,
        cell=cell_name(row, column),
        rows=limits.ROWS,
        columns=limits.COLUMNS,
    )


class XlsxMarks:
    """What the parts of a workbook say beside values, by the name of the sheet.

    Reading it checks every part of the archive.
    """

    def __init__(self, parts: Parts) -> None:
        self._percents: dict[str, list[tuple[bytes, bytes]]] = {}
        self._unsaved: dict[str, list[Position]] = {}
        paths = _paths(parts)
        styles = _percent_styles(parts.read("xl/styles.xml"))
        for path in parts.names():
            part = parts.read(path)
            if path.startswith("xl/") and path.endswith(".xml"):
                check_cells(part)
            for name in paths.get(path, ()):
                self._note(name, part, styles)

    def mark(self, sheet: FoundSheet) -> None:
        """Mark the percentages and unsaved formulas of a sheet."""
        column = cache(column_number)
        sheet.percent.extend(
            (int(row) - 1, column(letters)) for letters, row in self._percents.get(sheet.name, ())
        )
        sheet.unsaved.extend(self._unsaved.get(sheet.name, ()))

    def _note(self, name: str, part: bytes, styles: list[bytes]) -> None:
        root = _ROOT.search(part, 0, 4096)
        prefix = root[1] if root else b""
        if styles:
            shown = rb'(?=[^<>]*\ss="(?:%s)")' % b"|".join(styles)
            self._percents[name] = re.findall(_cell(prefix, shown), part)
        if b"<%bf" % prefix in part:
            self._unsaved[name] = list(_unsaved(part, prefix))


def _cell(prefix: bytes, ahead: bytes) -> bytes:
    """Return a pattern of the start tags that look so ahead; its groups are column and row."""
    return rb'<%bc\s%b[^<>]*?\br="([A-Z]{1,7})([1-9][0-9]{0,8})"' % (prefix, ahead)


def _unsaved(part: bytes, prefix: bytes) -> Iterator[Position]:
    """Yield the places of formulas without a result."""
    begins = _cell(prefix, _NO_TEXT) + rb"[^<>]*>\s*<%bf\b" % prefix
    close = b"</%bc>" % prefix
    for match in re.finditer(begins, part):
        if not _VALUE.search(part, match.end(), max(match.end(), part.find(close, match.end()))):
            yield int(match[2]) - 1, column_number(match[1])


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _paths(parts: Parts) -> dict[str, list[str]]:
    """Return the names of the sheets by the part they are in."""
    targets = {}
    for tag, attributes in _TAG.findall(parts.read("xl/_rels/workbook.xml.rels")):
        if tag == b"Relationship":
            link = _attributes(attributes)
            target = posixpath.join("/xl", link.get("Target", "").replace("\\", "/"))
            targets[link.get("Id", "")] = posixpath.normpath(target).lstrip("/")
    paths: dict[str, list[str]] = {}
    for tag, attributes in _TAG.findall(parts.read(_MAIN)):
        if tag == b"sheet":
            sheet = _attributes(attributes)
            identity = next((value for key, value in sheet.items() if key.endswith(":id")), "")
            paths.setdefault(targets.get(identity, ""), []).append(sheet.get("name", ""))
    return paths


def _percent_styles(styles: bytes) -> list[bytes]:
    """Return the numbers of the cell styles that show percentages."""
    percents = set(_BUILT_IN_PERCENT)
    found, number, inside = [], 0, False
    for match in _TAG.finditer(styles):
        attributes = _attributes(match[2] or b"")
        if match[1] == b"numFmt":
            identity = _identity(attributes)
            change = percents.add if is_percent(attributes.get("formatCode", "")) else None
            (change or percents.discard)(identity)
        elif match[1] == b"xf" and inside:
            if _identity(attributes) in percents:
                found.append(b"%d" % number)
            number += 1
        elif match[1] in (b"cellXfs", None):
            inside = match[1] == b"cellXfs"
    return found


def _identity(attributes: dict[str, str]) -> int:
    text = attributes.get("numFmtId", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


_STEP = limits.MEGABYTE
_ENCRYPTED = 1
_XML = (".xml", ".rels", ".vml")

# Names and content types: a renamed part still has to declare what it is.
_MACROS = re.compile(rb"vbaProject|macroEnabled|macrosheet|dialogsheet", re.IGNORECASE)
_LINKS = re.compile(rb"externalLink", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:([A-Z]{3,7})([1-9][0-9]{0,8})|([A-Z]{1,2})([1-9][0-9]{5,8}))"')
_LONG_TEXT = re.compile(rb">[^<]{%d}" % (4 * limits.TEXT))

_OTHERS = {
    "xl/workbook.bin": (Refusal.OTHER_SPREADSHEET, ".xlsb"),
    "word/document.xml": (Refusal.NOT_A_TABLE, "Word"),
    "ppt/presentation.xml": (Refusal.NOT_A_TABLE, "PowerPoint"),
    "Index/Document.iwa": (Refusal.OTHER_SPREADSHEET, "Numbers"),
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


class Parts:
    """The parts of a zipped workbook, checked one by one as they are read.

    Raises
    ------
    Refused
        If the archive is damaged, encrypted or no workbook, or holds macros or links.
    """

    def __init__(self, content: bytes) -> None:
        self._left = limits.INFLATED_MEGABYTES * limits.MEGABYTE
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Refused(Refusal.DAMAGED) from None
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        if len(self._archive.infolist()) > limits.PARTS:
            raise Refused(Refusal.INFLATES, limit=limits.INFLATED_MEGABYTES)
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries.values()):
            raise Refused(Refusal.ENCRYPTED)
        self._check_kind()

    def names(self) -> Iterator[str]:
        """Yield the name of every part."""
        yield from self._entries

    def read(self, name: str) -> bytes:
        """Inflate one part within the limits; an absent one is empty.

        Raises
        ------
        Refused
            If it is damaged, grows too far, or defines entities.
        """
        entry = self._entries.get(name)
        if entry is None:
            return b""
        most = min(self._left, self._most(entry))
        content = self._inflate(entry, most)
        if len(content) > most:
            raise Refused(Refusal.INFLATES, limit=limits.INFLATED_MEGABYTES)
        self._left -= len(content)
        if name.endswith(_XML) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise Refused(Refusal.ENTITIES)
        return content

    def _most(self, entry: zipfile.ZipInfo) -> int:
        return max(
            entry.compress_size * limits.INFLATION,
            limits.INFLATION_FROM_MEGABYTES * limits.MEGABYTE,
        )

    def _inflate(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """Inflate up to just beyond ``most`` bytes, whatever the archive declares."""
        pieces, size = [], 0
        try:
            with self._archive.open(entry) as part:
                while size <= most and (piece := part.read(_STEP)):
                    pieces.append(piece)
                    size += len(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
            raise Refused(Refusal.DAMAGED) from None
        return b"".join(pieces)

    def _check_kind(self) -> None:
        for name, (reason, found) in _OTHERS.items():
            if name in self._entries:
                raise Refused(reason, found=found)
        mimetype = self.read("mimetype")
        if mimetype.startswith(_OPEN_DOCUMENT):
            sheets = mimetype.startswith(_OPEN_DOCUMENT + b"spreadsheet")
            reason = Refusal.OTHER_SPREADSHEET if sheets else Refusal.NOT_A_TABLE
            raise Refused(reason, found="OpenDocument")
        if "xl/workbook.xml" not in self._entries and not self._declares_workbook():
            raise Refused(Refusal.NOT_A_TABLE, found="ZIP")
        declared = self.read("[Content_Types].xml") + "\n".join(self._entries).encode()
        if _MACROS.search(declared):
            raise Refused(Refusal.MACROS)
        if _LINKS.search(declared):
            raise Refused(Refusal.EXTERNAL_LINKS)

    def _declares_workbook(self) -> bool:
        return b"spreadsheetml" in self.read("[Content_Types].xml")


def check_cells(part: bytes) -> None:
    """Refuse a worksheet with a filled cell far out, a text no cell can hold, endless merging.

    Raises
    ------
    Refused
        If there is one.
    """
    if _LONG_TEXT.search(part):
        raise Refused(Refusal.LONG_TEXT, limit=limits.TEXT)
    if part.count(b"mergeCell ") > limits.MERGED:
        raise Refused(Refusal.MERGED, limit=limits.MERGED)
    for match in _FAR.finditer(part):
        row, column = int(match[2] or match[4]) - 1, column_number(match[1] or match[3])
        if (row >= limits.ROWS or column >= limits.COLUMNS) and _is_filled(part, match.end()):
            raise _far_cell(row, column)


def column_number(letters: bytes) -> int:
    """Return the number of a column such as ``AB``, from 0."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1


def _is_filled(part: bytes, at: int) -> bool:
    """Whether the element whose start tag is at ``at`` holds anything: styles alone do no harm."""
    end = part.find(b">", at)
    return part[end - 1 : end] != b"/" and part[end + 1 : end + 3] != b"</"
