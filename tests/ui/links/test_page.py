"""The page behind a link, as a reader meets it: what was issued, and nothing once it is over."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data.store.attempts import ATTEMPTS
from data.store.links import Opened, Share
from data.store.store import Store
from forecasting.figures.indicator import Status
from forecasting.issues.json import read_snapshot
from tests.data.drafts import upload
from tests.ui.conftest import ROOT
from tests.ui.desks import latest_growth
from tests.ui.links.visits import EXAMPLE, issue_example, visit
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from tests.ui.speakers import ZH
from ui.frame.site import cookie_of
from ui.links import served_issue
from ui.report.document.compose import report_of
from ui.report.render.html import html_of

PASSPHRASE = "晋阳湖畔2026"
CLOSED = "链接无法打开"


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give what the browser brings, which AppTest, that has none, would make up."""
    brought: dict[str, str] = {}
    monkeypatch.setattr(ContextProxy, "cookies", brought)
    return brought


@pytest.fixture
def number(store: Store) -> int:
    return issue_example(store, unpublished=False)


def link(store: Store, number: int, passphrase: str | None = None) -> tuple[Share, str]:
    now = datetime.now(UTC)
    expiry = now + timedelta(days=7) if passphrase else None
    share, token = store.shares.create(
        number, label="主任", now=now, expires_at=expiry, passphrase=passphrase
    )
    return share, "".join(token)


def open_link(token: str, lang: str = "zh") -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"t": token, "lang": lang}
    switch_page(app, "shared")
    return Screen(app.run())


def numbers(text: str) -> list[str]:
    """Return every number of a page, in order."""
    bare = re.sub(
        r"<style>.*?</style>|<svg.*?</svg>|<img[^>]*>|<[^>]*>", " ", text, flags=re.DOTALL
    )
    return re.findall(r"\d+(?:[.,]\d+)*", unescape(bare))


def content(page: Screen) -> str:
    (found,) = [
        html.proto.body for html in page.app.get("html") if 'class="report"' in html.proto.body
    ]
    return str(found)


def test_the_page_shows_every_number_of_the_issue_and_no_menu(store: Store, number: int) -> None:
    _, token = link(store, number)

    page = open_link(token)

    sha256 = store.issues.find(number).sha256
    whole = html_of(report_of(read_snapshot(EXAMPLE), ZH, digest=sha256))
    assert numbers(content(page)) == numbers(whole.partition("<body>")[2])
    assert page.app.get("page_link") == []
    assert page.url == {"t": token, "lang": "zh"}


def test_the_other_language_is_a_tap_away(store: Store, number: int) -> None:
    share, token = link(store, number)
    page = open_link(token)

    page = Screen(page.app.button(key="switch_language").click().run())

    assert 'lang="en"' in content(page)
    assert page.url == {"t": token, "lang": "en"}
    assert store.shares.find(share.id).opened == 1


def test_a_revoked_link_is_over_at_the_next_run_of_an_open_page(store: Store, number: int) -> None:
    share, token = link(store, number)
    page = open_link(token)

    store.shares.revoke(share.id, datetime.now(UTC))
    page = Screen(page.app.run())

    assert page.title == CLOSED
    assert not [html for html in page.app.get("html") if 'class="report"' in html.proto.body]


def test_what_does_not_open_looks_alike_whatever_the_reason(store: Store, number: int) -> None:
    now = datetime.now(UTC)
    revoked, was = link(store, number)
    store.shares.revoke(revoked.id, now)
    deleted, gone = link(store, number, PASSPHRASE)
    store.shares.delete(deleted.id, now)

    pages = [open_link(token).lines for token in (was, gone, "x" * 43, "")]

    assert CLOSED in pages[0]
    assert all(lines == pages[0] for lines in pages)


def test_a_passphrase_opens_the_page_and_is_asked_once(store: Store, number: int) -> None:
    share, token = link(store, number, PASSPHRASE)
    page = open_link(token)
    assert page.title == "请输入口令"
    assert page.count("示例开发区") == 0

    page.app.text_input(key="passphrase").set_value(PASSPHRASE)
    page = Screen(page.app.button[0].click().run())

    assert "report" in content(page)
    assert not page.app.text_input
    page = Screen(page.app.run())
    assert "report" in content(page)
    assert store.shares.find(share.id).opened == 1


def test_who_entered_by_the_link_is_neither_asked_nor_counted_again(
    store: Store, number: int, cookies: dict[str, str]
) -> None:
    share, token = link(store, number, PASSPHRASE)
    other, unopened = link(store, number, PASSPHRASE)
    opened = store.shares.open(token, PASSPHRASE, datetime.now(UTC))
    assert isinstance(opened, Opened)
    cookies |= {cookie_of(token): opened.ticket, cookie_of(unopened): opened.ticket}

    for _ in range(2):
        assert "report" in content(open_link(token))
    assert open_link(unopened).title == "请输入口令"
    assert [store.shares.find(one.id).opened for one in (share, other)] == [0, 0]


