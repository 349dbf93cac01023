"""Links to issues: who has the token reads the issue, until the link expires or is revoked.

**Token.** 256 random bits, shown once; the store keeps a hash, so nobody comes by a token who
reads the database or a backup of it.

**One answer.** A token that is wrong, expired, revoked or deleted is answered alike, after the
same work: one query and, where a passphrase was given, one computation of scrypt.

**Attempts.** Wrong passphrases are counted for each link in the database, over all processes.
After ``ATTEMPTS`` of them a link is closed until ``WINDOW`` after the first. The passphrase is
computed outside the transaction, which would keep other writers waiting, but what came out
counts only if attempts were left when it is written down: who tries many at once learns of no more.

**Counting.** A link is counted each time it is opened, not who opened it, and nothing is counted
where nothing opens. A program that looks at a link for somebody, as a chat does to show a preview,
is let in uncounted.

**Deleting** a link revokes it and takes it off the lists with its label, which may name a person.
Its row stays: that there was a link, when, and how often it was opened is part of the record.

A store restored from a backup has the links as they stood then: those revoked since open again.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from data import issue_rows, share_rows
from data.engine import writing
from data.issue_errors import (
    ShareLabelTooLong,
    ShareNeedsProtection,
    ShareOverAlready,
    ShareUnlabelled,
)
from data.issued import Attempts, Locked, Opened, Share, Token, in_utc
from data.passphrase import fits, lock, typed

LONGEST_LABEL = 100

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
        ShareUnlabelled, ShareLabelTooLong, ShareOverAlready, PassphraseTooShort
            If one of these is not as a link needs it.
        ShareNeedsProtection
            If the issue holds unpublished figures, and passphrase or expiry is missing.
        UnknownIssue
            If there is no such issue.
        ValueError
            At a null character, or a moment without a time zone.
        """
        label, now = _checked(label), in_utc(now)
        expires_at = None if expires_at is None else in_utc(expires_at)
        if expires_at is not None and expires_at <= now:
            raise ShareOverAlready(expires_at)
        kept, token = lock(passphrase), Token(secrets.token_urlsafe(_TOKEN_BYTES))
        with writing(self._engine) as connection:
            unpublished = issue_rows.record_of(connection, issue).unpublished
            if unpublished and (kept is None or expires_at is None):
                raise ShareNeedsProtection(issue)
            number, protected = share_rows.next_id(connection), kept is not None
            share = Share(number, issue, label, author, now, expires_at, protected)
            share_rows.append(connection, share, token, kept)
        return share, token

    def open(
        self, token: str, passphrase: str | None, now: datetime, *, counted: bool = True
    ) -> Opened | Locked | None:
        """Open a link and count it.

        Parameters
        ----------
        counted
            Whether it is a reader who opens it.

        Returns
        -------
        Opened, Locked or None
            The issue; that the passphrase is missing or wrong, or not looked at for a while;
            None where the token is wrong and where it is expired, revoked or deleted alike.

        Raises
        ------
        DamagedIssue
            If the document is not what was issued; this is not counted.
        ValueError
            If ``now`` has no time zone.
        """
        now = in_utc(now)
        with self._engine.connect() as connection:
            door = share_rows.door(connection, token, now)
        if door and door.lock and (typed(passphrase) is None or door.attempts.until(now)):
            return _locked(door.attempts, now)
        right = fits(passphrase, door.lock if door else None)
        return self._enter(token, right, now, counted=counted) if door else None

    def opens(self, share: int, now: datetime) -> bool:
        """Return whether a link that was opened may be shown on; this is not counted.

        For a page that is open: it asks at each run, so that revoking is effective at the next.
        """
        with self._engine.connect() as connection:
            found = share_rows.kept(connection, share)
        return found is not None and found.opens(now)

    def find(self, share: int) -> Share:
        """Return a link, revoked or not.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with self._engine.connect() as connection:
            return share_rows.find(connection, share)

    def listed(self, issue: int | None = None) -> tuple[Share, ...]:
        """Return the links to an issue, or to any, the newest first; deleted ones are left out."""
        with self._engine.connect() as connection:
            return share_rows.listed(connection, issue)

    def revoke(self, share: int, now: datetime) -> Share:
        """End a link at once; ending one that is revoked changes nothing.

        Raises
        ------
        UnknownShare
            If there is no such link, or it was deleted.
        """
        with writing(self._engine) as connection:
            found = share_rows.find(connection, share)
            if found.revoked_at is None:
                found = replace(found, revoked_at=in_utc(now))
                share_rows.change(connection, share, revoked_at=found.revoked_at)
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
            revoked_at = share_rows.find(connection, share).revoked_at or now
            share_rows.change(connection, share, revoked_at=revoked_at, deleted_at=now, label="")

    def _enter(
        self, token: str, right: bool, now: datetime, *, counted: bool
    ) -> Opened | Locked | None:
        """Write down what came of an attempt, if it still counts."""
        with writing(self._engine) as connection:
            door = share_rows.door(connection, token, now)
            if door is None:
                return None
            if door.attempts.until(now):
                return _locked(door.attempts, now)
            if not right:
                failed = door.attempts.failed(now)
                share_rows.change(
                    connection, door.share.id,
                    failures=failed.failures, failing_since=failed.since,
                )  # fmt: skip
                return _locked(failed, now)
            share, issue = door.share, issue_rows.find(connection, door.share.issue)
            if counted:
                share = replace(share, opened=share.opened + 1)
                share_rows.change(connection, share.id, opened=share.opened)
            return Opened(share, issue)


def _locked(attempts: Attempts, now: datetime) -> Locked:
    return Locked(attempts.left(now), attempts.until(now))


def _checked(label: str) -> str:
    label = " ".join(label.split())
    if not label:
        raise ShareUnlabelled
    if len(label) > LONGEST_LABEL:
        raise ShareLabelTooLong(len(label), LONGEST_LABEL)
    return label
