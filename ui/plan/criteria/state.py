"""What it takes to close the gaps of an area, kept between reruns."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.plan import benchmark as compared
from forecasting.figures.indicator import Catalogue, Direction
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.plan.gaps import ItemStanding
from forecasting.plan.quickest import GapSolution, Quickest, quickest, solve_gap
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario
from ui.frame import cache
from ui.frame.controls import View

MOST_KEPT = 24
LIKELY = 0.5
"""From this probability on a gap is said to close by a year."""

Benchmark = compared.Benchmark[View]
"""A zone beside the criteria, and what its reader looks at."""


def quickest_of(benchmark: Benchmark, item: ItemStanding) -> Quickest:
    """Return the levers that would move an item this year."""
    baseline, scenario = _this_year(benchmark)
    return quickest(baseline, scenario, item.item.indicator, item.item.direction, clock.quarter())


def solved_of(benchmark: Benchmark, item: ItemStanding) -> GapSolution | None:
    """Return what it takes to close a gap by the end of this year, by levers of the zone.

    None where no lever moves it, its last known year is not the year before, or it is a ratio to
    an area above, whose growth is not the zone's.
    """
    if item.main is None or item.value is None or item.year != benchmark.year - 1:
        return None
    if item.item.over is not None:
        return None
    line = float(item.main.line.course([benchmark.year], item.item.direction)[0])
    growth = (line / item.value - 1) * 100
    snapshot, area = benchmark.view.snapshot, benchmark.view.area.id
    return _solved(
        snapshot.database, snapshot.vintage, area, benchmark.year, _document(benchmark),
        item.item.indicator, item.item.direction, growth, clock.quarter(),
    )  # fmt: skip


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _solved(
    database: str, vintage: int, area: str, year: int, document: str, indicator: str,
    direction: Direction, growth: float, earliest: Quarter,
) -> GapSolution | None:  # fmt: skip
    baseline = _baseline(database, vintage, area, year)
    scenario = _scenario(document, cache.VintageView(database, vintage).catalogue(area))
    return solve_gap(
        baseline, scenario, indicator, direction, growth, wanted=LIKELY, earliest=earliest
    )


def _this_year(benchmark: Benchmark) -> tuple[Baseline, Scenario]:
    """Return the baseline of the year, and the scenario whose assumptions levers take."""
    snapshot, area = benchmark.view.snapshot, benchmark.view.area.id
    baseline = _baseline(snapshot.database, snapshot.vintage, area, benchmark.year)
    return baseline, _scenario(_document(benchmark), benchmark.view.catalogue)


def _document(benchmark: Benchmark) -> str:
    """Return the document of the scenario of the year that was saved last; empty without one."""
    saved = cache.store().scenarios.listed(benchmark.view.area.id)
    return next((one.document for one in saved if one.year == benchmark.year), "")


def _scenario(document: str, catalogue: Catalogue) -> Scenario:
    return read_scenario(document, catalogue.indicators) if document else Scenario()


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _baseline(database: str, vintage: int, area: str, year: int) -> Baseline:
    asked = cache.VintageView(database, vintage)
    return baseline_of(Question(asked.area(area), year), asked.inputs(area), asked.predict)
