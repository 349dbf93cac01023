"""Figures put into series, and what history leads to expect of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from math import isclose, log10
from statistics import median
from typing import NamedTuple

from data.workbook.check.thresholds import FEWEST_VALUES
from data.workbook.questions import Asked
from data.workbook.reading import Context, ReadFigure
from forecasting.figures.indicator import Basis, Measure, Observation
from forecasting.figures.period import Month

OTHER_FORM: Mapping[Measure, Measure] = {
    Measure.GROWTH_YTD: Measure.LEVEL_YTD,
    Measure.GROWTH_QUARTER: Measure.LEVEL_QUARTER,
    Measure.LEVEL_YTD: Measure.GROWTH_YTD,
    Measure.LEVEL_QUARTER: Measure.GROWTH_QUARTER,
    Measure.GROWTH_MONTH: Measure.LEVEL_MONTH,
    Measure.LEVEL_MONTH: Measure.GROWTH_MONTH,
    Measure.GROWTH_END: Measure.LEVEL_END,
    Measure.LEVEL_END: Measure.GROWTH_END,
}
"""Growth and level of the same span; a ratio has none."""

_HARMLESS = (Asked.STATUS, Asked.ENCODING)


class SeriesKey(NamedTuple):
    """What the figures of one series share."""

    area: str
    indicator: str
    measure: Measure
    basis: Basis


@lru_cache(maxsize=4096)
def _harmless(doubt: str) -> bool:
    return doubt.partition(":")[0] in _HARMLESS


def ordinal(month: Month) -> int:
    """Return months since year 0, so that the same month of last year is 12 less."""
    return month.year * 12 + month.month - 1


def month_of(number: int) -> Month:
    """Return the month whose ``ordinal`` this is."""
    return Month(number // 12, number % 12 + 1)


@lru_cache(maxsize=65536)
def decimals(value: float) -> int:
    """Return how many decimals a value is written with."""
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


def jump_between(value: float, expected: float) -> float:
    """Return by how many powers of ten one size is above another; neither is zero."""
    return log10(abs(value)) - log10(abs(expected))


def same_sign(value: float, other: float) -> bool:
    """Whether both are above zero or both are not."""
    return (value > 0) == (other > 0)


def rounding_of(growth: float, level: float, before: float) -> float:
    """Return by how much growth and levels may differ because all three are rounded."""
    of_growth = 0.5 * 10.0 ** -max(decimals(growth), 1)
    shares = sum(0.5 * 10.0 ** -decimals(value) / abs(value) for value in (level, before) if value)
    return of_growth + 100 * shares * abs(level / before)


@dataclass(slots=True)
class Cell:
    """A figure of the file within its series.

    Attributes
    ----------
    position
        Where it stands among the figures of the file.
    month
        As ``ordinal`` counts.
    stored
        Whether the store holds the same value already.
    """

    position: int
    month: int
    value: float
    stored: bool


@dataclass
class Series:
    """One series: what the store knows of it and what the file brings.

    Attributes
    ----------
    known
        Stored values by month.
    cells
        Those of the file, in its order.
    unit
        Of all of them; empty while there is none.
    partner
        The series that is level where this is growth, and growth where this is level.
    """

    key: SeriesKey
    known: dict[int, float] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    unit: str = ""
    partner: Series | None = field(default=None, repr=False, compare=False)

    @property
    def changed(self) -> list[Cell]:
        """The cells that the store does not hold as they are."""
        return [cell for cell in self.cells if not cell.stored]

    @cached_property
    def values(self) -> dict[int, float]:
        """Values by month in order of time, those of the store before those of the file."""
        both = {cell.month: cell.value for cell in reversed(self.cells)} | self.known
        return dict(sorted(both.items()))

    @cached_property
    def newest(self) -> dict[int, float]:
        """Values by month, those of the file before those of the store."""
        return self.known | {cell.month: cell.value for cell in self.cells}

    @cached_property
    def _months(self) -> list[int]:
        return list(self.values)

    def around(self, month: int) -> float | None:
        """Return the median of the three values nearest to a month, itself left out."""
        months = self._months
        place = bisect_left(months, month)
        near = [other for other in months[max(0, place - 3) : place + 4] if other != month]
        near = sorted(near, key=lambda other: (abs(other - month), other))[:3]
        return sorted([self.values[other] for other in near])[1] if len(near) == 3 else None

    @cached_property
    def moves(self) -> tuple[float, float]:
        """Return the usual and the largest change between neighbours; zeros where unknown.

        The largest is known of stored figures only: a slip of the file would be part of it.
        """
        trusted = len(self.known) >= FEWEST_VALUES
        values = dict(sorted(self.known.items())) if trusted else self.values
        if len(values) < FEWEST_VALUES:
            return 0.0, 0.0
        changes = [abs(later - earlier) for earlier, later in pairwise(values.values())]
        return median(changes), max(changes) if trusted else 0.0

    def growth_at(self, month: int) -> float | None:
        """Return the growth rate to expect in a month."""
        known = self.known.get(month)
        return self.around(month) if known is None else known

    def level_at(self, month: int) -> tuple[float, bool] | None:
        """Return a stored level to compare with, and whether it is of the same month.

        The nearest year's same month where there is one; else the nearest level, taken as if
        the year ran evenly.
        """
        if not self.known:
            return None
        if self.known.get(month):
            return self.known[month], True
        for years in (1, -1, 2, -2, 3, -3):
            if value := self.known.get(month - 12 * years):
                return value, True
        months = [other for other, value in self.known.items() if value]
        if not months:
            return None
        near = min(months, key=lambda other: abs(other - month))
        scaled = self.known[near] * self._share(month) / self._share(near)
        return (scaled, False) if scaled else None  # a size beyond the smallest of numbers

    @cached_property
    def middle(self) -> float | None:
        """The usual level of the file's own figures as full years, None with too few of them."""
        sizes = [log10(abs(cell.value)) - log10(self._share(cell.month))
                 for cell in self.cells if cell.value]  # fmt: skip
        return 10 ** median(sizes) if len(sizes) >= FEWEST_VALUES else None

    def usual_at(self, month: int) -> float | None:
        """Return the level of a month as the file's own figures lead to expect it."""
        return None if self.middle is None else self.middle * self._share(month)

    @cached_property
    def yearly(self) -> tuple[float, float] | None:
        """The usual yearly step of stored levels and the farthest from it, as powers of ten."""
        steps = [
            jump_between(value, before)
            for month, value in self.known.items()
            if value and (before := self.known.get(month - 12)) and same_sign(value, before)
        ]
        if len(steps) < FEWEST_VALUES:
            return None
        usual = median(steps)
        return usual, max(abs(step - usual) for step in steps)

    def _share(self, month: int) -> float:
        if self.key.measure is Measure.LEVEL_YTD:
            return (month % 12 + 1) / 12
        return {Measure.LEVEL_QUARTER: 1 / 4, Measure.LEVEL_MONTH: 1 / 12}.get(self.key.measure, 1)


