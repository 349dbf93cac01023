"""What is done to a whole store: ``python -m data``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.exc import OperationalError

from data.areas.edits import added, changed, commit_of, own
from data.areas.errors import AreaUnknown
from data.indicators.edits import added as added_indicators
from data.indicators.edits import merge, remove, rename, signed
from data.plan.commands import add_commands
from data.plan.documents import latest, part_of, written
from data.plan.outline import shipped_outline
from data.plan.tasks.export_ledger import export_tasks
from data.plan.tasks.fields import Links, links_of
from data.plan.tasks.import_ledger import read_tasks, taken_over
from data.settings import Settings, backup_key
from data.store.audit import rows_of
from data.store.backup import back_up, move, restore, verify
from data.store.connection import companions, file_of
from data.store.errors import EmptyStore, FileThere
from data.store.people import COMMAND_LINE, People, Person, Role
from data.store.schema import place_of
from data.store.seed import ensure_ready
from data.store.store import Store
from data.store.vintages import Commit
from data.workbook.open.opening import open_book
from data.workbook.write.csv_text import csv_of
from forecasting.cli.options import USAGE_ERROR, Parser
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Area, AreaKind, Indicator, Names
from forecasting.plan.tasks import Ledger, progress

PROGRAM = "python -m data"
ZONE = timezone(timedelta(hours=8))
"""Of every area: its day decides whether a task is overdue."""
THE_STORE = "The store is the one of the app: DATABASE_URL, or var/outlook.sqlite3 without it."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 2 with one line on standard error for what a person can mend."""
    options = _parser().parse_args(arguments)
    try:
        print(options.command(options))
    except (OutlookError, OperationalError, OSError) as error:
        print(f"{PROGRAM}: {_line(error)}", file=sys.stderr)
        return USAGE_ERROR
    return 0


def _init(options: argparse.Namespace) -> str:
    settings = Settings.from_environ(os.environ)
    store, place = Store.open(settings.database_url), place_of(settings.database_url)
    try:
        return f"{place} holds every data vintage to {store.update()}, and stays as it is"
    except EmptyStore:
        ensure_ready(store, settings.seeds_folder)
        return f"{place} is a fresh store with the figures it starts from"
    finally:
        store.close()


def _verify(options: argparse.Namespace) -> str:
    source = _source(options.source) if options.source else _address(None)
    found = verify(source, backup_key(os.environ))
    said = [_read(source), f"every data vintage to {found.latest} is as it was committed"]
    return "\n".join((*said, f"digest {found.digest}") if found.digest else said)


def _back_up(options: argparse.Namespace) -> str:
    key, read = backup_key(os.environ), _read(_address(None))
    latest = back_up(_address(None), options.file, key)
    signed = ", signed" if key else ""
    return f"{read}\nwrote {options.file}{signed}: it holds every data vintage to {latest}"


def _restore(options: argparse.Namespace) -> str:
    key = backup_key(os.environ)
    latest = restore(options.file, _address(None), key)
    signed = ", whose signature is right" if key else ""
    return f"read {options.file}{signed}\n{_wrote(_address(None), latest)}"


def _move(options: argparse.Namespace) -> str:
    source, read = _source(options.source), _read(_source(options.source))
    target = _address(options.target)
    return f"{read}\n{_wrote(target, move(source, target))}"


def _source(given: str) -> str | Path:
    return _address(given) if "://" in given else Path(given)


def _read(source: str | Path) -> str:
    """Name every file that is read, or the server."""
    file = source if isinstance(source, Path) else file_of(source)
    if file is None:
        return f"read {place_of(str(source))}"
    there = [str(path) for path in (file, *companions(file)) if path.exists()]
    return f"read {', '.join(there) or file}"


def _wrote(database_url: str, latest: int) -> str:
    return f"wrote {place_of(database_url)}: it holds every data vintage to {latest}"


def _audit(options: argparse.Namespace) -> str:
    store = Store.open(_address(None))
    entries = store.audit.entries()
    store.close()
    if options.file is not None:
        if options.file.exists():
            raise FileThere(place=options.file)
        options.file.write_bytes(csv_of(rows_of(entries)))
    last = f", the last one {entries[-1].digest}" if entries else ""
    return f"the audit log is whole: {len(entries)} entries{last}"


def _add_person(options: argparse.Namespace) -> str:
    with _people() as people:
        role = Role(options.role)
        who = people.put(options.account, options.name, role, datetime.now(UTC), COMMAND_LINE)
    return _person(who)


def _list_people(options: argparse.Namespace) -> str:
    with _people() as people:
        return "\n".join(map(_person, people.listed())) or "nobody has a role yet"


