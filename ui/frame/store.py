"""The store as links read it, without anything that computes."""

from __future__ import annotations

from functools import cache

from data.store.store import Store
from ui.frame.environment import settings


def store() -> Store:
    """Return the store that links are kept in."""
    return store_at(settings().database_url)


@cache
def store_at(database_url: str) -> Store:
    """Return the store of a database, brought up to date on first use.

    Raises
    ------
    EmptyStore, LaterRelease
        If there is none that this release can serve.
    """
    found = Store.open(database_url)
    found.update()
    return found
