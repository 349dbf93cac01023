from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from forecasting.arrays import Array
from forecasting.models import least_squares
from forecasting.models.ets import (
    CANDIDATES,
    EtsFits,
    EtsForm,
    EtsProblems,
    errors_and_states,
    ets,
    fit,
    forecast_fits,
    psi_weights,
    residuals,
    smoothing_parameters,
)
from forecasting.models.least_squares import PRIOR_DEVIATION
from forecasting.models.predictive import ModelForecast
from forecasting.models.unequal_lengths import FEWEST_FREE, Ragged

HORIZON = 9
MODELS = list(CANDIDATES)
PLACES = np.array([[0.3, -1.0, -0.5, 0.4], [-0.6, 0.2, 0.1, -0.9], [0.95, 0.9, -0.99, 0.99]])


def quarters(rows: int, seed: int, *, season: bool = True, trend: bool = True) -> Array:
    """Log levels: a random walk with noise, with or without season and trend."""
    rng = np.random.default_rng(seed)
    values = 5 + np.cumsum(rng.normal(0, 0.02, rows)) + rng.normal(0, 0.01, rows)
    if trend:
        values += 0.02 * np.arange(rows)
    if season:
        values += np.resize([0, 0.1, 0.15, 0.3], rows)
    return values


def ragged(count: int) -> list[Array]:
    """Series of many lengths and kinds, some with gaps."""
    batch = []
    for seed in range(count):
        values = quarters(8 + 3 * seed % 60, seed, season=seed % 2 == 0, trend=seed % 3 == 0)
        if seed % 4 == 1:
            values[[2, -3]] = np.nan
        batch.append(values)
    return batch


@dataclass(frozen=True)
class Oracle:
    """A model of statsmodels with given smoothing parameters and the best initial states."""

    values: Array
    name: str
    smoothed: Array

    @cached_property
    def model(self) -> ETSModel:
        trend, damped, season = CANDIDATES[self.name]
        return ETSModel(
            pd.Series(self.values),
            trend="add" if trend else None,
            damped_trend=damped,
            seasonal="add" if season else None,
            seasonal_periods=4 if season else None,
        )

    @cached_property
    def given(self) -> Array:
        trend, damped, season = CANDIDATES[self.name]
        return self.smoothed[[True, trend, season, damped]]

    @cached_property
    def linear(self) -> tuple[Array, Array]:
        """Errors with initial states 0, and by how much each state lowers them."""
        trend, _, season = CANDIDATES[self.name]
        states = np.eye(1 + trend + 4 * season)
        base = self.errors(np.concatenate([self.given, 0 * states[0]]))
        lowered = [base - self.errors(np.concatenate([self.given, row])) for row in states]
        return base, np.array(lowered).T

    @cached_property
    def parameters(self) -> Array:
        base, slopes = self.linear
        return np.concatenate([self.given, np.linalg.lstsq(slopes, base, rcond=None)[0]])

    def errors(self, parameters: Array) -> Array:
        return np.asarray(self.values - self.model.smooth(parameters, return_raw=True)[0])


def form_of(name: str, count: int = 1) -> EtsForm:
    return EtsForm(*np.repeat(np.array(CANDIDATES[name])[:, None], count, axis=1))


def names_of(forecast: ModelForecast) -> list[str]:
    return [candidate.name for candidate in forecast.report.candidates]


def log_likelihood(total: float, figures: int) -> float:
    return -figures / 2 * (np.log(2 * np.pi * total / figures) + 1)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", MODELS)
def test_errors_likelihood_and_forecasts_are_those_of_statsmodels(name: str, place: Array) -> None:
    values = quarters(40, seed=1)
    form = form_of(name)
    oracle = Oracle(values, name, smoothing_parameters(form, place[:, None])[:, 0])
    longer = np.concatenate([values, np.full(HORIZON, values[-1])])[:, None]
    known = (np.arange(40 + HORIZON) < 40)[:, None]
    problems = EtsProblems.of(form, longer, known, np.array([39 + HORIZON]))

    errors = residuals(problems, place[:, None])[:, 0]
    forecasts = longer[40:, 0] - errors_and_states(problems, place[:, None])[0][40:, 0]

    result = oracle.model.smooth(oracle.parameters)
    assert errors[:40] == pytest.approx(np.asarray(result.resid), abs=1e-9)
    assert log_likelihood(errors @ errors, 40) == pytest.approx(result.llf, abs=1e-6)
    assert forecasts == pytest.approx(np.asarray(result.forecast(HORIZON)), abs=1e-9)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", MODELS)
