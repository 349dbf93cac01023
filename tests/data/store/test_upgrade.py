"""A release goes on showing the tables of the next where these say so, and writes none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from data.store import schema
from data.store.backup import back_up
from data.store.errors import LaterRelease, UpgradeUnderWay
from data.store.schema import newest_revision
from data.store.store import Store
from tests.data.drafts import growth, upload

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def upgrade(store: Store, read_by: str) -> None:
    """Do to a store what a migration of the next release would."""
    with store._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE vintage ADD COLUMN seal TEXT")
        connection.exec_driver_sql("CREATE TABLE task (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(
            f"UPDATE alembic_version SET version_num = '9999_read_by_{read_by}'"
        )


def test_the_release_before_shows_the_next_ones_tables_and_writes_none(
    store: Store, tmp_path: Path
) -> None:
    number = store.issues.issue(
        "zone", 2026, b"document", 1,
        issued_at=NOW, unpublished=False, p_all=0.38, answers={"gdp": 0.46},
    ).number  # fmt: skip
    share, token = store.shares.create(number, label="mayor", now=NOW)
    before = store.contents(1), store.audit.entries()
    upgrade(store, newest_revision()[:4])

    assert store.update() == 1
    assert (store.contents(1), store.audit.entries()) == before
    assert store.shares.open("".join(token), None, NOW) is not None
    store.shares.count(share.id)
    assert store.shares.find(share.id).opened == 1
    kept = store.scenarios.keep("a document")
    assert store.scenarios.open_kept(kept) == "a document"
    for write in (
        lambda: store.commit(upload(growth(7.0))),
        lambda: store.withdraw(1, "author"),
        lambda: store.shares.revoke(share.id, NOW),
    ):
        with pytest.raises(UpgradeUnderWay):
            write()
    assert store.latest_vintage() == 1
    assert store.audit.entries() == before[1]
    with pytest.raises(LaterRelease):
        back_up(store.database_url, tmp_path / "a.sqlite3")


@pytest.mark.parametrize("read_by", ["9998", "9999"])
def test_tables_that_only_later_releases_read_are_left_to_them(store: Store, read_by: str) -> None:
    upgrade(store, read_by)

    for serve in (store.update, store.check, lambda: store.commit(upload(growth(7.0)))):
        with pytest.raises(LaterRelease):
            serve()


def test_every_migration_says_which_releases_read_its_tables() -> None:
    scripts = ScriptDirectory.from_config(schema._migrations()).walk_revisions()
    since = ""
    for script in reversed(list(scripts)):
        found = re.fullmatch(r"(\d{4})(?:_read_by_(\d{4}))?", script.revision)
        assert found, script.revision
        number, read_by = found[1], found[2] or found[1]
        assert since <= read_by <= number, "who cannot read one migration cannot read the next"
        assert Path(script.path).name.startswith(f"{number}_")
        since = read_by
