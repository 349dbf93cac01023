from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.history.log_levels import FEWEST_FOR_MODELS, LogLevels
from forecasting.models.arima.differencing import (
    difference,
    first_differences,
    seasonal_differences,
    seasonal_strength,
)
from forecasting.models.arima.outliers import MOST_OUTLIERS_PER_FIGURE, OutlierAt, clean
from forecasting.models.naive import naive_member
from forecasting.models.pool import predict
from forecasting.models.predictive import ROUNDING_OF_GROWTH, OutlierKind
from forecasting.outlook.judge import judge
from forecasting.outlook.question import Question

START = Quarter(2010, 1)
SEASON = np.array([0.0, 0.1, 0.15, 0.3])


def growing(rows: int, seed: int = 1, noise: float = 0.004) -> Array:
    """Log levels with a season and a slowly drifting year-on-year growth."""
    rng = np.random.default_rng(seed)
    growth = 0.08 + np.cumsum(rng.normal(0, noise, rows))
    levels = list(SEASON)
    for row in range(rows):
        levels.append(levels[row] + growth[row])
    return np.array(levels)


def wandering(rows: int, seed: int = 1) -> tuple[Array, Array]:
    """Log levels whose year-on-year growth is white noise about a mean, and that growth."""
    growth = 0.08 + np.random.default_rng(seed).normal(0, 0.01, rows)
    levels = list(np.zeros(4))
    for row in range(rows):
        levels.append(levels[row] + growth[row])
    return np.array(levels), growth


def series(values: Array, *, chained: bool = True) -> LogLevels:
    plain = LogLevels.of_levels(START, values)
    return replace(plain, growth=values[4:] - values[:-4]) if chained else plain


def found_in(entry: LogLevels) -> tuple[OutlierAt, ...]:
    return clean([entry], [0 if entry.chained else 1])[0].outliers


def test_a_strong_season_is_differenced_and_a_weak_one_is_not() -> None:
    rng = np.random.default_rng(0)
    flat = np.cumsum(rng.normal(0.02, 0.05, 48))

    assert seasonal_differences(flat + np.tile(SEASON, 12)) == 1
    assert seasonal_differences(flat) == 0
    assert 0 <= seasonal_strength(flat) < seasonal_strength(flat + np.tile(SEASON, 12)) <= 1


def test_a_random_walk_is_differenced_and_white_noise_is_not() -> None:
    noise = np.random.default_rng(3).normal(size=60)

    assert first_differences(np.cumsum(noise)) == 1
    assert first_differences(noise) == 0


def test_a_constant_series_is_never_differenced() -> None:
    assert first_differences(np.full(30, 2.0)) == 0
    assert seasonal_differences(np.full(30, 2.0)) == 0


def test_differencing_both_ways_subtracts_the_quarter_before_and_the_year_before() -> None:
    values = np.arange(10.0) ** 2

    once = difference(values, 1, 1)

    assert once[0] == (values[5] - values[1]) - (values[4] - values[0])
    assert len(once) == 5


def test_a_single_shock_is_found_where_it_happened_and_with_its_size() -> None:
    values = growing(48)
    values[30] -= 0.15

    member = predict([series(values)], 4)[0].model

    assert [(o.quarter, o.kind) for o in member.report.outliers] == [
        (START + 30, OutlierKind.ADDITIVE)
    ]
    assert member.report.outliers[0].size == pytest.approx(-14.0, abs=2.0)


def test_a_lasting_step_is_found_as_a_level_shift_that_forecasts_keep() -> None:
    calm, shifted = growing(48), growing(48)
    shifted[30:] += 0.3

    member = predict([series(shifted)], 4)[0].members[0]
    reference = predict([series(calm)], 4)[0].members[0]

    assert [(o.quarter, o.kind) for o in member.report.outliers] == [
        (START + 30, OutlierKind.LEVEL_SHIFT)
    ]
    assert member.mean == pytest.approx(reference.mean + 0.3, abs=0.02)


