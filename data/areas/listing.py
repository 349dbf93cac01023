"""The areas that a store lists: what is added finds its place below those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.areas.gazetteer import NATION, gazetteer
from forecasting.figures.indicator import Area


def upwards(areas: Sequence[Area], id: str) -> Iterator[Area]:
    """Yield an area and those it lies in."""
    by_id = {area.id: area for area in areas}
    area = by_id.get(id)
    while area is not None:
        yield area
        area = by_id.get(area.parent)


def listed(places: Iterable[Area], areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return places of the gazetteer as areas that are added to others.

    Each lies in the nearest place above it that is an area, or becomes one here; else in the
    nation where that is one. Official figures of other areas are there to compare with.
    """
    added = {place.id: place for place in places}
    kept = {_key(area): area.id for area in areas} | {
        _key(place): id for id, place in added.items()
    }
    nation = next((area.id for area in areas if area.id == NATION), "")
    return tuple(
        replace(
            place,
            parent=next(
                (kept[_key(above)] for above in gazetteer().above(place) if _key(above) in kept),
                nation,
            ),
            reference=True,
        )
        for place in added.values()
    )


def _key(area: Area) -> tuple[str, str]:
    return area.name.zh, area.kind
