"""Errors a person can act on.

OutlookError                  code and values; the sentences are in the message catalogues
├── TableRefused              a table cannot be read: every problem, with row and column
├── AreaWithoutFigures        nothing is known of the area that was asked for
├── UnknownYear               the year asked for has no figures to stand on
├── PinNotANumber             an indicator is to be held to what is no growth rate
├── PinWithoutVerdict         one is to be held of which nothing is forecast
├── PinOutsideYear            a quarter is to be held that is not of the outlook's year
├── PinOfKnownQuarter         a quarter is to be held whose figure is known
├── PinAgainstPins            the pins of an indicator cannot all hold
└── PinOutOfReach             a pin asks a quarter for growth that none can have

``str()`` gives one English line for the command line. Anything else that is raised is a
defect and crashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.indicator import Indicator, Names
from forecasting.period import Quarter


class OutlookError(Exception):
    """Base of every error that has a sentence for the reader.

    Attributes
    ----------
    code
        Key of its sentence in the message catalogues, under ``error.<code>``.
    values
        What the sentence is filled with.
    """

    code = "unknown"

    def __init__(self, line: str, **values: object) -> None:
        super().__init__(line)
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a table. ``row`` counts as a spreadsheet does: the header is 1.

    ``expected`` is a code; the sentence is in the catalogues under ``expected.<code>``.
    """

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return (
            f"{self.file}, row {self.row}, {self.column}: "
            f"found {self.found!r}, expected {EXPECTED.get(self.expected, self.expected)}"
        )


EXPECTED = {
    "header": "the columns of this table, each once",
    "csv": "a table of comma-separated values in UTF-8",
    "text": "a text",
    "choice": "one of the values listed for this column",
    "number": "a number, such as 3.1",
    "period": "a quarter such as 2026Q2 or a month such as 2026-06",
    "year": "a year such as 2026, or empty for every year",
    "flag": "yes or no",
    "indicator": "an indicator of the catalogue",
    "area": "an area that is listed",
    "unique": "each entry once",
    "unit": "the unit of this indicator and measure",
    "shares": "four shares that sum to one, separated by |",
    "cells": "as many cells as the header has",
    "quarter_id": "a quarter number, a whole number",
    "positive": "a number above zero",
    "rows": "at least one row under the header",
    "day": "a day of the month from 1 to 31, or empty",
    "tolerance": "a number above zero with the comparator ~, and empty with any other",
    "toml": "a scenario in TOML, as this program writes it",
    "known_key": "a key that scenarios of this schema have",
    "key": "a value under this key",
    "range": "a number within its limits",
    "quarter": "a quarter such as 2026Q2",
    "list": "a list of at least one number",
    "probabilities": "probabilities that sum to one",
}


class TableRefused(OutlookError):
    """Raised with every problem of a table at once, so that it is mended once."""

    code = "table_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}", count=len(problems))
        self.problems = tuple(problems)


class AreaWithoutFigures(OutlookError):
    """Raised when an outlook is asked for an area of which no figure is known."""

    code = "area_without_figures"

    def __init__(self, area: str) -> None:
        super().__init__(f"no figures of area {area!r}: upload some first", area=area)


class UnknownYear(OutlookError):
    """Raised when no indicator has the figures that the target year builds on."""

    code = "unknown_year"

    def __init__(self, area: str, year: int) -> None:
        super().__init__(f"no figures of area {area!r} reach into {year}", area=area, year=year)


class PinNotANumber(OutlookError):
    """Raised when an indicator is to be held to growth that is not finite."""

    code = "pin_not_a_number"

    def __init__(self, name: Names) -> None:
        super().__init__(f"the growth to hold {name.en} to is not a number", name=name)


class PinWithoutVerdict(OutlookError):
    """Raised when an indicator is to be held that has no verdict."""

    code = "pin_without_verdict"

    def __init__(self, name: Names, year: int) -> None:
        super().__init__(
            f"{name.en} has no verdict for {year}: nothing to hold", name=name, year=year
        )


class PinOutsideYear(OutlookError):
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


class PinOfKnownQuarter(OutlookError):
    """Raised when a quarter is to be held that has a figure, or a year that is complete."""

    code = "pin_of_known_quarter"

    def __init__(self, name: Names, quarter: Quarter) -> None:
        super().__init__(
            f"{name.en} has a figure for {quarter}: hold a later quarter",
            name=name,
            year=quarter.year,
            quarter=quarter.quarter,
        )


class PinAgainstPins(OutlookError):
    """Raised when the pins of an indicator ask one period for two growth rates, in percent."""

    code = "pin_against_pins"

    def __init__(self, name: Names, one: float, other: float) -> None:
        super().__init__(
            f"the pins of {name.en} ask one period for {one:.4g}% and for {other:.4g}%: drop one",
            name=name,
            one=one,
            other=other,
        )


class PinOutOfReach(OutlookError):
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


class ScenarioRefused(OutlookError):
    """Raised when a scenario says something that cannot be.

    ``expected`` is a code; the sentence is in the catalogues under ``expected.<code>``.
    """

    code = "scenario_refused"

    def __init__(self, place: str, found: str, expected: str) -> None:
        line = f"{place}: found {found!r}, expected {EXPECTED[expected]}"
        super().__init__(line, place=place, found=found)
        self.expected = expected


class LaterScenario(OutlookError):
    """Raised when a scenario has a schema that this release does not know."""

    code = "later_scenario"

    def __init__(self, schema: int, newest: int) -> None:
        line = f"the scenario has schema {schema}, this release reads up to {newest}: upgrade it"
        super().__init__(line, schema=schema, newest=newest)


class LevelsMissing(OutlookError):
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


class UnitsDiffer(OutlookError):
    """Raised when an amount cannot be converted into the unit of the indicator it moves."""

    code = "units_differ"

    def __init__(self, indicator: Indicator, unit: str) -> None:
        line = (
            f"{indicator.id} is in {indicator.unit}, the amount in {unit}: "
            "give percentage points instead of an amount"
        )
        super().__init__(line, name=indicator.name, unit=unit, wanted=indicator.unit)


class AssumptionMissing(OutlookError):
    """Raised when a lever needs a number that has no usual value."""

    code = "assumption_missing"

    def __init__(self, lever: str, assumption: str) -> None:
        line = f"the lever {lever} needs the assumption {assumption}: give it in the scenario"
        super().__init__(line, lever=lever, assumption=assumption)
