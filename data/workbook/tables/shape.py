"""What files of one layout share, so that answers to one are remembered for the next."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from data.workbook.words.periods import find_period, find_year
from data.workbook.words.text import compact


def shape_of(texts: Iterable[str]) -> str:
    """Return a digest of labels that does not change with periods, numbers or their order."""
    kept = {bare for text in dict.fromkeys(texts) if (bare := _bare(text))}
    return sha256("\n".join(sorted(kept)).encode()).hexdigest()[:32]


def _bare(text: str) -> str:
    """Return a label without its period and without digits."""
    found = find_period(text) or find_year(text)
    rest = found[1] if found else text
    return "".join(letter for letter in compact(rest) if not letter.isdigit())