def test_variances_of_forecasts_are_those_of_statsmodels(name: str, place: Array) -> None:
    form = form_of(name)
    smoothed = smoothing_parameters(form, place[:, None])
    oracle = Oracle(quarters(40, seed=2), name, smoothed[:, 0])
    result = oracle.model.smooth(oracle.parameters)

    psi = psi_weights(smoothed, HORIZON)[:, 0]

    prediction = result.get_prediction(start=40, end=39 + HORIZON)
    expected = np.asarray(prediction.forecast_variance) / result.mse
    assert np.cumsum(psi**2) == pytest.approx(expected, rel=1e-6)


def best_of(values: Array) -> EtsFits:
    return fit(Ragged.of([values], HORIZON), np.array([True]))


def of_many_kinds(rows: int, seed: int) -> Array:
    return quarters(rows, seed, season=seed % 2 == 0, trend=seed % 3 != 0)


@cache
def likelihood_of_statsmodels(rows: int, seed: int, name: str) -> float:
    model = Oracle(of_many_kinds(rows, seed), name, np.zeros(4)).model
    fitted = model.smooth(model.fit(disp=False, return_params=True), return_raw=True)
    return log_likelihood(float(((model.endog - fitted[0]) ** 2).sum()), rows)


def shortfalls(rows: int) -> Array:
    """By how much statsmodels' likelihood exceeds ours, for all models of seven series."""
    found = []
    for seed in range(7):
        values = of_many_kinds(rows, seed)
        ours = best_of(values)
        unit = Ragged.of([values], HORIZON).unit[0]
        for model, total in zip(ours.model, ours.total, strict=True):
            theirs = likelihood_of_statsmodels(rows, seed, MODELS[model])
            found.append(theirs - log_likelihood(total * unit**2, rows))
    return np.array(found)


@pytest.mark.filterwarnings("ignore")  # statsmodels' own search
@pytest.mark.parametrize("rows", [16, 40, 120])
def test_the_likelihood_found_is_hardly_less_than_that_of_statsmodels(rows: int) -> None:
    """The search stops early, in valleys flat enough that forecasts do not care where."""
    short = shortfalls(rows)

    assert np.mean(short > 0.01) < 0.1
    assert short.max() < 0.5


