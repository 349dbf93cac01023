"""Text in charts: how wide it is, about, and how it goes over several lines."""

from __future__ import annotations

import re
from unicodedata import category

_NARROW, _WIDE = 0.55, 1.0
"""Of the size: the width of a letter or figure, and of a Chinese sign."""
_UNITS = re.compile(r"[!-~\u00c0-\u024f]+|.", re.DOTALL)
_CLOSING = ("Pe", "Pf", "Po")
"""Categories of signs that open no line."""


def width(words: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little."""
    return size * sum(_NARROW if ord(sign) < 0x2000 else _WIDE for sign in words)


def lines(words: str, size: float, room: float, most: int) -> list[str]:
    """Return a text as lines that fit; what is beyond the last of them is cut off."""
    found = [""]
    for unit in _UNITS.findall(words):
        for part in [unit] if width(unit, size) <= room else list(unit):
            fits = width(found[-1] + part, size) <= room or category(part[0]) in _CLOSING
            if fits:
                found[-1] += part
            else:
                found.append(part)
    found = [line.strip() for line in found if line.strip()]
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1][:-1]}…"]
    return found
