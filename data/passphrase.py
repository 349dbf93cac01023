"""Passphrases of links: what is kept of one, and whether another is the same.

A passphrase is normalised (NFKC) and stripped first, since the digits a Chinese input method
types may be full-width ones. What is kept is scrypt (RFC 7914) with a salt of its own, about
16 MB and some tens of milliseconds for each attempt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from data.issue_errors import PassphraseTooShort

SHORTEST = 6
"""Characters: with the attempts a link allows, six digits last for years."""

_SALT = 16


@dataclass(frozen=True, slots=True)
class Lock:
    """What is kept of a passphrase."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)


def lock(passphrase: str | None) -> Lock | None:
    """Return what to keep of a passphrase; None of None, and of one that is blank.

    Raises
    ------
    PassphraseTooShort
        If it could be found by trying.
    """
    plain = typed(passphrase)
    if plain is None:
        return None
    if len(plain) < SHORTEST:
        raise PassphraseTooShort(SHORTEST)
    salt = secrets.token_bytes(_SALT)
    return Lock(salt, _scrypt(plain, salt))


def typed(passphrase: str | None) -> str | None:
    """Return a passphrase however it was typed, None if nothing was."""
    return unicodedata.normalize("NFKC", passphrase or "").strip() or None


def fits(passphrase: str | None, lock: Lock | None) -> bool:
    """Return whether a passphrase opens a lock; where there is no lock everything does.

    The same is computed whether or not there is a lock, so that how long it takes does not tell.
    """
    plain = typed(passphrase)
    if plain is None:
        return lock is None
    digest = _scrypt(plain, lock.salt if lock else bytes(_SALT))
    return lock is None or hmac.compare_digest(digest, lock.digest)


def _scrypt(plain: str, salt: bytes) -> bytes:
    # A lone surrogate, which only a forged request holds, is a character like another.
    return hashlib.scrypt(plain.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1)
