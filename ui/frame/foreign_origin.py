"""Requests that pages of other sites make, refused before Streamlit sees them.

For a websocket with an ``Origin`` that it does not know, Streamlit asks servers on the internet
for the outside address of this machine. It does so in the event loop: everybody waits, two seconds
each time where there is no internet, and any web page can have its visitors cause that.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_PORTS = {"http": 80, "https": 443}
_OPAQUE = "null"


class SameOrigin:
    """ASGI middleware that refuses what pages of other hosts ask for.

    ``allowed`` are other origins whose pages may ask, as of ``server.corsAllowedOrigins``.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self._app = app
        self._allowed = {_address(origin) for origin in allowed} - {None}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 403."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, host = headers.get("origin"), headers.get("host", "")
        if origin is None or self._passes(scope, origin, host):
            await self._app(_checked(scope), receive, send)
            return
        await PlainTextResponse("Origin not allowed", status_code=403)(scope, receive, send)

    def _passes(self, scope: Scope, origin: str, host: str) -> bool:
        # Browsers send "null" with forms of pages that tell nobody where they are, such as
        # the one for the passphrase of a link; they always name the page that opens a websocket.
        if origin == _OPAQUE:
            return bool(scope["type"] == "http")
        asking = _address(origin)
        own = _address(f"{urlsplit(origin).scheme}://{host}") if asking else None
        return asking is not None and asking in {own, *self._allowed}


def hosts(option: Sequence[str]) -> list[str]:
    """Return the hosts to answer for, from ``server.allowedHosts``; without any, all."""
    named = [host.strip().lower().rstrip(".") for host in option]
    return [*named, *LOOPBACK] if named else ["*"]


def _address(origin: str) -> tuple[str, int | None] | None:
    """Return host and port of an origin; None if it has no host."""
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname.rstrip("."), port) if parts.hostname else None


def _checked(scope: Scope) -> Scope:
    """Return the scope of a websocket without its origin.

    Streamlit compares letter by letter and would look up what passed here, such as a host in
    capitals. It reads the origin for nothing else but its login, which this app does not use.
    """
    if scope["type"] != "websocket":
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers}
