"""``/s/<token>``: an issue as one page, for whoever has the link.

Served by Starlette from the stored document. Neither Streamlit nor a model is needed, so it opens
in browsers that hold no websocket, and before the rest of the app is loaded.

    /s/<token>?lang=en            the page in a language
    /s/<token>?lang=zh&as=pdf     a file to keep, of the kinds of ``report.files``
    /s/<token>?lang=zh&as=live    the page of the app, with today's data

**One answer.** A token that is wrong, expired, revoked or deleted is answered by the same page,
status and headers.

**Passphrase.** Sent by a form, never in an address. Whoever opened a link gets a cookie for its
path alone, a ticket (``ticket``), and is neither asked nor counted again while it lasts.

**Counting.** What says that it is no reader is not counted: a HEAD request, a browser that loads
ahead, a program that calls itself a bot or a preview. What does not say so is.

**Previews.** Title and description are those of the report, which hold no figure where any is
unpublished; of a link with a passphrase they say that it has one, and nothing else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.issued import ATTEMPTS, Locked, Opened, StoredIssue
from data.store import Store
from forecasting.errors import OutlookError
from ui import format as fmt
from ui.links import rendered, small_pages
from ui.links.store import store as links_store
from ui.links.ticket import LASTS, issue_ticket, share_of
from ui.messages import Language, t
from ui.served_page import asked_language

COOKIE = "zone_outlook_link"
LARGEST_FORM = 4096
"""Bytes; a passphrase needs far less."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_LOGGER = logging.getLogger(__name__)
_NO_READER = re.compile(r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp", re.I)
_AHEAD = ("purpose", "sec-purpose", "x-purpose", "x-moz")


class Visit(NamedTuple):
    """One request to a link."""

    token: str
    ticket: str
    passphrase: str | None
    language: Language
    wanted: str
    counted: bool
    path: str
    secure: bool


async def show(request: Request) -> Response:
    """Answer a request to a link."""
    visit = Visit(
        token=request.path_params["token"],
        ticket=request.cookies.get(COOKIE, ""),
        passphrase=await _passphrase(request) if request.method == "POST" else None,
        language=asked_language(request.scope),
        wanted=request.query_params.get("as", ""),
        counted=request.method != "HEAD" and _is_reader(request.headers),
        path=request.url.path,
        secure=request.url.scheme == "https",
    )
    try:
        return await run_in_threadpool(_answer, visit, datetime.now(UTC))
    except OutlookError:  # a document is damaged, or of a later release
        _LOGGER.exception("an issue cannot be shown")
        return _html(small_pages.broken(visit.language), 500)


routes = [Route("/s/{token}", show, methods=["GET", "POST"])]


def _answer(visit: Visit, now: datetime) -> Response:
    store = links_store()
    issue = _ticketed(store, visit, now)
    if issue is not None and visit.passphrase is None:
        return _content(issue, visit)
    found = store.shares.open(visit.token, visit.passphrase, now, counted=visit.counted)
    if found is None:
        return _html(small_pages.closed(), 404)
    if isinstance(found, Locked):
        return _locked(found, visit, now)
    return _opened(found, visit, now)


def _ticketed(store: Store, visit: Visit, now: datetime) -> StoredIssue | None:
    """Return the issue of a link that this browser has opened, if it still opens."""
    share = share_of(visit.ticket, visit.token, now)
    if share is None or not store.shares.opens(share, now):
        return None
    return store.issues.find(store.shares.find(share).issue)


def _opened(found: Opened, visit: Visit, now: datetime) -> Response:
    """Show the issue; after a passphrase by way of its address, so that a reload asks nothing."""
    if visit.passphrase is None:
        response = _content(found.issue, visit)
    else:
        response = _redirect(f"{visit.path}?lang={visit.language}")
    if visit.counted:
        response.set_cookie(
            COOKIE,
            issue_ticket(found.share.id, visit.token, now),
            max_age=int(LASTS.total_seconds()),
            path=visit.path,
            secure=visit.secure,
            httponly=True,
            samesite="lax",
        )
    return response


def _locked(found: Locked, visit: Visit, now: datetime) -> Response:
    language = visit.language
    if found.until is not None:
        until = fmt.minute(found.until).partition(" ")[2]
        fault = t("share.too_many", language, until=until)
        response = _html(small_pages.asking(language, fault, form=False), 429)
        response.headers["Retry-After"] = str(int((found.until - now).total_seconds()) + 1)
        return response
    if not (visit.passphrase or "").strip():
        return _html(small_pages.asking(language))
    fault = t("share.wrong", language, left=found.left, attempts=ATTEMPTS)
    return _html(small_pages.asking(language, fault), 403)


def _content(issue: StoredIssue, visit: Visit) -> Response:
    if visit.wanted == "live":
        return _redirect(f"/shared?t={quote(visit.token, safe='')}&lang={visit.language}")
    for file in rendered.files(issue, visit.language):
        if file.kind == visit.wanted:
            name = quote(file.name, safe="")
            heads = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(file.make(), 200, heads, file.media_type)
    return _html(rendered.page(issue, visit.language))


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, dict(HEADERS), "text/html")


def _redirect(address: str) -> Response:
    return Response(None, 303, {**HEADERS, "Location": address})


def _is_reader(headers: Mapping[str, str]) -> bool:
    ahead = any(headers.get(name) for name in _AHEAD)
    return not ahead and not _NO_READER.search(headers.get("user-agent", ""))


async def _passphrase(request: Request) -> str:
    """Return what was typed into the form; a form that is too large has nothing in it."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return ""
    typed = parse_qs(body.decode("utf-8", "replace"))
    return typed.get("passphrase", [""])[0]
