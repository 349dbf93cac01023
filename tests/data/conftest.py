"""The same tests on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest

from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.seeds import write_seeds
from tests.postgres import PostgresServer, running_server

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_server() as server:
        yield server


@contextmanager
def databases(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[NewDatabase]:
    if kind == "sqlite":
        numbers = count()
        yield lambda: f"sqlite:///{folder}/var/{next(numbers)}.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with ExitStack() as stack:
        yield lambda: stack.enter_context(server.database())


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Give the address of a new, empty database at every call."""
    with databases(request.param, request, tmp_path) as new:
        yield new


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, whatever the kind of the store."""
    with databases(request.param, request, tmp_path / "other") as new:
        yield new()


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    return new_database()


@pytest.fixture
def seeds_folder(tmp_path: Path) -> Path:
    return write_seeds(tmp_path / "seeds")


@pytest.fixture
def open_store() -> Iterator[Callable[[str], Store]]:
    """Open stores that are closed after the test."""
    with ExitStack() as stores:

        def open_one(database_url: str) -> Store:
            store = Store.open(database_url)
            stores.callback(store.close)
            return store

        yield open_one


@pytest.fixture
def store(database_url: str, seeds_folder: Path, open_store: Callable[[str], Store]) -> Store:
    """A store that holds the small seeds as vintage 1."""
    store = open_store(database_url)
    ensure_seeded(store, seeds_folder)
    return store
