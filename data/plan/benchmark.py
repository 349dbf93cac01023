"""An area beside the criteria that are chosen for it, and with the areas it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from data.plan import documents
from data.plan.criteria import (
    CriteriaBook,
    item_levels,
    levels_over,
    measured,
    peers_of,
    shipped_book,
)
from data.plan.plan_scenario import plan_scenario
from data.views import AreaView, BaselineKey
from forecasting.figures.indicator import Area
from forecasting.plan.comparison_choice import NEWEST, ComparisonChoice
from forecasting.plan.criteria import Criteria
from forecasting.plan.gaps import LIKELY, ClassStanding, ItemStanding, stand
from forecasting.plan.quickest import GapSolution, Quickest, quickest, solve_gap
from forecasting.plan.ratios import ratio_paths
from forecasting.plan.years import YearPaths
from forecasting.scenario.model import Scenario

ViewT = TypeVar("ViewT", bound=AreaView)


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark(Generic[ViewT]):
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

    view: ViewT
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

    @property
    def key(self) -> BaselineKey:
        """What the outlook of the year is fitted for, whose paths levers move."""
        return BaselineKey(self.view.snapshot, self.view.area.id, self.year)

    @property
    def scenario(self) -> Scenario:
        """That of the plan, whose assumptions levers take."""
        return plan_scenario(self.view, self.year).scenario

    def growth_to_close(self, item: ItemStanding) -> float | None:
        """Return the growth of the year, in percent, at which the gap of an item is closed.

        None where its last known year is not the year before, or it is a ratio to an area above,
        whose growth is not the zone's.
        """
        if item.main is None or item.value is None or item.year != self.year - 1:
            return None
        if item.item.over is not None:
            return None
        line = float(item.main.line.course([self.year], item.item.direction)[0])
        return (line / item.value - 1) * 100

    def quickest(self, item: ItemStanding) -> Quickest:
        """Return the levers that would move an item this year."""
        of, key = item.item, self.key
        return quickest(key.baseline, self.scenario, of.indicator, of.direction, key.today)

    def solved(self, item: ItemStanding) -> GapSolution | None:
        """Return what it takes to close a gap by the end of this year, by levers of the zone.

        None where it has no ``growth_to_close``, or no lever moves it.
        """
        growth, of, key = self.growth_to_close(item), item.item, self.key
        if growth is None:
            return None
        return solve_gap(
            key.baseline, self.scenario, of.indicator, of.direction, growth,
            wanted=LIKELY, earliest=key.today,
        )  # fmt: skip


def open_benchmark(view: ViewT, criteria: str | None = None) -> Benchmark[ViewT]:
    """Return an area beside the criteria that are chosen for it.

    Parameters
    ----------
    criteria
        Id of a version that is looked at instead.
    """
    snapshot, catalogue = view.snapshot, view.catalogue
    book, areas = shipped_book(), snapshot.areas
    chosen, version = documents.latest(
        snapshot.store.plans, view.area.id, documents.COMPARISON, ComparisonChoice
    )
    wanted = criteria or chosen.criteria
    versions = book.versions
    one = measured(versions[wanted if wanted in versions else NEWEST], catalogue)
    peers = peers_of(view.area, chosen, areas)
    year = snapshot.target_year(view.area.id)
    items = [item for item in one.items if item.indicator in catalogue]
    ahead: dict[str, YearPaths] = {}
    if view.has_figures:
        asked = tuple(sorted({item.indicator for item in items}))
        ahead |= snapshot.paths_ahead(view.area.id, year, asked)
    for item in items:
        paths = ahead.get(item.indicator)
        if item.over is not None and paths is not None:
            going_on = ratio_paths(paths, levels_over(view.area, item, areas, view.levels_of))
            if going_on is not None:
                ahead[item.quantity] = going_on
    own = item_levels(view.area, items, areas, view.levels_of)
    own |= {quantity: paths.levels for quantity, paths in ahead.items()}
    of_peers = {peer.id: item_levels(peer, items, areas, view.levels_of) for peer in peers}
    classes = stand(one, own, ahead, of_peers, book.yardsticks)
    return Benchmark(view, book, one, chosen, version, peers, year, classes)
