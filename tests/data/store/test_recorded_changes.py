"""Changes of definition, versions of areas, removal by hand and remembered answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.store.errors import StillNeeded
from data.store.store import Store
from data.store.vintages import Removable
from forecasting.figures.indicator import Area, AreaKind, Names, PriceBasis
from tests.data.drafts import GDP, change, edit, upload, version


def test_recorded_changes_are_read_back_in_catalogue_order_then_by_quarter(store: Store) -> None:
    recorded = (
        change("2025Q1", indicator="tax"),
        change("2025Q1"),
        change("2024Q4"),
        change("2023Q1", basis=replace(GDP, price=PriceBasis.CURRENT)),
    )

    vintage = store.commit(edit(changes=recorded))

    assert store.changes(vintage, "zone") == (recorded[2], recorded[1], recorded[3], recorded[0])
    assert store.changes(vintage, "china") == ()
    assert store.changes(1, "zone") == ()


def test_versions_of_an_area_are_read_back_the_oldest_first(store: Store) -> None:
    first, second = version("2024Q3"), version("2026Q1", label=Names("再次扩区", "Enlarged again"))

    vintage = store.commit(edit(area_versions=(second, first)))

    assert store.area_versions(vintage, "zone") == (first, second)
    assert store.area_versions(vintage, "china") == ()


def test_a_recorded_change_is_revised_by_one_of_the_same_quarter(store: Store) -> None:
    store.commit(edit(changes=(change(),), area_versions=(version(),)))
    corrected = change(document="corrected notice"), version(note="三镇划入")

    vintage = store.commit(edit(changes=corrected[:1], area_versions=corrected[1:]))

    assert (*store.changes(vintage, "zone"), *store.area_versions(vintage, "zone")) == corrected


def target_of(store: Store) -> Removable:
    return store.targets(1, "zone")[0]


def with_target(store: Store) -> int:
    return 1


def with_change(store: Store) -> int:
    return store.commit(edit(changes=(change(),)))


def with_version(store: Store) -> int:
    return store.commit(edit(area_versions=(version(),)))


def recorded(store: Store, vintage: int) -> set[Removable]:
    return {
        *store.targets(vintage, "zone"),
        *store.changes(vintage, "zone"),
        *store.area_versions(vintage, "zone"),
    }


@pytest.mark.parametrize(
    ("begin", "entry_of", "field"),
    [
        (with_target, target_of, "targets"),
        (with_change, lambda store: change(), "changes"),
        (with_version, lambda store: version(), "area_versions"),
    ],
    ids=["target", "change", "version"],
)
def test_what_was_removed_is_unknown_until_it_is_added_again_or_its_removal_withdrawn(
    store: Store, begin: Callable[[Store], int], entry_of: Callable[[Store], Removable], field: str
) -> None:
    before, entry = begin(store), entry_of(store)
    others = recorded(store, before) - {entry}
    revised = replace(entry, document="revised")

    removed = store.commit(edit(removed=(entry,)))
    added = store.commit(edit(**{field: (revised,)}))
    back = store.withdraw(removed, "analyst")
    first = store.withdraw(added, "analyst")

    assert recorded(store, before) == others | {entry}
    assert recorded(store, removed) == others
    assert recorded(store, added) == others | {revised}
    assert recorded(store, back) == others | {revised}
    assert recorded(store, first) == others | {entry}


def test_withdrawing_what_was_added_again_leaves_it_removed(store: Store) -> None:
    store.commit(edit(changes=(change(),)))
    store.commit(edit(removed=(change(),)))
    added = store.commit(edit(changes=(change(document="again"),)))

    assert store.changes(store.withdraw(added, "analyst"), "zone") == ()


@pytest.mark.parametrize("entry", [change("1999Q1"), version("1999Q1")])
def test_removing_what_is_not_there_changes_nothing(store: Store, entry: Removable) -> None:
    vintage = store.commit(edit(removed=(entry,)))

    assert recorded(store, vintage) == recorded(store, 1)


@pytest.mark.parametrize(
    "entries",
    [
        {"changes": (change(area="nowhere"),)},
        {"changes": (change(indicator="nowhere"),)},
        {"area_versions": (version(area="nowhere"),)},
    ],
)
def test_a_change_of_something_not_listed_is_not_recorded(
    store: Store, entries: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="not listed: nowhere"):
        store.commit(edit(**entries))

    assert store.latest_vintage() == 1


def test_an_area_stays_while_a_version_of_it_is_recorded_and_goes_once_that_is_removed(
    store: Store,
) -> None:
    county = Area("county", Names("示例县", "Sample county"), AreaKind.COUNTY, parent="china")
    listed = store.commit(edit(areas=(county,)))
    store.commit(edit(area_versions=(version(area="county"),)))

    with pytest.raises(StillNeeded):
        store.withdraw(listed, "analyst")
    store.commit(edit(removed=(version(area="county"),)))
    vintage = store.withdraw(listed, "analyst")

    assert [area.id for area in store.areas(vintage)] == ["china", "zone"]


def test_answers_are_remembered_by_shape_and_question_with_the_vintage_that_brought_them(
    store: Store,
) -> None:
    long = f"indicator:{'很长的指标名称' * 500}"
    first = store.commit(upload(answers={("a", "indicator:产值"): "output", ("a", long): "skip"}))
    second = store.commit(upload(answers={("a", "indicator:产值"): "tax", ("b", long): "gdp"}))
    undone = store.withdraw(second, "analyst")

    kept = {("a", "indicator:产值"): "output", ("a", long): "skip"}
    assert store.remembered(1) == {}
    assert store.remembered(first) == kept
    assert store.remembered(second) == {
        ("a", "indicator:产值"): "tax", ("a", long): "skip", ("b", long): "gdp",
    }  # fmt: skip
    assert store.remembered(undone) == kept
