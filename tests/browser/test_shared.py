"""Links in a real browser: read without scripts, gone at once, and in no log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.links import Share
from data.store.store import Store
from tests.browser.conftest import OpenPage, Tabs, opening
from tests.browser.measuring import settle
from tests.browser.test_links import asked_for_health
from tests.server import serving
from tests.ui.links.visits import issue_example

PHONE = {"width": 390, "height": 844}
PASSPHRASE = "晋阳湖畔2026"
CLOSED = {"zh": "链接无法打开", "en": "This link cannot be opened"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def noisy_server(folder: Path) -> Iterator[str]:
    """Serve the app so that it logs whatever it can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_LOGGER_LEVEL", "debug")
        with serving(folder) as address:
            yield address


@pytest.fixture(scope="module")
def store(folder: Path, noisy_server: str) -> Iterator[Store]:
    """The store of the server, in which the example is issued; each test makes its own links."""
    store = Store.open(f"sqlite:///{folder}/outlook.sqlite3")
    issue_example(store, unpublished=False)
    yield store
    store.close()


def link(store: Store, passphrase: str | None = None) -> tuple[Share, str]:
    now = datetime.now(UTC)
    expiry = now + timedelta(days=1) if passphrase else None
    share, token = store.shares.create(
        1, label="主任", now=now, expires_at=expiry, passphrase=passphrase
    )
    return share, "".join(token)


@pytest.fixture
def open_at(tabs: Tabs, noisy_server: str) -> Iterator[OpenPage]:
    with opening(tabs, noisy_server) as open_page:
        yield open_page


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_without_scripts_reads_the_issue_in_one_request(
    store: Store, noisy_server: str, without_scripts: Page, language: str
) -> None:
    _, token = link(store)
    page, asked = without_scripts, []
    page.on("request", lambda request: asked.append(request.url))

    answer = page.goto(f"{noisy_server}/s/{token}?lang={language}")

    assert answer is not None
    assert len(answer.body()) < 300_000
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("ol.five li")).not_to_have_count(0)
    expect(page.locator("svg").first).to_be_visible()
    assert asked == [f"{noisy_server}/s/{token}?lang={language}"]
    details = page.locator("summary").first
    details.click()
    expect(page.locator("details[open]").first).to_be_visible()
    width = page.locator("html").bounding_box()
    assert width is not None
    assert width["width"] <= PHONE["width"]


def test_a_passphrase_is_typed_once_and_never_stands_in_the_address(
    store: Store, noisy_server: str, without_scripts: Page
) -> None:
    share, token = link(store, PASSPHRASE)
    page = without_scripts

    page.goto(f"{noisy_server}/s/{token}?lang=zh")
    assert page.title() == "请输入口令"
    page.fill("#passphrase", "错的口令")
    page.click("button")
    expect(page.locator(".fault")).to_have_text("口令不正确，还可再试4次。")
    page.fill("#passphrase", PASSPHRASE)
    page.click("button")
    expect(page.locator("section.say h1")).to_be_visible()
    assert page.url == f"{noisy_server}/s/{token}?lang=zh"
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert store.shares.find(share.id).opened == 1


