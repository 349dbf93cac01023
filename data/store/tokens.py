"""Tokens of links: the secret part of an address, of which only a digest is kept."""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 32


class Token(str):
    """The secret part of a link, which is shown once and never in a ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return what logs and tracebacks may hold."""
        return "Token(...)"


def new_token() -> Token:
    """Return a token of 256 random bits."""
    return Token(secrets.token_urlsafe(_BYTES))


def token_of(text: str) -> Token | None:
    """Return the token that a text is; None if ``new_token`` makes no such."""
    return Token(text) if re.fullmatch(r"[A-Za-z0-9_-]{43}", text) else None


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    # A lone surrogate, which only a forged address holds, is a character like another.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
