"""Errors a person can act on: of each its code, its line and the values in it.

Their sentences are in the message catalogues; ``str()`` gives one English line for the command
line. Anything else that is raised is a defect and crashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Indicator


class OutlookError(Exception):
    """Base of every error that has a sentence for the reader.

    A subclass is one kind of error, raised with its values: ``StaleBase(base=3, latest=4)``.

    Attributes
    ----------
    code
        Key of its sentence in the message catalogues, under ``error.<code>``: the name of its
        class in snake case.
    template
        Its line for the command line, which the values fill.
    values
        What the sentence is filled with.
    reasons
        Errors that led to it, each with a sentence of its own.
    """

    code = "unknown"
    template = ""
    reasons: tuple[OutlookError, ...] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" not in vars(cls):
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, line: str = "", **values: object) -> None:
        super().__init__(line or self.template.format_map(values))
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
    "one_or_four": "the level of the whole year, or of its four quarters",
    "growth_or_amount": (
        "either growth or an amount of the rest of the year, and neither once all is known"
    ),
    "link": "a whole link as this program writes it",
}


class TableRefused(OutlookError):
    """A table has problems: all of them at once, so that it is mended once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}", count=len(problems))
        self.problems = tuple(problems)


class AreaWithoutFigures(OutlookError):
    """No figure is known of the area that an outlook is asked for."""

    template = "no figures of area {area!r}: upload some first"


class UnknownYear(OutlookError):
    """No indicator has the figures that the target year builds on."""

    template = "no figures of area {area!r} reach into {year}"


class LaterSnapshot(OutlookError):
    """A later release of this program wrote the snapshot."""

    template = "written in schema {schema}; this release reads up to {newest}: upgrade first"


class DamagedSnapshot(OutlookError):
    """The bytes are no snapshot that this program has written."""

    template = "the snapshot is damaged ({found}): restore it from a backup"


class ScenarioRefused(OutlookError):
    """A scenario says something that cannot be.

    ``expected`` is a code; the sentence is in the catalogues under ``expected.<code>``.
    """

    def __init__(self, place: str, found: str, expected: str) -> None:
        line = f"{place}: found {found!r}, expected {EXPECTED[expected]}"
        super().__init__(line, place=place, found=found)
        self.expected = expected


class LaterScenario(OutlookError):
    """The scenario has a schema that this release does not know."""

    template = "the scenario has schema {schema}, this release reads up to {newest}: upgrade it"


class LinkTooLong(OutlookError):
    """The document of a scenario, in bytes, is too long for an address."""

    template = "the scenario has {size:,} bytes, an address holds {most:,}: save it as a file"


class LevelsMissing(OutlookError):
    """Amounts move indicators whose level of last year is not known."""

    template = (
        "no level of {year} is known of {ids}: give it under [levels] of the scenario, or "
        "percentage points instead of an amount, or leave the indicator as it is under unmoved"
    )

    def __init__(self, indicators: Sequence[Indicator], year: int) -> None:
        self.indicators = tuple(one.id for one in indicators)
        names = tuple(one.name for one in indicators)
        super().__init__(ids=", ".join(self.indicators), names=names, year=year)


class UnitsDiffer(OutlookError):
    """An amount cannot be converted into the unit of the indicator it moves."""

    template = (
        "{id} is in {wanted}, the amount in {unit}: give percentage points instead of an amount"
    )


class AssumptionMissing(OutlookError):
    """A lever needs a number that has no usual value."""

    template = "the lever {lever} needs the assumption {assumption}: give it in the scenario"


class BottomUpUnit(OutlookError):
    """Levels from below cannot be converted into the unit of their indicator."""

    template = (
        "{id} is in {wanted}, its firms and projects in {unit}: give their levels in {wanted}"
    )


class BottomUpBeyondArea(OutlookError):
    """Firms and projects are listed with more than their whole area had.

    ``first`` is the quarter of that year from which on both were summed.
    """

    template = (
        "the firms and projects listed under {id} had {listed:.6g} {unit} in Q{first} to Q4 of "
        "{year}, the whole area {area:.6g}: correct either"
    )


class BottomUpTwice(OutlookError):
    """A project stands in a view from below and in the project table."""

    template = (
        "{project} is listed under {name.en} and in the project table, where it brings the "
        "same: drop it from one of them"
    )


class PinNotANumber(OutlookError):
    """An indicator is to be held to growth that is not finite."""

    template = "the growth to hold {name.en} to is not a number"


class PinWithoutVerdict(OutlookError):
    """An indicator is to be held that has no verdict."""

    template = "{name.en} has no verdict for {year}: nothing to hold"


class PinOutsideYear(OutlookError):
    """A quarter of another year is to be held."""

    template = "{other}Q{quarter} is not in {year}: {name.en} can be held in that year alone"


class PinOfKnownQuarter(OutlookError):
    """A quarter is to be held that has a figure, or a year that is complete."""

    template = "{name.en} has a figure for {year}Q{quarter}: hold a later quarter"


class PinAgainstPins(OutlookError):
    """The pins of an indicator ask one period for two growth rates, in percent."""

    template = "the pins of {name.en} ask one period for {one:.4g}% and for {other:.4g}%: drop one"


class PinOutOfReach(OutlookError):
    """A quarter is asked for growth outside what any can have, in percent."""

    template = (
        "the pins of {name.en} ask a quarter for {growth:.4g}%: only {lowest:g}% to "
        "{highest:g}% can be"
    )


class WantRefused(OutlookError):
    """The wanted probability does not lie strictly between 0 and 1."""

    template = "{wanted:g} cannot be wanted: give a probability between 0 and 1, such as 0.8"


class NoAllClear(OutlookError):
    """No target counts, so nothing is to be reached."""

    template = "no target of {year} counts, so there is nothing to reach"


class NotAnAction(OutlookError):
    """Growth itself is to be solved for."""

    template = (
        "{entry} is growth itself, not an action: allow levers, amounts or projects, from which "
        "growth follows"
    )


class BoundsRefused(OutlookError):
    """Bounds are no range or hold too many steps, or step or weight is not above zero."""

    template = (
        "{entry} cannot go from {low:g} to {high:g} in steps of {step:g} with weight {weight:g}: "
        "bounds have to rise and hold few enough steps, step and weight to be above zero"
    )


class LeverWithoutReach(OutlookError):
    """A lever that is asked for moves nothing this year."""

    template = "the lever {lever} moves nothing of {year} here: allow another"


class ProjectFixed(OutlookError):
    """A project has begun, or is none of the scenario's."""

    template = "the dates of project {project} stand: allow one of the scenario that has not begun"
