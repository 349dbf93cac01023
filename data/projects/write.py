"""The table of projects as .xlsx, .csv and an empty template; ``read`` reads each back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from data.projects.fields import (
    DATED,
    EXAMPLE,
    EXAMPLE_BLOCKING,
    EXAMPLE_NAME,
    EXAMPLE_OWNER,
    GUIDE,
    GUIDE_HEADS,
    GUIDES,
    HEADS,
    NO,
    PROJECTS,
    SHARES,
    STAGES,
    YES,
    Field,
)
from data.workbook.words import vocabulary
from data.workbook.words.vocabulary import in_language
from data.workbook.write.csv_text import csv_of
from data.workbook.write.excel import Cell, SheetTable, workbook_of
from forecasting.figures.indicator import Measure, Names
from forecasting.figures.period import Quarter
from forecasting.scenario.projects import Project, Stage

_OF_DELAY = Names("{quarter}季{share}", "{quarter}Q {share}")
_OF_RAMP = Names("第{quarter}季{share}", "{quarter}Q {share}")
_BETWEEN = Names(";", "; ")
_ROWS_TO_FILL_IN = 60


class _Column(NamedTuple):
    """A column; ``year`` is that of investment to be completed, 0 in any other."""

    field: Field
    year: int = 0


def export_projects(
    projects: Sequence[Project], language: str = "zh", years: Collection[int] = ()
) -> bytes:
    """Return projects as .xlsx, one a row, and a second sheet that explains each column.

    Amounts and dates that a project does not say stay empty; all else is written out, also
    where it is the usual value.

    Parameters
    ----------
    language
        ``zh`` or ``en``; either is read back.
    years
        Years that have a column for investment to be completed beside those that projects
        name.
    """
    columns = _columns(projects, years)
    rows = [[_cell(project, column, language) for column in columns] for project in projects]
    return workbook_of([_table(columns, rows, language), _guide(columns, language)])


def export_projects_csv(
    projects: Sequence[Project], language: str = "zh", years: Collection[int] = ()
) -> bytes:
    """Return projects as .csv in UTF-8 with a byte order mark, one a row, as in .xlsx.

    Numbers are written in full; a text that a spreadsheet would take for a formula begins
    with an apostrophe, which is not read back.
    """
    columns = _columns(projects, years)
    rows = [
        [_as_text(_cell(project, column, language), column) for column in columns]
        for project in projects
    ]
    return csv_of([_heads(columns, language), *rows])


def projects_template(year: int, language: str = "zh") -> bytes:
    """Return an .xlsx to be filled in, with an example row that is not read.

    Parameters
    ----------
    year
        The first of two years that have a column for investment to be completed.
    """
    example = _example(year, language)
    columns = _columns([example], (year, year + 1))
    empty: list[Cell] = [None] * len(columns)
    rows = [
        [_cell(example, column, language) for column in columns],
        *[empty] * _ROWS_TO_FILL_IN,
    ]
    table = _table(columns, rows, language, to_fill_in=True)
    return workbook_of([table, _guide(columns, language)])


def delay_text(delay: Sequence[float], language: str) -> str:
    """Return the probabilities of delays: ``0季60%;1季30%;2季10%``."""
    return _listed(delay, 0, _OF_DELAY, language)


def ramp_text(ramp: Sequence[float], language: str) -> str:
    """Return the shares of capacity by quarter: ``第1季50%;第2季100%``."""
    return _listed(ramp, 1, _OF_RAMP, language)


def percentage(share: float) -> str:
    """Return a share as a percentage to the last digit: 0.186 is ``18.6%``."""
    return f"{(Decimal(repr(share)) * 100).normalize():f}%"


def _listed(shares: Sequence[float], first: int, form: Names, language: str) -> str:
    return in_language(_BETWEEN, language).join(
        in_language(form, language).format(quarter=quarter, share=percentage(share))
        for quarter, share in enumerate(shares, start=first)
    )


def _columns(projects: Sequence[Project], years: Collection[int]) -> list[_Column]:
    wanted = set(years).union(year for project in projects for year, _ in project.completion)
    columns = []
    for field in HEADS:
        if field is Field.COMPLETION:
            columns += [_Column(field, year) for year in sorted(wanted)]
        else:
            columns.append(_Column(field))
    return columns


def _heads(columns: Sequence[_Column], language: str) -> list[str]:
    return [in_language(HEADS[field], language).format(year=year) for field, year in columns]


def _cell(project: Project, column: _Column, language: str) -> Cell:
    field = column.field
    value = getattr(project, field)
    if field is Field.COMPLETION:
        return dict(project.completion).get(column.year)
    if field in DATED:
        return _quarter(value, language)
    cells: Mapping[Field, Cell] = {
        Field.STAGE: in_language(STAGES[project.stage], language),
        Field.RAMP: ramp_text(project.ramp, language),
        Field.DELAY: delay_text(project.delay, language),
        Field.INDUSTRIAL: in_language(YES if project.industrial else NO, language),
    }
    if field in cells:
        return cells[field]
    cell: Cell = value if field in SHARES else value or None
    return cell


def _quarter(quarter: Quarter | None, language: str) -> Cell:
    if quarter is None:
        return None
    return vocabulary.period_text(quarter.end, Measure.GROWTH_QUARTER, language)


def _as_text(cell: Cell, column: _Column) -> Cell:
    """Return a cell as .csv has it: a share says itself that it is a percentage."""
    shown = column.field in SHARES and isinstance(cell, float)
    return percentage(cell) if shown and isinstance(cell, float) else cell


def _table(
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Cell]],
    language: str,
    *,
    to_fill_in: bool = False,
) -> SheetTable:
    fields = [column.field for column in columns]
    answers = [in_language(YES, language), in_language(NO, language)]
    stages = [in_language(names, language) for names in STAGES.values()]
    return SheetTable(
        name=in_language(PROJECTS, language),
        heads=_heads(columns, language),
        rows=rows,
        choices={fields.index(Field.STAGE): stages, fields.index(Field.INDUSTRIAL): answers},
        to_fill_in=frozenset(range(len(columns)) if to_fill_in else ()),
        percent=frozenset(place for place, field in enumerate(fields) if field in SHARES),
    )


def _guide(columns: Sequence[_Column], language: str) -> SheetTable:
    """Return the sheet that explains each column."""
    heads = _heads(columns, language)
    rows = [
        [head, in_language(GUIDES[column.field], language)]
        for head, column in zip(heads, columns, strict=True)
    ]
    named = [in_language(names, language) for names in GUIDE_HEADS]
    return SheetTable(in_language(GUIDE, language), named, rows, wrapped=True)


def _example(year: int, language: str) -> Project:
    return Project(
        id=in_language(EXAMPLE, language),
        name=in_language(EXAMPLE_NAME, language),
        stage=Stage.STARTED,
        total_investment=5.0,
        signed=Quarter(year - 1, 3),
        started=Quarter(year, 1),
        recorded=Quarter(year, 2),
        producing=Quarter(year + 1, 2),
        counted=Quarter(year + 1, 4),
        completion=((year, 2.0), (year + 1, 3.0)),
        output=8.0,
        ramp=(0.3, 0.6, 1.0),
        tax=2000.0,
        start_probability=0.7,
        delay=(0.6, 0.3, 0.1),
        blocking=in_language(EXAMPLE_BLOCKING, language),
        owner=in_language(EXAMPLE_OWNER, language),
    )
