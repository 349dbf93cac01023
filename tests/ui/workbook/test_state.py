"""A file is opened once for whatever is read from it, in the encoding that a reader chose."""

from __future__ import annotations

import gc
import weakref
from dataclasses import fields, replace

import pytest

from data.workbook.book import Book
from data.workbook.open.opening import open_book
from ui.frame.session import Upload
from ui.workbook import state

TABLE = "項目名稱,總投資\n許可工廠,52000\n"
FILE = Upload("项目.csv", TABLE.encode("big5"), base=1, encoding="big5")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """List the encodings by which files are opened."""
    encodings: list[str | None] = []

    def opening(name: str, content: bytes, encoding: str | None, password: str) -> Book:
        encodings.append(encoding)
        return open_book(name, content, encoding, password)

    monkeypatch.setattr("ui.workbook.state.open_book", opening)
    FILE.made.clear()
    return encodings


def test_another_unit_or_year_reads_the_book_that_is_open(opened: list[str | None]) -> None:
    book = state.open_file(FILE)
    for year, unit in ((2026, ""), (2026, "1e4 CNY"), (2027, "1e4 CNY"), (2026, "1e8 CNY")):
        state.projects_of(FILE, year, unit)

    assert state.open_file(FILE) is book
    assert opened == ["big5"]


def test_projects_are_read_in_the_encoding_that_was_chosen(opened: list[str | None]) -> None:
    chosen = state.projects_of(FILE, 2026, "1e4 CNY")
    other = state.projects_of(replace(FILE, encoding="gb18030"), 2026, "1e4 CNY")

    assert opened == ["big5", "gb18030"]
    assert [project.name for project in chosen.projects] == ["許可工廠"]
    assert chosen != other


class WatchedBook(Book):
    """A book of which one can tell whether it is still kept."""


def test_what_was_made_of_a_file_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(*asked: str | bytes | None) -> Book:
        book = open_book(*asked)
        return WatchedBook(*(getattr(book, field.name) for field in fields(Book)))

    monkeypatch.setattr("ui.workbook.state.open_book", watched)
    upload = Upload("gone.csv", TABLE.encode(), base=1)
    book = weakref.ref(state.open_file(upload))
    gc.collect()
    assert book() is not None

    del upload
    gc.collect()
    assert book() is None
