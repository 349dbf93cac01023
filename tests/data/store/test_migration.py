"""A database of an earlier release goes on with everything it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from data.store.issued import Opened
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.drafts import change, edit, growth, upload, version
from tests.data.store.earlier import write_as_of

NewDatabase = Callable[[], str]
OpenStore = Callable[[str], Store]


def test_a_database_of_the_first_revision_reads_the_same_after_its_migration(
    new_database: NewDatabase, open_store: OpenStore, store: Store, seeds_folder: Path
) -> None:
    moved = store.targets(1, "zone")[0]
    store.commit(upload(growth(7.0), growth(-0.1, "2026Q2"), files={"月报.xlsx": b"\0\xff"}))
    store.commit(edit(targets=(moved,), areas=store.areas(1)))
    store.commit(upload(growth(7.4)))
    latest = store.withdraw(2, "analyst", "误传")
    database_url = new_database()
    write_as_of("0001", store, database_url)

    migrated = open_store(database_url)
    ensure_seeded(migrated, seeds_folder)

    assert migrated.vintages() == store.vintages()
    for vintage in range(1, latest + 1):
        assert migrated.contents(vintage) == store.contents(vintage)
        assert migrated.files(vintage) == store.files(vintage)
        assert migrated.withdrawn(vintage) == store.withdrawn(vintage)
    assert migrated.targets(migrated.commit(edit(removed=(moved,))), "zone") == tuple(
        target for target in store.targets(latest, "zone") if target != moved
    )


def test_a_database_without_scenarios_takes_them_after_its_migration(
    new_database: NewDatabase, open_store: OpenStore, store: Store, seeds_folder: Path
) -> None:
    store.commit(
        upload(growth(7.0), files={"月报.xlsx": b"\0\xff"}, answers={("形状", "问"): "gdp"})
    )
    store.commit(edit(changes=(change(),), area_versions=(version(),)))
    latest = store.commit(edit(removed=(store.targets(1, "zone")[0], change())))
    database_url = new_database()
    write_as_of("0002", store, database_url)

    migrated = open_store(database_url)
    ensure_seeded(migrated, seeds_folder)

    assert migrated.vintages() == store.vintages()
    for vintage in range(1, latest + 1):
        assert migrated.contents(vintage) == store.contents(vintage)
        assert migrated.files(vintage) == store.files(vintage)
        assert migrated.remembered(vintage) == store.remembered(vintage)
    assert migrated.scenarios.listed("zone") == ()
    saved = migrated.scenarios.save("zone", 2026, "稳增长", "schema = 1\n", latest)
    assert migrated.scenarios.versions(1) == (saved,)
    assert migrated.scenarios.kept(migrated.scenarios.keep("schema = 1\n")) == "schema = 1\n"


def test_a_database_without_issues_takes_them_after_its_migration(
    new_database: NewDatabase, open_store: OpenStore, store: Store, seeds_folder: Path
) -> None:
    store.commit(upload(growth(7.0), files={"月报.xlsx": b"\0\xff"}))
    saved = store.scenarios.save("zone", 2026, "稳增长", "schema = 1\n", 2)
    database_url = new_database()
    write_as_of("0003", store, database_url)

    migrated = open_store(database_url)
    ensure_seeded(migrated, seeds_folder)

    assert migrated.contents(2) == store.contents(2)
    assert migrated.files(2) == store.files(2)
    assert migrated.scenarios.versions(1) == (saved,)
    now = datetime(2026, 10, 25, tzinfo=UTC)
    issued = migrated.issues.issue(
        "zone", 2026, lambda number: b"{}", 2,
        issued_at=now, unpublished=False, p_all=0.38, answers={}, scenario=(1, 1),
    )  # fmt: skip
    assert migrated.issues.listed("zone")[0].number == issued.number == 1
    share, token = migrated.shares.create(1, label="王主任", now=now)
    assert migrated.shares.open(token, None, now) == Opened(share, issued)


def test_documents_that_an_earlier_release_kept_are_opened_after_the_migration(
    new_database: NewDatabase, open_store: OpenStore, store: Store, seeds_folder: Path
) -> None:
    token = store.scenarios.keep("schema = 1\n")
    database_url = new_database()
    write_as_of("0004", store, database_url)

    migrated = open_store(database_url)
    ensure_seeded(migrated, seeds_folder)

    assert migrated.scenarios.open_kept(token) == "schema = 1\n"
