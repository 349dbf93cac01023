"""Nodes and evidence as one writes them in a cell or a field: 主体封顶（2026-08-20达到）."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from forecasting.plan.evidence import Evidence
from forecasting.plan.tasks import Node

_REACHED = ("达到", "reached")
_COMPLETES = ("证明完成", "completes")
COMMAS = re.compile(r"[、;；,，/\n]+")
PARTS = re.compile(r"[;；\n]+")
"""Between names that hold no comma, and between those that may."""
BETWEEN = "; "
_MARKED = re.compile(
    r"^(.*?)[(（]([0-9]{4}-[0-9]{2}-[0-9]{2})?[,，、\s]*([^()（）]*)[)）]$", re.DOTALL
)


def split(text: str, commas: re.Pattern[str] = COMMAS) -> tuple[str, ...]:
    """Return the parts of a list, each once."""
    return tuple(dict.fromkeys(part.strip() for part in commas.split(text) if part.strip()))


def read_node(text: str, quarter: int) -> Node:
    """Return the node that a text describes, with the day on which it was reached."""
    said, day, _ = _marked(text, _REACHED)
    return Node(quarter=quarter, text=said, reached=day)


def write_node(node: Node, language: str) -> str:
    """Return a node as ``read_node`` reads it."""
    if node.reached is None:
        return node.text
    if language == "zh":
        return f"{node.text}（{node.reached}{_REACHED[0]}）"
    return f"{node.text} ({node.reached} {_REACHED[1]})"


def read_evidence(text: str) -> tuple[Evidence, ...]:
    """Return the documents that a text lists."""
    return tuple(map(_evidence, split(text, PARTS)))


def write_evidence(documents: Iterable[Evidence], language: str) -> str:
    """Return documents as ``read_evidence`` reads them."""
    return BETWEEN.join(_written(one, zh=language == "zh") for one in documents)


def _evidence(text: str) -> Evidence:
    name, day, completes = _marked(text, _COMPLETES)
    return Evidence(name=name, day=day, completes=completes)


def _written(one: Evidence, *, zh: bool) -> str:
    word = _COMPLETES[0 if zh else 1] if one.completes else ""
    day = one.day.isoformat() if one.day else ""
    marks = ("，" if zh else ", ").join(filter(None, (day, word)))
    if not marks:
        return one.name
    return f"{one.name}（{marks}）" if zh else f"{one.name} ({marks})"


def _marked(text: str, words: tuple[str, str]) -> tuple[str, date | None, bool]:
    """Return a text without its mark, the day of the mark, and whether it has the word."""
    found = _MARKED.match(text.strip())
    if found is None or not (found[2] or found[3].strip() in words):
        return text.strip(), None, False
    try:
        day = date.fromisoformat(found[2]) if found[2] else None
    except ValueError:
        return text.strip(), None, False
    return found[1].strip(), day, found[3].strip() in words
