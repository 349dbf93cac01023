"""Workbooks (.xlsx): what calamine does not tell of them, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from data.workbook.open import limits
from data.workbook.open.inside.calamine import calamine_sheets, far_cell
from data.workbook.open.inside.parts import Parts, attributes, targets
from data.workbook.open.inside.sheets import FoundSheet, Position, is_percent
from data.workbook.open.refusal import Refusal, Refused

MAIN = "xl/workbook.xml"
_TAG = re.compile(rb"<(?:\w+:)?(sheet|numFmt|cellXfs|xf)\b([^<>]*)>|</(?:\w+:)?cellXfs>")
_ROOT = re.compile(rb"<(\w+:|)worksheet\b")
# A formula whose result is a text has one, be it empty.
_NO_TEXT = rb'(?![^<>]*\bt="str")'
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)<")
BUILT_IN_PERCENT = frozenset({9, 10})
"""Ids of ``0%`` and ``0.00%``, which workbooks use without spelling them out."""

# Names and content types: a renamed part still has to declare what it is. All .xlsb say that
# macros may be enabled.
_MACROS = re.compile(rb"vbaProject|(?<!binary\.)macroEnabled|macrosheet|dialogsheet", re.IGNORECASE)
_LINKS = re.compile(rb"externalLink", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:([A-Z]{3,7})([1-9][0-9]{0,8})|([A-Z]{1,2})([1-9][0-9]{5,8}))"')
_LONG_TEXT = re.compile(rb">[^<]{%d}" % (4 * limits.TEXT))


def sheets_of(content: bytes, parts: Parts) -> Iterator[FoundSheet]:
    """Read the worksheets of an .xlsx, one at a time, with what calamine does not tell.

    Raises
    ------
    Refused
        If any part of it is.
    """
    check_declared(parts)
    marks = XlsxMarks(parts)
    for sheet in calamine_sheets(content):
        marks.mark(sheet)
        yield sheet


class XlsxMarks:
    """What the parts of a workbook say beside values, by the name of the sheet.

    Reading it checks every part of the archive.
    """

    def __init__(self, parts: Parts) -> None:
        self._percents: dict[str, list[tuple[bytes, bytes]]] = {}
        self._unsaved: dict[str, list[Position]] = {}
        self._rows: dict[str, list[tuple[int, int]]] = {}
        self._columns: dict[str, list[tuple[int, int]]] = {}
        paths = _paths(parts)
        styles = _percent_styles(parts.read("xl/styles.xml"))
        for path in parts.names():
            part = parts.read(path)
            if path.startswith("xl/") and path.endswith(".xml"):
                check_cells(part)
            for name in paths.get(path, ()):
                self._note(name, part, styles)

    def mark(self, sheet: FoundSheet) -> None:
        """Mark the percentages and unsaved formulas of a sheet, and what it does not show."""
        column = cache(column_number)
        sheet.percent.extend(
            (int(row) - 1, column(letters)) for letters, row in self._percents.get(sheet.name, ())
        )
        sheet.unsaved.extend(self._unsaved.get(sheet.name, ()))
        sheet.hidden_rows.extend(self._rows.get(sheet.name, ()))
        sheet.hidden_columns.extend(self._columns.get(sheet.name, ()))

    def _note(self, name: str, part: bytes, styles: list[bytes]) -> None:
        root = _ROOT.search(part, 0, 4096)
        prefix = root[1] if root else b""
        if styles:
            shown = rb'(?=[^<>]*\ss="(?:%s)")' % b"|".join(styles)
            self._percents[name] = re.findall(_cell(prefix, shown), part)
        if b"<%bf" % prefix in part:
            self._unsaved[name] = list(_unsaved(part, prefix))
        if b"hidden=" in part:
            self._rows[name] = list(_hidden(part, prefix + b"row", "r", "r"))
            self._columns[name] = list(_hidden(part, prefix + b"col", "min", "max"))


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


def _hidden(part: bytes, tag: bytes, first: str, last: str) -> Iterator[tuple[int, int]]:
    """Yield the ends of rows or columns that are not shown, from 0; no more than there may be."""
    shown = rb'<%b\s([^<>]*\bhidden="(?:1|true)"[^<>]*)' % tag
    for match in islice(re.finditer(shown, part), limits.ROWS):
        said = attributes(match[1])
        ends = said.get(first, ""), said.get(last, "")
        if all(end.isdecimal() and 0 < len(end) < 10 for end in ends):
            yield max(int(ends[0]), 1) - 1, int(ends[1]) - 1


def _paths(parts: Parts) -> dict[str, list[str]]:
    """Return the names of the sheets by the part they are in."""
    parted = targets(parts.read("xl/_rels/workbook.xml.rels"))
    paths: dict[str, list[str]] = {}
    for tag, inside in _TAG.findall(parts.read(MAIN)):
        if tag == b"sheet":
            sheet = attributes(inside)
            identity = next((value for key, value in sheet.items() if key.endswith(":id")), "")
            paths.setdefault(parted.get(identity, ""), []).append(sheet.get("name", ""))
    return paths


def _percent_styles(styles: bytes) -> list[bytes]:
    """Return the numbers of the cell styles that show percentages."""
    percents = set(BUILT_IN_PERCENT)
    found, number, inside = [], 0, False
    for match in _TAG.finditer(styles):
        said = attributes(match[2] or b"")
        if match[1] == b"numFmt":
            identity = _identity(said)
            change = percents.add if is_percent(said.get("formatCode", "")) else None
            (change or percents.discard)(identity)
        elif match[1] == b"xf" and inside:
            if _identity(said) in percents:
                found.append(b"%d" % number)
            number += 1
        elif match[1] in (b"cellXfs", None):
            inside = match[1] == b"cellXfs"
    return found


def _identity(said: dict[str, str]) -> int:
    text = said.get("numFmtId", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def check_declared(parts: Parts) -> None:
    """Refuse a workbook that declares macros or links to other files.

    Raises
    ------
    Refused
        If it does.
    """
    declared = parts.read("[Content_Types].xml") + "\n".join(parts.names()).encode()
    if _MACROS.search(declared):
        raise Refused(Refusal.MACROS)
    if _LINKS.search(declared):
        raise Refused(Refusal.EXTERNAL_LINKS)


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
            raise far_cell(row, column)


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
