"""Every word a reader sees, by key, in Chinese and English, and the speaker who says it.

Each feature keeps its messages beside its pages, in ``zh.toml`` and ``en.toml``; what several say
stands here. Both languages hold the same keys with the same placeholders, which a test compares.
“|” in a title marks where a line may break.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.texts import filled, messages_of
from forecasting.figures.indicator import Names
from forecasting.figures.spelling import unit_word
from ui.language.markdown import literal

_UI = Path(__file__).resolve().parents[1]


class Language(StrEnum):
    """A language of the app, by its code in the URL; the first is the default."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> Language:
        """The language a reader may switch to."""
        return Language.EN if self is Language.ZH else Language.ZH


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks to a reader: ``say("page.overview")`` returns a message in the reader's language.

    Names and texts that people or files brought go through the speaker too, who knows for what it
    speaks: Markdown, in which pages and sentences are written, or plain text as widgets, tables,
    charts and files show it.
    """

    language: Language
    markdown: bool = True

    def __call__(self, key: str, **values: object) -> str:
        """Return the message of ``key``, filled with ``values``.

        Raises
        ------
        KeyError
            If the catalogue has no such message, or a value for it is missing.
        """
        return filled(catalogue(self.language)[key], **values)

    @property
    def plain(self) -> Speaker:
        """The speaker of the same language for whatever is no Markdown."""
        return Speaker(self.language, markdown=False)

    def verbatim(self, text: str) -> str:
        """Return a text of a person or a file so that readers see it as it was written."""
        return literal(text) if self.markdown else text

    def name(self, names: Names) -> str:
        """Return a name in the reader's language; files may bring indicators with their names."""
        return self.verbatim(names.zh if self.language is Language.ZH else names.en)

    def word(self, section: str, code: str) -> str:
        """Return the word of a code; one that files brought and no catalogue knows stays as is."""
        key = f"{section}.{code}"
        if section == "unit" and not known(key):
            return self.verbatim(unit_word(code, self.language))
        return self(key) if known(key) else self.verbatim(code)


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
        found = messages_of(file)
        if twice := messages.keys() & found.keys():
            raise ValueError(f"in more than one file: {', '.join(sorted(twice))}")
        messages |= found
    return messages
