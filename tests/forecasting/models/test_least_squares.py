import numpy as np
import pytest

from forecasting.arrays import Array, Indices
from forecasting.models.least_squares import best_start, sum_rows


def one_after_the_other(rows: Array) -> Array:
    return np.asarray(np.add.accumulate(rows, axis=0)[-1])


@pytest.mark.parametrize("shape", [(1, 3), (39, 1), (39, 2), (300, 7), (41, 1000), (300, 1, 1)])
def test_rows_are_added_one_after_the_other(shape: tuple[int, ...]) -> None:
    rows = np.random.default_rng(5).normal(size=shape)
    np.testing.assert_array_equal(sum_rows(rows), one_after_the_other(rows))


@pytest.mark.parametrize("count", [1, 2, 50])
def test_rows_that_lie_across_the_memory_are_added_in_the_same_order(count: int) -> None:
    rows = np.random.default_rng(6).normal(size=(count, 300)).T
    np.testing.assert_array_equal(sum_rows(rows), one_after_the_other(rows))


def test_rows_of_zeros_at_the_end_change_no_digit_of_a_sum() -> None:
    rows = np.random.default_rng(7).normal(size=(300, 4))
    longer = np.concatenate([rows, np.zeros((57, 4))])
    np.testing.assert_array_equal(sum_rows(longer), sum_rows(rows))


def test_the_best_start_has_the_least_squares_and_none_is_tried_twice() -> None:
    grid = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    free = np.array([[True, True], [True, False]])  # the second problem has one parameter
    aims = np.array([[0.8, 0.9], [0.7, -1.0]])
    tried: list[int] = []

    def residuals(which: Indices, parameters: Array) -> Array:
        tried.extend(which.tolist())
        return parameters - aims[:, which]

    start = best_start(residuals, grid, free)

    assert start.T.tolist() == [[1.0, 1.0], [1.0, -1.0]]
    assert [tried.count(problem) for problem in (0, 1)] == [4, 2]
