"""Amount levers: what one more unit of each does to which indicator, and when.

Where a rate has a published example it is the default; every other default is a judgement, and
what only the zone can know has none. All are assumptions that a scenario may set.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forecasting.figures.period import Quarter
from forecasting.scenario.number_limits import Lag, Ramp
from forecasting.scenario.reference_class import Rate
from forecasting.scenario.reference_class import Source as Source


@dataclass(frozen=True, slots=True)
class ShownIn:
    """How people write a number.

    Attributes
    ----------
    unit
        Empty of a pure number.
    scale
        How many of this unit one of the number is.
    per
        What it is counted for one of, where the name of the number does not say it.
    """

    unit: str
    scale: float
    per: str = ""


SHARE = ShownIn("%", 100.0)


def in_units(unit: str, wanted: str) -> float | None:
    """Return how many ``wanted`` one ``unit`` is; None where they measure different things.

    A unit is a name with or without a power of ten before it: ``1e4 CNY``, ``trains``.
    """
    size, name = split(unit)
    wanted_size, wanted_name = split(wanted)
    return size / wanted_size if name == wanted_name else None


def split(unit: str) -> tuple[float, str]:
    """Return the power of ten of a unit, one where it has none, and its name."""
    head, _, name = unit.partition(" ")
    try:
        return float(head), name
    except ValueError:
        return 1.0, unit


class LeverKind(StrEnum):
    """What is moved (抓手)."""

    SIGNED_INVESTMENT = "signed_investment"
    NEW_STARTS = "new_starts"
    TECHNICAL_TRANSFORMATION = "technical_transformation"
    PROJECT_OUTPUT = "project_output"
    FIRMS_RAISED = "firms_raised"
    TOP_FIRMS_OUTPUT = "top_firms_output"
    STOPPAGE = "stoppage"
    PRODUCER_PRICES = "producer_prices"
    TAX = "tax"
    FOREIGN_CAPITAL = "foreign_capital"
    FREIGHT_TRAINS = "freight_trains"
    LAND_SUPPLY = "land_supply"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor between the value of an entry and what it brings.

    Attributes
    ----------
    name
        That of an assumption, ``probability`` or ``size``; ``scale`` is a constant of the
        arithmetic.
    source
        None of a constant.
    """

    name: str
    value: float
    divides: bool
    source: Source | None

    @property
    def multiplier(self) -> float:
        """What it multiplies by."""
        return 1 / self.value if self.divides else self.value


class Timing(StrEnum):
    """When what a lever brings is counted, from its start and lag on."""

    REST_OF_YEAR = "rest_of_year"  # evenly over the quarters that are left of that year
    QUARTERLY = "quarterly"  # a quarter of a year's worth every quarter, along the ramp
    ONCE = "once"  # all in one quarter
    LASTING = "lasting"  # the same points on the growth of every quarter


POINTS = "points"
"""Unit of a route that moves the growth of single quarters, whatever its level."""
YEAR_POINTS = "year_points"
"""Unit of what is given in percentage points of full-year growth."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that a lever's arithmetic needs.

    Attributes
    ----------
    default
        None where only the zone knows it: then a scenario has to say it.
    low, high
        Between which it may be set.
    shown
        Money is in 1e8 CNY here and shares are of one, and neither is written so.
    """

    default: float | None
    low: float
    high: float
    shown: ShownIn
    source: Source = Source.JUDGEMENT


@dataclass(frozen=True, slots=True)
class Route:
    """How a lever reaches one indicator: its value times ``scale`` and every factor.

    Attributes
    ----------
    factors, divisors
        Names of assumptions.
    unit
        Of the product: a unit of levels, or ``POINTS``.
    """

    indicator: str
    unit: str
    factors: tuple[str, ...] = ()
    divisors: tuple[str, ...] = ()
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class LeverRule:
    """The arithmetic of one kind of lever.

    Attributes
    ----------
    unit
        Of its value, which is what happens in a year.
    low, high
        Usual range of the value; more is possible, and said.
    lag
        Quarters from its start until it is counted.
    next_year
        Whether it is counted only from the January after its start.
    """

    unit: str
    low: float
    high: float
    timing: Timing
    routes: tuple[Route, ...]
    assumptions: Mapping[str, Assumption] = field(default_factory=dict)
    lag: int = 0
    next_year: bool = False

    @property
    def indicators(self) -> tuple[str, ...]:
        """What it reaches."""
        return tuple(route.indicator for route in self.routes)


