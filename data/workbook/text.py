"""How the texts of cells are made comparable before anything is looked for in them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 300
"""Characters of a cell that are looked at; labels, periods and units are far shorter."""

# NFKC would turn these into digits of the number before them.
_FOOTNOTE = re.compile(r"[①-⑳⓪⓫-⓴⓿❶-❿➀-➓¹²³⁰⁴-⁹₀-₉]|\[(?:注?[0-9]{1,2}|注)\]|\((?:注[0-9]{0,2})\)")
_DASHES = re.compile(r"[-‐‑‒–—―−~∼〜﹣－～─]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return ``text`` in half-width characters, single spaces, ``-`` for every dash.

    Footnote marks and invisible characters go; what is longer than ``LONGEST`` is cut.
    """
    text = _FOOTNOTE.sub("", _INVISIBLE.sub("", text[:LONGEST]))
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return _SPACE.sub(" ", text).strip()


def compact(text: str) -> str:
    """Return ``plain`` text in capitals and without any space."""
    return plain(text).replace(" ", "").upper()
