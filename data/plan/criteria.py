"""The criteria that come with the program: every version of them, and figures to stand beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from data.areas.listing import upwards
from data.settings import ROOT
from data.store.seed import read_seeds
from data.workbook.words.normalise import compact
from data.workbook.words.units import convert
from forecasting.figures.indicator import Area, AreaKind, Catalogue, Indicator
from forecasting.plan.comparison_choice import ComparisonChoice
from forecasting.plan.criteria import (
    Criteria,
    CriteriaItem,
    Yardstick,
    read_criteria,
    read_yardsticks,
)
from forecasting.plan.ratios import ratio_levels
from forecasting.plan.years import Levels

FOLDER = ROOT / "seeds" / "criteria"
YARDSTICKS = "yardsticks.csv"


@dataclass(frozen=True, slots=True)
class CriteriaBook:
    """Every version of the criteria by id, the newest first, and the yardsticks."""

    versions: Mapping[str, Criteria]
    yardsticks: tuple[Yardstick, ...]


def read_book(folder: Path, indicators: Collection[str]) -> CriteriaBook:
    """Read the criteria of a folder.

    Parameters
    ----------
    indicators
        Ids of the catalogue, which items may name.

    Raises
    ------
    CriteriaRefused
        At the first thing that is not as it should be, with its file and key.
    """
    read = [
        read_criteria(path.read_text("utf-8"), path.name, indicators)
        for path in sorted(folder.glob("*.toml"))
    ]
    versions = {one.id: one for one in sorted(read, key=lambda one: -one.year)}
    items = {item.id: item for one in read for item in one.items}
    table = (folder / YARDSTICKS).read_text("utf-8")
    return CriteriaBook(versions, tuple(read_yardsticks(table, YARDSTICKS, items)))


@cache
def shipped_book() -> CriteriaBook:
    """Return the criteria that come with the program, read once.

    They name indicators of the catalogue that comes with it; a store may have removed some.
    """
    return read_book(FOLDER, read_seeds(FOLDER.parent).catalogue.indicators)


def measured(criteria: Criteria, catalogue: Catalogue) -> Criteria:
    """Return the criteria with the indicators that measure their items in a store.

    Besides those that items name, an indicator measures an item that has its name, in its unit:
    so figures that somebody has uploaded under a name of their own are compared too, and a ratio
    that is published stands before the one that is computed.
    """
    named = {
        compact(name): indicator
        for indicator in reversed(list(catalogue.indicators.values()))
        for name in (indicator.name.zh, indicator.short.zh, *indicator.aliases)
    }
    classes = tuple(
        replace(one, items=tuple(_measured(item, catalogue, named) for item in one.items))
        for one in criteria.classes
    )
    return replace(criteria, classes=classes)


def _measured(
    item: CriteriaItem, catalogue: Catalogue, named: Mapping[str, Indicator]
) -> CriteriaItem:
    own = item.indicator in catalogue
    if (own and item.over is None) or not item.named:
        return item
    for name in (item.zh, *item.names):
        indicator = named.get(compact(name))
        if indicator is not None and convert(1.0, indicator.unit, item.unit or indicator.unit) == 1:
            return replace(
                item, indicator=indicator.id, unit=item.unit or indicator.unit, over=None
            )
    return item if own else replace(item, indicator="", over=None)


LevelsOf = Callable[[str, Sequence[str]], Mapping[str, Levels]]
"""Returns the levels of whole years of an area by its id, by indicator."""


def comparable(area: Area, areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return the areas an area may be compared with; simulated figures only with their like."""
    return tuple(one for one in areas if one.id != area.id and one.synthetic == area.synthetic)


def peers_of(area: Area, choice: ComparisonChoice, areas: Iterable[Area]) -> tuple[Area, ...]:
    """Return the areas an area is compared with: those that are chosen, else every other zone."""
    return tuple(
        one
        for one in comparable(area, areas)
        if (one.kind is AreaKind.ZONE if choice.peers is None else one.id in choice.peers)
    )


def area_over(area: Area, item: CriteriaItem, areas: Sequence[Area]) -> Area | None:
    """Return the area that an area's item is a ratio to; None where there is none."""
    return next(
        (
            one
            for one in upwards(areas, area.id)
            if one.kind is item.over and one.synthetic == area.synthetic
        ),
        None,
    )


def levels_over(area: Area, item: CriteriaItem, areas: Sequence[Area], levels: LevelsOf) -> Levels:
    """Return the levels of the area that an item is a ratio to; none where there is none."""
    over = area_over(area, item, areas)
    return {} if over is None else levels(over.id, (item.indicator,))[item.indicator]


def item_levels(
    area: Area, items: Iterable[CriteriaItem], areas: Sequence[Area], levels: LevelsOf
) -> dict[str, Levels]:
    """Return the levels of an area by the quantity of items, ratios to an area above among them."""
    measured = [item for item in items if item.indicator]
    own = levels(area.id, sorted({item.indicator for item in measured}))
    return {
        item.quantity: own[item.indicator]
        if item.over is None
        else ratio_levels(own[item.indicator], levels_over(area, item, areas, levels))
        for item in measured
    }
