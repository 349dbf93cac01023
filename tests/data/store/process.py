"""What a process of its own does in the tests: start on a database, or commit to it.

Each is forked from a server that has imported everything, says ``ready`` and begins when it is
told to, so that processes meet at the database and not at the imports.

    start DATABASE_URL SEEDS_FOLDER
    commit DATABASE_URL TIMES
    die DATABASE_URL WHEN
    write DATABASE_URL TIMES
    fall DATABASE_URL TABLE
    save DATABASE_URL TIMES
    trip DATABASE_URL TABLE
    issue DATABASE_URL TIMES
    break DATABASE_URL TABLE
    guess DATABASE_URL TOKEN

``die`` kills itself in its first start, ``before`` or ``after`` it has written the vintage.
``write`` commits large drafts and tells how far each has come: ``open`` once the first row is
written, ``commit`` before all of them are kept, and the vintage when that is acknowledged.
``fall`` kills itself in the first of them, after it has written to a table or at ``commit``.
``save`` saves versions of scenario 1 as ``write`` commits, and begins again from the latest when
others were faster; ``trip`` kills itself in the first of them. ``issue`` and ``break`` are the
same for issues. ``guess`` tries wrong passphrases at a link and prints how many it bears yet.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NoReturn

from sqlalchemy import event

from data.store.connection import make_file, writing
from data.store.errors import ScenarioChanged
from data.store.links import Locked
from data.store.scenarios import Edit
from data.store.schema import migrate
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.store.vintages import Commit, VintageKind, append
from forecasting.figures.period import Quarter
from tests.data.drafts import growth, upload

FORKING = get_context("forkserver")
# Without these each process would import them: this module, and what pytest starts from.
FORKING.set_forkserver_preload([__name__, "pytest"])
Say = Callable[[object], None]


class Process:
    """One such process, seen from the test."""

    def __init__(self, what: str, database_url: str, argument: object) -> None:
        begun, self._begun = Pipe(duplex=False)
        self._lines, lines = Pipe(duplex=False)
        self._errors, errors = Pipe(duplex=False)
        self._process = FORKING.Process(
            target=_run, args=(begun, lines, errors, what, database_url, str(argument))
        )
        self._process.start()
        for theirs in (begun, lines, errors):
            theirs.close()

    def wait_until_ready(self) -> None:
        assert self._lines.recv() == "ready"

    def begin(self) -> None:
        self._begun.send("begin")

    def kill(self) -> None:
        self._process.kill()

    def result(self) -> tuple[int | None, list[int], str]:
        """Wait for its end: return code, the vintages it printed, and what went wrong."""
        code, lines, err = self.lines()
        return code, [int(line) for line in lines if line.isdecimal()], err

    def lines(self) -> tuple[int | None, list[str], str]:
        """Wait for its end: return code, what it printed, and what went wrong."""
        lines = []
        with suppress(EOFError):
            while self._lines.poll(120):
                lines.append(self._lines.recv())
        self._process.join(120)
        with open(self._errors.fileno(), closefd=False) as errors:
            err = errors.read()
        return self._process.exitcode, [line for line in lines if line != "ready"], err


def _run(
    begun: Connection, lines: Connection, errors: Connection,
    what: str, database_url: str, argument: str,
) -> None:  # fmt: skip
    """Do what is asked; the last words of Python itself are heard as errors, too."""
    os.dup2(errors.fileno(), 2)
    errors.close()

    def say(word: object) -> None:
        lines.send(str(word))

    store = Store.open(database_url)
    say("ready")
    begun.recv()
    main(store, what, argument, say)
    store.close()


def main(store: Store, what: str, argument: str, say: Say) -> None:
    if what == "start":
        say(ensure_seeded(store, Path(argument)))
    elif what == "die":
        die(store, argument)
    elif what == "fall":
        listen(store, lambda stage: stage == argument and kill_this_process())
        store.commit(large_draft(store.latest_vintage() + 1))
    elif what == "trip":
        listen(store, lambda stage: stage == argument and kill_this_process())
        save_next(store)
    elif what == "save":
        listen(store, lambda stage: stage in STAGES and say(STAGES[stage]))
        for _ in range(int(argument)):
            say(save_next(store))
    elif what == "break":
        listen(store, lambda stage: stage == argument and kill_this_process())
        issue_next(store)
    elif what == "issue":
        listen(store, lambda stage: stage in STAGES and say(STAGES[stage]))
        for _ in range(int(argument)):
            say(issue_next(store))
    elif what == "guess":
        for place in range(20):
            visitor = f"{os.getpid()} {place}"
            answer = store.shares.open(argument, "wrong one", MOMENT, visitor=visitor)
            say(answer.remaining if isinstance(answer, Locked) else "open")
    elif what == "write":
        listen(store, lambda stage: stage in STAGES and say(STAGES[stage]))
        for _ in range(int(argument)):
            say(store.commit(large_draft(store.latest_vintage() + 1)))
    else:
        for time in range(int(argument)):
            say(store.commit(Commit(VintageKind.EDIT, "process", note=str(time))))


STAGES = {"vintage": "open", "scenario_version": "open", "issue": "open", "commit": "commit"}
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def listen(store: Store, hear: Callable[[str], object]) -> None:
    """Tell each table that was written to, and ``commit`` before a transaction is kept."""

    def written(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO "):
            hear(statement.split()[2])

    event.listen(store._engine, "after_cursor_execute", written)
    event.listen(store._engine, "commit", lambda _: hear("commit"))


def large_draft(number: int) -> Commit:
    """Return what the vintage of a number is to hold: figures, and a file of half a megabyte."""
    figures = tuple(
        growth(number + place / 1024, str(Quarter(1800, 1) + place)) for place in range(400)
    )
    content = Random(number).randbytes(500_000)
    return upload(*figures, author="process", note=str(number), files={"月报.xlsx": content})


def save_next(store: Store) -> int:
    """Save the next version of scenario 1 and return its number."""
    while True:
        latest = store.scenarios.find(1)
        document, edits = large_scenario(latest.version + 1)
        try:
            return store.scenarios.save(
                "zone", 2026, "情景", document, 1,
                edits=edits, scenario=1, based_on=latest.version,
            ).version  # fmt: skip
        except ScenarioChanged:
            continue


def large_scenario(version: int) -> tuple[str, tuple[Edit, ...]]:
    """Return what a version is to hold: a document of half a megabyte, and edits."""
    document = f"# {version}\n" + Random(version).randbytes(250_000).hex()
    return document, tuple(Edit(MOMENT, f"a.{place}", "", str(version)) for place in range(100))


def issue_next(store: Store) -> int:
    """Issue the next document and return its number."""
    return store.issues.issue(
        "zone", 2026, large_document(), 1,
        issued_at=MOMENT, unpublished=False, p_all=0.5, answers={"gdp": 0.5},
    ).number  # fmt: skip


def large_document() -> bytes:
    """Return what every issue is to hold: half a megabyte."""
    return Random(1).randbytes(500_000)


def die(store: Store, when: str) -> None:
    if when == "before":
        store.prepare(kill_this_process)
    make_file(store.database_url)
    with writing(store._engine) as connection:
        migrate(connection)
        append(connection, Commit(VintageKind.SEED, "process"))
        kill_this_process()


def kill_this_process() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")
