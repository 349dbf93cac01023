"""The audit log: every change is in it, and none can be changed or left out unnoticed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from data.__main__ import main
from data.store import schema
from data.store.audit import Action
from data.store.backup import back_up, restore
from data.store.connection import engine_of, writing
from data.store.errors import AuditBroken, StaleBase
from data.store.store import Store
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import growth, upload

NOW = datetime(2026, 10, 25, tzinfo=UTC)
ENTRY = schema.audit_entry


@pytest.fixture
def busy(store: Store) -> Store:
    """A store in which everything was done once."""
    store.commit(upload(growth(7.0), author="王工"))
    store.withdraw(2, "李工", "")
    document = write_scenario(Scenario(name="a"))
    saved = store.scenarios.save("zone", 2026, "a", document, 1, author="赵工")
    store.scenarios.remove(saved.id, 1, "赵工")
    issue = store.issues.issue(
        "zone", 2026, b"{}", 1, issued_at=NOW, unpublished=False, p_all=None, answers={},
        author="王工",
    )  # fmt: skip
    now = datetime.now(UTC)
    share, _ = store.shares.create(
        issue.number, label="张主任", author="王工", now=now, expires_at=now + timedelta(days=1)
    )
    store.shares.revoke(share.id, now, "李工")
    store.shares.revoke(share.id, now, "李工")
    store.shares.delete(share.id, now, "李工")
    return store


def test_everything_is_entered_once_with_its_author(busy: Store) -> None:
    told = [(entry.action, entry.subject, entry.author) for entry in busy.audit.entries()]

    assert told == [
        (Action.BEGIN, "store", ""),
        (Action.COMMIT, "vintage 1", "zone-outlook"),
        (Action.COMMIT, "vintage 2", "王工"),
        (Action.WITHDRAWAL, "vintage 3", "李工"),
        (Action.SCENARIO, "scenario 1 version 1", "赵工"),
        (Action.SCENARIO, "scenario 1 version 2", "赵工"),
        (Action.ISSUE, "issue 1", "王工"),
        (Action.LINK, "link 1", "王工"),
        (Action.REVOCATION, "link 1", "李工"),
        (Action.DELETION, "link 1", "李工"),
    ]
    assert not any("张主任" in str(entry) for entry in busy.audit.entries())


def test_what_is_refused_is_not_entered(busy: Store) -> None:
    before = busy.audit.entries()
    with pytest.raises(StaleBase):
        busy.commit(upload(growth(8.0), base=1))

    assert busy.audit.entries() == before


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (update(ENTRY).where(ENTRY.c.number == 3).values(author="others"), "entry 3"),
        (update(ENTRY).where(ENTRY.c.number == 3).values(details={}), "entry 3"),
        (delete(ENTRY).where(ENTRY.c.number == 5), "entry 5"),
        (delete(ENTRY).where(ENTRY.c.number == 1), "entry 1"),
        (delete(ENTRY).where(ENTRY.c.number > 7), "share"),
        (delete(ENTRY).where(ENTRY.c.number > 2), "vintage"),
        (delete(schema.vintage_file), None),
    ],
)
def test_what_is_changed_or_removed_is_found(busy: Store, change: Any, part: str | None) -> None:
    engine = engine_of(busy.database_url)
    with writing(engine) as connection:
        connection.execute(change)
    engine.dispose()

    if part is None:
        assert busy.audit.entries()
        return
    with pytest.raises(AuditBroken, match=part):
        busy.audit.entries()


def test_what_is_written_past_the_log_is_found(busy: Store) -> None:
    row = {"number": 4, "committed_at": NOW, "kind": "edit", "author": "", "note": ""}
    engine = engine_of(busy.database_url)
    with writing(engine) as connection:
        connection.execute(insert(schema.vintage), row)
    engine.dispose()

    with pytest.raises(AuditBroken, match="vintage"):
        busy.audit.entries()


def test_a_store_of_before_the_log_is_counted_from_where_it_begins(store: Store) -> None:
    engine = engine_of(store.database_url)
    with writing(engine) as connection:
        connection.execute(delete(ENTRY))
    engine.dispose()
    assert store.audit.entries() == ()

    store.commit(upload(growth(7.0)))

    begin, _ = store.audit.entries()
    assert begin.details["vintage"] == 1


def test_the_log_goes_with_a_backup(
    busy: Store, empty_database: str, open_store: Callable[[str], Store], tmp_path: Path
) -> None:
    back_up(busy.database_url, tmp_path / "a.sqlite3")
    restore(tmp_path / "a.sqlite3", empty_database)

    assert open_store(empty_database).audit.entries() == busy.audit.entries()


def test_a_command_proves_the_log_and_writes_it(
    busy: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", busy.database_url)
    file = tmp_path / "audit.csv"
    last = busy.audit.entries()[-1].digest

    assert main(["audit", str(file)]) == 0
    assert capsys.readouterr().out == f"the audit log is whole: 10 entries, the last one {last}\n"
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 11)]
    assert rows[-1]["digest"] == last

    assert main(["audit", str(file)]) == 2
    assert "exists and stays" in capsys.readouterr().err