def _remove_person(options: argparse.Namespace) -> str:
    with _people() as people:
        gone = people.remove(options.account, datetime.now(UTC), COMMAND_LINE)
    return f"{gone.account} has no role any more"


def _list_areas(options: argparse.Namespace) -> str:
    with _store() as store:
        return "\n".join(map(_area, store.areas(store.latest_vintage())))


def _add_areas(options: argparse.Namespace) -> str:
    with _store() as store:
        base = store.latest_vintage()
        areas = store.areas(base)
        if options.kind:
            (name,) = options.names
            kind = AreaKind(options.kind)
            new: Sequence[Area] = [own(name, options.english, kind, options.parent, areas)]
        else:
            new = added(options.names, areas)
        store.commit(commit_of(new, COMMAND_LINE, base=base))
        return "\n".join(map(_area, new))


def _change_area(options: argparse.Namespace) -> str:
    with _store() as store:
        base = store.latest_vintage()
        areas = store.areas(base)
        area = next((area for area in areas if area.id == options.area), None)
        if area is None:
            raise AreaUnknown(name=options.area)
        names = Names(options.name or area.name.zh, options.english or area.name.en)
        area = replace(
            area, name=names, kind=AreaKind(options.kind or area.kind),
            parent=area.parent if options.parent is None else options.parent,
            home=area.home or options.home,
        )  # fmt: skip
        if new := changed(area, areas):
            store.commit(commit_of(new, COMMAND_LINE, base=base))
        return "\n".join(map(_area, new)) or f"{area.id} is like that already"


def _list_indicators(options: argparse.Namespace) -> str:
    with _store() as store:
        base = store.latest_vintage()
        new = added_indicators(store, base)
        return "\n".join(
            _indicator(one, "added" if one in new else "")
            for one in store.catalogue(base).indicators.values()
        )


def _rename_indicator(options: argparse.Namespace) -> str:
    with _store() as store:
        draft = rename(store, options.indicator, options.name, options.english)
        if draft is None:
            return f"{options.indicator} is called that already"
        return _edited(store, draft)


def _merge_indicator(options: argparse.Namespace) -> str:
    with _store() as store:
        return _edited(store, merge(store, options.indicator, options.into))


def _remove_indicator(options: argparse.Namespace) -> str:
    with _store() as store:
        return _edited(store, remove(store, options.indicator))


def _edited(store: Store, draft: Commit) -> str:
    number = store.commit(signed(draft, COMMAND_LINE))
    listed = [_indicator(one) for one in draft.indicators]
    return "\n".join((*listed, f"written as data vintage {number}"))


def _indicator(indicator: Indicator, mark: str = "") -> str:
    names = indicator.name.zh, indicator.name.en, indicator.unit, "|".join(indicator.aliases)
    return "\t".join((indicator.id, *names, mark))


def _list_tasks(options: argparse.Namespace) -> str:
    with _store() as store:
        ledger, _, year = _ledger(store, options)
        today = datetime.now(ZONE).date()
        rows = [progress(task, ledger, year, today) for task in ledger.tasks]
    said = "\n".join(
        "\t".join((
            one.task.id, one.status, one.timing,
            "" if one.done is None else f"{one.done:.0%}", f"{one.expected:.0%}",
            one.task.due.text, one.task.unit, one.task.work,
        ))
        for one in rows
    )  # fmt: skip
    return said or f"{options.area} has no tasks of {year}"


def _import_tasks(options: argparse.Namespace) -> str:
    with _store() as store:
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
        if read.tasks and new != ledger:
            part = part_of(year)
            kept = store.plans.save(
                options.area, part, written(new), based_on=version, author=COMMAND_LINE
            )
            lines[-1] += f", kept as version {kept.version}"
    return "\n".join(lines)


def _export_tasks(options: argparse.Namespace) -> str:
    if options.file.exists():
        raise FileThere(place=options.file)
    with _store() as store:
        ledger, version, _ = _ledger(store, options)
        options.file.write_bytes(export_tasks(ledger, _links(store), options.language))
    return f"wrote {options.file}: {len(ledger.tasks)} tasks of version {version}"


def _ledger(store: Store, options: argparse.Namespace) -> tuple[Ledger, int, int]:
    """Return the tasks of an area in a year, by default this one, with their version."""
    if options.area not in {area.id for area in store.areas(store.latest_vintage())}:
        raise AreaUnknown(name=options.area)
    year = options.year or datetime.now(ZONE).year
    ledger, version = latest(store.plans, options.area, part_of(year), Ledger)
    return ledger, version, year


def _links(store: Store) -> Links:
    """Return what tasks may name."""
    return links_of(shipped_outline(), store.catalogue(store.latest_vintage()))


