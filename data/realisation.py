"""What the rates of reference classes rest on: tables that come with the program."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache

from data.settings import ROOT
from forecasting.scenario.reference_class import Quantity, RateKey, ReferenceClass, Source

FOLDER = ROOT / "seeds"
"""Whatever folder an installation starts from, these tables belong to the rates in the program."""


@dataclass(frozen=True, slots=True)
class RateSource:
    """What a rate, or another number that realisation is drawn by, rests on.

    Attributes
    ----------
    key
        The class and quantity of a rate; None of any other number.
    name
        Of the quantity or number.
    expected, low, high
        As of a rate; of any other number the first alone.
    mark
        Whether published rates are behind ``expected``. Ranges are judgements throughout.
    rests_on_zh, rests_on_en
        In words.
    """

    key: RateKey | None
    name: str
    expected: float
    low: float | None
    high: float | None
    mark: Source
    rests_on_zh: str
    rests_on_en: str


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """What became of the plans of a place, as somebody published it.

    Attributes
    ----------
    level
        Of the place: zone, county, city, province or national.
    kind
        ``signed``, ``key project plan``, ``technical transformation`` or ``production``.
    cohort
        Which plans.
    as_of
        Day of the count, or what is known of it.
    months_elapsed
        Since the middle of a signed cohort, or since January of the year of a plan.
    projects
        How many there were.
    share_started, share_in_production, share_at_capacity
        Of the projects.
    money_arrived_share
        Of the value signed, or of the investment planned in all.
    plan_completion_share
        Of the year's investment.
    note
        What is counted, and what was computed.
    """

    place: str
    level: str
    kind: str
    cohort: str
    as_of: str
    months_elapsed: float | None
    projects: int | None
    share_started: float | None
    share_in_production: float | None
    share_at_capacity: float | None
    money_arrived_share: float | None
    plan_completion_share: float | None
    source_title: str
    source_url: str
    note: str


@cache
def rate_sources() -> tuple[RateSource, ...]:
    """Return what each rate rests on, in the order of the table."""
    return tuple(
        RateSource(
            key=(ReferenceClass(row["reference"]), Quantity(row["quantity"]))
            if row["reference"]
            else None,
            name=row["quantity"],
            expected=float(row["expected"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            mark=Source(row["mark"]),
            rests_on_zh=row["rests_on_zh"],
            rests_on_en=row["rests_on_en"],
        )
        for row in _rows("realisation_rates.csv")
    )


@cache
def published_rates() -> tuple[PublishedRate, ...]:
    """Return every published rate, in the order of the table."""
    numbers = {
        "months_elapsed",
        *(field.name for field in fields(PublishedRate) if "share" in field.name),
    }
    return tuple(
        PublishedRate(
            **{name: _number(text) if name in numbers else text for name, text in row.items()}
            | {"projects": int(row["projects"]) if row["projects"] else None}  # type: ignore[arg-type]
        )
        for row in _rows("realisation_reports.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None
