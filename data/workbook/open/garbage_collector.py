"""The garbage collector, kept still while a large file is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_within: list[bool] = []
"""Whether collection was on, for each that keeps it still at the moment."""


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep collection off: figures pile up and none can go, so looking through them is in vain.

    It was a quarter of the time of a reading. Reference counts free what is done with as ever;
    cycles of other sessions wait for the seconds that a reading takes.
    """
    with _LOCK:
        _within.append(gc.isenabled() if not _within else _within[0])
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _within.pop() and not _within:
                gc.enable()
