"""What one-step errors tell of their model, against statsmodels, scipy and slow obvious loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import shapiro
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.stattools import acf

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.models.diagnostics import (
    FEWEST_FOR_DIAGNOSTICS,
    Diagnostics,
    diagnose,
    diagnostics,
)
from forecasting.models.predictive import ModelReport

FIRST = Quarter(2010, 1)
Residuals = tuple[tuple[Quarter, float], ...]


def dated(values: Array, *missing: int) -> Residuals:
    rows = [row for row in range(len(values)) if row not in missing]
    return tuple((FIRST + row, float(values[row])) for row in rows)


def noise(count: int, seed: int = 1) -> Array:
    return np.random.default_rng(seed).standard_normal(count)


def told(residuals: Residuals, parameters: int = 0) -> Diagnostics:
    found = diagnostics(residuals, parameters)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("count", "parameters", "lags"), [(64, 2, 8), (64, 0, 8), (30, 3, 6), (20, 0, 4), (16, 3, 6)]
)
def test_ljung_box_is_that_of_statsmodels(count: int, parameters: int, lags: int) -> None:
    values = noise(count)

    found = told(dated(values), parameters)

    theirs = acorr_ljungbox(values, lags=[lags], model_df=parameters).iloc[0]
    assert found.lags == lags
    assert found.degrees_of_freedom == lags - parameters
    assert found.independence.statistic == pytest.approx(theirs["lb_stat"], rel=1e-12)
    assert found.independence.p_value == pytest.approx(theirs["lb_pvalue"], rel=1e-9)


def test_autocorrelations_are_those_of_statsmodels_and_narrow_bounds_hold_them() -> None:
    values = noise(400)

    found = told(dated(values)).autocorrelations

    theirs = acf(values, nlags=8, fft=False)[1:]
    assert [entry.value for entry in found] == pytest.approx(theirs, rel=1e-12)
    assert [entry.lag for entry in found] == list(range(1, 9))
    assert found[0].bound == pytest.approx(1.96 * math.sqrt(399 / (400 * 402)))
    assert [entry.beyond for entry in found] == [abs(entry.value) > entry.bound for entry in found]


def test_normality_is_that_of_scipy() -> None:
    values = noise(40)

    found = told(dated(values)).normality

    assert (found.statistic, found.p_value) == pytest.approx(tuple(shapiro(values)))


def test_a_missing_quarter_only_costs_the_pairs_it_would_be_in() -> None:
    values, missing = noise(30), {7, 8, 20}

    found = told(dated(values, *missing))

    known = {row: value for row, value in enumerate(values) if row not in missing}
    mean = sum(known.values()) / len(known)
    total = sum((value - mean) ** 2 for value in known.values())
    statistic = 0.0
    for lag in range(1, found.lags + 1):
        pairs = [(known[row], known[row - lag]) for row in known if row - lag in known]
        correlation = sum((a - mean) * (b - mean) for a, b in pairs) / total
        assert found.autocorrelations[lag - 1].value == pytest.approx(correlation)
        statistic += len(known) * (len(known) + 2) * correlation**2 / len(pairs)
    assert found.count == 27
    assert found.lags == 5
    assert found.independence.statistic == pytest.approx(statistic)


@pytest.mark.parametrize("missing", [(), (3, 4, 11, 25, 26, 27)])
def test_independent_normal_errors_are_objected_to_one_time_in_twenty(
    missing: tuple[int, ...],
) -> None:
    every = [told(dated(noise(40, seed), *missing)) for seed in range(1500)]

    for test in ("independence", "normality"):
        rate = sum(getattr(found, test).objects for found in every) / len(every)
        assert rate == pytest.approx(0.05, abs=0.015)


def test_a_pattern_is_objected_to() -> None:
    season = noise(48) + 1.5 * np.tile([1.0, 0.0, -1.0, 0.0], 12)

    found = told(dated(season))

    assert found.independence.objects
    assert not found.normality.objects
    assert found.autocorrelations[3].beyond


def test_a_heavy_tail_is_objected_to() -> None:
    values = noise(48)
    values[20] = 9.0

    found = told(dated(values))

    assert found.normality.objects
    assert not found.independence.objects


def test_too_few_errors_or_errors_that_do_not_vary_tell_nothing() -> None:
    assert diagnostics(dated(noise(FEWEST_FOR_DIAGNOSTICS - 1))) is None
    assert diagnostics(dated(np.zeros(40))) is None
    assert diagnostics(dated(noise(80))[::4], 1) is None
    assert diagnostics(()) is None


def test_a_unit_changes_nothing() -> None:
    once, again = told(dated(noise(40))), told(dated(noise(40) * 1e-4))

    assert again.independence.p_value == pytest.approx(once.independence.p_value)
    assert again.normality.p_value == pytest.approx(once.normality.p_value)


@pytest.mark.parametrize(
    ("order", "seasonal", "freedom"),
    [((1, 1, 1), (0, 1, 1), 5), ((0, 1, 0), (0, 1, 0), 8), (None, None, 8)],
)
def test_every_arma_parameter_of_a_report_costs_a_degree_of_freedom(
    order: tuple[int, int, int] | None,
    seasonal: tuple[int, int, int] | None,
    freedom: int,
) -> None:
    report = ModelReport("sarima", order, seasonal, (), (), 60, dated(noise(60)))

    found = diagnose(report)

    assert found is not None
    assert found.degrees_of_freedom == freedom
