"""The table of what rates rest on has the rates that the program draws by."""

import re

import pytest

from data.realisation import PublishedRate, published_rates, rate_sources
from forecasting.scenario import realisation
from forecasting.scenario.reference_class import PRIOR, ZONE_FACTOR, Source

RATES = {one.key: one for one in rate_sources() if one.key is not None}
NUMBERS = {one.name: one for one in rate_sources() if one.key is None}


def test_every_rate_of_the_program_stands_in_the_table_as_it_is() -> None:
    table = {key: (one.expected, one.low, one.high, one.mark) for key, one in RATES.items()}

    assert table == {
        key: (rate.expected, rate.low, rate.high, mark) for key, (rate, mark) in PRIOR.items()
    }


def test_every_other_number_stands_there_too() -> None:
    steps = {
        f"{name}_{place}": share
        for name, shares, first in (
            ("ramp", realisation.RAMP, 1),
            ("production_slip", realisation.PRODUCTION_SLIP, 0),
            ("start_slip", realisation.START_SLIP, 0),
        )
        for place, share in enumerate(shares, start=first)
    }
    assert {name: one.expected for name, one in NUMBERS.items()} == {
        **steps,
        "large_investment": realisation.LARGE_INVESTMENT,
        "large_starts": realisation.LARGE_STARTS,
        "zone_factor": ZONE_FACTOR,
        "own_weight": realisation.OWN_WEIGHT,
        "most_of_plan": realisation.MOST_OF_PLAN,
    }
    assert [name for name, one in NUMBERS.items() if one.mark is not Source.JUDGEMENT] == ["ramp_4"]
    assert all((one.low, one.high) == (None, None) for one in NUMBERS.values())


def test_each_says_in_both_languages_what_it_rests_on() -> None:
    for one in rate_sources():
        assert re.search("[\u4e00-\u9fff]", one.rests_on_zh)
        assert one.rests_on_en
        assert not re.search("[\u4e00-\u9fff]", one.rests_on_en)


def test_every_published_rate_has_a_source_and_a_number() -> None:
    assert len(published_rates()) == 117
    for one in published_rates():
        assert one.source_title
        assert one.source_url.startswith("http")
        assert one.level in {"zone", "county", "city", "province", "national"}
    assert sum(one.level == "zone" for one in published_rates()) == 13


def signed(least: float, most: float, name: str) -> list[float]:
    return sorted(
        value
        for one in published_rates()
        if one.kind == "signed"
        and one.months_elapsed is not None
        and least <= one.months_elapsed <= most
        and (value := getattr(one, name)) is not None
    )


def median(values: list[float]) -> float:
    return values[len(values) // 2] if len(values) % 2 else sum(
        values[len(values) // 2 - 1 : len(values) // 2 + 1]
    ) / 2  # fmt: skip


@pytest.mark.parametrize(
    ("key", "least", "most"), [("start_4q", 8, 12), ("start_ever", 12.5, 99)], ids=str
)
def test_rates_of_starts_lie_under_the_median_that_was_published(
    key: str, least: float, most: float
) -> None:
    (one,) = [one for one in RATES.values() if one.key == ("signed", key)]
    published = signed(least, most, "share_started")

    assert len(published) >= 5
    assert one.expected < median(published)


def completion(row: PublishedRate) -> bool:
    return row.kind == "key project plan" and row.plan_completion_share is not None


def test_the_share_of_a_plan_lies_under_the_median_that_was_published() -> None:
    late = sorted(
        row.plan_completion_share or 0.0
        for row in published_rates()
        if completion(row) and row.months_elapsed is not None and row.months_elapsed >= 11
    )
    (one,) = [one for one in RATES.values() if one.key == ("under_construction", "plan_share")]

    assert one.expected < median(late)
