"""A history: its steps, the log of its edits, and when widgets take their values anew."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from data.store.scenarios import SavedScenario
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from ui.scenario.state import MOST_EDITS, MOST_STEPS, UndoHistory, change_of, path_of

NOW = datetime(2026, 7, 1, tzinfo=UTC)
SAVED = SavedScenario(3, 1, "SAMPLE", 2026, "加快", "schema = 1\n", 1, "", NOW)


def signed(value: float) -> Scenario:
    return Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, value),))


def history_of(*values: float) -> UndoHistory:
    history = UndoHistory()
    for value in values:
        history.put(signed(value))
    return history


def logged(history: UndoHistory) -> list[tuple[str, str, str]]:
    return [
        (edit.path, edit.before, edit.after)
        for edit in history.edits
        if edit.path.endswith("/value")
    ]


def test_a_new_draft_is_the_empty_scenario_with_nothing_to_undo() -> None:
    history = UndoHistory()

    assert (history.now, history.can_undo, history.can_redo) == (Scenario(), False, False)
    history.undo()
    history.redo()
    assert (history.now, history.turn, history.edits) == (Scenario(), 0, [])


@given(st.lists(st.floats(1, 9), min_size=1, max_size=8), st.data())
def test_undo_and_redo_walk_the_steps_and_back(values: list[float], data: st.DataObject) -> None:
    history, steps = UndoHistory(), [Scenario()]
    for value in values:
        history.put(signed(value))
        steps += [signed(value)] if signed(value) != steps[-1] else []
    back = data.draw(st.integers(0, len(steps) - 1))

    for _ in range(back):
        history.undo()
    assert history.now == steps[len(steps) - 1 - back]
    for _ in range(back):
        history.redo()
    assert (history.now, history.can_redo) == (steps[-1], False)


def test_a_step_after_an_undo_takes_the_place_of_what_was_undone() -> None:
    history = history_of(1, 2)
    history.undo()
    history.put(signed(5))

    assert not history.can_redo
    history.undo()
    assert history.now == signed(1)


def test_the_same_scenario_again_is_no_step() -> None:
    history = history_of(1)
    history.undo()
    turn, edits = history.turn, list(history.edits)
    history.put(Scenario())

    assert (history.turn, history.edits, history.can_redo) == (turn, edits, True)


def test_every_step_is_logged_and_those_taken_back_too() -> None:
    history = history_of(1, 2)
    history.undo()
    history.redo()

    path = "lever/signed_investment/value"
    assert logged(history) == [
        (path, "", "1"),
        (path, "1", "2"),
        (path, "2", "1"),
        (path, "1", "2"),
    ]
    assert history.edits[0].at.tzinfo is UTC
    assert change_of(history.edits[0]).section == "lever"
    assert path_of(change_of(history.edits[0])) == history.edits[0].path


def test_widgets_take_their_values_anew_unless_the_step_was_typed_into_them() -> None:
    history = UndoHistory()
    history.put(signed(1), typed=True)
    assert history.turn == 0
    history.put(signed(2))
    assert history.turn == 1
    history.undo()
    assert history.turn == 2
    history.redo()
    assert history.turn == 3


def test_opening_a_saved_scenario_begins_a_log_of_its_own() -> None:
    history = history_of(1)
    history.open(signed(7), SAVED)
    assert (history.now, history.saved, history.edits, history.turn) == (signed(7), SAVED, [], 2)

    history.put(signed(8))
    assert logged(history) == [("lever/signed_investment/value", "7", "8")]


def test_undoing_an_opening_goes_back_to_what_was_there_and_what_it_stood_on() -> None:
    history = history_of(1)
    history.open(signed(7), SAVED)
    history.undo()

    assert (history.now, history.saved) == (signed(1), None)
    assert len(logged(history)) == 1
    history.redo()
    assert (history.now, history.saved, history.edits) == (signed(7), SAVED, [])


def test_opening_what_looks_the_same_stands_on_the_other() -> None:
    history = history_of(1)
    history.open(signed(1), SAVED)

    assert (history.now, history.saved) == (signed(1), SAVED)


def test_undoing_after_saving_stays_on_what_was_saved() -> None:
    history = history_of(1, 2)
    history.mark_saved(SAVED)
    history.undo()

    assert (history.now, history.saved) == (signed(1), SAVED)


def test_a_version_of_the_same_content_keeps_the_log() -> None:
    history = history_of(1)
    history.start_from(SAVED)

    assert history.saved is SAVED
    assert len(logged(history)) == 1


def test_saving_ends_the_log_and_keeps_the_steps() -> None:
    history = history_of(1, 2)
    history.mark_saved(SAVED)

    assert (history.now, history.saved, history.edits) == (signed(2), SAVED, [])
    history.undo()
    assert history.now == signed(1)
    assert len(logged(history)) == 1


def test_the_oldest_steps_and_edits_are_dropped_where_there_are_too_many() -> None:
    history = history_of(*range(1, MOST_STEPS + 6))
    assert history.now == signed(MOST_STEPS + 5)
    while history.can_undo:
        history.undo()
    assert history.now == signed(6)

    for value in range(MOST_EDITS):
        history.put(signed(value + 1000))
    assert len(history.edits) == MOST_EDITS
    assert history.edits[-1].after == str(MOST_EDITS + 999)


def test_only_what_differs_from_step_to_step_is_logged() -> None:
    history = UndoHistory()
    history.put(Scenario(name="甲"))
    history.put(Scenario(name="甲", note="乙"))

    assert [(edit.path, edit.after) for edit in history.edits] == [
        ("//name", "甲"),
        ("//note", "乙"),
    ]
    assert change_of(history.edits[1]).field == "note"