def test_an_issue_that_cannot_be_shown_is_told_and_not_counted(store: Store) -> None:
    issued = store.issues.issue(
        "SAMPLE", 2026, b"{}", 1,
        issued_at=datetime.now(UTC), unpublished=False, p_all=None, answers={},
    )  # fmt: skip
    share, token = link(store, issued.number)
    locked, other = link(store, issued.number, PASSPHRASE)

    assert open_link(token).app.error
    page = open_link(other)
    page.app.text_input(key="passphrase").set_value(PASSPHRASE)
    page = Screen(page.app.button[0].click().run())
    assert page.app.error
    assert [store.shares.find(one.id).opened for one in (share, locked)] == [0, 0]


def test_files_of_a_page_that_is_open_end_with_the_link(store: Store, number: int) -> None:
    share, token = link(store, number)
    page = open_link(token)

    links = [one.proto.url for one in page.app.get("link_button")]
    assert len(links) == len(served_issue.files(store.issues.find(number), ZH))
    assert not page.app.get("download_button"), "which would yield files after the link has ended"
    assert [visit(address).status for address in links] == [200] * len(links)
    store.shares.revoke(share.id, datetime.now(UTC))
    assert [visit(address) for address in links] == [visit(f"/s/{token}")] * len(links)
    assert visit(links[0]).status == 404


def test_wrong_passphrases_are_counted_down_and_then_not_looked_at(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.frame.address.network", lambda: "192.0.2.1")
    _, token = link(store, number, PASSPHRASE)
    page = open_link(token)

    told = []
    for wrong in [*(f"wrong{k}" for k in range(ATTEMPTS)), PASSPHRASE]:
        page.app.text_input(key="passphrase").set_value(wrong)
        page = Screen(page.app.button[0].click().run())
        told.append(page.app.error[0].value)

    assert told[0] == "口令不正确，还可再试4次。"
    assert all("口令输错次数过多" in line for line in told[-2:])


def test_today_stands_beside_what_was_issued_and_changes_none_of_it(
    store: Store, number: int
) -> None:
    _, token = link(store, number)
    page = open_link(token)
    issued = numbers(content(page))

    key = f"issued_view_{number}"
    page = Screen(page.app.button_group(key=key).set_value("today").run())

    assert content(page).index("今天：截至2026年") < content(page).index("<h1>")
    beside = numbers(content(page))
    assert len(beside) > len(issued)
    page = Screen(page.app.button_group(key=key).set_value("issued").run())
    assert numbers(content(page)) == issued


def test_unpublished_figures_of_today_are_not_shown_to_who_needs_no_passphrase(
    store: Store, number: int
) -> None:
    figure = latest_growth(store, "SAMPLE", "gdp")
    store.commit(upload(replace(figure, status=Status.FLASH), base=1))
    _, open_token = link(store, number)
    _, token = link(store, number, PASSPHRASE)
    key = f"issued_view_{number}"

    page = open_link(open_token)
    page = Screen(page.app.button_group(key=key).set_value("today").run())
    assert "只有同时设置口令和到期日的链接才能显示" in page.text
    assert "今天：截至" not in page.text

    page = open_link(token)
    page.app.text_input(key="passphrase").set_value(PASSPHRASE)
    page = Screen(page.app.button[0].click().run())
    page = Screen(page.app.button_group(key=key).set_value("today").run())
    assert "今天：截至" in page.text
    assert "内部资料" in page.text


def test_the_token_stays_on_its_page(store: Store, number: int) -> None:
    _, token = link(store, number)
    page = open_link(token)

    switch_page(page.app, "method")
    page = Screen(page.app.run())

    assert "t" not in page.url
    assert all(token not in entry.proto.query_string for entry in page.app.get("page_link"))


def test_the_page_is_shown_without_a_model(store: Store, number: int) -> None:
    _, token = link(store, number)
    script = f"""
import sys
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from tests.ui.pages import switch_page
ContextProxy.cookies = {{}}
app = AppTest.from_file("app.py", default_timeout=60)
app.query_params |= {{"t": {token!r}, "lang": "zh"}}
switch_page(app, "shared")
app.run()
assert not app.exception and any("report" in html.proto.body for html in app.get("html"))
print([m for m in ("statsmodels", "scipy", "ui.frame.cache") if m in sys.modules])
"""

    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout.strip().splitlines()[-1] == "[]"
