"""A scenario as a TOML document: written in the newest schema, read in every one there was."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields

from forecasting.period import Quarter
from forecasting.scenario.entries import Amount, PointLever, Project, Stage
from forecasting.scenario.errors import LaterScenario, ScenarioRefused
from forecasting.scenario.fields import LARGEST, Table
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.pins import Pin
from forecasting.scenario.scenario import Scenario

SCHEMA = 1
"""The newest.

A change of names, meanings or usual values makes a new one; the reader of those before it then
puts what they meant, so that no stored scenario changes.
"""
MOST_RAMP = 10.0
MOST_LAG = 40
SMALLEST = 1e-9

_SECTIONS = (
    ("lever", "levers"),
    ("amount", "amounts"),
    ("point", "points"),
    ("project", "projects"),
    ("pin", "pins"),
)
_POINT_SOURCES = (Source.ESTIMATED, Source.JUDGEMENT)
_MAPPINGS = ("assumptions", "completion")


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
        raise LaterScenario(schema, SCHEMA)
    scenario = reader(table, indicators)
    table.end()
    return scenario


def _read_1(table: Table, indicators: Collection[str]) -> Scenario:
    return Scenario(
        name=table.text("name"),
        note=table.text("note"),
        levels=table.pairs(
            "levels",
            lambda name: (SMALLEST, LARGEST) if name in indicators else None,
            "indicator",
        ),
        unmoved=table.several("unmoved", indicators, "indicator"),
        levers=tuple(map(_lever_1, table.tables("lever"))),
        amounts=tuple(_amount_1(entry, indicators) for entry in table.tables("amount")),
        points=tuple(_point_1(entry, indicators) for entry in table.tables("point")),
        projects=_projects_1(table),
        pins=tuple(_pin_1(entry, indicators) for entry in table.tables("pin")),
    )


_READERS: Mapping[int, Callable[[Table, Collection[str]], Scenario]] = {1: _read_1}


def _lever_1(table: Table) -> Lever:
    kind = table.choice("kind", LeverKind)
    known = RULES[kind].assumptions

    def limits(name: str) -> tuple[float, float] | None:
        return (known[name].low, known[name].high) if name in known else None

    return Lever(
        kind=kind,
        value=table.number("value"),
        name=table.text("name"),
        start=table.quarter("start"),
        lag=table.whole("lag", 0, MOST_LAG),
        one_off=table.flag("one_off", default=False),
        ramp=table.numbers("ramp", (1.0,), 0.0, MOST_RAMP),
        assumptions=table.pairs("assumptions", limits, "known_key"),
    )


def _amount_1(table: Table, indicators: Collection[str]) -> Amount:
    return Amount(
        indicator=table.one_of("indicator", indicators, "indicator"),
        value=table.number("value"),
        name=table.text("name"),
        points=table.flag("points", default=False),
        start=table.quarter("start"),
    )


def _point_1(table: Table, indicators: Collection[str]) -> PointLever:
    source = table.one_of("source", _POINT_SOURCES, "choice", Source.JUDGEMENT)
    estimated = source == Source.ESTIMATED
    return PointLever(
        name=table.text("name", None),
        indicator=table.one_of("indicator", indicators, "indicator"),
        value=table.number("value"),
        size=table.number("size"),
        # An estimate has a standard error, which must be said.
        spread=table.number("spread", None if estimated else 0.0, SMALLEST if estimated else 0.0),
        start=table.quarter("start"),
        ramp=table.numbers("ramp", (1.0,), 0.0, MOST_RAMP),
        source=Source(source),
    )


def _projects_1(table: Table) -> tuple[Project, ...]:
    projects: dict[str, Project] = {}
    for entry in table.tables("project"):
        project = _project_1(entry)
        if project.id in projects:
            raise entry.refuse("id", project.id, "unique")
        projects[project.id] = project
    return tuple(projects.values())


def _project_1(table: Table) -> Project:
    def year(name: str) -> tuple[float, float] | None:
        return (0.0, LARGEST) if name.isdecimal() and len(name) == 4 else None

    completion = table.pairs("completion", year, "year")
    return Project(
        id=table.text("id", None),
        name=table.text("name"),
        stage=table.choice("stage", Stage, Stage.INTRODUCED),
        total_investment=table.number("total_investment", 0.0, 0.0),
        signed=table.quarter("signed"),
        started=table.quarter("started"),
        recorded=table.quarter("recorded"),
        producing=table.quarter("producing"),
        counted=table.quarter("counted"),
        completion=tuple((int(name), amount) for name, amount in completion),
        output=table.number("output", 0.0, 0.0),
        value_added_rate=table.number("value_added_rate", 0.186, 0.0, 1.0),
        ramp=table.numbers("ramp", (1.0,), 0.0, MOST_RAMP),
        tax=table.number("tax", 0.0),
        retained=table.number("retained", 0.375, 0.0, 1.0),
        industrial=table.flag("industrial", default=True),
        start_probability=table.number("start_probability", 1.0, 0.0, 1.0),
        delay=table.probabilities("delay", (1.0,)),
        blocking=table.text("blocking"),
        owner=table.text("owner"),
    )


def _pin_1(table: Table, indicators: Collection[str]) -> Pin:
    return Pin(
        indicator=table.one_of("indicator", indicators, "indicator"),
        growth=table.number("growth"),
        quarter=table.quarter("quarter"),
    )


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
    if scenario.levels:
        lines += ["", "[levels]", *(f"{_key(name)} = {level!r}" for name, level in scenario.levels)]
    for section, attribute in _SECTIONS:
        for entry in getattr(scenario, attribute):
            lines += ["", f"[[{section}]]", *_entry(entry)]
    return "\n".join(lines) + "\n"


def _entry(entry: Lever | Amount | PointLever | Project | Pin) -> list[str]:
    """Return the fields of an entry that say something, one a line."""
    values = ((field.name, getattr(entry, field.name)) for field in fields(entry))
    return [
        f"{name} = {_mapping(value) if name in _MAPPINGS else _value(value)}"
        for name, value in values
        if value is not None and value != "" and value != ()
    ]


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Quarter():
            return _text(str(value))
        case str():
            return _text(value)
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