def test_a_shock_in_a_past_year_does_not_widen_the_forecast_of_a_calm_one() -> None:
    shocked = growing(48)
    shocked[24:26] -= 0.2

    calm_width = predict([series(growing(48))], 4)[0].members[0].covariance[3, 3] ** 0.5
    width = predict([series(shocked)], 4)[0].members[0].covariance[3, 3] ** 0.5

    assert width < 1.5 * calm_width


def test_a_calm_series_has_no_outliers() -> None:
    assert sum(len(found_in(series(growing(48, seed)))) for seed in range(10)) == 0


def test_outliers_are_found_from_the_data_up_to_the_origin_alone() -> None:
    values = growing(48)
    values[20] += 0.2
    longer = np.concatenate([values, growing(48, 9)[:8] + 5.0])

    alone = predict([series(values)], 4)[0].members[0]
    among_others = predict([series(longer), series(values)], 4)[1].members[0]

    assert alone.mean.tolist() == among_others.mean.tolist()
    assert alone.report == among_others.report


def test_a_series_is_forecast_the_same_twice() -> None:
    first, second = (predict([series(growing(40))], 4)[0].members[0] for _ in range(2))

    assert first.mean.tolist() == second.mean.tolist()
    assert first.covariance.tolist() == second.covariance.tolist()


def test_residuals_are_standardised_and_dated() -> None:
    report = predict([series(growing(80))], 4)[0].members[0].report

    assert report.residuals[-1][0] == START + 83
    assert np.std([value for _, value in report.residuals]) == pytest.approx(1, abs=0.15)


def test_under_twelve_figures_the_naive_member_speaks_alone() -> None:
    short = predict([series(growing(FEWEST_FOR_MODELS - 1))], 4)[0]
    long = predict([series(growing(FEWEST_FOR_MODELS))], 4)[0]

    assert [member.report.method for member in short.members] == ["naive"]
    assert [member.report.method for member in long.members] == [
        "sarima",
        "ets",
        "theta",
        "persistence",
    ]


@pytest.mark.parametrize("rows", range(1, 12))
def test_the_naive_member_repeats_the_mean_growth_of_the_year_so_far(rows: int) -> None:
    values = np.array([*SEASON, *([0.0] * rows)])
    for row in range(4, 4 + rows):
        values[row] = values[row - 4] + (0.05 if row < 8 else 0.09)

    member = predict([series(values)], 4)[0].members[0]

    rate = 0.05 if rows <= 4 else 0.09
    assert member.mean == pytest.approx(values[-4:] + rate)
    assert (np.linalg.eigvalsh(member.covariance) > 0).all()


def test_a_constant_series_keeps_the_spread_of_rounding() -> None:
    member = predict([series(np.tile(SEASON, 10) + 0.08 * np.repeat(np.arange(10), 4))], 4)[0]

    assert member.members[0].covariance[0, 0] >= ROUNDING_OF_GROWTH**2


@settings(max_examples=25)
@example(rows=20, seed=3, noise=0.0, spikes=0, gaps=8, scale=1e-6, chained=False)
@example(rows=40, seed=0, noise=0.0, spikes=0, gaps=0, scale=1.0, chained=True)
@given(
    rows=st.integers(1, 60),
    seed=st.integers(0, 10_000),
    noise=st.sampled_from([0.0, 0.004, 0.3]),
    spikes=st.integers(0, 4),
    gaps=st.integers(0, 10),
    scale=st.sampled_from([1e-6, 1.0, 1e12]),
    chained=st.booleans(),
)
def test_any_series_has_a_finite_forecast_without_a_warning(
    rows: int, seed: int, noise: float, spikes: int, gaps: int, scale: float, chained: bool
) -> None:
    rng = np.random.default_rng(seed)
    values = growing(rows, seed, noise) + np.log(scale)
    values[rng.integers(0, len(values), spikes)] += rng.normal(0, 3, spikes)
    values[rng.integers(4, len(values), gaps)] = np.nan
    values[-1] = values[3] + 0.1

    member = predict([series(values, chained=chained)], 4)[0].members[0]

    assert np.isfinite(member.mean).all()
    assert (np.diag(member.covariance) > 0).all()
    assert np.linalg.eigvalsh(member.covariance).min() > -1e-12


