"""Texts of files and of persons can be stored and shown, whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from data.store.store import Store
from data.texts import as_kept, cleaned, is_clean
from data.workbook.book import Book
from data.workbook.open.opening import open_book, pasted_book
from data.workbook.questions import Asked
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.review import review
from forecasting.figures.period import Month
from tests.data.workbook.open.hostile import OLD_BOOK, zipped

CONTROL = "\0\x01\x0b\x0c\x1f\x7f\x85\ufffe"
ROWS = (
    ("2026年1-9月", None, None),
    ("指标", "单位", "增速%"),
    ("税收收入", "%", "6.7"),
    ("科研经\0费投\x0b入", "%", "8.1"),
    ("数据来源：统\0计\x0b局", None, None),
)


@given(st.text())
def test_a_cleaned_text_is_clean_and_nothing_else_changes(text: str) -> None:
    kept = cleaned(text)

    assert is_clean(kept)
    assert len(kept) == len(text)
    assert all(new == old or not is_clean(old) for new, old in zip(kept, text, strict=True))


@given(st.text(st.sampled_from(f"a文\t\n\r{CONTROL}")))
def test_a_cleaned_text_may_stand_in_a_document_of_word(text: str) -> None:
    Document().add_paragraph(cleaned(text))


def test_what_is_typed_has_no_spaces_or_control_characters_around_it() -> None:
    assert as_kept("\0 Li\x0bMing \0\n") == "Li Ming"
    assert as_kept("one\n\ttwo") == "one\n\ttwo"


def in_xlsx() -> Book:
    """Spell control characters as Excel does, in cells and in the name of the sheet."""
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{_excel(cell)}</t></is></c>'
            for column, cell in zip("ABC", row, strict=True)
            if cell
        )
        + "</row>"
        for number, row in enumerate(ROWS, start=1)
    )
    return open_book("a\0.xlsx", zipped(rows))


def in_xls() -> Book:
    """Put a control character in the place of a letter of a text that an old book holds."""
    letters = "示例开发区".encode("utf-16-le")
    content = OLD_BOOK.read_bytes()
    assert letters in content
    return open_book("a\0.xls", content.replace(letters, "示\0开\x0b区".encode("utf-16-le")))


def in_page() -> Book:
    """Spell control characters as web pages do."""
    rows = "".join(
        f"<tr>{''.join(f'<td>{_page(cell or str())}</td>' for cell in row)}</tr>" for row in ROWS
    )
    return open_book("a\0.xls", f"<table>{rows}</table>".encode())


def in_csv() -> Book:
    """Write few of them among many signs: a file with more is taken for a program."""
    lines = [",".join(cell or "" for cell in row) for row in ROWS]
    return open_book("a\0.csv", "\n".join([*lines, "注：" + "表" * 5000]).encode())


def pasted() -> Book:
    return pasted_book("\n".join("\t".join(cell or "" for cell in row) for row in ROWS))


def _excel(text: str) -> str:
    return re.sub("[\0\x0b]", lambda found: f"_x{ord(found[0]):04X}_", text)


def _page(text: str) -> str:
    return re.sub("[\0\x0b]", lambda found: f"&#{ord(found[0]) or 1};", text)


@pytest.mark.parametrize("opened", [in_xlsx, in_xls, in_page, in_csv, pasted])
def test_every_way_into_a_book_cleans_its_texts(opened: Callable[[], Book]) -> None:
    book = opened()

    texts = [cell for entry in book.sheets for row in entry.rows for cell in row]
    assert all(is_clean(text) for text in texts if isinstance(text, str))
    assert all(is_clean(entry.name) for entry in book.sheets)
    assert is_clean(book.file)
    assert not {"", " "} & {*texts}


@pytest.mark.parametrize("opened", [in_xlsx, in_page, in_csv, pasted])
def test_what_is_ready_can_be_committed(opened: Callable[[], Book], store: Store) -> None:
    context = Context(store.catalogue(1), store.areas(1), "zone", Month(2026, 12))
    book = opened()
    answers: dict[str, str] = {}
    for _ in range(3):
        reading = read(book, context, answers)
        answers |= {
            question.id: "new" if question.code is Asked.INDICATOR else question.options[0].id
            for question in (*reading.open, *reading.optional)
        }
    ready = review(read(book, context, answers), {}, 1)
    assert ready.ready

    number = store.commit(ready.draft("Li", "", {"a\0.xlsx": b""}))

    assert "科研经费投入" in store.catalogue(number)
    publishers = {stored.publisher for stored in store.known(number).values()}
    assert "统计局" in {publisher.replace(" ", "") for publisher in publishers}
