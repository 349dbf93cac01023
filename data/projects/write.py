"""The table of projects as .xlsx, .csv and an empty template; ``read`` reads each back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from data.projects.fields import (
    GUIDE,
    NO,
    PROJECTS,
    REFERENCE_CLASSES,
    STAGES,
    YEARLY,
    YES,
    Field,
    Holds,
)
from data.workbook.write.csv_text import csv_of
from data.workbook.write.excel import Cell, SheetTable, workbook_of
from forecasting.figures.indicator import Measure, Names
from forecasting.figures.period import Quarter
from forecasting.figures.spelling import in_language, period_text
from forecasting.scenario.projects import Project, Stage

_GUIDE_HEADS = (Names("栏目", "Column"), Names("填写说明", "What goes in it"))
_OF_DELAY = Names("{quarter}季{share}", "{quarter}Q {share}")
_OF_RAMP = Names("第{quarter}季{share}", "{quarter}Q {share}")
_BETWEEN = Names(";", "; ")
_ROWS_TO_FILL_IN = 60


class _Column(NamedTuple):
    """A column; ``year`` is that of a field that has one for each, 0 in any other."""

    field: Field
    year: int = 0


def export_projects(
    projects: Sequence[Project], language: str = "zh", years: Collection[int] = ()
) -> bytes:
    """Return projects as .xlsx, one a row, and a second sheet that explains each column.

    Amounts and dates that a project does not have stay empty; all else is written out, also
    where it is the usual value.

    Parameters
    ----------
    language
        ``zh`` or ``en``; either is read back.
    years
        Years that have a column for investment planned beside those that projects name. The
        year before them has one too, and one for what was completed.
    """
    columns = _columns(projects, years)
    return _workbook(columns, _rows(projects, columns, language), language)


def export_projects_csv(
    projects: Sequence[Project], language: str = "zh", years: Collection[int] = ()
) -> bytes:
    """Return projects as .csv in UTF-8 with a byte order mark, one a row, as in .xlsx.

    Numbers are written in full; a text that a spreadsheet would take for a formula begins
    with an apostrophe, which is not read back.
    """
    columns = _columns(projects, years)
    rows = _rows(projects, columns, language)
    for place in _shares(columns):
        for row in rows:
            share = row[place]
            row[place] = None if share is None else percentage(float(share))
    return csv_of([_heads(columns, language), *rows])


def projects_template(year: int, language: str = "zh") -> bytes:
    """Return an .xlsx to be filled in, with an example row that is not read.

    Parameters
    ----------
    year
        The first of two years that have a column for investment planned.
    """
    example = _example(year, language)
    columns = _columns([example], (year, year + 1))
    empty: list[Cell] = [None] * len(columns)
    rows = [*_rows([example], columns, language), *[empty] * _ROWS_TO_FILL_IN]
    return _workbook(columns, rows, language, to_fill_in=frozenset(range(len(columns))))


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
    over = {min(years) - 1} if years else set()
    completed = over.union(year for one in projects for year, _ in one.completed)
    planned = completed.union(years, (year for one in projects for year, _ in one.completion))
    wanted = {Field.COMPLETION: planned, Field.COMPLETED: completed}
    return [_Column(field, year) for field in Field for year in sorted(wanted.get(field, {0}))]


def _heads(columns: Sequence[_Column], language: str) -> list[str]:
    return [in_language(field.head, language).format(year=year) for field, year in columns]


def _shares(columns: Sequence[_Column]) -> frozenset[int]:
    """Return the places of columns with shares, which are shown as percentages."""
    return frozenset(
        place for place, (field, _) in enumerate(columns) if field.holds is Holds.SHARE
    )


def _rows(
    projects: Sequence[Project], columns: Sequence[_Column], language: str
) -> list[list[Cell]]:
    return [[_cell(project, *column, language) for column in columns] for project in projects]


def _cell(project: Project, field: Field, year: int, language: str) -> Cell:
    value = getattr(project, field)
    if field in YEARLY:
        amount: float | None = dict(value).get(year)
        return amount
    if value is None:
        return None
    if field.holds in _SPELLINGS:
        return _SPELLINGS[field.holds](value, language)
    cell: Cell = value or None
    return cell


_SPELLINGS: Mapping[Holds, Callable[[Any, str], Cell]] = {
    Holds.STAGE: lambda stage, language: in_language(STAGES[stage].name, language),
    Holds.REFERENCE: lambda reference, language: in_language(
        REFERENCE_CLASSES[reference], language
    ),
    Holds.QUARTER: lambda quarter, language: period_text(
        quarter.end, Measure.GROWTH_QUARTER, language
    ),
    Holds.SHARE: lambda share, language: share,
    Holds.RAMP: ramp_text,
    Holds.DELAY: delay_text,
    Holds.FLAG: lambda flag, language: in_language(YES if flag else NO, language),
}
"""How a value becomes a cell; any other stands as it is, an empty one as no cell."""


def _workbook(
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Cell]],
    language: str,
    to_fill_in: frozenset[int] = frozenset(),
) -> bytes:
    """Return the table, and a second sheet that explains each column."""
    heads = _heads(columns, language)
    choices = {
        Holds.STAGE: [in_language(words.name, language) for words in STAGES.values()],
        Holds.REFERENCE: [in_language(names, language) for names in REFERENCE_CLASSES.values()],
        Holds.FLAG: [in_language(YES, language), in_language(NO, language)],
    }
    table = SheetTable(
        name=in_language(PROJECTS, language),
        heads=heads,
        rows=rows,
        choices={
            place: choices[field.holds]
            for place, (field, _) in enumerate(columns)
            if field.holds in choices
        },
        to_fill_in=to_fill_in,
        percent=_shares(columns),
    )
    guide = SheetTable(
        name=in_language(GUIDE, language),
        heads=[in_language(names, language) for names in _GUIDE_HEADS],
        rows=[
            [head, in_language(field.guide, language)]
            for head, (field, _) in zip(heads, columns, strict=True)
        ],
        wrapped=True,
    )
    return workbook_of([table, guide])


def _example(year: int, language: str) -> Project:
    """Return a project that shows how to fill in a row; its id says that it is not read."""
    zh = language == "zh"
    return Project(
        id="示例" if zh else "Example",
        name="示例项目（本行不读入）" if zh else "An example project (this row is not read)",
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
        blocking="用地手续未办结" if zh else "Land papers outstanding",
        owner="经济发展部" if zh else "Economic development office",
    )
