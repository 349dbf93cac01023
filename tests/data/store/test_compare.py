"""What differs between two vintages, in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from random import Random

from data.store.compare import Comparison, Difference, Fate, compare, differences, value_change
from data.store.store import Store
from data.store.vintages import Committed, Contents
from forecasting.figures.indicator import Area, AreaKind, Measure, Names, Observation, Status
from tests.data.drafts import change, edit, growth, upload, version


def figures_of(comparison: Comparison) -> list[tuple[str, Fate, float | None]]:
    return [
        (str(figure.either.month), figure.fate, value_change(figure))
        for figure in comparison.figures
    ]


def vintages_of(entries: Sequence[Difference[Observation]]) -> list[tuple[int | None, int | None]]:
    return [
        (entry.old.vintage if entry.old else None, entry.new.vintage if entry.new else None)
        for entry in entries
    ]


def test_figures_are_new_revised_or_gone_with_the_vintages_that_brought_them(store: Store) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1"), growth(7.5, "2026Q2")))
    revised = store.commit(upload(growth(7.25, "2026Q1"), growth(8.0, "2026Q3")))
    undone = store.withdraw(first, "analyst")

    found = compare(store, first, undone)

    assert figures_of(found) == [
        ("2026-03", Fate.REVISED, 0.25),
        ("2026-06", Fate.GONE, None),
        ("2026-09", Fate.NEW, None),
    ]
    assert vintages_of(found.figures) == [(first, revised), (first, None), (None, revised)]


def test_seen_from_the_other_side_new_is_gone_and_differences_change_their_sign(
    store: Store,
) -> None:
    first = store.commit(upload(growth(7.0, "2026Q1")))
    second = store.commit(upload(growth(7.25, "2026Q1"), growth(8.0, "2026Q3")))

    there, back = compare(store, first, second), compare(store, second, first)

    assert figures_of(back) == [("2026-03", Fate.REVISED, -0.25), ("2026-09", Fate.GONE, None)]
    for field in fields(Comparison):
        assert [(entry.old, entry.new) for entry in getattr(there, field.name)] == [
            (entry.new, entry.old) for entry in getattr(back, field.name)
        ]


def test_nothing_differs_from_itself_or_from_what_was_committed_again_as_it_was(
    store: Store,
) -> None:
    first = store.commit(upload(growth(7.0), files={"a.csv": b"a"}))
    again = store.commit(upload(growth(7.0), targets=store.targets(1, "zone")))

    assert compare(store, first, first).empty
    assert compare(store, first, again).empty


def test_a_figure_that_is_published_at_last_is_revised_by_nothing(store: Store) -> None:
    first = store.commit(upload(growth(7.0, status=Status.FLASH)))
    second = store.commit(upload(growth(7.0, status=Status.PUBLISHED)))

    (figure,) = compare(store, first, second).figures

    assert (figure.fate, value_change(figure)) == (Fate.REVISED, 0.0)


def test_targets_changes_versions_areas_and_indicators_are_compared_alike(store: Store) -> None:
    county = Area("county", Names("示例县", "Sample county"), AreaKind.COUNTY, parent="china")
    gdp, tax = store.targets(1, "zone")
    renamed = replace(store.catalogue(1)["gdp"], short=Names("生产总值", "Product"))
    before = store.commit(edit(changes=(change(),), area_versions=(version(),)))
    after = store.commit(
        edit(
            areas=(county,),
            indicators=(renamed,),
            targets=(replace(gdp, threshold=6.0), replace(tax, year=2027)),
            changes=(change("2026Q1"),),
            area_versions=(version(note="三镇划入"),),
            removed=(tax, change()),
        )
    )

    found = compare(store, before, after)

    assert [(entry.either.id, entry.fate) for entry in found.areas] == [("county", Fate.NEW)]
    assert [(entry.either.id, entry.fate) for entry in found.indicators] == [("gdp", Fate.REVISED)]
    assert [(entry.either.key, entry.fate) for entry in found.targets] == [
        (("zone", "gdp", 2026), Fate.REVISED),
        (("zone", "tax", 0), Fate.GONE),
        (("zone", "tax", 2027), Fate.NEW),
    ]
    assert [(str(entry.either.quarter), entry.fate) for entry in found.changes] == [
        ("2025Q1", Fate.GONE),
        ("2026Q1", Fate.NEW),
    ]
    assert [(entry.old, entry.new) for entry in found.area_versions] == [
        (Committed(version(), before), Committed(version(note="三镇划入"), after))
    ]
    assert found.figures == ()
    assert not found.empty


def test_the_order_is_the_catalogues_whatever_the_order_of_the_rows(store: Store) -> None:
    tax = growth(1.0, indicator="tax")
    draft = upload(
        tax,
        growth(3.0, measure=Measure.LEVEL_YTD),
        growth(2.0, "2026Q2"),
        growth(1.0, area="china"),
        growth(4.0, "2026Q1"),
    )
    before, after = store.contents(1), store.contents(store.commit(draft))

    found = differences(before, after)

    assert [figure.either for figure in found.figures] == [
        draft.observations[place] for place in (3, 4, 2, 1, 0)
    ]
    for seed in range(5):
        assert differences(shuffled(before, seed), shuffled(after, seed)) == found


def shuffled(contents: Contents, seed: int) -> Contents:
    parts = {}
    for field in fields(Contents):
        entries = list(getattr(contents, field.name).items())
        Random(seed).shuffle(entries)
        parts[field.name] = dict(entries)
    return Contents(**parts)