def test_a_chain_of_growth_is_seasonally_differenced_whatever_its_season() -> None:
    flat = np.cumsum(np.random.default_rng(0).normal(0.02, 0.05, 48))

    report = predict([series(flat, chained=True)], 1)[0].members[0].report

    assert report.seasonal_order is not None
    assert report.seasonal_order[1] == 1


def test_the_last_quarter_is_never_an_outlier() -> None:
    values = growing(48)
    values[-1] += 0.3

    assert all(outlier.row < 51 for outlier in found_in(series(values)))


def test_at_most_one_quarter_in_ten_is_an_outlier() -> None:
    values = growing(48)
    values[6:46:3] += 0.5 * np.random.default_rng(3).choice([-1, 1], 14)

    assert len(found_in(series(values))) <= MOST_OUTLIERS_PER_FIGURE * 52 + 1


@pytest.mark.parametrize("change", [START + -8, START + 60])
def test_a_change_recorded_outside_a_series_leaves_its_outliers_as_they_are(
    change: Quarter,
) -> None:
    values = growing(48)
    values[6:46:8] += np.linspace(0.2, 0.6, 5)
    few = growing(14, noise=0.001)
    few[12] += 0.5

    for entry in (series(values[:32]), replace(series(values), outliers=False), series(few)):
        assert found_in(replace(entry, breaks=(change,))) == found_in(entry)


def test_nothing_is_an_outlier_against_errors_of_rounding() -> None:
    values = growing(48, noise=1e-5)
    values[30] += 1e-3

    assert found_in(series(values)) == ()


def test_the_nations_growth_has_one_outlier(seeds: Seeds) -> None:
    outlook = judge(Question(seeds.areas[0], 2026), seeds.inputs)

    model = outlook.verdicts[0].model
    assert model is not None
    assert [str(outlier.quarter) for outlier in model.outliers] == ["2020Q1"]


def test_naive_residuals_are_dated_and_signed() -> None:
    values = np.array([0.0] * 4 + [0.05, 0.05, 0.25])  # the third quarter surprises upwards

    report = naive_member(series(values), 2).report

    assert [quarter for quarter, _ in report.residuals] == [START + 5, START + 6]
    assert report.residuals[0][1] == pytest.approx(0, abs=1e-12)
    assert report.residuals[1][1] > 1


def test_the_naive_spread_is_that_of_a_local_level_seen_through_equal_noise() -> None:
    member = naive_member(series(np.array([0.0] * 4 + [0.05])), 3)

    assert member.covariance == pytest.approx(
        0.01 * np.array([[1.0, 0.5, 0.5], [0.5, 1.5, 1.0], [0.5, 1.0, 2.0]])
    )
    assert member.degrees_of_freedom == 2


def test_one_wild_error_does_not_set_the_naive_scale() -> None:
    values = np.array([0.0] * 4 + [0.05, 0.06, 0.05, 0.06, 0.11, 5.0, 0.11, 0.12])

    assert naive_member(series(values), 1).covariance[0, 0] < 1


def test_a_tenth_of_the_quarters_at_most_are_outliers() -> None:
    values = growing(48)
    values[6:46:8] += 0.5 * np.random.default_rng(3).choice([-1, 1], 5)

    assert 0 < len(found_in(series(values))) <= 6


def test_a_shock_in_the_last_quarter_makes_no_outlier_of_those_before() -> None:
    for seed in range(8):
        values = growing(48, seed)
        values[-1] += 0.1
        assert found_in(series(values)) == ()
