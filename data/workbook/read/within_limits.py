"""Reading of large workbooks in a process of its own, under limits of time and memory.

What a file asks for grows with its labels: 163,000 that nobody knows take two minutes and 400 MB,
while every other reader waits. Such a book is read by a process that gives up files, connections
and more than its share of the processor, and is ended when it takes too much. Books below
``READ_IN_PLACE`` cells take less than a second, and are read where they are.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from tempfile import TemporaryDirectory

from data.workbook.book import Book
from data.workbook.open import limits
from data.workbook.open.inside.confinement import confine
from data.workbook.open.limits import Limits
from data.workbook.open.opening import WorkbookRefused
from data.workbook.open.process import PATHS, why_ended
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading

READ_IN_PLACE = 5_000
"""Cells of a book."""

_START = """
import sys
sys.path[:0] = sys.argv[1:3]
from data.workbook.read.within_limits import main
main(*map(int, sys.argv[3:]))
"""
_COMMAND = (sys.executable, "-I", "-S", "-c", _START, *PATHS)
_DEFECT = 1
_NICENESS = 10
_TURN = threading.BoundedSemaphore(limits.AT_ONCE)


def read_within_limits(
    book: Book,
    context: Context,
    given: Mapping[str, str],
    may_use: Limits = Limits(wall=60.0),  # noqa: B008
) -> Reading:
    """Understand a workbook, as ``read`` does.

    Raises
    ------
    WorkbookRefused
        If a large book takes more time or memory than it may.
    """
    if sum(len(row) for sheet in book.sheets for row in sheet.rows) <= READ_IN_PLACE:
        return read(book, context, given)
    asked = pickle.dumps((book, context, dict(given)), pickle.HIGHEST_PROTOCOL)
    with _TURN:
        code, answer = _run(asked, may_use)
    if code == _DEFECT:
        raise ChildProcessError("the process that reads books failed: its own words are above")
    if code:
        raise WorkbookRefused(book.file, why_ended(code))
    # What wrote this is our code: it was given cells, and nothing that it could run.
    reading: Reading = pickle.loads(answer)
    return reading


def _run(asked: bytes, may_use: Limits) -> tuple[int, bytes]:
    """Return how the process ended (0, an error, or minus a signal) and what it wrote."""
    began = time.monotonic()
    limited = map(str, (may_use.memory, may_use.processor, may_use.output))
    with (
        TemporaryDirectory(prefix="reading-") as empty,
        subprocess.Popen(
            (*_COMMAND, *limited),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=empty,
            env={},
        ) as process,
    ):
        clock = threading.Timer(may_use.wall, process.kill)
        clock.start()
        try:
            answer, _ = process.communicate(asked)
        finally:
            clock.cancel()
    late = time.monotonic() - began >= may_use.wall
    code = process.returncode
    return -signal.SIGXCPU if late and code == -signal.SIGKILL else code, answer


def main(memory: int, processor: int, output: int) -> None:
    """Read the book on standard input and write what was understood of it."""
    os.nice(_NICENESS)
    asked = sys.stdin.buffer.read()
    confine(memory, processor)
    try:
        book, context, given = pickle.loads(asked)
        answer = pickle.dumps(read(book, context, given), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os.abort()
    if len(answer) > output:
        os.abort()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
