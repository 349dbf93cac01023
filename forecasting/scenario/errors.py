"""Errors of scenarios.

ScenarioError                 base of them all
├── ScenarioRefused           a document says something that cannot be
├── LaterScenario             a document has a schema that this release does not know
├── LinkTooLong               a scenario does not fit into an address
├── LevelsMissing             amounts move indicators whose level of last year is not known
├── UnitsDiffer               an amount cannot be converted into the indicator's unit
├── BottomUpUnit              levels from below cannot be converted into the indicator's unit
├── BottomUpBeyondArea        firms and projects are listed with more than the whole area had
├── BottomUpTwice             a project stands in a view from below and in the project table
├── AssumptionMissing         a lever needs a number that has no usual value
├── PinNotANumber             an indicator is to be held to what is no growth rate
├── PinWithoutVerdict         one is to be held of which nothing is forecast
├── PinOutsideYear            a quarter is to be held that is not of the outlook's year
├── PinOfKnownQuarter         a quarter is to be held whose figure is known
├── PinAgainstPins            the pins of an indicator cannot all hold
└── PinOutOfReach             a pin asks a quarter for growth that none can have
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.errors import EXPECTED, OutlookError
from forecasting.figures.indicator import Indicator, Names
from forecasting.figures.period import Quarter


class ScenarioError(OutlookError):
    """Base of the errors of scenarios."""


class PinNotANumber(ScenarioError):
    """Raised when an indicator is to be held to growth that is not finite."""

    code = "pin_not_a_number"

    def __init__(self, name: Names) -> None:
        super().__init__(f"the growth to hold {name.en} to is not a number", name=name)


class PinWithoutVerdict(ScenarioError):
    """Raised when an indicator is to be held that has no verdict."""

    code = "pin_without_verdict"

    def __init__(self, name: Names, year: int) -> None:
        super().__init__(
            f"{name.en} has no verdict for {year}: nothing to hold", name=name, year=year
        )


class PinOutsideYear(ScenarioError):
    """Raised when a quarter of another year is to be held."""

    code = "pin_outside_year"

    def __init__(self, name: Names, quarter: Quarter, year: int) -> None:
        super().__init__(
            f"{quarter} is not in {year}: {name.en} can be held in that year alone",
            name=name,
            year=year,
            other=quarter.year,
            quarter=quarter.quarter,
        )


class PinOfKnownQuarter(ScenarioError):
    """Raised when a quarter is to be held that has a figure, or a year that is complete."""

    code = "pin_of_known_quarter"

    def __init__(self, name: Names, quarter: Quarter) -> None:
        super().__init__(
            f"{name.en} has a figure for {quarter}: hold a later quarter",
            name=name,
            year=quarter.year,
            quarter=quarter.quarter,
        )


class PinAgainstPins(ScenarioError):
    """Raised when the pins of an indicator ask one period for two growth rates, in percent."""

    code = "pin_against_pins"

    def __init__(self, name: Names, one: float, other: float) -> None:
        super().__init__(
            f"the pins of {name.en} ask one period for {one:.4g}% and for {other:.4g}%: drop one",
            name=name,
            one=one,
            other=other,
        )


class PinOutOfReach(ScenarioError):
    """Raised when a quarter is asked for growth outside what any can have, in percent."""

    code = "pin_out_of_reach"

    def __init__(self, name: Names, growth: float, lowest: float, highest: float) -> None:
        super().__init__(
            f"the pins of {name.en} ask a quarter for {growth:.4g}%: "
            f"only {lowest:g}% to {highest:g}% can be",
            name=name,
            growth=growth,
            lowest=lowest,
            highest=highest,
        )


class ScenarioRefused(ScenarioError):
    """Raised when a scenario says something that cannot be.

    ``expected`` is a code; the sentence is in the catalogues under ``expected.<code>``.
    """

    code = "scenario_refused"

    def __init__(self, place: str, found: str, expected: str) -> None:
        line = f"{place}: found {found!r}, expected {EXPECTED[expected]}"
        super().__init__(line, place=place, found=found)
        self.expected = expected


class LaterScenario(ScenarioError):
    """Raised when a scenario has a schema that this release does not know."""

    code = "later_scenario"

    def __init__(self, schema: int, newest: int) -> None:
        line = f"the scenario has schema {schema}, this release reads up to {newest}: upgrade it"
        super().__init__(line, schema=schema, newest=newest)


class LinkTooLong(ScenarioError):
    """Raised when the document of a scenario, in bytes, is too long for an address."""

    code = "link_too_long"

    def __init__(self, size: int, most: int) -> None:
        line = f"the scenario has {size:,} bytes, an address holds {most:,}: save it as a file"
        super().__init__(line, size=size, most=most)


class LevelsMissing(ScenarioError):
    """Raised when amounts move indicators whose level of last year is not known."""

    code = "levels_missing"

    def __init__(self, indicators: Sequence[Indicator], year: int) -> None:
        line = (
            f"no level of {year} is known of {', '.join(one.id for one in indicators)}: give it "
            "under [levels] of the scenario, or percentage points instead of an amount, or "
            "leave the indicator as it is under unmoved"
        )
        super().__init__(line, names=tuple(one.name for one in indicators), year=year)
        self.indicators = tuple(one.id for one in indicators)


class UnitsDiffer(ScenarioError):
    """Raised when an amount cannot be converted into the unit of the indicator it moves."""

    code = "units_differ"

    def __init__(self, indicator: Indicator, unit: str) -> None:
        line = (
            f"{indicator.id} is in {indicator.unit}, the amount in {unit}: "
            "give percentage points instead of an amount"
        )
        super().__init__(line, name=indicator.name, unit=unit, wanted=indicator.unit)


class AssumptionMissing(ScenarioError):
    """Raised when a lever needs a number that has no usual value."""

    code = "assumption_missing"

    def __init__(self, lever: str, assumption: str) -> None:
        line = f"the lever {lever} needs the assumption {assumption}: give it in the scenario"
        super().__init__(line, lever=lever, assumption=assumption)


class BottomUpUnit(ScenarioError):
    """Raised when levels from below cannot be converted into the unit of their indicator."""

    code = "bottom_up_unit"

    def __init__(self, indicator: Indicator, unit: str) -> None:
        line = (
            f"{indicator.id} is in {indicator.unit}, its firms and projects in {unit}: "
            f"give their levels in {indicator.unit}"
        )
        super().__init__(line, name=indicator.name, unit=unit, wanted=indicator.unit)


class BottomUpBeyondArea(ScenarioError):
    """Raised when firms and projects are listed with more than their whole area had.

    Attributes
    ----------
    first
        The quarter of that year from which on their levels and the area's were summed.
    """

    code = "bottom_up_beyond_area"

    def __init__(
        self, indicator: Indicator, year: int, first: int, listed: float, area: float
    ) -> None:
        line = (
            f"the firms and projects listed under {indicator.id} had {listed:.6g} {indicator.unit} "
            f"in Q{first} to Q4 of {year}, the whole area {area:.6g}: correct either"
        )
        values = {"name": indicator.name, "year": year, "first": first}
        super().__init__(line, **values, listed=listed, area=area, unit=indicator.unit)


class BottomUpTwice(ScenarioError):
    """Raised when a project stands in a view from below and in the project table."""

    code = "bottom_up_twice"

    def __init__(self, name: Names, project: str) -> None:
        line = (
            f"{project} is listed under {name.en} and in the project table, where it brings the "
            "same: drop it from one of them"
        )
        super().__init__(line, name=name, project=project)
