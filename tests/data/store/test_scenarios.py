"""Saved scenarios: every version stays, in the order it was saved, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from data.store import schema
from data.store.errors import (
    ScenarioChanged,
    ScenarioNameTaken,
    ScenarioNameTooLong,
    ScenarioTooLong,
    ScenarioUnnamed,
    UnknownScenario,
    UnknownVintage,
)
from data.store.scenarios import (
    LONGEST,
    LONGEST_NAME,
    OPENED,
    UNOPENED,
    Edit,
    SavedScenario,
    Scenarios,
)
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Area, AreaKind, Names
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.toml import read_scenario, write_scenario
from tests.data.drafts import growth, upload

OpenStore = Callable[[str], Store]
DOCUMENT = write_scenario(Scenario(name="稳增长", pins=(Pin("gdp", 7.5),)))
EDIT = Edit(datetime(2026, 5, 6, 7, 8, 9, 10, UTC), "pin.0.growth", "7", "“7.5”\n")


@pytest.fixture
def scenarios(store: Store) -> Scenarios:
    return store.scenarios


def save(scenarios: Scenarios, name: str = "稳增长", document: str = DOCUMENT) -> SavedScenario:
    return scenarios.save("zone", 2026, name, document, 1, author="analyst")


def go_on(scenarios: Scenarios, saved: SavedScenario, **changed: str) -> SavedScenario:
    """Save the version after ``saved`` as somebody does who opened that."""
    new = replace(saved, **changed)  # type: ignore[arg-type]  # the tests name its fields
    return scenarios.save(
        new.area, new.year, new.name, new.document, new.vintage,
        author=new.author, scenario=saved.id, based_on=saved.version,
    )  # fmt: skip


def count(store: Store) -> int:
    with store._engine.connect() as connection:
        tables = (schema.scenario_version, schema.kept_document)
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        )


def test_a_scenario_is_kept_with_who_when_beside_what_and_the_edits(store: Store) -> None:
    store.commit(upload(growth(7.0)))
    before = datetime.now(UTC)

    saved = store.scenarios.save(
        "zone", 2026, " 稳  增长　", DOCUMENT, 2, author="分析员", edits=[EDIT, EDIT]
    )

    assert before <= saved.saved_at <= datetime.now(UTC)
    assert saved == SavedScenario(
        1, 1, "zone", 2026, "稳 增长", DOCUMENT, 2, "分析员", saved.saved_at, False, (EDIT, EDIT)
    )
    assert store.scenarios.find(1) == saved
    assert store.latest_vintage() == 2


def test_the_moment_of_an_edit_is_kept_in_utc(scenarios: Scenarios) -> None:
    in_china = EDIT.at.astimezone(timezone(timedelta(hours=8)))

    scenarios.save("zone", 2026, "a", DOCUMENT, 1, edits=[replace(EDIT, at=in_china)])

    (edit,) = scenarios.find(1).edits
    assert edit == EDIT
    assert edit.at.utcoffset() == timedelta(0)


def test_a_stored_document_reads_as_the_scenario_it_was(scenarios: Scenarios) -> None:
    number = save(scenarios).id

    assert read_scenario(scenarios.find(number).document, ["gdp"]).pins == (Pin("gdp", 7.5),)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=texts, before=texts)
@example(document="\r\n \t“引号”'表情🙂\\u0000 %s :a\x7f\x1a\ufeff\n\n", before="\r")
def test_documents_and_edits_come_back_byte_for_byte(
    store: Store, document: str, before: str
) -> None:
    name = f"情景{count(store)}"
    edits = [Edit(EDIT.at, before, before, document)]

    saved = store.scenarios.save("zone", 2026, name, document, 1, edits=edits)
    token = store.scenarios.keep(document)

    found = store.scenarios.find(saved.id)
    assert found.document.encode() == document.encode()
    assert found.edits == tuple(edits)
    assert (store.scenarios.kept(token) or "").encode() == document.encode()


def test_saving_again_writes_a_version_and_leaves_those_before(scenarios: Scenarios) -> None:
    first = save(scenarios)
    second = go_on(scenarios, first, document="schema = 1\n", author="colleague")
    third = go_on(scenarios, second, name="保目标")

    assert [saved.version for saved in (first, second, third)] == [1, 2, 3]
    assert scenarios.versions(1) == (first, second, third)
    assert [scenarios.find(1, version) for version in (1, 2, 3)] == [first, second, third]
    assert scenarios.find(1) == third
    assert scenarios.listed("zone") == (third,)


def test_scenarios_are_numbered_and_listed_by_area_the_newest_first(store: Store) -> None:
    scenarios = store.scenarios
    one, two = save(scenarios, "一"), save(scenarios, "二")
    other = scenarios.save("china", 2026, "一", DOCUMENT, 1)
    next_year = scenarios.save("zone", 2027, "一", DOCUMENT, 1)
    one = go_on(scenarios, one)

    assert [saved.id for saved in (one, two, other, next_year)] == [1, 2, 3, 4]
    assert scenarios.listed("zone") == (one, next_year, two)
    assert scenarios.listed("china") == (other,)
    assert scenarios.listed("nowhere") == ()


def test_a_removed_scenario_leaves_the_list_and_nothing_else(scenarios: Scenarios) -> None:
    first = scenarios.save("zone", 2026, "稳增长", DOCUMENT, 1, edits=[EDIT])
    other = save(scenarios, "另一个")

    removed = scenarios.remove(1, based_on=1, author="colleague")

    assert first.saved_at < other.saved_at < removed.saved_at
    assert (removed.version, removed.removed, removed.author) == (2, True, "colleague")
    assert (removed.document, removed.edits) == (first.document, ())
    assert scenarios.listed("zone") == (other,)
    assert scenarios.removed("zone") == (removed,)
    assert scenarios.removed("china") == ()
    assert scenarios.find(1) == removed
    assert scenarios.versions(1) == (first, removed)


def test_a_removed_scenario_comes_back_as_it_was(scenarios: Scenarios) -> None:
    first = save(scenarios)
    scenarios.remove(1, based_on=1)

    restored = scenarios.restore(1, author="colleague")

    assert restored == replace(
        first, version=3, author="colleague", saved_at=restored.saved_at, removed=False
    )
    assert scenarios.listed("zone") == (restored,)
    assert scenarios.removed("zone") == ()
    assert [saved.removed for saved in scenarios.versions(1)] == [False, True, False]


def test_what_is_done_already_is_not_done_twice(scenarios: Scenarios) -> None:
    first = save(scenarios)

    assert scenarios.restore(1, author="colleague") == first
    removed = scenarios.remove(1, based_on=1)
    assert scenarios.remove(1, based_on=2, author="colleague") == removed
    assert scenarios.versions(1) == (first, removed)


def test_a_removed_scenario_is_saved_again_by_who_opened_it_as_removed(
    scenarios: Scenarios,
) -> None:
    save(scenarios)

    again = go_on(scenarios, scenarios.remove(1, based_on=1))

    assert scenarios.listed("zone") == (again,)


def test_a_duplicate_is_a_scenario_of_its_own(scenarios: Scenarios) -> None:
    first = go_on(scenarios, save(scenarios))

    copy = scenarios.duplicate(1, "副本", author="colleague")
    changed = go_on(scenarios, copy, document="schema = 1\n")

    assert copy == SavedScenario(
        2, 1, "zone", 2026, "副本", DOCUMENT, 1, "colleague", copy.saved_at
    )
    assert scenarios.versions(2) == (copy, changed)
    assert scenarios.find(1) == first


def test_who_opened_a_version_that_is_no_longer_the_latest_loses_nothing(
    scenarios: Scenarios,
) -> None:
    first = save(scenarios)
    second = go_on(scenarios, first, name="他人所改")

    for attempt in (lambda: go_on(scenarios, first), lambda: scenarios.remove(1, based_on=1)):
        with pytest.raises(ScenarioChanged) as refused:
            attempt()
        assert refused.value.values == {"name": "他人所改", "base": 1, "latest": 2}

    assert scenarios.versions(1) == (first, second)
    assert save(scenarios, "另存").id == 2


def test_a_scenario_that_others_removed_has_changed(scenarios: Scenarios) -> None:
    first = save(scenarios)
    scenarios.remove(1, based_on=1)

    with pytest.raises(ScenarioChanged):
        go_on(scenarios, first)


@pytest.mark.parametrize("name", ["", "  ", "\u3000\n"])
def test_a_scenario_needs_a_name(scenarios: Scenarios, store: Store, name: str) -> None:
    with pytest.raises(ScenarioUnnamed):
        save(scenarios, name)

    assert count(store) == 0


@pytest.mark.parametrize("name", ["方案(1)A", "方案（1）a", " 方案(1)Ａ ", "方案(1)a"])
def test_no_two_listed_scenarios_of_an_area_and_year_have_names_that_look_alike(
    scenarios: Scenarios, name: str
) -> None:
    save(scenarios, "方案(1)A")
    other = save(scenarios, "另一个")

    for attempt in (
        lambda: save(scenarios, name),
        lambda: go_on(scenarios, other, name=name),
        lambda: scenarios.duplicate(2, name),
    ):
        with pytest.raises(ScenarioNameTaken) as refused:
            attempt()
        assert refused.value.values == {"name": "方案(1)A", "year": 2026}

    assert scenarios.find(2) == other


def test_a_name_is_free_in_another_area_or_year_and_once_its_scenario_has_gone(
    scenarios: Scenarios,
) -> None:
    first = save(scenarios)
    scenarios.save("china", 2026, first.name, DOCUMENT, 1)
    scenarios.save("zone", 2027, first.name, DOCUMENT, 1)
    renamed = go_on(scenarios, first, name="改名")
    second = save(scenarios, first.name)
    scenarios.remove(renamed.id, renamed.version)

    assert go_on(scenarios, second, name="改名").name == "改名"


def test_a_scenario_whose_name_was_given_away_is_restored_under_another(
    scenarios: Scenarios,
) -> None:
    save(scenarios)
    removed = scenarios.remove(1, based_on=1)
    save(scenarios)

    with pytest.raises(ScenarioNameTaken):
        scenarios.restore(1)

    assert scenarios.find(1) == removed
    assert scenarios.restore(1, name="稳增长（原）").name == "稳增长（原）"


def test_a_scenario_is_as_long_as_can_be_and_no_longer(scenarios: Scenarios, store: Store) -> None:
    edits = [replace(EDIT, path="长" * 50)] * 2
    brought = sum(len(text) for edit in edits for text in (edit.path, edit.before, edit.after))
    room = LONGEST - brought - 2 * len(EDIT.at.isoformat())
    name, longest = "名" * LONGEST_NAME, "长" * room

    scenarios.save("zone", 2026, name, longest, 1, edits=edits)
    scenarios.keep("长" * LONGEST)
    with pytest.raises(ScenarioTooLong) as refused:
        scenarios.save("zone", 2026, "a", longest + "长", 1, edits=edits)
    with pytest.raises(ScenarioTooLong):
        scenarios.keep("长" * (LONGEST + 1))
    with pytest.raises(ScenarioNameTooLong):
        save(scenarios, name + "字")

    assert refused.value.values == {"length": LONGEST + 1, "limit": LONGEST}
    assert count(store) == 2


@pytest.mark.parametrize(
    "save",
    [
        lambda scenarios: scenarios.save("zone", 2026, "a\0", "", 1),
        lambda scenarios: scenarios.save("zone", 2026, "a", "\0", 1),
        lambda scenarios: scenarios.save("zone", 2026, "a", "", 1, author="\0"),
        lambda scenarios: scenarios.save(
            "zone", 2026, "a", "", 1, edits=[replace(EDIT, after="\0")]
        ),
        lambda scenarios: scenarios.keep("\0"),
    ],
)
def test_a_null_character_is_stored_in_neither_database(
    scenarios: Scenarios, store: Store, save: Callable[[Scenarios], object]
) -> None:
    with pytest.raises(ValueError, match="null character"):
        save(scenarios)

    assert count(store) == 0


@pytest.mark.parametrize(
    "use",
    [
        Scenarios.find,
        Scenarios.versions,
        Scenarios.restore,
        lambda scenarios, number: scenarios.find(1, number),
        lambda scenarios, number: scenarios.remove(number, based_on=1),
        lambda scenarios, number: scenarios.remove(1, based_on=number),
        lambda scenarios, number: scenarios.duplicate(number, "a"),
        lambda scenarios, number: scenarios.save(
            "zone", 2026, "a", "", 1, scenario=number, based_on=1
        ),
    ],
)
def test_a_scenario_that_does_not_exist_is_an_error(
    scenarios: Scenarios, use: Callable[[Scenarios, int], object]
) -> None:
    save(scenarios)

    for number in (-1, 0, 2, 2**31, 10**30):
        with pytest.raises(UnknownScenario):
            use(scenarios, number)

    assert len(scenarios.versions(1)) == 1


def test_a_scenario_is_saved_beside_a_vintage_that_there_is(
    scenarios: Scenarios, store: Store
) -> None:
    for vintage in (0, 2):
        with pytest.raises(UnknownVintage):
            scenarios.save("zone", 2026, "a", DOCUMENT, vintage)

    assert count(store) == 0


def test_a_scenario_is_of_an_area_that_its_vintage_lists(store: Store) -> None:
    new = Area("new", Names("新区", "New"), AreaKind.ZONE, "china")
    vintage = store.commit(Commit(VintageKind.EDIT, "analyst", areas=(new,)))

    with pytest.raises(ValueError, match="not listed: new"):
        store.scenarios.save("new", 2026, "a", DOCUMENT, 1)

    assert store.scenarios.save("new", 2026, "a", DOCUMENT, vintage).area == "new"


def test_a_scenario_stays_with_its_area_and_year(scenarios: Scenarios) -> None:
    saved = save(scenarios)

    for area, year in (("china", 2026), ("zone", 2027)):
        with pytest.raises(ValueError, match="scenario 1 is of zone in 2026"):
            scenarios.save(area, year, "a", DOCUMENT, 1, scenario=1, based_on=1)

    assert scenarios.versions(1) == (saved,)


def test_a_scenario_goes_on_from_a_version_only(scenarios: Scenarios) -> None:
    save(scenarios)

    for given_ in ({"scenario": 1}, {"based_on": 1}):
        with pytest.raises(ValueError, match="goes on from the version"):
            scenarios.save("zone", 2026, "a", DOCUMENT, 1, **given_)

    assert len(scenarios.versions(1)) == 1


def test_a_scenario_is_on_the_list_though_its_vintage_is_withdrawn(store: Store) -> None:
    vintage = store.commit(upload(growth(7.0)))
    saved = store.scenarios.save("zone", 2026, "a", DOCUMENT, vintage)

    store.withdraw(vintage, "analyst")

    assert store.scenarios.listed("zone") == (saved,)
    assert store.observations(saved.vintage, "zone", "gdp")[-1].value == 7.0


@pytest.mark.parametrize("cells", [{"scenario": 0}, {"version": 0}, {"vintage": 2}, {"version": 1}])
def test_no_version_is_stored_twice_or_beside_nothing(
    scenarios: Scenarios, store: Store, cells: dict[str, int]
) -> None:
    save(scenarios)
    with store._engine.connect() as connection:
        row = dict(connection.execute(select(schema.scenario_version)).one()._mapping)
        row |= {"version": 2} | cells

        with pytest.raises(IntegrityError):
            connection.execute(insert(schema.scenario_version).values(row))


def test_the_same_text_has_the_same_token_in_every_store_and_is_kept_once(
    scenarios: Scenarios, store: Store
) -> None:
    tokens = {scenarios.keep(DOCUMENT) for _ in range(3)}

    # FIPS 180-4 gives ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 ... for abc.
    assert scenarios.keep("abc") == "xj4bnp4pahh6uqkbidpf3lrceoyagynd"
    assert count(store) == len(tokens) + 1 == 2
    assert all(re.fullmatch("[a-z2-7]{32}", token) for token in tokens)
    assert [scenarios.kept(token) for token in tokens] == [DOCUMENT]


NOW = datetime(2026, 10, 25, tzinfo=UTC)


def test_what_every_step_put_into_an_address_is_dropped_in_time(store: Store) -> None:
    for day in range(60):
        for step in range(3):
            store.scenarios.keep(f"{day} {step}", NOW + timedelta(days=day, hours=step))

    assert count(store) <= 3 * (UNOPENED.days + 1)


def test_a_document_is_kept_for_as_long_as_it_is_put_into_an_address(scenarios: Scenarios) -> None:
    token = scenarios.keep(DOCUMENT, NOW)
    scenarios.keep(DOCUMENT, NOW + timedelta(days=13))
    scenarios.keep("another", NOW + timedelta(days=26))
    assert scenarios.kept(token) == DOCUMENT

    scenarios.keep("a third", NOW + timedelta(days=28))
    assert scenarios.kept(token) is None


def test_a_link_that_was_opened_works_for_another_year(scenarios: Scenarios) -> None:
    token = scenarios.keep(DOCUMENT, NOW)
    for days in (10, 300, 600):
        assert scenarios.open_kept(token, NOW + timedelta(days=days)) == DOCUMENT
        scenarios.keep(f"after {days}", NOW + timedelta(days=days))

    scenarios.keep("much later", NOW + timedelta(days=600) + OPENED)
    assert scenarios.kept(token) == DOCUMENT
    scenarios.keep("later still", NOW + timedelta(days=601) + OPENED)
    assert scenarios.open_kept(token, NOW) is None


@pytest.mark.parametrize(
    "token", ["", "a" * 32, "\0", "情景", "a" * 31 + "\n", "%" * 32, "x" * 10**6]
)
def test_nothing_is_kept_under_a_token_that_was_not_given(scenarios: Scenarios, token: str) -> None:
    scenarios.keep(DOCUMENT)

    assert scenarios.kept(token) is None


def test_of_two_who_save_at_once_on_the_same_version_one_wins_and_the_other_is_told(
    store: Store, open_store: OpenStore
) -> None:
    writers = [store.scenarios, open_store(store.database_url).scenarios]
    saved = save(store.scenarios)
    for _ in range(5):
        together = Barrier(2)

        def go(place: int, saved: SavedScenario = saved, together: Barrier = together) -> str:
            together.wait()
            return go_on(writers[place], saved, document=str(place)).document

        with ThreadPoolExecutor(2) as pool:
            ends = [pool.submit(go, place) for place in (0, 1)]
        (loser,) = (place for place in (0, 1) if ends[place].exception())
        saved, base = store.scenarios.find(1), saved.version

        assert isinstance(ends[loser].exception(), ScenarioChanged)
        assert (saved.version, saved.document) == (base + 1, str(1 - loser))


def test_of_many_who_save_under_one_name_at_once_one_does(
    store: Store, open_store: OpenStore
) -> None:
    others = [open_store(store.database_url).scenarios for _ in range(6)]
    together = Barrier(6)

    def attempt(scenarios: Scenarios) -> str:
        together.wait()
        token = scenarios.keep(DOCUMENT)
        try:
            save(scenarios)
        except OutlookError as error:
            return error.code
        return token

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(attempt, others))

    assert ends.count("scenario_name_taken") == 5
    assert count(store) == 2
