"""The server of an office: what a client that is slow, silent or greedy may hold has limits.

uvicorn waits without end for the head of a request and for its body, and opens websockets past its
own limit of connections. The limits here hold also where no proxy stands in front.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, ClassVar

import h11
import streamlit as st
import uvicorn
from click import ClickException
from starlette.types import ASGIApp
from streamlit import config
from streamlit.web.bootstrap import load_config_options
from streamlit.web.cli import main_run
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN = 10.0
"""Seconds for the head of a request, from its first byte or the opening of the connection."""
SILENT = 20.0
"""Seconds between two parts of a body."""
BODY_WITHIN = 120.0
"""Seconds for all of a body."""
UNFINISHED = 200
"""Connections of which the head is not whole; one more, and the oldest is closed."""
CONNECTIONS = 1000
STOPPING = 10
"""Seconds that open requests have to end after SIGTERM."""
PING = 30
"""Seconds between two questions whether a websocket's reader is still there."""

_NO_OPTIONS = ("target", "args")
_LOGGER = logging.getLogger(__name__)


class LimitedConnection(H11Protocol):
    """A connection of uvicorn that is closed where the client keeps it waiting."""

    unfinished: ClassVar[dict[LimitedConnection, None]] = {}
    _timer: asyncio.TimerHandle | None = None
    _body_ends = 0.0
    _upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the head of the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what came, and wait for the rest no longer than it may take."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Refuse a websocket where too much is open already."""
        if len(self.connections) > CONNECTIONS:
            self.transport.write(
                b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n"
                b"Content-Length: 0\r\n\r\n"
            )
            self.transport.close()
            return
        super().handle_websocket_upgrade(event)
        self._upgraded = True

    def _watch(self) -> None:
        """Give the client its time for what is missing of its request."""
        awaited = self.conn.their_state
        if self._upgraded or self.transport.is_closing():
            self._stop_waiting()
        elif awaited is h11.IDLE:
            if self not in self.unfinished:
                self._stop_waiting()
                self._await_head()
        elif awaited is h11.SEND_BODY:
            if self in self.unfinished or self._timer is None:
                self._body_ends = self.loop.time() + BODY_WITHIN
            self._stop_waiting()
            self._await_body()
        else:
            self._stop_waiting()

    def _await_head(self) -> None:
        self.unfinished[self] = None
        self._timer = self.loop.call_later(HEAD_WITHIN, self._close, "the head of a request")
        if len(self.unfinished) > UNFINISHED:
            next(iter(self.unfinished))._close("the head of a request, as do too many others")

    def _await_body(self) -> None:
        until = min(self.loop.time() + SILENT, self._body_ends)
        self._timer = self.loop.call_at(until, self._end_of_body)

    def _end_of_body(self) -> None:
        if self.flow.read_paused and self.loop.time() < self._body_ends:
            self._await_body()  # the app takes its time, not the client
        else:
            self._close("the body of a request")

    def _close(self, awaited: str) -> None:
        _LOGGER.info("closed a connection that keeps %s waiting", awaited)
        self._stop_waiting()
        self.transport.abort()

    def _stop_waiting(self) -> None:
        self.unfinished.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def take_options(arguments: Sequence[str]) -> None:
    """Take Streamlit's options from the environment and from arguments, as ``streamlit run`` does.

    Raises
    ------
    SystemExit
        If there is no such option.
    """
    try:
        read = main_run.make_context("serve.py", ["serve.py", *arguments])
    except ClickException as refused:
        refused.show()
        raise SystemExit(refused.exit_code) from None
    options = {name: value for name, value in read.params.items() if name not in _NO_OPTIONS}
    load_config_options(options)


def take_allowed_hosts() -> list[str]:
    """Return the names that ``server.allowedHosts`` gives, and look after them from now on.

    Streamlit would refuse websockets to this machine that are called by no such name.
    """
    named: list[str] = st.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", [], "foreign_origin.py looks at Host")
    return named


def configuration(app: ASGIApp, **changes: Any) -> uvicorn.Config:
    """Return how an app is served: at address and port of Streamlit's options, within limits."""
    options: dict[str, Any] = {
        "host": st.get_option("server.address"),
        "port": st.get_option("server.port"),
        "http": LimitedConnection,
        "ws": "websockets-sansio",
        "ws_max_size": st.get_option("server.maxMessageSize") * 1024 * 1024,
        "ws_per_message_deflate": st.get_option("server.enableWebsocketCompression"),
        "ws_ping_interval": PING,
        "ws_ping_timeout": PING,
        "limit_concurrency": CONNECTIONS,
        "timeout_graceful_shutdown": STOPPING,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }
    return uvicorn.Config(app, **options | changes)
