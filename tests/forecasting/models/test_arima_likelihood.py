import numpy as np
import pytest
from scipy.stats import multivariate_normal

from forecasting.arrays import Array
from forecasting.models.arima import sarimax
from forecasting.models.arima.average import averaging_weights, fit_averaged
from forecasting.models.arima.design import Design, stack_designs
from forecasting.models.arima.likelihood import (
    Models,
    autocovariances,
    lag_polynomials,
    scaled_errors,
)
from forecasting.models.arima.search import CANDIDATES, fit_candidates
from tests.forecasting.models.arima_cases import HORIZON, ArimaCase, random_case

CASES = 500
ALONE = np.array([0], dtype=np.intp)


def ours(case: ArimaCase) -> float:
    """The log likelihood of the values: the diffuse quarters have a constant each."""
    constants = case.design.observations * (np.log(2 * np.pi * case.variance) + 1)
    differences = -0.5 * (constants + case.forecasts.log_determinant[0])
    return float(differences - 0.5 * case.design.lost * np.log(2 * np.pi))


@pytest.mark.parametrize("first", range(0, CASES, 50))
def test_likelihood_forecasts_and_variances_are_those_of_sarimax(first: int) -> None:
    for seed in range(first, first + 50):
        case = random_case(seed)
        theirs = case.filtered()
        future = case.design.regressors[-HORIZON:]
        forecast = theirs.get_forecast(HORIZON, exog=future if future.size else None)

        assert ours(case) == pytest.approx(theirs.llf, rel=1e-8, abs=1e-8), seed
        size = np.abs(forecast.predicted_mean).max()
        assert case.forecasts.mean[:, 0] == pytest.approx(
            forecast.predicted_mean, rel=1e-6, abs=1e-6 * size
        ), seed
        if not case.design.coefficients:  # whose uncertainty SARIMAX leaves out
            variances = case.variance * np.diag(case.forecasts.covariance[0])
            assert variances == pytest.approx(forecast.var_pred_mean, rel=1e-6), seed


def test_some_of_the_cases_have_gaps_regressors_and_both() -> None:
    designs = [random_case(seed).design for seed in range(CASES)]

    assert sum(len(d.gaps) > 0 and d.regressors.shape[1] > 0 for d in designs) > 100
    assert sum(not len(d.gaps) and not d.coefficients for d in designs) > 20


def test_the_uncertainty_of_coefficients_is_that_of_generalised_least_squares() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(size=30) + 2.0
    design = Design(values, np.empty((38, 0)), 0, 0, mean=True)
    case = ArimaCase((1, 0, 0, 0), design, np.array([0.6]))

    rows = np.arange(38)
    whole = 0.6 ** np.abs(np.subtract.outer(rows, rows)) / (1 - 0.36)
    past, cross, future = whole[:30, :30], whole[30:, :30], whole[30:, 30:]
    ones = np.ones(30)
    inverse = np.linalg.inv(past)
    reach = np.ones(8) - cross @ inverse @ ones
    expected = future - cross @ inverse @ cross.T + np.outer(reach, reach) / (ones @ inverse @ ones)
    assert case.forecasts.covariance[0] == pytest.approx(expected, rel=1e-9)


def test_the_sum_of_squares_that_is_minimised_is_the_likelihood() -> None:
    for seed in range(20):
        case = random_case(seed)
        free = np.zeros((6, 1))
        free[: len(case.free), 0] = case.free

        errors = scaled_errors(stack_designs([case.design], 0), case.models, ALONE, free)

        observations = case.design.observations
        concentrated = (
            -0.5 * observations * (np.log(2 * np.pi * (errors**2).sum() / observations) + 1)
        )
        assert concentrated - 0.5 * case.design.lost * np.log(2 * np.pi) == pytest.approx(
            ours(case), rel=1e-9
        )


def test_missing_quarters_are_integrated_out() -> None:
    values = np.random.default_rng(8).normal(size=24)
    values[[3, 11, 12]] = np.nan
    design = Design(values, np.empty((32, 0)), 0, 0, mean=False)
    case = ArimaCase((1, 1, 0, 0), design, np.array([0.5, 0.3]))

    phi, theta = lag_polynomials(np.array([[0.5], [0.0], [0.3], [0.0], [0.0], [0.0]]), 2)
    psi = [1.0]
    for lag in range(1, 400):
        psi.append(0.5 * psi[-1] + (theta[0, 0] if lag == 1 else 0.0))
    covariance = np.array(
        [
            [sum(a * b for a, b in zip(psi, psi[abs(i - j) :], strict=False)) for j in range(24)]
            for i in range(24)
        ]
    )
    known = np.isfinite(values)
    expected = multivariate_normal(
        np.zeros(known.sum()), case.variance * covariance[np.ix_(known, known)]
    ).logpdf(values[known])
    assert phi[0, 0] == 0.5
    assert ours(case) == pytest.approx(float(expected), rel=1e-10)


def test_autocovariances_are_those_of_the_infinite_moving_average() -> None:
    phi, _ = lag_polynomials(np.array([[0.7], [-0.4], [0.0], [0.0], [0.5], [0.0]]), 6)
    psi = [1.0]
    for _ in range(600):
        psi.append(sum(phi[lag, 0] * psi[-1 - lag] for lag in range(min(6, len(psi)))))

    expected = [sum(a * b for a, b in zip(psi, psi[lag:], strict=False)) for lag in range(7)]

    assert autocovariances(phi)[:, 0] == pytest.approx(expected, rel=1e-9)


