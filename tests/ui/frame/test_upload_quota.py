"""How much may be uploaded by one session, from one address and in all."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests import event_loop
from ui.frame import upload_quota
from ui.frame.site import Site
from ui.frame.upload_quota import IN_ALL, LARGEST, OF_ADDRESS, OF_SESSION, UploadQuota

HERE, THERE = "192.0.2.7", "192.0.2.8"


class Manager:
    """Keeps what is uploaded, as Streamlit does, or never ends receiving it."""

    def __init__(self) -> None:
        self.held: dict[str, int] = {}
        self.limits = UploadQuota(self.streamlit, Site("/outlook"), lambda: self.held)
        self.waiting: asyncio.Event | None = None
        self.heard: list[str] = []

    async def streamlit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.waiting:
            await self.waiting.wait()
        self.heard.append((await receive())["type"])
        headers = dict(scope["headers"])
        session = scope["path"].split("/")[-2]
        self.held[session] = self.held.get(session, 0) + int(headers[b"content-length"])
        await Response(None, 204)(scope, receive, send)

    async def put(
        self, session: str, size: object, address: str = HERE, method: str = "PUT", pause: float = 0
    ) -> int:
        """Return how an upload is answered."""
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(pause)
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": f"/outlook/_stcore/upload_file/{session}/file",
            "headers": [(b"content-length", str(size).encode())] if size is not None else [],
            "client": (address, 50_000),
        }
        await self.limits(scope, receive, send)
        status: int = sent[0]["status"]
        return status

    def put_many(self, *uploads: tuple[str, int, str]) -> list[int]:
        """Return how uploads are answered, one after the other."""
        return [event_loop.run(self.put(*upload)) for upload in uploads]


def test_a_session_an_address_and_all_have_room_for_so_much() -> None:
    manager = Manager()
    room = OF_SESSION // LARGEST
    answers = manager.put_many(*[("a", LARGEST, HERE)] * (room + 1))
    assert answers == [204] * room + [413]

    tabs = [(f"tab{number}", LARGEST, HERE) for number in range(20)]
    assert sum(manager.put_many(*tabs)[: OF_ADDRESS // LARGEST - room]) == 204 * (
        OF_ADDRESS // LARGEST - room
    )
    assert sum(manager.held.values()) == OF_ADDRESS

    others = [(f"other{number}", LARGEST, f"192.0.3.{number}") for number in range(20)]
    assert 413 in manager.put_many(*others)
    assert sum(manager.held.values()) == IN_ALL


def test_what_is_freed_makes_room() -> None:
    manager = Manager()
    manager.put_many(*[("a", LARGEST, HERE)] * 2)

    manager.held.clear()

    assert manager.put_many(("a", LARGEST, HERE)) == [204]


def test_what_is_on_its_way_counts() -> None:
    async def together() -> list[int]:
        manager = Manager()
        manager.waiting = asyncio.Event()
        uploads = [asyncio.create_task(manager.put("a", LARGEST)) for _ in range(5)]
        await asyncio.sleep(0)
        manager.waiting.set()
        return await asyncio.gather(*uploads)

    assert sorted(event_loop.run(together())) == [204, 204, 413, 413, 413]


@pytest.mark.parametrize(
    ("size", "status"), [(None, 411), ("", 411), ("-1", 411), ("x", 411), (LARGEST + 1, 413)]
)
def test_an_upload_says_its_length(size: object, status: int) -> None:
    assert event_loop.run(Manager().put("a", size)) == status


def test_an_upload_that_does_not_arrive_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_quota, "SLOWEST", 0.01)
    manager = Manager()

    event_loop.run(manager.put("a", 1, pause=5))

    assert manager.heard == ["http.disconnect"]


def test_whatever_is_no_upload_passes() -> None:
    assert event_loop.run(Manager().put("a", LARGEST + 1, method="DELETE")) == 204
