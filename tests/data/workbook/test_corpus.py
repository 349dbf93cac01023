"""Files as offices and systems in China hand them out are read, or asked about, as expected."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from data.store.seed import read_seeds
from data.workbook.book import Book
from data.workbook.open.opening import open_book, pasted_book
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.period import Month
from forecasting.figures.seeds import Seeds
from tests.data.workbook.corpus.expected import (
    SUFFIX,
    Expected,
    differences,
    questions_of,
    remarks_of,
)

FOLDER = Path(__file__).parent / "corpus"
FILES = sorted(
    path for path in FOLDER.iterdir() if path.suffix in (".csv", ".tsv", ".txt", ".xls", ".xlsx")
)


@cache
def seeds() -> Seeds:
    return read_seeds(Path(__file__).parents[3] / "seeds")


def opened(file: Path) -> Book:
    content = file.read_bytes()
    if file.suffix == ".txt":
        return pasted_book(content.decode("utf-8"))
    return open_book(file.name, content)


def context_of(expected: Expected) -> Context:
    figures = seeds().observations if expected.known == "seeds" else ()
    return Context(
        catalogue=seeds().catalogue,
        areas=seeds().areas,
        area=expected.area,
        month=Month(2026, 12),
        known={figure.key: figure for figure in figures},
    )


def answered(book: Book, context: Context, expected: Expected) -> Reading:
    """Return the reading once every question that came up was answered.

    An answer may raise the next question, such as the basis of an indicator just named.
    """
    answers: dict[str, str] = {}
    reading = read(book, context, answers)
    for _ in range(3):
        answers |= {question.id: expected.answer(question) for question in reading.open}
        reading = read(book, context, answers)
    return reading


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_read_as_expected(file: Path) -> None:
    expected = Expected.load(file, seeds().catalogue)
    book, context = opened(file), context_of(expected)

    first = read(book, context, {})
    reading = answered(book, context, expected)

    assert questions_of(first.open) == expected.questions
    assert questions_of(reading.questions) == expected.questions
    assert [question.id for question in reading.open] == []
    said = differences(reading, expected)
    assert said == [], "\n" + "\n".join(said)
    assert remarks_of(reading) == expected.remarks
    assert set(remarks_of(first)) <= set(expected.remarks)
    assert len(reading.refused) == expected.refused, reading.refused


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_was_answered_about_a_layout_is_not_asked_again(file: Path) -> None:
    expected = Expected.load(file, seeds().catalogue)
    book, context = opened(file), context_of(expected)
    reading = answered(book, context, expected)
    layout = {entry.id for entry in reading.questions if entry.code.remembered}
    kept = {(reading.shape, id_): answer for id_, answer in reading.answered.items()}
    remembered = {key: answer for key, answer in kept.items() if key[1] in layout}

    again = read(book, replace(context, remembered=remembered), {})

    assert {entry.id for entry in again.open} & layout == set()
    assert layout <= again.recalled


def test_every_file_has_its_expectation_and_every_expectation_its_file() -> None:
    expectations = {path.name.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}")}

    assert len(FILES) >= 40
    assert {file.name for file in FILES} == expectations
