"""Scenarios as schema 1 wrote them: nothing here changes, so that no stored one does.

What a lever leaves out, and between which limits it may set what it says, is asked of ``RULES``.
A test holds these to what they were: before any of them changes, they are put down here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from forecasting.scenario.fields import LARGEST, SMALLEST, Table
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project, Stage

MOST_RAMP = 10.0
MOST_LAG = 40

_POINT_SOURCES = (Source.ESTIMATED, Source.JUDGEMENT)


def read_1(table: Table, indicators: Collection[str]) -> Scenario:
    """Read a scenario of schema 1."""
    return Scenario(
        name=table.text("name"),
        note=table.text("note"),
        levels=table.pairs(
            "levels",
            lambda name: (SMALLEST, LARGEST) if name in indicators else None,
            "indicator",
        ),
        unmoved=table.several("unmoved", indicators, "indicator"),
        levers=tuple(map(lever_1, table.tables("lever"))),
        amounts=tuple(amount_1(entry, indicators) for entry in table.tables("amount")),
        points=tuple(point_1(entry, indicators) for entry in table.tables("point")),
        projects=projects_1(table),
        pins=tuple(_pin_1(entry, indicators) for entry in table.tables("pin")),
    )


def lever_1(table: Table) -> Lever:
    """Read a lever."""
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


def amount_1(table: Table, indicators: Collection[str]) -> Amount:
    """Read an amount."""
    return Amount(
        indicator=table.one_of("indicator", indicators, "indicator"),
        value=table.number("value"),
        name=table.text("name"),
        points=table.flag("points", default=False),
        start=table.quarter("start"),
    )


def point_1(table: Table, indicators: Collection[str]) -> PointLever:
    """Read a point lever."""
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


def projects_1(table: Table, read: Callable[[Table], Project] | None = None) -> tuple[Project, ...]:
    """Read the project table, in which every id stands once, each project by ``read``."""
    projects: dict[str, Project] = {}
    for entry in table.tables("project"):
        project = (read or project_1)(entry)
        if project.id in projects:
            raise entry.refuse("id", project.id, "unique")
        projects[project.id] = project
    return tuple(projects.values())


def project_1(table: Table) -> Project:
    """Read a project."""

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
