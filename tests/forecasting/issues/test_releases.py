"""The next figure that is due is told with its day."""

from dataclasses import replace
from datetime import date

import pytest

from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.issues.releases import next_release, overdue
from forecasting.issues.snapshot import NextRelease
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from tests.builders import ZONE, make_catalogue, make_target, steady_figures


def asked(days: dict[str, int], last: str = "2021Q2") -> Outlook:
    """Return the outlook of indicators with these release days."""
    outlook = judge(
        Question(ZONE, 2021),
        Inputs(
            make_catalogue(*days),
            [make_target(name) for name in days],
            [f for name in days for f in steady_figures("2019Q1", last, indicator=name)],
        ),
    )
    verdicts = tuple(
        replace(
            verdict,
            history=replace(
                verdict.history,
                indicator=replace(
                    verdict.history.indicator, release_day=days[verdict.indicator_id]
                ),
            ),
        )
        for verdict in outlook.verdicts
    )
    return replace(outlook, verdicts=verdicts)


@pytest.mark.parametrize(
    ("today", "due", "quarter"),
    [
        (date(2021, 7, 20), date(2021, 10, 5), 3),
        (date(2021, 10, 4), date(2021, 10, 5), 3),
        (date(2021, 10, 5), date(2021, 10, 18), 3),
        (date(2021, 10, 18), date(2022, 1, 5), 4),
        (date(2022, 1, 10), date(2022, 1, 18), 4),
    ],
)
def test_the_first_day_after_today_is_told(today: date, due: date, quarter: int) -> None:
    outlook = asked({"a": 18, "b": 5, "c": 0})

    assert next_release(outlook, today) == NextRelease(due, Quarter(2021, quarter))


def test_a_figure_that_is_already_known_is_not_due() -> None:
    outlook = asked({"a": 18}, last="2021Q3")

    assert next_release(outlook, date(2021, 10, 1)) == NextRelease(
        date(2022, 1, 18), Quarter(2021, 4)
    )


def test_nothing_is_due_after_the_year() -> None:
    assert next_release(asked({"a": 18}), date(2022, 1, 18)) is None
    assert next_release(asked({"a": 18}, last="2021Q4"), date(2022, 1, 1)) is None


def test_nothing_is_told_where_nobody_knows_the_day() -> None:
    assert next_release(asked({"a": 0}), date(2021, 7, 20)) is None


def test_a_short_month_ends_earlier() -> None:
    outlook = asked({"a": 31}, last="2020Q4")

    assert next_release(outlook, date(2021, 1, 1)) == NextRelease(
        date(2021, 4, 30), Quarter(2021, 1)
    )


@pytest.mark.parametrize(
    ("today", "quarter", "lacking"),
    [
        (date(2021, 10, 12), None, []),
        (date(2021, 10, 13), 3, ["b"]),
        (date(2021, 10, 26), 3, ["a", "b"]),
        (date(2022, 1, 13), 4, ["b"]),
    ],
)
def test_a_figure_that_should_be_out_for_a_week_is_overdue(
    today: date, quarter: int | None, lacking: list[str]
) -> None:
    found = overdue(asked({"a": 18, "b": 5, "c": 0}), today)

    if quarter is None:
        assert found is None
        return
    assert found is not None
    assert found[0] == Quarter(2021, quarter)
    assert [verdict.indicator_id for verdict in found[1]] == lacking


def test_a_year_that_is_known_lacks_nothing() -> None:
    assert overdue(asked({"a": 18}, last="2021Q4"), date(2022, 6, 1)) is None
