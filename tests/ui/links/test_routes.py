"""A link as it is served: for whoever has it, alike for whoever has not, and counted once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import wraps
from threading import BoundedSemaphore, Event
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.responses import Response

from data.store import passphrases
from data.store.attempts import ATTEMPTS
from data.store.links import Share
from data.store.store import Store
from data.store.tokens import Token
from forecasting.issues.json import read_snapshot
from tests.ui.links.visits import EXAMPLE, ROOT, Answer, issue_example, visit
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame.site import Site, cookie_of
from ui.links import routes
from ui.links.queue import BoundedPool
from ui.report.document.compose import report_of

PASSPHRASE = "晋阳湖畔2026"
ISSUED = {say: report_of(read_snapshot(EXAMPLE), say) for say in SPEAKERS}


@pytest.fixture
def number(store: Store) -> int:
    return issue_example(store, unpublished=False)


def opened_by(store: Store, number: int, passphrase: str | None = None) -> tuple[Share, Token]:
    now = datetime.now(UTC)
    expiry = now + timedelta(days=7) if passphrase else None
    return store.shares.create(
        number, label="主任", now=now, expires_at=expiry, passphrase=passphrase
    )


def test_a_link_shows_the_issue_in_the_language_asked_for(store: Store, number: int) -> None:
    _, token = opened_by(store, number)

    chinese, english = (visit(f"/s/{token}?lang={say.language}") for say in SPEAKERS)
    unasked = visit(f"/s/{token}", accept_language="en-GB")

    assert chinese.status == english.status == 200
    assert f"<title>{ISSUED[ZH].title}</title>" in chinese.text
    assert f"<title>{ISSUED[EN].title}</title>" in english.text
    assert unasked.text == english.text
    assert '<html lang="zh-CN">' in chinese.text


def test_a_page_needs_nothing_and_tells_nobody(store: Store, number: int) -> None:
    _, token = opened_by(store, number)

    page = visit(f"/s/{token}")

    assert "<script" not in page.text
    assert not re.search(r'(src|href)="(https?:)?//', page.text)
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert token not in page.text, "a page that is saved must not open the link"


def answers_to_nothing(store: Store, number: int) -> dict[str, Answer]:
    """Return what is answered where nothing opens, by the reason."""
    now = datetime.now(UTC)
    revoked, was = opened_by(store, number)
    store.shares.revoke(revoked.id, now)
    deleted, gone = opened_by(store, number, PASSPHRASE)
    store.shares.delete(deleted.id, now)
    _, over = store.shares.create(
        number, label="短", now=now - timedelta(days=2), expires_at=now - timedelta(days=1)
    )
    tokens = {"wrong": "x" * 43, "short": "x", "revoked": was, "deleted": gone, "expired": over}
    return {
        f"{name} {kind}": answer
        for name, token in tokens.items()
        for kind, answer in {
            "opened": visit(f"/s/{token}"),
            "in English": visit(f"/s/{token}?lang=en"),
            "tried": visit(f"/s/{token}", form={"passphrase": PASSPHRASE}),
            "for the app": visit(f"/s/{token}?as=live"),
            "with a ticket": visit(f"/s/{token}", cookie=f"{cookie_of(token)}=9999999999.ab"),
            "with a slash": visit(f"/s/{token}/"),
        }.items()
    }


def test_what_does_not_open_is_answered_alike_whatever_the_reason(
    store: Store, number: int
) -> None:
    answers = answers_to_nothing(store, number)

    first = answers["wrong opened"]
    assert first.status == 404
    assert "链接无法打开" in first.text
    assert "This link cannot be opened" in first.text
    assert {name for name, answer in answers.items() if answer != first} == set()


def test_a_revoked_link_no_longer_shows_to_who_has_it_open(store: Store, number: int) -> None:
    share, token = opened_by(store, number)
    ticket = visit(f"/s/{token}").cookie
    assert visit(f"/s/{token}", cookie=ticket).status == 200

    store.shares.revoke(share.id, datetime.now(UTC))

    assert visit(f"/s/{token}", cookie=ticket).status == 404


def test_a_protected_link_tells_nothing_before_its_passphrase(store: Store, number: int) -> None:
    share, token = opened_by(store, number, PASSPHRASE)

    page = visit(f"/s/{token}")

    assert page.status == 200
    assert "<title>请输入口令</title>" in page.text
    shown = re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)
    assert not re.search(r"\d", shown.replace("utf-8", "").replace("h1", "").replace("scale=1", ""))
    assert ISSUED[ZH].area not in page.text
    assert store.shares.find(share.id).opened == 0


def test_a_passphrase_opens_and_its_ticket_serves_languages_and_files(
    store: Store, number: int
) -> None:
    share, token = opened_by(store, number, PASSPHRASE)

    entered = visit(f"/s/{token}?lang=zh", form={"passphrase": f" {PASSPHRASE} "})
    assert entered.status == 303
    assert entered.headers["location"] == f"/s/{token}?lang=zh&entered=1"
    assert PASSPHRASE not in str(entered.headers)
    kept = entered.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert "path=/;" in kept
    assert "secure" not in kept
    assert token not in kept
    arrived = visit(f"/s/{token}?lang=zh&entered=1", cookie=entered.cookie)
    assert (arrived.status, arrived.headers["location"]) == (303, f"/s/{token}?lang=zh")

    for address in (f"/s/{token}", f"/s/{token}?lang=en", f"/s/{token}?as=html"):
        page = visit(address, cookie=entered.cookie)
        assert page.status == 200
        assert 'class="say"' in page.text
    assert store.shares.find(share.id).opened == 1


def test_a_ticket_opens_no_other_link(store: Store, number: int) -> None:
    _, open_token = opened_by(store, number)
    _, token = opened_by(store, number, PASSPHRASE)
    ticket = visit(f"/s/{open_token}").cookie

    assert 'class="say"' not in visit(f"/s/{token}", cookie=ticket).text


def test_wrong_passphrases_are_counted_down_and_then_not_looked_at(
    store: Store, number: int
) -> None:
    _, token = opened_by(store, number, PASSPHRASE)

    tried = [visit(f"/s/{token}", form={"passphrase": "wrong"}) for _ in range(ATTEMPTS)]

    assert [answer.status for answer in tried] == [403] * (ATTEMPTS - 1) + [429]
    assert "还可再试4次" in tried[0].text
    assert "口令输错次数过多" in tried[-1].text
    right = visit(f"/s/{token}", form={"passphrase": PASSPHRASE})
    assert right.status == 429
    assert 0 < int(right.headers["retry-after"]) <= 15 * 60 + 1
    assert "<form" not in right.text


def test_asking_without_a_passphrase_uses_up_no_attempt(store: Store, number: int) -> None:
    _, token = opened_by(store, number, PASSPHRASE)

    for form in ({"passphrase": " "}, {}, {"passphrase": "x" * 5000}):
        assert visit(f"/s/{token}", form=form).status == 200

    assert "还可再试4次" in visit(f"/s/{token}", form={"passphrase": "wrong"}).text


def test_a_visit_is_counted_once_whatever_is_looked_at(store: Store, number: int) -> None:
    share, token = opened_by(store, number)

    ticket = visit(f"/s/{token}").cookie
    visit(f"/s/{token}?lang=en", cookie=ticket)
    visit(f"/s/{token}?as=html", cookie=ticket)

    assert store.shares.find(share.id).opened == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user_agent": "TelegramBot (like TwitterBot)"},
        {"user_agent": "facebookexternalhit/1.1"},
        {"user_agent": "SkypeUriPreview Preview/0.5"},
        {"user_agent": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"},
        {"user_agent": "Mozilla/5.0 (compatible; AnyBot; 1.0)"},
        {"user_agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
        {"user_agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"user_agent": "some-robot"},
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
    ids=str,
)
def test_what_says_it_is_no_reader_is_not_counted(
    store: Store, number: int, headers: dict[str, str]
) -> None:
    share, token = opened_by(store, number)

    page = visit(f"/s/{token}", **headers)

    assert f'<meta property="og:title" content="{ISSUED[ZH].title}">' in page.text
    assert page.cookie == ""
    assert store.shares.find(share.id).opened == 0


@pytest.mark.parametrize(
    "brand", ["CUBOT X19 Build/PPR1.180610.011", "CUBOT)", "CUBOT_P40", "KINGKONG; CUBOT/9"]
)
def test_a_telephone_with_bot_in_its_name_has_a_reader(
    store: Store, number: int, brand: str
) -> None:
    share, token = opened_by(store, number)
    telephone = f"Mozilla/5.0 (Linux; Android 9; {brand}) AppleWebKit/537.36 Mobile Safari/537.36"

    assert visit(f"/s/{token}", user_agent=telephone).cookie
    assert store.shares.find(share.id).opened == 1


def test_the_right_passphrase_lets_in_whoever_is_not_counted(store: Store, number: int) -> None:
    share, token = opened_by(store, number, PASSPHRASE)

    entered = visit(f"/s/{token}", form={"passphrase": PASSPHRASE}, user_agent="AnyBot/1.0")
    page = visit(f"/s/{token}", cookie=entered.cookie, user_agent="AnyBot/1.0")

    assert 'class="say"' in page.text
    assert store.shares.find(share.id).opened == 0


def test_a_browser_that_keeps_no_cookies_is_told(store: Store, number: int) -> None:
    _, token = opened_by(store, number, PASSPHRASE)
    assert "Cookie" not in visit(f"/s/{token}?lang=zh").text

    entered = visit(f"/s/{token}?lang=zh", form={"passphrase": PASSPHRASE})
    told = visit(entered.headers["location"])
    again = visit(entered.headers["location"], form={"passphrase": "wrong"})

    assert "浏览器没有保存Cookie" in told.text
    assert "<form" in told.text
    assert "口令不正确" in again.text
    assert "Cookie" not in again.text


def test_an_address_with_a_slash_is_answered_as_it_is(store: Store, number: int) -> None:
    _, token = opened_by(store, number)

    with_slash, without = visit(f"/s/{token}/"), visit(f"/s/{token}")

    assert (with_slash.status, with_slash.text) == (without.status, without.text)


def test_below_a_prefix_every_address_has_it(store: Store, number: int) -> None:
    site = Site.at("outlook/")
    _, token = opened_by(store, number, PASSPHRASE)

    assert visit(f"/s/{token}", site=site).text == "Not Found"
    entered = visit(f"/outlook/s/{token}?lang=zh", form={"passphrase": PASSPHRASE}, site=site)
    assert entered.headers["location"] == f"/outlook/s/{token}?lang=zh&entered=1"
    assert "path=/outlook;" in entered.headers["set-cookie"].lower()
    live = visit(f"/outlook/s/{token}?lang=zh&as=live", cookie=entered.cookie, site=site)
    assert live.headers["location"].startswith("/outlook/shared?t=")


def test_a_passphrase_on_the_way_to_the_app_leads_there(store: Store, number: int) -> None:
    _, token = opened_by(store, number, PASSPHRASE)

    entered = visit(f"/s/{token}?lang=zh&as=live", form={"passphrase": PASSPHRASE})
    to_app = visit(entered.headers["location"], cookie=entered.cookie)

    assert entered.headers["location"] == f"/s/{token}?lang=zh&as=live&entered=1"
    assert to_app.headers["location"] == f"/shared?t={token}&lang=zh&entered=1"


def test_who_comes_while_too_many_do_is_sent_away_whatever_the_link(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = opened_by(store, number, PASSPHRASE)
    monkeypatch.setattr("ui.links.routes.TRYING", BoundedPool("trying", 1, 0))
    inside, done = Event(), Event()
    monkeypatch.setattr("ui.links.routes._answer", answered := held(inside, done))

    with ThreadPoolExecutor(1) as other:
        first = other.submit(visit, f"/s/{token}", form={"passphrase": "wrong"})
        assert inside.wait(30)
        away = [visit(f"/s/{one}", form={"passphrase": "wrong"}) for one in (token, "x" * 43)]
        monkeypatch.setattr("ui.links.routes._answer", answered.__wrapped__)
        read = visit(f"/s/{token}")
        done.set()

    assert away[0] == away[1]
    assert (away[0].status, away[0].headers["retry-after"]) == (503, "5")
    assert "请稍候再试" in away[0].text
    assert away[0].headers["cache-control"] == "no-store"
    assert first.result().status == 403
    assert read.status == 200, "who reads does not wait for who tries"


def held(inside: Event, done: Event) -> Any:
    """Return what answers as a link does, but not before it is let."""

    @wraps(routes._answer)
    def answer(visited: routes.Visit) -> Response:
        inside.set()
        assert done.wait(30)
        return answer.__wrapped__(visited)  # type: ignore[attr-defined, no-any-return]

    return answer


def test_passphrases_that_cannot_be_computed_now_are_sent_away(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = opened_by(store, number, PASSPHRASE)
    monkeypatch.setattr("data.store.passphrases.PATIENCE", 0.0)
    monkeypatch.setattr("data.store.passphrases._COMPUTING", BoundedSemaphore(1))

    with passphrases._COMPUTING:
        away = [visit(f"/s/{one}", form={"passphrase": PASSPHRASE}) for one in (token, "x" * 43)]

    assert away[0] == away[1]
    assert away[0].status == 503
    assert visit(f"/s/{token}", form={"passphrase": PASSPHRASE}).status == 303


def test_a_look_at_the_head_is_not_counted(store: Store, number: int) -> None:
    share, token = opened_by(store, number)

    assert visit(f"/s/{token}", "HEAD").status == 200
    assert store.shares.find(share.id).opened == 0


@pytest.mark.parametrize(
    ("kind", "starts", "plain"),
    [
        ("html", b"<!doctype html>", "scenario-2.html"),
        ("slides", b"<!doctype html>", "scenario-2-slides.html"),
        ("docx", b"PK", "scenario-2.docx"),
        ("brief", b"%PDF-", "scenario-2-brief.pdf"),
        ("xlsx", b"PK", "scenario-2.xlsx"),
        ("pdf", b"%PDF-", "scenario-2.pdf"),
        ("zip", b"PK", "scenario-2.zip"),
        ("csv", b"\xef\xbb\xbfarea,year", "scenario-2.csv"),
        ("json", b"{", "scenario-2.json"),
    ],
)
def test_files_to_keep_have_chinese_names_and_are_the_same_each_time(
    store: Store, number: int, kind: str, starts: bytes, plain: str
) -> None:
    _, token = opened_by(store, number)

    kept, again = (visit(f"/s/{token}?as={kind}&lang=zh") for _ in range(2))

    assert kept.body.startswith(starts)
    assert kept.body == again.body
    assert f"as={kind}" in visit(f"/s/{token}").text
    name = unquote(kept.headers["content-disposition"])
    assert name.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''示例开发区2026年")
    assert name.endswith(plain.rpartition(".")[2])
    assert kept.headers["cache-control"] == "no-store"


def test_a_page_to_keep_leads_nowhere(store: Store, number: int) -> None:
    _, token = opened_by(store, number)

    assert "<a " not in visit(f"/s/{token}?as=html").text


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_files_are_only_for_who_may_read(store: Store, number: int, kind: str) -> None:
    share, token = opened_by(store, number, PASSPHRASE)

    asked = visit(f"/s/{token}?as={kind}")
    assert (asked.status, "<form" in asked.text) == (401, True)

    sent = visit(f"/s/{token}?as={kind}", form={"passphrase": PASSPHRASE})
    kept = visit(f"/s/{token}?as={kind}", cookie=sent.cookie)
    assert "attachment" in kept.headers["content-disposition"]

    store.shares.revoke(share.id, datetime.now(UTC))
    assert visit(f"/s/{token}?as={kind}", cookie=sent.cookie) == visit(f"/s/{'x' * 43}?as={kind}")


def test_the_way_to_the_app_is_known_only_to_who_may_read(store: Store, number: int) -> None:
    _, token = opened_by(store, number, PASSPHRASE)

    assert visit(f"/s/{token}?as=live").status == 200
    ticket = visit(f"/s/{token}", form={"passphrase": PASSPHRASE}).cookie
    answer = visit(f"/s/{token}?as=live&lang=en", cookie=ticket)

    assert answer.status == 303
    assert answer.headers["location"] == f"/shared?t={token}&lang=en&entered=1"


def test_a_document_that_cannot_be_read_is_told_and_not_shown(store: Store) -> None:
    issued = store.issues.issue(
        "SAMPLE", 2026, b"{}", 1,
        issued_at=datetime.now(UTC), unpublished=False, p_all=None, answers={},
    )  # fmt: skip
    share, token = opened_by(store, issued.number)
    locked, other = opened_by(store, issued.number, PASSPHRASE)

    for page in (
        visit(f"/s/{token}"),
        visit(f"/s/{token}?as=pdf"),
        visit(f"/s/{token}?as=live"),
        visit(f"/s/{other}", form={"passphrase": PASSPHRASE}),
    ):
        assert page.status == 500
        assert "本页暂时无法显示" in page.text
        assert page.cookie == ""
    assert [store.shares.find(one.id).opened for one in (share, locked)] == [0, 0]


def test_no_reader_waits_for_the_template_of_the_page(store: Store) -> None:
    began = """
import asyncio, serve
from ui.report.render.html import _templates
async def begin():
    async with serve.lifespan(serve.app):
        print([name for _, name in _templates().cache.keys()])
asyncio.run(begin())
"""

    told = subprocess.run(
        [sys.executable, "-c", began],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": store.database_url},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "html.jinja" in told.stdout.splitlines()[-1]


def test_a_link_is_served_without_streamlit_and_without_a_model() -> None:
    heavy = ("streamlit", "statsmodels", "pandas", "scipy")
    asked = f"import sys, ui.links.routes; print([m for m in {heavy} if m in sys.modules])"

    found = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"
