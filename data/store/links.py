"""Links to issues: who has the token reads the issue, until the link expires or is revoked.

A link to an issue is called a ``Share``; links to scenarios are ``forecasting.scenario.link``.

**Token.** 256 random bits, shown once; the store keeps a hash, so nobody comes by a token who
reads the database or a backup of it.

**Attempts** that are wrong are counted in ``attempts``.

**One answer.** A token that is wrong, expired, revoked or deleted is answered alike, after the
same work: one query and, where a passphrase was given, one computation of a hash.

**Counting.** Whoever has shown the issue has it counted, for only then is it read: how often, not
by whom. A program that looks at a link for somebody, as a chat does to show a preview, is not
counted. Only counting and trying a passphrase write; looking at a link keeps no writer waiting.

**A database that only reads**, since it is locked, full or on a file system that is read-only,
serves links all the same: nothing is counted then but in the memory of this process.

**Tickets.** Whoever opened a link has a ticket to it (``tickets``), and is neither asked nor
counted again while it lasts.

**Deleting** a link revokes it and takes it off the lists with its label, which may name a person.
Its row stays: that there was a link, when, and how often it was opened is part of the record.

A store restored from a backup has the links as they stood then: those revoked since open again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, func, select, update

from data.store import audit, schema
from data.store.attempts import (
    ATTEMPTS,
    ATTEMPTS_ANYWHERE,
    ATTEMPTS_IN_ALL,
    VISITORS,
    Attempts,
    Budget,
)
from data.store.connection import OUT_OF_REACH, writing
from data.store.errors import (
    ShareLabelTooLong,
    ShareNeedsProtection,
    ShareOverAlready,
    ShareTooLong,
    ShareUnlabelled,
    UnknownShare,
)
from data.store.issues import StoredIssue, find_issue, is_unpublished
from data.store.passphrases import Lock, computing, lock, normalised, passphrase_fits
from data.store.people import Access
from data.store.permissions import Permission
from data.store.schema import can_be_number, in_utc, insert_rows
from data.store.tickets import (
    ticket_admits,
    ticket_is_to,
    ticket_to,
)
from data.store.tokens import Token, new_token, token_hash
from data.store.vintages import row_of

LONGEST_LABEL = 100
USUAL_DAYS = 30
"""Until a link expires, unless another day is chosen, or none where all is published."""
MOST_DAYS = 90
"""Until a link to unpublished figures expires at the latest; its last day counts whole."""
BRIEF = 2.0
"""Seconds that counting waits for other writers, while a reader waits for the page."""
_STRANGERS = "strangers"

_TABLE = schema.share
_COLUMN = _TABLE.c


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

    @property
    def confidential(self) -> bool:
        """Whether it may show what is not published: it asks for a passphrase, and expires soon.

        That holds for the issue, and for whatever is known on the day the link is opened.
        """
        return self.protected and self.expires_at is not None and not self.too_long

    @property
    def too_long(self) -> bool:
        """Whether it opens for longer than a link to unpublished figures may."""
        longest = timedelta(days=MOST_DAYS + 1)
        return self.expires_at is None or self.expires_at - self.created_at > longest

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
    remaining
        How many wrong passphrases it bears yet.
    until
        When a passphrase is looked at again, None if it is now.
    """

    remaining: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Access:
    """A link that is open, with what it takes to read its issue."""

    share: Share
    lock: Lock | None
    attempts: Attempts


