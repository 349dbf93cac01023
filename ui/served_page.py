"""The page that the server sends before any script runs, in the language it is asked in.

Streamlit serves ``<html lang="en">`` to everyone, by which screen readers choose their voice and
browsers their fonts, under a title of its own. The language of a view that is switched later stays
that of the first one: a script cannot reach the document. Chat programs show the title as the
preview of a link; of an issue it says nothing.

The page behind a link has what opens it in its address: no other site may be told that, no search
engine may list it, and nobody keep it.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.messages import Language, t

SHARED = "shared"
"""Address of the page behind a link."""
_SERVED, _TITLE = b'<html lang="en"', b"<title>Streamlit</title>"
_TAGS = {Language.ZH: b'<html lang="zh-CN"', Language.EN: b'<html lang="en"'}
_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class DocumentLanguage:
    """ASGI middleware that names language and title in the document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only documents are changed."""
        if scope["type"] != "http" or not _is_for_the_app(scope):
            await self._app(scope, receive, send)
            return
        language = asked_language(scope)
        title = f"<title>{t('app.name', language)}</title>".encode()
        private = scope["path"].rstrip("/").endswith(f"/{SHARED}")
        start: Message | None = None
        body = b""

        async def send_changed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if start is None or message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body", False):
                return
            changed = body.replace(_SERVED, _TAGS[language], 1).replace(_TITLE, title, 1)
            headers = MutableHeaders(raw=start["headers"])
            headers.update(_PRIVATE if private else {})
            if "content-length" in headers:
                headers["content-length"] = str(len(changed) if body else headers["content-length"])
            await send(start)
            await send({"type": "http.response.body", "body": changed})

        # Compressed, the document could not be changed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, send_changed)


def _is_for_the_app(scope: Scope) -> bool:
    """Whether a document is asked for that knows no language by itself, as links (``/s/``) do."""
    document = "text/html" in Headers(scope=scope).get("accept", "")
    return document and not scope["path"].startswith("/s/")


def asked_language(scope: Scope) -> Language:
    """Return the language of a link, else of the browser, else Chinese, as ``state`` does."""
    linked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if linked in set(Language):
        return Language(linked)
    browser = Headers(scope=scope).get("accept-language", "").lower()
    return Language.EN if browser.startswith("en") else Language.ZH
