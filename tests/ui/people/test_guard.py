"""What is answered to whom, before Streamlit sees a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from starlette.types import Receive, Scope, Send
from streamlit import config
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data import clock
from data.store.errors import RoleNeeded
from data.store.store import Store
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario
from tests import event_loop
from tests.ui.people.conftest import REMOVED, restart
from ui.frame import people
from ui.frame.identity import HEADER, OWNER_HEADER, unsealed
from ui.frame.navigation import names
from ui.frame.site import SHARED, Site
from ui.people.guard import SECRET_HEADER, Guard

SECRET = "s" * 32
PROXY = "X-Remote-User"


class Answer(NamedTuple):
    """What came of a request: its status, 0 where it was passed on; and what was passed on."""

    status: int
    headers: dict[str, str]
    body: str
    passed: Scope | None


def ask(
    path: str, *, kind: str = "http", method: str = "GET", query: str = "", cookies: str = "",
    headers: Mapping[str, str] | None = None, site: Site | None = None, proxy: bool = False,
    location: str = "",
) -> Answer:  # fmt: skip
    """Send a request through the guard."""
    sent: list[Any] = []
    passed: list[Scope] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)
        if location:
            heads = [(b"location", location.encode())]
            await send({"type": "http.response.start", "status": 303, "headers": heads})
            await send({"type": "http.response.body", "body": b""})

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read of what is refused")

    async def send(message: Any) -> None:
        sent.append(message)

    said = {"host": "zone.example", "cookie": cookies, **(headers or {})}
    scope = {
        "type": kind, "path": path, "method": method, "query_string": query.encode(),
        "scheme": "https" if kind == "http" else "wss", "client": ("192.0.2.7", 50_000),
        "headers": [(name.lower().encode(), value.encode()) for name, value in said.items()],
        "extensions": {"websocket.http.response": {}},
    }  # fmt: skip
    options = ("email", PROXY, SECRET) if proxy else ("email",)
    event_loop.run(Guard(streamlit, site or Site(), *options)(scope, receive, send))
    if not sent:
        return Answer(0, {}, "", passed[0])
    heads = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], heads, body, passed[0] if passed else None)


def cookie(account: str, *, hours: float = 0.0, secret: str | None = None, **claims: object) -> str:
    """Return the cookie of a sign-in that began some hours ago."""
    issued = int((clock.now() - timedelta(hours=hours)).timestamp())
    text = json.dumps({"email": account, "iat": issued, "is_logged_in": True} | claims)
    name = "_streamlit_user"
    signed = create_signed_value(secret or get_cookie_secret(), name, text)
    return f"{name}={signed.decode()}"


def sealed_in(answer: Answer) -> str:
    """Return the one header by which a script is told who it is."""
    assert answer.passed is not None
    heads = answer.passed["headers"]
    (header,) = [value for name, value in heads if name == HEADER.lower().encode()]
    said: str = header.decode()
    return said


def visitor() -> str:
    """Return the cookie of who was sent from a link to its interactive page."""
    sent = ask("/s/token", query="as=live", location=f"/{SHARED}?t=token&lang=zh&entered=1")
    assert sent.status == 303
    return sent.headers["set-cookie"].partition(";")[0]


WHO = {
    "anonymous": lambda: "",
    "by a link": visitor,
    "unknown": lambda: cookie("unknown@office"),
    "removed": lambda: cookie(REMOVED),
    "expired": lambda: cookie("administrator@office", hours=12.1),
    "of a later time": lambda: cookie("administrator@office", hours=-1),
    "forged": lambda: cookie("administrator@office", secret="another"),
    "unverified": lambda: cookie("administrator@office", email_verified=False),
    "unverified in words": lambda: cookie("administrator@office", email_verified="false"),
    "reader": lambda: cookie("reader@office"),
    "planner": lambda: cookie("planner@office"),
    "analyst": lambda: cookie("analyst@office"),
    "administrator": lambda: cookie("administrator@office", hours=11.9),
}
READERS = {"reader", "planner", "analyst", "administrator"}
PLACES: dict[str, tuple[set[str], list[tuple[str, str, str]]]] = {
    "pages": (
        READERS,
        [("http", "GET", f"/{name}") for name in ("", *names(), "nowhere") if name != SHARED],
    ),
    "the page behind links": (READERS | {"by a link"}, [("http", "GET", f"/{SHARED}")]),
    "the websocket": (READERS | {"by a link"}, [("websocket", "GET", "/_stcore/stream")]),
    "media": (READERS | {"by a link"}, [("http", "GET", "/media/0123.csv")]),
    "uploads": (
        READERS - {"reader"},
        [("http", of, "/_stcore/upload_file/session/file") for of in ("PUT", "POST", "DELETE")],
    ),
    "what is not known": (
        READERS,
        [("http", "POST", "/"), ("http", "GET", "/_stcore/other"), ("http", "PUT", "/media/x")],
    ),
    "links, the frame of every page, the sign-in": (
        set(WHO),
        [
            ("http", "GET", path)
            for path in (
                "/s/token", "/static/js/index.js", "/component/x", "/_stcore/health",
                "/_stcore/host-config", "/favicon.png", "/oauth2callback", "/auth/login",
                "/auth/logout", "/ready",
            )
        ],
    ),
}  # fmt: skip
"""Of each kind of place, who gets through, and requests to it."""


@pytest.mark.parametrize("who", WHO)
def test_who_gets_where(served: Store, who: str) -> None:
    cookies = WHO[who]()
    for place, (through, requests) in PLACES.items():
        for kind, method, path in requests:
            answer = ask(path, kind=kind, method=method, cookies=cookies)
            told = (place, kind, method, path, answer.status)
            if who == "by a link" and path == "/media/x":
                continue  # Streamlit takes nothing there
            assert (answer.passed is not None) == (who in through), told
            assert answer.status == 0 or answer.status in (401, 403), told


@pytest.mark.parametrize("who", sorted(READERS))
def test_a_script_is_told_who_it_is_by_the_guard_alone(served: Store, who: str) -> None:
    told = {HEADER: "forged", OWNER_HEADER: "forged", "X-Remote-User": "chief@office"}
    answer = ask("/_stcore/stream", kind="websocket", cookies=WHO[who](), headers=told)
    passed = answer.passed
    assert passed is not None

    found = unsealed(sealed_in(answer))
    assert found is not None
    assert (found.account, passed["account"]) == (f"{who}@office",) * 2
    owner = OWNER_HEADER.lower().encode()
    assert [value for name, value in passed["headers"] if name == owner] == [
        f"{who}%40office".encode()
    ]
    without = ask("/static/x", headers=told).passed
    assert without is not None
    assert not {HEADER.lower().encode(), owner} & set(dict(without["headers"]))
    assert unsealed("forged") is None


def test_signing_out_ends_the_sign_in_wherever_its_cookie_is(
    served: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = cookie("reader@office", hours=1)
    found = unsealed(sealed_in(ask("/_stcore/stream", kind="websocket", cookies=cookies)))
    assert found is not None
    monkeypatch.setattr("ui.frame.identity.signs_in", lambda: True)
    monkeypatch.setattr("ui.frame.address.header", lambda name: found.sealed())
    assert people.person() is not None
    open_page = people.acting(served)

    assert ask("/auth/logout", cookies=cookies).status == 0

    restart(served)
    assert people.person() is None
    assert ask("/", cookies=cookies).status == 401
    assert "已过期" in ask("/", cookies=cookies).body
    assert ask("/media/x", cookies=cookies).status == 403
    with pytest.raises(RoleNeeded):
        open_page.scenarios.keep(write_scenario(Scenario(name="a")))
    assert ask("/", cookies=cookie("reader@office", hours=0.5)).status == 0
    assert ask("/auth/logout", cookies=cookies).status == 0


def test_a_proxy_names_who_signed_in_with_a_secret_alone(served: Store) -> None:
    def answered(**headers: str) -> int:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        return ask("/", headers=said, proxy=True, cookies=WHO["administrator"]()).status

    reader = {"X_Remote_User": "reader@office"}
    secret = SECRET_HEADER.replace("-", "_")
    assert answered(**reader, **{secret: SECRET}) == 0
    assert answered(**reader, **{secret: "t" * 32}) == 401
    assert answered(**reader) == 401
    assert answered() == 401
    assert answered(**{secret: SECRET, "X_Remote_User": REMOVED}) == 403
    passed = ask(
        "/media/x", headers={"X-Remote-User": "reader@office", SECRET_HEADER: SECRET}, proxy=True
    ).passed
    assert passed is not None
    assert not {b"x-remote-user", SECRET_HEADER.lower().encode()} & set(dict(passed["headers"]))


def test_the_sign_in_page_says_what_to_do_in_both_languages(served: Store) -> None:
    chinese = ask("/targets", query="area=CN&lang=zh")
    assert chinese.status == 401
    assert "登录" in chinese.body
    assert 'href="/sign-in?next=%2Ftargets%3Farea%3DCN%26lang%3Dzh&amp;lang=zh"' in chinese.body
    assert 'href="?area=CN&amp;lang=en"' in chinese.body
    assert chinese.headers["cache-control"] == "no-store"
    assert "Sign in" in ask("/targets", query="lang=en").body
    assert "已过期" in ask("/", cookies=WHO["expired"]()).body

    removed = ask("/", cookies=WHO["removed"]())
    assert removed.status == 403
    assert REMOVED in removed.body
    assert "ADMINISTRATOR、局长 &lt;b&gt;" in removed.body
    assert "/auth/logout" in removed.body


def test_a_store_without_people_says_how_to_make_the_first(
    served: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.people.guard._look_up", lambda found: (None, False, ()))

    assert "python -m data people add 账号 --role administrator" in ask("/").body
    body = ask("/", cookies=cookie("<li>@office")).body
    assert "people add &lt;li&gt;@office --role administrator" in body


@pytest.mark.parametrize("base", ["", "/outlook"])
def test_after_signing_in_one_is_where_one_wanted_to_go(
    served: Store, monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    site = Site(base)
    monkeypatch.setattr(
        "ui.people.guard.generate_login_redirect_url", lambda name: f"/auth/login?{name}"
    )
    wanted = f"{base}/indicator?area=CN&lang=zh"
    begun = ask(f"{base}/sign-in", query=f"next={wanted.replace('&', '%26')}&lang=zh", site=site)
    assert (begun.status, begun.headers["location"]) == (303, "/auth/login?default")
    kept = begun.headers["set-cookie"]
    assert all(part in kept for part in ("HttpOnly", "Max-Age=600", "SameSite=lax", "Secure"))
    cookies = f"{kept.partition(';')[0]}; {WHO['reader']()}"

    back = ask(f"{base}/", cookies=cookies, site=site)
    assert (back.status, back.headers["location"]) == (303, wanted)
    assert "Max-Age=0" in back.headers["set-cookie"]
    assert ask(f"{base}/overview", cookies=cookies, site=site).status == 0
    forged = f"zone_outlook_return=forged; {WHO['reader']()}"
    assert ask(f"{base}/", cookies=forged, site=site).headers["location"] == (base or "/")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
        "/%0d%0aSet-Cookie:x", "", "evil", "/" + "x" * 4000,
    ],
)  # fmt: skip
def test_one_is_sent_nowhere_else(
    served: Store, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    monkeypatch.setattr("ui.people.guard.generate_login_redirect_url", lambda name: "/auth/login")

    begun = ask("/sign-in", query=f"next={elsewhere}")

    assert begun.headers["location"] == "/auth/login"
    assert "set-cookie" not in begun.headers


def test_the_page_behind_a_link_is_entered_by_the_link(served: Store) -> None:
    first = ask(f"/{SHARED}", query="t=secret&lang=en")
    assert (first.status, first.headers["location"]) == (303, "/s/secret?lang=en&as=live")

    refused = ask(f"/{SHARED}", query="t=secret&lang=en&entered=1")
    assert refused.status == 401
    assert "secret" not in refused.body.replace("t=secret&amp;entered=1&amp;lang=zh", "")
    assert "set-cookie" not in ask("/s/token", location="/s/token?lang=zh").headers


def test_a_database_that_is_away_lets_nobody_in(
    served: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/x.sqlite3")

    for kind, path in (("http", "/"), ("http", "/media/x"), ("websocket", "/_stcore/stream")):
        answer = ask(path, kind=kind, cookies=WHO["administrator"]())
        assert (answer.status, answer.passed) == (503, None)


def test_streamlit_holds_a_session_to_the_account() -> None:
    assert config.get_option("server.trustedUserHeaders") == {OWNER_HEADER: "account"}
