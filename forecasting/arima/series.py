"""The series an engine is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.period import Quarter
from forecasting.predictive import Array

SEASON = 4


@dataclass(frozen=True, slots=True, eq=False)
class LogLevels:
    """A quarterly series of log levels, up to its origin.

    Attributes
    ----------
    first
        Quarter of row 1.
    values
        Shape ``(n,)``, NaN where a quarter is missing.
    filled
        Shape ``(n,)``: the values with every gap bridged, for bases, tests and starting
        values; no likelihood sees a bridged value.
    chained
        Whether the levels were chained from year-on-year growth. Such a chain has a unit root
        in every quarter of the year by construction, for each published figure only tells the
        ratio to a year before, so seasonal differencing is not left to a test.
    """

    first: Quarter
    values: Array
    filled: Array
    chained: bool

    @classmethod
    def of_levels(cls, first: Quarter, values: Array) -> LogLevels:
        """Return a series known as levels, its gaps bridged on a straight line."""
        rows = np.arange(len(values))
        known = np.isfinite(values)
        return cls(first, values, np.interp(rows, rows[known], values[known]), chained=False)

    @property
    def origin(self) -> Quarter:
        """The last quarter."""
        return self.first + (len(self.values) - 1)

    @property
    def figures(self) -> int:
        """How many figures are observed; the base year of a chain is none of them."""
        return int(np.isfinite(self.values[SEASON if self.chained else 0 :]).sum())

    def content(self) -> bytes:
        """Return bytes that are equal for equal series, to know one again by."""
        head = f"{self.first} {self.chained} ".encode()
        return head + self.values.tobytes() + self.filled.tobytes()
