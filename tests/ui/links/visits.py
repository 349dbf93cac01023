"""Requests to links, answered by the routes alone, as a server would hand them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from data.store.store import Store
from tests import event_loop
from ui.frame.site import Site
from ui.links.routes import routes

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = (ROOT / "tests/forecasting/issues/examples/0.1.0.json").read_bytes()
"""An issue of the simulated zone with unpublished figures, as schema 1 wrote it."""
SITE = Site()
BROWSER = {"accept": "text/html", "accept-language": "zh-CN", "user-agent": "Mozilla/5.0"}


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by their small names, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def cookie(self) -> str:
        """What a browser sends back of a cookie."""
        return self.headers.get("set-cookie", "").partition(";")[0]


def visit(
    address: str,
    method: str = "GET",
    *,
    form: Mapping[str, str] | None = None,
    site: Site = SITE,
    **headers: str,
) -> Answer:
    """Send a request; headers are given with ``_`` for ``-``, an empty one is left out."""
    path, _, query = address.partition("?")
    sent = BROWSER | {name.replace("_", "-"): value for name, value in headers.items()}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST" if form is not None else method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    typed = urlencode(form or {}).encode()
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": typed, "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    # In a thread of its own: one that has driven a browser has a loop running already.
    event_loop.run(Starlette(routes=routes(site))(scope, receive, send))
    body = b"".join(part.get("body", b"") for part in said[1:])
    heads = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], heads, body)


def issue_example(store: Store, *, unpublished: bool = True, year: int = 2026) -> int:
    """Issue the example and return its number."""
    issued = store.issues.issue(
        "SAMPLE", year, EXAMPLE, store.latest_vintage(),
        issued_at=datetime.now(UTC), unpublished=unpublished, p_all=0.4, answers={"gdp": 0.5},
    )  # fmt: skip
    return issued.number
