"""Whether a process can answer with figures, for whoever restarts processes one after another.

``/_stcore/health`` says that a process is alive. It goes on saying so while the database is away,
for a restart would not bring that back; ``/ready`` does not.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.store.connection import OUT_OF_REACH
from data.store.errors import StoreError
from ui.frame.site import Site
from ui.frame.store import store


def readiness_route(site: Site) -> Route:
    """Return the route that answers 200 where the newest vintage can be read, else 503."""
    return Route(site.ready, _answer)


async def _answer(_: Request) -> Response:
    reason = await run_in_threadpool(_what_is_missing)
    ready = not reason
    return PlainTextResponse(
        "ready" if ready else f"not ready: {reason}",
        200 if ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _what_is_missing() -> str:
    try:
        store().check()
    except OUT_OF_REACH:
        return "the database is out of reach"
    except StoreError as error:
        return str(error)
    return ""
