"""From nothing to a seeded store: once, whole, whoever else starts and whatever dies."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect

from data.store import schema
from data.store.connection import engine_of, is_there
from data.store.seed import ensure_seeded, read_seeds
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.errors import TableRefused
from tests.data.seeds import TABLES, write_seeds
from tests.data.store.process import Process

ROOT = Path(__file__).parents[3]

NewDatabase = Callable[[], str]
OpenStore = Callable[[str], Store]


def tables_of(database_url: str) -> list[str]:
    if not is_there(database_url):
        return []
    engine = engine_of(database_url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def assert_seeded_once(store: Store) -> None:
    assert [(vintage.number, vintage.kind) for vintage in store.vintages()] == [
        (1, VintageKind.SEED)
    ]
    assert len(store.files(1)) == len(TABLES)
    assert len(store.observations(1, "zone")) == 2


def test_starting_twice_changes_nothing(store: Store, seeds_folder: Path) -> None:
    before = store.vintages()

    assert ensure_seeded(store, seeds_folder) == 1

    assert store.vintages() == before
    assert_seeded_once(store)


def test_a_store_that_has_vintages_starts_without_its_seeds(store: Store, tmp_path: Path) -> None:
    store.commit(Commit(VintageKind.EDIT, "analyst"))

    assert ensure_seeded(store, tmp_path / "nowhere") == 2


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ("a", "zone,gdp,growth_ytd,2026Q5,7,,", ("observations/a.csv", 4, "period", "2026Q5")),
        ("a", "zone,gpd,growth_ytd,2026Q1,7,,", ("observations/a.csv", 4, "indicator", "gpd")),
        ("a", "zone,gdp,growth_ytd,2026Q1,高,,", ("observations/a.csv", 4, "value", "高")),
        ("a", "zone,gdp,growth_ytd,2025-11,7,,", ("observations/a.csv", 4, "period", "2025-11")),
        ("b", "china,gdp,growth_ytd,2025Q4,5,,", ("observations/b.csv", 3, "period", "2025Q4")),
        ("areas", "a,甲,A,hamlet,,no,no,no", ("areas.csv", 4, "kind", "hamlet")),
    ],
    ids=["period", "indicator", "number", "row twice", "figure in two files", "area"],
)
def test_a_bad_seed_is_named_by_file_row_and_column_and_the_database_stays_empty(
    database_url: str, open_store: OpenStore, tmp_path: Path, table: str, line: str,
    problem: tuple[str, int, str, str],
) -> None:  # fmt: skip
    text = next(text for name, text in TABLES.items() if Path(name).stem == table)
    folder = write_seeds(tmp_path / "bad", **{table: f"{text}{line}\n"})

    with pytest.raises(TableRefused) as refused:
        ensure_seeded(open_store(database_url), folder)

    (found,) = refused.value.problems
    assert (found.file, found.row, found.column, found.found) == problem
    assert found.expected in {"period", "indicator", "number", "unique", "choice"}
    assert tables_of(database_url) == []


def test_seeds_that_were_mended_are_taken_at_the_next_start(
    database_url: str, open_store: OpenStore, tmp_path: Path
) -> None:
    store = open_store(database_url)
    with pytest.raises(TableRefused):
        ensure_seeded(store, write_seeds(tmp_path, a="area;indicator\n"))

    ensure_seeded(store, write_seeds(tmp_path))

    assert_seeded_once(store)


def test_the_seeds_of_this_repository_load(database_url: str, open_store: OpenStore) -> None:
    store = open_store(database_url)
    seeds = read_seeds(ROOT / "seeds")

    ensure_seeded(store, ROOT / "seeds")

    stored = [figure for area in seeds.areas for figure in store.observations(1, area.id)]
    assert {area.id for area in store.areas(1)} == {area.id for area in seeds.areas}
    assert store.catalogue(1) == seeds.catalogue
    assert {figure.key: figure for figure in stored} == {
        figure.key: figure for figure in seeds.observations
    }


@pytest.mark.slow
def test_processes_that_start_at_once_end_with_one_seeded_store(
    new_database: NewDatabase, open_store: OpenStore, seeds_folder: Path
) -> None:
    for _ in range(3):
        database_url = new_database()
        processes = [Process("start", database_url, seeds_folder) for _ in range(2)]
        for process in processes:
            process.wait_until_ready()
        for process in processes:
            process.begin()

        assert [process.result() for process in processes] == [(0, [1], ""), (0, [1], "")]
        assert_seeded_once(open_store(database_url))


@pytest.mark.slow
def test_a_first_start_that_is_killed_is_made_good_by_the_next(
    new_database: NewDatabase, open_store: OpenStore, seeds_folder: Path
) -> None:
    """Kill it eight times at moments spread over the time a start takes, and look each time.

    How long that is differs from start to start: one that was over sooner says so.
    """
    duration, killed = time_of_a_start(new_database(), seeds_folder), 0
    for attempt in range(40):
        database_url = new_database()
        process = Process("start", database_url, seeds_folder)
        process.wait_until_ready()
        process.begin()
        moment = duration * (attempt % 8 + 0.5) / 8
        time.sleep(moment)
        process.kill()
        if process.result()[0] == -signal.SIGKILL:
            killed += 1
        else:
            duration = moment

        assert len(tables_of(database_url)) in (0, len(schema.metadata.tables) + 1)
        store = open_store(database_url)
        ensure_seeded(store, seeds_folder)
        assert_seeded_once(store)
        if killed == 8:
            break
    assert killed == 8


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_first_start_killed_around_its_vintage_leaves_nothing(
    database_url: str, open_store: OpenStore, seeds_folder: Path, when: str
) -> None:
    process = Process("die", database_url, when)
    process.begin()

    assert process.result()[0] == -signal.SIGKILL
    assert tables_of(database_url) == []
    ensure_seeded(open_store(database_url), seeds_folder)
    assert_seeded_once(open_store(database_url))


def time_of_a_start(database_url: str, seeds_folder: Path) -> float:
    process = Process("start", database_url, seeds_folder)
    process.wait_until_ready()
    begun = time.perf_counter()
    process.begin()
    assert process.result() == (0, [1], "")
    return time.perf_counter() - begun


@pytest.mark.slow
def test_eight_processes_number_two_hundred_vintages_without_a_gap(store: Store) -> None:
    processes = [Process("commit", store.database_url, 25) for _ in range(8)]
    for process in processes:
        process.wait_until_ready()
    for process in processes:
        process.begin()

    results = [process.result() for process in processes]

    assert [(code, err) for code, _, err in results] == [(0, "")] * 8
    assert sorted(number for _, numbers, _ in results for number in numbers) == [*range(2, 202)]
    assert [vintage.number for vintage in store.vintages()] == [*range(1, 202)]