@pytest.mark.filterwarnings("ignore")  # statsmodels' own search
@pytest.mark.parametrize("rows", [16, 40, 120])
def test_a_longer_search_finds_the_likelihood_of_statsmodels(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(least_squares, "SETTLED", 1e-7)
    monkeypatch.setattr("forecasting.models.ets.MOST_ITERATIONS", 60)

    short = shortfalls(rows)

    assert np.sum(short > 1e-4) <= 1  # a model whose likelihood has several maxima
    assert short.max() < 0.1


@pytest.mark.parametrize("name", MODELS)
def test_models_are_compared_as_statsmodels_compares_them(name: str) -> None:
    values = quarters(40, seed=3)
    ours = best_of(values)
    unit = Ragged.of([values], HORIZON).unit[0]
    at = MODELS.index(name)
    oracle = Oracle(values, name, smoothing_parameters(ours.form, ours.parameters)[:, at])

    constant = 40 * np.log(2 * np.pi * unit**2) + 40
    assert ours.aicc[at] + constant == pytest.approx(
        oracle.model.smooth(oracle.parameters).aicc, abs=1e-6
    )


@pytest.mark.parametrize("name", MODELS)
def test_a_missing_figure_has_error_zero_and_the_states_propagate(name: str) -> None:
    """With the forecast of each gap in its place, some initial states give the same errors."""
    values = quarters(30, seed=4)
    known = np.ones(30, dtype=bool)
    known[[1, 9, 10, 27]] = False
    form, place = form_of(name), PLACES[0][:, None]
    problems = EtsProblems.of(form, values[:, None], known[:, None], np.array([29]))

    projected = errors_and_states(problems, place)[0][:, 0]

    errors = np.where(known, projected, 0.0)
    assert residuals(problems, place)[:, 0] == pytest.approx(errors, abs=1e-12)
    filled = np.where(known, values, values - projected)
    base, slopes = Oracle(filled, name, smoothing_parameters(form, place)[:, 0]).linear
    states = np.linalg.lstsq(slopes, base - errors, rcond=None)[0]
    assert base - slopes @ states == pytest.approx(errors, abs=1e-9)


def test_initial_states_are_the_best_where_figures_are_missing() -> None:
    values = quarters(12, seed=5, season=False)
    known = np.ones(12, dtype=bool)
    known[[3, 7]] = False
    form, place = form_of("ETS(A,A,N)"), PLACES[0][:, None]
    alpha, beta, *_ = smoothing_parameters(form, place)[:, 0]

    def errors(level: float, slope: float) -> Array:
        row = []
        for value, seen in zip(values, known, strict=True):
            error = value - level - slope if seen else 0.0
            level, slope = level + slope + alpha * error, slope + beta * error
            row.append(error)
        return np.array(row)

    base = errors(0, 0)
    slopes = np.array([base - errors(1, 0), base - errors(0, 1)]).T
    expected = base - slopes @ np.linalg.lstsq(slopes, base, rcond=None)[0]
    problems = EtsProblems.of(form, values[:, None], known[:, None], np.array([11]))
    assert residuals(problems, place)[:, 0] == pytest.approx(expected, abs=1e-10)


def test_a_series_has_the_same_forecast_alone_and_in_any_batch() -> None:
    batch = ragged(100)
    together = ets(batch, [True] * 100, HORIZON)

    for values, expected in list(zip(batch, together, strict=True))[::7]:
        (alone,) = ets([values], [True], HORIZON)
        if alone is None or expected is None:
            assert alone is expected
            continue
        assert alone.mean == pytest.approx(expected.mean, rel=1e-9)
        assert alone.covariance == pytest.approx(expected.covariance, rel=1e-9)
        assert alone.degrees_of_freedom == pytest.approx(expected.degrees_of_freedom, rel=1e-9)
        assert [c.name for c in alone.report.candidates] == [
            c.name for c in expected.report.candidates
        ]


def test_forecasts_follow_a_change_of_units() -> None:
    values = quarters(40, seed=6)

    plain, changed = ets([values, 3 - 100 * values], [True, True], HORIZON)

    assert plain is not None
    assert changed is not None
    assert changed.mean == pytest.approx(3 - 100 * plain.mean, rel=1e-6)
    assert changed.covariance == pytest.approx(1e4 * plain.covariance, rel=1e-4)


def derivatives(fits: EtsFits, column: int, values: Array) -> tuple[Array, Array]:
    """Slopes of errors and forecasts of statsmodels in parameters and initial states."""
    form = fits.form.take(np.array([column]))
    place, free = fits.parameters[:, column], form.free[:, 0]
    oracle = Oracle(
        values, MODELS[fits.model[column]], smoothing_parameters(form, place[:, None])[:, 0]
    )
    states = oracle.parameters[free.sum() :]

    def run(change: Array) -> Array:
        moved = place.copy()
        moved[free] += change[: free.sum()]
        given = smoothing_parameters(form, moved[:, None])[:, 0][[True, *free[1:]]]
        parameters = np.concatenate([given, states + change[free.sum() :]])
        forecast = oracle.model.smooth(parameters).forecast(HORIZON)
        return np.concatenate([oracle.errors(parameters), forecast])

    steps = 1e-5 * np.eye(free.sum() + len(states))
    slopes = np.array([(run(step) - run(-step)) / 2e-5 for step in steps]).T
    return slopes[: len(values)], slopes[len(values) :]


@pytest.mark.filterwarnings("ignore")  # statsmodels differentiates at edges
@pytest.mark.parametrize("seed", [13, 14])
def test_estimates_are_as_uncertain_as_by_the_delta_method_in_all_of_them(seed: int) -> None:
    """Concentrating the states out first comes near to it, but is another approximation."""
    values = quarters(30, seed)
    series = Ragged.of([values], HORIZON)
    fits = fit(series, np.array([True]))
    _, covariances = forecast_fits(series, fits, HORIZON)

    for column, (covariance, variance) in enumerate(zip(covariances, fits.variance, strict=True)):
        smoothed = smoothing_parameters(fits.form, fits.parameters)[:, [column]]
        moving = np.cumsum(psi_weights(smoothed, HORIZON)[:, 0] ** 2)
        found = np.diag(covariance) / variance - moving
        errors, forecasts = derivatives(fits, column, values)
        prior = np.zeros(errors.shape[1])
        prior[: fits.form.free[:, column].sum()] = variance * series.unit[0] ** 2
        normal = errors.T @ errors + np.diag(prior) / PRIOR_DEVIATION**2
        expected = np.diag(forecasts @ np.linalg.pinv(normal, rcond=1e-10) @ forecasts.T)
        assert (np.abs(np.log(found / expected)) < np.log(1.6)).all()


def test_the_average_has_the_mean_and_the_covariance_of_the_mixture() -> None:
    values = quarters(24, seed=7)
    series = Ragged.of([values], HORIZON)
    fits = fit(series, np.array([True]))
    (forecast,) = ets([values], [True], HORIZON)
    assert forecast is not None

    weights = np.array([candidate.weight for candidate in forecast.report.candidates])
    column = [
        list(fits.model).index(MODELS.index(candidate.name))
        for candidate in forecast.report.candidates
    ]
    means, covariances = forecast_fits(series, fits, HORIZON)
    means = means[:, column] * series.unit[0] + series.first[0]
    second = covariances[column] * series.unit[0] ** 2
    second += np.array([np.outer(mean, mean) for mean in means.T])

    assert len(weights) > 1
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) <= 0).all()
    assert forecast.mean == pytest.approx(means @ weights)
    mixed = np.tensordot(weights, second, 1) - np.outer(forecast.mean, forecast.mean)
    assert forecast.covariance == pytest.approx(mixed, rel=1e-6)
    assert forecast.degrees_of_freedom == pytest.approx(weights @ fits.freedom[column])


