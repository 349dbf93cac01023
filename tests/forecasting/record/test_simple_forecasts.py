"""Forecasts that cost nothing, by hand and by the slow loop."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.history.history import history_of
from forecasting.record.backtest import BacktestCase
from forecasting.record.simple_forecasts import historical_frequency, persistence_probability
from tests.builders import make_figures, make_indicator, periods
from tests.forecasting.record.builders import make_case


def test_persistence_adds_the_errors_of_earlier_years_to_what_is_known() -> None:
    at_half_year = make_case((7.0, 7.5))  # 7.5 - 1.0, 7.5 + 0.2, 7.5 + 0.5

    assert persistence_probability(at_half_year) == pytest.approx(2 / 3)


def test_before_any_figure_of_the_year_last_years_growth_persists() -> None:
    start = make_case(())  # 7.0 and the steps 2021 to 2022 and 2022 to 2023: -0.8 and -0.2

    assert persistence_probability(start) == 0.0


def test_without_an_earlier_year_what_is_known_is_certain() -> None:
    figures = make_figures({"2024Q1": 7.4})
    history = history_of(make_indicator(), figures)
    assert history is not None
    case = make_case((7.4,))
    case = replace(case, verdict=replace(case.verdict, history=history))

    assert persistence_probability(case) == 1.0
    assert historical_frequency(case) == 0.5


def test_persistence_is_judged_as_it_would_be_published() -> None:
    assert persistence_probability(make_case((7.0, 6.86))) == pytest.approx(
        2 / 3
    )  # 7.06 is published 7.1
    assert persistence_probability(make_case((7.0, 6.84))) == pytest.approx(
        1 / 3
    )  # 7.04 is published 7.0


def test_the_historical_frequency_is_that_of_earlier_years_after_laplace() -> None:
    assert historical_frequency(make_case((7.0, 7.5))) == (2 + 1) / (3 + 2)


@given(st.lists(st.integers(50, 95), min_size=7, max_size=40), st.integers(0, 3))
def test_both_free_forecasts_equal_the_slow_loop(tenths: list[int], origin: int) -> None:
    year = 2000 + (len(tenths) - origin) // 4
    known = [value / 10 for value in tenths[: (year - 2000) * 4 + origin]]
    quarters = periods("2000Q1", str(Quarter(2000, 1) + (len(known) - 1)))
    history = history_of(make_indicator(), make_figures(dict(zip(quarters, known, strict=True))))
    assert history is not None
    case = make_case(())
    case = BacktestCase(year, origin, replace(case.verdict, history=history), None, None)

    ends = [known[4 * k + 3] for k in range(year - 2000)]
    ytd = {(2000 + k // 4, k % 4 + 1): value for k, value in enumerate(known)}
    base = ytd[(year, origin)] if origin else ytd[(year - 1, 4)]
    met = []
    for past in range(2000, year):
        before = ytd.get((past, origin)) if origin else ytd.get((past - 1, 4))
        if before is not None:
            met.append(published(base + ytd[(past, 4)] - before) > 7.0)
    slow = sum(met) / len(met) if met else float(published(base) > 7.0)

    assert persistence_probability(case) == pytest.approx(slow)
    assert historical_frequency(case) == (sum(end > 7.0 for end in ends) + 1) / (len(ends) + 2)
