"""Wrong passphrases that a link bears: from each visitor, and from all strangers.

They are counted for each visitor of a link, by address or by the ticket of an earlier visit, in the
memory of this process: after ``ATTEMPTS`` of them the link is closed to that visitor until
``WINDOW`` after the first. So a flood from one place keeps nobody else out. Over all strangers they
are counted in the database, over all processes: after ``ATTEMPTS_IN_ALL`` the link is closed to
whoever has not read it before. An attempt is taken from what is left before the passphrase is
computed, and given back if that was right: who tries many at once learns of no more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import NamedTuple

ATTEMPTS = 5
"""Wrong passphrases that a link bears of a visitor before it is closed to it for a window."""
ATTEMPTS_ANYWHERE = 20
"""The same of a visitor at any links, be there such or not."""
ATTEMPTS_IN_ALL = 50
"""The same of all who have not read the link before."""

WINDOW = timedelta(minutes=15)
"""Counted from the first wrong one."""
MOST_VISITORS = 10_000
"""Whose attempts a process remembers; the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passphrases tried in the window that runs, or ran last.

    Attributes
    ----------
    failures
        How many.
    since
        When the first of them was tried, None without any.
    most
        How many are borne.
    """

    failures: int = 0
    since: datetime | None = None
    most: int = ATTEMPTS

    def remaining(self, now: datetime) -> int:
        """Return how many wrong ones are borne yet."""
        return max(self.most - self.failures, 0) if self._runs(now) else self.most

    def until(self, now: datetime) -> datetime | None:
        """Return when a passphrase is looked at again, None if it is now."""
        return None if self.since is None or self.remaining(now) else self.since + WINDOW

    def failed(self, now: datetime) -> Attempts:
        """Return the attempts with another wrong one, which opens a window if none runs."""
        if self.since is None or not self._runs(now):
            return Attempts(1, now, self.most)
        return replace(self, failures=self.failures + 1)

    def withdrawn(self) -> Attempts:
        """Return the attempts without one that turned out to be right."""
        left = self.failures - 1
        return replace(self, failures=left) if left > 0 else Attempts(most=self.most)

    def _runs(self, now: datetime) -> bool:
        return self.since is not None and now < self.since + WINDOW


class Budget(NamedTuple):
    """Whose attempts are counted together: a visitor's or all strangers', at a link or at all."""

    link: str
    visitor: str
    most: int


class Visitors:
    """The attempts of visitors in this process: who came is kept for the window, and nowhere."""

    def __init__(self) -> None:
        self._attempts: OrderedDict[Budget, Attempts] = OrderedDict()
        self._lock = RLock()

    def of(self, budget: Budget) -> Attempts:
        """Return the attempts that were taken from a budget."""
        with self._lock:
            return self._attempts.get(budget, Attempts(most=budget.most))

    def take(self, budgets: Sequence[Budget], now: datetime) -> bool:
        """Take an attempt from every budget, or from none where one has none left."""
        with self._lock:
            if any(self.of(budget).until(now) for budget in budgets):
                return False
            for budget in budgets:
                self._attempts[budget] = self.of(budget).failed(now)
                self._attempts.move_to_end(budget)
            while len(self._attempts) > MOST_VISITORS:
                self._attempts.popitem(last=False)
            return True

    def give_back(self, budgets: Sequence[Budget]) -> None:
        """Give an attempt back to every budget."""
        with self._lock:
            for budget in budgets:
                self._attempts[budget] = self.of(budget).withdrawn()

    def forget(self) -> None:
        """Forget every attempt."""
        with self._lock:
            self._attempts.clear()


VISITORS = Visitors()
forget_attempts = VISITORS.forget
