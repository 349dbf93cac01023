"""A small nation, made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from data.store.store import Store
from tools.make_synthetic_nation import fill

AREAS = 24


@pytest.fixture(scope="session")
def nation_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("nation") / "nation.sqlite3"
    for _ in fill(f"sqlite:///{file}", AREAS):
        pass
    return file


@pytest.fixture
def open_nation(nation_file: Path, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open stores of the test's own, each with the 24 synthetic areas."""
    with ExitStack() as stores:

        def open_one() -> Store:
            file = tmp_path / f"{len(list(tmp_path.glob('*.sqlite3')))}.sqlite3"
            shutil.copy(nation_file, file)
            return stores.enter_context(closing(Store.open(f"sqlite:///{file}")))

        yield open_one


@pytest.fixture
def nation(open_nation: Callable[[], Store]) -> Store:
    return open_nation()
