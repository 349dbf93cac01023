"""How an area is compared, and what comes of it: kept between reruns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from data import clock
from data.plan import documents
from data.plan.criteria import (
    CriteriaBook,
    item_levels,
    levels_over,
    measured,
    peers_of,
    shipped_book,
)
from forecasting.figures.indicator import Area, Catalogue, Direction
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.plan.comparison import NEWEST, ComparisonChoice
from forecasting.plan.criteria import Criteria
from forecasting.plan.gaps import (
    ClassStanding,
    ItemStanding,
    ratio_paths,
    stand,
)
from forecasting.plan.quickest import GapSolution, Quickest, quickest, solve_gap
from forecasting.plan.years import YearPaths
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario
from ui.frame import cache
from ui.frame.controls import View
from ui.plan.years import levels_of, paths_ahead

MOST_KEPT = 24
LIKELY = 0.5
"""From this probability on a gap is said to close by a year."""


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark:
    """A zone beside the criteria of one version.

    Attributes
    ----------
    chosen, version
        What is stored of how it is compared, and the version of that; 0 before anything is.
    peers
        The areas it is compared with.
    year
        The first year that is forecast.
    """

    view: View
    book: CriteriaBook
    criteria: Criteria
    chosen: ComparisonChoice
    version: int
    peers: tuple[Area, ...]
    year: int
    classes: tuple[ClassStanding, ...]

    @property
    def compared(self) -> list[ItemStanding]:
        """The items that are held against a line, class by class."""
        return [item for one in self.classes for item in one.compared]

    @property
    def gaps(self) -> list[ItemStanding]:
        """Those of them that are not at their line, the farthest from it first."""
        short = [one for one in self.compared if one.main is not None and not one.main.met]
        return sorted(short, key=lambda item: item.attained)


def open_benchmark(view: View, criteria: str | None = None) -> Benchmark:
    """Return an area beside the criteria that are chosen for it.

    Parameters
    ----------
    criteria
        Id of a version that is looked at instead.
    """
    book = shipped_book()
    plans = cache.store().plans
    chosen, version = documents.latest(plans, view.area.id, documents.COMPARISON, ComparisonChoice)
    wanted = criteria or chosen.criteria
    versions = book.versions
    one = measured(versions[wanted if wanted in versions else NEWEST], view.catalogue)
    areas = view.snapshot.areas
    peers = peers_of(view.area, chosen, areas)
    year = view.snapshot.target_year(view.area.id)
    items = [item for item in one.items if item.indicator in view.catalogue]
    levels = partial(levels_of, view)
    ahead: dict[str, YearPaths] = {}
    if view.has_figures:
        snapshot, asked = view.snapshot, tuple(sorted({item.indicator for item in items}))
        ahead |= paths_ahead(snapshot.database, snapshot.vintage, view.area.id, year, asked)
    for item in items:
        paths = ahead.get(item.indicator)
        if item.over is not None and paths is not None:
            going_on = ratio_paths(paths, levels_over(view.area, item, areas, levels))
            if going_on is not None:
                ahead[item.quantity] = going_on
    own = item_levels(view.area, items, areas, levels)
    own |= {quantity: paths.levels for quantity, paths in ahead.items()}
    of_peers = {peer.id: item_levels(peer, items, areas, levels) for peer in peers}
    classes = stand(one, own, ahead, of_peers, book.yardsticks)
    return Benchmark(view, book, one, chosen, version, peers, year, classes)


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
