"""Keys of widgets: what names one widget names no other."""

from __future__ import annotations

from urllib.parse import quote


def place(*names: object) -> str:
    """Return names as one part of a key, which no other names give.

    Ids come from files and links: two may differ in a punctuation mark alone, and what is typed
    into a widget must not land in the one of the other.
    """
    return "/".join(quote(str(name), safe="") for name in names)
