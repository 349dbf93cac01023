"""What is answered to whom, where people sign in: refused before Streamlit sees a request.

Streamlit runs its script for whoever connects, takes files of anybody and gives out what it keeps.
Here a visitor gets the sign-in page at any address of the app, and nothing else but links
(``/s/``), the frame that every page loads, and the sign-in itself. What a signed-in person gets
depends on the role in the store, which is read for every request: a role that was removed ends
with the next one.

**Who signed in** is proved in one of two ways. With a provider (OpenID Connect), Streamlit keeps
what it says of a person in a signed cookie for thirty days, whatever the provider meant; it counts
for ``SIGN_IN_HOURS`` after it was issued. Behind a proxy that people sign in with, a header names
them; it counts where the proxy proves itself by a secret. What a browser says in either header
goes no further.

**Visitors of links.** The interactive page of a link needs a connection and files. Whoever enters
by a link gets a signed cookie, by which these are answered for a while; the script shows them that
page alone.

**Back to where one wanted to go.** The address that a visitor asked for is kept in a signed cookie
for ten minutes, and only if it is one of this app.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data import clock
from data.store.connection import OUT_OF_REACH
from data.store.errors import StoreError
from data.store.people import Person
from data.store.permissions import Permission, Role
from ui.frame.identity import HEADER, OWNER_HEADER, Identity
from ui.frame.served_page import asked_language
from ui.frame.site import ENTERED, SHARED, Site
from ui.frame.store import store
from ui.language import Speaker
from ui.links import small_pages
from ui.people import sign_in_page

SECRET_HEADER = "X-Sign-In-Secret"
SIGN_IN, SIGN_OUT = "sign-in", "auth/logout"
"""The paths at which signing in and signing out begin, below that of the app."""
ACCOUNT = "account"
"""Under which the account of who signed in is in the scope of a request."""

_RETURN, _RETURN_SECONDS, _LONGEST_RETURN = "zone_outlook_return", 600, 3000
_VISITOR, _VISITOR_SECONDS = "zone_outlook_visitor", 12 * 3600
_FRAME = ("static/", "component/", "_stcore/bidi-components/")
_OPEN = (
    "_stcore/health", "_stcore/host-config", "favicon.png", "oauth2callback", "auth/login",
    SIGN_OUT,
)  # fmt: skip
_INSIDE = ("ready", "_stcore/metrics", "_stcore/script-health-check")
"""For this machine alone, which ``ThisMachineOnly`` sees to."""
_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}
_LOGGER = logging.getLogger(__name__)


class _Kind(Enum):
    """What a path is for."""

    EVERYONE = "everyone"
    SIGN_IN = "sign-in"
    UPLOAD = "upload"
    LINK = "link"
    DOCUMENT = "document"
    OTHER = "other"


class Guard:
    """ASGI middleware that lets those who signed in do what their role allows.

    Parameters
    ----------
    claim
        What of a person's identity is their account.
    header, secret
        In which a proxy names who signed in with it, and by what it proves that it is the one;
        empty where people sign in with a provider.
    """

    def __init__(
        self, app: ASGIApp, site: Site, claim: str = "email", header: str = "", secret: str = ""
    ) -> None:
        self._app, self._site, self._claim = app, site, claim
        self._header, self._secret = header, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it as the sign-in needs."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        kind = self._kind(scope)
        found = self._identity(scope)
        scope = self._bare(scope)
        if kind is _Kind.EVERYONE:
            if found is not None and scope["path"] == f"{self._site.base}/{SIGN_OUT}":
                await run_in_threadpool(_sign_out, found)
            await self._app(scope, receive, self._admitting_to_links(scope, send))
            return
        if kind is _Kind.SIGN_IN:
            await self._begin(scope)(scope, receive, send)
            return
        try:
            person, over, administrators = await run_in_threadpool(_look_up, found)
        except (*OUT_OF_REACH, StoreError):
            _LOGGER.exception("the database is out of reach")
            away = small_pages.away()
            await _page(away.text, away.status)(scope, receive, send)
            return
        if person is not None and found is not None and person.may(_permission(kind)):
            answer = self._return(scope) if kind is _Kind.DOCUMENT else None
            await (answer or self._app)(_sealed(scope, found), receive, send)
        elif kind is _Kind.LINK and self._came_by_link(scope):
            await self._app(scope, receive, send)
        elif kind is _Kind.DOCUMENT or self._is_shared(scope):
            if self._is_shared(scope) and (link := self._link(scope)):
                await RedirectResponse(link, 303, _PRIVATE)(scope, receive, send)
                return
            page = sign_in_page.of(
                Speaker(asked_language(scope)),
                account=found.account if found and not over else "",
                over=over,
                administrators=administrators,
                begin="" if self._header else self._begin_at(scope),
                end="" if self._header else f"{self._site.base}/{SIGN_OUT}",
                switch=_in_other_language(scope),
            )
            status = 403 if found and not over else 401
            await _page(page, status)(scope, receive, send)
        else:
            say = Speaker(asked_language(scope))
            await PlainTextResponse(say("people.refused"), 403)(scope, receive, send)

    def _kind(self, scope: Scope) -> _Kind:
        path, base = scope["path"], f"{self._site.base}/"
        if path.startswith(self._site.links):
            return _Kind.EVERYONE
        inside = path.removeprefix(base)
        if inside.startswith(_FRAME) or inside in _OPEN or inside.startswith(_INSIDE):
            return _Kind.EVERYONE
        if inside == SIGN_IN and scope["type"] == "http":
            return _Kind.SIGN_IN
        if inside.startswith("_stcore/upload_file/"):
            return _Kind.UPLOAD
        if self._is_shared(scope) or inside == "_stcore/stream" or inside.startswith("media/"):
            return _Kind.LINK
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        return _Kind.DOCUMENT if reads and not inside.startswith("_stcore/") else _Kind.OTHER

    def _is_shared(self, scope: Scope) -> bool:
        path: str = scope["path"]
        return scope["type"] == "http" and path.rstrip("/") == f"{self._site.base}/{SHARED}"

    def _identity(self, scope: Scope) -> Identity | None:
        if self._header:
            return self._named_by_proxy(Headers(scope=scope))
        return self._named_by_provider(HTTPConnection(scope).cookies)

    def _named_by_proxy(self, headers: Headers) -> Identity | None:
        given = headers.get(SECRET_HEADER, "").encode("latin-1")
        named = headers.get(self._header, "").encode("latin-1").decode("utf-8", "replace")
        if not named or not hmac.compare_digest(given, self._secret.encode()):
            return None
        return Identity(named, clock.now())

    def _named_by_provider(self, cookies: Mapping[str, str]) -> Identity | None:
        def cookie(name: str) -> bytes | None:
            value = cookies.get(name)
            if value is None:
                return None
            return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1"))

        kept = get_cookie_with_chunks(cookie, USER_COOKIE_NAME)
        claims = json.loads(kept) if kept else {}
        account, issued = claims.get(self._claim), claims.get("iat")
        # Some providers write it as a text.
        verified = str(claims.get("email_verified", True)).lower() == "true"
        unsure = self._claim == "email" and not verified
        if not isinstance(account, str) or not isinstance(issued, int | float) or unsure:
            return None
        return Identity(account, datetime.fromtimestamp(int(issued), UTC))

    def _bare(self, scope: Scope) -> Scope:
        """Return a request without what only this module and the proxy may say."""
        named = (HEADER, OWNER_HEADER, SECRET_HEADER, self._header)
        own = {name.lower().encode() for name in named}
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in own]
        return {**scope, "headers": headers}

    def _begin_at(self, scope: Scope) -> str:
        """Return where signing in begins for who wanted to go where the request does."""
        # What opens a link is in the address of its page: that is for no cookie and no log.
        own = self._site.root if self._is_shared(scope) else _asked_for(scope)
        wanted = quote(own, safe="")
        language = asked_language(scope)
        return f"{self._site.base}/{SIGN_IN}?next={wanted}&lang={language}"

    def _begin(self, scope: Scope) -> Response:
        """Send a browser to the provider, and have it keep where it wanted to go."""
        if self._header:
            return RedirectResponse(self._site.root, 303)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        response = RedirectResponse(generate_login_redirect_url("default"), 303)
        response.headers["Cache-Control"] = "no-store"
        wanted = query.get("next", [""])[0]
        if self._is_own(wanted):
            kept = _signer(_RETURN).dumps(wanted)
            _keep(response, _RETURN, kept, _RETURN_SECONDS, self._site, scope)
        return response

    def _is_own(self, address: str) -> bool:
        """Whether an address is a path of this app, as every browser reads it."""
        parts = urlsplit(address)
        return (
            address.startswith(f"{self._site.base}/")
            and not address.startswith("//")
            and not (parts.scheme or parts.netloc)
            and address.isprintable()
            and "\\" not in address
            and len(address) <= _LONGEST_RETURN
        )

    def _return(self, scope: Scope) -> Response | None:
        """Send who has just signed in to where they wanted to go."""
        kept = HTTPConnection(scope).cookies.get(_RETURN)
        if kept is None or scope["path"].rstrip("/") != self._site.base:
            return None
        try:
            wanted = _signer(_RETURN).loads(kept, max_age=_RETURN_SECONDS)
        except BadData:
            wanted = ""
        if not isinstance(wanted, str) or not self._is_own(wanted):
            wanted = self._site.root
        response = RedirectResponse(wanted, 303, _PRIVATE)
        response.delete_cookie(_RETURN, path=self._site.root)
        return response

    def _came_by_link(self, scope: Scope) -> bool:
        kept = HTTPConnection(scope).cookies.get(_VISITOR, "")
        try:
            _signer(_VISITOR).loads(kept, max_age=_VISITOR_SECONDS)
        except BadData:
            return False
        return True

    def _link(self, scope: Scope) -> str:
        """Return the link by which the interactive page is entered; empty if that was tried."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        token = query.get("t", [""])[0]
        if not token or ENTERED in query:
            return ""
        return f"{self._site.link(token)}?lang={asked_language(scope)}&as=live"

    def _admitting_to_links(self, scope: Scope, send: Send) -> Send:
        """Give who is sent from a link to its interactive page the cookie of a visitor."""
        shared = f"{self._site.base}/{SHARED}?"

        async def send_admitting(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                if headers.get("location", "").startswith(shared):
                    visitor = Response()
                    kept = _signer(_VISITOR).dumps("")
                    _keep(visitor, _VISITOR, kept, _VISITOR_SECONDS, self._site, scope)
                    headers.append("set-cookie", visitor.headers["set-cookie"])
                    message = {**message, "headers": headers.raw}
            await send(message)

        return send_admitting if scope["path"].startswith(self._site.links) else send


def _sign_out(found: Identity) -> None:
    """End a sign-in at every process: copies of its cookie, which is Streamlit's, end with it."""
    try:
        store().people.sign_out(found.account, found.since, clock.now())
    except (*OUT_OF_REACH, StoreError):
        _LOGGER.exception("a sign-out is not kept: a copy of the cookie counts until it is over")


def _look_up(found: Identity | None) -> tuple[Person | None, bool, tuple[str, ...]]:
    """Return who signed in and has a role, else whether that is over, and who gives roles."""
    people, over = store().people, False
    if found is not None:
        over = found.is_over(clock.now())
        person = None if over else people.find(found.account, found.since)
        if person is not None:
            return person, over, ()
        over = over or people.has_signed_out(found.account, found.since)
    administrators = (who.name for who in people.listed() if who.role is Role.ADMINISTRATOR)
    return None, over, tuple(administrators)


def _permission(kind: _Kind) -> Permission:
    return Permission.SAVE_SCENARIOS if kind is _Kind.UPLOAD else Permission.READ


def _sealed(scope: Scope, found: Identity) -> Scope:
    named = [
        (HEADER.lower().encode(), found.sealed().encode()),
        (OWNER_HEADER.lower().encode(), quote(found.account, safe="").encode()),
    ]
    return {**scope, "headers": [*scope["headers"], *named], ACCOUNT: found.account}


def _asked_for(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    path: str = quote(scope["path"])
    whole = f"{path}?{query}" if query else path
    return whole if len(whole) <= _LONGEST_RETURN else path


def _in_other_language(scope: Scope) -> str:
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    kept = [(name, value) for name, value in query if name != "lang"]
    return f"?{urlencode([*kept, ('lang', asked_language(scope).other)])}"


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(get_cookie_secret(), salt=purpose)


def _keep(
    response: Response, name: str, kept: str | bytes, seconds: int, site: Site, scope: Scope
) -> None:
    response.set_cookie(
        name,
        kept if isinstance(kept, str) else kept.decode(),
        max_age=seconds,
        path=site.root,
        secure=scope.get("scheme") in ("https", "wss"),
        httponly=True,
        samesite="lax",
    )


def _page(text: str, status: int) -> Response:
    return Response(text, status, _PRIVATE, "text/html")
