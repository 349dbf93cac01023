"""A fitted pool is asked about other figures with everything that was estimated held."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import FEWEST_FOR_MODELS, LogLevels
from forecasting.models.arima.average import ArimaForecast, EstimatedCandidate, FixedArima
from forecasting.models.arima.outliers import Cleaned
from forecasting.models.fixed_parameters import forecast_with_fixed_parameters
from forecasting.models.pool import FittedPool, fit
from forecasting.models.predictive import Predictive
from tests.forecasting.models.arima_cases import ArimaCase, random_case
from tests.forecasting.models.test_pool import levels, of, ragged

HORIZON = 4
HAIR = 1e-11
FIRST = Quarter(2003, 1)


def cleaned_of(entry: FittedPool) -> Cleaned:
    arima = entry.forecasts[0]
    assert isinstance(arima, ArimaForecast)
    return arima.cleaned


def numbers(predictive: Predictive, rows: int = HORIZON) -> Array:
    """Weights, degrees of freedom and forecasts in units of their deviation."""
    parts = []
    for member in predictive.members:
        scale = np.sqrt(np.diag(member.covariance)).max()
        parts += [np.array([member.weight, member.degrees_of_freedom])]
        parts += [member.mean[:rows] / scale, np.diag(member.covariance)[:rows] / scale**2]
    return np.concatenate(parts)


def moved(series: LogLevels, by: float) -> LogLevels:
    """The same series with its last figure moved."""
    assert series.growth is not None
    values, filled, growth = (
        np.array([*part[:-1], part[-1] + by])
        for part in (series.values, series.filled, series.growth)
    )
    return replace(series, values=values, filled=filled, growth=growth)


def chained(count: int) -> list[LogLevels]:
    """Series of growth of all lengths, with outliers and holes, the last quarter known."""
    return [entry for entry in ragged(count) if entry.chained and np.isfinite(entry.values[-1])]


@pytest.fixture(scope="module")
def fitted() -> list[FittedPool]:
    return fit(chained(60), HORIZON)


def test_the_figures_that_were_fitted_give_the_very_forecast(fitted: list[FittedPool]) -> None:
    assert all(
        forecast_with_fixed_parameters(entry, entry.series, HORIZON) is entry.predictive
        for entry in fitted
    )


def test_figures_a_hair_away_give_a_forecast_a_hair_away(fitted: list[FittedPool]) -> None:
    """So every member, filtered again, is the member that was fitted."""
    methods = set()
    for entry in fitted:
        again = forecast_with_fixed_parameters(entry, moved(entry.series, HAIR), HORIZON)

        assert numbers(again) == pytest.approx(numbers(entry.predictive), rel=1e-5, abs=1e-6)
        theirs = entry.predictive.model.report.residuals
        assert [quarter for quarter, _ in again.model.report.residuals] == [q for q, _ in theirs]
        assert [error for _, error in again.model.report.residuals] == pytest.approx(
            [error for _, error in theirs], rel=1e-5, abs=1e-5
        )
        methods |= {member.report.method for member in again.members}
    assert methods == {"sarima", "ets", "theta", "persistence", "naive"}


def test_the_correlation_is_held_to_the_errors_it_was_estimated_from(
    fitted: list[FittedPool],
) -> None:
    entry = fitted[-1]

    again = forecast_with_fixed_parameters(entry, moved(entry.series, 0.05), HORIZON)

    assert again.shocks == entry.predictive.model.report.residuals
    assert again.shocks != again.model.report.residuals


def test_weights_and_variances_do_not_move_with_a_figure_and_means_do(
    fitted: list[FittedPool],
) -> None:
    entry = fitted[-1]

    again = forecast_with_fixed_parameters(entry, moved(entry.series, 0.05), HORIZON)

    for one, other in zip(again.members, entry.predictive.members, strict=True):
        assert one.weight == other.weight
        assert one.degrees_of_freedom == other.degrees_of_freedom
        assert one.covariance == pytest.approx(other.covariance)
        assert (one.mean > other.mean).all()


def test_a_new_quarter_moves_the_origin_and_its_error_is_told() -> None:
    values = levels(45, 3)
    before, after = of(values[:-1]), of(values)
    (entry,) = fit([before], HORIZON)

    again = forecast_with_fixed_parameters(entry, after, HORIZON)

    assert again.origin == before.origin + 1
    ahead, one_step = again.model.mean, entry.predictive.model
    assert len(ahead) == HORIZON
    quarter, error = again.model.report.residuals[-1]
    assert quarter == after.origin
    surprise = values[-1] - one_step.mean[0]
    assert np.sign(error) == np.sign(surprise)


def test_an_earlier_first_quarter_moves_no_season_and_no_outlier() -> None:
    values = levels(50, 5)
    values[30] += 0.3
    whole, later = of(values), of(values[7:])
    later = replace(later, first=FIRST + 7)
    (entry,) = fit([later], HORIZON)
    assert cleaned_of(entry).outliers

    again = forecast_with_fixed_parameters(entry, whole, HORIZON)

    # Filters forget: what stands before the first quarter hardly moves the last.
    scale = np.sqrt(np.diag(entry.predictive.model.covariance))
    for one, other in zip(again.members, entry.predictive.members, strict=True):
        assert np.abs((one.mean - other.mean) / scale).max() < 0.3


def test_a_recorded_change_takes_the_surprise_away() -> None:
    values = levels(45, 3)
    values[-1] += 0.5
    before, after = of(values[:-1]), of(values)
    (entry,) = fit([before], HORIZON)

    plain = forecast_with_fixed_parameters(entry, after, HORIZON)
    told = forecast_with_fixed_parameters(entry, replace(after, breaks=(after.origin,)), HORIZON)

    growth = told.model.mean[0] - values[-4]
    assert growth == pytest.approx(values[-2] - values[-6] + 0.5, abs=0.05)
    assert abs(told.model.report.residuals[-1][1]) < 1e-6
    assert abs(plain.model.report.residuals[-1][1]) > 5


def test_a_change_recorded_for_a_quarter_to_come_says_nothing_yet(fitted: list[FittedPool]) -> None:
    entry = fitted[-1]
    ahead = replace(entry.series, breaks=(entry.series.origin + 1,))

    assert forecast_with_fixed_parameters(entry, ahead, HORIZON) is entry.predictive


def test_a_change_that_is_no_longer_recorded_has_no_effect() -> None:
    values = levels(45, 3)
    values[20:] += 0.5
    series = of(values)
    recorded = replace(series, breaks=(series.first + 20,))
    (entry,) = fit([recorded], HORIZON)

    again = forecast_with_fixed_parameters(entry, series, HORIZON)

    assert [outlier.row for outlier in cleaned_of(entry).outliers] == [20]
    errors = dict(again.model.report.residuals)
    assert abs(errors[series.first + 20]) > 5
    assert abs(dict(entry.predictive.shocks)[series.first + 20]) < 2


def test_too_few_figures_for_a_model_are_left_to_persist() -> None:
    values = levels(30, 2)
    (entry,) = fit([of(values)], HORIZON)
    few = of(values[: FEWEST_FOR_MODELS + 3])

    again = forecast_with_fixed_parameters(entry, few, HORIZON)

    assert [member.report.method for member in again.members] == ["naive"]


def test_the_naive_member_keeps_the_size_of_its_past_errors() -> None:
    values = levels(10, 2)
    (entry,) = fit([of(values[:-1])], HORIZON)

    again = forecast_with_fixed_parameters(
        entry, of(np.array([*values[:-1], values[-1] + 1.0])), HORIZON
    )

    assert again.model.covariance == pytest.approx(entry.predictive.model.covariance)


def fixed_arima(case: ArimaCase) -> FixedArima:
    """A single ARIMA with the parameters of a case."""
    gaps = len(case.design.gaps)
    coefficients = case.forecasts.coefficients[gaps:, 0]
    none = np.empty((0, 0))
    candidate = EstimatedCandidate(case.candidate, case.free, none, coefficients, none)
    design = case.design
    return FixedArima(
        design.d,
        design.seasonal_d,
        design.mean,
        np.ones(1),
        (candidate,),
        float(np.sqrt(case.variance)),
    )


def amended(values: Array, seed: int) -> Array:
    """Values with one of the past revised and two more after them."""
    rng = np.random.default_rng([3, seed])
    other = values.copy()
    other[-int(rng.integers(2, 9))] += 2.0
    return np.concatenate([other, values[-1] + rng.normal(size=2)])


@pytest.mark.parametrize("seed", range(40))
def test_an_arima_with_its_parameters_held_says_what_statsmodels_says(seed: int) -> None:
    case = random_case(seed)
    design = case.design
    values = amended(design.values, seed)
    horizon = len(design.regressors) - len(values)
    nothing = np.empty((len(design.regressors), 0))

    mean, _, _ = fixed_arima(case).reapply(values, design.regressors, nothing, horizon)

    later = replace(case, design=replace(design, values=values))
    model = later.sarimax()
    results = model.smooth(case.parameters())
    ahead = design.regressors[len(values) :]
    theirs = results.forecast(horizon, exog=ahead if ahead.size else None)
    size = np.abs(theirs).max()
    assert mean == pytest.approx(theirs, rel=1e-5, abs=1e-5 * size)


@pytest.mark.parametrize("seed", range(15))
def test_what_a_figure_moves_is_what_statsmodels_calls_its_news(seed: int) -> None:
    case = random_case(seed)
    if case.design.regressors.size:
        case = replace(case, design=replace(case.design, regressors=case.design.regressors[:, :0]))
    values = amended(case.design.values, seed)
    arima = fixed_arima(case)
    ahead = len(values) - len(case.design.values)
    horizon = len(case.design.regressors) - len(values)
    nothing = case.design.regressors

    old = arima.reapply(case.design.values, nothing, nothing, horizon + ahead)[0][ahead:]
    new = arima.reapply(values, nothing, nothing, horizon)[0]

    before = case.sarimax().smooth(case.parameters())
    later = replace(case, design=replace(case.design, values=values))
    after = later.sarimax().smooth(case.parameters())
    start, end = len(values), len(values) + horizon - 1
    news = after.news(before, start=start, end=end)
    theirs = np.asarray(news.total_impacts)[:, 0]
    assert new - old == pytest.approx(theirs, rel=1e-5, abs=1e-5 * np.abs(new).max())
