"""What is kept of an issue and of the links to it, and what opening a link comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

ATTEMPTS = 5
"""Wrong passphrases that a link bears before it is closed for the rest of the window."""

WINDOW = timedelta(minutes=15)
"""Counted from the first wrong one. Six digits stand for some three years of trying."""


class Token(str):
    """The secret part of a link, which is shown once and never in a ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return what logs and tracebacks may hold."""
        return "Token(...)"


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """What lists say of an issue.

    Attributes
    ----------
    number
        Counts from 1 over the whole store, without gaps.
    issued_at
        In UTC.
    issuer, author
        The unit that issued it, and who did so.
    vintage
        The vintage it was judged at.
    scenario
        Number and version of the saved scenario that was applied; None for the baseline, and
        for a scenario that nobody saved.
    unpublished
        Whether any figure in it was not published by then.
    sha256
        Of the document, in hexadecimal.
    """

    number: int
    area: str
    year: int
    issued_at: datetime
    issuer: str
    author: str
    vintage: int
    scenario: tuple[int, int] | None
    unpublished: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredIssue(IssueRecord):
    """An issue with its document, byte for byte as it was issued."""

    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class IssuedProbabilities:
    """What an issue answered, for when the year is over.

    Attributes
    ----------
    p_all
        The probability that every target which counts is met, None where none counts.
    answers
        The probability of each indicator's target, by indicator.
    """

    number: int
    issued_at: datetime
    year: int
    p_all: float | None
    answers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passphrases tried at a link in the window that runs, or ran last.

    Attributes
    ----------
    failures
        How many.
    since
        When the first of them was tried, None without any.
    """

    failures: int = 0
    since: datetime | None = None

    def left(self, now: datetime) -> int:
        """Return how many wrong ones the link bears yet."""
        return max(ATTEMPTS - self.failures, 0) if self._runs(now) else ATTEMPTS

    def until(self, now: datetime) -> datetime | None:
        """Return when a passphrase is looked at again, None if it is now."""
        return None if self.since is None or self.left(now) else self.since + WINDOW

    def failed(self, now: datetime) -> Attempts:
        """Return the attempts with another wrong one, which opens a window if none runs."""
        if self.since is None or not self._runs(now):
            return Attempts(1, now)
        return Attempts(self.failures + 1, self.since)

    def _runs(self, now: datetime) -> bool:
        return self.since is not None and now < self.since + WINDOW


@dataclass(frozen=True, slots=True)
class Share:
    """A link to an issue, without what opens it: of the token nothing but a hash is kept.

    Attributes
    ----------
    id
        Counts from 1 over the whole store.
    issue
        Number of the issue.
    label
        What lists call it.
    created_at, expires_at, revoked_at
        In UTC; the last two None where that never was. From the moment of its expiry on it no
        longer opens.
    protected
        Whether it asks for a passphrase.
    opened
        How often it was opened. By whom is not recorded.
    """

    id: int
    issue: int
    label: str
    author: str
    created_at: datetime
    expires_at: datetime | None
    protected: bool
    opened: int = 0
    revoked_at: datetime | None = None

    def expired(self, now: datetime) -> bool:
        """Return whether its time is over."""
        now = in_utc(now)
        return self.expires_at is not None and self.expires_at <= now

    def opens(self, now: datetime) -> bool:
        """Return whether it leads anywhere: neither revoked nor expired."""
        return not self.expired(now) and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that was opened, and the issue it leads to.

    Attributes
    ----------
    ticket
        Opens it for a while again, without the passphrase.
    """

    share: Share
    issue: StoredIssue
    ticket: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Locked:
    """A link that asks for its passphrase; nothing of the issue is told.

    Attributes
    ----------
    left
        How many wrong passphrases it bears yet.
    until
        When a passphrase is looked at again, None if it is now.
    """

    left: int
    until: datetime | None = None


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC.

    Raises
    ------
    ValueError
        If it says no time zone: what it means would depend on the machine.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment without its time zone")
    return moment.astimezone(UTC)
