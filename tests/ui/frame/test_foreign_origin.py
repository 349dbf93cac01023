"""What pages of other hosts ask for is refused before Streamlit sees it."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tests import event_loop
from ui.frame.foreign_origin import Hosts, SameOrigin

PASSED = {"type": "passed"}
ALL = Hosts(("*",))
LINK = "/s/abc"


def answer(
    kind: str,
    origin: str | None,
    host: str,
    allowed: tuple[str, ...] = (),
    *,
    hosts: Hosts = ALL,
    method: str = "GET",
    path: str = "/_stcore/stream",
    **others: str,
) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Return the status of a refusal, or 0 and the headers that came through."""
    came: list[tuple[bytes, bytes]] = []
    sent: list[Any] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        came.extend(scope["headers"])
        await send(PASSED)

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read of what is refused")

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", host.encode("latin-1"))]
    headers += [(b"origin", origin.encode("latin-1"))] if origin is not None else []
    headers += [(key.replace("_", "-").encode(), value.encode()) for key, value in others.items()]
    scope = {"type": kind, "path": path, "method": method, "headers": headers}
    event_loop.run(SameOrigin(streamlit, hosts, allowed=allowed)(scope, receive, send))
    return (0, came) if sent == [PASSED] else (sent[0]["status"], came)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "10.1.2.3:8501"),
        ("http://10.1.2.3:8501", "10.1.2.3:8501"),
        ("http://office-pc:8501", "office-pc:8501"),
        ("http://OFFICE-PC:8501", "office-pc:8501"),
        ("http://localhost:8501", "localhost:8501"),
        ("http://[fe80::1]:8501", "[fe80::1]:8501"),
        ("https://zone.example", "zone.example"),
        ("https://zone.example", "zone.example:443"),
        ("http://zone.example", "zone.example:80"),
        ("https://zone.example.", "zone.example"),
    ],
)
def test_a_page_of_the_same_host_is_answered(kind: str, origin: str | None, host: str) -> None:
    status, headers = answer(kind, origin, host)

    assert status == 0
    assert (b"host", host.encode()) in headers
    assert b"origin" not in dict(headers), "Streamlit asks the internet about what it does not know"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "zone.example"),
        ("https://zone.example.evil.example", "zone.example"),
        ("https://zone.example@evil.example", "zone.example"),
        ("https://zone.example:8443", "zone.example"),
        ("http://localhost:3000", "localhost:8501"),
        ("http://localhost:8501", "zone.example:8501"),
        ("http://zone.example:80", "zone.example:443"),
        ("file://", "zone.example"),
        ("", "zone.example"),
        ("zone.example", "zone.example"),
        ("http://[", "zone.example"),
        ("http://a:99999", "zone.example"),
        ("\u00e9", "zone.example"),
    ],
)
def test_a_page_of_another_host_is_refused(kind: str, origin: str, host: str) -> None:
    assert answer(kind, origin, host) == (403, [])


def test_a_form_of_a_page_without_referrer_may_open_a_link_and_nothing_else() -> None:
    assert answer("http", "null", "zone.example", method="POST", path=LINK)[0] == 0

    assert answer("http", "null", "zone.example", path="/_stcore/health")[0] == 403
    assert answer("http", "null", "zone.example", method="POST")[0] == 403
    assert answer("http", "null", "zone.example", method="PUT", path=LINK)[0] == 403
    assert answer("websocket", "null", "zone.example", path=LINK)[0] == 403
    sandboxed = answer(
        "http", "null", "zone.example", method="POST", path=LINK, sec_fetch_site="cross-site"
    )
    assert sandboxed[0] == 403


@pytest.mark.parametrize("kind", ["iframe", "frame", "embed", "object", "fencedframe"])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_no_page_may_hold_this_one_in_a_frame(kind: str, site: str) -> None:
    framed = answer(
        "http",
        None,
        "zone.example",
        path="/indicator",
        sec_fetch_dest=kind,
        sec_fetch_site=site,
        sec_fetch_mode="navigate",
    )

    assert framed == (403, [])


def test_another_site_may_link_here_but_load_nothing_from_here() -> None:
    def asked(dest: str, mode: str, site: str = "cross-site", method: str = "GET") -> int:
        said = {"sec_fetch_dest": dest, "sec_fetch_mode": mode, "sec_fetch_site": site}
        return answer("http", None, "zone.example", method=method, path="/media/x", **said)[0]

    assert asked("document", "navigate") == 0
    assert asked("image", "no-cors") == 403
    assert asked("script", "no-cors", "same-site") == 403
    assert asked("empty", "no-cors") == 403
    assert asked("document", "navigate", method="POST") == 403
    assert asked("image", "no-cors", "same-origin") == 0
    assert asked("document", "navigate", "none") == 0


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_page_of_a_listed_origin_is_answered(kind: str) -> None:
    listed = ("https://portal.example", "http://portal.example:8080")

    for origin in listed:
        assert answer(kind, origin, "zone.example", listed)[0] == 0
    assert answer(kind, "http://portal.example", "zone.example", listed)[0] == 403
    assert answer(kind, "null", "zone.example", ("null", "nonsense"))[0] == 403


def test_a_listed_origin_may_read_what_it_is_sent() -> None:
    sent: list[Any] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    headers = [(b"host", b"zone.example"), (b"origin", b"https://portal.example")]
    scope = {"type": "http", "path": "/", "method": "GET", "headers": headers}
    app = SameOrigin(streamlit, ALL, allowed=["https://portal.example"])
    event_loop.run(app(scope, receive, send))

    assert dict(sent[0]["headers"])[b"access-control-allow-origin"] == b"https://portal.example"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("zone.example", True),
        ("ZONE.example.:8501", True),
        ("a.b.office.lan", True),
        ("localhost:8501", True),
        ("127.0.0.1", True),
        ("[::1]:8501", True),
        ("[::ffff:127.0.0.1]", True),
        ("office.lan", False),
        ("evil.example", False),
        ("zone.example.evil.example", False),
        ("zone.example@evil.example", False),
        ("10.1.2.3:8501", False),
        ("localhost/..", False),
        ("zone.example:99999", False),
        ("[", False),
        ("", False),
    ],
)
def test_no_other_name_than_those_of_the_setting_is_answered(
    kind: str, host: str, known: bool
) -> None:
    option = [" Zone.Example. ", "*.office.lan"]
    hosts = Hosts.of_option(option, this_machine_only=False)

    assert answer(kind, None, host, hosts=hosts)[0] == (0 if known else 400)


def test_without_the_setting_addresses_are_answered_where_others_may_use_the_app() -> None:
    open_to_all = Hosts.of_option([], this_machine_only=False)
    closed = Hosts.of_option([], this_machine_only=True)

    for host in ("10.1.2.3:8501", "[fe80::1]:8501", f"{socket.gethostname()}:8501"):
        assert host in open_to_all
    assert "10.1.2.3:8501" not in closed
    assert "evil.example" not in open_to_all
    assert "localhost:8501" in closed
