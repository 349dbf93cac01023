from typing import Any

import numpy as np
import pytest
from scipy.stats import f
from scipy.stats import t as student

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook.paths import SETS, Forecasted, draw, paths_of, shock_correlation

ORIGIN = Quarter(2026, 2)
LAST = Quarter(2026, 4)


def residuals(seed: int, weight: float, rows: int = 400) -> dict[Quarter, float]:
    common = np.random.default_rng(99).normal(size=rows)
    own = np.random.default_rng(seed).normal(size=rows)
    values = np.sqrt(weight) * common + np.sqrt(1 - weight) * own
    return {ORIGIN + (row - rows + 1): float(value) for row, value in enumerate(values)}


def drawn(*arguments: Any, **options: Any) -> list[Array]:
    return [paths.levels for paths in paths_of(draw(*arguments, **options))]


def predictive(
    shocks: dict[Quarter, float],
    *,
    origin: Quarter = ORIGIN,
    covariance: Array | None = None,
    freedom: float = np.inf,
) -> Predictive:
    report = ModelReport("sarima", None, None, (), (), len(shocks), tuple(shocks.items()))
    spread = np.eye(4) if covariance is None else covariance
    return Predictive(origin, (Member(1.0, np.zeros(4), spread, freedom, report),))


def test_correlation_is_estimated_from_residuals_of_the_same_quarter() -> None:
    correlation = shock_correlation([residuals(1, 0.6), residuals(2, 0.6)])

    assert correlation[0, 1] == pytest.approx(0.6, abs=0.1)
    assert np.diag(correlation).tolist() == [1, 1]


def test_correlation_of_a_short_history_is_shrunk_further() -> None:
    long = shock_correlation([residuals(1, 0.6), residuals(2, 0.6)])[0, 1]
    recent = [dict(list(residuals(seed, 0.6).items())[-8:]) for seed in (1, 2)]

    assert abs(shock_correlation(recent)[0, 1]) < long


def test_correlation_stays_positive_definite_with_more_indicators_than_quarters() -> None:
    short = [dict(list(residuals(seed, 0.9).items())[-6:]) for seed in range(12)]

    assert np.linalg.eigvalsh(shock_correlation(short)).min() > 0


def test_indicators_without_a_common_quarter_are_uncorrelated() -> None:
    early = dict(list(residuals(1, 0.9).items())[:50])
    late = dict(list(residuals(2, 0.9).items())[-50:])

    assert shock_correlation([early, late])[0, 1] == 0


def test_paths_have_the_mean_covariance_and_correlation_they_are_drawn_from() -> None:
    factor = np.array([[1.0, 0, 0, 0], [0.5, 1, 0, 0], [0.5, 0.5, 1, 0], [0.5, 0.5, 0.5, 1]])
    pair = [
        Forecasted(slot, predictive(residuals(slot + 1, 0.6), covariance=factor @ factor.T))
        for slot in (0, 1)
    ]
    expected = shock_correlation([residuals(1, 0.6), residuals(2, 0.6)])[0, 1]

    first, second = drawn(pair, LAST, seed=7)

    assert first.shape == (8192, 2)
    assert np.cov(first.T) == pytest.approx((factor @ factor.T)[:2, :2], abs=0.03)
    assert np.corrcoef(first[:, 0], second[:, 0])[0, 1] == pytest.approx(expected, abs=0.02)


def test_without_correlation_shocks_are_independent() -> None:
    pair = [Forecasted(slot, predictive(residuals(slot + 1, 0.9))) for slot in (0, 1)]

    first, second = drawn(pair, LAST, seed=7, correlated=False)

    assert np.corrcoef(first[:, 0], second[:, 0])[0, 1] == pytest.approx(0, abs=0.03)


def test_a_quarter_that_others_have_seen_is_drawn_given_their_residual() -> None:
    seen = residuals(1, 0.8)
    seen[ORIGIN] = 2.0
    behind = residuals(2, 0.8)
    del behind[ORIGIN]
    rho = shock_correlation([seen, behind])[0, 1]

    _, late = drawn(
        [Forecasted(0, predictive(seen)), Forecasted(1, predictive(behind, origin=ORIGIN + -1))],
        LAST,
        seed=7,
    )

    assert late.shape == (8192, 3)
    assert late[:, 0].mean() == pytest.approx(2.0 * rho, abs=0.03)
    assert late[:, 0].std() == pytest.approx(np.sqrt(1 - rho**2), abs=0.03)
    assert late[:, 1].mean() == pytest.approx(0, abs=0.03)


def test_tails_are_those_of_students_t() -> None:
    (levels,) = drawn([Forecasted(0, predictive({}, freedom=5.0))], LAST, seed=7)

    for level in (0.025, 0.5, 0.9):
        assert np.quantile(levels[:, 0], level) == pytest.approx(student.ppf(level, 5), abs=0.05)


def test_each_member_of_a_pool_has_its_own_tails_in_all_quarters_alike() -> None:
    report = ModelReport("sarima", None, None, (), (), 0, ())
    freedoms = (3.0, 12.0, np.inf)
    members = tuple(
        Member(weight, np.full(4, mean), np.eye(4), freedom, report)
        for weight, mean, freedom in zip((0.5, 0.25, 0.25), (0.0, 1e4, 2e4), freedoms, strict=True)
    )

    (levels,) = drawn([Forecasted(0, Predictive(ORIGIN, members))], LAST, seed=7)

    for number, freedom in enumerate(freedoms):
        own = levels[np.round(levels[:, 0] / 1e4) == number] - 1e4 * number
        for level in (0.025, 0.5, 0.9):
            assert np.quantile(own, level) == pytest.approx(student.ppf(level, freedom), abs=0.1)
        # One spread of a path for all its quarters: their squares go together as those of a
        # multivariate t, whose sum over the number of quarters is an F.
        share = (np.mean(own**2, axis=1) < 3.0).mean()
        assert share == pytest.approx(f.cdf(3.0, own.shape[1], min(freedom, 1e8)), abs=0.01)


