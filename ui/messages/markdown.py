"""Texts of others among our own, which are Markdown."""

import re

_SIGNS = r"[\\`*_\[\]<>~$:#]"


def literal(text: str) -> str:
    """Return a text of a file or of a person so that Markdown shows it as it is."""
    return re.sub(f"({_SIGNS})", r"\\\1", text)


def unescaped(text: str) -> str:
    """Return the same for a widget that shows texts as they are, such as a select box."""
    return re.sub(rf"\\({_SIGNS})", r"\1", text)
