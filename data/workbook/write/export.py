"""Figures as files that find their way back: what is written here, ``interpret.read`` reads.

One figure a row, each column headed and each code spelled by ``spelling``, so that a file
which comes back unchanged changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from data.workbook.words import heads
from data.workbook.words.heads import Head
from data.workbook.write.csv_text import csv_of
from data.workbook.write.excel import THOUSANDTHS, Cell, SheetTable, workbook_of
from forecasting.figures import spelling
from forecasting.figures.indicator import (
    Area,
    Basis,
    Catalogue,
    Indicator,
    Measure,
    Names,
    Observation,
    ObservationKey,
)
from forecasting.figures.period import Month, Quarter
from forecasting.figures.spelling import word_for

COLUMNS = (
    Head.AREA, Head.INDICATOR, Head.MEASURE, Head.PERIOD, Head.VALUE, Head.UNIT, Head.PRICE,
    Head.COVERAGE, Head.CURRENCY, Head.STATUS, Head.PUBLISHER,
)  # fmt: skip
"""The columns of a long table, in order."""

_SINCE_JANUARY = (Measure.GROWTH_YTD, Measure.LEVEL_YTD)
_OF_QUARTERS = (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER)
_RECENT_YEARS = 2
"""Series without a figure for as long are not asked for any more."""


def observations_workbook(
    observations: Iterable[Observation],
    catalogue: Catalogue,
    areas: Sequence[Area],
    language: str = "zh",
) -> bytes:
    """Return figures as .xlsx, one a row; those of made-up areas stand on a sheet of their own.

    Parameters
    ----------
    areas
        Those that the figures are of.
    language
        ``zh`` or ``en``; either is read back.
    """
    made_up = {area.id for area in areas if area.synthetic}
    sheets: dict[bool, list[Observation]] = {False: [], True: []}
    for figure in observations:
        sheets[figure.area in made_up].append(figure)
    tables = [
        SheetTable(
            name=_sheet_name(simulated, language),
            heads=_heads(language),
            rows=list(_rows(figures, catalogue, areas, language)),
            formats={COLUMNS.index(Head.VALUE): _formats(figures)},
        )
        for simulated, figures in sheets.items()
    ]
    return workbook_of([table for table in tables if table.rows] or tables[:1])


def observations_csv(
    observations: Iterable[Observation],
    catalogue: Catalogue,
    areas: Sequence[Area],
    language: str = "zh",
) -> bytes:
    """Return figures as .csv in UTF-8 with a byte order mark, one a row.

    Numbers are written in full; a text that a spreadsheet would take for a formula begins
    with an apostrophe, which is not read back.
    """
    rows = _rows(observations, catalogue, areas, language)
    return csv_of([_heads(language), *rows])


def template_workbook(
    area: Area,
    catalogue: Catalogue,
    known: Mapping[ObservationKey, Observation],
    quarter: Quarter,
    language: str = "zh",
) -> bytes:
    """Return a workbook to be filled in for a quarter.

    Every series that the area has had recent figures of is a row whose value is empty, with
    the latest figure and that of a year before beside it; an area without figures gets every
    indicator of the catalogue. Rows that stay empty are read as nothing.

    Parameters
    ----------
    known
        Figures by key, also those of other areas.
    """
    mine = [figure for figure in known.values() if figure.area == area.id]
    series = list(_series(mine, catalogue, quarter)) or list(_usual_series(catalogue))
    wanted = [
        Observation(area.id, indicator.id, measure, quarter.end, 0.0, unit, basis)
        for indicator, measure, basis, unit in series
    ]
    rows = [
        [*_to_fill_in(row), *_references(figure, mine, language)]
        for row, figure in zip(_rows(wanted, catalogue, (area,), language), wanted, strict=True)
    ]
    references = (
        heads.LATEST_PERIOD,
        heads.LATEST_VALUE,
        heads.YEAR_BEFORE,
    )
    mark = spelling.in_language(heads.FOR_REFERENCE, language)
    looked_at = [f"{spelling.in_language(names, language)} ({mark})" for names in references]
    table = SheetTable(
        name=_sheet_name(area.synthetic, language),
        heads=[*_heads(language), *looked_at],
        rows=rows,
        choices={COLUMNS.index(Head.STATUS): _statuses(language)},
        to_fill_in=frozenset(map(COLUMNS.index, _FILLED_IN)),
        reference=frozenset(range(len(COLUMNS), len(COLUMNS) + len(looked_at))),
        formats=dict.fromkeys(
            (COLUMNS.index(Head.VALUE), len(COLUMNS) + 1, len(COLUMNS) + 2), _formats(wanted)
        ),
    )
    return workbook_of([table])


def history_workbook(
    area: Area,
    series: Sequence[tuple[Indicator, Basis]],
    years: Sequence[int],
    language: str = "zh",
    *,
    monthly: bool = False,
) -> bytes:
    """Return a workbook to be filled in with several years: a row a year, a column a quarter.

    Growth and levels since January stand on a sheet each, with name, unit and basis of every
    indicator. Rows that stay empty are read as nothing.

    Parameters
    ----------
    series
        The indicators that are wanted, each on the basis of its target.
    monthly
        Whether there is a column for every month, January and February in one.
    """
    months = range(2, 13) if monthly else (3, 6, 9, 12)
    columns = [word_for(heads.HEADS, head, language) for head in _OF_HISTORY]
    periods = [spelling.since_january_text(month, language) for month in months]
    tables = []
    for measure in _SINCE_JANUARY:
        rows = [
            [*_series_cells(area, indicator, measure, basis, language), float(year)]
            + [None] * len(periods)
            for indicator, basis in series
            if measure in indicator.measures
            for year in years
        ]
        filled_in = range(len(columns), len(columns) + len(periods))
        wanted = {_OF_HISTORY.index(head) for head in (Head.STATUS, Head.PUBLISHER)}
        tables.append(
            SheetTable(
                name=spelling.in_language(_HISTORY_SHEETS[measure], language),
                heads=[*columns, *periods],
                rows=rows,
                choices={_OF_HISTORY.index(Head.STATUS): _statuses(language)},
                to_fill_in=frozenset(filled_in) | wanted,
                formats=dict.fromkeys(filled_in, THOUSANDTHS if measure.is_growth else "General"),
            )
        )
    return workbook_of(tables)


def _series_cells(
    area: Area, indicator: Indicator, measure: Measure, basis: Basis, language: str
) -> list[Cell]:
    """Return what a row of a history says of its series, with status and source empty."""
    unit = "%" if measure.is_growth else indicator.unit
    return [
        spelling.in_language(area.name, language),
        spelling.in_language(indicator.name, language),
        word_for(spelling.MEASURES, measure, language),
        spelling.unit_word(unit, language),
        word_for(spelling.PRICES, basis.price, language),
        word_for(spelling.COVERAGES, basis.coverage, language),
        word_for(spelling.CURRENCIES, basis.currency, language) or None,
        None,
        None,
    ]


_OF_HISTORY = (
    Head.AREA, Head.INDICATOR, Head.MEASURE, Head.UNIT, Head.PRICE, Head.COVERAGE, Head.CURRENCY,
    Head.STATUS, Head.PUBLISHER, Head.YEAR,
)  # fmt: skip
"""The columns of a history before its periods, in order."""


_HISTORY_SHEETS = {
    Measure.GROWTH_YTD: Names("累计增速", "Cumulative growth"),
    Measure.LEVEL_YTD: Names("累计值", "Cumulative value"),
}
"""Names of the sheets of a history; Excel takes no slash in one."""


def _statuses(language: str) -> list[str]:
    return [spelling.in_language(names, language) for names in spelling.STATUSES.values()]


def _formats(figures: Iterable[Observation]) -> list[str]:
    """Return how the value of each figure is shown: rates at a tenth or finer, amounts as typed."""
    return [THOUSANDTHS if figure.unit == "%" else "General" for figure in figures]


_FILLED_IN = (Head.VALUE, Head.STATUS, Head.PUBLISHER)
Series = tuple[Indicator, Measure, Basis, str]


def _series(
    figures: Iterable[Observation], catalogue: Catalogue, quarter: Quarter
) -> Iterator[Series]:
    """Yield the series that recent figures are of, in catalogue order.

    Those of single quarters only where the area has none since January of the indicator.
    """
    since = Month(quarter.year - _RECENT_YEARS, quarter.end.month)
    found = {
        (figure.indicator, figure.measure, figure.basis): figure.unit
        for figure in figures
        if figure.measure in (*_SINCE_JANUARY, *_OF_QUARTERS) and since <= figure.month
        if figure.indicator in catalogue
    }
    running = {name for name, measure, _ in found if measure in _SINCE_JANUARY}
    for indicator in catalogue.indicators.values():
        for (name, measure, basis), unit in sorted(found.items(), key=lambda one: str(one[0])):
            if name == indicator.id and (measure in _SINCE_JANUARY or name not in running):
                yield indicator, measure, basis, unit


def _usual_series(catalogue: Catalogue) -> Iterator[Series]:
    for indicator in catalogue.indicators.values():
        for measure in indicator.measures:
            if measure in _SINCE_JANUARY:
                unit = "%" if measure.is_growth else indicator.unit
                yield indicator, measure, indicator.basis, unit


def _to_fill_in(row: Sequence[Cell]) -> list[Cell]:
    """Empty what is to be filled in."""
    return [None if head in _FILLED_IN else cell for head, cell in zip(COLUMNS, row, strict=True)]


def _references(
    wanted: Observation, figures: Iterable[Observation], language: str
) -> Sequence[Cell]:
    """Return the latest period and value of a series, and the value of a year before."""
    same = {figure.month: figure for figure in figures if figure.key[:4] == wanted.key[:4]}
    before = same.get(Month(wanted.month.year - 1, wanted.month.month))
    latest = same[max(same)] if same else None
    return (
        spelling.period_text(latest.month, latest.measure, language) if latest else None,
        latest.value if latest else None,
        before.value if before else None,
    )


def _heads(language: str) -> list[str]:
    return [word_for(heads.HEADS, head, language) for head in COLUMNS]


def _sheet_name(simulated: bool, language: str) -> str:
    names = heads.SIMULATED_SHEET if simulated else heads.SHEET
    return spelling.in_language(names, language)


def _rows(
    observations: Iterable[Observation],
    catalogue: Catalogue,
    areas: Sequence[Area],
    language: str,
) -> Iterator[list[Cell]]:
    """Yield one row a figure, in the order of ``COLUMNS``."""
    names = {area.id: spelling.in_language(area.name, language) for area in areas}
    for figure in observations:
        cells: dict[Head, Cell] = {
            Head.AREA: names.get(figure.area, figure.area),
            Head.INDICATOR: spelling.in_language(catalogue[figure.indicator].name, language),
            Head.MEASURE: word_for(spelling.MEASURES, figure.measure, language),
            Head.PERIOD: spelling.period_text(figure.month, figure.measure, language),
            Head.VALUE: figure.value,
            Head.UNIT: spelling.unit_word(figure.unit, language),
            Head.PRICE: word_for(spelling.PRICES, figure.basis.price, language),
            Head.COVERAGE: word_for(spelling.COVERAGES, figure.basis.coverage, language),
            Head.CURRENCY: word_for(spelling.CURRENCIES, figure.basis.currency, language) or None,
            Head.STATUS: word_for(spelling.STATUSES, figure.status, language),
            Head.PUBLISHER: word_for(spelling.PUBLISHERS, figure.publisher, language) or None,
        }
        yield [cells[head] for head in COLUMNS]
