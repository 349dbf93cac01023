"""A scenario as a TOML document: one writer, and one reader by the types of the fields.

A field without a usual value has to stand there, a text among them not empty. Every key is read,
and any other is refused.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from forecasting.errors import LaterScenario, ScenarioRefused
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, Source
from forecasting.scenario.model import BottomUp, Entry, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.number_limits import SMALLEST, Bounds, Rule
from forecasting.scenario.projects import Project
from forecasting.scenario.reference_class import (
    PRIOR,
    PROJECT_CLASSES,
    ZONE_FACTOR,
    ClassRate,
    Rate,
)
from forecasting.scenario.risks import Risk

SCHEMA = 2
"""1 is that of release 0.1.0, in which all that was planned came.

A change of names, meanings or usual values makes a new one; ``read_scenario`` then puts what an
older document meant, so that no stored scenario changes.
"""

_SECTIONS = {
    "levers": "lever",
    "amounts": "amount",
    "points": "point",
    "projects": "project",
    "pins": "pin",
    "risks": "risk",
    "bottom_up": "bottom_up",
    "rates": "rate",
}
_KEYS: Mapping[type, Mapping[str, str]] = {Scenario: _SECTIONS, BottomUp: {"items": "item"}}
"""Keys that are not the names of their fields: each heads one entry of several."""
_MAPPINGS = ("assumptions", "completion", "completed")
_TABLES = ("items", "in_trend")
"""Attributes that follow in tables of their own."""
_UNIQUE: Mapping[Any, str] = {Project: "id", BottomUp: "indicator", Item: "name", ClassRate: "name"}
"""The fields by which each entry of a list stands there once."""


def read_scenario(text: str, indicators: Collection[str]) -> Scenario:
    """Read a scenario; an empty text is the empty scenario.

    Parameters
    ----------
    indicators
        Ids of the catalogue; an amount on any other is refused.

    Raises
    ------
    ScenarioRefused
        At the first thing that is not as it should be, unknown keys included.
    LaterScenario
        If it was written in a later schema.
    """
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers too long and lists too deep, too
        raise ScenarioRefused("TOML", str(error), "toml") from error
    schema = _reader(_Schema)(values.pop("schema", SCHEMA), _Place("schema", indicators))
    if schema > SCHEMA:
        raise LaterScenario(schema=schema, newest=SCHEMA)
    if schema == 1:
        _certain(values)
    scenario: Scenario = _reader(Scenario)(values, _Place("", indicators))
    return scenario


def _certain(values: Mapping[str, Any]) -> None:
    """Let everything that a document of schema 1 plans come, as it did when it was written."""
    for section in ("lever", "amount", "point", "project"):
        entries = values.get(section)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                entry.setdefault("certain", True)
    projects = values.get("project")
    for project in projects if isinstance(projects, list) else ():
        trend = project.get("in_trend") if isinstance(project, dict) else None
        for one in (project, trend):
            if isinstance(one, dict):
                for name, usual in (("start_probability", 1.0), ("delay", [1.0]), ("ramp", [1.0])):
                    one.setdefault(name, usual)


_Schema = Annotated[int, Bounds(1)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, and the indicators that may be named there."""

    path: str
    indicators: Collection[str]

    def at(self, key: str) -> _Place:
        return _Place(f"{self.path}.{key}" if self.path else key, self.indicators)

    def refuse(self, value: object, expected: str) -> ScenarioRefused:
        return ScenarioRefused(self.path, _shown(value), expected)


Reader = Callable[[Any, _Place], Any]


@cache
def _reader(kind: Any) -> Reader:
    """Return the function that reads values of a type."""
    if get_origin(kind) is Annotated:
        kind, rule = get_args(kind)
    else:
        rule = Bounds()
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType):  # a key that may be left out
        (one,) = (argument for argument in arguments if argument is not NoneType)
        return _reader(one)
    if origin is tuple:
        return _list_reader(arguments[0], rule)
    if rule is Rule.YEAR:
        return _year
    if rule is Rule.INDICATOR:
        return _indicator
    if origin in (int, float):
        return lambda value, place: _number(value, place, rule, whole=origin is int)
    if origin in _SIMPLE:
        return _SIMPLE[origin]
    if is_dataclass(origin):
        return lambda value, place: _table(origin, value, place)
    return lambda value, place: _choice(origin, value, place)


