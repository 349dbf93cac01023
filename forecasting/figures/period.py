"""Months and quarters: the two periods of Chinese statistics, without a day or a time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

_MONTH = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([1-9][0-9]{3})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; a cumulative figure runs from January to the end of its month."""

    year: int
    month: int

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read ``2026-06``, or a quarter such as ``2026Q2`` as its last month.

        Raises
        ------
        ValueError
            If the label is spelled in any other way.
        """
        if match := _MONTH.fullmatch(label):
            return cls(int(match[1]), int(match[2]))
        end = Quarter.parse(label).end
        return cls(end.year, end.month)

    @property
    def quarter(self) -> Quarter | None:
        """The quarter that ends with this month, if one does."""
        return _quarter_ending(self.year, self.month)

    @property
    def end(self) -> Month:
        """The month itself, as a quarter names its last."""
        return self

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter; ``quarter`` counts from 1."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read ``2026Q2`` and nothing else.

        Raises
        ------
        ValueError
            If the label is spelled in any other way.
        """
        match = _QUARTER.fullmatch(label)
        if match is None:
            raise ValueError(f"not a quarter such as 2026Q2: {label!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Self:
        """Return the quarter whose ``ordinal`` this is."""
        return cls(ordinal // 4, ordinal % 4 + 1)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """Return the quarter in which a month, 1 to 12, lies."""
        return cls(year, (month + 2) // 3)

    @property
    def ordinal(self) -> int:
        """Quarters since year 0, so that neighbours differ by one."""
        return self.year * 4 + self.quarter - 1

    @property
    def end(self) -> Month:
        """The month the quarter ends with."""
        return Month(self.year, self.quarter * 3)

    def __add__(self, quarters: int) -> Quarter:
        return Quarter.from_ordinal(self.ordinal + quarters)

    def __sub__(self, earlier: Quarter) -> int:
        return self.ordinal - earlier.ordinal

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"


Period = Quarter | Month
"""What figures can be cut after."""


def parse_period(label: str) -> Period:
    """Read ``2026Q2`` or ``2026-05``; a month that ends a quarter is that quarter.

    Raises
    ------
    ValueError
        If the label is spelled in any other way.
    """
    month = Month.parse(label)
    return month.quarter or month


@lru_cache(maxsize=4096)  # asked of every figure again and again
def _quarter_ending(year: int, month: int) -> Quarter | None:
    return Quarter(year, month // 3) if month % 3 == 0 else None


def quarters_between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    """Return every quarter from ``first`` to ``last``, both included; empty if none."""
    return tuple(first + step for step in range(last - first + 1))
