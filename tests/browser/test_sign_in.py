"""Signing in with a provider of OpenID Connect, in a browser: there, on, and out again."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from data.store.permissions import Role
from data.store.store import Store
from tests.browser.conftest import COMPUTING, STILL
from tests.provider import Provider, running_provider, secrets_file
from tests.server import Server

HOUR = 3600


class Office(NamedTuple):
    """An app to which people sign in, its store and their provider."""

    address: str
    store: Store
    provider: Provider


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("office")
    file = folder / "sign-in.toml"
    server = Server(folder, environ={"STREAMLIT_SECRETS_FILES": str(file)})
    with running_provider() as provider:
        file.write_text(secrets_file(provider, server.address, "c" * 32))
        server.start()
        try:
            with closing(Store.open(f"sqlite:///{folder}/outlook.sqlite3")) as store:
                now = datetime.now(UTC)
                store.people.put("chief@office", "局长", Role.ADMINISTRATOR, now)
                store.people.put("li@office", "李工", Role.READER, now)
                yield Office(server.address, store, provider)
        finally:
            server.kill(signal.SIGTERM)


@pytest.fixture
def page(browser: Browser, office: Office) -> Iterator[Page]:
    """Give a page of a browser of its own; it asks for nothing but the app and the provider."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1000}, **STILL)
    page = context.new_page()
    elsewhere: list[str] = []
    own = (office.address, office.provider.issuer, "data:", "blob:")
    page.on("request", lambda ask: None if ask.url.startswith(own) else elsewhere.append(ask.url))
    yield page
    context.close()
    assert elsewhere == []


def test_one_signs_in_to_where_one_wanted_and_out_again(office: Office, page: Page) -> None:
    wanted = f"{office.address}/data?area=SAMPLE&lang=zh"
    office.provider.account, office.provider.age = "li@office", 0

    page.goto(wanted)
    expect(page.locator("h1")).to_have_text("登录")
    assert not page.locator("[data-testid=stApp]").count()
    page.get_by_role("link", name="登录").click()
    page.wait_for_url(re.compile(re.escape(wanted)))
    expect(page.locator(".st-key-account")).to_contain_text("李工", timeout=COMPUTING)

    page.locator(".st-key-account button").first.click()
    ended, other = office.provider.ended, page.context.new_page()
    other.goto(f"{office.address}/method?lang=zh")
    expect(other.locator(".st-key-account")).to_contain_text("李工", timeout=COMPUTING)
    page.get_by_role("button", name="退出登录").click()
    expect(page.locator("h1")).to_have_text("登录")
    assert office.provider.ended == ended + 1
    other.locator(".st-key-menu").get_by_text("数据").click()
    expect(other.locator("h1")).to_have_text("登录已结束")
    assert not [one for one in page.context.cookies() if one["name"].startswith("_streamlit_user")]


def test_a_role_that_is_taken_away_ends_with_the_next_click(office: Office, page: Page) -> None:
    office.provider.account, office.provider.age = "zhao@office", 0
    now = datetime.now(UTC)
    office.store.people.put("zhao@office", "赵工", Role.READER, now)
    page.goto(f"{office.address}/method?lang=zh")
    page.get_by_role("link", name="登录").click()
    expect(page.locator(".st-key-account")).to_contain_text("赵工", timeout=COMPUTING)

    office.store.people.remove("zhao@office", now + timedelta(seconds=1))
    page.locator(".st-key-menu").get_by_text("历史检验").click()
    expect(page.locator("h1")).to_have_text("登录已结束")
    expect(page.locator(".st-key-menu")).to_have_count(0)
    page.reload()
    expect(page.locator("h1")).to_have_text("尚无使用权限")
    expect(page.locator("main")).to_contain_text("局长")


def test_a_sign_in_that_is_too_old_is_asked_for_again(office: Office, page: Page) -> None:
    office.provider.account, office.provider.age = "li@office", 13 * HOUR
    page.goto(f"{office.address}/method?lang=zh")
    page.get_by_role("link", name="登录").click()
    expect(page.locator("main")).to_contain_text("登录已过期")

    office.provider.age = 0
    page.get_by_role("link", name="登录").click()
    expect(page.locator(".st-key-account")).to_contain_text("李工", timeout=COMPUTING)


def test_who_has_a_link_opens_its_interactive_page_and_nothing_else(
    office: Office, page: Page
) -> None:
    now = datetime.now(UTC)
    _, token = office.store.shares.create(1, label="a", now=now, expires_at=now + timedelta(days=1))

    page.goto(f"{office.address}/s/{token}?lang=zh&as=live")

    expect(page.locator("h1").first).to_contain_text("预计全年", timeout=COMPUTING)
    assert page.url.startswith(f"{office.address}/shared?t=")
    expect(page.locator(".st-key-menu")).to_have_count(0)
    page.goto(f"{office.address}/data?lang=zh")
    expect(page.locator("h1")).to_have_text("登录")
