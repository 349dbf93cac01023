import numpy as np
import pytest

from benchmarks.references import is_seasonal, naive2, seasonal_indices, seasonal_naive

SEASON = np.array([0.8, 1.1, 1.3, 0.8])


def test_seasonal_naive_repeats_the_last_year_and_widens_once_a_year() -> None:
    history = np.array([1.0, 2, 3, 4, 2, 4, 4, 4])

    rows = seasonal_naive(history, 8)

    assert rows[:, 0].tolist() == [2, 4, 4, 4, 2, 4, 4, 4]
    error = np.sqrt((1 + 4 + 1 + 0) / 4)
    widths = rows[:, 4] - rows[:, 3]
    assert widths[:4] == pytest.approx(2 * 1.959964 * error)
    assert widths[4:] == pytest.approx(2 * 1.959964 * error * np.sqrt(2))


def test_naive2_continues_a_constant_level_times_its_season() -> None:
    history = 10 * np.tile(SEASON, 6)[:-1]

    rows = naive2(history, 8)

    expected = 10 * np.tile(SEASON, 3)[3:11]
    assert rows[:, 0] == pytest.approx(expected)
    assert rows[:, 4] - rows[:, 3] == pytest.approx(0, abs=1e-9)


def test_naive2_without_a_season_is_the_last_value_and_a_random_walk() -> None:
    history = np.cumsum([5.0, 1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, -1])

    rows = naive2(history, 4)

    assert not is_seasonal(history)
    assert rows[:, 0].tolist() == [history[-1]] * 4
    assert rows[:, 2] - rows[:, 0] == pytest.approx(1.281552 * np.sqrt([1, 2, 3, 4]))


def test_seasonal_indices_ignore_a_straight_line_and_average_one() -> None:
    line = np.arange(100.0, 140.0)

    assert seasonal_indices(line * np.tile(SEASON, 10)) == pytest.approx(SEASON, abs=0.01)
    assert seasonal_indices(line).mean() == pytest.approx(1)


def test_under_three_years_no_season_is_looked_for() -> None:
    history = np.tile([1.0, 1, 1, 2], 3)

    assert is_seasonal(history)
    assert not is_seasonal(history[1:])