def airline(rows: int, seed: int) -> Array:
    rng = np.random.default_rng(seed)
    shocks = rng.normal(size=rows + 5)
    differences = shocks[5:] - 0.4 * shocks[4:-1] - 0.5 * shocks[1:-4] + 0.2 * shocks[:-5]
    values = np.zeros(rows)
    for row in range(5, rows):
        values[row] = values[row - 1] + values[row - 4] - values[row - 5] + differences[row]
    return values


def test_the_search_finds_the_maximum_that_statsmodels_finds() -> None:
    for seed in range(6):
        design = Design(airline(120, seed), np.empty((128, 0)), 1, 1, mean=False)
        (fits,) = fit_candidates(stack_designs([design], 0), ((0, 1, 0, 1),))
        case = ArimaCase((0, 1, 0, 1), design, fits.free[:, 0])

        best = case.sarimax().fit(disp=0, maxiter=200)

        assert fits.solution.converged.all()
        assert ours(case) > best.llf - 1e-3


def test_every_small_candidate_is_compared_and_none_is_larger() -> None:
    assert len(CANDIDATES) == len(set(CANDIDATES)) == 23
    assert all(sum(candidate) <= 3 for candidate in CANDIDATES)


def test_weights_are_those_of_akaike() -> None:
    design = Design(airline(60, 1), np.empty((60, 0)), 1, 1, mean=False)
    kept, weights = averaging_weights(fit_candidates(stack_designs([design], 0)))

    aicc = np.concatenate([fits.aicc for fits in kept])
    weight = np.concatenate(weights)
    expected = np.exp((aicc.min() - aicc) / 2)
    assert weight == pytest.approx(expected / expected.sum())
    assert weight.sum() == pytest.approx(1)
    assert np.exp((aicc.min() - aicc) / 2).min() >= 0.02 - 1e-12


def test_aicc_counts_the_variance_and_corrects_for_a_short_series() -> None:
    values = np.random.default_rng(2).normal(size=24)
    design = Design(values, np.empty((24, 0)), 0, 0, mean=True)

    (fits,) = fit_candidates(stack_designs([design], 0), ((0, 0, 0, 0),))

    assert fits.aicc[0] == pytest.approx(24 * np.log(values.var()) + 2 * 2 * 24 / (24 - 2 - 1))


@pytest.mark.parametrize(("rows", "fits"), [(4, 0), (5, 1)])
def test_a_model_needs_two_observations_more_than_it_estimates(rows: int, fits: int) -> None:
    design = Design(np.arange(rows) ** 2.0, np.empty((rows, 0)), 0, 0, mean=True)

    found = fit_candidates(stack_designs([design], 0), ((0, 0, 0, 0),))

    assert sum(len(entry.aicc) for entry in found) == fits


def test_models_without_any_parameter_are_one_series_each() -> None:
    models = Models(ALONE, np.full((3, 1), -1, dtype=np.intp))

    phi, theta = models.polynomials(ALONE, np.zeros((3, 1)))

    assert not phi.any()
    assert not theta.any()


def test_parameters_are_named_as_statsmodels_names_them() -> None:
    for seed in range(30):
        case = random_case(seed)
        theirs = sarimax.model_of(case.design, case.candidate).param_names

        ours = sarimax.names_of(case.design, case.candidate)

        renamed = ["mean" if name == "intercept" else name for name in theirs]
        assert list(ours) == [name for name in renamed if name != "sigma2"]


def test_statsmodels_fits_alone_where_it_is_asked_to() -> None:
    design = Design(airline(120, 3), np.empty((128, 0)), 1, 1, mean=False)

    free = sarimax.refit(design, (0, 1, 0, 1), np.array([0.0, 0.0]))

    (fits,) = fit_candidates(stack_designs([design], 0), ((0, 1, 0, 1),))
    assert free == pytest.approx(fits.free[:, 0], abs=0.01)


def with_everything(rows: int, seed: int) -> Design:
    """Return a design with a gap, a pulse and a step."""
    values = airline(rows, seed)
    values[7] = np.nan
    regressors = np.zeros((rows + HORIZON, 2))
    regressors[20, 0] = 1.0
    regressors[30:, 1] = 1.0
    return Design(values, regressors, 1, 1, mean=False)


DESIGNS = [
    Design(airline(60, 3), np.empty((60 + HORIZON, 0)), 1, 1, mean=False),
    Design(np.diff(airline(60, 4)), np.empty((59 + HORIZON, 0)), 0, 1, mean=True),
    with_everything(60, 5),
]


@pytest.mark.parametrize("design", DESIGNS)
def test_what_is_recorded_has_the_likelihood_that_statsmodels_gives_it(design: Design) -> None:
    ((leading, *_),) = fit_averaged([design], HORIZON)
    case = ArimaCase(leading.order, design, leading.estimated().free)

    values = {each.name: each.value for each in leading.estimated().parameters(design)}

    if "mean" in values:
        regular = sum(value for name, value in values.items() if name.startswith("ar.L"))
        values["mean"] *= (1 - regular) * (1 - values.get("ar.S.L4", 0.0))
    theirs = case.sarimax().loglike([*values.values(), case.variance])
    assert ours(case) == pytest.approx(theirs, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_forecast_that_converged_does_not_wait_for_statsmodels(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("statsmodels was asked while serving")

    monkeypatch.setattr(sarimax, "SARIMAX", refuse)
    ((leading, *_),) = fit_averaged([design], HORIZON)

    assert leading.estimated().parameters(design)
