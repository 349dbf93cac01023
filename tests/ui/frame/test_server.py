"""The server lets go of clients that keep it waiting, and answers the others meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from ui.frame import server
from ui.frame.server import LimitedConnection, configuration


async def length(request: Request) -> PlainTextResponse:
    """Answer how long a body is."""
    try:
        return PlainTextResponse(str(len(await request.body())))
    except ClientDisconnect:
        return PlainTextResponse("")


async def echo(session: WebSocket) -> None:
    """Send back what comes."""
    await session.accept()
    async for text in session.iter_text():
        await session.send_text(text)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve at a port, with little patience."""
    for name, value in (("HEAD_WITHIN", 0.4), ("SILENT", 0.3), ("BODY_WITHIN", 0.8)):
        monkeypatch.setattr(server, name, value)
    app = Starlette(routes=[Route("/", length, methods=["GET", "POST"]), WebSocketRoute("/", echo)])
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        serving = uvicorn.Server(configuration(app, lifespan="off"))
        thread = Thread(target=serving.run, args=([listening],))
        thread.start()
        while not serving.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        serving.should_exit = True
        thread.join(10)
    assert not LimitedConnection.unfinished


def opened(port: int, sent: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=5)
    client.sendall(sent)
    return client


def drip(client: socket.socket, part: bytes, every: float) -> float:
    """Send parts until the server closes; return the seconds until then."""
    began = time.monotonic()
    client.settimeout(every)
    while time.monotonic() - began < 5:
        try:
            client.sendall(part)
            if not client.recv(99):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


def is_let_go(client: socket.socket) -> bool:
    try:
        return client.recv(9) == b""
    except ConnectionResetError:
        return True


def is_answered(client: socket.socket, end: bytes) -> bool:
    found = b""
    while not found.endswith(end) and (part := client.recv(999)):
        found += part
    return found.endswith(end)


def answered(port: int, head: bytes = b"GET / HTTP/1.1\r\n") -> bytes:
    with opened(port, head + b"Host: localhost\r\nConnection: close\r\n\r\n") as client:
        return b"".join(iter(lambda: client.recv(999), b""))


POSTED = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"


def test_a_head_that_does_not_end_is_given_up(port: int) -> None:
    with opened(port) as silent, opened(port, b"GET / HTTP/1.1\r\n") as client:
        assert drip(client, b"X: y\r\n", 0.1) == pytest.approx(0.5, abs=0.3)
        assert is_let_go(silent)


def test_a_body_that_stops_or_drips_is_given_up_and_a_slow_one_is_taken(port: int) -> None:
    with opened(port, POSTED) as silent:
        began = time.monotonic()
        assert is_let_go(silent)
        assert time.monotonic() - began == pytest.approx(0.3, abs=0.2)
    with opened(port, POSTED) as client:
        assert drip(client, b"x", 0.1) == pytest.approx(0.9, abs=0.3)
    with opened(port, POSTED) as client:
        for _ in range(5):
            client.sendall(b"x" * 100)
            time.sleep(0.1)
        assert is_answered(client, b"500")


def test_a_connection_serves_again_after_a_body(port: int) -> None:
    with opened(port) as client:
        for _ in range(2):
            client.sendall(POSTED + b"x" * 500)
            assert is_answered(client, b"500")
        time.sleep(0.5)
        client.sendall(POSTED + b"x" * 500)
        assert is_answered(client, b"500")


def test_who_opens_too_many_loses_the_oldest(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "UNFINISHED", 20)
    monkeypatch.setattr(server, "HEAD_WITHIN", 5.0)
    with ExitStack() as stack:
        clients = [stack.enter_context(opened(port, b"GET /")) for _ in range(25)]
        assert answered(port).endswith(b"0")
        assert is_let_go(clients[0])
        clients[-1].setblocking(False)
        with pytest.raises(BlockingIOError):
            clients[-1].recv(9)


def test_a_websocket_may_be_silent_for_longer_than_a_request(port: int) -> None:
    with connect(f"ws://127.0.0.1:{port}/") as session:
        time.sleep(1.2)
        session.send("still here")
        assert session.recv(timeout=5) == "still here"


def test_no_websocket_is_opened_past_the_limit(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 0)
    asked = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n"
    with opened(port, asked + b"Connection: upgrade\r\nHost: localhost\r\n\r\n") as client:
        assert b"503" in client.recv(99)
