import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.record import scores

numbers = st.floats(-1e3, 1e3)
samples = st.lists(numbers, min_size=1, max_size=12)


@given(samples=samples, outcome=numbers)
def test_crps_equals_its_definition_over_all_pairs(samples: list[float], outcome: float) -> None:
    n = len(samples)
    distance = sum(abs(x - outcome) for x in samples) / n
    spread = sum(abs(x - y) for x in samples for y in samples) / (2 * n * n)

    assert scores.crps(samples, outcome) == pytest.approx(distance - spread, abs=1e-8)


def test_crps_of_a_large_normal_sample_approaches_the_closed_form() -> None:
    normal = NormalDist()
    sample = [normal.inv_cdf((i + 0.5) / 20_000) for i in range(20_000)]
    y = 0.7

    closed = y * (2 * normal.cdf(y) - 1) + 2 * normal.pdf(y) - 1 / math.sqrt(math.pi)

    assert scores.crps(sample, y) == pytest.approx(closed, abs=1e-3)


@given(centre=numbers, outcome=numbers)
def test_a_forecast_without_spread_scores_its_absolute_error(centre: float, outcome: float) -> None:
    quantiles = [[centre] * 3]

    wis = scores.weighted_interval_score(quantiles, [0.1, 0.5, 0.9], [outcome])

    assert wis == pytest.approx([abs(outcome - centre)], abs=1e-9)
    assert scores.crps([centre] * 5, outcome) == pytest.approx(abs(outcome - centre), abs=1e-9)


@given(
    quantiles=st.lists(numbers, min_size=3, max_size=3).map(sorted),
    outcome=numbers,
)
def test_the_weighted_interval_score_is_the_mean_of_weighted_interval_scores(
    quantiles: list[float], outcome: float
) -> None:
    low, middle, high = quantiles
    alpha = 0.2
    interval = high - low + 2 / alpha * (max(low - outcome, 0) + max(outcome - high, 0))
    by_hand = (abs(outcome - middle) + alpha * interval) / 3

    wis = scores.weighted_interval_score([quantiles], [0.1, 0.5, 0.9], [outcome])

    assert wis == pytest.approx([by_hand], abs=1e-8)


@given(truth=st.floats(0.01, 0.99), said=st.floats(0.01, 0.99))
def test_saying_the_true_probability_scores_best_on_average(truth: float, said: float) -> None:
    for score in (scores.brier_score, scores.log_score):

        def expected(probability: float, score=score) -> float:
            hit, miss = score([probability, probability], [1, 0])
            return truth * float(hit) + (1 - truth) * float(miss)

        assert expected(truth) <= expected(said) + 1e-12


def test_brier_and_log_scores_by_hand() -> None:
    assert scores.brier_score([0.8, 0.8], [1, 0]) == pytest.approx([0.04, 0.64])
    assert scores.log_score([0.8, 0.8], [1, 0]) == pytest.approx([-math.log(0.8), -math.log(0.2)])


def test_certainty_that_was_wrong_scores_infinity_unless_it_is_clipped() -> None:
    assert scores.log_score([1.0], [0])[0] == math.inf
    assert scores.log_score([1.0], [0], clip=0.01) == pytest.approx([-math.log(0.01)])


def test_an_interval_that_misses_pays_for_the_distance() -> None:
    score = scores.interval_score([0.0, 0.0, 0.0], [10.0, 10.0, 10.0], [5.0, 12.0, -1.0], 0.8)

    assert score == pytest.approx([10.0, 10 + 10 * 2, 10 + 10 * 1])


def test_coverage_counts_the_ends_as_inside() -> None:
    assert scores.coverage([0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 2, -1]) == 0.5


def test_scaled_errors_by_hand() -> None:
    history = [1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 5.0, 6.0]  # every quarter gains 2 in a year

    assert scores.seasonal_scale(history) == 2.0
    assert scores.mase([5.0, 7.0], [6.0, 4.0], history) == 1.0
    assert scores.msis([0.0], [4.0], [6.0], history, 0.5) == (4 + 4 * 2) / 2
    assert scores.smape([100.0, 50.0], [50.0, 50.0]) == pytest.approx((200 * 50 / 150 + 0) / 2)


def test_the_reference_forecast_has_an_overall_average_of_one() -> None:
    assert scores.owa(12.0, 1.5, 12.0, 1.5) == 1.0
    assert scores.owa(9.0, 1.5, 12.0, 1.5) == pytest.approx(0.875)


@given(st.lists(numbers, min_size=5, max_size=30))
def test_the_scale_equals_the_slow_loop(history: list[float]) -> None:
    errors = [abs(history[i] - history[i - 4]) for i in range(4, len(history))]

    assert scores.seasonal_scale(history) == pytest.approx(np.mean(errors), abs=1e-9)
