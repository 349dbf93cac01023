"""Scores of a track record, by hand and by slow oracles."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.history.history import history_of
from forecasting.models.pool import predict
from forecasting.outlook.question import Question
from forecasting.record.backtest import BacktestCase, backtest, years_to_judge
from forecasting.record.record import ComparedCase, record_of
from forecasting.record.reliability import BIN_EDGES, reliability, wilson_interval
from forecasting.record.scores import skill
from forecasting.record.simple_forecasts import historical_frequency, persistence_probability
from tests.builders import (
    ZONE,
    make_catalogue,
    make_figures,
    make_indicator,
    make_target,
    periods,
    steady_figures,
)
from tests.ui.outlooks import make_verdict

YEARS_OF_GROWTH = (
    (9.0, 9.0, 8.5, 8.0),  # falls by 1.0, 1.0 and 0.5 to the year's end
    (8.0, 7.0, 7.0, 7.2),  # falls by 0.8, rises by 0.2 and 0.2
    (6.0, 6.5, 6.8, 7.0),  # rises by 1.0, 0.5 and 0.2
)
"""Growth since January of 2021 to 2023; their ends exceed 7% twice of three times."""


def make_case(
    known: tuple[float, ...], *, probability: float = 0.5, met: bool | None = True, year: int = 2024
) -> BacktestCase:
    """Return a case of 2024 with the figures of that year known so far."""
    values = [value for row in YEARS_OF_GROWTH for value in row] + list(known)
    labels = periods("2021Q1", str(Quarter(2021, 1) + (len(values) - 1)))
    figures = make_figures(dict(zip(labels, values, strict=True)))
    history = history_of(make_indicator("output"), figures)
    assert history is not None
    verdict = replace(make_verdict(probability), target=make_target(), history=history)
    return BacktestCase(year, len(known), verdict, None if met is None else 7.5, met)


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


def test_skill_is_the_gain_on_the_reference() -> None:
    assert skill(0.06, 0.08) == pytest.approx(0.25)
    assert skill(0.06, 0.044) == pytest.approx(-0.3636, abs=1e-4)
    assert skill(0.06, 0.0) is None


def test_wilsons_interval_by_hand() -> None:
    # With z2 = 3.8415, 8 of 10: (.8 + z2/20 -+ 1.96 sqrt(.016 + z2/400)) / (1 + z2/10)
    assert wilson_interval(8, 10) == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775328), abs=1e-6)
    assert wilson_interval(10, 10) == pytest.approx((0.7224672, 1.0), abs=1e-6)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_inverts_the_score_test(counts: tuple[int, int]) -> None:
    met, count = counts
    share = met / count

    def inside(p: float) -> bool:
        return abs(share - p) <= 1.959963984540054 * math.sqrt(p * (1 - p) / count)

    def edge(within: float, without: float) -> float:
        for _ in range(80):
            middle = (within + without) / 2
            within, without = (middle, without) if inside(middle) else (within, middle)
        return within

    lower, upper = wilson_interval(met, count)
    assert lower == pytest.approx(edge(share, 0.0) if met else 0.0, abs=1e-9)
    assert upper == pytest.approx(edge(share, 1.0) if met < count else 1.0, abs=1e-9)


def test_bins_by_hand() -> None:
    low, high = reliability([0.02, 0.04, 0.9, 1.0, 0.95], [False, True, True, True, False])

    assert (low.low, low.high, low.count, low.met) == (0.0, 0.1, 2, 1)
    assert (low.mean, low.observed) == (pytest.approx(0.03), 0.5)
    assert (high.low, high.high, high.count, high.met) == (0.9, 1.0, 3, 2)
    assert (high.lower, high.upper) == wilson_interval(2, 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_every_answer_is_in_exactly_the_bin_of_its_probability(
    pairs: list[tuple[float, bool]],
) -> None:
    bins = reliability([p for p, _ in pairs], [met for _, met in pairs])

    assert sum(bin.count for bin in bins) == len(pairs)
    assert sum(bin.met for bin in bins) == sum(met for _, met in pairs)
    for bin in bins:
        last = bin.high == BIN_EDGES[-1]
        held = [p for p, _ in pairs if bin.low <= p < bin.high or (last and p == 1.0)]
        assert bin.count == len(held)
        assert bin.mean == pytest.approx(sum(held) / len(held))
        assert bin.lower <= bin.observed + 1e-12
        assert bin.observed <= bin.upper + 1e-12


def test_scores_are_paired_case_by_case() -> None:
    said = [
        make_case((7.0, 7.5), probability=0.8),
        make_case((7.0, 7.5), probability=0.1, met=False),
    ]

    record = record_of(said)

    assert record.every is not None
    scores = record.every.scores
    assert scores.count == 2
    assert scores.issued == pytest.approx((0.04 + 0.01) / 2)
    assert scores.simple == pytest.approx(((1 / 3) ** 2 + (2 / 3) ** 2) / 2)
    assert scores.frequency == pytest.approx((0.4**2 + 0.6**2) / 2)
    assert scores.on_simple == pytest.approx(1 - 0.025 / (5 / 18))


def test_a_case_without_an_outcome_is_shown_but_not_scored() -> None:
    record = record_of([make_case((7.0,), met=None)])

    assert [answer.case.met for answer in record.answers] == [None]
    assert (record.every, record.calm, record.shock) == (None, None, None)
    assert isinstance(record.answers[0], ComparedCase)


def test_under_twenty_answers_there_are_no_bins() -> None:
    nineteen = record_of([make_case((7.0, 7.5))] * 19)
    twenty = record_of([make_case((7.0, 7.5))] * 20)

    assert nineteen.every is not None
    assert twenty.every is not None
    assert nineteen.every.bins == ()
    assert [bin.count for bin in twenty.every.bins] == [20]


def test_shock_years_are_scored_apart() -> None:
    record = record_of([make_case((7.0,)), replace(make_case((7.0,)), year=2021)])

    assert record.calm is not None
    assert record.shock is not None
    assert [a.case.year for a in record.calm.answers] == [2024]
    assert [a.case.year for a in record.shock.answers] == [2021]


def test_years_run_from_the_first_with_twelve_figures_before_it_to_the_last_complete_one() -> None:
    catalogue = make_catalogue("output")

    assert years_to_judge("Z", catalogue, steady_figures("2018Q1", "2026Q2")) == tuple(
        range(2021, 2026)
    )
    assert years_to_judge("Z", catalogue, steady_figures("2018Q2", "2025Q4"))[0] == 2022
    assert years_to_judge("Z", catalogue, steady_figures("2000Q1", "2026Q2")) == tuple(
        range(2014, 2026)
    )
    assert years_to_judge("Z", catalogue, steady_figures("2024Q1", "2026Q2")) == ()
    assert years_to_judge("X", catalogue, steady_figures("2000Q1", "2026Q2")) == ()


def test_a_backtest_asks_the_engine_it_is_given() -> None:
    asked: list[int] = []

    def counting(batch, horizon):
        asked.append(horizon)
        return predict(batch, horizon)

    cases = list(
        backtest(
            Question(ZONE, 2020),
            [2020],
            Inputs(make_catalogue("output"), [make_target()], steady_figures("2018Q1", "2020Q4")),
            counting,
        )
    )

    assert asked == [4]  # one batch a year, as far ahead as its first origin needs
    assert [case.origin_quarter for case in cases] == [0, 1, 2, 3]