_MONEY = "1e8 CNY"
_RATIO = ShownIn("", 1.0)
_SUM = ShownIn("1e4 CNY", 1e4)
_PER_MU = ShownIn("1e4 CNY", 1e4, "mu")
_OUTPUT, _REVENUE = "industrial_output", "industrial_operating_revenue"
_VALUE_ADDED = "industrial_value_added"
_FIXED, _INDUSTRIAL = "fixed_asset_investment", "industrial_investment"
_WEIGHT = Assumption(None, 0.0, 1.0, SHARE)
_VALUE_ADDED_RATE = Assumption(0.186, 0.01, 1.0, SHARE, Source.PUBLISHED)
COMMON: Mapping[str, Assumption] = {
    "price_index": Assumption(1.0, 0.5, 2.0, _RATIO),
    "sales_rate": Assumption(1.0, 0.0, 1.5, SHARE),
}
"""What a scenario assumes of every project, and of every lever that says no other."""


def _industry(*factors: str, scale: float = 1.0) -> tuple[Route, ...]:
    """Return routes that move output, value added and revenue in one proportion."""
    return tuple(
        Route(indicator, POINTS, factors, scale=scale)
        for indicator in (_OUTPUT, _VALUE_ADDED, _REVENUE)
    )


def _production(*factors: str) -> tuple[Route, ...]:
    """Return routes of an amount of output; value added is at comparable prices."""
    return (
        Route(_OUTPUT, _MONEY, factors),
        Route(_VALUE_ADDED, _MONEY, (*factors, "value_added_rate"), ("price_index",)),
        Route(_REVENUE, _MONEY, (*factors, "sales_rate")),
    )


_OF_OUTPUT = {"value_added_rate": _VALUE_ADDED_RATE, **COMMON}

RULES: Mapping[LeverKind, LeverRule] = {
    # Zones of one city, 2021: 58.8% of what was signed had started, 10% of that was completed
    # within the year. The wait from signing to paying is inside the second rate.
    LeverKind.SIGNED_INVESTMENT: LeverRule(
        _MONEY, 0, 60, Timing.REST_OF_YEAR,
        (Route(_FIXED, _MONEY, ("start_rate", "completion")),),
        {
            "start_rate": Assumption(0.588, 0.0, 1.0, SHARE, Source.PUBLISHED),
            "completion": Assumption(0.10, 0.0, 1.0, SHARE, Source.PUBLISHED),
        },
    ),
    LeverKind.NEW_STARTS: LeverRule(
        _MONEY, 0, 20, Timing.REST_OF_YEAR, (Route(_FIXED, _MONEY),)
    ),
    LeverKind.TECHNICAL_TRANSFORMATION: LeverRule(
        _MONEY, 0, 3, Timing.REST_OF_YEAR,
        tuple(
            Route(indicator, _MONEY)
            for indicator in (_FIXED, _INDUSTRIAL, "technical_transformation_investment")
        ),
    ),
    # The same zones: projects that came into production reached 72% of their design.
    LeverKind.PROJECT_OUTPUT: LeverRule(
        _MONEY, 0, 15, Timing.QUARTERLY, _production("reach"),
        {"reach": Assumption(0.72, 0.0, 1.0, SHARE, Source.PUBLISHED), **_OF_OUTPUT}, lag=1,
    ),
    # Growth of output compares the same firms in both years: a firm that enters brings its own
    # growth, not its whole output, and from the next year on.
    LeverKind.FIRMS_RAISED: LeverRule(
        "firms", 0, 15, Timing.QUARTERLY, _production("output_per_firm", "own_growth"),
        {
            "output_per_firm": Assumption(0.2, 0.0, 100.0, _SUM),
            "own_growth": Assumption(None, -1.0, 5.0, SHARE),
            **_OF_OUTPUT,
        },
        next_year=True,
    ),
    LeverKind.TOP_FIRMS_OUTPUT: LeverRule(
        "%", -50, 50, Timing.LASTING, _industry("weight"), {"weight": _WEIGHT}
    ),
    LeverKind.STOPPAGE: LeverRule(
        "days", 0, 60, Timing.ONCE, _industry("weight", scale=-100 / 90), {"weight": _WEIGHT}
    ),
    LeverKind.PRODUCER_PRICES: LeverRule(
        "%", -10, 10, Timing.LASTING,
        (Route(_OUTPUT, POINTS), Route(_REVENUE, POINTS), Route("tax_revenue", POINTS)),
    ),
    LeverKind.TAX: LeverRule(
        "1e4 CNY", -5000, 5000, Timing.REST_OF_YEAR,
        (
            Route("tax_revenue", "1e4 CNY"),
            Route("general_public_budget_revenue", "1e4 CNY", ("retained",)),
        ),
        {"retained": Assumption(0.375, 0.0, 1.0, SHARE)},
    ),
    LeverKind.FOREIGN_CAPITAL: LeverRule(
        "1e4 USD", 0, 3000, Timing.ONCE, (Route("foreign_capital", "1e4 USD"),),
        {"probability": Assumption(None, 0.0, 1.0, SHARE)},
    ),
    LeverKind.FREIGHT_TRAINS: LeverRule(
        "trains", 0, 200, Timing.REST_OF_YEAR,
        (Route("trade_total", _MONEY, ("value_per_train",)), Route("freight_trains", "trains")),
        {"value_per_train": Assumption(None, 0.0, 10.0, _SUM)},
    ),
    LeverKind.LAND_SUPPLY: LeverRule(
        "mu", 0, 1000, Timing.REST_OF_YEAR, (Route(_FIXED, _MONEY, ("intensity",)),),
        {"intensity": Assumption(None, 0.0, 1.0, _PER_MU)}, lag=4,
    ),
}  # fmt: skip

