"""Threads of their own for links, so that a flood of requests leaves the rest of the app be.

Each kind of request has a desk: who reads does not wait for who tries passphrases or has a file
made. Where too many wait already, the next is sent away at once, whatever link it is for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

RETRY_AFTER = 5
"""Seconds after which who is sent away may come again."""

Answer = TypeVar("Answer")


class Busy(Exception):
    """Raised where too many wait already."""


class Desk:
    """So many threads, and so many requests that may wait for them."""

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"link_{name}")
        self._places = BoundedSemaphore(threads + waiting)

    async def run(self, answer: Callable[[], Answer]) -> Answer:
        """Return an answer that is made in one of the threads.

        Raises
        ------
        Busy
            If as many wait as may.
        """
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            made = self._threads.submit(answer)
        except BaseException:
            self._places.release()
            raise
        # Not when the request ends: one that is broken off leaves its thread at work.
        made.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(made)
