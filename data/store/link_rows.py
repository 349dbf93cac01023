"""Reading and writing links to issues, over the connection that is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from data.store import schema
from data.store.columns import can_be
from data.store.commit import check_texts
from data.store.errors import UnknownShare
from data.store.issued import Attempts, Share
from data.store.passphrase import Lock

_TABLE = schema.share
_COLUMN = _TABLE.c


@dataclass(frozen=True, slots=True)
class Door:
    """A link that leads somewhere, with what it takes to open it."""

    share: Share
    lock: Lock | None = field(repr=False)
    attempts: Attempts


def next_id(connection: Connection) -> int:
    """Return the number of a new link; that of a deleted one is not used again."""
    return (connection.scalar(select(func.max(_COLUMN.id))) or 0) + 1


def append(connection: Connection, share: Share, token: str, lock: Lock | None) -> None:
    """Write a new link, of whose token only the hash is kept.

    Raises
    ------
    ValueError
        At a null character.
    """
    row = {
        "id": share.id,
        "issue": share.issue,
        "token_sha256": _hash(token),
        "label": share.label,
        "author": share.author,
        "created_at": share.created_at,
        "expires_at": share.expires_at,
        "salt": lock.salt if lock else None,
        "passphrase_scrypt": lock.digest if lock else None,
        "opened": share.opened,
        "failures": 0,
    }
    check_texts(_TABLE, [row])
    connection.execute(insert(_TABLE).values(row))


def door(connection: Connection, token: str, now: datetime) -> Door | None:
    """Return where a token leads; None for one that is wrong, expired, revoked or deleted.

    The database looks for the hash of a token of 256 random bits: how far it compares says
    nothing about any token.
    """
    query = select(_TABLE).where(_COLUMN.token_sha256 == _hash(token))
    row = connection.execute(query).one_or_none()
    if row is None or not (share := _share_of(row)).opens(now):
        return None
    lock = Lock(row.salt, row.passphrase_scrypt) if share.protected else None
    return Door(share, lock, Attempts(row.failures, row.failing_since))


def kept(connection: Connection, share: int) -> Share | None:
    """Return a link that was not deleted, revoked or not; None if there is none."""
    query = _kept().where(_COLUMN.id == share)
    row = connection.execute(query).one_or_none() if can_be(share) else None
    return None if row is None else _share_of(row)


def find(connection: Connection, share: int) -> Share:
    """Return a link that was not deleted, revoked or not.

    Raises
    ------
    UnknownShare
        If there is no such link.
    """
    found = kept(connection, share)
    if found is None:
        raise UnknownShare(share=share)
    return found


def listed(connection: Connection, issue: int | None) -> tuple[Share, ...]:
    """Return the links to an issue, or to any, the newest first."""
    if issue is not None and not can_be(issue):
        return ()
    query = _kept() if issue is None else _kept().where(_COLUMN.issue == issue)
    return tuple(map(_share_of, connection.execute(query.order_by(_COLUMN.id.desc()))))


def count(connection: Connection, share: int) -> None:
    """Count that a link was opened; one that was deleted meanwhile counts no more."""
    once = update(_TABLE).where(_COLUMN.id == share, _COLUMN.deleted_at.is_(None))
    connection.execute(once.values(opened=_COLUMN.opened + 1))


def change(connection: Connection, share: int, **cells: object) -> None:
    """Write what may change in the row of a link."""
    connection.execute(update(_TABLE).where(_COLUMN.id == share).values(cells))


def _kept() -> Select[Any]:
    return select(_TABLE).where(_COLUMN.deleted_at.is_(None))


def _hash(token: str) -> str:
    # A lone surrogate, which only a forged address holds, is a character like another.
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _share_of(row: Row[Any]) -> Share:
    return Share(
        id=row.id,
        issue=row.issue,
        label=row.label,
        author=row.author,
        created_at=row.created_at,
        expires_at=row.expires_at,
        protected=row.salt is not None,
        opened=row.opened,
        revoked_at=row.revoked_at,
    )
