"""What every command takes and answers, how it ends, and which store it acts on."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.areas.errors import UnknownArea
from data.settings import Settings
from data.store.errors import FileThere
from data.store.people import COMMAND_LINE
from data.store.scenarios import SavedScenario
from data.store.seed import learner_of
from data.store.store import Store
from data.store.vintages import Commit
from data.texts import LONGEST_AUTHOR, as_kept
from forecasting.cli.options import USAGE_ERROR, Parser, checked
from forecasting.figures.indicator import Area, Inputs
from forecasting.outlook.question import Question, targets_of

if TYPE_CHECKING:
    from data.views import CommandView

THE_STORE = "The store is the one of the app: DATABASE_URL, or var/outlook.sqlite3 without it."


class ExitCode(IntEnum):
    """How a command ends; docs/operating.md has the table. 1 is a defect of ours."""

    DONE = 0
    REFUSED = USAGE_ERROR
    """Something that a person can mend, in one line on standard error; nothing was written."""
    QUESTIONS = 3
    """Questions are open: they are printed as JSON, and nothing was written."""
    UNCHANGED = 4
    """What was asked for stands already; nothing was written."""
    CONFLICT = 5
    """Somebody else wrote meanwhile; nothing was written, and the same command may be run again."""
    UNFINISHED = 6
    """A part is done and stays; the same command, run again, goes on with the rest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command prints: lines, or with ``--json`` a document of plain values."""

    text: str
    document: Mapping[str, Any]
    code: ExitCode = ExitCode.DONE


class CommandRefused(Exception):
    """Raised with one line for the person who typed the command."""


Run = Callable[[argparse.Namespace], Answer]
Listed = Any
"""Where commands are added: what ``add_subparsers`` returns, which argparse does not name."""


def add_command(listed: Listed, name: str, run: Run, help: str, description: str = "") -> Parser:
    """Add a command to those of a group, and return its parser for what else it takes."""
    parser: Parser = listed.add_parser(name, help=help, description=description or None)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=run)
    return parser


def add_group(listed: Listed, name: str, help: str, description: str) -> Listed:
    """Add a group of commands, and return where its commands are added."""
    parser: Parser = listed.add_parser(name, help=help, description=f"{description} {THE_STORE}")
    return parser.add_subparsers(required=True, metavar="WHAT")


def add_author(parser: Parser) -> None:
    """Let a command say for whom it writes."""
    parser.add_argument(
        "--author", type=_to_author, default=COMMAND_LINE, metavar="NAME",
        help=f"whose entry it is in the audit log ({COMMAND_LINE} without it)",
    )  # fmt: skip


_to_author = checked(
    as_kept,
    lambda name: len(name) <= LONGEST_AUTHOR,
    f"a name of up to {LONGEST_AUTHOR} characters",
)


def add_note(parser: Parser) -> None:
    """Let a command say why it writes."""
    parser.add_argument(
        "--note", type=as_kept, default="", metavar="TEXT", help="why, for the audit log"
    )


@contextmanager
def opened_store() -> Iterator[Store]:
    """Open the store of the app, brought up to date; it is never made anew."""
    store = Store.open(address(None))
    try:
        store.update()
        yield store
    finally:
        store.close()


def settings(given: str | None = None) -> Settings:
    """Return the settings of the app, with another database where one is given."""
    environ = os.environ if given is None else {"DATABASE_URL": given}
    return Settings.from_environ(environ)


def environment() -> Mapping[str, str]:
    """Return what the environment sets: the key of backups stands there."""
    return os.environ


def address(given: str | None) -> str:
    """Return the address of a database as the app takes it, by default that of the app."""
    return settings(given).database_url


def area_of(store: Store, vintage: int, id: str | None) -> Area:
    """Return an area by its id, without one the zone that the store serves.

    Raises
    ------
    UnknownArea
        If there is no such area.
    CommandRefused
        If none is named and the store serves none.
    """
    areas = {area.id: area for area in store.areas(vintage)}
    if id is None:
        home = next((area for area in areas.values() if area.home), None)
        if home is None:
            raise CommandRefused("name an area by --area: this store serves no zone of its own")
        return home
    if id not in areas:
        raise UnknownArea(ids=id)
    return areas[id]


def view_of(store: Store, vintage: int | None = None) -> CommandView:
    """Return a vintage of a store, by default the newest."""
    from data.views import CommandView  # with it come the models, which few commands need

    number = store.latest_vintage() if vintage is None else vintage
    return CommandView(store, number, learner_of(settings().seeds_folder))


def check_targets(question: Question, known: Inputs) -> None:
    """Check that there is something that the figures are to reach.

    Raises
    ------
    CommandRefused
        If there are figures, and no target of the year.
    """
    asked = question.threshold is not None or targets_of(question, known, known.observations)
    if known.observations and not asked:
        raise CommandRefused(
            f"{question.area.id} has no targets of {question.year}: set some, or give --threshold"
        )


def _saved(text: str) -> tuple[int, int | None]:
    number, _, version = text.partition("/")
    return int(number), int(version) if version else None


to_saved = checked(_saved, lambda _: True, "the number of a saved scenario, such as 3 or 3/2")


def saved_at(store: Store, number: tuple[int, int | None], area: Area, year: int) -> SavedScenario:
    """Return a version of a saved scenario, by default the newest.

    Raises
    ------
    UnknownScenario
        If there is none of that number.
    CommandRefused
        If it is of another area or year.
    """
    saved = store.scenarios.find(*number)
    if (saved.area, saved.year) != (area.id, year):
        raise CommandRefused(
            f"scenario {saved.id} is of {saved.area} in {saved.year}, not of {area.id} in {year}"
        )
    return saved


def text_of(file: Path) -> str:
    """Return a text in UTF-8.

    Raises
    ------
    CommandRefused
        If it is in another encoding.
    """
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandRefused(f"{file} is no text in UTF-8") from None


def secret_in(file: Path | None) -> str:
    """Return the first line of a file, which the list of processes does not show.

    Empty without a file; one with an empty first line is refused, so that nothing stays open that
    should be locked.

    Raises
    ------
    CommandRefused
        If there is no text in the first line.
    """
    if file is None:
        return ""
    secret = text_of(file).partition("\n")[0].strip()
    if not secret:
        raise CommandRefused(f"{file} has nothing in its first line")
    return secret


def write_new(file: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises
    ------
    FileThere
        If there is one.
    """
    if file.exists():
        raise FileThere(place=file)
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_bytes(content)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def write_secret(file: Path, secret: str) -> None:
    """Write a file that its owner alone reads, whole or not at all, over one that is there."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(f"{secret}\n")
    part.replace(file)


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet with files by name, whole or not at all.

    Raises
    ------
    FileThere
        If there is one.
    """
    if folder.exists():
        raise FileThere(place=folder)
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # a run before this may have been cut off
    try:
        for name, content in files.items():
            file = part / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def written(store: Store, draft: Commit, rows: list[str], document: Mapping[str, Any]) -> Answer:
    """Commit a draft, and answer with what it brought and the vintage that it became."""
    number = store.commit(draft)
    lines = "\n".join((*rows, f"written as data vintage {number}"))
    return Answer(lines, {**document, "vintage": number})
