"""Snapshots as JSON: one writer and one reader, both by the types of the fields.

Every field of a dataclass is written under its own name. NaN is null, and so is None; an infinite
number is a text. Numbers are written as they are, never rounded. The bytes are canonical: keys in
order, UTF-8, no space between. The same snapshot is the same bytes everywhere, so that their
digest names it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from forecasting.errors import DamagedSnapshot, LaterSnapshot
from forecasting.figures.period import Month, Quarter, parse_period
from forecasting.history.history import LEFT_OUT, History
from forecasting.issues.snapshot import Snapshot

SCHEMA = 3
"""Another field, name or meaning anywhere in a snapshot makes a new one, with a release.

``read_snapshot`` then adds to an older document what it meant, before it is read: whatever was
issued is read for ever. Release 0.1.0 wrote schema 1.
"""

Reader = Callable[[Any], Any]


def write_snapshot(snapshot: Snapshot) -> bytes:
    """Return the document of a snapshot."""
    values = {"schema": SCHEMA, **plain(snapshot)}
    written = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return written.encode()


def read_snapshot(document: bytes) -> Snapshot:
    """Read what ``write_snapshot`` of this release or of any before it has written.

    Raises
    ------
    LaterSnapshot
        If it was written in a later schema.
    DamagedSnapshot
        If it is not as it was written.
    """
    try:
        values = json.loads(document.decode(), parse_constant=_refuse)
        schema = _SCALARS[int](values.pop("schema"))
        if schema > SCHEMA:
            raise LaterSnapshot(schema=schema, newest=SCHEMA)
        if schema < 1:
            raise ValueError(f"no schema {schema}")
        if schema < 2:
            _add_meaning_of_schema_1(values)
        if schema < 3:
            _add_meaning_of_schema_2(values)
        snapshot: Snapshot = _reader(Snapshot)(values)
        return snapshot
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise DamagedSnapshot(found=f"{type(error).__name__}: {error}") from error


def _add_meaning_of_schema_1(values: dict[str, Any]) -> None:
    """Add that all that was typed counted in full, and that growth never seen was not looked for.

    Of projects it is not known how many were certain: their chances to start were their own.
    """
    scenario = values["scenario"]
    if scenario is not None:
        scenario |= {"realised": False, "unseen": []}
        scenario["projects"]["certain"] = 0
        for entry in scenario["entries"]:
            entry["certain"] = True


def _add_meaning_of_schema_2(values: dict[str, Any]) -> None:
    """Add that every issue had its number in the usual form, and that none said what is next."""
    values["next_steps"] = None
    for numbered in (values["issue"], values["change"], *values["record"]):
        if numbered is not None:
            numbered["label"] = ""


def plain(value: object) -> Any:
    """Return a value of a snapshot as JSON holds it; a set in rising order.

    Raises
    ------
    TypeError
        If it holds something that has no form in JSON: a defect.
    """
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return float(value)
        case float():
            return _NOT_FINITE[str(value)]
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
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if not (field.metadata == LEFT_OUT and getattr(value, field.name) is None)
        }
    raise TypeError(f"no form for {type(value).__name__} in a snapshot")


@cache
def _reader(kind: Any) -> Reader:
    """Return the function that reads values of a type.

    Raises
    ------
    TypeError
        If it is no type that a snapshot may hold: a defect.
    """
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in _SCALARS:
        return _SCALARS[origin]
    if origin in (Union, UnionType):
        kinds = [argument for argument in arguments if argument is not NoneType]
        if set(kinds) == {Quarter, Month}:
            return lambda value: None if value is None else parse_period(_text(value))
        (one,) = map(_reader, kinds)
        return lambda value: None if value is None else one(value)
    if is_dataclass(origin):
        return _dataclass_reader(origin, arguments)
    if origin is np.ndarray:
        return lambda values: np.array(list(map(_number, _list(values))), dtype=np.float64)
    if origin is Mapping:
        key_of, entry = arguments[0], _reader(arguments[1])
        return lambda values: {key_of(key): entry(value) for key, value in values.items()}
    if issubclass(origin, StrEnum):
        return lambda value: origin(_text(value))
    if origin is frozenset or arguments[1:] == (...,):
        entry = _reader(arguments[0])
        return lambda values: origin(map(entry, _list(values)))
    if issubclass(origin, tuple):
        make = origin if origin is tuple else origin._make
        readers = tuple(map(_reader, arguments or get_type_hints(origin).values()))
        return lambda values: make(
            read(value) for read, value in zip(readers, _list(values), strict=True)
        )
    raise TypeError(f"no reader for {kind}")


def _dataclass_reader(kind: Any, arguments: tuple[Any, ...]) -> Reader:
    """Return the function that reads a dataclass: every field has to stand there, and no other."""
    hints = get_type_hints(kind)
    if arguments:  # of a generic dataclass
        hints = {
            name: hint[arguments] if getattr(hint, "__parameters__", ()) else hint
            for name, hint in hints.items()
        }
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    optional = {field.name for field in fields(kind) if field.metadata == LEFT_OUT}

    def read(values: dict[str, Any]) -> Any:
        if values.keys() | optional != readers.keys():
            raise KeyError(f"{kind.__name__}: {sorted(values.keys() ^ readers.keys())}")
        value = kind(**{name: readers[name](given) for name, given in values.items()})
        if isinstance(value, History):
            _check_lengths(value)
        return value

    return read


def _check_lengths(history: History) -> None:
    quarters = len(history.quarters)
    arrays = (history.ytd, history.growth, history.log_level, history.bridged)
    if not quarters or list(map(len, arrays)) != [quarters, quarters, quarters + 4, quarters + 4]:
        raise ValueError("a history whose arrays differ in length")


def _exactly(kind: type) -> Reader:
    """Return the function that reads values of a type of JSON, and none that stands for it."""

    def read(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"{kind.__name__} was expected")
        return value

    return read


def _number(value: object) -> float:
    """Read a number; null is NaN."""
    if value is None or isinstance(value, str):
        return _FROM_PLAIN[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number was expected")
    float(value)  # an integer beyond every double is none
    return value


_NOT_FINITE = {"nan": None, "inf": "Infinity", "-inf": "-Infinity"}
_FROM_PLAIN = {plain: float(number) for number, plain in _NOT_FINITE.items()}
_list, _text = _exactly(list), _exactly(str)
_SCALARS: Mapping[Any, Reader] = {
    float: _number,
    int: _exactly(int),
    bool: _exactly(bool),
    str: _text,
    Quarter: lambda value: Quarter.parse(_text(value)),
    Month: lambda value: Month.parse(_text(value)),
    date: lambda value: date.fromisoformat(_text(value)),
}


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
