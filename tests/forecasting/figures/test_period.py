from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.period import Month, Quarter, quarters_between

quarters = st.builds(Quarter, st.integers(1000, 9999), st.integers(1, 4))
months = st.builds(Month, st.integers(1000, 9999), st.integers(1, 12))
steps = st.integers(-3000, 3000)

NO_PERIODS = [
    "",
    "2026",
    "2026q2",
    "2026Q0",
    "2026Q5",
    "2026 Q2",
    " 2026Q2",
    "2026Q2\n",
    "Q2 2026",
    "26Q2",
    "0026Q2",
    "2026-6",
    "2026-00",
    "2026-13",
    "2026-06-30",
    "2026年上半年",
    "２０２６Q2",
    "٢٠٢٦-06",
]


@pytest.mark.parametrize("label", NO_PERIODS)
def test_no_other_spelling_is_a_month_or_a_quarter(label: str) -> None:
    for kind in (Month, Quarter):
        with pytest.raises(ValueError, match="not a quarter such as 2026Q2"):
            kind.parse(label)


def test_a_month_label_is_not_a_quarter() -> None:
    with pytest.raises(ValueError, match="'2026-06'"):
        Quarter.parse("2026-06")


def test_a_quarter_label_is_read_as_its_last_month() -> None:
    assert Month.parse("2026Q2") == Month.parse("2026-06") == Month(2026, 6)


@given(months)
def test_a_month_reads_back_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(quarters)
def test_a_quarter_reads_back_as_it_is_written(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter


@given(quarters)
def test_a_quarter_ends_with_a_month_that_knows_it(quarter: Quarter) -> None:
    assert quarter.end.quarter == quarter


@pytest.mark.parametrize("month", [1, 2, 4, 5, 7, 8, 10, 11])
def test_no_quarter_ends_within_a_quarter(month: int) -> None:
    assert Month(2026, month).quarter is None


@given(quarters, steps)
def test_adding_and_subtracting_quarters_undo_each_other(quarter: Quarter, step: int) -> None:
    assert (quarter + step) - quarter == step
    assert (quarter + step) + -step == quarter


@given(quarters, quarters)
def test_quarters_are_ordered_as_time_passes(one: Quarter, other: Quarter) -> None:
    assert (one < other) == (other - one > 0)
    assert (one < other) == (one.end < other.end)


def test_the_quarter_after_the_fourth_is_the_first_of_the_next_year() -> None:
    assert Quarter(2025, 4) + 1 == Quarter(2026, 1)
    assert Quarter(2026, 1) + -1 == Quarter(2025, 4)
    assert Quarter(2026, 1) - Quarter(2025, 4) == 1


def test_quarters_between_includes_both_ends() -> None:
    assert [str(q) for q in quarters_between(Quarter(2025, 3), Quarter(2026, 1))] == [
        "2025Q3",
        "2025Q4",
        "2026Q1",
    ]
    assert quarters_between(Quarter(2025, 3), Quarter(2025, 3)) == (Quarter(2025, 3),)


def test_no_quarter_lies_between_a_later_and_an_earlier_one() -> None:
    assert quarters_between(Quarter(2026, 1), Quarter(2025, 4)) == ()
