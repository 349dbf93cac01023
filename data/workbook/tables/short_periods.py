"""Months that stand as numbers: 2026.9, and the days since 1900 that a spreadsheet keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from data.workbook.book import Cell, Sheet
from data.workbook.tables.find_tables import says_head
from data.workbook.words.heads import Head, head_of
from data.workbook.words.normalise import compact
from data.workbook.words.periods import Period, parse_period, parse_year

_CORNERS = (Head.INDICATOR, Head.AREA, Head.PERIOD, Head.YEAR, Head.MONTH, Head.IGNORED)
_HEADS_WITHIN = 200
"""Rows from the top in which heads are looked for."""
_SHORT = re.compile(r"((?:19|20)[0-9]{2})\.(1[0-2]|0?[1-9])")
_DAYS = re.compile(r"[1-9][0-9]{4}(?:\.0+)?")
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 32874, 73050
"""1990 to 2099: numbers beyond are no dates of ours."""

Run = Sequence[tuple[int, int, Cell]]
"""Row, column and content of cells side by side or one below the other."""


class WrittenOut(NamedTuple):
    """A sheet whose months are plain, and the rows in which some could be either of two."""

    sheet: Sheet
    unclear: frozenset[int]


def written_out(sheet: Sheet) -> WrittenOut:
    """Write months out that heads and columns of periods hold as numbers.

    Only where nothing else can be meant: in a row of heads, and below 时间. Of 2026.1 a
    spreadsheet cannot tell January from October; the months beside it may.
    """
    runs = [*_rows(sheet), *_columns(sheet)]
    changed: dict[tuple[int, int], Cell] = {}
    unclear: set[int] = set()
    for run in runs:
        for (row, column, cell), read in zip(run, _months(run), strict=True):
            if read is not None:
                changed[row, column] = read
            elif _short(cell):
                unclear.add(row)
    if not changed:
        return WrittenOut(sheet, frozenset(unclear))
    rows = [*sheet.rows]
    for row in {row for row, _ in changed}:
        cells = enumerate(rows[row])
        rows[row] = tuple(changed.get((row, column), cell) for column, cell in cells)
    return WrittenOut(replace(sheet, rows=tuple(rows)), frozenset(unclear))


def _rows(sheet: Sheet) -> Iterator[Run]:
    """Yield rows that are heads but for their numbers."""
    for row, cells in enumerate(sheet.rows[:_HEADS_WITHIN]):
        corner = next((cell for cell in cells if cell is not None), None)
        if _is_head(corner, _CORNERS):
            run = [(row, column, cell) for column, cell in enumerate(cells)
                   if cell is not None and not _is_word(cell)]  # fmt: skip
            if all(_timely(cell) for _, _, cell in run):
                yield run


def _columns(sheet: Sheet) -> Iterator[Run]:
    """Yield what stands below 时间."""
    for row, cells in enumerate(sheet.rows[:_HEADS_WITHIN]):
        for column, cell in enumerate(cells):
            if _is_head(cell, (Head.PERIOD,)):
                run = []
                for at, other in enumerate(sheet.rows[row + 1 :], start=row + 1):
                    below = other[column] if column < len(other) else None
                    if below is not None and not _timely(below):
                        break
                    run += [(at, column, below)] if below is not None else []
                else:
                    yield run


def _is_head(cell: Cell, heads: tuple[Head, ...]) -> bool:
    return isinstance(cell, str) and head_of(cell) in heads


def _is_word(cell: Cell) -> bool:
    """Return whether a cell of a head is neither a number nor a period."""
    if not isinstance(cell, str) or _timely(cell):
        return False
    return says_head(cell) or not any(map(str.isdigit, cell))


def _timely(cell: Cell) -> bool:
    return bool(_short(cell) or _day(cell) or parse_period(cell) or parse_year(cell))


def _short(cell: Cell) -> re.Match[str] | None:
    """Return year and month of 2026.9."""
    return _SHORT.fullmatch(_text(cell))


def _day(cell: Cell) -> date | None:
    """Return the day that a number counts from 1900, the first or the last of a month."""
    if not _DAYS.fullmatch(text := _text(cell)):
        return None
    number = int(float(text))
    if not _FIRST_DAY <= number <= _LAST_DAY:
        return None
    day = _DAY_ZERO + timedelta(days=number)
    return day if parse_period(day) else None


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return compact(cell) if isinstance(cell, str) else ""


def _months(run: Run) -> Iterator[Cell]:
    """Yield what each cell is written out as, None where it is left as it is."""
    cells = [cell for _, _, cell in run]
    read = [_month(cell) for cell in cells]
    tens = any(_text(cell).endswith(".10") for cell in cells)
    for place, cell in enumerate(cells):
        short, day = _short(cell), _day(cell)
        if day is not None:
            yield day
        elif short is None:
            yield None
        else:
            year, month = int(short[1]), int(short[2])
            if month == 1 and not tens:
                before = read[place - 1] if place else None
                after = read[place + 1] if place + 1 < len(read) else None
                month = _first_or_tenth(year, before, after)
            yield f"{year}年{month}月" if month else None


def _month(cell: Cell) -> tuple[int, int] | None:
    """Return year and month of a cell, None where they are not plain."""
    if short := _short(cell):
        return None if short[2] == "1" else (int(short[1]), int(short[2]))
    period: Period | None = parse_period(_day(cell) or cell)
    return (period.year, period.month) if period and period.year else None


def _first_or_tenth(
    year: int, before: tuple[int, int] | None, after: tuple[int, int] | None
) -> int:
    """Return 1 or 10 for 2026.1 by the months beside it, 0 where they do not tell."""
    for first, last in ((before, after), (after, before)):
        if first == (year, 9) or last == (year, 11):
            return 10
        if first == (year - 1, 12) or last == (year, 2):
            return 1
    return 0