STEPS = 200
"""Steps a usual range is cut into, at most."""
WHOLE = frozenset({"firms", "days", "trains"})
"""Units that come in whole numbers."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One dial of a scenario, set.

    Attributes
    ----------
    value
        In the unit of its rule; zero leaves everything as it is.
    name
        Tells two of one kind apart; what is drawn depends on it.
    start
        The quarter it happens in, or from; None is the first that is still open.
    lag
        Quarters until it is counted; None is the usual one.
    one_off
        Of tax: paid in one quarter, and gone next year.
    ramp
        Share of the full amount in the first, second ... quarter; the last one goes on.
    assumptions
        Name and number of those that differ from the usual ones.
    realised
        Share of its value that comes; None is that of its reference class.
    certain
        Whether all of it comes, as somebody said.
    """

    kind: LeverKind
    value: float
    name: str = ""
    start: Quarter | None = None
    lag: Lag | None = None
    one_off: bool = False
    ramp: Ramp = (1.0,)
    assumptions: tuple[tuple[str, float], ...] = ()
    realised: Rate | None = None
    certain: bool = False

    @property
    def rule(self) -> LeverRule:
        """The arithmetic of its kind."""
        return RULES[self.kind]

    @property
    def timing(self) -> Timing:
        """When it is counted."""
        return Timing.ONCE if self.one_off else self.rule.timing

    @property
    def beyond_range(self) -> bool:
        """Whether the value lies outside the usual range."""
        return not self.rule.low <= self.value <= self.rule.high

    def first_counted(self, opens: Quarter) -> Quarter:
        """Return the first quarter it is counted in, ``opens`` being where it starts by default."""
        start = self.start or opens
        first = start + (self.rule.lag if self.lag is None else self.lag)
        return max(first, Quarter(start.year + 1, 1)) if self.rule.next_year else first

    def assumed(self, name: str) -> float | None:
        """Return an assumption as the scenario has it; None where nobody said it."""
        return dict(self.assumptions).get(name, self.rule.assumptions[name].default)


def usual_step(low: float, high: float, unit: str = "") -> float:
    """Return a round step that cuts a range into at most ``STEPS``: 1, 2 or 5 times a power of 10.

    Units that come in whole numbers are not cut.
    """
    finest = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(finest))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= finest * (1 - 1e-9))
    return max(step, 1.0) if unit in WHOLE else step
