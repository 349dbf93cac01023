import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scores import log_score
from forecasting.record.scores import brier_score, skill


@given(truth=st.floats(0.01, 0.99), said=st.floats(0.01, 0.99))
def test_saying_the_true_probability_scores_best_on_average(truth: float, said: float) -> None:
    for score in (brier_score, log_score):

        def expected(probability: float, score=score) -> float:
            hit, miss = score([probability, probability], [1, 0])
            return truth * float(hit) + (1 - truth) * float(miss)

        assert expected(truth) <= expected(said) + 1e-12


def test_brier_and_log_scores_by_hand() -> None:
    assert brier_score([0.8, 0.8], [1, 0]) == pytest.approx([0.04, 0.64])
    assert log_score([0.8, 0.8], [1, 0]) == pytest.approx([-math.log(0.8), -math.log(0.2)])


def test_certainty_that_was_wrong_scores_infinity_unless_it_is_clipped() -> None:
    assert log_score([1.0], [0])[0] == math.inf
    assert log_score([1.0], [0], clip=0.01) == pytest.approx([-math.log(0.01)])


def test_skill_is_the_gain_on_the_reference() -> None:
    assert skill(0.06, 0.08) == pytest.approx(0.25)
    assert skill(0.06, 0.044) == pytest.approx(-0.3636, abs=1e-4)
    assert skill(0.06, 0.0) is None
