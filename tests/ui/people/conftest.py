"""A store with one person of each role, and one whose role was taken away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import delete

from data.store.connection import writing
from data.store.permissions import Role
from data.store.schema import sign_out
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.seeds import write_seeds
from ui.frame import store as frame_store

NOW = datetime(2026, 10, 25, tzinfo=UTC)
REMOVED = "removed@office"


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("staff")
    store = Store.open(f"sqlite:///{folder}/outlook.sqlite3")
    ensure_seeded(store, write_seeds(Path(folder)))
    store.people.put("chief@office", "局长 <b>", Role.ADMINISTRATOR, NOW)
    for role in Role:
        store.people.put(f"{role}@office", role.upper(), role, NOW)
    store.people.put(REMOVED, "REMOVED", Role.ADMINISTRATOR, NOW)
    store.people.remove(REMOVED, NOW)
    yield store
    store.close()


@pytest.fixture
def served(staff: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Have the app serve that store, which it opens for this test."""
    monkeypatch.setenv("DATABASE_URL", staff.database_url)
    monkeypatch.setattr(frame_store, "store_at", cache(frame_store.store_at.__wrapped__))
    with writing(frame_store.store_at(staff.database_url)._engine) as connection:
        connection.execute(delete(sign_out))  # others have signed out in the same second
    yield staff
    frame_store.store_at(staff.database_url).close()


def restart(store: Store) -> None:
    """Let the app forget what it holds of a store, as another process or after a restart."""
    frame_store.store_at(store.database_url).close()
    frame_store.store_at.cache_clear()