def _area(area: Area) -> str:
    marks = [name for name in ("home", "reference", "synthetic") if getattr(area, name)]
    return "\t".join((area.id, area.name.zh, area.name.en, area.kind, area.parent, " ".join(marks)))


@contextmanager
def _store() -> Iterator[Store]:
    store = Store.open(_address(None))
    try:
        store.update()
        yield store
    finally:
        store.close()


@contextmanager
def _people() -> Iterator[People]:
    with _store() as store:
        yield store.people


def _person(who: Person) -> str:
    return f"{who.account} is {who.role}" + (f", as {who.name}" if who.name != who.account else "")


def _address(given: str | None) -> str:
    """Return the address of a database as the app takes it, by default that of the app."""
    environ = os.environ if given is None else {"DATABASE_URL": given}
    return Settings.from_environ(environ).database_url


def _line(error: Exception) -> str:
    if isinstance(error, OperationalError):
        return " ".join(str(error.orig).split())
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM,
        description="Make, verify, back up, restore or move a store: every data vintage, with the "
        "original files, and every saved scenario. All is copied or nothing, and what arrived is "
        "compared with what was read.",
        epilog=THE_STORE,
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    init = listed.add_parser(
        "init",
        help="make a fresh store, where there is none",
        description="Make a fresh store from the tables of SEEDS_FOLDER. One that is there stays. "
        f"The app makes none by itself. {THE_STORE}",
    )
    init.set_defaults(command=_init)
    check = listed.add_parser(
        "verify",
        help="hold every figure, file and issue to its digest",
        description="Compute the digest of every data vintage, file and issue anew, of the store "
        "or of a backup. The digest of the newest stands for all figures: note it elsewhere.",
    )
    check.add_argument(
        "source", nargs="?", metavar="SOURCE",
        help="a SQLite file or a backup, sqlite:///FILE or postgresql://...; the store without it",
    )  # fmt: skip
    check.set_defaults(command=_verify)
    backup = listed.add_parser(
        "backup",
        help="write the store into one file",
        description=f"Write the store into one SQLite file, also while the app serves. {THE_STORE}",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that does not exist yet")
    backup.set_defaults(command=_back_up)
    again = listed.add_parser(
        "restore",
        help="write a backup into an empty database",
        description="Write a backup into an empty database, after proving that it is as it was "
        f"written. {THE_STORE}",
    )
    again.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    again.set_defaults(command=_restore)
    log = listed.add_parser(
        "audit",
        help="prove that the audit log is whole, and write it into a file",
        description="Prove that no entry of the audit log was changed or removed: who committed, "
        "withdrew, issued, shared, revoked and saved what, and when. Its last digest stands for "
        f"all of it; note it elsewhere. {THE_STORE}",
    )
    log.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a .csv that does not exist yet"
    )
    log.set_defaults(command=_audit)
    _add_people(
        listed.add_parser(
            "people",
            help="say who may sign in, and what they may do",
            description="Give people who sign in a role, or take it away. The first administrator "
            f"is made here; the others on a page of the app, too. {THE_STORE}",
        )
    )
    _add_areas_commands(
        listed.add_parser(
            "areas",
            help="list, add and change areas",
            description="List the areas that figures are kept of, add places of China by their "
            f"names, or others such as zones, and change them. {THE_STORE}",
        )
    )
    _add_indicators_commands(
        listed.add_parser(
            "indicators",
            help="list, rename, merge and remove indicators",
            description="List the indicators, rename them, and merge or remove those that were "
            f"added with a file. {THE_STORE}",
        )
    )
    _add_tasks_commands(
        listed.add_parser(
            "tasks",
            help="list, import and export the ledger of tasks of an area",
            description="List the tasks of an area with what they are judged to be today, take "
            "over a ledger as offices keep it, or write it as a workbook. An import is a version "
            f"of its own; what could not be read is listed. {THE_STORE}",
        )
    )
    add_commands(
        listed.add_parser(
            "plan",
            help="list, import and export the parts of an area's plan, and how it stands",
            description="List what is kept of the plan of an area (the three big things, with whom "
            "it is compared, requests, tasks), write a part or keep one as a version of its own, "
            f"and list the values of the items of the criteria. {THE_STORE}",
        ),
        _store,
    )
    _add_move(
        listed.add_parser(
            "move",
            help="write the store into another database, such as from SQLite to PostgreSQL",
            description="Write a store into another, empty database; the old one stays as it is. "
            "Stop the app first, and set DATABASE_URL to the new one before it starts again.",
        )
    )
    return parser


