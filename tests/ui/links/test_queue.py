"""So many are answered at once, so many wait, and the next is sent away at once."""

from __future__ import annotations

import asyncio
from threading import Event, Lock, active_count

import pytest

from tests import event_loop
from ui.links.queue import BoundedPool, Busy


def test_no_more_threads_work_than_may_and_no_more_requests_wait() -> None:
    pool, done, lock, working = BoundedPool("test", 2, 3), Event(), Lock(), []

    def answer() -> int:
        with lock:
            working.append(len(working))
        assert done.wait(30)
        return 1

    async def ask() -> tuple[int, int]:
        before = active_count()
        asked = [asyncio.ensure_future(pool.run(answer)) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await pool.run(answer)
        while len(working) < 2:
            await asyncio.sleep(0.01)
        threads, at_once = active_count() - before, len(working)
        done.set()
        assert await asyncio.gather(*asked) == [1] * 5
        assert await pool.run(answer) == 1
        return threads, at_once

    assert event_loop.run(ask()) == (2, 2)


def test_who_breaks_off_leaves_the_place_only_when_the_thread_does() -> None:
    pool, begun, done = BoundedPool("test", 1, 0), Event(), Event()

    def answer() -> None:
        begun.set()
        assert done.wait(30)

    async def ask() -> None:
        asked = asyncio.ensure_future(pool.run(answer))
        while not begun.is_set():
            await asyncio.sleep(0.01)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with pytest.raises(Busy):
            await pool.run(answer)
        done.set()
        for _ in range(3000):
            try:
                return await pool.run(answer)
            except Busy:
                await asyncio.sleep(0.01)
        pytest.fail("the place was not left")

    event_loop.run(ask())


def test_a_failure_reaches_who_asked_and_gives_the_place_back() -> None:
    pool = BoundedPool("test", 1, 0)

    async def ask() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await pool.run(lambda: 1 // 0)

    event_loop.run(ask())