class Shares:
    """The links to the issues of one store; safe to share between threads."""

    def __init__(self, access: Access) -> None:
        self._access, self._engine = access, access.engine

    def create(
        self, issue: int, *, label: str, now: datetime, expires_at: datetime | None = None,
        passphrase: str | None = None, author: str = "",
    ) -> tuple[Share, Token]:  # fmt: skip
        """Make a link to an issue; return it with its token, which cannot be shown again.

        Parameters
        ----------
        label
            What lists call it. Spaces around it are left out.
        expires_at
            From when on it no longer opens; None for never.
        passphrase
            Without regard to spaces around it and to full-width forms; a blank one is none.

        Raises
        ------
        ShareUnlabelled, ShareLabelTooLong, ShareOverAlready
        PassphraseTooShort, PassphraseTooPlain
            If one of these is not as a link needs it.
        TooManyPassphrases
            If too many are computed already.
        ShareNeedsProtection
            If the issue holds unpublished figures, and passphrase or expiry is missing.
        ShareTooLong
            If it holds such, and the link would open for more than ``MOST_DAYS``.
        UnknownIssue
            If there is no such issue.
        ValueError
            At a null character, or a moment without a time zone.
        """
        new, token = _new(issue, label, now, expires_at, passphrase), new_token()
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            return _make(connection, new, token, author), token

    def create_once(
        self, issue: int, token: Token, *, label: str, now: datetime,
        expires_at: datetime | None = None, passphrase: str | None = None, author: str = "",
        renew: bool = False,
    ) -> tuple[Share, bool]:  # fmt: skip
        """Make a link to an issue that ``token`` opens, unless one of its label is open already.

        Parameters
        ----------
        renew
            Make it all the same, and end those of its label with it, or neither.

        Returns
        -------
        tuple of Share and bool
            The link, and whether it was made; of several that stand the newest.

        Raises
        ------
        Exception
            As ``create`` does.
        """
        new = _new(issue, label, now, expires_at, passphrase)
        query = _kept().where(_COLUMN.issue == issue, _COLUMN.label == new.share.label)
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            every = map(_share_of, connection.execute(query.order_by(_COLUMN.id.desc())))
            standing = [share for share in every if share.opens(now)]
            if standing and not renew:
                return standing[0], False
            made = _make(connection, new, token, author)
            for old in standing:
                _revoke(connection, old, now, author)
            return made, True

    def of_token(self, token: str) -> Share | None:
        """Return the link that a token opens or opened, deleted ones too; None if it is of none."""
        with self._engine.connect() as connection:
            query = select(_TABLE).where(_COLUMN.token_sha256 == token_hash(token))
            row = connection.execute(query).one_or_none()
        return None if row is None else _share_of(row)

    def open(
        self, token: str, passphrase: str | None, now: datetime, *,
        visitor: str = "", ticket: str = "",
    ) -> Opened | Locked | None:  # fmt: skip
        """Open a link.

        Parameters
        ----------
        visitor
            Where the request comes from, such as a network address.
        ticket
            Of an earlier visit, which may be over: who has one is no stranger.

        Returns
        -------
        Opened, Locked or None
            The issue; that the passphrase is missing or wrong, or not looked at for a while;
            None where the token is wrong and where it is expired, revoked or deleted alike.

        Raises
        ------
        DamagedIssue
            If the document is not what was issued.
        TooManyPassphrases
            If a passphrase is given and too many are computed already, whatever the token.
        ValueError
            If ``now`` has no time zone.
        """
        now, given = in_utc(now), normalised(passphrase) is not None
        with self._engine.connect() as connection:
            access = _share_by_token(connection, token, now)
        attempt = _Attempt.of(token, access, visitor, ticket)
        lock = access.lock if access else None
        right = lock is None
        tried = attempt.fits(passphrase, access, now) if given else None
        if tried is not None:
            right = tried
        elif access is not None and lock is not None:
            return attempt.locked(access, now)
        if access is None:
            return None
        if lock is not None and not attempt.known:
            # A right passphrase waits its turn among the writers too: else who tries many at once
            # would learn of a right one before the wrong ones are counted.
            with suppress(*OUT_OF_REACH), writing(self._engine, BRIEF) as connection:
                return _opened_or_locked(connection, token, right, now, attempt, count=True)
        with self._engine.connect() as connection:
            return _opened_or_locked(connection, token, right, now, attempt)

    def resume(self, token: str, ticket: str, now: datetime) -> Opened | None:
        """Open a link that this reader has opened before; None if the ticket is not to it.

        Raises
        ------
        DamagedIssue
            If the document is not what was issued.
        """
        now = in_utc(now)
        with self._engine.connect() as connection:
            access = _share_by_token(connection, token, now)
            if access is None or not ticket_admits(ticket, token, access.lock, now):
                return None
            return Opened(access.share, find_issue(connection, access.share.issue), ticket)

    def knows(self, token: str, ticket: str, now: datetime) -> bool:
        """Return whether a ticket is to a link that opens, be it over or not."""
        with self._engine.connect() as connection:
            access = _share_by_token(connection, token, in_utc(now))
        return access is not None and ticket_is_to(ticket, token, access.lock)

    def count(self, share: int) -> None:
        """Count that a link was opened and its issue shown, where the database can be written."""
        kept = update(_TABLE).where(_COLUMN.id == share, _COLUMN.deleted_at.is_(None))
        with suppress(*OUT_OF_REACH), writing(self._engine, BRIEF) as connection:
            connection.execute(kept.values(opened=_COLUMN.opened + 1))

    def still_open(self, share: int, now: datetime) -> Share | None:
        """Return a link that was opened if it may be shown on.

        For a page that is open: it asks at each run, so that revoking is effective at the next.
        """
        now = in_utc(now)
        try:
            found = self.find(share)
        except UnknownShare:
            return None
        return found if found.opens(now) else None

    def find(self, share: int) -> Share:
        """Return a link, revoked or not.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with self._engine.connect() as connection:
            return _find(connection, share)

    def listed(self, issue: int | None = None) -> tuple[Share, ...]:
        """Return the links to an issue, or to any, the newest first; deleted ones are left out."""
        query = _kept().order_by(_COLUMN.id.desc())
        if issue is not None:
            if not can_be_number(issue):
                return ()
            query = query.where(_COLUMN.issue == issue)
        with self._engine.connect() as connection:
            return tuple(map(_share_of, connection.execute(query)))

    def revoke(self, share: int, now: datetime, author: str = "") -> Share:
        """End a link at once; ending one that is revoked changes nothing.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            found = _find(connection, share)
            return found if found.revoked_at else _revoke(connection, found, now, author)

    def delete(self, share: int, now: datetime, author: str = "") -> None:
        """End a link at once, take it off the lists and forget its label.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        now = in_utc(now)
        with self._access.writing(Permission.ISSUE) as connection:
            author = self._access.author(connection, author)
            revoked_at = _find(connection, share).revoked_at or now
            _record(connection, audit.Action.DELETION, share, author)
            _change(connection, share, revoked_at=revoked_at, deleted_at=now, label="")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A passphrase that somebody tries, and what it counts against.

    Attributes
    ----------
    known
        Whether it comes from who has read the link before.
    """

    known: bool
    budgets: tuple[Budget, ...]

    @classmethod
    def of(cls, token: str, access: _Access | None, visitor: str, ticket: str) -> Self:
        """Return the attempt of a visitor at a link, or at one that there is not."""
        link = token_hash(token)
        if access is not None and ticket and ticket_is_to(ticket, token, access.lock):
            return cls(True, (Budget(link, f"ticket {ticket}", ATTEMPTS),))
        budgets = [Budget(link, visitor, ATTEMPTS), Budget(link, _STRANGERS, ATTEMPTS_IN_ALL)]
        if visitor:
            budgets.append(Budget("", visitor, ATTEMPTS_ANYWHERE))
        return cls(False, tuple(budgets))

    def fits(self, passphrase: str | None, access: _Access | None, now: datetime) -> bool | None:
        """Return whether the passphrase is right, None if it is not looked at.

        It is taken from what is left while others that are computed wait, and given back if it is
        right: those of one office who enter at once do not use up what is left between them.
        """
        if self._closed(access, now):
            return None
        with computing():
            if not VISITORS.take(self.budgets, now):
                return None
            lock = access.lock if access else None
            right = passphrase_fits(passphrase, lock)
            if right and lock is not None:
                VISITORS.give_back(self.budgets)
            return right

    def _closed(self, access: _Access | None, now: datetime) -> bool:
        if access is not None and not self.known and access.attempts.until(now):
            return True
        return any(VISITORS.of(budget).until(now) for budget in self.budgets)

    def locked(self, access: _Access, now: datetime) -> Locked:
        """Return how many more are looked at, or when."""
        found = [VISITORS.of(budget) for budget in self.budgets]
        if not self.known:
            found.append(access.attempts)
        untils = [until for attempts in found if (until := attempts.until(now))]
        return Locked(min(one.remaining(now) for one in found), max(untils, default=None))


