"""Old Excel workbooks (.xls), as xlrd reads them, and what is refused of them.

calamine, which reads .xlsx, tells no number format of an .xls: 6.2% would be read as 0.062.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd import biffh
from xlrd.compdoc import CompDoc

from data.workbook.open.inside.sheets import Cell, FoundSheet, is_percent
from data.workbook.open.refusal import Refusal, Refused

_PLAIN = (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER)
_MACRO_SHEET, _BASIC_MODULE = 1, 6
_OF_FORMULAS = (biffh.XL_FORMULA, biffh.XL_NAME, biffh.XL_SHRFMLA, biffh.XL_ARRAY)
_TO_SHEETS = (0x19, 0x1A, 0x1B, 0x1C, 0x1D)
"""What a formula holds before the number of a sheet elsewhere: a name, a cell, cells."""
_OWN_SHEETS, _ADD_IN = b"\x01\x04", b"\x01\x3a"


def sheets_of(content: bytes) -> Iterator[FoundSheet]:
    """Read the worksheets of an .xls, one at a time.

    Raises
    ------
    Refused
        If it is damaged or no workbook, wants a password, or holds macros or values of other files.
    """
    lenient = {"logfile": io.StringIO(), "ignore_workbook_corruption": True}
    try:
        _check_streams({entry.name.upper() for entry in CompDoc(content, **lenient).dirlist})
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, **lenient
        )
        _check_records(book)
        percent = [
            is_percent(book.format_map[style.format_key].format_str) for style in book.xf_list
        ]
        for number in range(book.nsheets):
            yield _sheet(book.sheet_by_index(number), percent, book.datemode)
            book.unload_sheet(number)
    except (Refused, MemoryError):
        raise
    except xlrd.XLRDError as error:
        encrypted = "encrypted" in str(error)
        raise Refused(Refusal.PASSWORD if encrypted else Refusal.DAMAGED) from None
    except Exception:  # whatever comes of numbers in a file that cannot be
        raise Refused(Refusal.DAMAGED) from None


def _check_streams(names: set[str]) -> None:
    """Refuse what the names of streams tell to be encrypted, to hold macros or no workbook."""
    if names & {"ENCRYPTEDPACKAGE", "ENCRYPTIONINFO"}:
        raise Refused(Refusal.PASSWORD)
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}:
        raise Refused(Refusal.MACROS)
    if not names & {"WORKBOOK", "BOOK"}:
        word, slides = "WORDDOCUMENT" in names, "POWERPOINT DOCUMENT" in names
        found = "Word" if word else "PowerPoint" if slides else "OLE"
        raise Refused(Refusal.NOT_A_TABLE, found=found)


def _check_records(book: xlrd.Book) -> None:
    """Refuse macro sheets and values of other files, over which xlrd passes in silence.

    A link to another file that no formula and no name refers to brings nothing.
    """
    others: list[bool] = []
    sheets: list[int] = []
    formulas: list[bytes] = []
    for kind, body in _records(book):
        if kind == biffh.XL_BOUNDSHEET and body[5] in (_MACRO_SHEET, _BASIC_MODULE):
            raise Refused(Refusal.MACROS)
        if kind == biffh.XL_SUPBOOK:
            others.append(body[2:] not in (_OWN_SHEETS, _ADD_IN))
        elif kind == biffh.XL_EXTERNSHEET and len(body) > 2:
            sheets += [
                book for book, *_ in struct.iter_unpack("<HHH", body[2 : len(body) // 6 * 6 + 2])
            ]
        elif kind in _OF_FORMULAS:
            formulas.append(body)
    if not any(others):
        return
    linked = [
        struct.pack("<H", number)
        for number, book_number in enumerate(sheets)
        if book_number >= len(others) or others[book_number]
    ]
    tokens = [bytes([token | kind]) + number for number in linked
              for token in _TO_SHEETS for kind in (0x20, 0x40, 0x60)]  # fmt: skip
    if any(token in body for body in formulas for token in tokens):
        raise Refused(Refusal.EXTERNAL_LINKS)


def _records(book: xlrd.Book) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a workbook and of its sheets."""
    at, end = book.base, book.base + book.stream_len
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", book.mem, at)
        yield kind, book.mem[at + 4 : at + 4 + length]
        at += 4 + length


def _sheet(source: xlrd.sheet.Sheet, percent: list[bool], datemode: int) -> FoundSheet:
    sheet = FoundSheet(source.name, hidden=source.visibility != 0)
    for row, cells in enumerate(source.get_rows()):
        sheet.rows.append([_value(cell, datemode) for cell in cells])
        sheet.percent.extend(
            (row, column)
            for column, cell in enumerate(cells)
            if cell.ctype == xlrd.XL_CELL_NUMBER and percent[cell.xf_index]
        )
        while sheet.rows[-1] and sheet.rows[-1][-1] is None:
            sheet.rows[-1].pop()
    sheet.merge([(top, left, end - 1, right - 1) for top, end, left, right in source.merged_cells])
    return sheet


def _value(cell: xlrd.sheet.Cell, datemode: int) -> Cell:
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate_as_datetime(value, datemode)
        return moment.toordinal() if value >= 1 else str(moment.time())
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return value if value != "" and cell.ctype in _PLAIN else None
