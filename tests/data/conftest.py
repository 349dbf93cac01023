"""The same tests on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.store.attempts import forget_attempts
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.data.seeds import write_seeds
from tests.postgres import PostgresServer, running_server

NewDatabase = Callable[..., str]
OpenStore = Callable[[str], Store]
StoreFilledBy = Callable[[Callable[[Store], object]], Store]


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    """Forget who has tried passphrases."""
    forget_attempts()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_server() as server:
        yield server


@contextmanager
def databases(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[NewDatabase]:
    """Give the address of a new database at every call, empty or a copy of one."""
    if kind == "sqlite":
        numbers = count()

        def new(copied: str | None = None) -> str:
            url = f"sqlite:///{folder}/var/{next(numbers)}.sqlite3"
            if copied:
                file = Path(url.removeprefix("sqlite:///"))
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(copied.removeprefix("sqlite:///"), file)
            return url

        yield new
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with ExitStack() as stack:
        yield lambda copied=None: stack.enter_context(server.database(copied))


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def new_database(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[NewDatabase]:
    """Give the address of a new database at every call, empty or a copy of one."""
    with databases(kind, request, tmp_path) as new:
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


@pytest.fixture(scope="session")
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Callable[[Store], object]], str]:
    """Fill a database of a kind by a function, once for all tests, and give its address."""

    @cache
    def fill_once(kind: str, fill: Callable[[Store], object]) -> str:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('filled')}/outlook.sqlite3"
        else:
            url = request.getfixturevalue("postgres").create()
        store = Store.open(url)
        fill(store)
        store.close()
        return url

    return fill_once


@pytest.fixture
def store_filled_by(
    kind: str,
    filled: Callable[[str, Callable[[Store], object]], str],
    new_database: NewDatabase,
    open_store: OpenStore,
) -> StoreFilledBy:
    """Open a store of the test's own that holds what a function writes."""
    return lambda fill: open_store(new_database(filled(kind, fill)))


def seed(store: Store) -> None:
    """Commit the small seeds as vintage 1."""
    with TemporaryDirectory() as folder:
        ensure_seeded(store, write_seeds(Path(folder)))


@pytest.fixture
def store(store_filled_by: StoreFilledBy) -> Store:
    """A store that holds the small seeds as vintage 1."""
    return store_filled_by(seed)
