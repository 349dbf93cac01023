"""Which entry of the main menu is marked on which page."""

from __future__ import annotations

import pytest

from ui.frame.navigation import DATA_MENU, PLAN_MENU, SCENARIO_MENU, names, room_of


@pytest.mark.parametrize(
    ("room", "pages"), [("plan", PLAN_MENU), ("data", DATA_MENU), ("scenario", SCENARIO_MENU)]
)
def test_every_page_of_a_room_marks_it(room: str, pages: tuple[str, ...]) -> None:
    assert {room_of(page) for page in pages} == {room}


def test_a_page_that_the_menu_does_not_lead_to_marks_nothing() -> None:
    assert room_of("overview") == "overview"
    assert {page for page in names() if not room_of(page)} == {"people", "shared"}
