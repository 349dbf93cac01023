"""How an area is compared, and what comes of it: kept between reruns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from data.plan import documents
from data.plan.criteria import CriteriaBook, measured, shipped_book
from forecasting.figures.indicator import Area, AreaKind, Indicator
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.plan.comparison import NEWEST, ComparisonChoice
from forecasting.plan.criteria import Criteria
from forecasting.plan.gaps import ClassStanding, ItemStanding, stand
from forecasting.plan.quickest import Quickest, quickest
from forecasting.plan.years import YearPaths
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario
from ui.frame import cache
from ui.frame.controls import View
from ui.language import clock
from ui.plan.years import comparable_areas, levels_of, paths_ahead

MOST_KEPT = 24


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

    def indicator(self, item: ItemStanding) -> Indicator:
        """Return what measures an item."""
        return self.view.catalogue[item.item.indicator]


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
    peers = tuple(
        area
        for area in comparable_areas(view)
        if (area.kind is AreaKind.ZONE if chosen.peers is None else area.id in chosen.peers)
    )
    year = view.snapshot.target_year(view.area.id)
    indicators = tuple(sorted({i.indicator for i in one.items if i.indicator in view.catalogue}))
    ahead: Mapping[str, YearPaths] = {}
    if view.has_figures:
        ahead = paths_ahead(
            view.snapshot.database, view.snapshot.vintage, view.area.id, year, indicators
        )
    own = {
        id: ahead[id].levels if id in ahead else levels
        for id, levels in levels_of(view, view.area.id, indicators).items()
    }
    of_peers = {peer.id: levels_of(view, peer.id, indicators) for peer in peers}
    classes = stand(one, own, ahead, of_peers, book.yardsticks)
    return Benchmark(view, book, one, chosen, version, peers, year, classes)


def quickest_of(benchmark: Benchmark, item: ItemStanding) -> Quickest:
    """Return the levers that would move an item this year."""
    snapshot, area = benchmark.view.snapshot, benchmark.view.area.id
    baseline = _baseline(snapshot.database, snapshot.vintage, area, benchmark.year)
    saved = cache.store().scenarios.listed(area)
    of_year = [one for one in saved if one.year == benchmark.year]
    scenario = Scenario()
    if of_year:
        scenario = read_scenario(of_year[0].document, benchmark.view.catalogue.indicators)
    return quickest(baseline, scenario, item.item.indicator, item.item.direction, clock.quarter())


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _baseline(database: str, vintage: int, area: str, year: int) -> Baseline:
    asked = cache.VintageView(database, vintage)
    return baseline_of(Question(asked.area(area), year), asked.inputs(area), asked.predict)
