"""What differs between two vintages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from data.store.store import Store
from data.store.vintages import (
    Committed,
    Contents,
    area_order,
    change_order,
    figure_order,
    indicator_order,
    positions,
)
from forecasting.figures.indicator import (
    Area,
    AreaVersion,
    DefinitionChange,
    Indicator,
    Observation,
    Target,
)

Key = TypeVar("Key", bound=Hashable)
T = TypeVar("T")


class Fate(StrEnum):
    """How a value differs between two vintages."""

    NEW = "new"
    REVISED = "revised"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """One value that is not the same at both vintages.

    Attributes
    ----------
    old, new
        The value at either vintage, with the vintage that brought it; None where it is not
        known. One of them is there.
    """

    old: Committed[T] | None
    new: Committed[T] | None

    @property
    def fate(self) -> Fate:
        """How it differs."""
        if self.old is None:
            return Fate.NEW
        return Fate.GONE if self.new is None else Fate.REVISED

    @property
    def either(self) -> T:
        """The new value, or the old one where there is none."""
        known = self.new or self.old
        assert known is not None
        return known.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an old and a new vintage; each list in the order of the catalogue.

    A figure that was committed again as it was is no difference.
    """

    areas: tuple[Difference[Area], ...]
    indicators: tuple[Difference[Indicator], ...]
    targets: tuple[Difference[Target], ...]
    changes: tuple[Difference[DefinitionChange], ...]
    area_versions: tuple[Difference[AreaVersion], ...]
    figures: tuple[Difference[Observation], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        lists = (self.areas, self.indicators, self.targets, self.changes, self.area_versions)
        return not any((*lists, self.figures))


def compare(store: Store, old: int, new: int) -> Comparison:
    """Return what differs at vintage ``new`` from vintage ``old``, whichever is the older.

    Raises
    ------
    UnknownVintage
        If there is no such vintage.
    """
    return differences(store.contents(old), store.contents(new))


def differences(old: Contents, new: Contents) -> Comparison:
    """Return what differs between the contents of two vintages."""
    areas = _places({**old.areas, **new.areas}, area_order)
    indicators = _places({**old.indicators, **new.indicators}, indicator_order)
    return Comparison(
        areas=differing(old.areas, new.areas, area_order),
        indicators=differing(old.indicators, new.indicators, indicator_order),
        targets=differing(
            old.targets,
            new.targets,
            lambda target: (areas[target.area], indicators[target.indicator], target.year),
        ),
        changes=differing(
            old.changes,
            new.changes,
            lambda change: (areas[change.area], change_order(change, indicators)),
        ),
        area_versions=differing(
            old.area_versions,
            new.area_versions,
            lambda version: (areas[version.area], version.quarter),
        ),
        figures=differing(
            old.figures,
            new.figures,
            lambda figure: (areas[figure.area], figure_order(figure, indicators)),
        ),
    )


def value_change(figure: Difference[Observation]) -> float | None:
    """Return by how much a revised figure changed; None for one that is new or gone."""
    if figure.old is None or figure.new is None:
        return None
    return figure.new.value.value - figure.old.value.value


def _places(entries: Mapping[str, Committed[T]], order: Callable[[T], Any]) -> dict[str, int]:
    return positions(sorted(entries, key=lambda id: order(entries[id].value)))


def differing(
    old: Mapping[Key, Committed[T]], new: Mapping[Key, Committed[T]], order: Callable[[T], Any]
) -> tuple[Difference[T], ...]:
    """Return the values that differ, in the order given."""
    found = [
        Difference(old.get(key), new.get(key))
        for key in old.keys() | new.keys()
        if key not in old or key not in new or old[key].value != new[key].value
    ]
    return tuple(sorted(found, key=lambda difference: order(difference.either)))
