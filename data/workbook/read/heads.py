"""Heads of columns side by side: what one leaves open, those before it say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.workbook.read.claims import NOTHING, Claim, Told, joined
from data.workbook.read.column_claims import LabelTeller
from data.workbook.tables.cells import Grid
from data.workbook.tables.columns import Columns
from data.workbook.tables.tables import Table
from data.workbook.words.numbers import Number, parse_number
from data.workbook.words.periods import Period, Reach
from data.workbook.words.qualifiers import Role
from data.workbook.words.units import currency_of

_LOOKED_AT = 50
_MOST_RANKS = 400


def corner_year(grid: Grid, table: Table, columns: Columns, labels: LabelTeller) -> int | None:
    """Return the year that stands above the labels: 2023年 beside 一季度, 上半年."""
    for row in table.heads:
        for column, _ in columns.labels:
            told = labels.tell(grid.cell(row, column))
            if year := told.year or (told.period.year if told.period else None):
                return year
    return None


def heads_of(
    grid: Grid,
    table: Table,
    columns: Columns,
    labels: LabelTeller,
    dated: bool,
    corner: int | None = None,
) -> list[Told]:
    """Return what stands above each column of figures.

    Parameters
    ----------
    dated
        Whether a title says the year of periods that name none.
    corner
        The year that stands above the labels, of periods before any that names one.
    """
    told = [labels.column(column) for column in columns.figures]
    if not dated:
        told = with_years(told, corner)
    return [
        _pace(grid, table, column.column, entry)
        for column, entry in zip(columns.figures, filled_from_left(told), strict=True)
    ]


def beside_heads(heads: Sequence[Told]) -> list[Claim]:
    """Return for every column what the nearest ones to its left say that it may leave open.

    Beside 地区生产总值(亿元) the column 比上年增长(%) is of that; beside 金额(万美元) one is in
    dollars.
    """
    found = []
    last, currency = NOTHING, None
    for head in heads:
        if head.claim.named:
            last = Claim(ids=head.claim.ids, name=head.claim.name)
        money = next(filter(None, map(currency_of, head.claim.units)), None)
        currency = head.claim.currency or money or (None if head.claim.named else currency)
        found.append(replace(last, currency="USD" if currency == "USD" else None))
    return found


def all_whole(grid: Grid, table: Table, columns: Columns) -> bool:
    """Return whether a table holds small whole numbers alone, as one of ranks does."""
    cells = (
        parse_number(grid.cell(row, column.column))
        for row in table.body[:_LOOKED_AT]
        for column in columns.figures
    )
    numbers = [cell.value for cell in cells if isinstance(cell, Number)]
    return all(0 < number < _MOST_RANKS and number.is_integer() for number in numbers)


def as_ranks(told: Sequence[Told]) -> list[Told]:
    """Return the heads of a table whose title calls it one of ranks."""
    return [Told(replace(entry.claim, role=Role.RANK), entry.period, entry.year) for entry in told]


def _pace(grid: Grid, table: Table, column: int, told: Told) -> Told:
    """Return a column's head, as that of differences where its cells say 百分点."""
    for row in table.body[:_LOOKED_AT]:
        cell = grid.cell(row, column)
        if isinstance(cell, str):
            number = parse_number(cell)
            if isinstance(number, Number) and number.unit == "pp":
                return Told(replace(told.claim, role=Role.PACE), told.period, told.year)
    return told


def filled_from_left(told: Sequence[Told]) -> list[Told]:
    """Give columns without a period, or a word such as 累计, those of the columns before them.

    Beside 2026年1-9月 and 2025年1-9月 the growth is that of the later one, and beside 本年累计 it
    is cumulative. Columns of 全省 and 全市 beside 增速 are growth as well.
    """
    before = _Before()
    return [before.fill(entry) for entry in told]


class _Before:
    """What the columns so far said."""

    def __init__(self) -> None:
        self._run: list[Told] = []  # the dated columns side by side
        self._open = False
        self._last = Told()
        self._reach: Reach | None = None
        self._figures = NOTHING

    def fill(self, entry: Told) -> Told:
        """Return a head with what it leaves open."""
        if entry.claim.left_out:
            return self._undated(entry)
        dated = entry.period is not None or entry.year is not None
        self._reach = entry.claim.reach or (None if dated else self._reach)
        if _only_area(entry.claim):
            entry = Told(joined(entry.claim, self._figures), entry.period, entry.year)
        else:
            claim = entry.claim
            self._figures = Claim(role=claim.role, growth=claim.growth, units=claim.units)
        if dated and not entry.claim.last_year:
            self._run = [*self._run, entry] if self._open else [entry]
            self._open = True
            self._last = max(self._run, key=_when)
            return entry
        self._open = False
        return self._undated(entry)

    def _undated(self, entry: Told) -> Told:
        last = self._last.period
        if entry.claim.last_year and entry.year is not None and last is not None:
            return _same_months(entry, last)
        if entry.period is not None or entry.year is not None:
            return entry
        claim = entry.claim
        if self._reach is not claim.reach:
            claim = replace(claim, reach=self._reach)
        return Told(claim, last, self._last.year)


def _only_area(claim: Claim) -> bool:
    return bool(claim.area or claim.place) and claim == Claim(area=claim.area, place=claim.place)


def _when(told: Told) -> tuple[int, int]:
    """Return year and month to compare by; a year alone ends after all its months."""
    if told.period is None:
        return told.year or 0, 13
    return told.period.year or told.year or 0, told.period.month


def _same_months(told: Told, period: Period) -> Told:
    """Return what 2025年同期 says beside 2026年1-9月."""
    claim = replace(told.claim, last_year=False, role=Role.LEVEL)
    return Told(claim, Period(told.year, period.month, period.reach), told.year)


def with_years(told: Sequence[Told], year: int | None = None) -> list[Told]:
    """Return what heads or labels say, each period with the year of the one before.

    Beside 2026年目标 the period 1-6月 is of that year.
    """
    planned = next((entry.year for entry in told if entry.year and entry.claim.left_out), None)
    periods = _years_carried([entry.period for entry in told], year or planned)
    return [
        Told(entry.claim, period, entry.year) for entry, period in zip(told, periods, strict=True)
    ]


def _years_carried(
    periods: Sequence[Period | None], year: int | None = None
) -> Iterator[Period | None]:
    """Yield periods with the year of the one before where they name none.

    After 2025年1-12月 the periods 1-3月, 1-6月 are of 2026; after 2026年1-3月 the periods
    1-12月, 1-9月 are of 2025.
    """
    month = None
    for place, period in enumerate(periods):
        if period is None or (period.year is None and year is None):
            yield period
            continue
        if period.year is not None:
            year = period.year
        elif year is not None and month is not None and period.month != month:
            rises = _rises(periods[place:])
            year += int(rises and period.month < month) - int(not rises and period.month > month)
        month = period.month
        yield Period(year, period.month, period.reach)


def _rises(periods: Sequence[Period | None]) -> bool:
    """Return whether months go upwards from here; a single one does."""
    months = [period.month for period in periods if period is not None]
    later = next((month for month in months if month != months[0]), None)
    return later is None or later > months[0]
