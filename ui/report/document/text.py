"""Texts of a report from the sentences of the catalogues, which are Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ui.language import Language, t
from ui.outlook.sentences import BREAK
from ui.report.document.model import Span, Text

_MARKS = re.compile(r":primary\[(?P<accent>.*?)\]|\*\*(?P<strong>.*?)\*\*")


def marked(sentence: str) -> Text:
    """Return a sentence with its decisive phrases as spans; ``|`` is where it may break."""
    spans: list[Span] = []
    end = 0
    for found in _MARKS.finditer(sentence):
        spans.append(Span(sentence[end : found.start()]))
        accent, strong = found["accent"], found["strong"]
        spans.append(Span(accent or strong, strong=strong is not None, accent=accent is not None))
        end = found.end()
    spans.append(Span(sentence[end:]))
    return tuple(
        Span(span.text.replace("|", BREAK), span.strong, span.accent) for span in spans if span.text
    )


def said(text: str) -> Text:
    """Return words of somebody, which hold no marks, as they are."""
    return (Span(text),) if text else ()


def sentences(parts: Iterable[str], language: Language) -> str:
    """Put sentences behind each other."""
    return t("format.between_sentences", language).join(part for part in parts if part)


def opened(sentence: str) -> str:
    """Return a phrase as a sentence opens: with a capital, where a script has them."""
    return sentence[:1].upper() + sentence[1:]


def listed(phrases: Sequence[str], language: Language) -> str:
    """Join phrases as a sentence lists them: a, b and c."""
    if len(phrases) < 2:
        return "".join(phrases)
    head = t("format.comma", language).join(phrases[:-1])
    return t("scenario_list.two", language, head=head, last=phrases[-1])
