"""Texts of others, from files or typed, made fit to be stored and shown; and messages, filled.

Catalogues of messages are TOML. In them ``{count:year|years}`` picks the first word for one and the
second otherwise. Standard library only.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LONGEST_TEXT = 500
"""Characters that a text may have: a name, an author, a source, the document of a target."""
LONGEST_AUTHOR = 60
"""Characters that an author may have who is typed, on a page or by ``--author``."""
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


class _Phrase(string.Formatter):
    """Formats ``{count:year|years}`` by number and everything else as Python does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, other = format_spec.partition("|")
        if bar:
            return one if value == 1 else other
        return str(super().format_field(value, format_spec))


_PHRASE = _Phrase()


def filled(text: str, /, **values: object) -> str:
    """Return the text of a message with its values.

    Raises
    ------
    KeyError
        If a value is missing.
    """
    return _PHRASE.format(text, **values)


def messages_of(file: Path) -> dict[str, str]:
    """Return the messages of a catalogue by their dotted keys."""
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")
