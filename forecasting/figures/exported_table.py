"""Figures as the app exports them for people, put into codes again for the reader of tables.

An exported table has a figure a row, headed and spelled in one language (``spelling``). Names are
looked for in the catalogue and among the areas that are known; a word that means nothing here stays
as it is, so that the reader of tables refuses it where it stands in the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from forecasting.figures import spelling
from forecasting.figures.indicator import Area, Catalogue, Measure, Names
from forecasting.figures.spelling import COLUMNS, LANGUAGES, codes_by_word, unit_word

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
"""A text that a spreadsheet would take for a formula, with what the export put before it."""
_WORDS: Mapping[str, Mapping[Any, Names]] = {
    "measure": spelling.MEASURES,
    "price_basis": spelling.PRICES,
    "coverage_basis": spelling.COVERAGES,
    "currency": spelling.CURRENCIES,
    "status": spelling.STATUSES,
    "publisher": spelling.PUBLISHERS,
}
_HEADS = {word: column for column, names in COLUMNS.items() for word in (names.zh, names.en)}


def is_exported(text: str) -> bool:
    """Return whether a table is headed as the app heads its exports."""
    return _columns(next(iter(_rows(text)), [])) is not None


def in_codes(text: str, catalogue: Catalogue, areas: Iterable[Area]) -> str:
    """Return an exported table in codes, row by row; any other text as it is.

    Parameters
    ----------
    areas
        Those whose names may stand in the table; a name that several have stays a name.
    """
    head, *rows = _rows(text) or [[]]
    columns = _columns(head)
    if columns is None:
        return text
    code_of = _codes(catalogue, areas)
    coded = io.StringIO(newline="")
    writer = csv.writer(coded, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if len(row) != len(columns):
            writer.writerow(row)
            continue
        cells = dict(zip(columns, map(_unguarded, row), strict=True))
        found = {column: code_of[column](cell) for column, cell in cells.items()}
        found["period"] = _period(cells["period"], found["measure"])
        found["unit"] = _unit(cells["unit"], found["indicator"], found["measure"], catalogue)
        writer.writerow(found.values())
    return coded.getvalue()


def _rows(text: str) -> list[list[str]]:
    """Return the cells of each row; none where it is no table."""
    try:
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return []


def _columns(head: Sequence[str]) -> list[str] | None:
    """Return the columns that heads stand for; None where they are no heads of an export."""
    found = [_HEADS.get(cell.strip(), "") for cell in head]
    return found if sorted(found) == sorted(COLUMNS) else None


def _unguarded(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if _GUARDED.match(cell) else cell


def _codes(catalogue: Catalogue, areas: Iterable[Area]) -> dict[str, Callable[[str], str]]:
    """Return what makes codes of the cells of each column."""
    codes = {column: codes_by_word(words) for column, words in _WORDS.items()}
    codes["area"] = _by_name((area.id, (area.name.zh, area.name.en)) for area in areas)
    codes["indicator"] = _by_name(
        (one.id, (one.name.zh, one.name.en, *one.aliases)) for one in catalogue.indicators.values()
    )

    def code_in(column: str) -> Callable[[str], str]:
        known = codes.get(column, {})
        return lambda cell: str(known.get(cell, cell))

    return {column: code_in(column) for column in COLUMNS}


def _by_name(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return ids by name, without names that several have."""
    found: dict[str, set[str]] = {}
    for id, names in named:
        for name in (id, *names):
            found.setdefault(name, set()).add(id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _period(cell: str, measure: str) -> str:
    month = spelling.month_in(cell, Measure(measure)) if measure in set(Measure) else None
    return cell if month is None else str(month)


def _unit(cell: str, indicator: str, measure: str, catalogue: Catalogue) -> str:
    known = catalogue.indicators.get(indicator)
    growth = measure in set(Measure) and Measure(measure).is_growth
    codes = ["%"] if growth or known is None else [known.unit, *spelling.UNITS]
    return next(
        (code for code in codes if cell in {unit_word(code, one) for one in LANGUAGES}), cell
    )
