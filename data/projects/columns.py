"""Which columns of a table are read, in which unit and of which year, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.projects.heads import is_money, is_so_far, same_kind
from data.projects.layout import Column, Layout, unit_of_column
from data.projects.problems import Code, ProjectProblem
from data.projects.words import DATED, Field


@dataclass(frozen=True, slots=True)
class Read:
    """A column that is read.

    Attributes
    ----------
    place
        From 0.
    unit
        What its head, a note above or the reader says; empty where nobody does.
    year
        Of investment to be completed, 0 in any other.
    """

    place: int
    text: str
    field: Field
    unit: str = ""
    year: int = 0
    actual: bool = False


def columns_of(
    layout: Layout, year: int | None, unit: str, problems: list[ProjectProblem]
) -> tuple[Read, ...]:
    """Return the columns that are read; of dates, the actual before the planned.

    Two columns may be of one date, planned and actual; of anything else the first is read.
    """
    read: list[Read] = []
    for column in _known(layout, problems):
        entry = _read(layout, column, year, unit, problems)
        if entry is None:
            continue
        if _stands_already(entry, read):
            problems.append(_told(Code.REPEATED_COLUMN, layout, column))
        else:
            read.append(entry)
    return tuple(sorted(read, key=lambda entry: not entry.actual))


def _known(layout: Layout, problems: list[ProjectProblem]) -> Iterator[Column]:
    for column in layout.columns:
        if column.heading is None:
            code = Code.SO_FAR_COLUMN if is_so_far(column.text) else Code.UNKNOWN_COLUMN
            problems.append(_told(code, layout, column))
        elif column.field is not None:
            yield column


def _read(
    layout: Layout,
    column: Column,
    year: int | None,
    unit: str,
    problems: list[ProjectProblem],
) -> Read | None:
    heading, field = column.heading, column.field
    assert heading is not None
    assert field is not None
    of_year = 0
    if field is Field.COMPLETION:
        of_year = heading.year or layout.year or year or 0
        if not of_year:
            problems.append(_told(Code.YEAR_MISSING, layout, column))
            return None
        if not heading.year and layout.year:
            problems.append(_told(Code.YEAR_OF_TITLE, layout, column, str(layout.year)))
    said = unit_of_column(layout, column) or unit if is_money(field) else heading.unit
    if is_money(field) and said and not same_kind(said, field):
        problems.append(_told(Code.UNIT_OTHER, layout, column))
        return None
    return Read(column.place, column.text, field, said, of_year, heading.actual)


def _stands_already(entry: Read, read: list[Read]) -> bool:
    same = [other for other in read if (other.field, other.year) == (entry.field, entry.year)]
    if entry.field in DATED:
        return any(other.actual == entry.actual for other in same)
    return bool(same)


def _told(code: Code, layout: Layout, column: Column, other: str = "") -> ProjectProblem:
    return ProjectProblem(
        code,
        layout.sheet.name,
        column=column.place + 1,
        head=column.text,
        found=column.text,
        other=other,
    )
