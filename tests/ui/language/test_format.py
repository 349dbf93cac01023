import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Measure, Observation
from forecasting.figures.period import Month, Quarter
from forecasting.outlook.lights import light_of
from forecasting.outlook.pace import Pace
from tests.builders import CURRENT
from tests.ui.speakers import EN, ZH
from ui.language import format as fmt

probabilities = st.floats(0, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "7.0"), (7.05, "7.1"), (-5.5, "−5.5"), (2310.04, "2,310.0"), (-0.04, "0.0")],
)
def test_a_figure_has_one_decimal_thousands_and_a_true_minus(value: float, text: str) -> None:
    assert fmt.figure(value) == text


@pytest.mark.parametrize(("value", "text"), [(12.5, "12.5"), (1e6, "1,000,000"), (-0.25, "−0.25")])
def test_an_amount_keeps_the_decimals_it_has(value: float, text: str) -> None:
    assert fmt.amount(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1067300.0, "1,067,300"),
        (4.9, "4.9"),
        (12.34567, "12.3457"),
        (0.00012345, "0.000123"),
        (-0.00001, "−0.00001"),
        (0.0, "0"),
    ],
)
def test_a_figure_of_a_file_keeps_what_tells_it_from_another(value: float, text: str) -> None:
    assert fmt.precise(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(7.0, "7.0"), (-3.0, "−3.0"), (0.0, "0.0"), (7.25, "7.25"), (0.04, "0.04")]
)
def test_growth_has_one_decimal_at_least(value: float, text: str) -> None:
    assert fmt.rate(value) == text


@pytest.mark.parametrize(
    ("value", "growth", "text"),
    [(0.1 + 0.2, False, "+0.3"), (-1250.5, False, "−1,250.5"), (2, False, "+2"), (2, True, "+2.0")],
)
def test_a_difference_has_its_sign(value: float, growth: bool, text: str) -> None:
    assert fmt.difference(value, growth=growth) == text


@pytest.mark.parametrize(("value", "text"), [(7.0, "7%"), (7.25, "7.25%"), (-3.0, "−3%")])
def test_a_threshold_is_written_as_it_was_set(value: float, text: str) -> None:
    assert fmt.threshold(value) == text


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (5.7, 8.5, "5.7—8.5", "5.7–8.5"),
        (-5.5, 5.6, "−5.5至5.6", "−5.5 to 5.6"),
        (-0.04, 3.0, "0.0—3.0", "0.0–3.0"),
    ],
)
def test_a_range_has_a_dash_unless_a_minus_stands_beside_it(
    low: float, high: float, zh: str, en: str
) -> None:
    assert (fmt.interval(low, high, ZH), fmt.interval(low, high, EN)) == (zh, en)


def test_a_range_in_a_sentence_carries_its_unit_twice() -> None:
    assert fmt.interval(5.7, 8.5, ZH, unit="%") == "5.7%—8.5%"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (6.1, "增长6.1%", "grew 6.1%"),
        (-2.3, "下降2.3%", "fell 2.3%"),
        (0.04, "持平", "was flat"),
    ],
)
def test_growth_is_told_without_a_minus(value: float, zh: str, en: str) -> None:
    assert (fmt.growth(value, ZH), fmt.growth(value, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "<1%"),
        (0.0099, "<1%"),
        (0.01, "1%"),
        (0.385, "39%"),
        (0.299, "29%"),
        (0.596, "59%"),
        (0.896, "89%"),
        (0.99, "99%"),
        (0.992, ">99%"),
        (1.0, ">99%"),
    ],
)
def test_a_probability_is_whole_percents_and_never_certain(value: float, text: str) -> None:
    assert fmt.probability(value) == text


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0.03, "不足一成", "less than 1 in 10"),
        (0.16, "约两成", "about 2 in 10"),
        (0.0996, "约一成", "about 1 in 10"),
        (0.28, "近三成", "nearly 3 in 10"),
        (0.38, "约四成", "about 4 in 10"),
        (0.54, "约五成", "about 5 in 10"),
        (0.58, "近六成", "nearly 6 in 10"),
        (0.65, "约七成", "about 7 in 10"),
        (0.84, "约八成", "about 8 in 10"),
        (0.88, "近九成", "nearly 9 in 10"),
        (0.93, "九成以上", "at least 9 in 10"),
    ],
)
def test_leaders_read_tenths(value: float, zh: str, en: str) -> None:
    assert (fmt.cheng(value, ZH), fmt.cheng(value, EN)) == (zh, en)


