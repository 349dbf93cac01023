"""The areas that figures are kept of: listed, added, changed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.areas.edits import added, changed, commit_of, is_place, own, place_named
from data.commands.command import (
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    area_of,
    opened_store,
    written,
)
from data.texts import as_kept
from forecasting.figures.indicator import Area, AreaKind, Names


def add_to(listed: Listed) -> None:
    """Add the commands on areas."""
    group = add_group(
        listed, "areas", "list, add and change areas",
        "List the areas that figures are kept of, add places of China by their names, or others "
        "such as zones, and change them.",
    )  # fmt: skip
    add_command(
        group, "list", _list, "list id, names, kind, the area above and marks, parted by tabs"
    )
    add = add_command(group, "add", _add, "add places by name, or with --kind one that is none")
    add.add_argument("names", nargs="+", metavar="NAME", help="such as 运城市 or 北京市朝阳区")
    add.add_argument("--kind", choices=list(AreaKind), help="of a single area in no list of places")
    add.add_argument("--parent", default="", metavar="AREA", help="id of the area it lies in")
    add.add_argument("--english", default="", metavar="NAME")
    add_author(add)
    change = add_command(group, "change", _change, "give an area another name, kind or place")
    change.add_argument("area", metavar="AREA", help="its id, as list shows it")
    change.add_argument("--name", metavar="NAME")
    change.add_argument("--english", metavar="NAME")
    change.add_argument("--kind", choices=list(AreaKind))
    change.add_argument("--parent", metavar="AREA", help='id of the area it lies in, or ""')
    change.add_argument("--home", action="store_true", help="make it what this store serves")
    add_author(change)


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        areas = store.areas(store.latest_vintage())
    return Answer("\n".join(map(_line, areas)), _plain(areas))


def _add(options: argparse.Namespace) -> Answer:
    if options.kind and len(options.names) > 1:
        raise CommandRefused("--kind is of one area: add them one by one")
    with opened_store() as store:
        base = store.latest_vintage()
        areas = store.areas(base)
        if there := _there(options, areas):
            return Answer("\n".join(map(_line, there)), _plain(there), ExitCode.UNCHANGED)
        if options.kind:
            (name,) = options.names
            kind = AreaKind(options.kind)
            new: Sequence[Area] = [own(name, options.english, kind, options.parent, areas)]
        else:
            new = added(options.names, areas)
        draft = commit_of(new, options.author, base=base)
        return written(store, draft, list(map(_line, new)), _plain(new))


def _there(options: argparse.Namespace, areas: Sequence[Area]) -> list[Area]:
    """Return the areas that are to be added where every one is there already, else none."""
    if options.kind:
        wanted = {(as_kept(name), AreaKind(options.kind)) for name in options.names}
        there = [area for area in areas if (area.name.zh, area.kind) in wanted]
        return there if len(there) == len(wanted) else []
    places = {place.id: place for place in map(place_named, options.names)}
    found = [area for area in areas if any(is_place(area, one) for one in places.values())]
    return found if len(found) == len(places) else []


def _change(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        base = store.latest_vintage()
        area = area_of(store, base, options.area)
        names = Names(*(
            own if given is None else as_kept(given)
            for given, own in ((options.name, area.name.zh), (options.english, area.name.en))
        ))  # fmt: skip
        area = replace(
            area, name=names, kind=AreaKind(options.kind or area.kind),
            parent=area.parent if options.parent is None else options.parent,
            home=area.home or options.home,
        )  # fmt: skip
        new = changed(area, store.areas(base))
        if not new:
            return Answer(f"{area.id} is like that already", _plain([area]), ExitCode.UNCHANGED)
        draft = commit_of(new, options.author, base=base)
        return written(store, draft, list(map(_line, new)), _plain(new))


def _line(area: Area) -> str:
    names = area.id, area.name.zh, area.name.en
    return "\t".join((*names, area.kind, area.parent, " ".join(_marks(area))))


def _plain(areas: Sequence[Area]) -> dict[str, Any]:
    return {
        "areas": [
            {"id": area.id, "name": area.name.zh, "english": area.name.en,
             "kind": str(area.kind), "parent": area.parent, "marks": _marks(area)}
            for area in areas
        ]
    }  # fmt: skip


def _marks(area: Area) -> list[str]:
    return [name for name in ("home", "reference", "synthetic") if getattr(area, name)]
