"""The indicators: listed, renamed, merged, removed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from data.commands.command import (
    Answer,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    opened_store,
    written,
)
from data.indicators.edits import added, is_gone, merge, remove, rename, signed
from data.store.store import Store
from data.store.vintages import Commit
from forecasting.figures.indicator import Indicator


def add_to(listed: Listed) -> None:
    """Add the commands on indicators."""
    group = add_group(
        listed, "indicators", "list, rename, merge and remove indicators",
        "List the indicators, rename them, and merge or remove those that were added with a file.",
    )  # fmt: skip
    add_command(
        group, "list", _list, "list id, names, unit, aliases and which were added, parted by tabs"
    )
    other = add_command(
        group, "rename", _rename, "give an indicator other names; the old ones are read"
    )
    other.add_argument("indicator", metavar="INDICATOR", help="its id, as list shows it")
    other.add_argument("name", metavar="NAME")
    other.add_argument("--english", default="", metavar="NAME")
    merged = add_command(
        group, "merge", _merge, "make the figures of an indicator those of another"
    )
    merged.add_argument("indicator", metavar="INDICATOR", help="id of the one that goes")
    merged.add_argument("into", metavar="INTO", help="id of the one that stays")
    gone = add_command(group, "remove", _remove, "remove an indicator of which there is nothing")
    gone.add_argument("indicator", metavar="INDICATOR")
    for command in (other, merged, gone):
        add_author(command)


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        base = store.latest_vintage()
        catalogue, new = store.catalogue(base), added(store, base)
    listed = catalogue.indicators.values()
    lines = (_line(one, "added" if one in new else "") for one in listed)
    return Answer("\n".join(lines), _plain(listed, new))


def _rename(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        draft = rename(store, options.indicator, options.name, options.english)
        if draft is None:
            said = f"{options.indicator} is called that already"
            return Answer(said, {"indicators": []}, ExitCode.UNCHANGED)
        return _edited(store, draft, options.author)


def _merge(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        if is_gone(store, options.indicator):
            return _unchanged(options)
        return _edited(store, merge(store, options.indicator, options.into), options.author)


def _remove(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        if is_gone(store, options.indicator):
            return _unchanged(options)
        return _edited(store, remove(store, options.indicator), options.author)


def _unchanged(options: argparse.Namespace) -> Answer:
    said = f"{options.indicator} is gone already"
    return Answer(said, {"indicators": []}, ExitCode.UNCHANGED)


def _edited(store: Store, draft: Commit, author: str) -> Answer:
    rows = [_line(one) for one in draft.indicators]
    return written(store, signed(draft, author), rows, _plain(draft.indicators))


def _line(indicator: Indicator, mark: str = "") -> str:
    names = indicator.name.zh, indicator.name.en, indicator.unit, "|".join(indicator.aliases)
    return "\t".join((indicator.id, *names, mark))


def _plain(indicators: Iterable[Indicator], new: Iterable[Indicator] = ()) -> dict[str, Any]:
    return {
        "indicators": [
            {"id": one.id, "name": one.name.zh, "english": one.name.en, "unit": one.unit,
             "aliases": list(one.aliases), "added": one in new}
            for one in indicators
        ]
    }  # fmt: skip
