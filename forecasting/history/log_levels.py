"""The series that models are given, and the stretch of it that they model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from forecasting.arrays import Array, Mask
from forecasting.figures.learner import Learner
from forecasting.figures.period import Quarter

SEASON = 4
"""Quarters of a year."""
FEWEST_FOR_MODELS = 12
"""A series of fewer figures is given to no model; its growth is taken to persist."""


def bridged(values: Array) -> Array:
    """Return values with every gap bridged on a straight line."""
    rows, known = np.arange(len(values)), np.isfinite(values)
    return np.interp(rows, rows[known], values[known])


@dataclass(frozen=True, eq=False)
class LogLevels:
    """A quarterly series of log levels, up to its origin.

    Attributes
    ----------
    first
        Quarter of row 1.
    values
        Shape ``(n,)``, NaN where a quarter is missing.
    filled
        Shape ``(n,)``: the values with every gap bridged; what the forecast levels stand on,
        and what tests and starting values see. No likelihood sees a bridged value.
    growth
        Shape ``(n - 4,)``: log growth on the year before, NaN where it is not known; row 1 is
        four quarters after ``first``. None for a series that is known as levels.

        Levels that were chained from growth have a unit root in every quarter of the year by
        construction, for each figure is only the ratio to a year before. So their growth
        is modelled: seasonal differencing is not left to a test, and a missing quarter costs
        its own growth and not that of the year after.
    breaks
        Quarters from which the figures follow another definition (口径变更), as recorded; the
        level before is not comparable with the level from then on.
    outliers
        Whether outliers are looked for.
    learner
        What was learned from other series; None leaves the member out that needs it.
    to_date
        Shape ``(n - 4,)``: whether growth since January to the quarter is known. It may be where
        that of the single quarter is not, and is not to be told from ``filled``, in which a gap
        has its mean growth in every quarter. None: where that of all quarters since January is.
    """

    first: Quarter
    values: Array
    filled: Array
    growth: Array | None = None
    breaks: tuple[Quarter, ...] = ()
    outliers: bool = True
    learner: Learner | None = None
    to_date: Mask | None = None

    @classmethod
    def of_levels(cls, first: Quarter, values: Array) -> LogLevels:
        """Return a series known as levels, its gaps bridged on a straight line."""
        return cls(first, values, bridged(values))

    @property
    def chained(self) -> bool:
        """Whether the levels were chained from growth."""
        return self.growth is not None

    @property
    def origin(self) -> Quarter:
        """The last quarter."""
        return self.first + (len(self.values) - 1)

    @property
    def lost(self) -> int:
        """Rows of the levels before the first that is modelled."""
        return SEASON if self.chained else 0

    @property
    def modelled(self) -> Array:
        """What the models are fitted to: growth where the levels are chained from it."""
        return self.values if self.growth is None else self.growth

    @cached_property
    def modelled_filled(self) -> Array:
        """The same with every gap bridged."""
        return self.effect_of(self.filled)

    def effect_of(self, levels: Array) -> Array:
        """Return what a change of the log levels, along the first axis, does to ``modelled``."""
        return levels[SEASON:] - levels[:-SEASON] if self.chained else levels

    @property
    def figures(self) -> int:
        """How many figures are observed."""
        return int(np.isfinite(self.modelled).sum())

    def until(self, rows: int) -> LogLevels:
        """Return the series as it stood after its first ``rows`` quarters."""
        growth = None if self.growth is None else self.growth[: rows - SEASON]
        to_date = None if self.to_date is None else self.to_date[: rows - SEASON]
        breaks = tuple(quarter for quarter in self.breaks if quarter - self.first < rows)
        return replace(
            self,
            values=self.values[:rows],
            filled=self.filled[:rows],
            growth=growth,
            to_date=to_date,
            breaks=breaks,
        )

    def content(self) -> bytes:
        """Return bytes that are equal for equal series alone: a key of the series."""
        breaks = " ".join(map(str, self.breaks))
        learner = "" if self.learner is None else self.learner.digest
        head = f"{self.first} {self.chained} {self.outliers} {learner} {breaks} ".encode()
        to_date = b"" if self.to_date is None else self.to_date.tobytes()
        arrays = self.values, self.filled, self.modelled
        return head + b"".join(own.tobytes() for own in arrays) + to_date

    def dated(self, errors: Array) -> tuple[tuple[Quarter, float], ...]:
        """Return errors of the modelled stretch with their quarters."""
        first = self.first.ordinal + self.lost
        rows = np.flatnonzero(np.isfinite(errors))
        return tuple(
            (Quarter.from_ordinal(first + row), value)
            for row, value in zip(rows.tolist(), errors[rows].tolist(), strict=True)
        )