def _opened_or_locked(
    connection: Connection, token: str, right: bool, now: datetime, attempt: _Attempt, *,
    count: bool = False,
) -> Opened | Locked | None:  # fmt: skip
    """Return what came of an attempt, if it still counts; write a wrong one down."""
    access = _share_by_token(connection, token, now)
    if access is None:
        return None
    if access.lock is not None and not attempt.known and access.attempts.until(now):
        return attempt.locked(access, now)
    if right:
        issue = find_issue(connection, access.share.issue)
        return Opened(access.share, issue, ticket_to(token, access.lock, now))
    if count:
        failed = access.attempts.failed(now)
        access = replace(access, attempts=failed)
        cells = {"failures": failed.failures, "failing_since": failed.since}
        _change(connection, access.share.id, **cells)
    return attempt.locked(access, now)


def _share_by_token(connection: Connection, token: str, now: datetime) -> _Access | None:
    """Return where a token leads; None for one that is wrong, expired, revoked or deleted.

    The database looks for the hash of a token of 256 random bits: how far it compares says
    nothing about any token.
    """
    query = select(_TABLE).where(_COLUMN.token_sha256 == token_hash(token))
    row = connection.execute(query).one_or_none()
    if row is None or not (share := _share_of(row)).opens(now):
        return None
    attempts = Attempts(row.failures, row.failing_since, ATTEMPTS_IN_ALL)
    return _Access(share, _lock_of(row), attempts)


