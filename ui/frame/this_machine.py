"""The app without sign-in, which is for whoever sits at this machine and for nobody else.

Whoever reaches such an app reads and changes everything. It therefore listens on a loopback
address alone and answers no request that came from elsewhere, also not by way of a proxy. Links
are for others by design and guard themselves: they are answered to everyone.

A setting whose name says what it does, ``ANYONE_WHO_CONNECTS_MAY_CHANGE_EVERYTHING=yes``, lifts
both; so does a sign-in, with which each request is held to a role (``ui.people.guard``). What tells
of the inside of the server is for this machine even then.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.settings import OPEN_TO_ANYONE, SHORTEST_KEY
from ui.frame.foreign_origin import Hosts, is_this_machine
from ui.frame.served_page import asked_language
from ui.frame.site import Site
from ui.language import Speaker

ONLY_HERE = "this machine only: nobody signs in, so nobody else may connect"
ONLY_LINKS = "links alone, for whoever has one"
SIGNED_IN = "for those who sign in and have a role"
ANYONE = f"ANYONE WHO CONNECTS MAY CHANGE EVERYTHING: {OPEN_TO_ANYONE} is set"
_INSIDE = ("metrics", "script-health-check", "agent/")
_FORWARDED = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
)


def refuse_sign_in_without_effect(cookie_secret: str, *, open_to_anyone: bool) -> None:
    """End the program if people sign in, and others could do without.

    Raises
    ------
    SystemExit
        If the setting that lets anyone in is set as well, or a sign-in could be forged.
    """
    if open_to_anyone:
        raise SystemExit(f"Not started: people sign in, and {OPEN_TO_ANYONE} is set: remove it.")
    if len(cookie_secret) < SHORTEST_KEY:
        raise SystemExit(
            f"Not started: the cookie secret has {len(cookie_secret)} characters, and whoever "
            f"guesses it is anybody: give it at least {SHORTEST_KEY} (openssl rand -hex 32)."
        )


def refuse_to_listen_elsewhere(address: str | None) -> None:
    """End the program if an address to listen on is not of this machine alone.

    Raises
    ------
    SystemExit
        If others could reach the address; without any, Streamlit listens on all.
    """
    if address is None or not is_this_machine(address.strip("[]")):
        raise SystemExit(
            f"Not started: on {address or 'every address'} anyone who connects could read and "
            f"change everything, since nobody signs in. Serve this machine with --server.address "
            f"127.0.0.1, have people sign in, or set {OPEN_TO_ANYONE}=yes if that is meant "
            "(docs/operating.md)."
        )


class ThisMachineOnly:
    """ASGI middleware that answers 403 to other machines.

    To everyone it answers below ``links`` and, where the app is ``open_to_anyone``, all but what
    tells of the server.
    """

    def __init__(self, app: ASGIApp, site: Site, *, open_to_anyone: bool) -> None:
        self._app, self._site, self._open = app, site, open_to_anyone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        asked = scope["type"] in ("http", "websocket")
        if asked and not self._is_for_everyone(scope["path"]) and not _is_local(scope):
            say = Speaker(asked_language(scope))
            await PlainTextResponse(say("error.this_machine_only"), 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_for_everyone(self, path: str) -> bool:
        inside = (f"{self._site.base}/_stcore/{name}" for name in _INSIDE)
        return path.startswith(self._site.links) or (
            self._open and path != self._site.ready and not path.startswith(tuple(inside))
        )


def _is_local(scope: Scope) -> bool:
    """Return whether a request came from this machine, to this machine, and through nobody."""
    headers = Headers(scope=scope)
    client = scope.get("client")
    return (
        client is not None
        and is_this_machine(client[0])
        and headers.get("host", "") in Hosts()
        and not any(name in headers for name in _FORWARDED)
    )
