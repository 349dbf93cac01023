"""Any bytes are read or explained.

Bytes that need no process of their own are tried by the hundred, workbooks with a few bytes
changed by the dozen; what looks into workbooks before calamine does is tried without one.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.texts import is_clean
from data.workbook.book import Book
from data.workbook.open.inside import markup, ods, xls, xlsb, xlsx
from data.workbook.open.inside.parts import Parts
from data.workbook.open.opening import ENCODINGS, WorkbookRefused, open_book, pasted_book
from data.workbook.open.refusal import Refused
from tests.data.workbook.open.hostile import (
    BINARY_BOOK,
    LOCKED_BOOK,
    OLD_BOOK,
    open_cell,
    open_document,
    packed,
)
from tests.data.workbook.open.test_opening import workbook
from tests.ui.speakers import SPEAKERS
from ui.frame.errors import told

BOOK = workbook()
OLD = OLD_BOOK.read_bytes()
LOCKED = LOCKED_BOOK.read_bytes()
ZIPPED = (
    BOOK, BINARY_BOOK.read_bytes(), open_document(open_cell(**{"table:formula": "of:=1"}) * 3)
)  # fmt: skip
PARTS: Sequence[Mapping[str, bytes]] = [
    {name: archive.read(name) for name in archive.namelist()}
    for archive in (zipfile.ZipFile(io.BytesIO(book)) for book in ZIPPED)
]
PIECES = st.sampled_from(
    [b",", b"\t", b"\n", b"\r", b'"', b"=", b"sep=", b"\x1a", b"\xff\xfe", b"\xef\xbb\xbf", b"\0",
     "地区生产总值".encode(), "地区生产总值".encode("gbk"), "增速".encode("utf-16-le"), b"<table>",
     b"<td rowspan=9", b"<!--", b"</tr>", b"1,234.5", b"7.3%", b"PK", b"\x09\x08", b"&#x110000;",
     b"<![x[", b"<!", b"<?", b"</", b">", b"<td colspan=99>", b"&#x81;"]
)  # fmt: skip


def is_explained(opened: Callable[[], Book]) -> bool:
    """Whether a book is opened, or refused in words of both languages."""
    try:
        book = opened()
    except WorkbookRefused as refused:
        return all(len(told(refused, say)) == 2 for say in SPEAKERS)
    return is_plain(book)


def is_plain(book: Book) -> bool:
    """Whether a book holds what it promises: some rows, no empty texts, marks within."""
    return any(sheet.rows for sheet in book.sheets) and all(
        is_clean(sheet.name)
        and not any(isinstance(cell, str) and not (cell and is_clean(cell)) for cell in row)
        and all(row <= len(sheet.rows) for row, _ in sheet.percent)
        and all(merged.bottom <= len(sheet.rows) for merged in sheet.merged)
        for sheet in book.sheets
        for row in sheet.rows
    )


def changed(draw: st.DrawFn, content: bytes) -> bytes:
    """Return a content with some bytes overwritten, put in or taken out."""
    altered = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(altered)))  # a short part may have lost all its bytes
        length = draw(st.sampled_from([0, 1, 1, 2, 4, 40]))
        altered[at : at + length] = draw(PIECES | st.binary(max_size=8))
    return bytes(altered[: draw(st.sampled_from([len(altered), len(altered), 700]))])


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """Return a workbook with damage outside or within its parts."""
    if draw(st.booleans()):
        return changed(draw, draw(st.sampled_from([BOOK, OLD, LOCKED])))
    parts = draw(st.sampled_from(PARTS))
    name = draw(st.sampled_from(sorted(parts)))
    return packed({**parts, name: changed(draw, parts[name])})


@given(
    st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=4), max_size=30).map(b"".join)
)
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_explained(content: bytes) -> None:
    assume(not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) and b"<" not in content)

    assert is_explained(lambda: open_book("any", content))


@given(st.lists(PIECES, max_size=20).map(b"".join), st.sampled_from(ENCODINGS))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_explained_in_any_encoding(content: bytes, encoding: str) -> None:
    assume(b"<" not in content)

    assert is_explained(lambda: open_book("any", content, encoding))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_anything_pasted_is_read_or_explained(text: str) -> None:
    assert is_explained(lambda: pasted_book(text))


@given(books())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_damaged_workbook_is_read_or_explained(
    caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    caplog.clear()

    with caplog.at_level(logging.ERROR):
        assert is_explained(lambda: open_book("any", content))

    assert caplog.records == []


@given(books())
@settings(max_examples=300, deadline=None)
def test_the_look_inside_reads_or_refuses(content: bytes) -> None:
    try:
        if content.startswith(b"\xd0\xcf"):
            list(xls.sheets_of(content))
        else:
            parts = Parts(content)
            for marks in (xlsx.XlsxMarks, xlsb.marks_of, ods.OdsMarks):
                marks(parts)
    except Refused:
        pass


@given(st.lists(PIECES | st.text(max_size=5).map(str.encode), max_size=40).map(b"".join))
@settings(max_examples=300, deadline=None)
def test_any_page_is_read_or_refused(content: bytes) -> None:
    try:
        sheets = list(markup.sheets_of(b"<table>" + content))
    except Refused:
        return
    assert sheets
    assert all(sheet.line() for sheet in sheets)
