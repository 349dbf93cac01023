"""Bounded threads and results of links, so that a flood leaves the rest of the app alone.

Each kind of request has a pool of its own: who reads does not wait for who tries passphrases or
has a file made. Where too many wait already, the next is sent away at once, whatever link it is
for.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Busy(Exception):
    """Raised where too many wait already."""


class BoundedPool:
    """So many threads, and so many requests that may wait; of one visitor only ``each``."""

    def __init__(self, name: str, threads: int, waiting: int, each: int | None = None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"link_{name}")
        self._places, self._each = threads + waiting, each or threads + waiting
        self._taken: Counter[str] = Counter()
        self._looking = Lock()

    async def run(self, answer: Callable[[], Answer], visitor: str = "") -> Answer:
        """Return an answer that is made in one of the threads.

        Raises
        ------
        Busy
            If as many wait as may, or as many of this visitor.
        """
        with self._looking:
            if self._taken.total() >= self._places or self._taken[visitor] >= self._each:
                raise Busy
            self._taken[visitor] += 1
        try:
            made = self._threads.submit(copy_context().run, answer)
        except BaseException:
            self._release(visitor)
            raise
        # Not when the request ends: one that is broken off leaves its thread at work.
        made.add_done_callback(lambda _: self._release(visitor))
        return await asyncio.wrap_future(made)

    def _release(self, visitor: str) -> None:
        with self._looking:
            self._taken[visitor] -= 1
            if not self._taken[visitor]:
                del self._taken[visitor]


Made = TypeVar("Made")


class MadeOnce(Generic[Made]):
    """The last things made, by what they were made of."""

    def __init__(self, most: int, patience: float) -> None:
        self._most, self._patience = most, patience
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._looking, self._making = Lock(), Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept under a key, or make it.

        Raises
        ------
        Busy
            If others are being made for longer than patience lasts, in seconds.
        """
        if (found := self._find(key)) is not None:
            return found
        if not self._making.acquire(timeout=self._patience):
            raise Busy
        try:
            if (found := self._find(key)) is None:
                found = make()
                self._keep(key, found)
            return found
        finally:
            self._making.release()

    def cache_clear(self) -> None:
        """Forget everything."""
        with self._looking:
            self._made.clear()

    def _find(self, key: Hashable) -> Made | None:
        with self._looking:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def _keep(self, key: Hashable, made: Made) -> None:
        with self._looking:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
