"""A backup and a database that release 0.1.0 wrote are read as they were written.

The file is never written again (``release`` says how it came about). A migration that follows
keeps this test: it copies a store at the tables of its release before it migrates the copy.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from data.store.attempts import ATTEMPTS
from data.store.backup import restore, verify
from data.store.links import Locked, Opened
from data.store.seed import ensure_seeded
from data.store.store import Store
from forecasting.issues.json import read_snapshot
from forecasting.scenario.toml import read_scenario
from tests.data.conftest import databases
from tests.data.drafts import change, growth, upload, version
from tests.data.store.release import (
    EDIT,
    FILE,
    ISSUE,
    NOW,
    PASSPHRASE,
    SCENARIO,
    TOKEN,
    fill,
)

BACKUP = Path(__file__).parent / "releases" / "0.1.0.sqlite3.gz"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    file = tmp_path / "0.1.0.sqlite3"
    file.write_bytes(gzip.decompress(BACKUP.read_bytes()))
    return file


@pytest.fixture(params=["in place", "sqlite", "postgresql"])
def released(request: pytest.FixtureRequest, backup: Path) -> Iterator[Store]:
    """The database of the release at the next start, or restored into an empty one."""
    with ExitStack() as stack:
        database_url = f"sqlite:///{backup}"
        if request.param != "in place":
            new = stack.enter_context(databases(request.param, request, backup.parent))
            database_url = new()
            restore(backup, database_url)
        store = stack.enter_context(closing(Store.open(database_url)))
        assert ensure_seeded(store, backup.parent / "no seeds") == 6
        yield store


@pytest.fixture
def fresh(tmp_path: Path, seeds_folder: Path) -> Iterator[Store]:
    """The same store, written by the code of today."""
    with closing(Store.open(f"sqlite:///{tmp_path}/fresh.sqlite3")) as store:
        ensure_seeded(store, seeds_folder)
        fill(store)
        yield store


def test_every_vintage_holds_what_was_committed(released: Store, fresh: Store) -> None:
    records = [(vintage.number, vintage.kind, vintage.note) for vintage in released.vintages()]
    assert records == [(vintage.number, vintage.kind, vintage.note) for vintage in fresh.vintages()]
    for vintage in range(1, 7):
        assert released.contents(vintage) == fresh.contents(vintage)
        assert released.files(vintage) == fresh.files(vintage)
        assert released.withdrawn(vintage) == fresh.withdrawn(vintage)
    assert released.file(2, "月报.xlsx") == FILE
    assert released.observations(6, "zone", "gdp")[-2] == growth(7.0)
    assert (released.changes(6, "zone"), released.area_versions(6, "zone")) == (
        (change(),), (version(),),
    )  # fmt: skip
    assert released.remembered(5) == {("形状", "问题"): "gdp"}
    assert released.remembered(6) == {}
    assert [target.threshold for target in released.targets(6, "zone")] == [6.0]


def test_scenarios_are_read_as_they_were_saved(released: Store) -> None:
    (saved,) = released.scenarios.listed("zone")

    assert read_scenario(saved.document, ["gdp", "tax"]) == SCENARIO
    assert (saved.name, saved.edits) == ("稳增长", (EDIT,))
    assert [removed.name for removed in released.scenarios.removed("zone")] == ["副本"]
    assert released.scenarios.kept(released.scenarios.keep(saved.document, NOW)) == saved.document


def test_an_issue_opens_at_the_link_that_was_given_out(released: Store) -> None:
    assert released.shares.open(TOKEN, None, NOW) == Locked(ATTEMPTS)
    opened = released.shares.open(TOKEN, PASSPHRASE, NOW)

    assert isinstance(opened, Opened)
    assert (opened.share.label, opened.share.opened) == ("王主任", 1)
    assert opened.issue.document == ISSUE.read_bytes()
    assert read_snapshot(opened.issue.document).issue.issuer == "示例开发区经济运行局"
    (probabilities,) = released.issues.track("zone")
    assert (probabilities.p_all, probabilities.answers) == (0.375, {"gdp": 0.5})


def test_the_store_of_the_release_goes_on(released: Store) -> None:
    assert released.commit(upload(growth(8.0, "2026Q3"), base=6)) == 7
    found = verify(released.database_url)
    assert (found.latest, len(found.digest)) == (7, 64)
    assert released.scenarios.save("zone", 2026, "另一个", "", 7).id == 3
