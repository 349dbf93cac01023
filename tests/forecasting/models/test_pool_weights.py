from dataclasses import replace

import numpy as np
import pytest

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import Memory, predict
from forecasting.models.pool_weights import (
    deviation,
    earlier_years,
    earned_weights,
    prior_weights,
    rest_of_year,
    rest_of_year_errors,
    shares_of,
)
from forecasting.models.predictive import Predictive

FIRST = Quarter(2004, 1)
POOL = ["sarima", "ets", "theta", "learned"]
PRIOR = np.array([1, 1, 1, 3]) / 6
NOTHING_LEARNED = ["sarima", "ets", "theta", "persistence"]


def grown(growth: Array, first: Quarter = FIRST) -> LogLevels:
    """Levels chained from log growth on a base year that has a season."""
    levels = [0.0, 0.1, 0.2, 0.3]
    for row, rate in enumerate(growth):
        levels.append(levels[row] + rate)
    values = np.array(levels)
    return LogLevels(first, values, values, growth)


def drifting(rows: int, seed: int = 4) -> Array:
    rng = np.random.default_rng(seed)
    return 0.08 + np.cumsum(rng.normal(0, 0.004, rows)) + rng.normal(0, 0.004, rows)


def weights_of(predictive: Predictive) -> Array:
    return np.array([member.weight for member in predictive.members])


def test_the_learned_member_has_half_of_the_prior_and_all_others_share_the_rest() -> None:
    assert prior_weights(POOL, 3) == pytest.approx(PRIOR)
    assert prior_weights(["sarima", "learned"], 3) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("methods", [["sarima"], ["learned"], ["persistence"], ["sarima", "ets"]])
def test_without_it_or_with_nothing_else_the_prior_is_equal(methods: list[str]) -> None:
    assert prior_weights(methods, 3) == pytest.approx([1 / len(methods)] * len(methods))


def test_persistence_has_the_more_of_the_prior_the_fewer_yearly_changes_are_known() -> None:
    methods = ["sarima", "ets", "theta", "persistence", "learned"]

    assert prior_weights(methods, 0) == pytest.approx([0.15 / 1.75] * 3 + [0.4, 0.6 / 1.75])
    # After four the way to its equal share of an eighth is half gone, after eight eight ninths.
    assert prior_weights(methods, 4)[3] == pytest.approx((0.4 + 0.125) / 2)
    assert prior_weights(methods, 8)[3] == pytest.approx((0.4 + 8 * 0.125) / 9)
    assert prior_weights(methods, 10**6) == pytest.approx([0.125] * 4 + [0.5], abs=1e-5)
    for changes in range(30):
        prior = prior_weights(methods, changes)
        assert prior.sum() == pytest.approx(1)
        assert prior[4] / prior[0] == pytest.approx(4)


def test_persistence_gives_nothing_up_where_it_has_more() -> None:
    assert prior_weights(["sarima", "persistence"], 0) == pytest.approx([0.5, 0.5])


def test_a_weight_is_the_mean_of_the_prior_and_of_the_prior_over_the_mean_squared_error() -> None:
    errors = np.array([[0.01, 0.02], [-0.01, 0.02]])  # mean squared errors 1 and 4, in 1e-4

    # Prior 1:1 over 1:4 is earned 4/5:1/5; prior 1:3 over 1:4 is 1/(7/4) = 4/7.
    assert earned_weights(np.array([0.5, 0.5]), errors) == pytest.approx([0.65, 0.35])
    assert earned_weights(np.array([0.25, 0.75]), errors) == pytest.approx(
        [(1 / 4 + 4 / 7) / 2, (3 / 4 + 3 / 7) / 2]
    )


def test_an_error_counts_for_no_more_than_three_times_the_median_size() -> None:
    calm = np.array([[1.0, 2.0], [-1.0, 2.0], [1.0, -2.0]])
    shocked = calm.copy()
    shocked[2, 0] = 1000.0
    # The sizes 1, 1, 1000, 2, 2, 2 have the median 2, so 1000 counts as 6: (1 + 1 + 36) / 3.
    earned = (3 / 38) / (3 / 38 + 1 / 4)

    assert earned_weights(np.array([0.5, 0.5]), shocked)[0] == pytest.approx((0.5 + earned) / 2)