def test_a_constant_with_noise_is_as_uncertain_as_its_mean() -> None:
    noise = np.random.default_rng(8).normal(0, 1.0, 200)
    (forecast,) = ets([noise], [False], 1)
    assert forecast is not None

    variance = noise.var(ddof=1)

    assert forecast.mean[0] == pytest.approx(noise.mean(), abs=0.1)
    assert forecast.covariance[0, 0] == pytest.approx(variance * (1 + 1 / 200), rel=0.03)


def test_growth_has_no_season() -> None:
    (forecast,) = ets([quarters(40, seed=9)], [False], HORIZON)
    assert forecast is not None

    assert set(names_of(forecast)) <= set(MODELS[:3])


def test_a_season_needs_every_quarter_of_the_year() -> None:
    values = quarters(40, seed=11)
    values[1::4] = np.nan
    (forecast,) = ets([values], [True], HORIZON)
    assert forecast is not None

    assert set(names_of(forecast)) <= set(MODELS[:3])


def test_models_with_too_few_degrees_of_freedom_are_left_out() -> None:
    short = best_of(quarters(8, seed=12))
    gaps = np.where(np.arange(8) % 7 == 0, quarters(8, seed=12), np.nan)

    assert (short.figures - short.size - 1 >= FEWEST_FREE).all()
    assert [MODELS[model] for model in short.model] == MODELS[:2]
    assert ets([gaps], [True], HORIZON) == [None]
    assert ets([], [], HORIZON) == []


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
        5 + 1e-15 * np.arange(30) % 2,
        np.exp(np.arange(30.0)),
    ],
)
def test_odd_series_give_finite_forecasts(values: Array) -> None:
    (forecast,) = ets([values], [True], HORIZON)
    assert forecast is not None

    assert np.isfinite(forecast.mean).all()
    assert np.linalg.eigvalsh(forecast.covariance).min() > 0
    assert forecast.degrees_of_freedom >= FEWEST_FREE


def test_a_series_without_error_is_continued() -> None:
    line, still, season = ets(
        [np.arange(20) * 0.02 + 4, np.full(20, 9.25), np.resize([1.0, 2.0, 3.0, 5.0], 24)],
        [True] * 3,
        4,
    )
    assert line is not None
    assert still is not None
    assert season is not None

    assert line.mean == pytest.approx(4 + 0.02 * np.arange(20, 24), abs=1e-4)
    assert still.mean == pytest.approx(np.full(4, 9.25), abs=1e-6)
    assert season.mean == pytest.approx([1, 2, 3, 5], abs=1e-2)
