"""Values as text that a person can compare line by line, the same on every machine."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from hashlib import sha256

DIGITS = 7
"""Significant digits of computed numbers: optimisers differ beyond them between processors."""
TOLERANCE = 2e-6
"""Difference up to which two computed numbers are equal: relative, one unit of the last digit; of
those under 1, such as the difference of two medians, as it is."""
NOTHING = 1e-9
"""What is smaller in size is zero."""
WIDTH = 150
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")


def rounded(number: float) -> float:
    """Return a number to ``DIGITS`` significant digits."""
    return float(f"{number:.{DIGITS}g}") if abs(number) >= NOTHING else 0.0


def plain(value: object) -> object:
    """Return a value as JSON knows it, its numbers rounded; never the name of a class."""
    match value:
        case bool() | None:
            return value
        case Enum():
            return plain(value.value)
        case str():
            return str(value)
        case int():
            return value
        case float():
            return rounded(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(plain(key)): plain(entry) for key, entry in value.items()}
        case set() | frozenset():
            return sorted(map(plain, value), key=str)
        case Sequence():
            return [plain(entry) for entry in value]
        case _ if hasattr(value, "id"):
            return value.id
        case _ if hasattr(value, "zh"):
            return f"{value.zh} / {value.en}"
        case _ if type(value).__str__ is not object.__str__:  # a quarter, a month
            return str(value)
        case _:
            raise TypeError(f"no neutral text for a {type(value).__name__}: extend plain()")


def short(value: object) -> str:
    """Return a value on one line."""
    return json.dumps(plain(value), ensure_ascii=False)


def json_lines(value: object) -> str:
    """Return a value as JSON in which whatever fits into a line stands on one."""
    return "\n".join(_lines(plain(value), "")) + "\n"


def _lines(value: object, indent: str, key: str = "") -> Iterator[str]:
    whole = f"{indent}{key}{json.dumps(value, ensure_ascii=False)}"
    if len(whole) <= WIDTH or not isinstance(value, dict | list) or not value:
        yield whole
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield f"{indent}{key}{opening}"
    entries = (
        [(f"{json.dumps(name, ensure_ascii=False)}: ", entry) for name, entry in value.items()]
        if isinstance(value, dict)
        else [("", entry) for entry in value]
    )
    for place, (name, entry) in enumerate(entries, start=1):
        *body, last = _lines(entry, indent + " ", name)
        yield from body
        yield last + ("," if place < len(entries) else "")
    yield indent + closing


def digest(content: str | bytes) -> str:
    """Return a few letters that change whenever the content does."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:12]


def section(title: str, lines: Sequence[str]) -> list[str]:
    """Return lines below a title that shows in a diff."""
    return [f"=== {title}", *lines, ""]


def differences(name: str, frozen: str, now: str) -> str:
    """Return a unified diff, empty where the texts agree up to ``TOLERANCE`` of their numbers."""
    before, after = frozen.splitlines(), now.splitlines()
    after = _aligned(before, after)
    return "\n".join(difflib.unified_diff(before, after, f"frozen/{name}", "now", lineterm="", n=2))


def _aligned(before: list[str], after: list[str]) -> list[str]:
    """Return ``after`` with each line of ``before`` in place of one that is as good as equal."""
    if len(before) != len(after):
        return after
    pairs = zip(before, after, strict=True)
    return [old if _close(old, new) else new for old, new in pairs]


def _close(old: str, new: str) -> bool:
    if _NUMBER.split(old) != _NUMBER.split(new):
        return False
    numbers = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    return all(
        math.isclose(float(one), float(other), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        for one, other in numbers
    )
