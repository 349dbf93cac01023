"""What is made once waits for nobody later; what is made at once is one at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from ui.links.queue import Busy, MadeOnce


def make(made: list[str], name: str) -> Callable[[], bytes]:
    def making() -> bytes:
        made.append(name)
        return name.encode()

    return making


def test_each_thing_is_made_once_and_the_longest_unused_is_forgotten() -> None:
    kept: MadeOnce[bytes] = MadeOnce(2, patience=1)
    made: list[str] = []

    got = [kept.get(name, make(made, name)) for name in ("a", "b", "a", "c", "a", "b")]

    assert got == [b"a", b"b", b"a", b"c", b"a", b"b"]
    assert made == ["a", "b", "c", "b"]
    kept.cache_clear()
    kept.get("a", make(made, "a"))
    assert made[-1] == "a"


def test_what_is_made_already_does_not_wait_for_what_is_being_made() -> None:
    kept: MadeOnce[bytes] = MadeOnce(2, patience=0)
    begun, done = Event(), Event()

    def slowly() -> bytes:
        begun.set()
        assert done.wait(30)
        return b"slow"

    kept.get("a", lambda: b"a")
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(kept.get, "slow", slowly)
        assert begun.wait(30)
        assert kept.get("a", lambda: b"anew") == b"a"
        with pytest.raises(Busy):
            kept.get("b", lambda: b"b")
        done.set()

    assert slow.result() == b"slow"
    assert kept.get("b", lambda: b"b") == b"b"


def test_what_others_made_while_one_waited_is_not_made_again() -> None:
    kept: MadeOnce[bytes] = MadeOnce(2, patience=30)
    begun, done = Event(), Event()
    made: list[str] = []

    def slowly() -> bytes:
        begun.set()
        assert done.wait(30)
        return make(made, "first")()

    with ThreadPoolExecutor(2) as others:
        first = others.submit(kept.get, "a", slowly)
        assert begun.wait(30)
        second = others.submit(kept.get, "a", make(made, "second"))
        done.set()

    assert first.result() == second.result() == b"first"
    assert made == ["first"]


def test_a_failure_is_not_kept_and_holds_nobody_up() -> None:
    kept: MadeOnce[bytes] = MadeOnce(2, patience=0)

    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: bytes(1 // 0))

    assert kept.get("a", lambda: b"a") == b"a"
