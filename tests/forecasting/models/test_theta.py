import numpy as np
import pytest
from statsmodels.tsa.forecasting.theta import ThetaModel, ThetaModelResults
from statsmodels.tsa.statespace.exponential_smoothing import ExponentialSmoothing
from statsmodels.tsa.statespace.sarimax import SARIMAX

from forecasting.arrays import Array
from forecasting.models.least_squares import PRIOR_DEVIATION
from forecasting.models.theta import (
    ThetaFit,
    drift_variance,
    fit,
    seasons,
    slope_weights,
    smooth,
    theta,
)
from forecasting.models.unequal_lengths import FEWEST_FREE, Ragged

HORIZON = 9


def quarters(rows: int, seed: int) -> Array:
    """Log levels of many kinds: by seed with a season, a trend, a random walk or none."""
    rng = np.random.default_rng(seed)
    values = 5 + rng.normal(0, 0.02, rows)
    if seed % 2:
        values += np.resize([0, 0.1, 0.15, 0.3], rows) * rng.uniform(0, 1)
    if seed % 3:
        values += 0.02 * rng.normal() * np.arange(rows)
    if seed % 5:
        values += np.cumsum(rng.normal(0, 0.02, rows))
    return values


def random_series() -> list[Array]:
    return [quarters(8 + 7 * seed % 90, seed) for seed in range(40)]


def fitted(values: Array, *, seasonal: bool = True) -> tuple[ThetaFit, Ragged]:
    ragged = Ragged.of([values], HORIZON)
    season = seasons(ragged.values, ragged.last, np.array([seasonal]))
    return fit(ragged, season), ragged


def of_statsmodels(values: Array) -> ThetaModelResults:
    return ThetaModel(values, period=4, method="additive").fit()


def at_alpha(result: ThetaModelResults, values: Array, alpha: float) -> ThetaModelResults:
    """The same model with another alpha."""
    rows = np.arange(len(values)) % 4
    adjusted = values - result._seasonal[rows] if len(result._seasonal) else values
    smoother = ExponentialSmoothing(
        adjusted, initial_level=adjusted[0], initialization_method="known"
    )
    ahead = smoother.smooth([alpha]).forecast(1)
    drift = result.params["b0"]
    return ThetaModelResults(drift, alpha, 1.0, ahead, result._seasonal, False, result.model)


def test_the_season_is_that_of_statsmodels() -> None:
    for values in random_series():
        result = of_statsmodels(values)
        expected = result._seasonal if len(result._seasonal) else np.zeros(4)
        ragged = Ragged.of([values], HORIZON)

        found = seasons(ragged.values, ragged.last, np.array([True]))[:, 0]

        assert found * ragged.unit == pytest.approx(expected, abs=1e-12)


@pytest.mark.filterwarnings("ignore")  # statsmodels' own search
def test_forecasts_are_those_of_statsmodels_at_the_same_alpha() -> None:
    for values in random_series():
        ours, ragged = fitted(values)
        oracle = at_alpha(of_statsmodels(values), values, ours.alpha[0])

        mean = ragged.first + ragged.unit * ours.mean[:, 0]

        assert mean == pytest.approx(np.asarray(oracle.forecast(HORIZON, theta=2)), abs=1e-9)


@pytest.mark.filterwarnings("ignore")  # statsmodels' own search
def test_alpha_is_no_worse_than_that_of_statsmodels() -> None:
    apart = []
    for values in random_series():
        result = of_statsmodels(values)
        ours, ragged = fitted(values)
        rows = np.arange(len(values)) % 4
        adjusted = values - result._seasonal[rows] if len(result._seasonal) else values
        smoother = ExponentialSmoothing(
            adjusted, initial_level=adjusted[0], initialization_method="known"
        )
        totals = [
            float((smoother.smooth([alpha]).resid ** 2).sum())
            for alpha in (ours.alpha[0], result.params["alpha"])
        ]
        assert totals[0] <= totals[1] * (1 + 5e-4)
        mean = ragged.first + ragged.unit * ours.mean[:, 0]
        apart.append(np.abs(mean - np.asarray(result.forecast(HORIZON))).max())

    assert np.median(apart) < 1e-5


def test_errors_of_forecasts_are_those_of_an_integrated_moving_average() -> None:
    """ThetaModel's own intervals take (1 + theta^2) for (1 + theta)^2, so they are no oracle."""
    values = quarters(40, 4)
    ours, ragged = fitted(values, seasonal=False)
    (forecast,) = theta([values], [False], HORIZON)
    assert forecast is not None
    alpha = ours.alpha[0]
    model = SARIMAX(values, order=(0, 1, 1))

    expected = model.smooth([alpha - 1, 1.0]).get_forecast(HORIZON).var_pred_mean

    variance = ours.variance[0] * ragged.unit[0] ** 2
    estimates = ours.drift_variance * ours.by_drift[:, 0] ** 2
    estimates += ours.alpha_variance * ours.by_alpha[:, 0] ** 2
    assert np.diag(forecast.covariance) / variance - estimates == pytest.approx(expected)
    assert forecast.covariance[2, 5] > forecast.covariance[1, 5]