def test_each_path_keeps_one_member_for_all_its_quarters() -> None:
    report = ModelReport("sarima", None, None, (), (), 0, ())
    low, high = (
        Member(weight, np.full(4, mean), 1e-6 * np.eye(4), np.inf, report)
        for weight, mean in ((0.25, -1.0), (0.75, 1.0))
    )

    (levels,) = drawn([Forecasted(0, Predictive(ORIGIN, (low, high)))], LAST, seed=7)

    signs = np.sign(levels)
    assert (signs[:, 0] == signs[:, 1]).all()
    assert (signs[:, 0] < 0).mean() == pytest.approx(0.25, abs=0.005)


def test_an_indicator_keeps_its_draws_when_others_come_and_go() -> None:
    alone = drawn([Forecasted(3, predictive({}))], LAST, seed=7)[0]
    others = [Forecasted(slot, predictive({})) for slot in (1, 3)]

    assert drawn(others, LAST, seed=7)[1].tolist() == alone.tolist()


def test_another_seed_draws_other_paths_and_the_same_seed_the_same() -> None:
    draws = [drawn([Forecasted(0, predictive({}))], LAST, seed=seed)[0] for seed in (7, 7, 8)]

    assert draws[0].tolist() == draws[1].tolist() != draws[2].tolist()


def test_the_spread_between_sets_measures_the_error_of_a_share() -> None:
    shares = [
        (drawn([Forecasted(0, predictive({}))], LAST, seed=seed)[0].sum(axis=1) > 1)
        for seed in range(20)
    ]
    stated = [np.std(s.reshape(SETS, -1).mean(axis=1), ddof=1) / np.sqrt(SETS) for s in shares]

    actual = np.std([share.mean() for share in shares], ddof=1)
    assert actual < 2.5 * np.mean(stated)
    assert actual < 0.005


def test_one_shared_shock_does_not_make_the_correlation() -> None:
    shocked = [residuals(seed, 0.0) | {ORIGIN: 30.0} for seed in (1, 2)]

    assert abs(shock_correlation(shocked)[0, 1]) < 0.15


def test_a_residual_seen_counts_for_no_more_than_three() -> None:
    seen, behind = residuals(1, 0.8) | {ORIGIN: 30.0}, residuals(2, 0.8)
    del behind[ORIGIN]
    rho = shock_correlation([seen, behind])[0, 1]

    _, late = drawn(
        [Forecasted(0, predictive(seen)), Forecasted(1, predictive(behind, origin=ORIGIN + -1))],
        LAST,
        seed=7,
    )

    assert late[:, 0].mean() == pytest.approx(3.0 * rho, abs=0.03)


def test_shared_shocks_do_not_make_the_correlation() -> None:
    shocks = {ORIGIN + -20 * step: 30.0 for step in range(20)}
    pair = [residuals(seed, 0.0) | shocks for seed in (1, 2)]

    assert shock_correlation(pair)[0, 1] < 0.45


def test_correlation_does_not_depend_on_the_scale_of_residuals() -> None:
    one, two = ({q: v / 4 for q, v in residuals(seed, 0.6).items()} for seed in (1, 2))
    smaller = {quarter: value / 10 for quarter, value in two.items()}

    assert shock_correlation([one, smaller]) == pytest.approx(shock_correlation([one, two]))


def test_correlation_is_shrunk_by_the_intensity_of_ledoit_and_wolf() -> None:
    pair = [dict(list(residuals(seed, 0.6).items())[-24:]) for seed in (1, 2)]
    table = np.array([[series[quarter] for series in pair] for quarter in pair[0]])
    assert abs(table).max() < 3
    table /= np.sqrt((table**2).mean(axis=0))
    sample = table.T @ table / 24
    around = np.mean([((np.outer(row, row) - sample) ** 2).sum() for row in table]) / 24
    intensity = around / ((sample - np.eye(2)) ** 2).sum()

    assert 0.01 < intensity < 1
    assert shock_correlation(pair)[0, 1] == pytest.approx((1 - intensity) * sample[0, 1])


def test_eight_quarters_have_shocks_of_their_own() -> None:
    report = ModelReport("sarima", None, None, (), (), 0, ())
    member = Member(1.0, np.zeros(8), np.eye(8), np.inf, report)

    (levels,) = drawn([Forecasted(0, Predictive(ORIGIN, (member,)))], ORIGIN + 8, seed=7)

    assert np.corrcoef(levels.T) == pytest.approx(np.eye(8), abs=0.05)


@pytest.mark.parametrize("later", [3, 65, 200])
def test_draws_of_an_indicator_stay_when_a_later_one_joins(later: int) -> None:
    first = Forecasted(1, predictive({}))

    alone = drawn([first], LAST, seed=7)[0]
    joined, other = drawn([first, Forecasted(later, predictive({}))], LAST, seed=7)

    assert joined.tolist() == alone.tolist()
    assert np.corrcoef(joined.T, other.T) == pytest.approx(np.eye(4), abs=0.05)
