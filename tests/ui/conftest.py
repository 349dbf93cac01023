"""The app as a reader meets it, on a database of real seeds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store.attempts import forget_attempts
from data.store.seed import ensure_seeded
from data.store.store import Store
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from ui.language import Speaker

ROOT = Path(__file__).resolve().parents[2]

OpenPage = Callable[..., Screen]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by the language of its speaker."""
    return val.language if isinstance(val, Speaker) else None


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a seeded database, which is copied and never opened."""
    file = tmp_path_factory.mktemp("app") / "outlook.sqlite3"
    store = Store.open(f"sqlite:///{file}")
    ensure_seeded(store, ROOT / "seeds")
    store.close()
    return file


@pytest.fixture(scope="session")
def seeded_url(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a seeded database; pages only read, so tests share it."""
    return f"sqlite:///{shutil.copy(seeded_file, tmp_path_factory.mktemp('shared'))}"


@pytest.fixture
def open_page(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page of the app, by the name of its file, with parameters in the URL."""
    monkeypatch.setenv("DATABASE_URL", seeded_url)

    def open_with(page: str = "overview", /, **parameters: str) -> Screen:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params |= parameters
        if page != "overview":
            switch_page(app, page)
        return Screen(app.run())

    return open_with


@pytest.fixture(autouse=True)
def apart(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test from the store of this repository, and from what another has tried."""
    monkeypatch.setenv("DATABASE_URL", seeded_url)
    forget_attempts()  # all tests come from one address


@pytest.fixture
def store(seeded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Give a seeded store that the app uses, for a test that commits to it."""
    url = f"sqlite:///{shutil.copy(seeded_file, tmp_path)}"
    monkeypatch.setenv("DATABASE_URL", url)
    store = Store.open(url)
    yield store
    store.close()
