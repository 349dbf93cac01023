"""Nothing of a single firm or project is in a snapshot, nor can it be computed from one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings

from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.issues.json import write_snapshot
from forecasting.news.causes_in_order import explain
from forecasting.news.news import News
from forecasting.scenario.apply import Applied, Effect, apply
from forecasting.scenario.levers import RULES, Lever
from forecasting.scenario.model import FEWEST_IN_A_SUM
from forecasting.scenario.projects import Project
from tests.forecasting.issues.recovery import Pair, Published, Told, numbers_told
from tests.forecasting.issues.shapes import SECRET, STARTED, Shape, scenario_of, shapes
from tests.forecasting.issues.takes import forecast, taken_of
from tests.forecasting.scenario.builders import (
    ASK,
    CATALOGUE,
    LEVELS,
    TARGETS,
    figures,
)

KNOWN_FACTORS = (100.0, 1e4, 100 / 90, 0.25, 0.5)
"""Units, the scale of a stoppage, and how a year's worth is spread over its quarters."""


@cache
def news() -> News:
    earlier = [figure for figure in figures() if figure.month < Quarter(2021, 2).end]
    return explain(ASK, Inputs(CATALOGUE, TARGETS, earlier), Inputs(CATALOGUE, TARGETS, figures()))


@cache
def constants() -> tuple[float, ...]:
    """Return what a reader may know of the arithmetic: levels, shares of quarters, rates."""
    shares = [np.array(line.history.weights(2021)) for line in forecast().standing]
    parts = {part for each in shares for part in (*each[2:], each[2:].sum(), each.sum())}
    rates = {
        assumption.default
        for rule in RULES.values()
        for assumption in rule.assumptions.values()
        if assumption.default
    }
    return (*KNOWN_FACTORS, *LEVELS.values(), *map(float, parts), *rates)


def issued(applied: Applied) -> bytes:
    return write_snapshot(taken_of(forecast(), applied, (2, news())))


def secrets_of(applied: Applied) -> list[float]:
    """Return every number of a single firm or project, in an order that the shape fixes."""
    scenario = applied.scenario
    unknown = [number for lever in scenario.levers for _, number in lever.assumptions]
    stated = [
        number
        for part in (*scenario.projects, *scenario.bottom_up, *scenario.risks)
        for number in _numbers_in(part)
    ]
    return [*unknown, *stated, *_moved(applied), *_views(applied)]


def _numbers_in(value: object) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _numbers_in(entry)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "weight":  # of a view: it is told
                yield from _numbers_in(getattr(value, field.name))


def _moved(applied: Applied) -> Iterator[float]:
    """Yield what each project moves, and what they move together where they are few.

    And what a lever moves by something that only the zone knows: of a chance that is the share of
    paths on which it comes, which is the chance but for the last digits.
    """
    sums: dict[str, list[float]] = {}
    for effect in applied.effects:
        points, amount = math.fsum(effect.points), math.fsum(effect.amounts)
        own = isinstance(effect.entry, Lever) and effect.entry.assumptions
        if isinstance(effect.entry, Project) or (own and _uses(effect, own)):
            yield from (points, amount)
        if isinstance(effect.entry, Project):
            sums.setdefault(effect.indicator, []).append(points)
    yield from (math.fsum(each) for each in sums.values() if len(each) < FEWEST_IN_A_SUM)


def _uses(effect: Effect, unknown: tuple[tuple[str, float], ...]) -> bool:
    return any(step.name in dict(unknown) for step in effect.factors)


def _views(applied: Applied) -> Iterator[float]:
    """Yield what a view of few says; the others are sums."""
    if any(len(view.items) < FEWEST_IN_A_SUM for view in applied.scenario.bottom_up):
        for verdict in applied.outlook.verdicts:
            for member in verdict.members:
                if member.method == "bottom_up" and member.quantiles is not None:
                    yield from member.quantiles


def told_in(document: bytes) -> Told:
    """Return the numbers of a document, and sums of points as the amounts that they are."""
    values = json.loads(document)
    amounts = {
        f".amount of {told['indicator']}": told["points"] * LEVELS[told["indicator"]] / 100
        for told in values["scenario"]["projects"]["effects"]
        if told["points"] is not None
    }
    return {**dict(numbers_told(values)), **amounts}


UNSURE = Shape(
    (), 0.25, ((STARTED, False, False), (STARTED, False, True), (STARTED, False, False)), 0, 0.0
)
"""On some paths only one of three projects comes."""


@settings(max_examples=40)
@example(UNSURE)
@given(shapes)
def test_no_name_and_no_figure_of_a_firm_or_project_can_be_had(shape: Shape) -> None:
    one, two = (apply(forecast(), scenario_of(shape, seed)) for seed in (1, 2))
    documents = [issued(applied) for applied in (one, two)]

    assert SECRET not in documents[0].decode()
    told = [told_in(document) for document in documents]
    published = Published.of(told[0], told[1], constants())
    found = {
        pair: recovered
        for pair in zip(secrets_of(one), secrets_of(two), strict=True)
        if pair[0] != pair[1] and (recovered := published.recovered(pair))
    }
    assert found == {}


SEARCHED: list[tuple[Told, Told, Pair]] = [
    ({".a": 0.123}, {".a": 0.456}, (0.123, 0.456)),
    ({".a": 5.123, ".b": 5.0}, {".a": 5.456, ".b": 5.0}, (0.123, 0.456)),
    (
        {".a": 10 * 0.123 * 100 / 90 * 0.26, ".scenario.value": 10.0},
        {".a": 10 * 0.456 * 100 / 90 * 0.26, ".scenario.value": 10.0},
        (0.123, 0.456),
    ),
    ({".a": 7.7, ".b": 7.7 + 0.123}, {".a": 3.3, ".b": 3.3 + 0.456}, (0.123, 0.456)),
    (
        {".outlook.q": 8.5 + 2 * 0.123, ".baseline.q": 8.5, ".scenario.value": 2.0},
        {".outlook.q": 8.5 + 2 * 0.456, ".baseline.q": 8.5, ".scenario.value": 2.0},
        (0.123, 0.456),
    ),
]


@pytest.mark.parametrize(("one", "two", "secret"), SEARCHED)
def test_the_search_finds_what_can_be_computed_back(one: Told, two: Told, secret: Pair) -> None:
    assert Published.of(one, two, (0.26, 100 / 90)).recovered(secret)
    assert not Published.of(one, two, (0.26, 100 / 90)).recovered((0.1234567, 0.4567891))
