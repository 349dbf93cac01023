"""Errors a person can act on.

OutlookError                  code and values; the sentences are in the message catalogues
├── TableRefused              a table cannot be read: every problem, with row and column
├── AreaWithoutFigures        nothing is known of the area that was asked for
├── UnknownYear               the year asked for has no figures to stand on
├── ScenarioError             a scenario cannot be applied: ``scenario.errors``
└── SnapshotError             a snapshot cannot be read: ``snapshot.errors``

``str()`` gives one English line for the command line. Anything else that is raised is a
defect and crashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


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
    """

    code = "unknown"
    template = ""

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
