"""What a bottom-up view of an indicator is made of: key firms, projects, and everything else."""

from __future__ import annotations

from dataclasses import dataclass

METHOD = "bottom_up"
"""What a view from below is called among the members of a verdict."""


@dataclass(frozen=True, slots=True)
class Item:
    """A key firm or project, with its level in single quarters.

    Attributes
    ----------
    name
        Keys its draws. It stands in the document of the scenario and nowhere else.
    base
        Last year's level: of the four quarters, or of the whole year alone, which is then
        spread as the indicator's own was; zero for what is new.
    known
        This year's level of its first quarters, as far as known.
    growth
        Expected of the rest, in percent on the same quarters of last year.
    amount
        Expected of the rest, where that is known better than growth; in proportion to last
        year's same quarters, evenly where there was nothing. The rest are the quarters after
        those known to the end of the year, whatever is published of the indicator.
    spread
        Standard deviation of growth in percentage points; of an amount, in percent of it.
    probability
        That the rest happens at all; otherwise it is zero.
    """

    name: str
    base: tuple[float, ...] = (0.0,)
    known: tuple[float, ...] = ()
    growth: float | None = None
    amount: float | None = None
    spread: float = 0.0
    probability: float = 1.0

    @property
    def problem(self) -> tuple[str, str] | None:
        """The field that cannot be and what is expected there, as a code; None if all is well."""
        if len(self.base) not in (1, 4):
            return "base", "one_or_four"
        if len(self.known) > 4:
            return "known", "one_or_four"
        open_ = len(self.known) < 4
        if (self.growth is not None) + (self.amount is not None) != open_:
            return "growth", "growth_or_amount"
        return None


@dataclass(frozen=True, slots=True)
class Rest:
    """Everything of an indicator that is not listed; growth and spread as of an item."""

    growth: float
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class BottomUp:
    """A view of one indicator's year from below.

    Attributes
    ----------
    weight
        Share of the paths that take their growth from it; zero shows it beside the model only.
    rest
        Last year's level of the indicator less that of the items, and how it grows.
    unit
        Of the levels; empty is the indicator's own.
    """

    indicator: str
    rest: Rest
    items: tuple[Item, ...] = ()
    weight: float = 0.0
    unit: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is listed and the rest is in no doubt: that is no view of a year."""
        return not self.items and self.rest.spread == 0
