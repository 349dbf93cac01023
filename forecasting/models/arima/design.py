"""What a model regresses on: a series with its regressors, laid out as columns to be filtered.

A missing quarter is a column too: its value is an effect of one quarter that is integrated out,
which gives the likelihood of the observed quarters exactly (Gómez, Maravall and Peña 1999,
"Missing observations in ARIMA models: skipping approach versus additive outlier approach",
*Journal of Econometrics* 88).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecasting.arrays import Array, Indices, Mask
from forecasting.history.log_levels import SEASON, bridged
from forecasting.models.arima.differencing import difference

REACH = SEASON + 1
"""Rows that differencing once and once seasonally looks back."""
LARGEST_BATCH, FEW_COLUMNS = 64, 3


@dataclass(frozen=True, eq=False)
class Design:
    """A series with the differences to take and what it regresses on.

    Attributes
    ----------
    values
        Shape ``(n,)``, NaN where missing; the last is observed.
    regressors
        Shape ``(n + horizon, k)``: the future is known.
    d, seasonal_d
        Differences to take.
    mean
        Whether the differenced series has one.
    chained
        Whether the values are growth on the year before, differences of levels already.
    """

    values: Array
    regressors: Array
    d: int
    seasonal_d: int
    mean: bool
    chained: bool = False

    @property
    def lost(self) -> int:
        """Rows that differencing uses up."""
        return self.d + SEASON * self.seasonal_d

    @property
    def rows(self) -> int:
        """Rows of the differenced series."""
        return len(self.values) - self.lost

    @cached_property
    def gaps(self) -> Indices:
        """Rows of the missing values."""
        return np.flatnonzero(np.isnan(self.values))

    @property
    def observations(self) -> int:
        """Observed rows less those that differencing uses up."""
        return int(self.rows - len(self.gaps))

    @property
    def coefficients(self) -> int:
        """Regressors, the mean counted."""
        return int(self.regressors.shape[1] + self.mean)

    @cached_property
    def columns(self) -> Array:
        """Columns before differencing, shape ``(n + horizon, c)``.

        First a pulse for each gap, then the regressors, then what differences to a mean, last
        the data, bridged where they are missing.
        """
        rows = len(self.regressors)
        pulses = np.zeros((rows, len(self.gaps)))
        pulses[self.gaps, np.arange(len(self.gaps))] = 1.0
        data = np.zeros(rows)
        data[: len(self.values)] = bridged(self.values)
        return np.column_stack([pulses, self.regressors, *self._trend(rows), data])

    def _trend(self, rows: int) -> list[Array]:
        """Return what differences to ones, if there is a mean."""
        if not self.mean:
            return []
        trend = np.where(np.arange(rows) < self.lost, 0.0, 1.0)
        for _ in range(self.seasonal_d):
            for quarter in range(SEASON):
                trend[quarter::SEASON] = trend[quarter::SEASON].cumsum()
        for _ in range(self.d):
            trend = trend.cumsum()
        return [trend]


def recursion(d: int, seasonal_d: int) -> Array:
    """Return the weights of the last five rows by which differences become values again."""
    polynomial = np.array([1.0])
    for _ in range(d):
        polynomial = np.convolve(polynomial, [1.0, -1.0])
    for _ in range(seasonal_d):
        polynomial = np.convolve(polynomial, [1.0, 0.0, 0.0, 0.0, -1.0])
    weights = np.zeros(REACH)
    weights[: len(polynomial) - 1] = -polynomial[1:]
    return weights


def batches(designs: Sequence[Design]) -> list[list[int]]:
    """Split designs into batches that are filtered together, by their places.

    Those with gaps have more columns; filling up all others to as many would cost more than it
    saves. A batch stays small enough for the fast memory of a processor.
    """
    by_width: dict[int, list[int]] = {}
    for place, design in enumerate(designs):
        width = max(len(design.gaps) + design.coefficients, FEW_COLUMNS)
        by_width.setdefault(width.bit_length(), []).append(place)
    return [
        places[first : first + LARGEST_BATCH]
        for _, places in sorted(by_width.items())
        for first in range(0, len(places), LARGEST_BATCH)
    ]


@dataclass(frozen=True, eq=False)
class Stack:
    """Designs side by side; those with fewer rows or columns are filled up with zeros.

    Attributes
    ----------
    designs
        As given.
    columns
        Shape ``(rows, c, series)``: differenced; the data are the last column.
    known
        Shape ``(rows, series)``: rows before the origin.
    gap
        Shape ``(c - 1, series)``: which columns stand for a missing value.
    """

    designs: Sequence[Design]
    columns: Array
    known: Mask
    gap: Mask

    def seen_by(self, series: Indices) -> tuple[Array, Mask]:
        """Return columns and known rows of some series, each as often as it is named.

        An index would lay the rows across the memory, where filtering them is slow.
        """
        return np.take(self.columns, series, axis=-1), np.take(self.known, series, axis=-1)

    @cached_property
    def origins(self) -> Indices:
        """Shape ``(series,)``: the row after the last known one."""
        return np.array([design.rows for design in self.designs], dtype=np.intp)

    @cached_property
    def observations(self) -> Array:
        """Shape ``(series,)``: as in ``Design``."""
        return np.array([design.observations for design in self.designs], dtype=float)

    @cached_property
    def coefficients(self) -> Array:
        """Shape ``(series,)``: as in ``Design``."""
        return np.array([design.coefficients for design in self.designs], dtype=float)

    @cached_property
    def back(self) -> Array:
        """Shape ``(REACH, series)``: by which differences become values again."""
        return np.stack([recursion(entry.d, entry.seasonal_d) for entry in self.designs], axis=-1)


def stack_designs(designs: Sequence[Design], ahead: int) -> Stack:
    """Lay designs side by side, with ``ahead`` rows after each origin."""
    rows = max(design.rows for design in designs) + ahead
    count = max(design.columns.shape[1] for design in designs)
    columns = np.zeros((rows, count, len(designs)))
    known = np.zeros((rows, len(designs)), dtype=bool)
    gap = np.zeros((count - 1, len(designs)), dtype=bool)
    for place, design in enumerate(designs):
        own = difference(design.columns, design.d, design.seasonal_d)[: design.rows + ahead]
        own[design.rows :, -1] = 0.0
        first = count - own.shape[1]
        columns[: len(own), first:, place] = own
        known[: design.rows, place] = True
        gap[first : first + len(design.gaps), place] = True
    return Stack(designs, columns, known, gap)