def test_one_year_earns_nothing_and_two_do() -> None:
    errors = np.array([[0.01, 0.05], [0.01, 0.05]])

    assert earned_weights(PRIOR[2:] * 1.5, errors[:1]).tolist() == (PRIOR[2:] * 1.5).tolist()
    assert earned_weights(np.array([0.5, 0.5]), errors)[0] > 0.7


def test_a_year_in_which_one_member_said_nothing_counts_for_none() -> None:
    known = np.array([[0.01, 0.02], [-0.01, 0.02]])
    holed = np.array([[np.nan, 9.0], *known, [9.0, np.nan], [np.nan, np.nan]])

    assert earned_weights(np.array([0.5, 0.5]), holed).tolist() == pytest.approx([0.65, 0.35])
    assert earned_weights(np.array([0.5, 0.5]), holed[2:]).tolist() == [0.5, 0.5]


def test_a_member_that_was_perfect_takes_nearly_all_that_is_earned_and_no_more() -> None:
    errors = np.array([[0.0, 0.01, 0.02], [0.0, -0.01, 0.02]])
    prior = np.full(3, 1 / 3)

    weights = earned_weights(prior, errors)

    assert weights.sum() == pytest.approx(1)
    assert weights[0] == pytest.approx((1 / 3 + 1) / 2, abs=1e-5)
    assert weights[1:] == pytest.approx([1 / 6, 1 / 6], abs=1e-5)


def test_members_that_were_all_perfect_keep_the_prior() -> None:
    assert earned_weights(PRIOR, np.zeros((5, 4))).tolist() == PRIOR.tolist()


def test_weights_sum_to_one_whatever_the_errors() -> None:
    rng = np.random.default_rng(0)
    for scale in (1e-12, 1e-3, 1e3):
        errors = scale * rng.standard_t(2, (5, 4))
        weights = earned_weights(PRIOR, errors)

        assert weights.sum() == pytest.approx(1)
        assert (weights >= PRIOR / 2).all()


def test_the_deviation_of_a_mixture_counts_what_its_members_disagree() -> None:
    weights, means = np.array([0.25, 0.75]), np.array([0.04, 0.08])

    alone = deviation(weights, np.full(2, 0.05), np.full(2, 0.01))

    assert alone == pytest.approx(0.01 * np.sqrt(1.3))
    assert deviation(weights, means, np.full(2, 0.01)) == pytest.approx(
        np.sqrt(alone**2 + 0.25 * 0.03**2 + 0.75 * 0.01**2)
    )


def test_earlier_years_are_the_series_as_they_stood_at_the_same_quarter() -> None:
    growth = drifting(42)
    growth[11] = np.nan
    changed = replace(
        grown(np.nan_to_num(growth)), growth=growth, breaks=(FIRST + 24, FIRST + 38, FIRST + 41)
    )

    earlier = earlier_years(changed)

    assert [series.origin for series in earlier] == [FIRST + (45 - 4 * k) for k in range(1, 6)]
    for back, series in enumerate(earlier, start=1):
        rows = 46 - 4 * back
        built = LogLevels(
            FIRST,
            changed.values[:rows].copy(),
            changed.filled[:rows].copy(),
            growth[: rows - 4].copy(),
            tuple(quarter for quarter in changed.breaks if quarter <= series.origin),
        )
        assert series.content() == built.content()
    assert [len(series.breaks) for series in earlier] == [3, 1, 1, 1, 1]


def test_a_year_of_which_no_growth_is_known_is_no_earlier_year() -> None:
    assert [len(series.values) for series in earlier_years(grown(drifting(9)))] == [9, 5]
    assert [len(series.values) for series in earlier_years(grown(drifting(8)))] == [8]


def test_the_rest_of_a_year_is_weighed_by_the_levels_of_the_year_before() -> None:
    second = grown(np.full(6, 0.08))  # origin in the second quarter, third and fourth to come

    # Levels of a year before: base year's 0.2 and 0.3 plus one year's growth, which cancels.
    assert rest_of_year(second) == pytest.approx(np.exp([0.2, 0.3]) / np.exp([0.2, 0.3]).sum())


def test_after_a_fourth_quarter_the_whole_next_year_is_the_rest() -> None:
    levels = np.exp([0.0, 0.1, 0.2, 0.3])

    assert rest_of_year(grown(np.full(8, 0.08))) == pytest.approx(levels / levels.sum())


