import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import scores


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


@given(st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=30))
def test_the_scale_equals_the_slow_loop(history: list[float]) -> None:
    errors = [abs(history[i] - history[i - 4]) for i in range(4, len(history))]

    assert scores.seasonal_scale(history) == pytest.approx(np.mean(errors), abs=1e-9)
