import pytest

from forecasting.indicator import Comparator, Measure
from forecasting.pace import pace_of
from forecasting.target import cut_of
from tests.builders import chain, make_figures, make_target, periods


def test_a_complete_year_needs_no_pace() -> None:
    figures = make_figures(dict.fromkeys(periods("2020Q1", "2021Q4"), 8.0))

    assert pace_of(chain(figures), cut_of(make_target()), 2021) is None


@pytest.mark.parametrize(
    ("comparator", "growth", "reached"),
    [(">", 7.05, 3), (">", 7.04, 0), ("<=", 7.04, 3), ("<=", 7.2, 0)],
)
def test_a_past_year_counts_where_it_stood_on_the_right_side_of_the_pace(
    comparator: str, growth: float, reached: int
) -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2020Q4"), growth))
    cut = cut_of(make_target(comparator=Comparator(comparator)))

    pace = pace_of(chain(figures), cut, 2021)

    assert pace is not None
    assert (pace.reached, pace.windows) == (reached, 3)


def test_past_rates_are_weighted_by_their_own_base_year() -> None:
    figures = make_figures({"2019Q2": 0.0, "2019Q4": 10.0, "2021Q1": 4.0, "2021Q2": 4.0})
    for year, sums in ((2018, (1.0, 2.0, 6.0, 10.0)), (2020, (4.0, 8.0, 9.0, 10.0))):
        values = {f"{year}Q{k}": level for k, level in enumerate(sums, start=1)}
        figures += make_figures(values, Measure.LEVEL_YTD)

    pace = pace_of(chain(figures), cut_of(make_target()), 2021)

    assert pace is not None
    assert pace.average == pytest.approx((7.05 - 0.8 * 4) / 0.2)  # 19.25; 2019 had 10 / 0.8
    assert (pace.reached, pace.windows) == (0, 1)
