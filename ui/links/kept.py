"""What is costly is made once and one at a time; what is made already waits for nobody."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from ui.links.desk import Busy

Made = TypeVar("Made")


class Kept(Generic[Made]):
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
