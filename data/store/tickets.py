"""Tickets: what a browser keeps of a link that it opened, so that it is asked once.

A ticket holds until when it is good, under a mark (HMAC-SHA-256) whose key is made of the link's
token and of what the store keeps of its passphrase. So it is worth nothing without the token and
at any other link, nobody makes one up who did not know the passphrase, every process that serves
the same store takes it, and a link that had another passphrase would void it. Whether the link
still opens is asked of the store each time. The ticket of a link without a passphrase saves no
more than being counted again. One that is over admits nobody, but tells who has read before.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from data.store.passphrases import Lock

TICKET_LASTS = timedelta(minutes=30)
KNOWN_FOR = timedelta(days=90)
"""For how long a browser keeps its ticket, by which it is known not to be guessing."""
_PURPOSE = b"ticket to a link\0"


def ticket_to(token: str, lock: Lock | None, now: datetime) -> str:
    """Return a ticket to a link that was just opened."""
    until = int((now + TICKET_LASTS).timestamp())
    return f"{until}.{_mark(token, lock, until)}"


def ticket_admits(ticket: str, token: str, lock: Lock | None, now: datetime) -> bool:
    """Return whether a ticket is to this link, and not over."""
    until = _until(ticket, token, lock)
    return until is not None and now < datetime.fromtimestamp(until, UTC)


def ticket_is_to(ticket: str, token: str, lock: Lock | None) -> bool:
    """Return whether a ticket is to this link, be it over or not: its bearer has read before."""
    return _until(ticket, token, lock) is not None


def _until(ticket: str, token: str, lock: Lock | None) -> int | None:
    """Return until when a ticket to this link admits, None if it is not to it."""
    until, _, mark = ticket.partition(".")
    if not (until.isascii() and until.isdecimal() and len(until) < 12):
        return None
    right = _mark(token, lock, int(until)).encode()
    fits = hmac.compare_digest(mark.encode("utf-8", "surrogatepass"), right)
    return int(until) if fits else None


def _mark(token: str, lock: Lock | None, until: int) -> str:
    # HMAC fills a short key up with zeros: keys of one length are never the same by that.
    key = hashlib.sha256(b"" if lock is None else b"\1" + lock.kept.encode()).digest()
    signed = f"{until}.{token}".encode("utf-8", "surrogatepass")
    return hmac.new(key, _PURPOSE + signed, hashlib.sha256).hexdigest()
