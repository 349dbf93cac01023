"""The plan of an area on the command line: ``python -m data plan``."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from data.commands.command import (
    Answer,
    ExitCode,
    Listed,
    Run,
    add_author,
    add_command,
    add_group,
    area_of,
    opened_store,
    text_of,
    view_of,
    write_new,
)
from data.plan import documents
from data.plan.benchmark import open_benchmark
from data.plan.big_things import big_things
from data.plan.claims import open_cards
from data.plan.criteria import shipped_book
from data.plan.errors import PartRefused, PartUnknown
from data.plan.plan_scenario import ScenarioChoice
from data.store.store import Store
from data.views import AreaView
from forecasting.figures.indicator import Area
from forecasting.issues.json import plain
from forecasting.issues.take_plan import noted_claim
from forecasting.models.runtime import use_one_thread
from forecasting.plan.claims import MOST_QUANTITIES, Claim
from forecasting.plan.comparison_choice import ComparisonChoice
from forecasting.plan.gaps import Against, Closing, ItemStanding
from forecasting.plan.quickest import GapSolution
from forecasting.plan.requests import MOST, Requests
from forecasting.plan.tasks import Ledger
from forecasting.scenario.levers import Lever

Command = Callable[[Store, Area, argparse.Namespace], Answer]

_LIMITS = {
    "share": (0, 1), "pace": (0, 1), "quarter": (1, 4), "year": (2000, 2100),
    "frozen_until": (2000, 2100),
}  # fmt: skip
"""Least and most of the numbers of a part, as its forms take them."""


def add_to(listed: Listed) -> None:
    """Add the commands on the plan."""
    group = add_group(
        listed, "plan", "list, import and export the parts of an area's plan, and how it stands",
        "List what is kept of the plan of an area (the three big things, with whom it is compared, "
        "requests, tasks), write a part or keep one as a version of its own, list and write files "
        "of evidence, and list what may come of the big things and where the zone stands by the "
        "criteria.",
    )  # fmt: skip
    every = add_command(group, "list", _on(_list), "list the parts of the plan, version and author")
    claims = add_command(
        group, "claims", _on(_claims),
        "list the three big things with the chance that each, and each quantity, comes about",
    )  # fmt: skip
    standing = add_command(
        group, "criteria", _on(_stand),
        "list where a zone stands by each item of the criteria; --json has when gaps would close",
    )  # fmt: skip
    write = add_command(group, "export", _on(_export), "write a part as .json, as it is kept")
    read = add_command(group, "import", _on(_import), "keep a part as a .json or .toml has it")
    proofs = add_command(
        group, "evidence", _on(_evidence), "list every file of evidence ever stored, or write one"
    )
    for one in (every, claims, standing, write, read, proofs):
        one.add_argument("area", metavar="AREA", help="its id, as areas list shows it")
    standing.add_argument(
        "--version", choices=list(shipped_book().versions), help="without it, the one chosen"
    )
    standing.add_argument(
        "--solve", action="store_true", help="with --json, what would close each gap this year"
    )
    for one in (write, read):
        one.add_argument("part", metavar="PART", help="such as claim/logistics or comparison")
        one.add_argument("file", type=Path, metavar="FILE")
    proofs.add_argument(
        "--write", nargs=2, metavar=("DIGEST", "FILE"), help="write the one of a digest to a file"
    )
    add_author(read)


def _on(command: Command) -> Run:
    def run(options: argparse.Namespace) -> Answer:
        with opened_store() as store:
            return command(store, area_of(store, store.latest_vintage(), options.area), options)

    return run


def _list(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    names = [documents.COMPARISON, documents.REQUESTS, *(one.part for one in big_things())]
    kept = [store.plans.latest(area.id, name) for name in names]
    for kind in (documents.TASKS, documents.SCENARIO):
        kept += store.plans.listed(area.id, kind)
    rows = [
        {
            "part": one.part,
            "version": one.version,
            "author": one.author,
            "saved_at": one.saved_at.isoformat(),
        }
        for one in kept
        if one is not None and not one.removed
    ]
    return Answer(_lines(rows) or f"{area.id} has nothing of its plan yet", {"parts": rows})


def _export(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    kind, part = _kind(options.part), store.plans.latest(area.id, options.part)
    if part is None or part.removed:
        raise PartUnknown(part=options.part)
    document = msgspec.to_builtins(documents.read(part, kind))
    text = json.dumps(document, ensure_ascii=False, indent=2)
    write_new(options.file, f"{text}\n".encode())
    return Answer(
        f"wrote {options.file}: {part.part}, version {part.version}",
        {"file": str(options.file), "part": part.part, "version": part.version},
    )


def _import(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    kind, before = _kind(options.part), store.plans.latest(area.id, options.part)
    parse = tomllib.loads if options.file.suffix == ".toml" else json.loads
    try:
        document = documents.written(msgspec.convert(parse(text_of(options.file)), kind))
    except (ValueError, msgspec.ValidationError) as error:
        raise PartRefused(part=options.part, problem=" ".join(str(error).split())) from error
    _check_limits(options.part, document)
    version = before.version if before else 0
    kept = store.plans.save(
        area.id, options.part, document, based_on=version, author=options.author
    )
    told = {"part": options.part, "version": kept.version}
    if kept.version == version:
        said = f"{options.part} is like that already, in version {version}"
        return Answer(said, told, ExitCode.UNCHANGED)
    return Answer(f"{options.part} is kept as version {kept.version}", told)


def _evidence(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    """List the files that any version names or named, or write one."""
    if options.write:
        digest, file = options.write[0], Path(options.write[1])
        write_new(file, store.plans.file(area.id, digest))
        return Answer(f"wrote {file}", {"file": str(file), "sha256": digest})
    rows = [
        {
            "sha256": one.sha256,
            "name": one.name,
            "bytes": one.size,
            "author": one.author,
            "stored_at": one.stored_at.isoformat(),
        }
        for one in sorted(store.plans.files(area.id).values(), key=lambda one: one.stored_at)
    ]
    return Answer(_lines(rows) or f"{area.id} has no file of evidence yet", {"evidence": rows})


def _check_limits(part: str, document: str) -> None:
    """Refuse more of something than the pages show, and numbers that their fields do not take."""
    values = msgspec.json.decode(document)
    for name, number in _numbers(values):
        least, most = _LIMITS[name]
        if not least <= number <= most:
            raise PartRefused(part=part, problem=f"{name} {number:g} is not {least} to {most}")
    for name, most in (("quantities", MOST_QUANTITIES), ("requests", MOST)):
        if len(values.get(name, ())) > most:
            raise PartRefused(part=part, problem=f"more than {most} {name}")


def _numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Yield the numbers of a document that have limits, with the name of their field."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _numbers(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _numbers(one, name)
    elif name in _LIMITS and type(value) in (int, float):
        yield name, value


def _kind(part: str) -> type[msgspec.Struct]:
    """Return what a part is read as."""
    name, _, year = part.partition("/")
    by_year: dict[str, type[msgspec.Struct]] = {
        documents.TASKS: Ledger,
        documents.SCENARIO: ScenarioChoice,
    }
    if name in by_year and len(year) == 4 and year.isdecimal():
        return by_year[name]
    kinds: dict[str, type[msgspec.Struct]] = {
        documents.COMPARISON: ComparisonChoice,
        documents.REQUESTS: Requests,
        **{one.part: Claim for one in big_things()},
    }
    if part not in kinds:
        raise PartUnknown(part=part)
    return kinds[part]


def _stand(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    """List where a zone stands, and when its gaps would close."""
    use_one_thread()
    benchmark = open_benchmark(AreaView(view_of(store), area), options.version)
    classes = benchmark.classes
    rows = [_row(one.criteria_class.id, item) for one in classes for item in one.items]
    if options.solve:
        items = [item for one in classes for item in one.items]
        for row, item in zip(rows, items, strict=True):
            short = item.main is not None and item.main.closing is not None
            row["solved"] = _solved(benchmark.solved(item)) if short else None
    together = [
        {"class": one.criteria_class.id, "closing": _closing(one.closing)} for one in classes
    ]
    return Answer(_lines(rows), {"items": rows, "classes": together})


def _claims(store: Store, area: Area, options: argparse.Namespace) -> Answer:
    """List the big things, with the chance that each comes about."""
    use_one_thread()
    cards = open_cards(AreaView(view_of(store), area))
    noted = [noted_claim(card.stored.thing.name, card.outlook) for card in cards]
    lines = [
        "\t".join((
            card.stored.thing.id, _cell(one.together),
            *(f"{of.name.zh} {_cell(of.probability)}".rstrip() for of in one.quantities),
        ))
        for card, one in zip(cards, noted, strict=True)
    ]  # fmt: skip
    rows = [
        {"id": card.stored.thing.id, **plain(one)} for card, one in zip(cards, noted, strict=True)
    ]
    return Answer("\n".join(lines), {"claims": rows})


def _row(group: str, of: ItemStanding) -> dict[str, Any]:
    place = of.place if of.place and of.place.known else None
    return {
        "class": group,
        "item": of.item.id,
        "name": of.item.zh,
        "year": of.year,
        "value": of.value,
        "unit": of.item.unit,
        "best": place.best if place else None,
        "worst": place.worst if place else None,
        "lines": [_line(of, against) for against in of.against],
    }


def _line(of: ItemStanding, against: Against) -> dict[str, Any]:
    line = against.line
    return {
        "line": str(line.kind if line.scope is None else line.scope),
        "level": against.level,
        "share": of.share_of(against),
        "met": against.met,
        "year": line.year,
        "count": line.count,
        "break": line.break_,
        "closing": _closing(against.closing),
    }


def _solved(of: GapSolution | None) -> dict[str, Any] | None:
    """Return the levers of least effort that close a gap this year, or come nearest."""
    if of is None:
        return None
    setting = of.solution.setting
    levers = [
        {"kind": one.entry.kind, "value": one.entry.value, "unit": one.entry.rule.unit,
         "start": one.entry.start and str(one.entry.start)}
        for one in setting.levers if isinstance(one.entry, Lever)
    ]  # fmt: skip
    return {
        "growth": of.growth, "wanted": of.solution.wanted, "reached": setting.reached,
        "probability": setting.probability, "most": setting.most, "levers": levers,
    }  # fmt: skip


def _closing(of: Closing | None) -> dict[str, Any] | None:
    """Return the chance that a gap has closed by the end of each year from the first on."""
    return (
        None if of is None else {"first": of.first, "by_year": list(of.by_year), "wider": of.wider}
    )


def _lines(rows: Sequence[dict[str, Any]]) -> str:
    """Return a line of each row with tabs between; of several lines of an item the first."""
    return "\n".join("\t".join(map(_cell, row.values())) for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, list):
        first = value[0] if value else {}
        return "\t".join(_cell(first.get(key)) for key in ("line", "level", "share"))
    return f"{value:.6g}" if isinstance(value, float) else "" if value is None else str(value)
