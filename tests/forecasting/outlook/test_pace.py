from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Comparator, Measure
from forecasting.figures.target import cut_of
from forecasting.outlook.pace import ends_of, pace_of
from tests.builders import chain, make_figures, make_target, periods
from tests.ui.outlooks import line, make_verdict


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


ABOUT = cut_of(line(Comparator.ABOUT, 7.0, 0.5))


@pytest.mark.parametrize(("growth", "reached"), [(6.4, 0), (6.5, 3), (7.5, 3), (7.6, 0)])
def test_of_a_target_of_about_so_much_a_past_year_counts_between_both_ends(
    growth: float, reached: int
) -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2020Q4"), growth))

    pace = pace_of(chain(figures), ABOUT, 2021)

    assert pace is not None
    assert (pace.reached, pace.windows) == (reached, 3)


@given(st.integers(-50, 200), st.integers(1, 3), st.sampled_from([0.0, 0.1, 0.5]))
def test_going_on_at_either_end_is_published_within_the_tolerance_and_beyond_it_is_not(
    tenths: int, known: int, tolerance: float
) -> None:
    target = line(Comparator.ABOUT, 7.0, tolerance)
    cut, so_far = cut_of(target), (tenths / 10,) * known
    verdict = make_verdict(0.4, ytd=so_far, target=target)
    pace = pace_of(verdict.history, cut, 2026)
    ends = ends_of(replace(verdict, pace=pace))
    assert ends is not None

    def met(rate: float) -> bool:
        share = sum(verdict.history.weights(2026)[:known])
        return cut.met_by(round(share * so_far[-1] + (1 - share) * rate, 9))

    assert [met(end) for end in ends] == [True, True]
    assert [met(ends[0] - 0.1), met(ends[1] + 0.1)] == [False, False]


@pytest.mark.parametrize("comparator", [Comparator.ABOVE, Comparator.AT_MOST])
def test_other_targets_have_one_end(comparator: Comparator) -> None:
    assert ends_of(make_verdict(0.4, target=line(comparator))) is None
