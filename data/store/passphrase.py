"""Passphrases of links: what is kept of one, and whether another is the same.

A passphrase is normalised (NFKC) and stripped first, since the digits a Chinese input method
types may be full-width ones. What is kept is scrypt (RFC 7914) with a salt of its own, about
16 MB and some tens of milliseconds for each attempt. That anybody may ask for, with or without a
link, so a process computes only ``AT_ONCE`` of them at once, and turns away who would wait long.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from data.store.errors import PassphraseTooPlain, PassphraseTooShort, TooManyPassphrases

SHORTEST = 6
"""Characters: with the attempts a link allows, six digits last for years."""

DISTINCT = 4
"""Different characters: 888666 and 123123 are tried early."""

_RUNS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
"""What nobody has to guess, read from either end."""
_LETTERS, _DIGITS, _EACH = "abcdefghjkmnpqrstuvwxyz", "23456789", 4
"""What is proposed: no sign that looks like another, and a phone changes its keyboard once."""

AT_ONCE = 2
PATIENCE = 3.0
"""Seconds that a passphrase waits for those before it."""

_SALT = 16
_COMPUTING = BoundedSemaphore(AT_ONCE)


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
    plain = typed(passphrase)
    if plain is None:
        return None
    if len(plain) < SHORTEST:
        raise PassphraseTooShort(limit=SHORTEST)
    if _guessed(plain):
        raise PassphraseTooPlain(distinct=DISTINCT)
    salt = secrets.token_bytes(_SALT)
    return Lock(salt, _scrypt(plain, salt))


def proposed() -> str:
    """Return a passphrase that nobody guesses and anybody can read aloud: four letters, digits."""
    while True:
        signs = [secrets.choice(some) for some in (_LETTERS, _DIGITS) for _ in range(_EACH)]
        if not _guessed(made := "".join(signs)):
            return made


def _guessed(passphrase: str) -> bool:
    """Return whether a passphrase is among the first that anybody tries."""
    folded = passphrase.casefold()
    runs = (*_RUNS, *(run[::-1] for run in _RUNS))
    return len(set(folded)) < DISTINCT or any(folded in run for run in runs)


def typed(passphrase: str | None) -> str | None:
    """Return a passphrase however it was typed, None if nothing was."""
    return unicodedata.normalize("NFKC", passphrase or "").strip() or None


def fits(passphrase: str | None, lock: Lock | None) -> bool:
    """Return whether a passphrase opens a lock; where there is no lock everything does.

    The same is computed whether or not there is a lock, so that how long it takes does not tell.

    Raises
    ------
    TooManyPassphrases
        If too many are computed already.
    """
    plain = typed(passphrase)
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
