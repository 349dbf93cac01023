"""The targets of an area: listed, set, removed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from data.commands.command import (
    Answer,
    CommandRefused,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    add_note,
    area_of,
    opened_store,
    written,
)
from data.indicators.errors import IndicatorUnknown
from data.store.store import Store
from data.store.vintages import Removable
from data.targets.edits import Key, TargetForm, commit_of, edits_between
from forecasting.cli.options import to_year
from forecasting.figures.indicator import Comparator, Target

_NAMES = {str(one.name).lower(): one for one in Comparator}
"""As an option has them: ``>`` means something to a shell."""


def add_to(listed: Listed) -> None:
    """Add the commands on targets."""
    group = add_group(
        listed, "targets", "list, set and remove targets",
        "List the targets of an area, set one, or remove it.",
    )  # fmt: skip
    every = add_command(
        group, "list", _list,
        "list indicator, year, what growth must be, whether it counts and document, parted by tabs",
    )  # fmt: skip
    put = add_command(group, "set", _set, "set a target, or change it")
    gone = add_command(group, "remove", _remove, "remove a target")
    for one in (every, put, gone):
        one.add_argument("area", metavar="AREA", help="its id, as areas list shows it")
    for one in (put, gone):
        one.add_argument(
            "indicator", metavar="INDICATOR", help="its id, as indicators list shows it"
        )
        one.add_argument("year", type=_to_year, metavar="YEAR", help="0 for every year")
        add_author(one)
        add_note(one)
    put.add_argument("--comparator", choices=list(_NAMES), default="above")
    put.add_argument("--threshold", type=float, required=True, metavar="PERCENT")
    put.add_argument("--tolerance", type=float, metavar="POINTS", help="of the comparator about")
    put.add_argument("--document", required=True, metavar="TEXT", help="where it stands")
    put.add_argument("--not-counted", action="store_true", help='it does not count in "all"')


def _to_year(text: str) -> int:
    return 0 if text == "0" else to_year(text)


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        base = store.latest_vintage()
        area = area_of(store, base, options.area)
        targets = store.targets(base, area.id)
    lines = "\n".join(map(_line, targets))
    return Answer(lines or f"{area.id} has no targets", {"targets": _plain(targets)})


def _set(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        base = store.latest_vintage()
        area, catalogue = area_of(store, base, options.area), store.catalogue(base)
        if options.indicator not in catalogue:
            raise IndicatorUnknown(name=options.indicator)
        stored = _stored(store, base, area.id)
        former = stored.get((area.id, options.indicator, options.year))
        usual = catalogue[options.indicator].basis
        form = TargetForm(
            area.id, options.indicator, options.year, _NAMES[options.comparator],
            options.threshold, former.basis if isinstance(former, Target) else usual,
            options.document, options.tolerance, not options.not_counted,
        )  # fmt: skip
        if faults := form.faults({}):
            raise CommandRefused(f"not as a target should be: {', '.join(faults)}")
        return _edited(store, base, stored, {**stored, form.key: form.entry()}, options)


def _remove(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        base = store.latest_vintage()
        area = area_of(store, base, options.area)
        if options.indicator not in store.catalogue(base):
            raise IndicatorUnknown(name=options.indicator)
        stored = _stored(store, base, area.id)
        gone = area.id, options.indicator, options.year
        kept = {key: target for key, target in stored.items() if key != gone}
        return _edited(store, base, stored, kept, options)


def _stored(store: Store, base: int, area: str) -> dict[Key, Removable]:
    return {target.key: target for target in store.targets(base, area)}


def _edited(
    store: Store,
    base: int,
    stored: dict[Key, Removable],
    wanted: dict[Key, Removable],
    options: argparse.Namespace,
) -> Answer:
    edits = edits_between(stored, wanted, base, store.catalogue(base))
    if not edits:
        return Answer("it is like that already", {"targets": []}, ExitCode.UNCHANGED)
    draft = commit_of(edits, options.author, options.note, base)
    rows = list(map(_line, draft.targets)) or [f"{options.indicator} of {options.year} is removed"]
    return written(store, draft, rows, {"targets": _plain(draft.targets)})


def _line(target: Target) -> str:
    tolerance = f"±{target.tolerance:g}" if target.tolerance else ""
    wanted = f"{target.comparator}{target.threshold:g}{tolerance}%"
    counts = "counts" if target.counts else ""
    year = str(target.year) if target.year else "every year"
    return "\t".join((target.indicator, year, wanted, counts, target.document))


def _plain(targets: Sequence[Target]) -> list[dict[str, Any]]:
    return [
        {"area": one.area, "indicator": one.indicator, "year": one.year,
         "comparator": str(one.comparator), "threshold": one.threshold,
         "tolerance": one.tolerance, "counts": one.counts, "document": one.document}
        for one in targets
    ]  # fmt: skip