def test_the_drift_is_as_uncertain_as_it_varies_from_sample_to_sample() -> None:
    rng = np.random.default_rng(1)
    time = np.arange(40) - 19.5
    alpha = 0.6
    shocks = rng.normal(size=(20000, 40))
    levels = alpha * np.cumsum(shocks, axis=1) + (1 - alpha) * shocks

    spread = (levels @ time / (time @ time)).var()

    known, still = np.ones((40, 1)), np.array([alpha])
    assert drift_variance(slope_weights(known), still)[0] == pytest.approx(spread, rel=0.03)


def test_alpha_is_as_uncertain_as_the_errors_depend_on_it() -> None:
    values = quarters(40, 4)
    ours, ragged = fitted(values, seasonal=False)

    def errors(alpha: float) -> Array:
        still = np.zeros(1)
        return smooth(ragged.values[:40], np.ones((40, 1)), np.array([alpha]), still)[1][:, 0]

    alpha = ours.alpha[0]
    slope = (errors(alpha + 1e-5) - errors(alpha - 1e-5)) / 2e-5 / 2  # alpha's range is 2 units

    expected = 1 / (slope @ slope + ours.variance[0] / PRIOR_DEVIATION**2)
    assert ours.alpha_variance[0] == pytest.approx(expected, rel=1e-2)


def test_a_season_needs_two_years() -> None:
    season = np.resize([0, 0.1, 0.15, 0.3], 12)[:, None]

    short, enough = (
        seasons(season, np.array([rows - 1]), np.array([True])).any() for rows in (7, 12)
    )

    assert not short
    assert enough


def test_a_missing_figure_has_error_zero_and_the_drift_goes_on() -> None:
    values = 3 + 0.01 * np.arange(30.0)
    gaps = values.copy()
    gaps[[4, 17, 18]] = np.nan

    whole, holed = theta([values, gaps], [False, False], HORIZON)

    assert whole is not None
    assert holed is not None
    assert holed.mean == pytest.approx(whole.mean, rel=1e-3)
    assert holed.degrees_of_freedom == whole.degrees_of_freedom - 3


def test_a_series_has_the_same_forecast_alone_and_in_any_batch() -> None:
    batch = [*random_series(), quarters(400, 3), *random_series()[::-1]]
    for values in batch[::6]:
        values[[2, -3]] = np.nan
    together = theta(batch, [True] * len(batch), HORIZON)

    for values, expected in list(zip(batch, together, strict=True))[::4]:
        (alone,) = theta([values], [True], HORIZON)
        if alone is None or expected is None:
            assert alone is expected
            continue
        assert alone.mean == pytest.approx(expected.mean, rel=1e-9)
        assert alone.covariance == pytest.approx(expected.covariance, rel=1e-9)


def test_growth_has_no_season() -> None:
    values = np.resize([0, 0.1, 0.15, 0.3], 40) + np.random.default_rng(2).normal(0, 0.01, 40)

    with_season, without = theta([values, values], [True, False], 8)

    assert with_season is not None
    assert without is not None
    assert np.ptp(with_season.mean) > 0.25
    assert np.ptp(without.mean) < 0.05
    assert with_season.degrees_of_freedom == without.degrees_of_freedom - 3


def test_a_series_with_too_few_degrees_of_freedom_has_no_forecast() -> None:
    gaps = np.where(np.arange(8) % 3 == 1, 1.0, np.nan)
    gaps[[0, -1]] = 1.0

    assert theta([gaps], [False], HORIZON) == [None]
    assert theta([], [], HORIZON) == []


@pytest.mark.parametrize(
    "values",
    [
        np.zeros(12),
        np.full(20, 9.25),
        np.arange(20) * 0.02 + 4,
        np.resize([1.0, 2.0, 3.0, 5.0], 24),
        quarters(24, 1) * 1e-14,
        np.where(np.arange(40) == 17, 50.0, quarters(40, 2)),
        np.where(np.arange(40) == 39, -50.0, quarters(40, 3)),
        np.exp(np.arange(30.0)),
    ],
)
def test_odd_series_give_finite_forecasts(values: Array) -> None:
    (forecast,) = theta([values], [True], HORIZON)
    assert forecast is not None

    assert np.isfinite(forecast.mean).all()
    assert np.linalg.eigvalsh(forecast.covariance).min() > 0
    assert forecast.degrees_of_freedom >= FEWEST_FREE