def _lock_of(row: Row[Any]) -> Lock | None:
    if row.passphrase_argon2 is not None:
        return Lock(row.passphrase_argon2)
    return None if row.salt is None else Lock.of_scrypt(row.salt, row.passphrase_scrypt)


def _find(connection: Connection, share: int) -> Share:
    """Return a link that was not deleted, revoked or not; raise UnknownShare if there is none."""
    query = _kept().where(_COLUMN.id == share)
    row = connection.execute(query).one_or_none() if can_be_number(share) else None
    if row is None:
        raise UnknownShare(share=share)
    return _share_of(row)


def _record(
    connection: Connection, action: audit.Action, share: int, author: str, **details: object
) -> None:
    audit.record(connection, action, f"link {share}", author, **details)


def _next_id(connection: Connection) -> int:
    """Return the number of a new link; that of a deleted one is not used again."""
    return (connection.scalar(select(func.max(_COLUMN.id))) or 0) + 1


def _change(connection: Connection, share: int, **cells: object) -> None:
    connection.execute(update(_TABLE).where(_COLUMN.id == share).values(cells))


def _kept() -> Select[Any]:
    return select(_TABLE).where(_COLUMN.deleted_at.is_(None))


def _share_of(row: Row[Any]) -> Share:
    names = [field.name for field in fields(Share) if field.name != "protected"]
    return Share(
        **{name: getattr(row, name) for name in names}, protected=_lock_of(row) is not None
    )


def _check_protection(share: Share) -> None:
    """Refuse a link to unpublished figures that is open to anybody, or for too long."""
    if not share.protected or share.expires_at is None:
        raise ShareNeedsProtection(number=share.issue)
    if share.too_long:
        raise ShareTooLong(days=MOST_DAYS)


@dataclass(frozen=True, slots=True)
class _NewShare:
    """A link before it has a number and an author, and what is kept of its passphrase."""

    share: Share
    lock: Lock | None


def _new(
    issue: int, label: str, now: datetime, expires_at: datetime | None, passphrase: str | None
) -> _NewShare:
    label, now = _checked(label), in_utc(now)
    expires_at = None if expires_at is None else in_utc(expires_at)
    if expires_at is not None and expires_at <= now:
        raise ShareOverAlready(expires_at=expires_at)
    kept = lock(passphrase)
    return _NewShare(Share(0, issue, label, "", now, expires_at, kept is not None), kept)


def _make(connection: Connection, new: _NewShare, token: Token, author: str) -> Share:
    share = replace(new.share, id=_next_id(connection), author=author)
    if is_unpublished(connection, share.issue):
        _check_protection(share)
    row = row_of(share) | {"token_sha256": token_hash(token), "failures": 0}
    del row["protected"]
    if new.lock is not None:
        row |= {"passphrase_argon2": new.lock.kept}
    _record(
        connection,
        audit.Action.LINK,
        share.id,
        author,
        issue=share.issue,
        protected=share.protected,
        expires_at=share.expires_at and share.expires_at.isoformat(),
    )
    insert_rows(connection, _TABLE, [row])
    return share


def _revoke(connection: Connection, share: Share, now: datetime, author: str) -> Share:
    revoked = replace(share, revoked_at=in_utc(now))
    _record(connection, audit.Action.REVOCATION, share.id, author)
    _change(connection, share.id, revoked_at=revoked.revoked_at)
    return revoked


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise ShareUnlabelled
    if len(label) > LONGEST_LABEL:
        raise ShareLabelTooLong(length=len(label), limit=LONGEST_LABEL)
    return label
