"""Passphrases of links: how long they are, what is kept of them, and whether one fits.

They are normalised (NFKC) and stripped first, since the digits a Chinese input method
types may be full-width ones. What is kept is Argon2id (RFC 9106), about 19 MB and some tens of
milliseconds for each attempt; of links that release 0.1.0 made it is scrypt. That anybody may ask
for, with or without a link, so a process computes only ``AT_ONCE`` of them at once, and turns away
who would wait long.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Self

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from data.store.errors import PassphraseTooPlain, PassphraseTooShort, TooManyPassphrases
from data.store.guessed_passphrases import is_guessed

SHORTEST = 6
"""Characters: of fewer there are too few, whatever they are."""

_LETTERS, _DIGITS, _EACH = "abcdefghjkmnpqrstuvwxyz", "23456789", 4
"""Signs of a proposed passphrase: none looks like another, a phone changes its keyboard once."""

AT_ONCE = 2
PATIENCE = 3.0
"""Seconds that a passphrase waits for those before it."""

_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NO_LOCK = "$argon2id$v=19$m=19456,t=2,p=1$" + "A" * 22 + "$" + "A" * 43
"""What no passphrase fits."""
_SCRYPT = "scrypt"
_COMPUTING = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Lock:
    """What is kept of a passphrase: what Argon2 made of it, with its salt and parameters."""

    kept: str = field(repr=False)

    @classmethod
    def of_scrypt(cls, salt: bytes, digest: bytes) -> Self:
        """Return the lock of a link that release 0.1.0 made."""
        return cls("$".join((_SCRYPT, salt.hex(), digest.hex())))


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
    if is_guessed(plain):
        raise PassphraseTooPlain
    with computing():
        return Lock(_ARGON2.hash(_bytes(plain)))


def propose_passphrase() -> str:
    """Return four letters and four digits, which nobody guesses and anybody can read aloud."""
    while True:
        signs = [secrets.choice(some) for some in (_LETTERS, _DIGITS) for _ in range(_EACH)]
        if not is_guessed(made := "".join(signs)):
            return made


def normalised(passphrase: str | None) -> str | None:
    """Return a passphrase however it was typed, None if nothing was."""
    return unicodedata.normalize("NFKC", passphrase or "").strip() or None


def passphrase_fits(passphrase: str | None, lock: Lock | None) -> bool:
    """Return whether a passphrase opens a lock; where there is no lock everything does.

    The same is computed whether or not there is a lock, so that how long it takes does not tell.
    To be called while ``computing``.
    """
    plain = normalised(passphrase)
    if plain is None:
        return lock is None
    kept = lock.kept if lock else _NO_LOCK
    if kept.startswith(_SCRYPT):
        _, salt, digest = kept.split("$")
        made = hashlib.scrypt(_bytes(plain), salt=bytes.fromhex(salt), n=2**14, r=8, p=1)
        return hmac.compare_digest(made.hex(), digest)
    try:
        return _ARGON2.verify(kept, _bytes(plain)) or lock is None
    except VerificationError:
        return lock is None


@contextmanager
def computing() -> Iterator[None]:
    """Wait for one of the ``AT_ONCE`` places to compute a passphrase, and hold it.

    Raises
    ------
    TooManyPassphrases
        If others hold them for longer than ``PATIENCE``.
    """
    if not _COMPUTING.acquire(timeout=PATIENCE):
        raise TooManyPassphrases
    try:
        yield
    finally:
        _COMPUTING.release()


def _bytes(plain: str) -> bytes:
    # A lone surrogate, which only a forged request holds, is a character like another.
    return plain.encode("utf-8", "surrogatepass")
