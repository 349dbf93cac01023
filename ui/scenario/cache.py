"""What is kept of scenarios between reruns: baselines with their paths, and what was answered.

A baseline is fitted once for a vintage and a question; every scenario on it is arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from data.store.scenarios import Scenarios
from forecasting.errors import OutlookError
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.errors import AssumptionMissing
from forecasting.scenario.model import Entry, Scenario
from forecasting.scenario.response import Response, Turned, at_rest, dials_of, response
from ui.frame import cache

MOST_BASELINES = 24
"""Each holds some megabytes of paths."""
MOST_ANSWERS = 128


@dataclass(frozen=True, slots=True)
class Asking:
    """What a scenario is asked about: one vintage, area and year as a reader chose them."""

    snapshot: cache.Snapshot
    area: str
    year: int
    as_of: Quarter | None
    line: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A scenario as far as it can be answered.

    Attributes
    ----------
    scenario
        What was asked.
    usable
        The same without the levers that lack an assumption and, where they cannot be, without its
        pins or the weights of its views from below.
    applied
        What that does.
    dials
        Those of the scenario and one for every other lever, as they stand.
    lacking
        What its turned levers lack.
    fault
        Why its pins cannot hold or its views from below be mixed in; None where they can.
    """

    scenario: Scenario
    usable: Scenario
    applied: Applied
    dials: tuple[Turned, ...]
    lacking: tuple[AssumptionMissing, ...]
    fault: OutlookError | None


def scenarios() -> Scenarios:
    """Return the saved scenarios of the store that pages write to."""
    return cache.store().scenarios


def baseline(asking: Asking) -> Baseline:
    """Return the baseline of a question, fitted once."""
    as_of = str(asking.as_of) if asking.as_of else ""
    snapshot = asking.snapshot
    return _baseline(
        snapshot.database, snapshot.vintage, asking.area, asking.year, as_of, asking.line
    )


def before(asking: Asking) -> Outlook:
    """Return the outlook without any scenario."""
    return _before(asking, _key(asking))


def answered(asking: Asking, scenario: Scenario) -> Answer:
    """Return a scenario's answer; nothing is fitted for it."""
    return _answered(asking, scenario, _key(asking), repr(scenario))


def picture(asking: Asking, found: Answer) -> Response:
    """Return the linear picture of an answer by its dials, the same however these are turned."""
    resting, dials = at_rest(found.usable), tuple(map(unit_of, found.dials))
    return _picture(asking, resting, dials, _key(asking), repr((resting, dials)))


def kept(asking: Asking, scenario: Scenario, kind: str, make: Callable[[], Any]) -> Any:
    """Return what a page makes of a scenario and keeps, such as a tornado or a solution."""
    return _made(make, _key(asking), repr(scenario), kind)


def _key(asking: Asking) -> tuple[object, ...]:
    snapshot = asking.snapshot
    as_of = str(asking.as_of)
    return snapshot.database, snapshot.vintage, asking.area, asking.year, as_of, asking.line


@st.cache_resource(show_spinner=False, max_entries=MOST_BASELINES)
def _baseline(
    database: str, vintage: int, area: str, year: int, as_of: str, line: float | None
) -> Baseline:
    asked = cache.Snapshot(database, vintage)
    cut = Quarter.parse(as_of) if as_of else None
    return baseline_of(
        Question(asked.area(area), year, cut, line, DEFAULT_SEED),
        asked.inputs(area),
        cache.remembering_predict,
    )


@st.cache_resource(show_spinner=False, max_entries=MOST_ANSWERS)
def _before(_asking: Asking, key: tuple[object, ...]) -> Outlook:
    return outlook_of(baseline(_asking))


@st.cache_resource(show_spinner=False, max_entries=MOST_ANSWERS)
def _answered(_asking: Asking, _scenario: Scenario, key: tuple[object, ...], text: str) -> Answer:
    return answer(baseline(_asking), _scenario)


@st.cache_resource(show_spinner=False, max_entries=MOST_ANSWERS)
def _picture(
    _asking: Asking,
    _resting: Scenario,
    _dials: tuple[Entry, ...],
    key: tuple[object, ...],
    text: str,
) -> Response:
    return response(baseline(_asking), _resting, _dials, partly=True)


@st.cache_resource(show_spinner=False, max_entries=MOST_ANSWERS)
def _made(_make: Callable[[], Any], key: tuple[object, ...], text: str, kind: str) -> Any:
    return _make()


def answer(base: Baseline, scenario: Scenario) -> Answer:
    """Answer a scenario as far as it can be."""
    free, lacking = _without_stuck(scenario)
    usable, applied, fault = _applied(base, free)
    reached = {line.target.indicator for line in base.standing}
    return Answer(scenario, usable, applied, dials_of(scenario, reached), lacking, fault)


def _applied(base: Baseline, scenario: Scenario) -> tuple[Scenario, Applied, OutlookError | None]:
    """Return what of a scenario can be, what that does, and why the rest cannot be."""
    beside = tuple(replace(view, weight=0.0) for view in scenario.bottom_up)
    parts: tuple[dict[str, Any], ...] = (
        {},
        {"pins": ()},
        {"bottom_up": beside},
        {"pins": (), "bottom_up": beside},
    )
    fault: OutlookError | None = None
    for left in parts:
        usable = replace(scenario, **left)
        try:
            return usable, apply(base, usable, partly=True), fault
        except OutlookError as error:
            fault = fault or error
    assert fault is not None
    raise fault


def _without_stuck(scenario: Scenario) -> tuple[Scenario, tuple[AssumptionMissing, ...]]:
    """Return a scenario without the levers whose arithmetic lacks a number."""
    free, lacking = [], []
    for lever in scenario.levers:
        names = [name for name in lever.rule.assumptions if lever.assumed(name) is None]
        lacking += [AssumptionMissing(lever.kind, name) for name in names if lever.value != 0]
        if not names:
            free.append(lever)
    return replace(scenario, levers=tuple(free)), tuple(lacking)
