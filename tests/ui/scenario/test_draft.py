"""A draft: its steps, the log of its edits, and when widgets take their values anew."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from data.store.saved_scenario import SavedScenario
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from ui.scenario import draft as scenario_draft
from ui.scenario.draft import MOST_EDITS, MOST_STEPS, Draft, change_of, path_of

NOW = datetime(2026, 7, 1, tzinfo=UTC)
SAVED = SavedScenario(3, 1, "SAMPLE", 2026, "加快", "schema = 2\n", 1, "", NOW)


def signed(value: float) -> Scenario:
    return Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, value),))


def drafted(*values: float) -> Draft:
    draft = Draft()
    for value in values:
        draft.put(signed(value))
    return draft


def logged(draft: Draft) -> list[tuple[str, str, str]]:
    return [
        (edit.path, edit.before, edit.after) for edit in draft.edits if edit.path.endswith("/value")
    ]


def test_a_new_draft_is_the_empty_scenario_with_nothing_to_undo() -> None:
    draft = Draft()

    assert (draft.now, draft.can_undo, draft.can_redo) == (Scenario(), False, False)
    draft.undo()
    draft.redo()
    assert (draft.now, draft.turn, draft.edits) == (Scenario(), 0, [])


@given(st.lists(st.floats(1, 9), min_size=1, max_size=8), st.data())
def test_undo_and_redo_walk_the_steps_and_back(values: list[float], data: st.DataObject) -> None:
    draft, steps = Draft(), [Scenario()]
    for value in values:
        draft.put(signed(value))
        steps += [signed(value)] if signed(value) != steps[-1] else []
    back = data.draw(st.integers(0, len(steps) - 1))

    for _ in range(back):
        draft.undo()
    assert draft.now == steps[len(steps) - 1 - back]
    for _ in range(back):
        draft.redo()
    assert (draft.now, draft.can_redo) == (steps[-1], False)


def test_a_step_after_an_undo_takes_the_place_of_what_was_undone() -> None:
    draft = drafted(1, 2)
    draft.undo()
    draft.put(signed(5))

    assert not draft.can_redo
    draft.undo()
    assert draft.now == signed(1)


def test_the_same_scenario_again_is_no_step() -> None:
    draft = drafted(1)
    draft.undo()
    turn, edits = draft.turn, list(draft.edits)
    draft.put(Scenario())

    assert (draft.turn, draft.edits, draft.can_redo) == (turn, edits, True)


def test_every_step_is_logged_and_those_taken_back_too() -> None:
    draft = drafted(1, 2)
    draft.undo()
    draft.redo()

    path = "lever/signed_investment/value"
    assert logged(draft) == [(path, "", "1"), (path, "1", "2"), (path, "2", "1"), (path, "1", "2")]
    assert draft.edits[0].at.tzinfo is UTC
    assert change_of(draft.edits[0]).section == "lever"
    assert path_of(change_of(draft.edits[0])) == draft.edits[0].path


def test_widgets_take_their_values_anew_unless_the_step_was_typed_into_them() -> None:
    draft = Draft()
    draft.put(signed(1), typed=True)
    assert draft.turn == 0
    draft.put(signed(2))
    assert draft.turn == 1
    draft.undo()
    assert draft.turn == 2
    draft.redo()
    assert draft.turn == 3


def test_opening_a_saved_scenario_begins_a_log_of_its_own() -> None:
    draft = drafted(1)
    draft.open(signed(7), SAVED)
    assert (draft.now, draft.saved, draft.edits, draft.turn) == (signed(7), SAVED, [], 2)

    draft.put(signed(8))
    assert logged(draft) == [("lever/signed_investment/value", "7", "8")]


def test_undoing_an_opening_goes_back_to_what_was_there_and_what_it_stood_on() -> None:
    draft = drafted(1)
    draft.open(signed(7), SAVED)
    draft.undo()

    assert (draft.now, draft.saved) == (signed(1), None)
    assert len(logged(draft)) == 1
    draft.redo()
    assert (draft.now, draft.saved, draft.edits) == (signed(7), SAVED, [])


def test_opening_what_looks_the_same_stands_on_the_other() -> None:
    draft = drafted(1)
    draft.open(signed(1), SAVED)

    assert (draft.now, draft.saved) == (signed(1), SAVED)


def test_undoing_after_saving_stays_on_what_was_saved() -> None:
    draft = drafted(1, 2)
    draft.stand_on(SAVED)
    draft.undo()

    assert (draft.now, draft.saved) == (signed(1), SAVED)


def test_a_version_of_the_same_content_keeps_the_log() -> None:
    draft = drafted(1)
    draft.follow(SAVED)

    assert draft.saved is SAVED
    assert len(logged(draft)) == 1


def test_saving_ends_the_log_and_keeps_the_steps() -> None:
    draft = drafted(1, 2)
    draft.stand_on(SAVED)

    assert (draft.now, draft.saved, draft.edits) == (signed(2), SAVED, [])
    draft.undo()
    assert draft.now == signed(1)
    assert len(logged(draft)) == 1


def test_the_oldest_steps_and_edits_are_dropped_where_there_are_too_many() -> None:
    draft = drafted(*range(1, MOST_STEPS + 6))
    assert draft.now == signed(MOST_STEPS + 5)
    while draft.can_undo:
        draft.undo()
    assert draft.now == signed(6)

    for value in range(MOST_EDITS):
        draft.put(signed(value + 1000))
    assert len(draft.edits) == MOST_EDITS
    assert draft.edits[-1].after == str(MOST_EDITS + 999)


def test_only_what_differs_from_step_to_step_is_logged() -> None:
    draft = Draft()
    draft.put(Scenario(name="甲"))
    draft.put(Scenario(name="甲", note="乙"))

    assert [(edit.path, edit.after) for edit in draft.edits] == [("//name", "甲"), ("//note", "乙")]
    assert scenario_draft.change_of(draft.edits[1]).field == "note"
