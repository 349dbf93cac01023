"""Every question, answer, remark and refusal of a reading has its words in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.workbook.questions import SKIP, Asked, Option, Question
from data.workbook.reading import Remark
from tests.data.workbook.check.test_doubts import (
    GROWTH,
    LEVEL,
    LEVELS,
    REAL,
    SCOPE,
    STEADY,
    context,
    doubts,
    in_file,
    looked_at,
    observed,
)
from tests.ui.speakers import SPEAKERS
from ui.language import Speaker, known

READERS = sorted(Path(__file__).parents[4].glob("data/workbook/**/*.py"))
PLACE_OF_CODE = {"Remark": ("remark", 0), "RefusedCell": ("refused", 0), "Option": ("option", 0)}


def written_codes(path: Path) -> Iterator[str]:
    """Yield the message keys of codes that stand as texts in a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).removesuffix(".of")
            section, place = PLACE_OF_CODE.get(name, ("", 0))
            if section and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant):
                    yield f"{section}.{code.value}"


def test_every_question_has_words() -> None:
    assert [code for code in Asked if not known(f"question.{code}")] == []
    assert known(f"option.{SKIP}")


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.name)
def test_every_code_a_reader_writes_has_words(path: Path) -> None:
    assert [key for key in written_codes(path) if not known(key)] == []


def said() -> Iterator[Question | Remark]:
    """Yield what doubts of every kind ask and remark."""
    known_levels = [*LEVELS, *STEADY]
    for found in (
        looked_at(observed({"2026Q1": 43000.0, "2026Q2": 86000.0}, LEVEL), LEVELS),
        looked_at(observed({"2026Q1": 73.0}, GROWTH), STEADY),
        looked_at(observed({"2026Q1": 43000.0}, GROWTH), known_levels),
        looked_at([*observed({"2026Q1": 7.0}, GROWTH), *observed({"2026Q1": 7.2}, GROWTH)]),
        looked_at([*observed({"2026Q1": 7.0}, GROWTH), *observed({"2026Q1": 7.0}, GROWTH)]),
        looked_at(observed({"2026Q1": 4.3, "2026Q2": 4.1}, LEVEL)),
        looked_at(observed({"2026Q1": 304.0}, GROWTH)),
        *(
            looked_at(
                [
                    *observed({"2025Q3": 100.0, "2026Q3": level}, LEVEL, basis=basis),
                    *observed({"2026Q3": growth}, GROWTH, basis=basis),
                ]
            )
            for level, growth, basis in (
                (90.0, 5.0, SCOPE), (110.0, -5.0, SCOPE), (110.0, 5.0, SCOPE),
                (130.0, 5.0, REAL), (110.0, 5.0, LEVELS[0].basis),
            )
        ),
    ):  # fmt: skip
        yield from (*found.questions, *found.remarks)
    ones = observed({f"2026-{month:02d}": 7.0 for month in range(3, 10)}, GROWTH)
    others = observed({f"2026-{month:02d}": 8.0 for month in range(3, 10)}, GROWTH)
    for sheets in ("甲乙", "甲甲"):
        figures = (*in_file(ones, sheets[0], 3), *in_file(others, sheets[1], 4))
        yield from doubts(figures, context(), {}).questions


@pytest.mark.parametrize("say", SPEAKERS)
def test_what_doubts_ask_and_remark_fills_its_sentence(say: Speaker) -> None:
    codes = set()
    for entry in said():
        if isinstance(entry, Remark):
            codes.add(entry.code)
            say(f"remark.{entry.code}", **entry.values)
            continue
        codes.add(entry.code)
        shared = {"found": entry.found, "count": entry.count}
        say(f"question.{entry.code}", **(shared | dict(entry.values)))
        for option in entry.options:
            assert isinstance(option, Option)
            codes.add(option.code)
            say(f"option.{option.code}", **option.values)
    assert codes == {
        "scale", "decimal", "kind", "twice", "as_is", "scaled", "moved", "turned", "value",
        "sheet", "occurrence", "skip", "repeated", "cumulative_fell", "steep", "falling_level",
        "rising_level", "growth_scope", "growth_prices", "growth_levels",
    }  # fmt: skip
