"""Binary workbooks (.xlsb): what calamine does not tell of them, and what is refused.

Parts are records: a kind and a length in bytes of seven bits, then what it holds (MS-XLSB 2.1.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from data.workbook.open.inside.calamine import calamine_sheets, check_texts
from data.workbook.open.inside.parts import Parts, targets
from data.workbook.open.inside.sheets import FoundSheet, Position, is_percent
from data.workbook.open.inside.xlsx import BUILT_IN_PERCENT, check_declared
from data.workbook.open.refusal import Refusal, Refused

MAIN = "xl/workbook.bin"
_ROW, _NUMBERS = 0, (2, 5, 9)
"""The kinds of a row and of cells with a number: short, long, of a formula."""
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_SHEET, _MERGED = 156, 176

_Merged = tuple[int, int, int, int]


def sheets_of(content: bytes, parts: Parts) -> Iterator[FoundSheet]:
    """Read the worksheets of an .xlsb, one at a time.

    Raises
    ------
    Refused
        If it is damaged, or holds macros or values of other files.
    """
    check_declared(parts)
    marks = marks_of(parts)
    for sheet in calamine_sheets(content):
        check_texts(sheet)
        percent, merged = marks.get(sheet.name, ([], []))
        sheet.percent.extend(percent)
        sheet.merge(merged)
        yield sheet


def marks_of(parts: Parts) -> dict[str, tuple[list[Position], list[_Merged]]]:
    """Return by the name of a sheet its percentages and its merged cells; check every part.

    Raises
    ------
    Refused
        If one is damaged.
    """
    found = {}
    try:
        styles, names = _percent_styles(parts.read("xl/styles.bin")), _names(parts)
        for path in parts.names():
            part = parts.read(path)
            if path in names:
                found[names[path]] = _marks_of_sheet(part, styles)
    except (struct.error, UnicodeDecodeError):
        raise Refused(Refusal.DAMAGED) from None
    return found


def _names(parts: Parts) -> dict[str, str]:
    """Return the names of the sheets by the part they are in."""
    parted = targets(parts.read("xl/_rels/workbook.bin.rels"))
    names = {}
    for kind, body in _records(parts.read(MAIN)):
        if kind == _SHEET:
            link, end = _text(body, 8)
            names[parted.get(link, "")] = _text(body, end)[0]
    return names


def _percent_styles(styles: bytes) -> frozenset[int]:
    """Return the numbers of the cell styles that show percentages."""
    percents, found, number, inside = set(BUILT_IN_PERCENT), set(), 0, False
    for kind, body in _records(styles):
        if kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _FORMAT:
            (identity,) = struct.unpack_from("<H", body)
            change = percents.add if is_percent(_text(body, 2)[0]) else percents.discard
            change(identity)
        elif kind == _STYLE and inside:
            if struct.unpack_from("<H", body, 2)[0] in percents:
                found.add(number)
            number += 1
    return frozenset(found)


def _marks_of_sheet(part: bytes, styles: frozenset[int]) -> tuple[list[Position], list[_Merged]]:
    percent: list[Position] = []
    merged: list[_Merged] = []
    row = 0
    for kind, body in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _NUMBERS:
            column, style = struct.unpack_from("<II", body)
            if style & 0xFFFFFF in styles:
                percent.append((row, column))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            merged.append((top, left, bottom, right))
    return percent, merged


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record; one that is cut short is damage."""
    at, end = 0, len(part)
    while at < end:
        kind, at = part[at], at + 1
        if kind & 0x80 and at < end:
            kind, at = kind & 0x7F | part[at] << 7, at + 1
        length = shift = 0
        while at < end and shift < 28:
            byte, at = part[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            raise Refused(Refusal.DAMAGED)
        yield kind, part[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Return a text of UTF-16 with its length before it, and where it ends."""
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end
