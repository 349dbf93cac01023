"""Requests of other sites, and to other names, refused before Streamlit sees them.

For an ``Origin`` that it does not know, Streamlit asks servers on the internet for the outside
address of this machine. It does so in the event loop: everybody waits, two seconds each time where
there is no internet, and any web page can have its visitors cause that. So Streamlit sees no
``Origin`` at all: what is foreign is refused here, on every path, and the rest passes without it.

A name that its owner points at this machine afterwards would make a foreign page one of ours.
Hence only known names are answered. An address in digits is nobody's to point elsewhere.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PORTS = {"http": 80, "https": 443}
_OPAQUE = "null"
_FOREIGN_SITES = ("cross-site", "same-site")
_FRAMES = ("iframe", "frame", "embed", "object", "fencedframe")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names that a server answers to; ``*.office.lan`` stands for every name below it.

    This machine may always ask by ``localhost`` or its loopback addresses; ``addresses`` says
    whether it may be called by any other address in digits.
    """

    named: tuple[str, ...] = ()
    addresses: bool = False

    @classmethod
    def of_option(cls, option: Sequence[str], *, this_machine_only: bool) -> Self:
        """Return the hosts of ``server.allowedHosts``.

        Without any, a server that others may use answers to its addresses and its own name.
        """
        named = tuple(host.strip().lower().rstrip(".") for host in option)
        if named or this_machine_only:
            return cls(named)
        return cls((socket.gethostname().lower(),), addresses=True)

    def __contains__(self, host: str) -> bool:
        """Whether a ``Host`` header names this server."""
        address = _address(f"http://{host}")
        if address is None or any(sign in host for sign in "@/?#\\"):
            return False
        name = address[0]
        return (
            is_this_machine(name)
            or (self.addresses and _is_number(name))
            or any(
                pattern in ("*", name) or (pattern[:2] == "*." and name.endswith(pattern[1:]))
                for pattern in self.named
            )
        )


class SameOrigin:
    """ASGI middleware that refuses what pages of other hosts ask for.

    Parameters
    ----------
    hosts
        The names this server answers to.
    forms
        The path below which forms of pages that tell nobody where they are may be sent.
    allowed
        Other origins whose pages may ask, as of ``server.corsAllowedOrigins``.
    """

    def __init__(
        self, app: ASGIApp, hosts: Hosts, forms: str = "/s/", allowed: Sequence[str] = ()
    ) -> None:
        self._app, self._hosts, self._forms = app, hosts, forms
        self._allowed = {_address(origin) for origin in allowed} - {None}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 400 to a foreign name and 403 to a foreign page."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, host = headers.get("origin"), headers.get("host", "")
        if host not in self._hosts:
            await PlainTextResponse("Invalid host header", 400)(scope, receive, send)
        elif self._is_embedded(scope, headers) or not self._passes(scope, origin, host):
            await PlainTextResponse("Origin not allowed", 403)(scope, receive, send)
        elif origin is not None and _address(origin) in self._allowed:
            await self._app(_without_origin(scope), receive, _readable_for(origin, send))
        else:
            await self._app(_without_origin(scope), receive, send)

    def _passes(self, scope: Scope, origin: str | None, host: str) -> bool:
        if origin is None:
            return True
        # Browsers send "null" with forms of pages that tell nobody where they are, such as
        # the one for the passphrase of a link, but also with whatever a sandboxed page asks for.
        if origin == _OPAQUE:
            form = scope["type"] == "http" and scope.get("method") == "POST"
            return form and scope["path"].startswith(self._forms)
        asking = _address(origin)
        own = _address(f"{urlsplit(origin).scheme}://{host}") if asking else None
        return asking is not None and asking in {own, *self._allowed}

    def _is_embedded(self, scope: Scope, headers: Headers) -> bool:
        """Whether a browser says that another page loads this as a part of itself."""
        kind = headers.get("sec-fetch-dest", "")
        if kind in _FRAMES:
            return True
        if headers.get("sec-fetch-site") not in _FOREIGN_SITES:
            return False
        if (origin := headers.get("origin")) is not None:
            return origin == _OPAQUE  # any other is compared as it is
        followed = headers.get("sec-fetch-mode") == "navigate" and kind == "document"
        return not (followed and scope.get("method") in ("GET", "HEAD"))


def is_this_machine(name: str) -> bool:
    """Return whether a host is ``localhost`` or a loopback address, also as IPv6 writes it."""
    if name == "localhost":
        return True
    if not _is_number(name):
        return False
    address = ip_address(name)
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _address(origin: str) -> tuple[str, int | None] | None:
    """Return host and port of an origin; None if it has no host."""
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname.rstrip("."), port) if parts.hostname else None


def _without_origin(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers}


def _readable_for(origin: str, send: Send) -> Send:
    """Let a page of an origin read what is sent, which Streamlit would have allowed it."""

    async def send_readable(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            headers["Access-Control-Allow-Origin"] = origin
            headers.add_vary_header("Origin")
            message = {**message, "headers": headers.raw}
        await send(message)

    return send_readable
