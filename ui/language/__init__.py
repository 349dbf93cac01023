"""Every word a reader sees, by key, in Chinese and English: the one owner of messages.

Each feature keeps its messages beside its pages, in ``zh.toml`` and ``en.toml``; what several say
stands here. Both languages hold the same keys with the same placeholders, which a test compares.
“|” in a title marks where a line may break; ``{count:year|years}`` picks the first word for one
and the second otherwise.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_UI = Path(__file__).resolve().parents[1]


class Language(StrEnum):
    """A language of the app, by its code in the URL; the first is the default."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> Language:
        """The language a reader may switch to."""
        return Language.EN if self is Language.ZH else Language.ZH


class _Phrase(string.Formatter):
    """Formats ``{count:year|years}`` by number and everything else as Python does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, other = format_spec.partition("|")
        if bar:
            return one if value == 1 else other
        return str(super().format_field(value, format_spec))


_PHRASE = _Phrase()


def t(key: str, language: Language, **values: object) -> str:
    """Return the message of ``key``, filled with ``values``.

    Raises
    ------
    KeyError
        If the catalogue has no such message, or a value for it is missing.
    """
    return _PHRASE.format(catalogue(language)[key], **values)


def known(key: str) -> bool:
    """Whether the catalogues have this message: names in data may go untranslated."""
    return key in catalogue(Language.ZH)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Return every message of a language by its dotted key.

    Raises
    ------
    ValueError
        If two files hold the same key.
    """
    messages: dict[str, str] = {}
    for file in sorted(_UI.rglob(f"{language}.toml")):
        found = dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))
        if twice := messages.keys() & found.keys():
            raise ValueError(f"in more than one file: {', '.join(sorted(twice))}")
        messages |= found
    return messages


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")
