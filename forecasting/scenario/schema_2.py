"""Scenarios as schema 2 writes them: views from below, risks, pins since January, trends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from forecasting.scenario.fields import LARGEST, SMALLEST, Table
from forecasting.scenario.model import BottomUp, Item, Pin, Rest, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.risks import Constraint, Risk
from forecasting.scenario.schema_1 import amount_1, lever_1, point_1, project_1, projects_1

LEAST_GROWTH = -100.0
"""Percent: less than nothing is left of no level."""


def read_2(table: Table, indicators: Collection[str]) -> Scenario:
    """Read a scenario of schema 2."""
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
        projects=projects_1(table, _project),
        pins=tuple(_pin(entry, indicators) for entry in table.tables("pin")),
        bottom_up=_views(table, indicators),
        risks=tuple(map(_risk, table.tables("risk"))),
        price_index=table.number("price_index", 1.0, 0.5, 2.0),
        sales_rate=table.number("sales_rate", 1.0, 0.0, 1.5),
    )


def _project(table: Table) -> Project:
    carried = table.table_or_none("in_trend")
    project = project_1(table)
    if carried is None:
        return project
    planned = project_1(carried)
    carried.end()
    return replace(project, in_trend=planned)


def _pin(table: Table, indicators: Collection[str]) -> Pin:
    return Pin(
        indicator=table.one_of("indicator", indicators, "indicator"),
        growth=table.number("growth"),
        quarter=table.quarter("quarter"),
        cumulative=table.flag("cumulative", default=False),
    )


def _risk(table: Table) -> Risk:
    return Risk(
        name=table.text("name", None),
        line=table.choice("line", Constraint),
        probability=table.number("probability", None, 0.0, 1.0),
        deduction=table.number("deduction", None, 0.0),
        count=table.number("count", 1.0, 0.0),
        note=table.text("note"),
        owner=table.text("owner"),
    )


def _views(table: Table, indicators: Collection[str]) -> tuple[BottomUp, ...]:
    views: dict[str, BottomUp] = {}
    for entry in table.tables("bottom_up"):
        view = _view(entry, indicators)
        if view.indicator in views:
            raise entry.refuse("indicator", view.indicator, "unique")
        views[view.indicator] = view
    return tuple(views.values())


def _view(table: Table, indicators: Collection[str]) -> BottomUp:
    indicator = table.one_of("indicator", indicators, "indicator")
    rest = table.table("rest")
    growth, spread = rest.number("growth", None, LEAST_GROWTH), rest.number("spread", 0.0, 0.0)
    rest.end()
    items: dict[str, Item] = {}
    for entry in table.tables("item"):
        item = _item(entry)
        if item.name in items:
            raise entry.refuse("name", item.name, "unique")
        items[item.name] = item
    return BottomUp(
        indicator=indicator,
        rest=Rest(growth, spread),
        items=tuple(items.values()),
        weight=table.number("weight", 0.0, 0.0, 1.0),
        unit=table.text("unit"),
    )


def _item(table: Table) -> Item:
    item = Item(
        name=table.text("name", None),
        base=table.numbers("base", (0.0,), 0.0, LARGEST),
        known=table.numbers("known", (), 0.0, LARGEST),
        growth=table.number_or_none("growth", LEAST_GROWTH),
        amount=table.number_or_none("amount", 0.0),
        spread=table.number("spread", 0.0, 0.0),
        probability=table.number("probability", 1.0, 0.0, 1.0),
    )
    if item.problem is not None:
        field, expected = item.problem
        raise table.refuse(field, getattr(item, field), expected)
    return item
