"""How much a file may ask for, in one place. Standard library only.

A workbook of a whole city's statistics over twenty years stays below a tenth of each.
"""

from __future__ import annotations

from typing import NamedTuple

MEGABYTE = 1 << 20

FILE_MEGABYTES = 20
"""Bytes of an upload."""

INFLATED_MEGABYTES = 160
"""All parts of a workbook together, as measured by inflating them."""

INFLATION = 300
"""Times that a part may grow; statistics grow five to thirty times."""

INFLATION_FROM_MEGABYTES = 4
"""Parts below this may grow as they like."""

PARTS = 4_000
"""Files within a workbook."""

ROWS, COLUMNS = 200_000, 2_000
"""Of one sheet."""

CELLS = 2_000_000
"""Of a whole book, up to the last filled cell of each row."""

MERGED = 20_000
"""Merged ranges of one sheet; together they cover no more than ``CELLS``."""

TEXT = 32_767
"""Characters of one cell: what Excel allows."""

NESTED = 100
"""Tables within tables of a web page."""

AT_ONCE = 2
"""Processes that read at the same time; further uploads wait their turn."""


class Limits(NamedTuple):
    """What a reading process may use.

    Attributes
    ----------
    memory
        Bytes of address space.
    processor
        Seconds of processor time.
    wall
        Seconds until it is killed, whatever it does.
    output
        Bytes of the answer.
    """

    memory: int = 1024 * MEGABYTE
    processor: int = 20
    wall: float = 40.0
    output: int = 64 * MEGABYTE
