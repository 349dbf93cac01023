from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arima.differencing import (
    differenced,
    first_differences,
    seasonal_differences,
    seasonal_strength,
)
from forecasting.arima.fit import Order, fit, levels_model
from forecasting.arima.forecast import ROUNDING, member_of, project
from forecasting.arima.outliers import clean, regressors_of
from forecasting.arima.search import search
from forecasting.arima.series import LogLevels
from forecasting.engine import FEWEST_FIGURES, predict
from forecasting.period import Quarter
from forecasting.predictive import Array, OutlierKind

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


def series(values: Array, *, chained: bool = True) -> LogLevels:
    return replace(LogLevels.of_levels(START, values), chained=chained)


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

    once = differenced(values, 1, 1)

    assert once[0] == (values[5] - values[1]) - (values[4] - values[0])
    assert len(once) == 5


def test_the_same_likelihood_is_had_with_and_without_differencing_first() -> None:
    values = growing(40)
    fitted = fit(values, Order(0, 1, 1, 0, 1, 1), np.empty((44, 0)))
    assert fitted is not None
    exact = SARIMAX(
        values,
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, 4),
        concentrate_scale=True,
        use_exact_diffuse=True,
    )

    result = exact.smooth(fitted.parameters)

    assert result.scale == pytest.approx(fitted.variance, rel=1e-8)


@pytest.mark.parametrize("gap", [False, True])
@pytest.mark.parametrize("order", [Order(1, 0, 1, 0, 1, 0), Order(0, 1, 1, 0, 1, 1)])
def test_forecast_mean_and_spread_agree_with_statsmodels(order: Order, gap: bool) -> None:
    values = growing(40)
    if gap:
        values[20] = np.nan
    shift = regressors_of(clean(series(values + 0.2 * (np.arange(44) >= 25)), 1).found, 44)
    values = values + 0.2 * (np.arange(44) >= 25)
    fitted = fit(values, order, shift)
    assert fitted is not None
    assert shift.shape[1] >= 1
    result = SARIMAX(
        values,
        exog=shift,
        order=order.regular,
        seasonal_order=(*order.seasonal, 4),
        trend=order.trend,
        concentrate_scale=True,
        use_exact_diffuse=True,
    ).smooth(fitted.parameters)
    future = np.repeat(shift[-1:], 4, axis=0)

    mean, covariance, _ = project(levels_model(fitted), fitted.parameters, 4)

    expected = result.get_forecast(4, exog=future)
    assert mean == pytest.approx(expected.predicted_mean, abs=1e-9)
    assert np.diag(covariance) * fitted.variance == pytest.approx(expected.var_pred_mean, rel=1e-6)


def test_the_joint_covariance_is_that_of_accumulated_shocks() -> None:
    fitted = fit(growing(40), Order(0, 1, 1, 0, 1, 0), np.empty((44, 0)))
    assert fitted is not None

    member = member_of(series(growing(40)), fitted, (), 4)

    # Growth is a random walk seen through a moving average: shocks add up with 1 + theta.
    theta = fitted.parameters[0]
    response = np.array([1.0, 1 + theta, 1 + theta, 1 + theta])
    factor = np.array([[response[i - j] if i >= j else 0.0 for j in range(4)] for i in range(4)])
    variance = fitted.variance * fitted.observations / (fitted.observations - 1)
    assert member.covariance == pytest.approx(variance * factor @ factor.T, rel=0.2)
    assert (np.diag(member.covariance) >= variance * np.diag(factor @ factor.T)).all()


def test_a_single_shock_is_found_where_it_happened_and_with_its_size() -> None:
    values = growing(48)
    values[30] -= 0.15

    chosen = search(series(values))

    assert chosen is not None
    member = member_of(series(values), *chosen, 4)
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
    assert sum(len(clean(series(growing(48, seed)), 1).found) for seed in range(10)) == 0


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
    short = predict([series(growing(FEWEST_FIGURES - 1))], 4)[0]
    long = predict([series(growing(FEWEST_FIGURES))], 4)[0]

    assert [member.report.method for member in short.members] == ["naive"]
    assert [member.report.method for member in long.members] == ["sarima"]


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

    assert member.members[0].covariance[0, 0] >= ROUNDING**2


@settings(max_examples=25)
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
