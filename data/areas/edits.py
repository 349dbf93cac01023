"""Areas as they are added and changed by hand, and their commit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from data.areas.errors import (
    AreaAmbiguous,
    AreaMisplaced,
    AreaThere,
    AreaUnnamed,
    HomeIsNoZone,
    PlaceUnknown,
)
from data.areas.gazetteer import gazetteer
from data.areas.listing import listed, upwards
from data.store.vintages import Commit, VintageKind
from data.texts import as_kept
from forecasting.figures.indicator import Area, AreaKind, Names

_PARTING = re.compile(r"[\n,，、;；]")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text, one a line or parted by commas of either language.

    Raises
    ------
    AreaUnnamed
        If there is none.
    """
    names = tuple(filter(None, map(str.strip, _PARTING.split(text))))
    if not names:
        raise AreaUnnamed
    return names


def place_named(name: str) -> Area:
    """Return the place of China that a name means, such as 运城市 or 北京市朝阳区.

    Raises
    ------
    AreaUnnamed, PlaceUnknown, AreaAmbiguous
        If the name is empty, of no place or of several.
    """
    name = "".join(name.split())
    if not name:
        raise AreaUnnamed
    found = gazetteer().named(name)
    for cut in range(1, len(name)):
        for place in gazetteer().named(name[cut:]):
            above = [one.name.zh for one in gazetteer().above(place)]
            if place not in found and name[:cut] in ("".join(reversed(above)), *above):
                found = (*found, place)
    if not found:
        raise PlaceUnknown(name=name)
    if len(found) > 1:
        raise AreaAmbiguous(
            name=name, places="、".join(gazetteer().whole_name(one) for one in found)
        )
    return found[0]


def is_place(area: Area, place: Area) -> bool:
    """Return whether an area is a place of China, be it under an id of its own.

    Of two places with one name, as 朝阳区 of 北京市 and of 长春市, it is the one of its id.
    """
    if area.id == place.id or gazetteer().area(area.id) is not None:
        return area.id == place.id
    return (area.name.zh, area.kind) == (place.name.zh, place.kind)


def added(names: Sequence[str], areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return the places of some names as areas that are added to those that are there.

    Raises
    ------
    AreaThere
        If one is an area already.
    AreaUnnamed, PlaceUnknown, AreaAmbiguous
        As ``place_named`` raises them.
    """
    places = {place.id: place for place in map(place_named, names)}
    there = {(area.name.zh, area.kind) for area in areas} | {(area.id, "") for area in areas}
    for place in places.values():
        if {(place.name.zh, place.kind), (place.id, "")} & there:
            raise AreaThere(name=place.name)
    return listed(places.values(), areas)


def own(name: str, english: str, kind: AreaKind, parent: str, areas: Sequence[Area]) -> Area:
    """Return an area that is in no list of places, such as a zone; its name is its id.

    Raises
    ------
    AreaUnnamed, AreaThere, AreaMisplaced
        If it has no name, is there already, or cannot lie where it is said to.
    """
    name = as_kept(name)
    names = Names(name, as_kept(english) or name)
    area = Area(name, names, kind, parent, reference=kind is not AreaKind.ZONE)
    if any(name in (one.id, one.name.zh) for one in areas):
        raise AreaThere(name=name)
    return checked(area, areas)


def checked(area: Area, areas: Sequence[Area]) -> Area:
    """Return an area that is as it should be beside the others.

    Raises
    ------
    AreaUnnamed, AreaThere, AreaMisplaced, HomeIsNoZone
        If it has no name or that of another area beside it, lies in itself or in none that is
        above it, or is served and no zone.
    """
    if not area.name.zh or not area.name.en:
        raise AreaUnnamed
    others = {one.id: one for one in areas if one.id != area.id}
    for one in others.values():
        if (one.name.zh, one.parent) == (area.name.zh, area.parent):
            raise AreaThere(name=area.name)
    if area.parent:
        parent = others.get(area.parent)
        within = [one.id for one in upwards(areas, area.parent)]
        if parent is None or area.id in within or parent.kind.level > area.kind.level:
            name = parent.name if parent else area.parent
            raise AreaMisplaced(name=area.name, parent=name)
    if area.home and area.kind is not AreaKind.ZONE:
        raise HomeIsNoZone(name=area.name)
    return area


def changed(area: Area, areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return what a changed area changes: itself, and the zone that was served before it.

    Raises
    ------
    AreaUnnamed, AreaThere, AreaMisplaced, HomeIsNoZone
        As ``checked`` raises them.
    """
    area = checked(area, areas)
    stored = next((one for one in areas if one.id == area.id), None)
    if stored is not None and stored.kind is not area.kind:
        area = replace(area, reference=area.kind is not AreaKind.ZONE)
    before = [
        replace(one, home=False) for one in areas if area.home and one.home and one.id != area.id
    ]
    return (*([area] if area != stored else []), *before)


def commit_of(
    areas: Sequence[Area], author: str, note: str = "", base: int | None = None
) -> Commit:
    """Return the commit of areas that are new or changed."""
    return Commit(VintageKind.EDIT, as_kept(author), as_kept(note), base=base, areas=tuple(areas))
