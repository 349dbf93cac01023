"""A reading held against the store: what each figure would do, and what a commit writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store.vintages import Committed, VintageKind
from data.workbook.book import Place
from data.workbook.questions import SKIP, Asked, Option, Question
from data.workbook.reading import ReadFigure, Reading, RefusedCell
from data.workbook.review import Review, State, digest_of, review
from forecasting.figures.indicator import Observation, Status
from tests.builders import make_figures

STORED = make_figures({"2026Q1": 5.8, "2026Q2": 6.1})


def question(id: str, code: Asked = Asked.STATUS) -> Question:
    return Question(id, code, (), 1, "", {}, (Option(SKIP),))


def reading(
    figures: list[Observation],
    *,
    doubts: dict[int, tuple[str, ...]] | None = None,
    questions: tuple[Question, ...] = (),
    answered: dict[str, str] | None = None,
    recalled: frozenset[str] = frozenset(),
    refused: tuple[RefusedCell, ...] = (),
) -> Reading:
    return Reading(
        figures=tuple(
            ReadFigure(
                figure, Place("表", row + 2, 2), str(figure.value), (doubts or {}).get(row, ())
            )
            for row, figure in enumerate(figures)
        ),
        questions=questions,
        answered=answered or {},
        recalled=recalled,
        remarks=(),
        refused=refused,
        indicators=(),
        shape="shape",
    )


def reviewed(read: Reading) -> Review:
    return review(read, {figure.key: figure for figure in STORED}, base=3)


def test_every_figure_is_new_revised_or_unchanged() -> None:
    found = reviewed(reading(make_figures({"2026Q1": 5.8, "2026Q2": 6.3, "2026Q3": 6.0})))

    assert [(line.state, str(line.place)) for line in found.lines] == [
        (State.REVISED, "B3"),
        (State.NEW, "B4"),
        (State.UNCHANGED, "B2"),
    ]
    assert found.lines[0].difference == pytest.approx(0.2)
    assert found.lines[1].difference is None
    assert found.counts == {State.REVISED: 1, State.NEW: 1, State.UNCHANGED: 1}


def test_the_noise_of_a_spreadsheet_revises_nothing() -> None:
    found = reviewed(reading(make_figures({"2026Q2": 6.1 + 1e-15})))

    assert found.lines[0].state is State.UNCHANGED


def test_a_flash_that_is_published_unchanged_is_a_revision_of_its_status() -> None:
    flash = replace(STORED[1], status=Status.FLASH)
    found = review(reading([STORED[1]]), {flash.key: flash}, base=3)

    assert found.lines[0].state is State.REVISED
    assert found.lines[0].difference == 0


def test_a_figure_that_was_revised_since_is_told_from_one_that_changed() -> None:
    before = Committed(replace(STORED[1], value=5.9), 3)
    replaced = {before.value.key: (before, Committed(replace(STORED[1], value=6.0), 7))}

    def put_back(value: float, *, doubts: tuple[str, ...] = ()) -> list[int]:
        read = reading(make_figures({"2026Q1": 5.8, "2026Q2": value}), doubts={1: doubts})
        found = review(read, {figure.key: figure for figure in STORED}, 8, replaced)
        return [line.replaced_by for line in found.put_back]

    assert put_back(5.9) == [3]
    assert put_back(6.0, doubts=("status",)) == [7]
    assert put_back(6.1) == []
    assert put_back(6.2) == []


def test_another_source_alone_revises_nothing() -> None:
    found = reviewed(reading([replace(STORED[1], publisher="elsewhere")]))

    assert found.lines[0].state is State.UNCHANGED


def test_only_new_and_revised_figures_are_committed() -> None:
    figures = make_figures({"2026Q1": 5.8, "2026Q2": 6.3, "2026Q3": 6.0})
    draft = reviewed(reading(figures)).draft("Li", "monthly", {"a.xlsx": b"bytes"})

    assert draft.observations == (figures[1], figures[2])
    assert (draft.kind, draft.base, draft.author) == (VintageKind.UPLOAD, 3, "Li")
    assert draft.files == {"a.xlsx": b"bytes"}


def test_doubtful_and_refused_cells_come_first_and_nothing_is_committed_before_an_answer() -> None:
    figures = make_figures({"2026Q2": 6.1, "2026Q3": 61.0})
    refused = (RefusedCell("number", Place("表", 9, 2), "待定", "税收收入"),)
    found = reviewed(
        reading(figures, doubts={1: ("d",)}, questions=(question("d"),), refused=refused)
    )

    assert [line.state for line in found.lines] == [
        State.DOUBTFUL,
        State.REFUSED,
        State.UNCHANGED,
    ]
    assert found.lines[1].label == "税收收入"
    assert not found.ready
    with pytest.raises(ValueError, match="open"):
        found.draft("Li", "", {})


def test_a_file_that_says_what_is_stored_has_nothing_to_commit() -> None:
    found = reviewed(reading(STORED))

    assert not found.ready
    with pytest.raises(ValueError, match="without changes"):
        found.draft("Li", "", {})


def test_answers_about_the_shape_of_a_file_are_remembered_and_others_are_not() -> None:
    questions = (
        question("status"),
        question("indicator:税款", Asked.INDICATOR),
        question("unit:old", Asked.UNIT),
    )
    answered = {"status": "flash", "indicator:税款": "tax_revenue", "unit:old": "1e4 CNY"}
    found = reviewed(
        reading(
            make_figures({"2026Q3": 6.0}),
            questions=questions,
            answered=answered,
            recalled=frozenset({"unit:old"}),
        )
    )

    assert found.draft("Li", "", {}).answers == {("shape", "indicator:税款"): "tax_revenue"}


def test_a_name_is_kept_without_what_no_database_keeps() -> None:
    draft = reviewed(reading(make_figures({"2026Q3": 6.0}))).draft(" Li\0 ", "flash\0", {})

    assert (draft.author, draft.note) == ("Li", "flash")


def test_a_file_is_recognised_by_its_bytes() -> None:
    assert digest_of(b"a") == digest_of(b"a") != digest_of(b"b")
    assert len(digest_of(b"")) == 64


def test_a_figure_that_the_file_repeats_is_written_once() -> None:
    found = reviewed(reading(make_figures({"2026Q3": 6.0}) * 2))

    assert len(found.lines) == 2
    assert len(found.written) == 1


def test_of_two_values_in_doubt_the_first_stands_in() -> None:
    first, second = make_figures({"2026Q3": 6.0}), make_figures({"2026Q3": 6.4})
    doubts = {0: ("twice:1",), 1: ("twice:1",)}
    asked = question("twice:1", Asked.TWICE)

    found = reviewed(reading(first + second, doubts=doubts, questions=(asked,)))

    assert [figure.value for figure in found.written] == [6.0]