def _list_reader(kind: Any, rule: Bounds | Rule) -> Reader:
    """Return the function that reads a list of values, of tables, or a table of pairs."""
    if get_origin(kind) is tuple:
        name_kind, number_kind = get_args(kind)
        return lambda value, place: _pairs(value, place, _reader(name_kind), _reader(number_kind))
    read = _reader(kind)
    if is_dataclass(kind):
        return lambda value, place: _tables(value, place, read, _UNIQUE.get(kind))
    if get_args(kind)[1:] == (Rule.INDICATOR,):
        return lambda value, place: tuple(
            read(one, place) for one in _checked(list, value, place, "indicator")
        )
    return lambda value, place: _numbers(value, place, read, rule)


@cache
def _fields(kind: Any) -> tuple[tuple[str, str, Reader, bool, bool], ...]:
    """Return name, key and reader of each field, whether it is needed, and whether it is a text."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(
        (
            field.name,
            _KEYS.get(kind, {}).get(field.name, field.name),
            _reader(hints[field.name]),
            field.default is MISSING,
            hints[field.name] is str,
        )
        for field in fields(kind)
    )


def _table(kind: Any, value: object, place: _Place) -> Any:
    """Read a dataclass from a table."""
    values = _checked(dict, value, place, "key")
    unread = dict(values)
    read = {}
    for name, key, reader, needed, text in _fields(kind):
        if needed and (key not in unread or (text and unread[key] == "")):
            raise place.at(key).refuse("", "key")
        if key in unread:
            read[name] = reader(unread.pop(key), place.at(key))
    for key in unread:
        raise ScenarioRefused(place.path or key, key, "known_key")
    entry = kind(**read)
    _check(entry, values, place)
    return entry


def _check(entry: object, values: Mapping[str, Any], place: _Place) -> None:
    """Refuse an entry whose fields do not go together."""
    match entry:
        case Lever():
            known = entry.rule.assumptions
            for name, value in entry.assumptions:
                if name not in known:
                    raise place.at("assumptions").refuse(name, "known_key")
                if not known[name].low <= value <= known[name].high:
                    raise (
                        place.at("assumptions")
                        .at(name)
                        .refuse(values["assumptions"][name], "range")
                    )
        case PointLever(source=Source.PUBLISHED):
            raise place.at("source").refuse(entry.source, "choice")
        case PointLever(source=Source.ESTIMATED) if entry.spread < SMALLEST:
            # An estimate has a standard error, which must be said.
            raise place.at("spread").refuse(
                values.get("spread", ""), "range" if "spread" in values else "key"
            )
        case Project(in_trend=Project(in_trend=Project())):
            raise place.at("in_trend").refuse("in_trend", "known_key")
        case Project() if entry.reference not in (None, *PROJECT_CLASSES):
            raise place.at("reference").refuse(entry.reference, "choice")
        case Rate() if not entry.possible:
            raise place.at("expected").refuse(entry.expected, "rate")
        case ClassRate():
            if (entry.reference, entry.quantity) not in PRIOR:
                raise place.at("quantity").refuse(entry.quantity, "choice")
            if not entry.rate.possible:
                raise place.at("expected").refuse(entry.expected, "rate")
        case Item() if entry.problem is not None:
            field, expected = entry.problem
            raise place.at(field).refuse(getattr(entry, field), expected)


def _tables(value: object, place: _Place, read: Reader, unique: str | None) -> tuple[Any, ...]:
    entries: list[Any] = []
    seen = set()
    for number, table in enumerate(_checked(list, value, place, "known_key"), start=1):
        at = _Place(f"{place.path} {number}", place.indicators)
        entries.append(read(_checked(dict, table, place, "known_key", value), at))
        if unique is not None:
            name = getattr(entries[-1], unique)
            if name in seen:
                raise at.at(unique).refuse(name, "unique")
            seen.add(name)
    return tuple(entries)


def _pairs(
    value: object, place: _Place, read_name: Reader, read_number: Reader
) -> tuple[tuple[Any, float], ...]:
    table = _checked(dict, value, place, "known_key")
    return tuple(
        (read_name(name, place), read_number(number, place.at(name)))
        for name, number in table.items()
    )


def _numbers(value: object, place: _Place, read: Reader, rule: Bounds | Rule) -> tuple[float, ...]:
    """Read a list of at least one number."""
    numbers = tuple(read(one, place) for one in _checked(list, value, place, "list"))
    if not numbers:
        raise place.refuse(value, "list")
    if rule is Rule.SUM_TO_ONE and abs(math.fsum(numbers) - 1) > 1e-6:
        raise place.refuse(list(numbers), rule)
    return numbers


def _number(value: object, place: _Place, limits: Bounds, *, whole: bool) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise place.refuse(value, "number")
    if not limits.low <= value <= limits.high or (whole and value != int(value)):
        raise place.refuse(value, "range")
    return int(value) if whole else float(value) + 0.0  # zero has one sign


def _text(value: object, place: _Place) -> str:
    return str(_checked(str, value, place, "text"))


def _flag(value: object, place: _Place) -> bool:
    return bool(_checked(bool, value, place, "flag"))


def _indicator(value: object, place: _Place) -> str:
    if not isinstance(value, str) or value not in place.indicators:
        raise place.refuse(value, Rule.INDICATOR)
    return value


def _year(value: str, place: _Place) -> int:
    if not value.isdecimal() or len(value) != 4:
        raise place.refuse(value, Rule.YEAR)
    return int(value)


def _quarter(value: object, place: _Place) -> Quarter:
    try:
        return Quarter.parse(_text(value, place))
    except ValueError as error:
        raise place.refuse(value, "quarter") from error


_SIMPLE: Mapping[Any, Reader] = {str: _text, bool: _flag, Quarter: _quarter}


def _choice(kind: type[StrEnum], value: object, place: _Place) -> StrEnum:
    try:
        return kind(_text(value, place))
    except ValueError as error:
        raise place.refuse(value, "choice") from error


def _checked(kind: type, value: Any, place: _Place, expected: str, shown: object = None) -> Any:
    """Return a value that is of a kind."""
    if not isinstance(value, kind):
        raise place.refuse(value if shown is None else shown, expected)
    return value


def _shown(value: object) -> str:
    """Return a value as a text; Python writes no whole number of thousands of digits."""
    try:
        return str(value)[:200]
    except ValueError:
        return "..."


def write_scenario(scenario: Scenario) -> str:
    """Return a scenario as TOML that ``read_scenario`` reads as the same value.

    Fields that say nothing (no date, no text, no assumption of its own) are left out.
    """
    lines = [f"schema = {SCHEMA}"]
    lines += [
        f"{key} = {_value(getattr(scenario, key))}"
        for key in ("name", "note", "unmoved")
        if getattr(scenario, key)
    ]
    lines += [f"{key} = {value!r}" for key, value in scenario.common.items() if value != 1]
    if scenario.zone_factor != ZONE_FACTOR:
        lines.append(f"zone_factor = {scenario.zone_factor!r}")
    if scenario.levels:
        lines += ["", "[levels]", *(f"{_key(name)} = {level!r}" for name, level in scenario.levels)]
    for attribute, section in _SECTIONS.items():
        for entry in getattr(scenario, attribute):
            lines += ["", f"[[{section}]]", *_entry(entry)]
            if isinstance(entry, Project) and entry.in_trend is not None:
                lines += ["", f"[{section}.in_trend]", *_plan(entry.in_trend)]
            if isinstance(entry, BottomUp):
                for item in entry.items:
                    lines += ["", f"[[{section}.item]]", *_entry(item)]
    return "\n".join(lines) + "\n"


_USUAL = ("certain", False)
"""The field that is left out where it says what holds of nearly every entry."""


def _entry(entry: Entry | Pin | Risk | BottomUp | Item | ClassRate) -> list[str]:
    """Return the fields of an entry that say something, one a line."""
    names = (field.name for field in fields(entry) if field.name not in _TABLES)
    values = ((name, getattr(entry, name)) for name in names)
    return [
        f"{name} = {_mapping(value) if name in _MAPPINGS else _value(value)}"
        for name, value in values
        if value is not None and value != "" and value != () and (name, value) != _USUAL
    ]


def _plan(project: Project) -> list[str]:
    """Return what the trend carries of a project: all but what its reader puts anyway."""
    usual = _entry(Project(project.id))
    return [line for line in _entry(project) if line not in usual or line.startswith("id = ")]


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Quarter():
            return _quoted(str(value))
        case str():
            return _quoted(value)
        case Rest():
            return _mapping((("growth", value.growth), ("spread", value.spread)))
        case Rate():
            return _mapping(
                (("expected", value.expected), ("low", value.low), ("high", value.high))
            )
        case tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)


def _mapping(pairs: tuple[tuple[str | int, float], ...]) -> str:
    return "{ " + ", ".join(f"{_key(str(name))} = {value!r}" for name, value in pairs) + " }"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if bare else _quoted(name)


def _quoted(text: str) -> str:
    """Return a text in the quotes of TOML, whose escapes are those of JSON and one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