def series_of(figures: Sequence[ReadFigure], context: Context) -> dict[SeriesKey, Series]:
    """Return the series of the file's comparable figures, each with its partner.

    Figures of which an open question may still change the value, or what it is of, are in none.
    """
    table: dict[SeriesKey, Series] = {}
    quick: dict[tuple[str, str, int, int], Series] = {}  # by identity, as most parts are shared
    for position, figure in enumerate(figures):
        if figure.doubts and not all(map(_harmless, figure.doubts)):
            continue
        read = figure.observation
        parts = read.area, read.indicator, id(read.measure), id(read.basis)
        series = quick.get(parts)
        if series is None:
            series = quick[parts] = _with_partner(table, read)
            series.unit = series.unit or read.unit
        series.cells.append(Cell(position, ordinal(read.month), read.value, False))
    for (area, indicator, measure, basis, month), stored in context.known.items():
        series = table.get(SeriesKey(area, indicator, measure, basis))
        if series is not None:
            series.known[ordinal(month)] = stored.value
            series.unit = series.unit or stored.unit
    for series in table.values():
        for cell in series.cells if series.known else ():
            value = series.known.get(cell.month)
            cell.stored = value is not None and isclose(value, cell.value, rel_tol=1e-9)
    return table


def _with_partner(table: dict[SeriesKey, Series], read: Observation) -> Series:
    """Return the series of a figure, put into the table with its partner."""
    key = SeriesKey(read.area, read.indicator, read.measure, read.basis)
    if key not in table:
        series = table[key] = Series(key)
        if other := OTHER_FORM.get(key.measure):
            partner = key._replace(measure=other)
            series.partner = table[partner] = Series(partner, partner=series)
    return table[key]
