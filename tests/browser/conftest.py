"""A real server on a free port, and a real Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from data.store.store import Store
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.outlook.lights import light_of
from tests.data.drafts import fleet_result, fleet_run
from tests.server import serving, visit, write_fresh_store

COMPUTING = 180_000.0
"""Milliseconds that a page may compute: a cold track record takes most of a minute here."""
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STILL = {"reduced_motion": "reduce"}
"""What moves or fades in takes a sixth of the processor that a page does, frame by frame."""
PROBE = "_stcore/"
"""Below a page's path the client first probes there for the server, in vain by design."""

OpenPage = Callable[..., Page]
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, folder_of_all_processes: Path
) -> Iterator[str]:
    """Serve the app as after a first start, and a run over many areas; no test writes to it."""
    folder = tmp_path_factory.mktemp("server")
    own, kept = (place / "visited.sqlite3" for place in (folder, folder_of_all_processes))
    if not kept.exists():
        make_visited_store(own)
        own.replace(kept)
    shutil.copy(kept, folder / "outlook.sqlite3")
    with serving(folder, cold=True) as address:
        yield address


def make_visited_store(file: Path) -> None:
    """Make a store that has the answers for which visitors of outlooks and track records wait."""
    database = f"sqlite:///{file}"
    write_fresh_store(file)
    with closing(Store.open(database)) as store:
        keep_league(store)
        visit(database, store.latest_vintage(), records=True)


def keep_league(store: Store) -> None:
    """Keep results of 45 invented areas with long names, for two quarters."""
    indicators = tuple(store.catalogue(1).indicators)[:12]
    line = fleet_result().verdicts[0]
    verdicts = tuple(
        replace(line, indicator=id, median=4.0 + number, q90=5.0 + number)
        for number, id in enumerate(indicators)
    )
    for quarter in (1, 2):
        results = [
            replace(
                fleet_result(), area=f"Z{number}", province="CN-SX",
                weakest=indicators[number % 12],
                name=Names(f"模拟自治州第{number}经济技术开发区",
                           f"Simulated economic and technological development zone {number}"),
                p_all=(number * 7 * quarter % 45) / 45, verdicts=verdicts,
                light=light_of((number * 7 * quarter % 45) / 45, complete=False),
            )
            for number in range(45)
        ]  # fmt: skip
        at = datetime(2026, 3 * quarter + 1, 20, tzinfo=UTC)
        store.fleet.keep(fleet_run(quarter=Quarter(2026, quarter), issued_at=at), results)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """Serve the app on a database of the test's own, for one that commits."""
    with serving(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium of the system: its shell without windows takes half of the processor."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


class Tabs:
    """Tabs of a browser, used again: a new one starts a process and compiles the app's scripts.

    Nothing that a page stored or set in a tab is there for the next one.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[tuple[tuple[str, str], ...], BrowserContext] = {}
        self._free: list[Page] = []

    def take(self, options: dict[str, str]) -> Page:
        """Return a tab of a browser with such ``options`` that nobody uses."""
        key = tuple(sorted(options.items()))
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**options)  # type: ignore[arg-type]
        context = self._contexts[key]
        for page in self._free:
            if page.context is context:
                self._free.remove(page)
                return page
        return context.new_page()

    def give_back(self, page: Page) -> None:
        """Clear a tab and keep it.

        Its page leaves by its own script: a browser that is told to takes a new process for it.
        """
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        with page.expect_navigation():
            page.evaluate("location.replace('about:blank')")
        page.emulate_media(media="null")
        page.mouse.move(0, 0)
        self._free.append(page)


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def open_page(tabs: Tabs, server: str) -> Iterator[OpenPage]:
    """Open an address of the app; nothing may reach the console as an error."""
    with opening(tabs, server) as open_at:
        yield open_at


@pytest.fixture
def open_own_page(tabs: Tabs, own_server: str) -> Iterator[OpenPage]:
    """Open an address of the test's own server, which outlives its pages."""
    with opening(tabs, own_server) as open_at:
        yield open_at


@contextmanager
def opening(tabs: Tabs, server: str, *, killed: bool = False) -> Iterator[OpenPage]:
    """Open pages of a server that may be ``killed`` under them: then connections break.

    No page may ask any other server for anything, nor put an error into the console. Nothing on
    them moves, unless their ``options`` say so.
    """
    errors: list[str] = []
    lost = (
        "net::ERR_", "server is not responding", "DoInitPings timed out",
        "dynamically imported module",
    )  # fmt: skip
    expected = (PROBE, *lost) if killed else (PROBE,)

    def failed(error: Error) -> None:
        if not any(part in str(error) for part in expected):
            errors.append(str(error))

    def heard(message: ConsoleMessage) -> None:
        told = f"{message.text} {message.location}"
        if message.type == "error" and not any(part in told for part in expected):
            errors.append(told)

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{server}/", "data:", "blob:")):
            errors.append(f"asked for {request.url}")

    heard_of = {"pageerror": failed, "console": heard, "request": asked}
    pages: list[Page] = []

    def open_at(path: str = "", *, width: int = 1440, **options: str) -> Page:
        page = tabs.take(STILL | options)
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 1000})
        for event, listener in heard_of.items():
            page.on(event, listener)  # type: ignore[call-overload]
        page.goto(f"{server}/{path}")
        page.wait_for_selector("h1", timeout=COMPUTING)
        return page

    yield open_at
    for page in pages:
        page.context.clear_cookies()
        if killed:
            page.close()
        elif not page.is_closed():
            for event, listener in heard_of.items():
                page.remove_listener(event, listener)
            tabs.give_back(page)
    assert errors == []
