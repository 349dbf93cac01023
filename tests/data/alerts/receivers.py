"""Receiving ends of alerts on this machine: a web server and a mail server that keep what came."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

ANSWER = b'{"errcode":0,"errmsg":"ok"}'
HEAD = b"HTTP/1.1 200 OK\r\nX-Long: " + 100 * b"x" + b"\r\nContent-Length: 0\r\n\r\n"


def trickle(send: Callable[[bytes], object], told: bytes, pause: float) -> None:
    """Send bytes one by one with a pause before each, as long as somebody takes them."""
    with suppress(OSError):
        for place in range(len(told)) if pause else ():
            sleep(pause)
            send(told[place : place + 1])
        if not pause:
            send(told)


@dataclass
class Hook:
    """A web server: what it was posted, and how it answers."""

    port: int = 0
    posts: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    status: int = 200
    answer: bytes = ANSWER
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    """Seconds before each byte of the answer."""
    pause_in_head: float = 0.0
    """Seconds before each byte of what comes before the answer."""
    arrived: Callable[[], object] = lambda: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def documents(self) -> list[Any]:
        return [document for _, _, document in self.posts]


@contextmanager
def web_server() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.posts.append((self.path, dict(self.headers), json.loads(body)))
            hook.arrived()
            if hook.pause_in_head:
                trickle(self.wfile.write, HEAD, hook.pause_in_head)
                return
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.end_headers()
            trickle(self.wfile.write, hook.answer, hook.pause)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(0.01))
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Post:
    """A mail server: what came to whom, and which senders and recipients it refuses."""

    port: int = 0
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    users: list[bytes] = field(default_factory=list)
    parting: str = "221 Bye"
    hangs_up: str = ""
    """The command after which it closes the connection without an answer."""
    pause: float = 0.0
    """Seconds before it says that it has taken a mail."""

    def _answer(self, server: SMTP, step: str) -> str:
        if step == self.hangs_up:
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return self.parting

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such sender SECRET"
        envelope.mail_from = address
        return self._answer(server, "MAIL")

    async def handle_RCPT(  # noqa: N802  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox SECRET"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((list(envelope.rcpt_tos), mail))
        await asyncio.sleep(self.pause)
        return self._answer(server, "DATA")

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.users.append(data.login)
        return AuthResult(success=data.password == b"SECRET", handled=False)


class _AnyPort(Controller):
    """A mail server at whatever port the system gives it."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(*, signs_in: bool = True) -> Iterator[Post]:
    post = Post()
    controller = _AnyPort(
        post, "127.0.0.1", 0, authenticator=post.authenticate if signs_in else None,
        auth_require_tls=not signs_in,
    )  # fmt: skip
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


@contextmanager
def slow_mail_server(greeting: bytes, pause: float) -> Iterator[int]:
    """Greet whoever connects byte by byte; yield the port."""

    def greet(connection: socket.socket) -> None:
        with connection:
            trickle(connection.sendall, greeting, pause)

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            with suppress(OSError):  # it is closed
                greet(server.accept()[0])

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join()