def _add_people(parser: argparse.ArgumentParser) -> None:
    listed = parser.add_subparsers(required=True, metavar="WHAT")
    add = listed.add_parser("add", help="give somebody a role, or another one")
    add.add_argument("account", metavar="ACCOUNT", help="as the sign-in calls them, exactly")
    add.add_argument("--role", required=True, choices=list(Role))
    add.add_argument(
        "--name", default="", help="what the app calls them, as an author; the account without it"
    )
    add.set_defaults(command=_add_person)
    everybody = listed.add_parser("list", help="list who has a role")
    everybody.set_defaults(command=_list_people)
    remove = listed.add_parser("remove", help="take somebody's role away")
    remove.add_argument("account", metavar="ACCOUNT")
    remove.set_defaults(command=_remove_person)


def _add_areas_commands(parser: argparse.ArgumentParser) -> None:
    listed = parser.add_subparsers(required=True, metavar="WHAT")
    everything = listed.add_parser(
        "list", help="list id, names, kind, the area above and marks, parted by tabs"
    )
    everything.set_defaults(command=_list_areas)
    add = listed.add_parser("add", help="add places by name, or with --kind one that is none")
    add.add_argument("names", nargs="+", metavar="NAME", help="such as 运城市 or 北京市朝阳区")
    add.add_argument("--kind", choices=list(AreaKind), help="of a single area in no list of places")
    add.add_argument("--parent", default="", metavar="AREA", help="id of the area it lies in")
    add.add_argument("--english", default="", metavar="NAME")
    add.set_defaults(command=_add_areas)
    change = listed.add_parser("change", help="give an area another name, kind or place")
    change.add_argument("area", metavar="AREA", help="its id, as list shows it")
    change.add_argument("--name", metavar="NAME")
    change.add_argument("--english", metavar="NAME")
    change.add_argument("--kind", choices=list(AreaKind))
    change.add_argument("--parent", metavar="AREA", help='id of the area it lies in, or ""')
    change.add_argument("--home", action="store_true", help="make it what this store serves")
    change.set_defaults(command=_change_area)


def _add_indicators_commands(parser: argparse.ArgumentParser) -> None:
    listed = parser.add_subparsers(required=True, metavar="WHAT")
    everything = listed.add_parser(
        "list", help="list id, names, unit, aliases and which were added, parted by tabs"
    )
    everything.set_defaults(command=_list_indicators)
    other = listed.add_parser("rename", help="give an indicator other names; the old ones are read")
    other.add_argument("indicator", metavar="INDICATOR", help="its id, as list shows it")
    other.add_argument("name", metavar="NAME")
    other.add_argument("--english", default="", metavar="NAME")
    other.set_defaults(command=_rename_indicator)
    merged = listed.add_parser("merge", help="make the figures of an indicator those of another")
    merged.add_argument("indicator", metavar="INDICATOR", help="id of the one that goes")
    merged.add_argument("into", metavar="INTO", help="id of the one that stays")
    merged.set_defaults(command=_merge_indicator)
    gone = listed.add_parser("remove", help="remove an indicator of which there is nothing")
    gone.add_argument("indicator", metavar="INDICATOR")
    gone.set_defaults(command=_remove_indicator)


def _add_tasks_commands(parser: argparse.ArgumentParser) -> None:
    listed = parser.add_subparsers(required=True, metavar="WHAT")
    every = listed.add_parser(
        "list",
        help="list id, status, mark of the due date, share done and expected, due date, unit and "
        "work, parted by tabs",
    )
    every.set_defaults(command=_list_tasks)
    read = listed.add_parser("import", help="take over a ledger as offices keep it")
    write = listed.add_parser("export", help="write the ledger as .xlsx")
    for one in (every, read, write):
        one.add_argument("area", metavar="AREA", help="its id, as areas list shows it")
        one.add_argument("--year", type=int, help="this year without it")
    read.add_argument("file", type=Path, metavar="FILE", help="a workbook or a text with cells")
    read.add_argument(
        "--replace", action="store_true", help="drop the tasks that the file does not have"
    )
    read.set_defaults(command=_import_tasks)
    write.add_argument("file", type=Path, metavar="FILE", help="an .xlsx that does not exist yet")
    write.add_argument("--language", choices=("zh", "en"), default="zh")
    write.set_defaults(command=_export_tasks)


def _add_move(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="SOURCE", help="a SQLite file, sqlite:///FILE or postgresql://..."
    )
    parser.add_argument(
        "target",
        nargs="?",
        metavar="TARGET",
        help="sqlite:///FILE or postgresql://...; without it DATABASE_URL, which keeps a "
        "password out of the list of processes",
    )
    parser.set_defaults(command=_move)


if __name__ == "__main__":
    sys.exit(main())
