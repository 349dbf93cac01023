"""When the year's figures became known, on both databases."""

from __future__ import annotations

import pytest

from data.store.errors import UnknownVintage
from data.store.store import Store
from tests.data.drafts import growth, upload


def values(store: Store, then: int, vintage: int) -> dict[str, float]:
    return {
        str(figure.month): figure.value
        for figure in store.observations_then(then, vintage, "zone")
        if figure.indicator == "gdp"
    }


def test_vintages_of_a_year_begin_with_its_last_month(store: Store) -> None:
    for period in ("2026Q1", "2026Q4", "2026Q3", "2025Q4", "2024Q4", "2027Q1"):
        store.commit(upload(growth(7.0, period)))
    store.commit(upload(growth(7.0, "2026Q4", area="china")))
    store.commit(upload(growth(6.0, "2026Q4"), growth(6.0, "2026Q2")))

    assert store.year_vintages(9, "zone", 2026) == (3, 4, 5, 9)
    assert store.year_vintages(8, "zone", 2026) == (3, 4, 5)
    assert store.year_vintages(2, "zone", 2026) == ()
    assert store.year_vintages(9, "nowhere", 2026) == ()


def test_what_was_withdrawn_by_now_brought_nothing(store: Store) -> None:
    wrong = store.commit(upload(growth(70.0, "2026Q4")))
    right = store.commit(upload(growth(7.0, "2026Q4")))
    undone = store.withdraw(wrong, "analyst")

    assert store.year_vintages(right, "zone", 2026) == (wrong, right)
    assert store.year_vintages(undone, "zone", 2026) == (right,)
    restored = store.withdraw(undone, "analyst")
    assert store.year_vintages(restored, "zone", 2026) == (wrong, right)


def test_figures_of_then_are_those_that_were_not_taken_back_since(store: Store) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1"), growth(7.0, "2026Q2")))
    wrong = store.commit(upload(growth(70.0, "2026Q1")))
    last = store.commit(upload(growth(8.0, "2026Q1")))
    undone = store.withdraw(wrong, "analyst")
    seeded = {"2025-11": 7.1}

    then = {"2026-03": 7.0, "2026-06": 7.0}
    assert values(store, first, last) == seeded | then
    assert values(store, wrong, last) == seeded | then | {"2026-03": 70.0}
    assert values(store, wrong, undone) == seeded | then
    assert values(store, last, undone) == seeded | then | {"2026-03": 8.0}
    assert values(store, 1, undone) == seeded


def test_a_vintage_that_does_not_exist_is_an_error(store: Store) -> None:
    with pytest.raises(UnknownVintage):
        store.year_vintages(2, "zone", 2026)
    with pytest.raises(UnknownVintage):
        store.observations_then(2, 1, "zone")