def test_shares_of_huge_and_tiny_levels_are_finite() -> None:
    assert shares_of(np.array([0.0, np.log(3.0)]) + 900) == pytest.approx([0.25, 0.75])
    assert shares_of(np.array([-2000.0, 0.0])).tolist() == [0.0, 1.0]


def test_the_error_of_the_rest_of_the_year_is_forecast_less_actual() -> None:
    growth = np.array([0.05] * 6 + [0.10, 0.20, 0.9, 0.9])
    later, earlier = grown(growth), grown(growth[:6])
    share = np.exp(0.2) / (np.exp(0.2) + np.exp(0.3))

    errors = rest_of_year_errors(later, earlier, [np.full(8, 0.05), np.arange(8.0)])

    assert errors == pytest.approx(
        [-share * 0.05 - (1 - share) * 0.15, -share * 0.10 + (1 - share) * 0.80]
    )


def test_a_year_that_is_not_complete_has_no_error() -> None:
    growth = np.array([0.05] * 6 + [0.10, np.nan, 0.1, 0.1])
    later = replace(grown(np.nan_to_num(growth)), growth=growth)

    assert np.isnan(rest_of_year_errors(later, later.until(10), [np.zeros(8)])).all()


def test_what_was_said_in_earlier_years_does_not_see_later_figures() -> None:
    growth = drifting(44)
    altered = growth.copy()
    altered[-8:] *= -3  # the last two years
    first: Memory = {}
    second: Memory = {}

    predict([grown(growth)], 4, first)
    predict([grown(altered)], 4, second)

    shared = [key for key in first if key in second]
    asked = [series.content() for series in earlier_years(grown(growth))]
    assert [any(key.endswith(content) for key in shared) for content in asked] == [
        False,  # its last year is one of those altered
        *[True] * 4,
    ]
    for key in shared:
        for one, other in zip(first[key], second[key], strict=True):
            assert one.report.method == other.report.method
            assert one.mean.tolist() == other.mean.tolist()
            assert one.covariance.tolist() == other.covariance.tolist()


def test_what_models_say_of_an_earlier_year_is_what_they_say_of_a_series_that_ends_there() -> None:
    series = grown(drifting(44))
    memory: Memory = {}
    predict([series], 4, memory)
    for earlier in earlier_years(series):
        alone: Memory = {}
        predict([grown(drifting(44)[: len(earlier.modelled)])], 4, alone)
        (key,) = [key for key in alone if key.endswith(earlier.content())]

        for one, other in zip(memory[key], alone[key], strict=True):
            assert one.mean == pytest.approx(other.mean, rel=1e-9)


def test_a_series_has_the_weights_that_its_members_earned() -> None:
    """The engine's weights, from nothing but what the models say of series cut by hand."""
    series = grown(drifting(46))
    errors = []
    for back in range(1, 6):
        rows = 46 - 4 * back
        cut: Memory = {}
        predict([grown(series.modelled[:rows])], 8, cut)
        made = next(v for k, v in cut.items() if k.endswith(series.until(rows + 4).content()))
        share = np.exp(series.values[rows : rows + 2])  # the third and fourth quarter a year ago
        share /= share.sum()
        actual = share @ series.modelled[rows : rows + 2]
        errors.append([share @ forecast.mean[:2] - actual for forecast in made])
    size = np.abs(errors)
    squared = (np.minimum(size, 3 * np.median(size)) ** 2).mean(axis=0)
    prior = prior_weights(NOTHING_LEARNED, 10)  # eleven years of growth to the last December
    earned = prior / squared / (prior / squared).sum()

    (predictive,) = predict([series], 4)

    assert weights_of(predictive) == pytest.approx((prior + earned) / 2)
    assert np.ptp(weights_of(predictive) / prior) > 0.05


def test_a_series_whose_earlier_years_are_too_short_for_models_keeps_the_prior() -> None:
    (predictive,) = predict([grown(drifting(19))], 4)  # only 15 and 11 figures a year before

    assert weights_of(predictive).tolist() == prior_weights(NOTHING_LEARNED, 3).tolist()


def test_series_known_as_levels_are_pooled_with_equal_weights() -> None:
    (predictive,) = predict([LogLevels.of_levels(FIRST, np.cumsum(drifting(48) / 4))], 4)

    assert weights_of(predictive) == pytest.approx([1 / 3] * 3)
