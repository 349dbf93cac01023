"""Tables as .csv: UTF-8 with a byte order mark, numbers in full, and never a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from data.workbook.write.excel import Cell

# What a spreadsheet takes for the beginning of a formula, in a text; one that is guarded
# already gets a guard of its own, so that reading takes away no apostrophe but this one.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as .csv, the first of them the head.

    A text that a spreadsheet would take for a formula begins with an apostrophe, which is
    not read back.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_spelled(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _spelled(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if _FORMULA.match(cell) else cell
    return f"{Decimal(repr(cell)):f}"