@given(probabilities)
def test_no_rounding_steps_over_a_light(value: float) -> None:
    light = light_of(value, complete=False)

    assert light_of(fmt.hundredths(value) / 100, complete=False) == light
    tenths = [f"about {k} in 10" for k in range(10)]
    told = fmt.cheng(value, EN)
    if told in tenths:
        assert light_of(tenths.index(told) / 10, complete=False) == light


@given(probabilities)
def test_rounding_moves_a_probability_by_less_than_one_step(value: float) -> None:
    assert abs(fmt.hundredths(value) / 100 - value) < 0.01 + 1e-9


@given(st.floats(-1e5, 1e5))
def test_a_figure_reads_back_as_its_published_value(value: float) -> None:
    read = float(fmt.figure(value).replace(",", "").replace("−", "-"))

    assert math.isclose(read, value, abs_tol=0.05 + 1e-9)


def test_periods_read_as_statistics_name_them() -> None:
    quarters = [Quarter(2026, k) for k in (1, 2, 3, 4)]

    assert [fmt.since_january(quarter, ZH) for quarter in quarters] == [
        "2026年一季度", "2026年上半年", "2026年前三季度", "2026年全年",
    ]  # fmt: skip
    assert [fmt.since_january(quarter, EN) for quarter in quarters] == [
        "Q1 2026", "H1 2026", "Q1–Q3 2026", "full year 2026",
    ]  # fmt: skip
    assert fmt.as_of(Quarter(2025, 4), ZH) == "2025年末"
    assert fmt.remaining(Pace(3, 7.0, 7.0, 1, 5), ZH) == "下半年"


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, ("2026年1月", "1月", "2026年1月", "2—12月", "Jan 2026", "Jan", "Jan 2026", "Feb–Dec")),
        (2, ("2026年1—2月", "1—2月", "2026年2月", "3—12月",
             "Jan–Feb 2026", "Jan–Feb", "Feb 2026", "Mar–Dec")),
        (10, ("2026年1—10月", "1—10月", "2026年10月", "11—12月",
              "Jan–Oct 2026", "Jan–Oct", "Oct 2026", "Nov–Dec")),
        (11, ("2026年1—11月", "1—11月", "2026年11月", "12月",
              "Jan–Nov 2026", "Jan–Nov", "Nov 2026", "Dec")),
    ],
)  # fmt: skip
def test_a_month_inside_a_quarter_reads_as_statistics_name_it(
    month: int, names: tuple[str, ...]
) -> None:
    period = Month(2026, month)
    left = Pace((month + 2) // 3, 7.0, 7.0, 1, 5, first_month=month + 1)

    assert names == tuple(
        name
        for say in (ZH, EN)
        for name in (
            fmt.since_january(period, say),
            fmt.span(period, say),
            fmt.as_of(period, say),
            fmt.remaining(left, say),
        )
    )


@pytest.mark.parametrize(
    ("measure", "month", "zh", "en"),
    [
        (Measure.GROWTH_YTD, Month(2026, 6), "2026年上半年", "H1 2026"),
        (Measure.GROWTH_YTD, Month(2026, 10), "2026年1—10月", "Jan–Oct 2026"),
        (Measure.GROWTH_MONTH, Month(2026, 6), "2026年6月", "Jun 2026"),
        (Measure.LEVEL_QUARTER, Month(2026, 6), "2026年二季度", "Q2 2026"),
    ],
)
def test_a_figure_says_which_months_it_covers(
    measure: Measure, month: Month, zh: str, en: str
) -> None:
    figure = Observation("Z", "output", measure, month, 1.0, "%", CURRENT)

    assert (fmt.period(figure, ZH), fmt.period(figure, EN)) == (zh, en)


def test_a_date_is_that_of_the_zone_not_of_the_server() -> None:
    evening = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert fmt.date(evening, ZH) == "2026年11月24日"
    assert fmt.date(evening, EN) == "24 Nov 2026"
    assert fmt.minute(evening) == "2026-11-24 07:30"


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (5.7, 8.5, "在5.7%—8.5%", "5.7%–8.5%"),
        (-0.3, 7.9, "在−0.3%至7.9%", "−0.3% to 7.9%"),
        (-4.3, -0.9, "下降0.9%—4.3%", "a fall of 0.9%–4.3%"),
        (-4.3, -0.04, "在−4.3%至0.0%", "−4.3% to 0.0%"),
    ],
)
def test_an_interval_below_zero_is_told_as_a_fall(
    low: float, high: float, zh: str, en: str
) -> None:
    assert fmt.growth_interval(low, high, ZH) == zh
    assert fmt.growth_interval(low, high, EN) == en
