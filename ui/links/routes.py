"""``/s/<token>``: an issue as one page, for whoever has the link.

Served by Starlette from the stored document. Neither Streamlit nor a model is needed, so it opens
in browsers that hold no websocket, and before the rest of the app is loaded.

    /s/<token>?lang=en            the page in a language
    /s/<token>?lang=zh&as=pdf     a file to keep, of the kinds of ``report.files``
    /s/<token>?lang=zh&as=live    the page of the app, with today's data

**One answer.** A token that is wrong, expired, revoked or deleted is answered by the same page,
status and headers.

**Passphrase.** Sent by a form, never in an address. Whoever opened a link gets a ticket
(``data.store.tickets``) in a cookie, and is neither asked nor counted again while it lasts. A
browser that keeps no cookies would be asked without end; it is told.

**Counting.** Counted is what was shown. What says that it is no reader is not counted: a HEAD
request, a browser that loads ahead, a program that calls itself a bot or a preview. What does not
say so is.

**Limits.** Who reads, who tries passphrases and who has files made have threads apart and few
(``queue``); where too many wait, the next is sent away before anybody looks at the token. Whoever
tries passphrases has a few of the places alone, and who has read the link before, by a ticket that
may be over, has threads of his own: so a flood of wrong passphrases keeps neither out.

**Faults.** While the database cannot be read the answer is a page that says so, with status 503.

**Previews.** Title and description are those of the report, which hold no figure where any is
unpublished; of a link with a passphrase they say that it has one, and nothing else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import clock
from data.store.connection import OUT_OF_REACH
from data.store.errors import EmptyStore, TooManyPassphrases
from data.store.issues import StoredIssue
from data.store.links import Locked, Opened
from data.store.passphrases import AT_ONCE
from data.store.tickets import KNOWN_FOR
from forecasting.errors import OutlookError
from ui.frame.request_log import CURRENT
from ui.frame.served_page import asked_language
from ui.frame.site import ENTERED, Site, cookie_of
from ui.frame.store import store as links_store
from ui.language import Speaker
from ui.links import newer, served_issue, small_pages
from ui.links.network_address import place_of
from ui.links.queue import BoundedPool, Busy
from ui.links.small_pages import SmallPage
from ui.report.files import ReportFile

LARGEST_FORM = 4096
"""Bytes; a passphrase needs far less."""
LIVE = "live"

READING = BoundedPool("reading", threads=6, waiting=60)
TRYING = BoundedPool("trying", threads=AT_ONCE, waiting=16, each=6)
RETURNING = BoundedPool("returning", threads=AT_ONCE, waiting=16, each=6)
MAKING = BoundedPool("making", threads=3, waiting=12)

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
_NO_READER = re.compile(
    # Not every "bot": CUBOT makes telephones.
    r"(?<!\bcu)bot(?=[/;)]|$)|(?:telegram|twitter|google|bing|slack|discord|linkedin|apple)bot"
    r"|crawler|spider|preview|facebookexternalhit|whatsapp",
    re.IGNORECASE,
)
_AHEAD = ("purpose", "sec-purpose", "x-purpose", "x-moz")


class Visit(NamedTuple):
    """One request to a link."""

    site: Site
    token: str
    ticket: str
    passphrase: str | None
    say: Speaker
    wanted: str
    entered: bool
    counted: bool
    secure: bool
    visitor: str = ""

    @property
    def file(self) -> bool:
        """Whether a file is asked for: a program must not take the form for it."""
        return self.wanted not in ("", LIVE)

    def address(self, *said: str) -> str:
        """Return where the same is asked for, and what is said with it."""
        wanted = [f"as={quote(self.wanted, safe='')}"] if self.wanted else []
        query = "&".join((f"lang={self.say.language}", *wanted, *said))
        return f"{self.site.link(self.token)}?{query}"


def routes(site: Site) -> list[Route]:
    """Return what serves the links of a site, with and without a slash at the end."""
    show = partial(_show, site)
    return [
        Route(site.links + token, show, methods=["GET", "POST"])
        for token in ("{token}", "{token}/")
    ]


async def _show(site: Site, request: Request) -> Response:
    """Answer a request to a link."""
    token = request.path_params["token"]
    visit = Visit(
        site=site,
        token=token,
        ticket=request.cookies.get(cookie_of(token), ""),
        passphrase=await _passphrase(request) if request.method == "POST" else None,
        say=Speaker(asked_language(request.scope)),
        wanted=request.query_params.get("as", ""),
        entered=ENTERED in request.query_params,
        counted=request.method != "HEAD" and _is_reader(request.headers),
        secure=request.url.scheme == "https",
        visitor=place_of(request.client.host if request.client else None),
    )
    try:
        return await (await _pool(visit)).run(partial(_answer, visit), visit.visitor)
    except (Busy, TooManyPassphrases):
        return _small(small_pages.busy(visit.say))
    except (*OUT_OF_REACH, EmptyStore):
        _LOGGER.exception("the database is out of reach")
        return _small(small_pages.away(CURRENT.get()))
    except OutlookError:  # a document is damaged, or of a later release
        _LOGGER.exception("an issue cannot be shown")
        return _small(small_pages.broken(visit.say, CURRENT.get()))


async def _pool(visit: Visit) -> BoundedPool:
    """Return who answers a request, by what it may cost and not by what it is for."""
    if visit.passphrase:
        asked = partial(_has_read_before, visit)
        known = bool(visit.ticket) and await RETURNING.run(asked, visit.visitor)
        return RETURNING if known else TRYING
    return MAKING if visit.file else READING


def _has_read_before(visit: Visit) -> bool:
    return links_store().shares.knows(visit.token, visit.ticket, clock.now())


def _answer(visit: Visit) -> Response:
    now, shares = clock.now(), links_store().shares
    if visit.ticket and visit.passphrase is None:
        again = shares.resume(visit.token, visit.ticket, now)
        if again is not None:
            return _again(again, visit)
    found = shares.open(
        visit.token, visit.passphrase, now, visitor=visit.visitor, ticket=visit.ticket
    )
    if found is None:
        return _small(small_pages.closed())
    if isinstance(found, Locked):
        return _locked(found, visit, now)
    response = _opened(found, visit)
    if visit.counted:
        shares.count(found.share.id)
    return response


def _again(found: Opened, visit: Visit) -> Response:
    """Show the issue to who brings a ticket, at an address that can be kept."""
    if visit.entered and visit.wanted != LIVE:
        return _redirect(visit.address())
    return _content(found, visit)


def _opened(found: Opened, visit: Visit) -> Response:
    """Show the issue; after a passphrase by way of its address, so that a reload asks nothing."""
    if visit.passphrase is None:
        response = _content(found, visit)
    else:
        served_issue.page(found.issue, visit.say)  # one that cannot be shown is not counted
        response = _redirect(visit.address(f"{ENTERED}=1"))
    if visit.counted or visit.passphrase is not None:
        response.set_cookie(
            cookie_of(visit.token),
            found.ticket,
            max_age=int(KNOWN_FOR.total_seconds()),
            path=visit.site.root,
            secure=visit.secure,
            httponly=True,
            samesite="lax",
        )
    return response


def _locked(found: Locked, visit: Visit, now: datetime) -> Response:
    say = visit.say
    if found.until is not None:
        return _small(small_pages.too_many(say, found.until, now))
    if not (visit.passphrase or "").strip():
        refused = visit.entered and not visit.ticket and visit.passphrase is None
        page = small_pages.asking(say, say("share.no_cookie") if refused else "")
        return _small(page._replace(status=401) if visit.file else page)
    return _small(small_pages.wrong(say, found.remaining))


def _content(found: Opened, visit: Visit) -> Response:
    issue = found.issue
    if visit.wanted == LIVE:
        served_issue.snapshot_of(issue)
        return _redirect(visit.site.shared(visit.token, visit.say.language))
    for file in served_issue.files(issue, visit.say):
        if file.kind == visit.wanted:
            heads = {**HEADERS, "Content-Disposition": _kept_as(file, issue)}
            return Response(file.make(), 200, heads, file.media_type)
    since = newer.since(links_store(), issue, confidential=found.share.confidential)
    return _html(served_issue.page(issue, visit.say, newer.sentence(since, visit.say)))


def _kept_as(file: ReportFile, issue: StoredIssue) -> str:
    """Return what a file is kept as: without a plain name, some would take the token for one."""
    name, note = quote(file.name, safe=""), served_issue.snapshot_of(issue)
    kind = "outlook" if note.scenario is None else "scenario"
    part = "" if file.kind == file.ending else f"-{file.kind}"
    own = f"{kind}-{note.issue.number}{part}.{file.ending}"
    return f"attachment; filename=\"{own}\"; filename*=UTF-8''{name}"


def _html(text: str) -> Response:
    return Response(text, 200, dict(HEADERS), "text/html")


def _small(page: SmallPage) -> Response:
    heads = dict(HEADERS)
    if page.retry_after is not None:
        heads["Retry-After"] = str(page.retry_after)
    return Response(page.text, page.status, heads, "text/html")


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
