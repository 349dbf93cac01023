"""What pages of other hosts ask for is refused before Streamlit sees it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from ui.frame.foreign_origin import LOOPBACK, SameOrigin, hosts

PASSED = {"type": "passed"}


def answer(
    kind: str, origin: str | None, host: str, allowed: tuple[str, ...] = ()
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
    scope = {"type": kind, "path": "/_stcore/stream", "headers": headers}
    asyncio.run(SameOrigin(streamlit, allowed)(scope, receive, send))
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
    asked = [value for name, value in headers if name == b"origin"]
    assert asked == ([] if kind == "websocket" or origin is None else [origin.encode()])


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
        ("https://zone.example", ""),
        ("http://zone.example:80", "zone.example:443"),
        ("file://", "zone.example"),
        ("", "zone.example"),
        ("zone.example", "zone.example"),
        ("http://[", "zone.example"),
        ("http://a:99999", "a:99999"),
        ("\u00e9", "\u00e9"),
    ],
)
def test_a_page_of_another_host_is_refused(kind: str, origin: str, host: str) -> None:
    assert answer(kind, origin, host) == (403, [])


def test_a_form_of_a_page_without_referrer_is_answered_but_no_websocket() -> None:
    assert answer("http", "null", "zone.example")[0] == 0
    assert answer("websocket", "null", "zone.example")[0] == 403


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_page_of_a_listed_origin_is_answered(kind: str) -> None:
    listed = ("https://portal.example", "http://portal.example:8080")

    for origin in listed:
        assert answer(kind, origin, "zone.example", listed)[0] == 0
    assert answer(kind, "http://portal.example", "zone.example", listed)[0] == 403
    assert answer(kind, "null", "zone.example", ("null", "nonsense"))[0] == (
        0 if kind == "http" else 403
    )


def test_hosts_are_those_of_the_setting_and_this_machine_or_all() -> None:
    assert hosts([]) == ["*"]
    assert hosts([" Zone.Example. ", "*.office.lan"]) == ["zone.example", "*.office.lan", *LOOPBACK]
