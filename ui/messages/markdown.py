"""Texts of others among our own, which are Markdown."""

import re


def literal(text: str) -> str:
    """Return a text of a file or of a person so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>~$:#])", r"\\\1", text)
