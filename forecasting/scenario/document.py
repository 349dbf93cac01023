"""A scenario as a TOML document: written in the newest schema, read in every one there was."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields

from forecasting.errors import LaterScenario, ScenarioRefused
from forecasting.figures.period import Quarter
from forecasting.scenario.fields import LARGEST, Table
from forecasting.scenario.model import BottomUp, Entry, Item, Pin, Rest, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.risks import Risk
from forecasting.scenario.schema_1 import read_1
from forecasting.scenario.schema_2 import read_2

SCHEMA = 2
"""The newest.

A change of names, meanings or usual values makes a new one; the reader of those before it then
puts what they meant, so that no stored scenario changes.
"""

_SECTIONS = (
    ("lever", "levers"),
    ("amount", "amounts"),
    ("point", "points"),
    ("project", "projects"),
    ("pin", "pins"),
    ("risk", "risks"),
    ("bottom_up", "bottom_up"),
)
_MAPPINGS = ("assumptions", "completion")
_TABLES = ("items", "in_trend")
"""Attributes that follow in tables of their own."""


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
    table = Table(values)
    schema = table.whole("schema", 1, LARGEST) or 1
    reader = _READERS.get(schema)
    if reader is None:
        raise LaterScenario(schema=schema, newest=SCHEMA)
    scenario = reader(table, indicators)
    table.end()
    return scenario


_READERS: Mapping[int, Callable[[Table, Collection[str]], Scenario]] = {1: read_1, 2: read_2}


def write_scenario(scenario: Scenario) -> str:
    """Return a scenario as TOML that ``read_scenario`` reads as the same value.

    Fields that say nothing (no date, no text, no assumption of its own) are left out.
    """
    lines = [f"schema = {SCHEMA}"]
    lines += [
        f"{key} = {_value(value)}"
        for key, value in (
            ("name", scenario.name),
            ("note", scenario.note),
            ("unmoved", scenario.unmoved),
        )
        if value
    ]
    lines += [
        f"{key} = {value!r}"
        for key, value in (
            ("price_index", scenario.price_index),
            ("sales_rate", scenario.sales_rate),
        )
        if value != 1
    ]
    if scenario.levels:
        lines += ["", "[levels]", *(f"{_key(name)} = {level!r}" for name, level in scenario.levels)]
    for section, attribute in _SECTIONS:
        for entry in getattr(scenario, attribute):
            lines += ["", f"[[{section}]]", *_entry(entry)]
            if isinstance(entry, Project) and entry.in_trend is not None:
                lines += ["", f"[{section}.in_trend]", *_plan(entry.in_trend)]
            if isinstance(entry, BottomUp):
                for item in entry.items:
                    lines += ["", f"[[{section}.item]]", *_entry(item)]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry | Pin | Risk | BottomUp | Item) -> list[str]:
    """Return the fields of an entry that say something, one a line."""
    names = (field.name for field in fields(entry) if field.name not in _TABLES)
    values = ((name, getattr(entry, name)) for name in names)
    return [
        f"{name} = {_mapping(value) if name in _MAPPINGS else _value(value)}"
        for name, value in values
        if value is not None and value != "" and value != ()
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
            return _text(str(value))
        case str():
            return _text(value)
        case Rest():
            return _mapping((("growth", value.growth), ("spread", value.spread)))
        case tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)


def _mapping(pairs: tuple[tuple[str | int, float], ...]) -> str:
    return "{ " + ", ".join(f"{_key(str(name))} = {value!r}" for name, value in pairs) + " }"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if bare else _text(name)


def _text(text: str) -> str:
    """Return a text in the quotes of TOML, whose escapes are those of JSON and one more."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
