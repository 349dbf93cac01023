"""The time that a channel has for a message, and what is raised where one was not sent.

A channel that has not answered within ``WITHIN`` is not waited for, however much of an answer keeps
coming. Why a message could not be sent is told without the address, which may hold a secret, and
without the answer, which may repeat it.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

from data.store.alert_deliveries import DeliveryReason, Obstacle

WITHIN = 15.0
"""Seconds that a channel has to take a message, from the first connection to the last answer."""
TO_CONNECT = WITHIN / 3
"""Of them, until there is a connection: a host that is not there does not answer at all."""
TOO_LATE = DeliveryReason(Obstacle.LATE, "no answer in time")


class NotSent(Exception):
    """Raised with the reason, which holds nothing of address, secret and answer."""

    def __init__(self, reason: DeliveryReason) -> None:
        super().__init__(reason.detail)
        self.reason = reason


class MayHaveArrived(NotSent):
    """Raised where a channel was sent a message, and the answer did not come."""


class Deadline:
    """Ends a connection when ``WITHIN`` is over.

    Limits of libraries are for each wait, so that one who sends a byte now and then is waited for
    without end. Shutting the connection down ends whatever waits for it in another thread.
    """

    def __init__(self) -> None:
        self.over = False
        self.under_way = False
        """Whether the channel was sent a part of the message, so that it may have all of it."""
        self._connection: socket.socket | None = None

    def watch(self, connection: socket.socket | None) -> None:
        """Watch the connection that is used from now on."""
        self._connection = connection
        if self.over:
            self._shut()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Watch each connection that httpx opens, or puts under TLS, until the message goes."""
        if event.endswith(".send_request_body.started"):
            self.under_way = True
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self.watch(told["return_value"].get_extra_info("socket"))

    def end(self) -> None:
        """Shut the connection that is watched, and each that follows."""
        self.over = True
        self._shut()

    def _shut(self) -> None:
        if self._connection is not None:
            with suppress(OSError):  # it has ended by itself
                self._connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def in_time() -> Iterator[Deadline]:
    """Watch over what is sent, from now on; raise NotSent where the time ended it."""
    deadline = Deadline()
    timer = Timer(WITHIN, deadline.end)
    timer.daemon = True
    timer.start()
    try:
        yield deadline
    except NotSent:
        if deadline.over:
            raise (MayHaveArrived if deadline.under_way else NotSent)(TOO_LATE) from None
        raise
    finally:
        timer.cancel()
