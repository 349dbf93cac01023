"""What a process of its own does in the tests: start on a database, or commit to it.

It says ``ready`` once everything is imported and begins when it is told to, so that
processes meet at the database and not at the imports.

    python -m tests.data.process start DATABASE_URL SEEDS_FOLDER
    python -m tests.data.process commit DATABASE_URL TIMES
    python -m tests.data.process die DATABASE_URL WHEN

``die`` kills itself in its first start, ``before`` or ``after`` it has written the vintage.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from data.commit import append
from data.engine import writing
from data.migration import migrate
from data.seeding import ensure_seeded
from data.store import Store
from data.vintage import Draft, Kind


class Process:
    """One such process, seen from the test."""

    def __init__(self, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.data.process", *map(str, arguments)],
            cwd=Path(__file__).parents[2], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def wait_until_ready(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("begin\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()

    def result(self) -> tuple[int, list[int], str]:
        """Wait for its end: return code, the vintages it printed, and what went wrong."""
        out, err = self._process.communicate(timeout=120)
        vintages = [int(line) for line in out.split() if line != "ready"]
        return self._process.returncode, vintages, err


def main(what: str, database_url: str, argument: str) -> None:
    store = Store.open(database_url)
    print("ready", flush=True)
    sys.stdin.readline()
    if what == "start":
        print(ensure_seeded(store, Path(argument)))
    elif what == "die":
        die(store, argument)
    else:
        for time in range(int(argument)):
            print(store.commit(Draft(Kind.EDIT, "process", note=str(time))))


def die(store: Store, when: str) -> None:
    if when == "before":
        store.prepare(kill_this_process)
    with writing(store._engine) as connection:
        migrate(connection)
        append(connection, Draft(Kind.SEED, "process"))
        kill_this_process()


def kill_this_process() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


if __name__ == "__main__":
    main(*sys.argv[1:])
