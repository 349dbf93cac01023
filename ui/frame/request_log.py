"""A number for each request, and one line in the log about it.

The number is in the answer (``X-Request-ID``), on pages that say that something failed, and in
every warning and error that the request gives rise to: who quotes it leads to the lines about it.
A proxy that numbers requests sends its number, and both logs have the same.

A line tells method, kind of address, status, time taken, and whether the request came from this
machine, through a proxy or from elsewhere. It holds no query, no token and no address of anybody.
"""

from __future__ import annotations

import logging
import re
import time
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.frame.foreign_origin import is_this_machine
from ui.frame.served_page import asked_language
from ui.frame.site import Site
from ui.language import Speaker

HEADER = "X-Request-ID"
CURRENT: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request that is answered; empty outside of one."""

LEFT = 499
"""What the log says, as nginx does, of who left before the answer."""

_LOGGER = logging.getLogger(__name__)
_NUMBER = re.compile(r"[0-9a-f]{32}")
_PLAIN_PART = re.compile(r"[a-z0-9_.-]{1,30}")
_STARTS = ("http.response.start", "websocket.http.response.start")
_BELOW = {
    "s": "{token}",
    "media": "{file}",
    "static": "{file}",
    "component": "{file}",
    "_stcore/upload_file": "{session}/{file}",
    "_stcore/bidi-components": "{file}",
}
"""What stands below an address in place of what differs from request to request."""


class RequestLog:
    """ASGI middleware that numbers requests and logs them; it stands before all others."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a defect is answered by a sentence with its number."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        number = _number(scope)
        began, status = time.monotonic(), 0

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] in _STARTS:
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers[HEADER] = number
                message = {**message, "headers": headers.raw}
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close":
                status = status or 403
            await send(message)

        before = CURRENT.set(number)
        try:
            await self._app(_numbered(scope, number), receive, send_numbered)
        except ClientDisconnect:
            status = LEFT
        except Exception:
            _LOGGER.exception("a request failed")
            if status or scope["type"] != "http":
                raise
            failed = Speaker(asked_language(scope))("error.request_failed", number=number)
            await PlainTextResponse(failed, 500)(scope, receive, send_numbered)
        finally:
            self._log(scope, status, time.monotonic() - began)
            CURRENT.reset(before)

    def _log(self, scope: Scope, status: int, seconds: float) -> None:
        told = {
            "method": scope.get("method", "WEBSOCKET"),
            "path": path_template(scope["path"], self._site),
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "peer": _peer(scope),
        }
        line = "%(method)s %(path)s %(status)s %(milliseconds)s ms, %(peer)s"
        _LOGGER.info(line, told, extra={"told": told})


def path_template(path: str, site: Site) -> str:
    """Return the kind of an address: what differs from request to request has a name instead."""
    inner = path.removeprefix(site.base).strip("/")
    for start, rest in _BELOW.items():
        if inner.startswith(f"{start}/"):
            return f"/{start}/{rest}"
    parts = inner.split("/")
    if len(parts) > 3 or not all(_PLAIN_PART.fullmatch(part) for part in parts if inner):
        return "/{other}"
    return f"/{inner}"


def _number(scope: Scope) -> str:
    said = Headers(scope=scope).get(HEADER, "")
    return said if _NUMBER.fullmatch(said) else uuid4().hex


def _numbered(scope: Scope, number: str) -> Scope:
    """Have all that reads the request find its number, a session of Streamlit among them."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    headers[HEADER] = number
    return {**scope, "headers": headers.raw}


def _peer(scope: Scope) -> str:
    if "x-forwarded-for" in Headers(scope=scope):
        return "proxy"
    client = scope.get("client")
    return "this machine" if client and is_this_machine(client[0]) else "elsewhere"
