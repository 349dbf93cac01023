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
        Shape ``(n,)``, NaN where a quarter is missing; the last one is observed.
    chained
        Whether the levels were chained from year-on-year growth. Such a chain has a unit root
        in every quarter of the year by construction, for each published figure only tells the
        ratio to a year before, so seasonal differencing is not left to a test.
    """

    first: Quarter
    values: Array
    chained: bool

    @property
    def origin(self) -> Quarter:
        """The last observed quarter."""
        return self.first + (len(self.values) - 1)

    @property
    def figures(self) -> int:
        """How many figures are observed; the base year of a chain is none of them."""
        return int(np.isfinite(self.values[SEASON if self.chained else 0 :]).sum())

    @property
    def has_gaps(self) -> bool:
        """Whether a quarter is missing."""
        return bool(np.isnan(self.values).any())

    @property
    def filled(self) -> Array:
        """The values with gaps filled, for tests and starting values only, never for a fit.

        A missing quarter takes last year's level moved by the year-on-year growth that
        linear interpolation gives for it; a series shorter than that is interpolated itself.
        """
        growth = self.values[SEASON:] - self.values[:-SEASON]
        if not self.has_gaps or np.isfinite(growth).sum() < 2:
            return _interpolated(self.values)
        growth = _interpolated(growth)
        filled = _interpolated(self.values)
        for row in range(SEASON, len(filled)):
            if np.isnan(self.values[row]):
                filled[row] = filled[row - SEASON] + growth[row - SEASON]
        return filled


def _interpolated(values: Array) -> Array:
    """Fill gaps on a straight line; beyond the ends with the nearest value."""
    rows = np.arange(len(values))
    known = np.isfinite(values)
    return np.interp(rows, rows[known], values[known])
