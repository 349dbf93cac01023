"""What the process runs: the content of a file in, its sheets out.

One line of JSON for each sheet as soon as it is read; a last one may say why all of them are
refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module

import msgspec

from data.workbook.open.inside.confinement import confine
from data.workbook.open.inside.sheets import FoundSheet, cell_name, counted
from data.workbook.open.refusal import Refusal, Refused


def main(form: str, memory: int, processor: int, output: int) -> None:
    """Read a content from standard input by the module of its form, and write what is in it."""
    reader = import_module(f"data.workbook.open.inside.{form}")  # later there is no file to read
    confine(memory, processor)
    try:
        for line in _lines(reader.sheets_of(sys.stdin.buffer.read()), output):
            _write(line)
    except Refused as refused:
        _write(_refusal(refused))
    except MemoryError:
        _write(_refusal(Refused(Refusal.MEMORY)))


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _lines(found: Iterable[FoundSheet], output: int) -> Iterator[bytes]:
    for sheet in counted(found):
        if sheet.unsaved:
            raise _unsaved(sheet)
        line = sheet.line()
        output -= len(line)
        if output < 0:
            raise Refused(Refusal.MEMORY)
        yield line


def _refusal(refused: Refused) -> bytes:
    return msgspec.json.encode({"refused": refused.reason, "values": refused.values}) + b"\n"


def _unsaved(sheet: FoundSheet) -> Refused:
    return Refused(
        Refusal.UNSAVED,
        sheet=sheet.name,
        cell=cell_name(*min(sheet.unsaved)),
        count=len(sheet.unsaved),
    )
