"""A scenario: everything a reader changes, as one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever
from forecasting.scenario.number_limits import (
    GrowthRate,
    IndicatorId,
    Level,
    NotNegative,
    PriceIndex,
    Ramp,
    SalesRate,
    Share,
)
from forecasting.scenario.projects import Project
from forecasting.scenario.reference_class import ZONE_FACTOR, ClassRate, Rate, Source
from forecasting.scenario.risks import Risk


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount on one indicator, evenly over the quarters left from its start on.

    Attributes
    ----------
    value
        In the indicator's unit; in percentage points of full-year growth (拉动点) where
        ``points`` says so, which needs no level of last year.
    start
        None is the first quarter that is still open.
    realised, certain
        As of a lever.
    """

    indicator: IndicatorId
    value: float
    name: str = ""
    points: bool = False
    start: Quarter | None = None
    realised: Rate | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class PointLever:
    """A dial that moves the growth of single quarters, where no amount exists.

    Attributes
    ----------
    value
        How many units it is turned by, either way.
    size
        Percentage points that one unit adds to the growth of a quarter at the full ramp.
    spread
        Standard deviation of ``size``: its standard error where it is estimated. The size is
        drawn lognormal with this mean and spread, so that it never changes its sign, and the
        same way for plus and minus.
    ramp
        Share of the size in the first, second ... quarter; the last one goes on.
    realised, certain
        As of a lever.
    """

    name: str
    indicator: IndicatorId
    value: float
    size: float
    spread: NotNegative = 0.0
    start: Quarter | None = None
    ramp: Ramp = (1.0,)
    source: Source = Source.JUDGEMENT
    realised: Rate | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """An indicator held to one growth rate on the year before.

    Attributes
    ----------
    indicator
        Its id.
    growth
        In percent.
    quarter
        The single quarter that grows so; None for the full year.
    cumulative
        Whether it is growth since January to the end of the quarter, as that of the full year
        is. It becomes the pace that the quarters up to there without figure and pin of their
        own must average, those of an earlier pin since January held to that one.
    """

    indicator: IndicatorId
    growth: float
    quarter: Quarter | None = None
    cumulative: bool = False


FEWEST_IN_A_SUM = 3
"""Firms or projects that a sum has to be made of before it is shown to others.

The threshold rule of statistical disclosure control: the sum of fewer gives each of them away.
"""
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
    base: tuple[NotNegative, ...] = (0.0,)
    known: tuple[NotNegative, ...] = ()
    growth: GrowthRate | None = None
    amount: NotNegative | None = None
    spread: NotNegative = 0.0
    probability: Share = 1.0

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

    growth: GrowthRate
    spread: NotNegative = 0.0


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

    indicator: IndicatorId
    rest: Rest
    items: tuple[Item, ...] = ()
    weight: Share = 0.0
    unit: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is listed and the rest is in no doubt: that is no view of a year."""
        return not self.items and self.rest.spread == 0


Turnable = Lever | Amount | PointLever
"""What has a value that a reader turns."""
Entry = Turnable | Project


@dataclass(frozen=True, slots=True)
class Scenario:
    """A set of changes to a baseline (情景); an empty one is the baseline.

    Attributes
    ----------
    levels
        By indicator, the level of the whole year before in the indicator's unit, where no
        figure says it; one given here stands before a figure.
    unmoved
        Indicators that no entry moves, such as those whose level nobody can give.
    bottom_up
        At most one view of each indicator.
    price_index, sales_rate
        Producer prices over last year's, and revenue over output: of every project, and of
        every lever that says no other. Value added is at comparable prices.
    rates
        Of reference classes, where they differ from the usual ones.
    zone_factor
        Correlation of what two projects complete, through what they share.
    """

    name: str = ""
    note: str = ""
    levels: tuple[tuple[IndicatorId, Level], ...] = ()
    unmoved: tuple[IndicatorId, ...] = ()
    levers: tuple[Lever, ...] = ()
    amounts: tuple[Amount, ...] = ()
    points: tuple[PointLever, ...] = ()
    projects: tuple[Project, ...] = ()
    pins: tuple[Pin, ...] = ()
    bottom_up: tuple[BottomUp, ...] = ()
    risks: tuple[Risk, ...] = ()
    price_index: PriceIndex = 1.0
    sales_rate: SalesRate = 1.0
    rates: tuple[ClassRate, ...] = ()
    zone_factor: Share = ZONE_FACTOR

    @property
    def common(self) -> dict[str, float]:
        """What it assumes of every project, and of every lever that says no other, by name."""
        return {"price_index": self.price_index, "sales_rate": self.sales_rate}

    @property
    def entries(self) -> Iterator[Entry]:
        """Everything that adds to growth, in the order it is added."""
        yield from self.levers
        yield from self.amounts
        yield from self.points
        yield from self.projects

    def holding(self, entries: Iterable[Entry]) -> Scenario:
        """Return the same scenario with these entries and no others."""
        given = tuple(entries)
        return replace(
            self,
            levers=tuple(entry for entry in given if isinstance(entry, Lever)),
            amounts=tuple(entry for entry in given if isinstance(entry, Amount)),
            points=tuple(entry for entry in given if isinstance(entry, PointLever)),
            projects=tuple(entry for entry in given if isinstance(entry, Project)),
        )

    @property
    def mixed(self) -> tuple[BottomUp, ...]:
        """The views that take paths; one that says nothing takes none."""
        return tuple(
            view
            for view in self.bottom_up
            if view.weight > 0 and view.indicator not in self.unmoved and not view.says_nothing
        )

    @property
    def empty(self) -> bool:
        """Whether nothing moves: dials at rest, risks and views without weight do not."""
        moved = any(isinstance(entry, Project) or entry.value != 0 for entry in self.entries)
        mixed = any(view.weight > 0 for view in self.bottom_up)
        return not (moved or self.pins or mixed)

    @property
    def silent(self) -> bool:
        """Whether there is nothing to tell beside the outlook."""
        return self.empty and not self.bottom_up and not self.risks
