"""What is read from workbooks: every file of the corpus, and books that a seed makes up.

The text says what a reading means - figures, questions, remarks with their cells - and names no
class, so that it outlives renamed types: ``described`` alone knows their attributes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from data.store.seed import read_seeds
from data.workbook.book import Book
from data.workbook.open.opening import open_book, pasted_book
from data.workbook.questions import Asked, Question
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.indicator import Observation
from forecasting.figures.period import Month
from forecasting.figures.seeds import Seeds
from tests.data.workbook.corpus.expected import Expected
from tests.golden.books import BOOKS, book_of
from tests.golden.clock import standing_at
from tests.golden.text import digest, section, short

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/data/workbook/corpus"
ROUNDS = 4
"""An answer may raise the next question, such as the basis of an indicator just named."""


def outputs() -> dict[str, Callable[[], str]]:
    """Return what makes each output, by the name of its file."""
    return {"readings/corpus.txt": _corpus, "readings/books.txt": _books}


@cache
def seeds() -> Seeds:
    return read_seeds(ROOT / "seeds")


def described(reading: Reading) -> list[str]:
    """Return a reading as lines; all knowledge of how its types are named stands here."""
    return [
        *(
            f"{_place(figure.place)} {figure_text(figure.observation)} from {short(figure.found)}"
            + (f" doubts {short(figure.doubts)}" if figure.doubts else "")
            for figure in reading.figures
        ),
        *(f"asks {line}" for question in reading.questions for line in _question(question)),
        *(f"offers {line}" for question in reading.optional for line in _question(question)),
        *(
            f"answered {short(id_)}: {short(_chosen(a))}"
            for id_, a in sorted(reading.answered.items())
        ),
        *(f"recalled {short(id_)}" for id_ in sorted(reading.recalled)),
        *(
            f"remark {remark.code} {_places(remark.places)} {short(remark.values)}"
            for remark in reading.remarks
        ),
        *(
            f"refused {cell.code} {_place(cell.place)} {short(cell.found)} {short(cell.label)}"
            for cell in reading.refused
        ),
        *(
            f"new indicator {indicator.id} {short(indicator.name)} {indicator.unit}"
            f" {short(indicator.measures)} {indicator.basis.price} {indicator.basis.coverage}"
            f" {indicator.basis.currency or '-'}"
            for indicator in reading.indicators
        ),
    ]


def figure_text(figure: Observation) -> str:
    """Return one figure: whose, what, in which form, on which basis, when, how much."""
    basis = f"{figure.basis.price}/{figure.basis.coverage}/{figure.basis.currency or '-'}"
    by = f" by {figure.publisher}" if figure.publisher else ""
    return (
        f"{figure.area} {figure.indicator} {figure.measure} {basis} {figure.month}"
        f" = {figure.value:.12g} {figure.unit} {figure.status}{by}"
    )


def _question(question: Question) -> Iterator[str]:
    values = dict(question.values)
    if question.code not in (Asked.SCALE, Asked.DECIMAL, Asked.KIND, Asked.TWICE):
        values["count"] = question.count
    yield (
        f"{short(question.id)} {question.code} of {question.count} {_places(question.places)}"
        f" found {short(question.found)} {short(values)}"
        f" suggested {short(_chosen(question.suggested))}"
    )
    for option in question.options:
        yield f"  {short(_chosen(option.id))} {option.code} {short(option.values)}"


def _chosen(option: str) -> str:
    """Return which option of its kind an id names: the kind itself stands behind it."""
    return option.partition(":")[2] or option


def _place(place: object) -> str:
    return f"{getattr(place, 'sheet', '')}!{place}"


def _places(places: Iterable[object]) -> str:
    return ",".join(map(_place, places)) or "-"


def _corpus() -> str:
    lines = ["# Each file as read before any answer, and (-, +) what its answers change."]
    with standing_at():
        for file in sorted(CORPUS.iterdir()):
            if file.suffix in (".csv", ".tsv", ".txt", ".xls", ".xlsx"):
                lines += section(file.name, list(_file(file)))
    return "\n".join(lines)


def _file(file: Path) -> Iterator[str]:
    expected = Expected.load(file, seeds().catalogue)
    book = _opened(file)
    known = seeds().observations if expected.known == "seeds" else ()
    context = Context(
        seeds().catalogue,
        seeds().areas,
        expected.area,
        Month(2026, 12),
        {figure.key: figure for figure in known},
    )
    reading = read(book, context, {})
    first = described(reading)
    yield from first
    answers: dict[str, str] = {}
    for _ in range(ROUNDS):
        answers |= {question.id: expected.answer(question) for question in reading.open}
        reading = read(book, context, answers)
    then = described(reading)
    yield from _new("-", first, then)
    yield from _new("+", then, first)


def _new(sign: str, lines: list[str], others: list[str]) -> Iterator[str]:
    """Yield the lines that the others have not, whatever doubts there are about a figure."""
    known = {line.partition(" doubts ")[0] for line in others}
    yield from (f"{sign} {line}" for line in lines if line.partition(" doubts ")[0] not in known)


def _opened(file: Path) -> Book:
    content = file.read_bytes()
    if file.suffix == ".txt":
        return pasted_book(content.decode("utf-8"))
    return open_book(file.name, content)


def _books() -> str:
    lines = [
        "# Books by number: what was read before any answer and after taking each suggestion.",
        "# `python -m tests.golden book NUMBER` prints one in full, to compare two commits.",
    ]
    with standing_at():
        for number in range(BOOKS):
            lines += [f"{number:03d} {line}" for line in _summary(book_of(number))]
    return "\n".join(lines) + "\n"


def readings_of(book: Book) -> tuple[Reading, Reading]:
    """Return the reading before any answer, and after the suggested or first answers."""
    context = Context(seeds().catalogue, seeds().areas, "SAMPLE", Month(2026, 12))
    first = reading = read(book, context, {})
    answers: Mapping[str, str] = {}
    for _ in range(ROUNDS):
        given = {one.id: one.suggested or one.options[0].id for one in reading.open}
        if not given:
            break
        answers = {**answers, **given}
        reading = read(book, context, answers)
    return first, reading


def book_text(book: Book, first: Reading, then: Reading) -> str:
    """Return the cells of a book and both of its readings in full."""
    cells = [
        f"{sheet.name}{' hidden' if sheet.hidden else ''} {short(row)}"
        for sheet in book.sheets
        for row in sheet.rows
    ]
    parts = {"cells": cells, "read": described(first), "answered": described(then)}
    return "\n".join(line for name, lines in parts.items() for line in section(name, lines))


def _summary(book: Book) -> Iterator[str]:
    first, then = readings_of(book)
    series = Counter(
        f"{figure.observation.area}/{figure.observation.indicator}/{figure.observation.measure}"
        for figure in first.figures
    )
    yield f"{digest(book_text(book, first, then))} " + " ".join(
        f"{one}x{n}" for one, n in series.items()
    )
    said = [
        *(f"?{question.code}" for question in first.questions),
        *(f"!{remark.code}" for remark in first.remarks),
        *(f"#{cell.code}" for cell in first.refused),
    ]
    if said or len(then.figures) != len(first.figures):
        told = " ".join(f"{one}x{n}" if n > 1 else one for one, n in Counter(said).items())
        yield f"  {told} answered {len(then.figures)} figures {len(then.refused)} refused"
