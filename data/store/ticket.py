"""Tickets: what a browser keeps of a link that it opened, so that it is asked once.

A ticket says until when it is good, under a mark (HMAC-SHA-256) whose key is made of the link's
token and of what the store keeps of its passphrase. So it is worth nothing without the token and
at any other link, nobody makes one up who did not know the passphrase, every process that serves
the same store takes it, and a link that had another passphrase would void it. Whether the link
still opens is asked of the store each time. The ticket of a link without a passphrase saves no
more than being counted again.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from data.store.passphrase import Lock

LASTS = timedelta(minutes=30)

_PURPOSE = b"ticket to a link\0"


def ticket_to(token: str, lock: Lock | None, now: datetime) -> str:
    """Return a ticket to a link that was just opened."""
    until = int((now + LASTS).timestamp())
    return f"{until}.{_mark(token, lock, until)}"


def admits(ticket: str, token: str, lock: Lock | None, now: datetime) -> bool:
    """Return whether a ticket is to this link, and not over."""
    until, _, mark = ticket.partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) < 12):
        return False
    right = _mark(token, lock, int(until)).encode()
    if not hmac.compare_digest(mark.encode("utf-8", "surrogatepass"), right):
        return False
    return now < datetime.fromtimestamp(int(until), UTC)


def _mark(token: str, lock: Lock | None, until: int) -> str:
    key = b"" if lock is None else lock.salt + lock.digest
    said = f"{until}.{token}".encode("utf-8", "surrogatepass")
    return hmac.new(key, _PURPOSE + said, sha256).hexdigest()
