"""Tickets: what a browser keeps of a link that it opened, so that it is asked once.

With it a reader changes the language and fetches files without the passphrase, and is counted
once. It says which link, signed with a key that this process alone knows, and until when; whether
that link still opens is asked of the store each time. After a restart it is worth nothing.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

LASTS = timedelta(minutes=30)

_KEY = secrets.token_bytes(32)


def issue_ticket(share: int, token: str, now: datetime) -> str:
    """Return a ticket to a link that was just opened."""
    until = int((now + LASTS).timestamp())
    return f"{share}.{until}.{_mark(share, until, token)}"


def share_of(ticket: str, token: str, now: datetime) -> int | None:
    """Return the link that a ticket is to; None of one that is forged, over, or to another."""
    share, _, rest = ticket.partition(".")
    until, _, mark = rest.partition(".")
    if not (_is_number(share) and _is_number(until)):
        return None
    if not hmac.compare_digest(mark.encode(), _mark(int(share), int(until), token).encode()):
        return None
    return int(share) if now < datetime.fromtimestamp(int(until), UTC) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _mark(share: int, until: int, token: str) -> str:
    said = f"{share}.{until}.{token}".encode("utf-8", "surrogatepass")
    return hmac.new(_KEY, said, sha256).hexdigest()
