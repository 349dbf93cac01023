"""Make a synthetic nation for load: areas in any number, invented and marked so in every row.

    python -m tools.make_synthetic_nation sqlite:////tmp/nation.sqlite3 [--areas 2500]

It is written into a database of its own, one vintage for the areas and one for the figures of each
province, by commits of the store as any other. A database with anything in it is refused, so that
invented figures never stand beside real ones. The same seed gives the same figures.

Growth of an area follows a trend that eases over the years, shocks that it shares with its province
and the nation, and shocks of its own; smaller areas move more. As in practice some series begin
late, lack quarters, jump once, or end a quarter or two earlier than others.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from data.commands.command import address
from data.settings import ROOT
from data.store.connection import is_there
from data.store.errors import EmptyStore
from data.store.seed import read_seeds
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.arrays import Array
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Catalogue,
    Comparator,
    Measure,
    Names,
    Observation,
    Target,
)
from forecasting.figures.period import Quarter
from tools.make_sample_zone import FACTORS, PUBLISHER, RECIPES, Recipe

SEED = 20261201
AUTHOR = "synthetic nation"
NATION = "SYN"
FIRST, LAST = Quarter(2010, 1), Quarter(2026, 2)
"""Simulated quarters; the first is one of January."""
PUBLISHED = 56
"""Quarters of a whole series; those before them are what the first growth stands on."""
COUNTED = 8
"""Indicators of an area whose targets count, of the twelve."""
MARGIN = 3.0
"""Points by which the targets of an area like the sample zone stay below its trend."""
AREAS_OF_A_PROVINCE = 80
VOLATILITY = {
    AreaKind.NATION: 0.25, AreaKind.PROVINCE: 0.4, AreaKind.CITY: 0.7, AreaKind.COUNTY: 1.1,
    AreaKind.ZONE: 1.4,
}  # fmt: skip
"""What shocks are multiplied by; 1 is that of the sample zone."""
SIZE = {
    AreaKind.NATION: 20_000.0, AreaKind.PROVINCE: 600.0, AreaKind.CITY: 40.0, AreaKind.COUNTY: 4.0,
    AreaKind.ZONE: 1.0,
}  # fmt: skip
"""What levels are multiplied by; 1 is that of the sample zone."""
KINDS = {
    AreaKind.PROVINCE: ("省", "province"), AreaKind.CITY: ("市", "city"),
    AreaKind.COUNTY: ("县", "county"), AreaKind.ZONE: ("开发区", "zone"),
}  # fmt: skip
DEEPEST_HIT = 0.5
"""Of the level of a quarter: below it a year later would be nothing but the way back."""


class NotEmptyDatabase(Exception):
    """Raised where a database holds something, which may be real."""


@dataclass(frozen=True, slots=True)
class Written:
    """A vintage of the nation, and the figures written up to it."""

    vintage: int
    figures: int


def main() -> None:
    """Write the nation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("database", help="address of an empty database: sqlite:///FILE or a server")
    parser.add_argument("--areas", type=int, default=2500)
    options = parser.parse_args()
    began = time.monotonic()
    for one in fill(address(options.database), options.areas):
        pace = one.figures / (time.monotonic() - began)
        print(f"vintage {one.vintage}: {one.figures:,} figures, {pace:,.0f} a second", flush=True)


def fill(database_url: str, count: int = 2500) -> Iterator[Written]:
    """Write a nation of some areas into an empty database, and yield after each vintage.

    Raises
    ------
    NotEmptyDatabase
        If anything was ever committed to it.
    """
    store = Store.open(database_url)
    try:
        refuse_what_holds_anything(store)
        catalogue = read_seeds(ROOT / "seeds").catalogue
        nation = Nation.drawn(areas_of(count))
        first = Commit(
            VintageKind.SEED, AUTHOR, PUBLISHER, areas=nation.areas,
            indicators=tuple(catalogue.indicators.values()),
            targets=tuple(nation.targets(catalogue)),
        )  # fmt: skip
        yield Written(store.prepare(lambda: first), 0)
        written = 0
        for province in np.unique(nation.province):
            figures = tuple(nation.figures(catalogue, np.flatnonzero(nation.province == province)))
            vintage = store.commit(
                Commit(VintageKind.UPLOAD, AUTHOR, PUBLISHER, observations=figures)
            )
            written += len(figures)
            yield Written(vintage, written)
    finally:
        store.close()


def refuse_what_holds_anything(store: Store) -> None:
    """Raise NotEmptyDatabase unless a store is still to be made."""
    if not is_there(store.database_url):
        return
    try:
        store.check()
    except EmptyStore:
        return
    raise NotEmptyDatabase("there is data already: the nation needs an empty database of its own")


