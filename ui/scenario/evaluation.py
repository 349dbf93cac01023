"""What a scenario comes to, kept between reruns: baselines with their paths, and evaluations.

A baseline is fitted once for a vintage and a question; every scenario on it is arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from data import clock
from forecasting.errors import AssumptionMissing, OutlookError
from forecasting.figures.period import Period, Quarter
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.model import Entry, Scenario, Turnable
from forecasting.scenario.response import Response, at_rest, dials_of, response
from ui.frame import cache

MOST_BASELINES = 24
"""Each holds some megabytes of paths."""
MOST_EVALUATIONS = 128


@dataclass(frozen=True, slots=True)
class BaselineKey:
    """What a baseline is fitted for: one vintage, area and year as a reader chose them.

    Attributes
    ----------
    today
        The quarter that it is: what has no start begins no earlier.
    """

    snapshot: cache.VintageView
    area: str
    year: int
    as_of: Period | None
    line: float | None
    today: Quarter = field(default_factory=clock.quarter)


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What a scenario comes to, as far as it can be applied.

    Attributes
    ----------
    scenario
        The scenario as it was set up.
    usable
        The same without the levers that lack an assumption and, where they cannot hold, without
        its pins or the weights of its views from below.
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
    dials: tuple[Turnable, ...]
    lacking: tuple[AssumptionMissing, ...]
    fault: OutlookError | None

    @property
    def errors(self) -> list[OutlookError]:
        """Why it is not all of the scenario."""
        return [*([self.fault] if self.fault else []), *self.lacking]


_BY_TEXT: dict[str | type, Callable[[Any], Any]] = {BaselineKey: repr, Scenario: repr, tuple: repr}
"""How arguments are told apart; text is faster than what Streamlit does for dataclasses."""


@st.cache_resource(show_spinner=False, max_entries=MOST_BASELINES, hash_funcs=_BY_TEXT)
def baseline(key: BaselineKey) -> Baseline:
    """Return the baseline of a question, fitted once."""
    snapshot, area = key.snapshot, key.area
    made = baseline_of(
        Question(snapshot.area(area), key.year, key.as_of, key.line, DEFAULT_SEED),
        snapshot.inputs(area),
        snapshot.predict,
    )
    return replace(made, opens=key.today)


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=_BY_TEXT)
def baseline_outlook(key: BaselineKey) -> Outlook:
    """Return the outlook without any scenario."""
    return outlook_of(baseline(key))


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=_BY_TEXT)
def evaluation(key: BaselineKey, scenario: Scenario) -> Evaluation:
    """Return what a scenario comes to; nothing is fitted for it."""
    return evaluate(baseline(key), scenario)


def response_of(key: BaselineKey, evaluated: Evaluation) -> Response:
    """Return the linear response to the dials, the same however these are turned."""
    return _response(key, at_rest(evaluated.usable), tuple(map(unit_of, evaluated.dials)))


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=_BY_TEXT)
def _response(key: BaselineKey, resting: Scenario, dials: tuple[Entry, ...]) -> Response:
    return response(baseline(key), resting, dials, partly=True)


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=_BY_TEXT)
def computed(key: BaselineKey, scenario: Scenario, kind: str, _make: Callable[[], Any]) -> Any:
    """Return what a page makes of a scenario, made once: a tornado, a solution."""
    return _make()


def evaluate(base: Baseline, scenario: Scenario) -> Evaluation:
    """Apply a scenario as far as it can be."""
    complete, lacking = _without_incomplete(scenario)
    usable, applied, fault = _applied(base, complete)
    reached = {line.target.indicator for line in base.standing}
    return Evaluation(scenario, usable, applied, dials_of(scenario, reached), lacking, fault)


def _applied(base: Baseline, scenario: Scenario) -> tuple[Scenario, Applied, OutlookError | None]:
    """Return what of a scenario can be applied, what that does, and why the rest cannot."""
    unweighted = tuple(replace(view, weight=0.0) for view in scenario.bottom_up)
    relaxations: tuple[dict[str, Any], ...] = (
        {},
        {"pins": ()},
        {"bottom_up": unweighted},
        {"pins": (), "bottom_up": unweighted},
    )
    fault: OutlookError | None = None
    for relaxed in relaxations:
        usable = replace(scenario, **relaxed)
        try:
            return usable, apply(base, usable, partly=True), fault
        except OutlookError as error:
            fault = fault or error
    assert fault is not None
    raise fault


def _without_incomplete(scenario: Scenario) -> tuple[Scenario, tuple[AssumptionMissing, ...]]:
    """Return a scenario without the levers that lack a number, and what turned ones lack."""
    complete, lacking = [], []
    for lever in scenario.levers:
        names = [name for name in lever.rule.assumptions if lever.assumed(name) is None]
        lacking += [
            AssumptionMissing(lever=lever.kind, assumption=name)
            for name in names
            if lever.value != 0
        ]
        if not names:
            complete.append(lever)
    return replace(scenario, levers=tuple(complete)), tuple(lacking)
