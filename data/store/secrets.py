"""Secrets of links: tokens, passphrases and tickets.

**Passphrases** are normalised (NFKC) and stripped first, since the digits a Chinese input method
types may be full-width ones. What is kept is scrypt (RFC 7914) with a salt of its own, about
16 MB and some tens of milliseconds for each attempt. That anybody may ask for, with or without a
link, so a process computes only ``AT_ONCE`` of them at once, and turns away who would wait long.

**Tickets** are what a browser keeps of a link that it opened, so that it is asked once. A ticket
holds until when it is good, under a mark (HMAC-SHA-256) whose key is made of the link's
token and of what the store keeps of its passphrase. So it is worth nothing without the token and
at any other link, nobody makes one up who did not know the passphrase, every process that serves
the same store takes it, and a link that had another passphrase would void it. Whether the link
still opens is asked of the store each time. The ticket of a link without a passphrase saves no
more than being counted again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore

from data.store.errors import PassphraseTooPlain, PassphraseTooShort, TooManyPassphrases

SHORTEST = 6
"""Characters: with the attempts a link allows, six digits last for years."""

DISTINCT = 4
"""Different characters: 888666 and 123123 are tried early."""

_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Passphrases that are guessed first, read from either end."""
_LETTERS, _DIGITS, _EACH = "abcdefghjkmnpqrstuvwxyz", "23456789", 4
"""Signs of a proposed passphrase: none looks like another, a phone changes its keyboard once."""

AT_ONCE = 2
PATIENCE = 3.0
"""Seconds that a passphrase waits for those before it."""

_SALT = 16
_COMPUTING = BoundedSemaphore(AT_ONCE)
_TOKEN_BYTES = 32

TICKET_LASTS = timedelta(minutes=30)
_PURPOSE = b"ticket to a link\0"


class Token(str):
    """The secret part of a link, which is shown once and never in a ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return what logs and tracebacks may hold."""
        return "Token(...)"


def new_token() -> Token:
    """Return a token of 256 random bits."""
    return Token(secrets.token_urlsafe(_TOKEN_BYTES))


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    # A lone surrogate, which only a forged address holds, is a character like another.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Lock:
    """What is kept of a passphrase."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)


def lock(passphrase: str | None) -> Lock | None:
    """Return what to keep of a passphrase; None of None, and of one that is blank.

    Raises
    ------
    PassphraseTooShort, PassphraseTooPlain
        If it could be found by trying.
    TooManyPassphrases
        If too many are computed already.
    """
    plain = normalised(passphrase)
    if plain is None:
        return None
    if len(plain) < SHORTEST:
        raise PassphraseTooShort(limit=SHORTEST)
    if _guessed(plain):
        raise PassphraseTooPlain(distinct=DISTINCT)
    salt = secrets.token_bytes(_SALT)
    return Lock(salt, _scrypt(plain, salt))


def propose_passphrase() -> str:
    """Return four letters and four digits, which nobody guesses and anybody can read aloud."""
    while True:
        signs = [secrets.choice(some) for some in (_LETTERS, _DIGITS) for _ in range(_EACH)]
        if not _guessed(made := "".join(signs)):
            return made


def _guessed(passphrase: str) -> bool:
    """Return whether a passphrase is among the first that anybody tries."""
    folded = passphrase.casefold()
    runs = (*_RUNS, *(run[::-1] for run in _RUNS))
    return len(set(folded)) < DISTINCT or any(folded in run for run in runs)


def normalised(passphrase: str | None) -> str | None:
    """Return a passphrase however it was typed, None if nothing was."""
    return unicodedata.normalize("NFKC", passphrase or "").strip() or None


def passphrase_fits(passphrase: str | None, lock: Lock | None) -> bool:
    """Return whether a passphrase opens a lock; where there is no lock everything does.

    The same is computed whether or not there is a lock, so that how long it takes does not tell.

    Raises
    ------
    TooManyPassphrases
        If too many are computed already.
    """
    plain = normalised(passphrase)
    if plain is None:
        return lock is None
    digest = _scrypt(plain, lock.salt if lock else bytes(_SALT))
    return lock is None or hmac.compare_digest(digest, lock.digest)


def _scrypt(plain: str, salt: bytes) -> bytes:
    if not _COMPUTING.acquire(timeout=PATIENCE):
        raise TooManyPassphrases
    try:
        # A lone surrogate, which only a forged request holds, is a character like another.
        password = plain.encode("utf-8", "surrogatepass")
        return hashlib.scrypt(password, salt=salt, n=2**14, r=8, p=1)
    finally:
        _COMPUTING.release()


def ticket_to(token: str, lock: Lock | None, now: datetime) -> str:
    """Return a ticket to a link that was just opened."""
    until = int((now + TICKET_LASTS).timestamp())
    return f"{until}.{_mark(token, lock, until)}"


def ticket_admits(ticket: str, token: str, lock: Lock | None, now: datetime) -> bool:
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
    signed = f"{until}.{token}".encode("utf-8", "surrogatepass")
    return hmac.new(key, _PURPOSE + signed, hashlib.sha256).hexdigest()
