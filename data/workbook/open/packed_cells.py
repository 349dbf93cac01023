"""How cells travel between processes: their kinds, numbers and texts apart. Standard library only.

Numbers as bytes are several times faster than in decimal, and come across as they are. Only
plain values can arrive, whatever is sent.
"""

from __future__ import annotations

import base64
import itertools
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

Cell = str | float | bool | date | None

_EMPTY, _TEXT, _NUMBER, _TRUE, _FALSE, _DAY = "-snTFd"
_KINDS = {type(None): _EMPTY, str: _TEXT, float: _NUMBER, date: _DAY}


def pack(rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    """Return cells as something that JSON can say quickly."""
    cells = list(itertools.chain.from_iterable(rows))
    numbers = [cell for cell in cells if type(cell) is float]
    if not all(map(isfinite, numbers)):
        # What is beyond all bounds, such as 1e999, is no number.
        return pack([[str(c) if isinstance(c, float) and not isfinite(c) else c for c in row]
                     for row in rows])  # fmt: skip
    return {
        "widths": _packed("I", map(len, rows)),
        "kinds": "".join([_KINDS.get(type(cell)) or _flag(cell) for cell in cells]),
        "numbers": _packed("d", numbers),
        "texts": [cell for cell in cells if type(cell) is str],
        "days": [cell.isoformat() for cell in cells if type(cell) is date],
    }


def unpack(packed: Mapping[str, Any]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows that were packed."""
    sources: dict[str, Iterator[Cell]] = {
        _EMPTY: itertools.repeat(None),
        _TEXT: iter(packed["texts"]),
        _NUMBER: iter(_unpacked("d", packed["numbers"])),
        _TRUE: itertools.repeat(True),
        _FALSE: itertools.repeat(False),
        _DAY: map(date.fromisoformat, packed["days"]),
    }
    cells = list(map(next, map(sources.__getitem__, packed["kinds"])))
    ends = list(itertools.accumulate(_unpacked("I", packed["widths"]), initial=0))
    return tuple(tuple(cells[start:end]) for start, end in itertools.pairwise(ends))


def pack_places(places: Iterator[tuple[int, int]]) -> str:
    """Return rows and columns as text."""
    return _packed("I", itertools.chain.from_iterable(places))


def unpack_places(packed: str) -> Iterator[tuple[int, int]]:
    """Yield the rows and columns that were packed."""
    numbers = iter(_unpacked("I", packed))
    return zip(numbers, numbers, strict=True)


def _flag(cell: Cell) -> str:
    return _TRUE if cell else _FALSE


def _packed(code: str, numbers: Any) -> str:
    return base64.b64encode(array(code, numbers).tobytes()).decode("ascii")


def _unpacked(code: str, packed: str) -> array[Any]:
    return array(code, base64.b64decode(packed))