def areas_of(count: int) -> tuple[Area, ...]:
    """Return the areas from the nation down: of 2,500 some 31 provinces, 312 cities, 625 counties.

    The others are zones; the first of them is at home.
    """
    provinces, cities, counties = max(1, count // AREAS_OF_A_PROVINCE), count // 8, count // 4
    areas = [_area(NATION, Names("模拟国", "Synthetic nation"), AreaKind.NATION, "")]
    ids: dict[AreaKind, list[str]] = {AreaKind.NATION: [NATION]}
    parents = {
        AreaKind.PROVINCE: (AreaKind.NATION, provinces), AreaKind.CITY: (AreaKind.PROVINCE, cities),
        AreaKind.COUNTY: (AreaKind.CITY, counties),
        AreaKind.ZONE: (AreaKind.CITY, count - 1 - provinces - cities - counties),
    }  # fmt: skip
    for kind, (above, number) in parents.items():
        zh, en = KINDS[kind]
        for place in range(number):
            id = f"{NATION}-{kind}-{place + 1:04}"
            name = Names(f"模拟{place + 1}{zh}", f"Synthetic {en} {place + 1}")
            parent = ids[above][place % len(ids[above])]
            home = kind is AreaKind.ZONE and place == 0
            areas.append(_area(id, name, kind, parent, home=home))
            ids.setdefault(kind, []).append(id)
    return tuple(areas)


def _area(id: str, name: Names, kind: AreaKind, parent: str, *, home: bool = False) -> Area:
    return Area(id, name, kind, parent, synthetic=True, home=home)


@dataclass(frozen=True, slots=True, eq=False)
class Nation:
    """The areas with what was drawn of them.

    Attributes
    ----------
    province
        Shape ``(areas,)``: the place of an area's province among the areas, its own of the nation.
    bias
        Shape ``(areas, indicators)``: points of growth on top of the trend.
    levels
        Shape ``(indicators, areas, quarters)``: of every simulated quarter.
    published
        The same shape: whether there is a figure of it.
    """

    areas: tuple[Area, ...]
    province: Array
    bias: Array
    levels: Array
    published: Array

    @classmethod
    def drawn(cls, areas: tuple[Area, ...]) -> Nation:
        """Draw everything from the one seed."""
        draws = np.random.default_rng(SEED)
        province = _provinces(areas)
        volatility = np.array([VOLATILITY[area.kind] for area in areas])
        size = np.array([SIZE[area.kind] for area in areas]) * draws.lognormal(0, 0.4, len(areas))
        bias = volatility[:, None] * (
            draws.normal(0, 1.2, (len(areas), 1)) + draws.normal(0, 0.8, (len(areas), len(RECIPES)))
        )
        factors = _factors(province, draws)
        levels = np.stack(
            [
                _levels(recipe, size, volatility, bias[:, place], factors, draws)
                for place, recipe in enumerate(RECIPES)
            ]
        )
        return cls(areas, province, bias, levels, _published(province, draws))

    def targets(self, catalogue: Catalogue) -> Iterator[Target]:
        """Yield a standing target for each indicator of each area, near what it would reach."""
        for place, area in enumerate(self.areas):
            for order, recipe in enumerate(RECIPES):
                indicator = catalogue[recipe.indicator]
                reach = recipe.trend[1] + self.bias[place, order] - MARGIN * VOLATILITY[area.kind]
                yield Target(
                    area.id, indicator.id, 0, Comparator.ABOVE, float(np.round(2 * reach) / 2),
                    indicator.basis, PUBLISHER, counts=order < COUNTED,
                )  # fmt: skip

    def figures(self, catalogue: Catalogue, members: Array) -> Iterator[Observation]:
        """Yield the figures of some areas, given by their places: one of each published quarter."""
        ends = [(FIRST + ahead).end for ahead in range(LAST - FIRST + 1)]
        for order, recipe in enumerate(RECIPES):
            indicator, measure = catalogue[recipe.indicator], Measure(recipe.measures[0])
            unit = "%" if measure.is_growth else indicator.unit
            values = _values(self.levels[order, members], measure)
            for row, place in enumerate(members):
                area = self.areas[place].id
                for ahead in np.flatnonzero(self.published[order, place]):
                    yield Observation(
                        area, indicator.id, measure, ends[ahead], float(values[row, ahead]), unit,
                        indicator.basis, publisher=PUBLISHER,
                    )  # fmt: skip


def _provinces(areas: Sequence[Area]) -> Array:
    places = {area.id: place for place, area in enumerate(areas)}
    found = np.zeros(len(areas), dtype=int)
    for place, area in enumerate(areas):  # parents stand before their children
        top = area.kind in (AreaKind.NATION, AreaKind.PROVINCE)
        found[place] = place if top else found[places[area.parent]]
    return found


def _factors(province: Array, draws: np.random.Generator) -> Array:
    """Return shape ``(areas, factors, quarters)``: what moves all indicators of an area."""
    shape = (len(province), len(FACTORS), LAST - FIRST + 1)
    own, shared = draws.normal(size=shape), draws.normal(size=shape)
    nation = draws.normal(size=shape[1:])
    mixed = 0.6 * nation + 0.5 * shared[province] + np.sqrt(1 - 0.6**2 - 0.5**2) * own
    return _persistent(mixed, 0.8)


def _levels(
    recipe: Recipe, size: Array, volatility: Array, bias: Array, factors: Array,
    draws: np.random.Generator,
) -> Array:  # fmt: skip
    """Return the level of every quarter of an indicator, shape ``(areas, quarters)``."""
    shape = factors.shape[0], factors.shape[2]
    years = np.arange(shape[1]) // 4
    start, end = recipe.trend
    trend = end + (start - end) * (1 - years / (LAST.year - FIRST.year)) ** 2
    shocks = np.einsum("f,aft->at", np.array(recipe.loadings), factors)
    shocks = shocks + recipe.own * _persistent(draws.normal(size=shape), 0.7)
    shocks += recipe.noise * draws.normal(size=shape)
    growth = np.maximum(trend + bias[:, None] + volatility[:, None] * shocks, -60.0) / 100
    levels = np.empty(shape)
    levels[:, :4] = size[:, None] * recipe.size * np.array(recipe.shares)
    for ahead in range(4, shape[1]):
        levels[:, ahead] = levels[:, ahead - 4] * (1 + growth[:, ahead])
    return np.asarray(levels * _disturbances(recipe, shape, draws))


def _disturbances(recipe: Recipe, shape: tuple[int, int], draws: np.random.Generator) -> Array:
    """Return what levels are multiplied by: the common hit, and jumps of one series in twelve."""
    factor = np.ones(shape)
    hit = Quarter(2020, 1) - FIRST
    depth = min(recipe.hit, DEEPEST_HIT) * draws.uniform(0.5, 1.2, shape[0])
    for later, part in enumerate((1, 1 / 4, 1 / 12)):
        factor[:, hit + later] -= depth * part
    jumping = np.flatnonzero(draws.random(shape[0]) < 1 / 12)
    for place, at, jump in zip(
        jumping,
        draws.integers(8, shape[1], len(jumping)),
        draws.uniform(-0.3, 0.5, len(jumping)),
        strict=True,
    ):
        until = None if at % 2 else at + 1  # half of them stay
        factor[place, at:until] *= 1 + jump
    return factor


def _published(province: Array, draws: np.random.Generator) -> Array:
    """Return which quarters have a figure, shape ``(indicators, areas, quarters)``."""
    shape = (len(RECIPES), len(province), LAST - FIRST + 1)
    ahead = np.arange(shape[2])
    first = np.full(shape[:2], shape[2] - PUBLISHED)
    late = draws.random(shape[:2]) < 0.08
    first[late] = shape[2] - draws.integers(6, 40, late.sum())
    # A province in six is a quarter behind with all it has; single series are so anywhere.
    behind = (draws.random(len(province)) < 1 / 6)[province] + (draws.random(shape[:2]) < 0.04)
    there = (ahead >= first[..., None]) & (ahead < shape[2] - behind[..., None])
    gaps = (draws.random(shape[:2]) < 0.05)[..., None] & (draws.random(shape) < 0.04)
    return np.asarray(there & ~gaps)


def _persistent(shocks: Array, memory: float) -> Array:
    """Return series of the variance of their shocks that forget ``1 - memory`` a quarter."""
    states = np.empty_like(shocks)
    state = np.zeros(shocks.shape[:-1])
    for ahead in range(shocks.shape[-1]):
        state = memory * state + np.sqrt(1 - memory**2) * shocks[..., ahead]
        states[..., ahead] = state
    return states


def _values(levels: Array, measure: Measure) -> Array:
    """Return figures as they are published, shape ``(areas, quarters)``."""
    missing = -levels.shape[1] % 4
    by_year = np.pad(levels, ((0, 0), (0, missing))).reshape(len(levels), -1, 4)
    whole = by_year if measure is Measure.GROWTH_QUARTER else by_year.cumsum(axis=2)
    flat = whole.reshape(len(levels), -1)[:, : levels.shape[1]]
    if not measure.is_growth:
        return np.asarray(np.round(flat, 2))
    growth = np.full(flat.shape, np.nan)
    growth[:, 4:] = 100 * (flat[:, 4:] / flat[:, :-4] - 1)
    return np.asarray(np.round(growth, 1)) + 0.0


if __name__ == "__main__":
    main()