def test_an_open_page_is_over_at_its_next_run_once_the_link_is_revoked(
    store: Store, open_at: OpenPage
) -> None:
    share, token = link(store)
    page = open_at(f"shared?t={token}&lang=zh", width=390)
    expect(page.locator(".report h1")).to_be_visible()

    store.shares.revoke(share.id, datetime.now(UTC))
    page.get_by_role("button", name="English").click()

    expect(page.locator(".report")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(CLOSED["en"])


def test_revoking_a_link_opens_nothing_that_would_delete_it(
    store: Store, open_at: OpenPage
) -> None:
    """Where the button to revoke was stands the one to delete, which must not be one press away."""
    share, _ = link(store)
    page = open_at("issues?area=SAMPLE&lang=zh")
    row = page.locator(f".st-key-share_row_{share.id}")
    row.get_by_role("button", name="停用").click()

    page.locator(f".st-key-share_revoke_{share.id} button").click()

    expect(row.get_by_role("button", name="停用")).to_have_count(0)
    expect(row).to_contain_text(re.compile("已于.*停用"))
    settle(page)
    expect(page.locator(f".st-key-share_delete_{share.id}")).to_have_count(0)


def test_who_entered_by_the_link_is_neither_asked_nor_counted_again_in_the_app(
    store: Store, noisy_server: str, open_at: OpenPage
) -> None:
    share, token = link(store, PASSPHRASE)
    page = open_at(f"s/{token}?lang=zh", width=390)
    page.fill("#passphrase", PASSPHRASE)
    page.click("button")

    page.get_by_role("link", name="与今天的数据对照").click()
    for _ in range(2):
        expect(page.locator(".report h1")).to_be_visible()
        page.wait_for_url(f"{noisy_server}/shared?t={token}&lang=zh")
        page.reload()

    assert store.shares.find(share.id).opened == 1


def test_the_page_of_the_app_opened_by_itself_is_counted_once_however_often_it_is_reloaded(
    store: Store, open_at: OpenPage
) -> None:
    share, token = link(store)
    page = open_at(f"shared?t={token}&lang=zh", width=390)

    for _ in range(2):
        expect(page.locator(".report h1")).to_be_visible()
        page.reload()

    expect(page.locator(".report h1")).to_be_visible()
    assert store.shares.find(share.id).opened == 1


def test_everything_stands_below_the_prefix_that_the_app_is_served_at(
    tmp_path: Path, tabs: Tabs
) -> None:
    with serving(tmp_path, base="/outlook") as address, opening(tabs, address) as open_page:
        store = Store.open(f"sqlite:///{tmp_path}/outlook.sqlite3")
        number = issue_example(store, unpublished=False)
        page = settle(open_page("issues?area=SAMPLE&lang=zh"))
        assert asked_for_health(page) == [f"{address}/_stcore/health"]
        page.get_by_text("新建链接").first.click()
        page.get_by_label("名称").first.fill("主任")
        page.get_by_label("口令").first.fill(PASSPHRASE)
        page.get_by_role("button", name="生成链接").first.click()
        shown = page.get_by_test_id("stCode").inner_text().strip()
        (share,) = store.shares.listed(number)

        assert re.fullmatch(rf"{address}/s/[\w-]{{43}}", shown)
        page = open_page(f"{shown.removeprefix(address + '/')}?lang=zh", width=390)
        page.fill("#passphrase", PASSPHRASE)
        page.click("button")
        page.get_by_role("link", name="与今天的数据对照").click()
        expect(page.locator(".report h1")).to_be_visible()
        assert page.url.startswith(f"{address}/shared?t=")
        assert store.shares.find(share.id).opened == 1
        store.close()


def test_the_page_of_the_app_shows_the_issue_without_a_menu(
    store: Store, open_at: OpenPage
) -> None:
    _, token = link(store)

    page = open_at(f"shared?t={token}&lang=zh", width=390)

    expect(page.locator(".report ol.five li")).not_to_have_count(0)
    expect(page.locator(".report img").first).to_be_visible()
    expect(page.get_by_test_id("stPageLink")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    width: int = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390


def test_the_served_page_says_nothing_of_the_issue_and_keeps_its_address_to_itself(
    store: Store, open_at: OpenPage, noisy_server: str, browser: Browser
) -> None:
    _, token = link(store, PASSPHRASE)
    context = browser.new_context(java_script_enabled=False)
    address = f"{noisy_server}/shared?t={token}&lang=zh&entered=1"
    answer = context.new_page().goto(address)

    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "<title>开发区指标预判</title>" in answer.text()
    context.close()


def test_no_token_reaches_the_log_of_the_server(
    store: Store, open_at: OpenPage, noisy_server: str, without_scripts: Page, folder: Path
) -> None:
    _, token = link(store)
    _, locked = link(store, PASSPHRASE)
    wrong = "".join(reversed(token))

    for path in (token, locked, wrong, f"{token}?as=html", f"{wrong}/x", f"{wrong}/"):
        without_scripts.request.get(f"{noisy_server}/s/{path}")
    for sign in ("=", "%3D", "%253D"):
        without_scripts.request.get(f"{noisy_server}/?next=%2Fshared%3Ft{sign}{token}")
    for one in (token, locked, wrong):
        page = settle(open_at(f"shared?t={one}&lang=zh&entered=1"))
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("button", name="中文")).to_be_visible()

    log = (folder / "log").read_text()
    assert re.search("debug|Beginning script thread|AppSession", log, re.IGNORECASE)
    assert not [one for one in (token, locked, wrong) if one in log]
