"""The one way from an uploaded file or pasted cells to a ``Book``.

What a file is, is told by its content: a web page called .xls is read as a web page. Text is
read here; whatever has a structure of its own is taken apart by a process with limits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from data.texts import cleaned, is_clean
from data.workbook.book import Book, Cell, Sheet
from data.workbook.open import limits
from data.workbook.open.garbage_collector import without_collection
from data.workbook.open.process import taken_apart
from data.workbook.open.refusal import MEANINGS, Refusal, Refused
from data.workbook.open.text_file import ENCODINGS as ENCODINGS
from data.workbook.open.text_file import decode, rows_of
from forecasting.errors import OutlookError

_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF-": "PDF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"{\\rtf": "RTF",
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "GZIP",
    b"SQLite format 3\x00": "SQLite",
}
_ALSO_TEXT = (b"MZ", b"BM")
"""Letters that a text may begin with: what follows must be no text."""

_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b|\s*<(?:\w+:)?Workbook\b")
_ARCHIVED_PAGE = re.compile(r"MIME-Version:", re.IGNORECASE)


class WorkbookRefused(OutlookError):
    """An uploaded file is not read; what was stored stays as it is.

    The sentence of ``refusal`` is under ``error.workbook_<refusal>``.
    """

    def __init__(self, file: str, refusal: Refusal, **values: object) -> None:
        told = f"{file or 'pasted cells'} not read: {MEANINGS[refusal]} ({refusal})"
        super().__init__(told, file=file, **values)
        self.file = file
        self.refusal = refusal


@without_collection()
def open_book(name: str, content: bytes, encoding: str | None = None, password: str = "") -> Book:
    """Open a file: .xlsx, .xlsb, .xls, .ods, a web page called so, or text with separated cells.

    Parameters
    ----------
    name
        What the file is called; nothing but names of sheets depends on it.
    encoding
        The encoding of a text, one of ``ENCODINGS``, where a person has chosen it.
    password
        What opens an encrypted workbook.

    Raises
    ------
    WorkbookRefused
        If it is not read, with the reason.
    """
    try:
        return _cleaned(_opened(name, content, encoding, password))
    except Refused as refused:
        raise WorkbookRefused(name, refused.reason, **refused.values) from None


def pasted_book(text: str) -> Book:
    """Open cells that were pasted: separated by tabs, as a spreadsheet copies them.

    Raises
    ------
    WorkbookRefused
        If there is nothing in them, or too much.
    """
    try:
        _check_size(len(text))
        rows = rows_of(text, "\t" if "\t" in text else "")
    except Refused as refused:
        raise WorkbookRefused("", refused.reason, **refused.values) from None
    return _cleaned(Book("", (Sheet("", rows),)))


def _opened(name: str, content: bytes, encoding: str | None, password: str) -> Book:
    _check_size(len(content))
    if content.startswith(_ZIPPED):
        return _filled(Book(name, taken_apart(content, "zipped")))
    if content.startswith(_COMPOUND):
        return _filled(Book(name, _old_or_encrypted(content, password)))
    _check_other_kinds(content)
    text, found, certain = decode(content, encoding)
    if _PAGE.match(text):
        sheets = taken_apart(text.encode("utf-8", errors="replace"), "markup")
        return _filled(Book(name, sheets, found, certain))
    _check_other_texts(text)
    return Book(name, (Sheet(PurePath(name).stem, rows_of(text)),), found, certain)


def _old_or_encrypted(content: bytes, password: str) -> tuple[Sheet, ...]:
    """Read what .xls and encrypted workbooks have the form of: a compound file."""
    try:
        return taken_apart(content, "xls")
    except Refused as refused:
        if refused.reason is not Refusal.PASSWORD:
            raise
    key = password.replace("\0", "").encode(errors="replace")
    return taken_apart(key + b"\0" + content, "encrypted")


def _check_size(size: int) -> None:
    if size > limits.FILE_MEGABYTES * limits.MEGABYTE:
        raise Refused(Refusal.SIZE, limit=limits.FILE_MEGABYTES)


def _check_other_kinds(content: bytes) -> None:
    """Refuse what is neither a workbook nor text by the bytes it begins with."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused(Refusal.EMPTY)
    if content.startswith(_OLD_EXCEL):
        raise Refused(Refusal.OTHER_SPREADSHEET, found="Excel 4")
    for start, found in _OTHERS.items():
        binary = start not in _ALSO_TEXT or b"\0" in content[:256]
        if content.startswith(start) and binary:
            raise Refused(Refusal.NOT_A_TABLE, found=found)


def _check_other_texts(text: str) -> None:
    if _XML.match(text):
        spreadsheet = "urn:schemas-microsoft-com:office:spreadsheet" in text[:4096]
        reason = Refusal.OTHER_SPREADSHEET if spreadsheet else Refusal.NOT_A_TABLE
        raise Refused(reason, found="XML")
    if _ARCHIVED_PAGE.match(text):
        raise Refused(Refusal.OTHER_SPREADSHEET, found="MHTML")


def _filled(book: Book) -> Book:
    if not any(sheet.rows for sheet in book.sheets):
        raise Refused(Refusal.EMPTY)
    return book


def _cleaned(book: Book) -> Book:
    """Return a book whose texts can be stored and shown, whatever way it came."""
    sheets = tuple(
        replace(sheet, name=cleaned(sheet.name), rows=_cleaned_rows(sheet.rows))
        for sheet in book.sheets
    )
    return replace(book, file=cleaned(book.file), sheets=sheets)


def _cleaned_rows(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    # Looked for in all texts at once: hardly any file has to be copied.
    if is_clean("\n".join([cell for row in rows for cell in row if isinstance(cell, str)])):
        return rows
    return tuple(tuple(map(_cleaned_cell, row)) for row in rows)


def _cleaned_cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = cleaned(cell)
    return text if text.strip() else None
