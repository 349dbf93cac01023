"""Headers that keep a browser to this app: on every answer, refusals included.

A document may load, run and show what comes from here, and nothing else: no text, whoever wrote
it, makes a browser call out or run a script. No page of another site may hold an answer in a
frame, read it, or load it as part of its own.

Streamlit needs two exceptions. It writes styles into the document (``style-src``), and it runs
the script of each component of ours from a ``blob:`` address (``script-src``). Scripts that stand
in the document are named by their digests.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self' blob:{digests}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def content_policy(document: bytes = b"") -> str:
    """Return the content security policy of a document that runs the scripts within it."""
    digests = (sha256(script).digest() for script in _INLINE_SCRIPT.findall(document))
    named = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(_DIRECTIVES).format(digests=named)


class SecurityHeaders:
    """ASGI middleware that gives every answer these headers, save those it already has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a websocket that is refused is answered by HTTP as well."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers.setdefault("Content-Security-Policy", content_policy())
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, send_with_headers)
