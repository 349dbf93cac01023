"""Snapshots as plain values, and plain values as the types they were.

Every field of a dataclass is written under its own name. NaN is null, and so is None; an infinite
number is a text. Numbers are written as they are, never rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.period import Month, Quarter

Plain = dict[str, Any]

T = TypeVar("T")

_INFINITE = {"Infinity": math.inf, "-Infinity": -math.inf}


def plain(value: object) -> Any:
    """Return a value of a snapshot as JSON holds it; a set in rising order.

    Raises
    ------
    TypeError
        If there is something in it that no schema has a form for: a defect.
    """
    match value:
        case None | bool() | int():
            return value
        case float():
            return _plain_number(float(value))
        case Quarter() | Month() | date() | str():  # an enumeration is its own text
            return str(value)
        case np.ndarray():
            return [plain(entry) for entry in value.tolist()]
        case frozenset():
            return [plain(entry) for entry in sorted(value)]
        case tuple():
            return [plain(entry) for entry in value]
        case Mapping():
            return {str(key): plain(entry) for key, entry in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no form for {type(value).__name__} in a snapshot")


def _plain_number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def number(value: object) -> float:
    """Read a number; null is NaN."""
    if value is None:
        return math.nan
    if isinstance(value, str):
        return _INFINITE[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number was expected")
    float(value)  # an integer beyond every double is none
    return value


def whole(value: object) -> int:
    """Read a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def flag(value: object) -> bool:
    """Read a truth value."""
    if not isinstance(value, bool):
        raise TypeError("true or false was expected")
    return value


def text(value: object) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def quarter(value: object) -> Quarter:
    """Read a quarter such as ``2026Q2``."""
    return Quarter.parse(text(value))


def month(value: object) -> Month:
    """Read a month such as ``2026-06``."""
    return Month.parse(text(value))


def day(value: object) -> date:
    """Read a date such as ``2026-10-25``."""
    return date.fromisoformat(text(value))


def maybe(value: object, read: Callable[[Any], T]) -> T | None:
    """Read a value where there is one."""
    return None if value is None else read(value)


def several(value: object, read: Callable[[Any], T]) -> tuple[T, ...]:
    """Read a list."""
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return tuple(read(entry) for entry in value)


def by_year(value: object, read: Callable[[Any], T]) -> dict[int, T]:
    """Read what is kept by year."""
    if not isinstance(value, dict):
        raise TypeError("entries by year were expected")
    return {int(year): read(entry) for year, entry in value.items()}


def array(value: object, length: int) -> Array:
    """Read an array of numbers, shape ``(length,)``."""
    found = np.array(several(value, number), dtype=np.float64)
    if found.shape != (length,):
        raise ValueError(f"{length} numbers were expected")
    return found
