"""What is typed by hand: its rules, what it would change, and what a commit of it writes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from data.store.store import Store
from data.store.vintages import Removable
from data.targets.edits import (
    ChangeForm,
    Fault,
    Form,
    Key,
    Slot,
    TargetForm,
    VersionForm,
    commit_of,
    edited,
    edits_between,
    faults_of,
    form_of,
    spans_of,
)
from forecasting.errors import TableRefused
from forecasting.figures.indicator import Catalogue, Comparator, Measure, Names
from forecasting.figures.period import Quarter
from forecasting.figures.tables import read_targets
from tests.builders import make_figures, make_indicator, make_target
from tests.data.drafts import GDP, change, growth, version

SPANS = spans_of([growth(5.0, "2020Q1"), growth(6.0, "2025Q4")])
TARGET = TargetForm.of(make_target())


def entries(store: Store, vintage: int, area: str = "zone") -> dict[Key, Removable]:
    known: tuple[Removable, ...] = (
        *store.targets(vintage, area),
        *store.changes(vintage, area),
        *store.area_versions(vintage, area),
    )
    return {entry.key: entry for entry in known}


def commit(store: Store, forms: Mapping[Slot, Form | None]) -> int:
    """Commit forms on the newest vintage, as the page does."""
    base = store.latest_vintage()
    stored = entries(store, base)
    edits = edits_between(stored, edited(stored, forms), base, store.catalogue(base))
    return store.commit(commit_of(edits, "王工", "", base))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"threshold": None}, Fault.THRESHOLD),
        ({"threshold": math.nan}, Fault.THRESHOLD),
        ({"threshold": 1000.5}, Fault.THRESHOLD),
        ({"comparator": Comparator.ABOUT}, Fault.TOLERANCE),
        ({"comparator": Comparator.ABOUT, "tolerance": 0.0}, Fault.TOLERANCE),
        ({"document": " "}, Fault.DOCUMENT),
    ],
)
def test_a_target_needs_a_line_a_document_and_about_a_tolerance(
    typed: dict[str, object], fault: Fault
) -> None:
    assert TARGET.faults(SPANS) == ()
    assert replace(TARGET, **typed).faults(SPANS) == (fault,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cells", ["~,7.0,,plan", "~,7.0,0,plan", ">,,,plan", ">,7.0,,", "~,7.0,0.5,plan", ">,7,,plan"]
)
def test_a_target_is_refused_by_hand_where_a_table_of_seeds_is(cells: str) -> None:
    comparator, threshold, tolerance, document = cells.split(",")
    head = "area,indicator,year,comparator,threshold,tolerance,price_basis,coverage_basis,"
    table = f"{head}currency,document,counts\nZ,output,2026,{comparator},{threshold},{tolerance}"
    catalogue = Catalogue.of([make_indicator()])
    form = TargetForm(
        "Z",
        "output",
        2026,
        Comparator(comparator),
        float(threshold) if threshold else None,
        catalogue["output"].basis,
        document,
        float(tolerance) if tolerance else None,
    )

    try:
        (target,) = read_targets(f"{table},,,,{document},\n", "t.csv", catalogue, {"Z"})
    except TableRefused:
        assert form.faults(SPANS)
    else:
        assert form.faults(SPANS) == ()
        assert form.entry() == target


def test_a_tolerance_left_from_about_is_dropped_with_it() -> None:
    about = replace(TARGET, comparator=Comparator.ABOUT, tolerance=0.5)

    assert about.entry().tolerance == 0.5
    assert replace(about, comparator=Comparator.ABOVE).entry().tolerance == 0.0


@pytest.mark.parametrize(
    ("year", "quarter", "faults"),
    [
        (None, 1, (Fault.QUARTER,)),
        (26, 1, (Fault.QUARTER,)),
        (2019, 4, (Fault.EARLY,)),
        (2020, 1, (Fault.EARLY,)),  # nothing comes before the first figure
        (2020, 2, ()),
        (2027, 4, ()),
        (2028, 1, (Fault.LATE,)),
    ],
)
def test_a_quarter_needs_figures_before_it_and_not_long_before_it(
    year: int | None, quarter: int, faults: tuple[Fault, ...]
) -> None:
    recorded = ChangeForm("zone", "gdp", GDP, year, quarter, "notice")
    enlarged = VersionForm("zone", Names("扩区后", ""), year, quarter, "reply")

    assert recorded.faults(SPANS) == faults
    assert enlarged.faults(SPANS) == faults
    if year and year > 1000:
        assert recorded.faults({}) == ()  # where there are no figures yet, any quarter will do


def test_what_is_recorded_needs_a_document_and_a_version_a_name() -> None:
    assert replace(ChangeForm.of(change()), document="").faults(SPANS) == (Fault.DOCUMENT,)
    nameless = replace(VersionForm.of(version()), label=Names(" ", "Enlarged"))
    assert nameless.faults(SPANS) == (Fault.LABEL,)


def test_one_name_serves_both_languages_where_there_is_one() -> None:
    form = replace(VersionForm.of(version()), label=Names("并区后", " "))

    assert form.entry().label == Names("并区后", "并区后")


def test_growth_of_single_months_spans_nothing() -> None:
    months = make_figures({"2019Q1": 1.0}, Measure.GROWTH_MONTH)
    figures = make_figures({"2020Q1": 1.0, "2021Q3": 2.0})

    (span,) = spans_of([*months, *figures]).values()

    assert span == (Quarter(2020, 1), Quarter(2021, 3))


def test_two_records_of_the_same_quarter_are_one_too_many() -> None:
    stored: dict[Key, Removable] = {change().key: change()}
    again = ChangeForm.of(change(document="another notice"))
    twice = {Fault.TWICE}

    assert {*faults_of(stored, {1: again}, SPANS)[1]} == twice
    moved = replace(again, quarter=2)
    assert {*faults_of(stored, {1: moved, 2: moved}, SPANS)[2]} == twice
    assert faults_of(stored, {change().key: None, 1: again}, SPANS) == {}
    assert faults_of(stored, {change().key: again}, SPANS) == {}


def test_every_stored_entry_is_its_own_form(store: Store) -> None:
    vintage = commit(store, {1: ChangeForm.of(change()), 2: VersionForm.of(version())})
    stored = entries(store, vintage)

    assert len(stored) == 4
    forms: dict[Slot, Form | None] = {key: form_of(entry) for key, entry in stored.items()}
    assert edited(stored, forms) == stored
    assert edits_between(stored, edited(stored, forms), vintage, store.catalogue(vintage)) == ()


def test_an_edit_writes_what_differs_and_nothing_else(store: Store) -> None:
    stored = entries(store, 1)
    line = store.targets(1, "zone")[0]
    raised = replace(TargetForm.of(line), threshold=8.5, document="调整通知")

    edits = edits_between(
        stored, edited(stored, {line.key: raised, 1: form_of(change())}), 1, store.catalogue(1)
    )
    draft = commit_of(edits, " 王工 ", "", 1)

    assert draft.targets == (raised.entry(),)
    assert draft.changes == (change(),)
    assert (draft.author, draft.area_versions, draft.removed) == ("王工", (), ())


def test_an_edit_is_a_vintage_and_its_withdrawal_brings_the_old_line_back(store: Store) -> None:
    line = store.targets(1, "zone")[0]

    vintage = commit(store, {line.key: replace(TargetForm.of(line), threshold=8.5)})
    withdrawal = store.withdraw(vintage, "李工")

    assert store.targets(vintage, "zone")[0].threshold == 8.5
    assert store.targets(withdrawal, "zone") == store.targets(1, "zone")


def test_what_is_removed_no_longer_holds_and_a_withdrawal_brings_it_back(store: Store) -> None:
    line = store.targets(1, "zone")[0]

    vintage = commit(store, {line.key: None})

    assert line not in store.targets(vintage, "zone")
    assert line in store.targets(store.withdraw(vintage, "李工"), "zone")


def test_a_change_moved_to_another_quarter_stands_once(store: Store) -> None:
    first = commit(store, {1: form_of(change("2025Q1"))})

    moved = commit(store, {change("2025Q1").key: form_of(change("2025Q2"))})

    assert store.changes(first, "zone") == (change("2025Q1"),)
    assert store.changes(moved, "zone") == (change("2025Q2"),)


def test_two_changes_may_move_up_one_after_the_other(store: Store) -> None:
    commit(store, {1: form_of(change("2025Q1")), 2: form_of(change("2025Q2"))})
    forms: dict[Slot, Form | None] = {
        change("2025Q1").key: form_of(change("2025Q2")),
        change("2025Q2").key: form_of(change("2025Q3")),
    }

    assert faults_of(entries(store, 2), forms, {}) == {}
    assert store.changes(commit(store, forms), "zone") == (change("2025Q2"), change("2025Q3"))


def test_a_faulty_form_leaves_what_is_stored(store: Store) -> None:
    stored = entries(store, 1)
    line = store.targets(1, "zone")[0]
    forms: dict[Slot, Form | None] = {line.key: replace(TargetForm.of(line), threshold=None)}

    assert edited(stored, forms, faults_of(stored, forms, {})) == stored
