"""Held paths against the conditional Gaussian and t distributions of a textbook."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_t, norm
from scipy.stats import t as student

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook.conditioning import HeldLevels, condition, distances, drawn_given
from forecasting.outlook.paths import Draw, Forecasted, draw, paths_of, shock_correlation

ORIGIN = Quarter(2026, 2)
LAST = Quarter(2026, 4)
PATHS = 8192
FACTOR = np.array([[1.0, 0, 0, 0], [0.6, 0.8, 0, 0], [0.5, 0.3, 1, 0], [0.4, 0.2, 0.5, 1]])
SPREADS = (1.0, 0.5, 2.0)


def residuals(seed: int, weight: float = 0.6) -> dict[Quarter, float]:
    common = np.random.default_rng(99).normal(size=200)
    own = np.random.default_rng(seed).normal(size=200)
    values = np.sqrt(weight) * common + np.sqrt(1 - weight) * own
    return {ORIGIN + (row - 199): float(value) for row, value in enumerate(values)}


def member(
    shocks: dict[Quarter, float], scale: float, *, mean: float = 0.0, freedom: float = np.inf
) -> Member:
    report = ModelReport("sarima", None, None, (), (), len(shocks), tuple(shocks.items()))
    return Member(1.0, np.full(4, mean), scale**2 * FACTOR @ FACTOR.T, freedom, report)


def drawn(count: int = 3, freedom: float = np.inf) -> Draw:
    entries = [
        Forecasted(slot, Predictive(ORIGIN, (member(residuals(slot), scale, freedom=freedom),)))
        for slot, scale in enumerate(SPREADS[:count])
    ]
    return draw(entries, LAST, seed=7)


def mixed(*, behind: bool = False) -> Draw:
    """A pool of a narrow member and a wide one with tails, and a Gaussian beside it."""
    shocks, others = residuals(1), residuals(2) | {ORIGIN: 2.0}
    origin = ORIGIN
    if behind:
        del shocks[ORIGIN]
        origin = ORIGIN + -1
    pool = [member(shocks, 1.0, freedom=5.0), member(shocks, 0.5, mean=1.0, freedom=30.0)]
    halves = tuple(
        Member(0.5, one.mean, one.covariance, one.degrees_of_freedom, one.report) for one in pool
    )
    other = Predictive(ORIGIN, (member(others, 1.0),))
    return draw([Forecasted(0, Predictive(origin, halves)), Forecasted(1, other)], LAST, seed=7)


def held(place: int, *levels: tuple[int, float]) -> HeldLevels:
    columns, values = zip(*levels, strict=True)
    return HeldLevels(place, np.array(columns), np.array(values))


def gaussian(count: int, conditions: list[HeldLevels]) -> tuple[Array, Array]:
    """Mean and covariance of all levels, by indicator and quarter, given what is held."""
    correlation = shock_correlation([residuals(slot) for slot in range(count)])
    factors = [scale * FACTOR[:2, :2] for scale in SPREADS[:count]]
    whole = np.block(
        [
            [correlation[i, j] * factors[i] @ factors[j].T for j in range(count)]
            for i in range(count)
        ]
    )
    known = np.concatenate([2 * one.place + one.columns for one in conditions])
    values = np.concatenate([one.levels for one in conditions])
    gain = whole[:, known] @ np.linalg.inv(whole[np.ix_(known, known)])
    return gain @ values, whole - gain @ whole[known]


@pytest.mark.parametrize(
    "conditions",
    [
        [held(0, (0, 1.5), (1, -0.5))],
        [held(1, (1, 1.2))],
        [held(0, (0, 1.0))],
        [held(0, (0, 1.0), (1, 1.0)), held(2, (1, -2.0))],
        [held(1, (1, 0.6)), held(0, (0, 1.0))],
    ],
    ids=["path", "last quarter", "first quarter", "path and last quarter", "two quarters"],
)
def test_paths_are_those_of_the_conditional_gaussian_to_three_standard_errors(
    conditions: list[HeldLevels],
) -> None:
    mean, covariance = gaussian(3, conditions)

    levels = np.hstack([paths.levels for paths in condition(drawn(), conditions)])

    variance = np.diag(covariance)
    assert (abs(levels.mean(axis=0) - mean) <= 3 * np.sqrt(variance / PATHS) + 1e-9).all()
    spread = np.sqrt((np.outer(variance, variance) + covariance**2) / PATHS)
    assert (abs(np.cov(levels.T) - covariance) <= 3 * spread + 1e-9).all()


def test_probabilities_of_another_indicator_are_the_analytic_ones_to_three_standard_errors() -> (
    None
):
    rho = shock_correlation([residuals(0), residuals(1)])[0, 1]

    assert rho > 0.4

    _, other = condition(drawn(2), [held(0, (0, 1.5), (1, 1.5))])

    for level in (-0.5, 0.0, 0.5, 1.0):
        expected = norm.sf((level - 0.5 * rho * 1.5) / (0.5 * np.sqrt(1 - rho**2)))
        share = (other.levels[:, 0] > level).mean()
        assert share == pytest.approx(expected, abs=3 * np.sqrt(expected * (1 - expected) / PATHS))


@pytest.mark.parametrize("noise", [0.3, 1.0, 3.0])
def test_a_noisy_level_moves_paths_as_the_gaussian_does(noise: float) -> None:
    """One number seen with noise: gain v / (v + r), and what is correlated follows."""
    seen = HeldLevels(0, np.array([0]), np.array([1.5]), np.array([noise]))
    rho = shock_correlation([residuals(0), residuals(1)])[0, 1]
    gain = 1 / (1 + noise**2)

    own, other = (paths.levels[:, 0] for paths in condition(drawn(2), [seen]))

    assert own.mean() == pytest.approx(gain * 1.5, abs=0.03)
    assert own.std() == pytest.approx(np.sqrt(1 - gain), rel=0.03)
    assert other.mean() == pytest.approx(0.5 * rho * gain * 1.5, abs=0.02)
    assert other.std() == pytest.approx(0.5 * np.sqrt(1 - rho**2 * gain), rel=0.03)


def test_noise_tells_nothing_of_the_quarters_after_a_year() -> None:
    def paths(last: Quarter) -> tuple[Array, Array]:
        shocks = [residuals(slot) for slot in (0, 1)]
        members = [
            replace(member(own, 1.0), mean=np.zeros(8), covariance=np.eye(8)) for own in shocks
        ]
        entries = [Forecasted(at, Predictive(ORIGIN, (one,))) for at, one in enumerate(members)]
        seen = HeldLevels(0, np.array([0]), np.array([1.5]), np.array([1.0]))
        own, other = condition(draw(entries, last, seed=7), [seen])
        return own.levels, other.levels

    own, other = paths(ORIGIN + 8)

    assert abs(np.corrcoef(own.T)[0, 1:]).max() < 0.03
    rho = np.corrcoef(own[:, 5], other[:, 5])[0, 1]
    assert np.corrcoef(own[:, 4], other[:, 4])[0, 1] == pytest.approx(rho, abs=0.03)
    assert own[:, :4] == pytest.approx(paths(ORIGIN + 4)[0], abs=1e-12)


def test_levels_seen_with_noise_leave_the_exact_t_that_a_textbook_has() -> None:
    """Of a t with its noise on the same tail: freedom f + 1, scale (f + d) / (f + 1)."""
    freedom, noise, level = 5.0, 0.5, 3.0
    seen = HeldLevels(0, np.array([0]), np.array([level]), np.array([noise]))

    (paths,) = condition(drawn(1, freedom), [seen])

    gain, total = 1 / (1 + noise**2), 1 + noise**2
    scale = np.sqrt((freedom + level**2 / total) / (freedom + 1) * (1 - gain))
    for share in (0.1, 0.5, 0.9):
        expected = gain * level + scale * student.ppf(share, freedom + 1)
        assert np.quantile(paths.levels[:, 0], share) == pytest.approx(expected, abs=0.03)


def test_every_path_has_the_levels_it_is_held_to() -> None:
    paths = condition(mixed(), [held(0, (0, 4.0), (1, 3.0))])

    assert (paths[0].levels == [4.0, 3.0]).all()


def test_what_is_held_is_met_by_the_shocks_themselves() -> None:
    free, tight = held(0, (1, 2.0)), held(0, (0, 0.5), (1, 2.0))

    for conditions in ([free], [tight], [tight, held(1, (0, 1.0))]):
        shocks = condition(mixed(), conditions)[0].levels

        assert abs(shocks[:, 1] - 2.0).max() < 1e-9


def test_nothing_held_leaves_every_bit() -> None:
    whole = mixed()

    for paths, same in zip(condition(whole, []), paths_of(whole), strict=True):
        assert paths.levels.tobytes() == same.levels.tobytes()
        assert paths.member.tolist() == same.member.tolist()


@pytest.mark.parametrize("behind", [False, True], ids=["abreast", "behind"])
def test_held_to_what_may_come_all_else_comes_with_it_as_it_was_drawn(behind: bool) -> None:
    whole = mixed(behind=behind)
    first, other = paths_of(whole)
    errors = []
    for row in range(0, PATHS, 16):
        levels = first.levels[row]
        alone, beside = condition(whole, [HeldLevels(0, np.arange(len(levels)), levels)])
        error = [
            float(first.member[row]) - alone.member.mean(),
            *(other.levels[row] - beside.levels.mean(axis=0)),
            *(other.levels[row] ** 2 - (beside.levels**2).mean(axis=0)),
        ]
        # An expectation given the levels misses by what no function of the levels explains.
        functions = [1.0, *levels, *np.tanh(levels), *abs(levels)]
        errors.append(np.outer(error, functions).ravel())

    standard = np.std(errors, axis=0) / np.sqrt(len(errors))
    assert (abs(np.mean(errors, axis=0)) < 3.5 * standard).all()


def test_a_member_weighs_what_it_gives_to_what_is_held_after_residuals_of_others() -> None:
    shocks, others = residuals(1), residuals(2) | {ORIGIN: 2.0}
    del shocks[ORIGIN]
    rho = shock_correlation([shocks, others])[0, 1]
    pool = [member(shocks, scale) for scale in (1.0, 0.5)]
    halves = tuple(Member(0.5, m.mean, m.covariance, np.inf, m.report) for m in pool)
    entries = [
        Forecasted(0, Predictive(ORIGIN + -1, halves)),
        Forecasted(1, Predictive(ORIGIN, (member(others, 1.0),))),
    ]

    paths = condition(draw(entries, LAST, seed=7), [held(0, (0, 1.2))])[0]

    wide, narrow = (
        norm.pdf(1.2, scale * 2.0 * rho, scale * np.sqrt(1 - rho**2)) for scale in (1.0, 0.5)
    )
    assert (paths.member == 0).mean() == pytest.approx(wide / (wide + narrow), abs=0.002)


@pytest.mark.parametrize(("freedom", "precision"), [(3.0, 2e-4), (6.0, 1e-4)])
def test_the_tail_of_a_path_is_that_of_the_conditional_t(freedom: float, precision: float) -> None:
    uniforms = np.full((99, 10), 0.5)
    uniforms[:, 8] = np.arange(1, 100) / 100
    offset, scale = np.array([4.0, 1.0]), FACTOR[:2, :2] @ FACTOR[:2, :2].T
    distance = offset @ np.linalg.inv(scale) @ offset

    _, spread = drawn_given(
        [member({}, 1.0, freedom=freedom)], [offset], [np.zeros(2)], [scale], uniforms
    )

    lighter = chi2.isf(uniforms[:, 8], freedom + 2)
    expected = np.sqrt(freedom * (1 + distance / freedom) / lighter)
    assert spread == pytest.approx(expected, rel=precision)


def test_a_member_weighs_what_it_gives_to_what_is_held() -> None:
    uniforms = np.full((9999, 10), 0.5)
    uniforms[:, 9] = np.arange(1, 10_000) / 10_000
    scale = FACTOR[:2, :2] @ FACTOR[:2, :2].T
    offsets = [np.array([1.0, 1.0]), np.array([0.5, -1.0]), np.array([1.0, 2.0])]
    freedoms = [3.0, 20.0, np.inf]

    number, _ = drawn_given(
        [member({}, 1.0, freedom=freedom) for freedom in freedoms],
        offsets,
        [np.zeros(2)] * 3,
        [scale, 4 * scale, scale],
        uniforms,
    )

    density = np.array(
        [
            multivariate_t(shape=shape, df=freedom).pdf(offset)
            for shape, freedom, offset in zip(
                [scale, 4 * scale, scale], freedoms, offsets, strict=True
            )
        ]
    )
    assert np.bincount(number) / 9999 == pytest.approx(density / density.sum(), abs=2e-4)


def test_a_path_held_slightly_otherwise_moves_slightly() -> None:
    whole = mixed()
    one, other = (
        condition(whole, [held(0, (0, level), (1, level))])[1].levels for level in (1.5, 1.501)
    )

    moved = np.sort(other, axis=0) - np.sort(one, axis=0)
    assert np.quantile(abs(other - one), 0.99) < 0.003
    assert abs(np.quantile(moved, [0.1, 0.5, 0.9])).max() < 0.003


def test_the_order_of_what_is_held_changes_nothing() -> None:
    one, other = held(0, (0, 1.0)), held(2, (1, -2.0))

    for paths, same in zip(
        condition(drawn(), [one, other]), condition(drawn(), [other, one]), strict=True
    ):
        assert paths.levels == pytest.approx(same.levels, abs=1e-9)


def test_the_distance_is_that_of_mahalanobis() -> None:
    conditions = [held(0, (0, 1.0), (1, 1.0)), held(1, (0, -1.0))]
    correlation = shock_correlation([residuals(0), residuals(1)])[0, 1]
    one, other = FACTOR[:2, :2], 0.5 * FACTOR[:1, :2]
    whole = np.block(
        [[one @ one.T, correlation * one @ other.T], [correlation * other @ one.T, other @ other.T]]
    )
    away = np.array([1.0, 1.0, -1.0])

    found = distances(drawn(2), conditions)

    assert found == pytest.approx(np.full(PATHS, away @ np.linalg.inv(whole) @ away))


def test_an_indicator_that_hardly_moves_may_be_held_far_away() -> None:
    still = Member(1.0, np.zeros(4), np.zeros((4, 4)), np.inf, member(residuals(0), 1.0).report)
    entries = [
        Forecasted(0, Predictive(ORIGIN, (still,))),
        Forecasted(1, Predictive(ORIGIN, (member(residuals(1), 1.0),))),
    ]

    paths = condition(draw(entries, LAST, seed=7), [held(0, (0, 0.5), (1, 0.5))])

    assert all(np.isfinite(one.levels).all() for one in paths)
