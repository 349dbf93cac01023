"""Every answer keeps a browser to this app, refusals included."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests import event_loop
from ui.frame.foreign_origin import Hosts, SameOrigin
from ui.frame.security_headers import HEADERS, SecurityHeaders, content_policy


def headers_of(kind: str, host: str, **own: str) -> dict[str, str]:
    """Return the headers of what a host is answered by a server called zone.example."""
    sent: list[Any] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok", headers=own)(scope, receive, send)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "GET", "path": "/x", "headers": [(b"host", host.encode())]}
    scope["extensions"] = {"websocket.http.response": {}}
    app = SecurityHeaders(SameOrigin(streamlit, Hosts(("zone.example",))))
    event_loop.run(app(scope, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("host", ["zone.example", "evil.example"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_answers_and_refusals_have_every_header(kind: str, host: str) -> None:
    found = headers_of(kind, host)

    assert found["content-security-policy"] == content_policy()
    for name, value in HEADERS.items():
        assert found[name.lower()] == value


def test_an_answer_keeps_a_policy_of_its_own() -> None:
    own = "default-src 'none'"

    assert (
        headers_of("http", "zone.example", **{"Content-Security-Policy": own})[
            "content-security-policy"
        ]
        == own
    )
