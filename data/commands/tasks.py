"""The ledger of tasks of an area: listed, imported, exported, and what late ones hold back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import clock
from data.commands.command import (
    Answer,
    ExitCode,
    Listed,
    add_author,
    add_command,
    add_group,
    area_of,
    opened_store,
    view_of,
    write_new,
)
from data.plan.documents import latest, part_of, written
from data.plan.outline import shipped_outline
from data.plan.tasks.export_ledger import export_tasks
from data.plan.tasks.fields import Links, links_of
from data.plan.tasks.import_ledger import read_tasks, taken_over
from data.store.store import Store
from data.workbook.open.opening import open_book
from forecasting.cli.options import to_year
from forecasting.models.runtime import use_one_thread
from forecasting.plan.tasks import Failure, Ledger, progress

if TYPE_CHECKING:
    from data.plan.tasks.ledger import LedgerToday
    from data.views import AreaView


def add_to(listed: Listed) -> None:
    """Add the commands on tasks."""
    group = add_group(
        listed, "tasks", "list, import and export the ledger of tasks of an area",
        "List the tasks of an area with what they are judged to be today, take over a ledger as "
        "offices keep it, or write it as a workbook. An import is a version of its own; what "
        "could not be read is listed.",
    )  # fmt: skip
    every = add_command(
        group, "list", _list,
        "list id, status, mark of the due date, share done and expected, due date, unit and "
        "work, parted by tabs",
    )  # fmt: skip
    late = add_command(
        group, "late", _late,
        "say what late tasks hold back, each alone and all together, by the plan's scenario",
        "List the late tasks whose projects or levers the scenario has that the plan of the year "
        "goes by: id, change of the chance of all targets, the chance without it, and work, parted "
        "by tabs; and last what all of them do together, which is not the sum.",
    )  # fmt: skip
    read = add_command(group, "import", _import, "take over a ledger as offices keep it")
    write = add_command(group, "export", _export, "write the ledger as .xlsx")
    for one in (every, late, read, write):
        one.add_argument("area", metavar="AREA", help="its id, as areas list shows it")
        one.add_argument("--year", type=to_year, help="this year without it")
    read.add_argument("file", type=Path, metavar="FILE", help="a workbook or a text with cells")
    read.add_argument(
        "--replace", action="store_true", help="drop the tasks that the file does not have"
    )
    add_author(read)
    write.add_argument("file", type=Path, metavar="FILE", help="an .xlsx that does not exist yet")
    write.add_argument("--language", choices=("zh", "en"), default="zh")


def _list(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        ledger, _, year = _ledger(store, options)
    rows = [progress(task, ledger, year, clock.today()) for task in ledger.tasks]
    said = "\n".join(
        "\t".join((
            one.task.id, one.status, one.timing,
            "" if one.done is None else f"{one.done:.0%}", f"{one.expected:.0%}",
            one.task.due.text, one.task.unit, one.task.work,
        ))
        for one in rows
    )  # fmt: skip
    document = [
        {"id": one.task.id, "status": str(one.status), "timing": str(one.timing),
         "done": one.done, "expected": one.expected, "due": one.task.due.text,
         "unit": one.task.unit, "work": one.task.work}
        for one in rows
    ]  # fmt: skip
    return Answer(said or f"{options.area} has no tasks of {year}", {"tasks": document})


def _late(options: argparse.Namespace) -> Answer:
    """Say what it does that late tasks fail, as the page does."""
    from data.plan.tasks.ledger import failures, open_ledger  # with it come the models
    from data.views import AreaView

    use_one_thread()
    with opened_store() as store:
        view = view_of(store)
        area = area_of(store, view.vintage, options.area)
        standing = open_ledger(AreaView(view, area), options.year or clock.today().year)
        found = failures(standing)
    document = {
        "area": area.id, "year": standing.year, "day": standing.today.isoformat(),
        "scenario": standing.scenario.name or None, "late": len(standing.late),
        "p_all": found.together.before if found.together else None,
        "tasks": [
            {"id": task.id, "work": task.work, **_effect(failed)} for task, failed in found.single
        ],
        "together": _effect(found.together) if found.together else None,
    }  # fmt: skip
    if found.together is None:
        return Answer(f"late tasks: {len(standing.late)}{_why_none(standing)}", document)
    lines = [f"{task.id}\t{_told(failed)}\t{task.work}" for task, failed in found.single]
    lines.append(f"together\t{_told(found.together)}\t{len(found.single)} tasks")
    return Answer("\n".join(lines), document)


def _why_none(standing: LedgerToday[AreaView]) -> str:
    """Say why it is not known what late tasks hold back; empty where none is late."""
    if not standing.late:
        return ""
    if standing.scenario.saved is None:
        return ", and no scenario of the year is saved that has their projects"
    return f", and none names a project or lever of the scenario {standing.scenario.name!r}"


def _effect(failed: Failure) -> dict[str, Any]:
    known = failed.before is not None and failed.after is not None
    return {
        "p_all": failed.after,
        "change": failed.change if known else None,
        "indicators": [
            {"indicator": indicator, "before": before, "after": after}
            for indicator, before, after in failed.chances
        ],
    }


def _told(failed: Failure) -> str:
    if failed.after is None:
        return "\t"
    return f"{failed.change:+.3f}\t{failed.after:.3f}"


def _import(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        ledger, version, year = _ledger(store, options)
        book = open_book(options.file.name, options.file.read_bytes())
        read = read_tasks(book, _links(store), year)
        new = taken_over(ledger, read, replacing=options.replace)
        lines = [
            " ".join(
                filter(None, (one.sheet, f"row {one.row}" * bool(one.row), one.code, one.found))
            )
            for one in read.problems
        ]
        lines.append(f"{len(read.tasks)} tasks read")
        code = ExitCode.UNCHANGED if read.tasks else ExitCode.REFUSED
        if read.tasks and new != ledger:
            kept = store.plans.save(
                options.area, part_of(year), written(new), based_on=version, author=options.author
            )
            code, version = ExitCode.DONE, kept.version
            lines[-1] += f", kept as version {version}"
    problems = [
        {"sheet": one.sheet, "row": one.row, "code": str(one.code), "found": one.found}
        for one in read.problems
    ]
    document = {"tasks": len(read.tasks), "version": version, "problems": problems}
    return Answer("\n".join(lines), document, code)


def _export(options: argparse.Namespace) -> Answer:
    with opened_store() as store:
        ledger, version, _ = _ledger(store, options)
        write_new(options.file, export_tasks(ledger, _links(store), options.language))
    count = len(ledger.tasks)
    return Answer(
        f"wrote {options.file}: {count} tasks of version {version}",
        {"file": str(options.file), "tasks": count, "version": version},
    )


def _ledger(store: Store, options: argparse.Namespace) -> tuple[Ledger, int, int]:
    """Return the tasks of an area in a year, by default this one, with their version."""
    area_of(store, store.latest_vintage(), options.area)
    year = options.year or clock.today().year
    ledger, version = latest(store.plans, options.area, part_of(year), Ledger)
    return ledger, version, year


def _links(store: Store) -> Links:
    """Return what tasks may name."""
    return links_of(shipped_outline(), store.catalogue(store.latest_vintage()))
