"""Keys of widgets: different names never share one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.frame.widget_keys import place

NAMES = st.lists(st.text(st.sampled_from("A1-/%_ （号"), max_size=3), min_size=1, max_size=3)


@given(NAMES, NAMES)
def test_different_names_have_different_places(one: list[str], other: list[str]) -> None:
    assert (place(*one) == place(*other)) == (one == other)


def test_whatever_has_a_name_has_a_place() -> None:
    assert place("A/1", 2026) == "A%2F1/2026"
