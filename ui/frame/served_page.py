"""The page that the server sends before any script runs, in the language it is asked in.

Streamlit serves ``<html lang="en">`` to everyone, by which screen readers choose their voice and
browsers their fonts, under a title of its own. The language of a view that is switched later stays
that of the first one: a script cannot reach the document. Chat programs show the title as the
preview of a link; of an issue it says nothing. Taps on charts, too, belong to the document, and
what is said while the server is away: no script of a page lives as long. And where the server is:
a page of a path of its own would look for it below that path first, and wait a tenth of a second.

The page behind a link has what opens it in its address: no search engine may list it and nobody
keep it. Who comes there without having
entered by the link is sent to it: it counts, and asks for the passphrase, once for all reloads.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.frame.security_headers import content_policy
from ui.frame.site import ENTERED, SHARED, Site, cookie_of
from ui.language import Language, Speaker

_HEAD_END = b"</head>"
_SCRIPTS = "".join(
    f"<script>{Path(__file__).with_name(name).read_text(encoding='utf-8')}</script>"
    for name in ("away.js", "tap.js")
).encode()
_SERVED, _TITLE = b'<html lang="en"', b"<title>Streamlit</title>"
_NO_DOCUMENTS = ("static", "media", "component", "app/static")
_TAGS = {Language.ZH: b'<html lang="zh-CN"', Language.EN: b'<html lang="en"'}
_NOT_PASSED_ON = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})
"""Compressed, a document could not be changed; and a browser that is told that Streamlit's own
has not changed keeps the one it has, whose scripts the headers of that answer do not name."""
_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


class DocumentLanguage:
    """ASGI middleware that gives the document its language, its title and taps on charts."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app, self._site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only documents are changed."""
        if scope["type"] != "http" or self._knows_its_language(scope["path"]):
            await self._app(scope, receive, send)
            return
        private = scope["path"].rstrip("/").endswith(f"/{SHARED}")
        if private and (entrance := self._entrance(scope)):
            away = Response(None, 303, {**_PRIVATE, "Location": entrance})
            await away(scope, receive, send)
            return
        added = _away() + _place(self._site) + _SCRIPTS
        changing = _Changing(send, Speaker(asked_language(scope)), added, private=private)
        asked = [header for header in scope["headers"] if header[0] not in _NOT_PASSED_ON]
        await self._app({**scope, "headers": asked}, receive, changing.send)

    def _knows_its_language(self, path: str) -> bool:
        """Whether what is served there is a link, or no document at all."""
        own = (self._site.links, *(f"{self._site.base}/{part}/" for part in _NO_DOCUMENTS))
        return path.startswith(own) or "/_stcore/" in path

    def _entrance(self, scope: Scope) -> str:
        """Return the link that a visitor of its page has not entered by; empty for none."""
        asked = Request(scope)
        token = asked.query_params.get("t", "")
        entered = ENTERED in asked.query_params or cookie_of(token) in asked.cookies
        if scope["method"] != "GET" or not token or entered:
            return ""
        return f"{self._site.link(token)}?lang={asked_language(scope)}&as=live"


class _Changing:
    """Sends on what is answered; a document with its language, its title and what is added."""

    def __init__(self, send: Send, say: Speaker, added: bytes, *, private: bool) -> None:
        self._send, self._say, self._added, self._private = send, say, added, private
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Send a message, or keep it until the document is whole."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.update(_PRIVATE if self._private else {})
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_changed(self._start)

    async def _send_changed(self, start: Message) -> None:
        title = f"<title>{self._say('app.name')}</title>".encode()
        changed = self._body.replace(_SERVED, _TAGS[self._say.language], 1)
        changed = changed.replace(_TITLE, title, 1)
        changed = changed.replace(_HEAD_END, self._added + _HEAD_END, 1)
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Security-Policy"] = content_policy(changed)
        for name in ("etag", "last-modified"):
            del headers[name]
        if self._body and "content-length" in headers:
            headers["content-length"] = str(len(changed))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": changed})


def _place(site: Site) -> bytes:
    """Return what tells Streamlit's browser side the server of a site."""
    root = json.dumps(site.root)
    return (
        f"<script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{root}}}</script>".encode()
    )


def _away() -> bytes:
    """Return what ``away.js`` says while the server does not answer, in each language."""
    told = {language: escape(Speaker(language)("app.away")) for language in Language}
    tags = (f'<meta name="server-away" lang="{tag}" content="{say}">' for tag, say in told.items())
    return "".join(tags).encode()


def asked_language(scope: Scope) -> Language:
    """Return the language of a link, else of the browser, else Chinese, as ``state`` does."""
    linked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if linked in set(Language):
        return Language(linked)
    browser = Headers(scope=scope).get("accept-language", "").lower()
    return Language.EN if browser.startswith("en") else Language.ZH
