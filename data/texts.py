"""Texts of others, from files or typed, made fit to be stored and shown. Standard library only."""

from __future__ import annotations

import re

LONGEST_TEXT = 500
"""Characters that a text may have: a name, an author, a source, the document of a target."""
LONGEST_NOTE = 4000
"""Characters that a note may have."""

# Databases keep no null character, XML (of Word and Excel) none of the others, but for tabs and
# ends of lines. Excel writes them as _x0000_, web pages as &#1;, and Word's soft end of a line
# is one that is pasted often.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def is_clean(text: str) -> bool:
    """Return whether a text holds no control character and nothing else that is no sign."""
    return _UNFIT.search(text) is None


def cleaned(text: str) -> str:
    """Return a text with a space for every control character."""
    return _UNFIT.sub(" ", text)


def as_kept(typed: str) -> str:
    """Return what was typed as it is kept: cleaned, without spaces around it."""
    return cleaned(typed).strip()
