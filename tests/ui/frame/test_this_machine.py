"""Without sign-in the app is for this machine; links are for everyone."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tests import event_loop
from ui.frame.site import Site
from ui.frame.this_machine import (
    ThisMachineOnly,
    refuse_sign_in_without_effect,
    refuse_to_listen_elsewhere,
)

HERE = "127.0.0.1"


def status(
    path: str = "/",
    client: str | None = HERE,
    host: str = "localhost:8501",
    kind: str = "http",
    *,
    open_to_anyone: bool = False,
    **headers: str,
) -> int:
    """Return 200 for what is passed on, else the status of the refusal."""
    sent: list[Any] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"status": 200})

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read of what is refused")

    async def send(message: Any) -> None:
        sent.append(message)

    said = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": kind,
        "path": path,
        "query_string": b"",
        "client": (client, 50_000) if client else None,
        "headers": [(b"host", host.encode()), *said],
    }
    app = ThisMachineOnly(streamlit, Site(), open_to_anyone=open_to_anyone)
    event_loop.run(app(scope, receive, send))
    code: int = sent[0]["status"]
    return code


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("path", ["/", "/shared", "/_stcore/stream", "/media/x", "/static/x.js"])
def test_another_machine_is_refused_on_every_path_but_links(kind: str, path: str) -> None:
    assert status(path, kind=kind) == 200
    assert status(path, "192.0.2.7", kind=kind) == 403
    assert status(path, None, kind=kind) == 403
    assert status("/s/token", "192.0.2.7", "zone.example", kind=kind) == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/ready"])
def test_what_tells_of_the_server_is_for_this_machine_where_the_rest_is_open(path: str) -> None:
    other, name = "192.0.2.7", "zone.example"

    assert status("/", other, name, open_to_anyone=True) == 200
    assert status("/_stcore/health", other, name, open_to_anyone=True) == 200
    assert status(path, other, name, open_to_anyone=True) == 403
    assert status(path, open_to_anyone=True) == 200


@pytest.mark.parametrize("client", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_known_by_each_of_its_addresses(client: str) -> None:
    assert status(client=client) == 200


@pytest.mark.parametrize("name", ["x_forwarded_for", "x_forwarded_proto", "forwarded", "via"])
def test_a_proxy_on_this_machine_lets_nobody_in(name: str) -> None:
    assert status(**{name: "127.0.0.1"}) == 403


def test_this_machine_called_by_another_name_is_refused() -> None:
    assert status(host="zone.example") == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_it_listens_on_loopback_addresses(address: str) -> None:
    refuse_to_listen_elsewhere(address)


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "10.1.2.3", "office-pc"])
def test_it_does_not_start_on_any_other(address: str | None) -> None:
    with pytest.raises(SystemExit, match="ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING=yes"):
        refuse_to_listen_elsewhere(address)


def test_a_sign_in_that_others_get_round_does_not_start() -> None:
    refuse_sign_in_without_effect("s" * 32, open_to_anyone=False)

    with pytest.raises(SystemExit, match="remove it"):
        refuse_sign_in_without_effect("s" * 32, open_to_anyone=True)
    with pytest.raises(SystemExit, match="at least 32"):
        refuse_sign_in_without_effect("s" * 31, open_to_anyone=False)
