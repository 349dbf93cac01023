"""The process that takes a workbook apart, and what it may use."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import python_calamine

from data.workbook.book import Cell, Rectangle, Sheet
from data.workbook.open import limits
from data.workbook.open.limits import Limits
from data.workbook.open.refusal import Refusal, Refused

_START = """
import sys
sys.path[:0] = sys.argv[1:3]
from data.workbook.open.inside.__main__ import main
main(sys.argv[3], *map(int, sys.argv[4:]))
"""
PATHS = (str(Path(__file__).resolve().parents[3]), str(Path(python_calamine.__file__).parents[1]))
"""Where the process finds the project and the library that reads workbooks."""
_COMMAND = (sys.executable, "-I", "-S", "-c", _START, *PATHS)


class _Answer(msgspec.Struct):
    """A line that the process writes: a sheet, or at last why all of them are refused."""

    refused: Refusal | None = None
    values: dict[str, object] = {}
    name: str = ""
    hidden: bool = False
    rows: tuple[tuple[str | float | int | bool | None, ...], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


_ANSWER = msgspec.json.Decoder(_Answer)
_TURN = threading.BoundedSemaphore(limits.AT_ONCE)
_log = logging.getLogger(__name__)


def taken_apart(content: bytes, form: str, may_use: Limits = Limits()) -> tuple[Sheet, ...]:  # noqa: B008
    """Read the sheets of a content in a process of its own.

    Parameters
    ----------
    form
        The module of ``inside`` that reads it: ``zipped``, ``xls``, ``encrypted`` or ``markup``
        (in UTF-8).

    Raises
    ------
    Refused
        If the process refuses the content, or is ended for using more than it may.
    """
    asked = (form, str(may_use.memory), str(may_use.processor), str(may_use.output))
    with _TURN:
        code, answers = _run((*_COMMAND, *asked), content, may_use)
    if code:
        raise Refused(why_ended(code))
    if answers and answers[-1].refused:
        raise Refused(answers[-1].refused, **answers[-1].values)
    return tuple(map(_sheet, answers))


def _run(command: Sequence[str], content: bytes, may_use: Limits) -> tuple[int, list[_Answer]]:
    """Return how the process ended (0, an error, or minus a signal) and what it wrote."""
    began = time.monotonic()
    # It knows nothing of the server: no settings, no address of a database, no open file.
    with (
        TemporaryDirectory(prefix="workbook-") as empty,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=empty, env={}
        ) as process,
    ):
        assert process.stdin
        clock = threading.Timer(may_use.wall, process.kill)
        clock.start()
        try:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(content)
            answers = list(_answers(process, may_use.output))
            code = process.wait()
        finally:
            clock.cancel()
    late = time.monotonic() - began >= may_use.wall
    return -signal.SIGXCPU if late and code == -signal.SIGKILL else code, answers


def _answers(process: subprocess.Popen[bytes], room: int) -> Iterator[_Answer]:
    """Yield the whole lines that a process writes, and end it where they are too long."""
    assert process.stdout
    # A refusal may come after as much as is allowed.
    room += limits.MEGABYTE
    while line := process.stdout.readline(room):
        room -= len(line)
        if room <= 0:
            process.kill()
            raise Refused(Refusal.MEMORY)
        if line.endswith(b"\n"):  # the last words of one that was ended are cut short
            yield _ANSWER.decode(line)


def why_ended(code: int) -> Refusal:
    """Return why a process ended that did not answer."""
    if code == -signal.SIGXCPU:
        return Refusal.TIME
    # Allocation that fails aborts; the system kills what takes the last of its memory.
    if code in (-signal.SIGABRT, -signal.SIGKILL):
        return Refusal.MEMORY
    _log.error("the process that reads workbooks ended with %s: its own words are above", code)
    return Refusal.DAMAGED


def _sheet(answer: _Answer) -> Sheet:
    merged = tuple(Rectangle(*ends) for ends in answer.merged)
    rows = tuple(map(_row, answer.rows))
    return Sheet(
        answer.name, rows, merged, answer.percent, answer.hidden,
        answer.hidden_rows, answer.hidden_columns,
    )  # fmt: skip


def _row(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return a row with its days, which come as ordinals, the only integers."""
    if int not in map(type, row):
        return row
    return tuple(date.fromordinal(cell) if type(cell) is int else cell for cell in row)
