"""Links to issues: who has the token reads the issue, until the link expires or is revoked.

**Token.** 256 random bits, shown once; the store keeps a hash, so nobody comes by a token who
reads the database or a backup of it.

**One answer.** A token that is wrong, expired, revoked or deleted is answered alike, after the
same work: one query and, where a passphrase was given, one computation of scrypt.

**Attempts.** Wrong passphrases are counted for each link in the database, over all processes.
After ``ATTEMPTS`` of them a link is closed until ``WINDOW`` after the first. The passphrase is
computed outside the transaction, which would keep other writers waiting, but what came out
counts only if attempts were left when it is written down: who tries many at once learns of no more.

**Counting.** Whoever has shown the issue has it counted, for only then is it read: how often, not
by whom. A program that looks at a link for somebody, as a chat does to show a preview, is not
counted. Only counting and trying a passphrase write; looking at a link keeps no writer waiting.

**Tickets.** Whoever opened a link has a ticket to it (``ticket``), and is neither asked nor
counted again while it lasts.

**Deleting** a link revokes it and takes it off the lists with its label, which may name a person.
Its row stays: that there was a link, when, and how often it was opened is part of the record.

A store restored from a backup has the links as they stood then: those revoked since open again.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from data.store import issue_rows, link_rows
from data.store.connection import writing
from data.store.errors import (
    ShareLabelTooLong,
    ShareNeedsProtection,
    ShareOverAlready,
    ShareTooLong,
    ShareUnlabelled,
)
from data.store.issued import Attempts, Locked, Opened, Share, Token, in_utc
from data.store.passphrase import fits, lock, typed
from data.store.ticket import admits, ticket_to

LONGEST_LABEL = 100
MOST_DAYS = 90
"""Until a link to unpublished figures expires at the latest; its last day counts whole."""

_TOKEN_BYTES = 32


class Shares:
    """The links to the issues of one store; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        label, now = _checked(label), in_utc(now)
        expires_at = None if expires_at is None else in_utc(expires_at)
        if expires_at is not None and expires_at <= now:
            raise ShareOverAlready(expires_at=expires_at)
        kept, token = lock(passphrase), Token(secrets.token_urlsafe(_TOKEN_BYTES))
        with writing(self._engine) as connection:
            unpublished = issue_rows.record_of(connection, issue).unpublished
            if unpublished:
                _guard(issue, protected=kept is not None, expires_at=expires_at, now=now)
            number, protected = link_rows.next_id(connection), kept is not None
            share = Share(number, issue, label, author, now, expires_at, protected)
            link_rows.append(connection, share, token, kept)
        return share, token

    def open(self, token: str, passphrase: str | None, now: datetime) -> Opened | Locked | None:
        """Open a link.

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
        now = in_utc(now)
        with self._engine.connect() as connection:
            door = link_rows.door(connection, token, now)
        if door and door.lock and (typed(passphrase) is None or door.attempts.until(now)):
            return _locked(door.attempts, now)
        right = fits(passphrase, door.lock if door else None)
        if door is None:
            return None
        return self._try(token, right, now) if door.lock else self._look(token, now)

    def resume(self, token: str, ticket: str, now: datetime) -> Opened | None:
        """Open a link that this reader has opened before; None if the ticket is not to it.

        Raises
        ------
        DamagedIssue
            If the document is not what was issued.
        """
        now = in_utc(now)
        with self._engine.connect() as connection:
            door = link_rows.door(connection, token, now)
            if door is None or not admits(ticket, token, door.lock, now):
                return None
            return Opened(door.share, issue_rows.find(connection, door.share.issue), ticket)

    def count(self, share: int) -> None:
        """Count that a link was opened and its issue shown."""
        with writing(self._engine) as connection:
            link_rows.count(connection, share)

    def if_open(self, share: int, now: datetime) -> Share | None:
        """Return a link that was opened if it may be shown on.

        For a page that is open: it asks at each run, so that revoking is effective at the next.
        """
        now = in_utc(now)
        with self._engine.connect() as connection:
            found = link_rows.kept(connection, share)
        return found if found is not None and found.opens(now) else None

    def find(self, share: int) -> Share:
        """Return a link, revoked or not.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with self._engine.connect() as connection:
            return link_rows.find(connection, share)

    def listed(self, issue: int | None = None) -> tuple[Share, ...]:
        """Return the links to an issue, or to any, the newest first; deleted ones are left out."""
        with self._engine.connect() as connection:
            return link_rows.listed(connection, issue)

    def revoke(self, share: int, now: datetime) -> Share:
        """End a link at once; ending one that is revoked changes nothing.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with writing(self._engine) as connection:
            found = link_rows.find(connection, share)
            if found.revoked_at is None:
                found = replace(found, revoked_at=in_utc(now))
                link_rows.change(connection, share, revoked_at=found.revoked_at)
            return found

    def delete(self, share: int, now: datetime) -> None:
        """End a link at once, take it off the lists and forget its label.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        now = in_utc(now)
        with writing(self._engine) as connection:
            revoked_at = link_rows.find(connection, share).revoked_at or now
            link_rows.change(connection, share, revoked_at=revoked_at, deleted_at=now, label="")

    def _look(self, token: str, now: datetime) -> Opened | None:
        """Return what a link without a passphrase leads to."""
        with self._engine.connect() as connection:
            door = link_rows.door(connection, token, now)
            return None if door is None else _opened(connection, door, token, now)

    def _try(self, token: str, right: bool, now: datetime) -> Opened | Locked | None:
        """Write down what came of an attempt, if it still counts.

        A right one waits its turn among the writers too: else who tries many at once would learn
        of a right one before the wrong ones are counted.
        """
        with writing(self._engine) as connection:
            door = link_rows.door(connection, token, now)
            if door is None:
                return None
            if door.attempts.until(now):
                return _locked(door.attempts, now)
            if right:
                return _opened(connection, door, token, now)
            failed = door.attempts.failed(now)
            link_rows.change(
                connection, door.share.id, failures=failed.failures, failing_since=failed.since
            )
            return _locked(failed, now)


def _opened(connection: Connection, door: link_rows.Door, token: str, now: datetime) -> Opened:
    issue = issue_rows.find(connection, door.share.issue)
    return Opened(door.share, issue, ticket_to(token, door.lock, now))


def _locked(attempts: Attempts, now: datetime) -> Locked:
    return Locked(attempts.left(now), attempts.until(now))


def _guard(issue: int, *, protected: bool, expires_at: datetime | None, now: datetime) -> None:
    """Refuse a link to unpublished figures that is open to anybody, or for too long."""
    if not protected or expires_at is None:
        raise ShareNeedsProtection(number=issue)
    if expires_at - now > timedelta(days=MOST_DAYS + 1):
        raise ShareTooLong(days=MOST_DAYS)


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise ShareUnlabelled
    if len(label) > LONGEST_LABEL:
        raise ShareLabelTooLong(length=len(label), limit=LONGEST_LABEL)
    return label
