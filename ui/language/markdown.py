"""Texts of others among our own, which are Markdown; a ``Speaker`` escapes them."""

from __future__ import annotations

import re

_SIGNS = r"[\\`*_\[\]<>~$:#&]"
_OPENS_A_LIST = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:\s|-|$)))")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
JOINER = "\u2060"
"""Not to be seen, and no space to a browser's search: it parts what would be taken together."""
_TAKEN_TOGETHER = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=//)|(?<=@)(?=[-\w])"  # addresses, which become links
    r"|(?<=:)(?=[-+\w/]+:)"  # pictures by their names
    r"|(?:(?<=^[<>~-])|(?<=\s[<>~-]))(?=[=>-])",  # arrows and comparisons of two signs or three
    re.ASCII | re.IGNORECASE,
)
_SINGLE = re.compile(rf"\\({_SIGNS}|[-+.)])")


def literal(text: str) -> str:
    """Return a text of a file or of a person so that Markdown shows it as it is, in one line.

    Links, pictures and arrows are looked for in what is shown, when escapes are gone already:
    against these only a sign between stands.
    """
    line = _TAKEN_TOGETHER.sub(JOINER, _LINE_ENDS.sub(" ", text.strip(" \t\r\n")))
    escaped = re.sub(f"({_SIGNS})", r"\\\1", line)
    return _OPENS_A_LIST.sub(r"\g<0>\\", escaped)


def unescaped(text: str) -> str:
    """Return the same for a widget that shows texts as they are, such as a select box."""
    return _SINGLE.sub(r"\1", text.replace(JOINER, ""))
