"""Every rule of inheritance changes the reading of some file of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from data.workbook.book import Book
from data.workbook.read import header_tree, inheritance, interpret
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from data.workbook.tables import columns
from tests.data.workbook.corpus.expected import Expected
from tests.data.workbook.test_corpus import FILES, context_of, opened, seeds

TUPLES = (
    (inheritance, "CELL_RULES"),
    (inheritance, "COLUMN_RULES"),
    (inheritance, "ROW_RULES"),
    (inheritance, "FIGURE_RULES"),
    (interpret, "LINE_RULES"),
)
RULES = [
    pytest.param(module, name, rule, id=rule.__name__)
    for module, name in TUPLES
    for rule in getattr(module, name)
]


@cache
def corpus() -> list[tuple[Path, Book, Context, Reading]]:
    """Return every text file and workbook with its reading, the small ones first."""
    found = []
    for file in sorted(FILES, key=lambda file: file.stat().st_size):
        book = opened(file)
        context = context_of(Expected.load(file, seeds().catalogue))
        found.append((file, book, context, read(book, context, {})))
    return found


def is_read_differently() -> bool:
    """Return whether the reading of any file has changed."""
    return any(read(book, context, {}) != before for _, book, context, before in corpus())


@pytest.mark.parametrize(("module", "name", "rule"), RULES)
def test_without_a_rule_some_file_is_read_differently(
    module: ModuleType, name: str, rule: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus()
    rules = getattr(module, name)
    monkeypatch.setattr(module, name, tuple(other for other in rules if other is not rule))

    assert is_read_differently()


SWITCHED_OFF: tuple[tuple[ModuleType, str, Callable[..., object]], ...] = (
    (interpret, "titles_carried_down", lambda own, above: own),
    (interpret, "without_remarks", lambda grid, table, texts: table),
    (columns, "_covering", lambda *args: None),
    (header_tree, "_unheaded", lambda *args: (frozenset(), frozenset())),
    (header_tree, "_beside_indicator", lambda label: label),
)


@pytest.mark.parametrize(
    ("module", "name", "nothing"), SWITCHED_OFF, ids=[name for _, name, _ in SWITCHED_OFF]
)
def test_without_what_goes_before_the_rules_some_file_is_read_differently(
    module: ModuleType, name: str, nothing: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus()
    monkeypatch.setattr(module, name, nothing)

    assert is_read_differently()


def test_files_are_read_the_same_twice() -> None:
    assert not is_read_differently()
