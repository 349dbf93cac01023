"""Texts that others wrote, as a file can hold them."""

from __future__ import annotations

import re

_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML 1.0 may hold, not even as a reference."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Controls that turn the direction of writing, of all that follows them too."""


def allowed(text: str) -> str:
    """Return a text, or a whole document, with a mark for every sign that no file may hold."""
    return _TURNS.sub("\ufffd", _REFUSED.sub("\ufffd", text))
