"""Errors a person can act on: of each its code, its line and the values in it.

Their sentences are in the message catalogues; ``str()`` gives one English line for the command
line. Anything else that is raised is a defect and crashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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

    def __init__(self, line: str = "", /, **values: object) -> None:
        super().__init__(line or self.template.format_map(_printed(values)))
        self.values = values


def _printed(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as a line of a command has them: several with commas between."""
    return {
        key: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for key, value in values.items()
    }


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
    "rate": "a mean that lies well between the low and the high end",
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
    template = "no figures of area {area!r}: upload some first"


class UnknownYear(OutlookError):
    template = "no figures of area {area!r} reach into {year}"


class LaterSnapshot(OutlookError):
    template = "written in schema {schema}; this release reads up to {newest}: upgrade first"


class DamagedSnapshot(OutlookError):
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
    template = "the scenario has schema {schema}, this release reads up to {newest}: upgrade it"


class CriteriaRefused(OutlookError):
    template = "{file}, {key}: {problem}"


class LinkTooLong(OutlookError):
    template = "the scenario has {size:,} bytes, an address holds {most:,}: save it as a file"


class LevelsMissing(OutlookError):
    template = (
        "no level of {year} is known of {ids}: give it under [levels] of the scenario, or "
        "percentage points instead of an amount, or leave the indicator as it is under unmoved"
    )

    def __init__(self, indicators: Sequence[Indicator], year: int) -> None:
        self.indicators = tuple(one.id for one in indicators)
        names = tuple(one.name for one in indicators)
        super().__init__(ids=", ".join(self.indicators), names=names, year=year)


class UnitsDiffer(OutlookError):
    template = (
        "{id} is in {wanted}, the amount in {unit}: give percentage points instead of an amount"
    )


class AssumptionMissing(OutlookError):
    template = "the lever {lever} needs the assumption {assumption}: give it in the scenario"


class BottomUpUnit(OutlookError):
    template = (
        "{id} is in {wanted}, its firms and projects in {unit}: give their levels in {wanted}"
    )


class BottomUpBeyondArea(OutlookError):
    template = (
        "the firms and projects listed under {id} had {listed:.6g} {unit} in Q{first} to Q4 of "
        "{year}, the whole area {area:.6g}: correct either"
    )


class BottomUpTwice(OutlookError):
    template = (
        "{project} is listed under {name.en} and in the project table, where it brings the "
        "same: drop it from one of them"
    )


class PinNotANumber(OutlookError):
    template = "the growth to hold {name.en} to is not a number"


class PinWithoutVerdict(OutlookError):
    template = "{name.en} has no verdict for {year}: nothing to hold"


class PinOutsideYear(OutlookError):
    template = "{other}Q{quarter} is not in {year}: {name.en} can be held in that year alone"


class PinOfKnownQuarter(OutlookError):
    template = "{name.en} has a figure for {year}Q{quarter}: hold a later quarter"


class PinAgainstPins(OutlookError):
    template = "the pins of {name.en} ask one period for {one:.4g}% and for {other:.4g}%: drop one"


class PinOutOfReach(OutlookError):
    template = (
        "the pins of {name.en} ask a quarter for {growth:.4g}%: only {lowest:g}% to "
        "{highest:g}% can be"
    )


class WantRefused(OutlookError):
    template = "{wanted:g} cannot be wanted: give a probability between 0 and 1, such as 0.8"


class NoAllClear(OutlookError):
    template = "no target of {year} counts, so there is nothing to reach"


class NotAnAction(OutlookError):
    template = (
        "{entry} is growth itself, not an action: allow levers, amounts or projects, from which "
        "growth follows"
    )


class BoundsRefused(OutlookError):
    template = (
        "{entry} cannot go from {low:g} to {high:g} in steps of {step:g} with weight {weight:g}: "
        "bounds have to rise and hold few enough steps, step and weight to be above zero"
    )


class LeverWithoutReach(OutlookError):
    template = "the lever {lever} moves nothing of {year} here: allow another"


class ProjectFixed(OutlookError):
    template = "the dates of project {project} stand: allow one of the scenario that has not begun"
