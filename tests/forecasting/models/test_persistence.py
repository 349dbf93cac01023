from dataclasses import replace

import numpy as np
import pytest

from forecasting.arrays import Array
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.arima.outliers import Cleaned, OutlierAt
from forecasting.models.persistence import growth_since_january, persistence
from forecasting.models.pool_weights import rest_of_year
from forecasting.models.predictive import ROUNDING_OF_GROWTH, ModelForecast, OutlierKind
from tests.forecasting.models.slow_student_t import Law, slow_student

FIRST = Quarter(2004, 1)
BASE = np.log([10.0, 20.0, 30.0, 40.0])


def grown(growth: Array, first: Quarter = FIRST) -> LogLevels:
    """Levels chained from log growth on a base year of 10, 20, 30 and 40; NaN grows by 0.08."""
    levels = list(BASE)
    for row, rate in enumerate(np.nan_to_num(growth, nan=0.08)):
        levels.append(levels[row] + rate)
    filled = np.array(levels)
    known = filled.copy()
    known[4:][np.isnan(growth)] = np.nan
    return LogLevels(first, known, filled, growth)


def without(series: LogLevels, outliers: dict[tuple[int, OutlierKind], float]) -> Cleaned:
    found = tuple(OutlierAt(row, kind) for row, kind in outliers)
    return Cleaned(found, np.array([*outliers.values()]), series.modelled, series.modelled_filled)


def forecast(series: LogLevels, horizon: int = 8) -> ModelForecast:
    made = persistence(series, without(series, {}), horizon)
    assert made is not None
    return made


def noisy(rows: int, seed: int = 3, noise: float = 0.01) -> Array:
    return 0.08 + np.random.default_rng(seed).normal(0, noise, rows)


def rest_of_year_scale(series: LogLevels, made: ModelForecast) -> float:
    weights = rest_of_year(series)
    ahead = len(weights)
    return float(np.sqrt(weights @ made.covariance[:ahead, :ahead] @ weights))


@pytest.mark.parametrize(
    ("quarter", "since_january"),
    [
        (1, 11.0 / 10),
        (2, (11.0 + 24.0) / 30),
        (3, (11.0 + 24.0 + 39.0) / 60),
        (4, (11.0 + 24.0 + 39.0 + 56.0) / 100),
    ],
)
def test_growth_stays_what_it_has_been_since_january(quarter: int, since_january: float) -> None:
    # Four years without growth, then +10, +20, +30 and +40%. Most past errors of the rule are 0, so
    # its bias is next to none: it is what the search of the t finds it to be.
    growth = np.concatenate([np.zeros(16), np.log([1.1, 1.2, 1.3, 1.4])[:quarter]])
    series = grown(growth)

    mean = forecast(series).mean

    bias = law_by_hand(series)[0]
    assert abs(bias) < ROUNDING_OF_GROWTH
    assert mean == pytest.approx(np.full(8, np.log(since_january) + bias), abs=1e-9)


def test_a_series_that_starts_within_a_year_knows_the_growth_since_its_first_quarter() -> None:
    # From the second quarter of 2004: the growth known first is that of the second of 2005.
    series = grown(np.array([0.10, 0.20, 0.30]), first=Quarter(2004, 2))

    known = growth_since_january(series.filled, np.array([1, 2, 3]))

    third = np.log((10 * np.exp(0.1) + 20 * np.exp(0.2)) / 30)
    fourth = np.log((10 * np.exp(0.1) + 20 * np.exp(0.2) + 30 * np.exp(0.3)) / 60)
    assert known == pytest.approx([0.10, third, fourth])


def test_a_pulse_is_taken_out_of_this_years_growth_and_of_next_years_base() -> None:
    growth = noisy(30)  # origin in a second quarter
    calm = grown(growth)
    for row in (29 + 4, 28 + 4, 25 + 4):  # this quarter, the one before, and one of last year
        shocked = calm.filled.copy()
        shocked[row] += 0.5
        series = replace(calm, values=shocked, filled=shocked, growth=shocked[4:] - shocked[:-4])

        cleaned = persistence(series, without(series, {(row, OutlierKind.ADDITIVE): 0.5}), 8)
        left_in = persistence(series, without(series, {}), 8)

        assert cleaned is not None
        assert left_in is not None
        assert cleaned.mean == pytest.approx(forecast(calm).mean)
        assert cleaned.covariance == pytest.approx(forecast(calm).covariance)
        assert abs(left_in.mean[0] - cleaned.mean[0]) > 0.01


def test_a_step_of_last_year_is_no_growth_of_this_one() -> None:
    calm = grown(noisy(30))
    stepped = calm.filled.copy()
    stepped[29:] += 0.5
    series = replace(calm, values=stepped, filled=stepped, growth=stepped[4:] - stepped[:-4])

    cleaned = persistence(series, without(series, {(29, OutlierKind.LEVEL_SHIFT): 0.5}), 8)

    assert cleaned is not None
    assert cleaned.mean == pytest.approx(forecast(calm).mean)
    assert cleaned.covariance == pytest.approx(forecast(calm).covariance)


def test_the_errors_after_a_first_quarter_are_those_of_a_t_with_their_own_tails() -> None:
    """Three complete years of first quarters that missed the rest by 2, -1 and 2 points."""
    misses = {1: 0.02, 2: -0.01, 3: 0.02}
    growth = np.array([0.08 + misses.get(row // 4, 0.0) * (row % 4 > 0) for row in range(17)])

    made = forecast(series := grown(growth))

    # After a first quarter the errors are those misses; after a second and third they are 0, for
    # by then growth since January is not the growth of each quarter: these are computed.
    own = [error for quarter, error in errors_by_hand(series) if quarter == 1]
    assert own == pytest.approx([0.0, 0.02, -0.01, 0.02], abs=1e-12)
    assert_law(made, series, law_by_hand(series))
    assert 0.002 < made.mean[0] - 0.08 < 0.015


def errors_by_hand(series: LogLevels) -> list[tuple[int, float]]:
    """Every origin's quarter, and by how much the rest of the year grew faster than till then."""
    level = np.exp(series.filled).reshape(-1)
    errors = []
    for row in range(4, len(level)):
        quarter = row % 4 + 1
        january = row - quarter + 1
        so_far = np.log(level[january : row + 1].sum() / level[january - 4 : row - 3].sum())
        ahead = 4 - quarter or 4
        rest = series.modelled[row - 3 : row - 3 + ahead]
        if row + ahead < len(level) and np.isfinite(rest).all():
            before = level[row - 3 : row - 3 + ahead]
            growth = np.log(level[row + 1 : row + 1 + ahead] / before)
            errors.append((quarter, float(before @ growth / before.sum() - so_far)))
    return errors


def law_by_hand(series: LogLevels, quarter: int = 0) -> Law:
    """The t of a quarter's errors (the last one's, if none is told), searched for directly."""
    errors = errors_by_hand(series)
    own = [error for number, error in errors if number == (quarter or series.origin.quarter)]
    every = np.array([error for _, error in errors])
    values = np.concatenate([own, every, -every])
    counts = np.concatenate([np.ones(len(own)), np.full(2 * len(every), 3 / (2 * len(every)))])
    return slow_student(values, counts, 3 + len(own), ROUNDING_OF_GROWTH)


def assert_law(made: ModelForecast, series: LogLevels, law: Law) -> None:
    """The rest of the year misses growth since January as told."""
    level = np.exp(series.filled)
    year = len(level) - series.origin.quarter
    so_far = np.log(level[year:].sum() / level[year - 4 : len(level) - 4].sum())
    location, scale, freedom = law
    assert made.degrees_of_freedom == freedom
    assert rest_of_year_scale(series, made) == pytest.approx(scale, rel=1e-6)
    assert made.mean == pytest.approx(so_far + location, abs=1e-6 * scale)


def test_each_origin_quarter_has_a_spread_of_its_own() -> None:
    rng = np.random.default_rng(1)
    # What comes after the second quarter is anybody's guess, what comes after the third is not.
    years = [[g := 0.08, g, x := g + rng.normal(0, 0.03), x] for _ in range(30)]
    growth = np.array(years).reshape(-1)

    second, third = (grown(growth[: 4 * 29 + quarter]) for quarter in (2, 3))

    sizes = [
        np.std([error for quarter, error in errors_by_hand(third) if quarter == own])
        for own in (2, 3)
    ]
    wide, narrow = (rest_of_year_deviation(series) for series in (second, third))
    assert sizes[0] > 1.8 * sizes[1]
    assert (wide, narrow) == pytest.approx(sizes, rel=0.2)


def rest_of_year_deviation(series: LogLevels) -> float:
    """The standard deviation of the rest of the year, tails included."""
    made, weights = forecast(series), rest_of_year(series)
    ahead = len(weights)
    square = weights @ made.covariance[:ahead, :ahead] @ weights
    return float(np.sqrt(square / (1 - 2 / made.degrees_of_freedom)))


def test_few_errors_tell_of_as_many_degrees_of_freedom_as_they_are_and_three() -> None:
    growth = noisy(41, noise=0.001)

    short, long = (forecast(grown(growth[:rows])) for rows in (9, 41))

    assert short.degrees_of_freedom == 3 + 2
    assert 3 + 2 < long.degrees_of_freedom <= 3 + 10


def test_a_crisis_makes_the_tails_heavy_and_hardly_widens_a_calm_year() -> None:
    growth = noisy(85, noise=0.003)
    crisis = growth.copy()
    crisis[41:44] -= 0.15

    calm, after = (forecast(grown(rates)) for rates in (growth, crisis))

    assert calm.degrees_of_freedom > 8
    assert after.degrees_of_freedom == 3
    assert after.covariance[0, 0] < 1.2 * calm.covariance[0, 0]
    assert after.mean[0] == pytest.approx(calm.mean[0], abs=0.001)


@pytest.mark.parametrize("rows", [41, 44])
def test_what_was_learned_tells_the_errors_of_the_quarter_that_now_stands(rows: int) -> None:
    growth = noisy(rows)
    known, now = grown(growth[:-3]), grown(growth)

    made = persistence(now, without(now, {}), 8, (known, without(known, {})))

    assert made is not None
    assert_law(made, now, law_by_hand(known, now.origin.quarter))
    assert known.origin.quarter != now.origin.quarter


@pytest.mark.parametrize("rows", [13, 14, 15, 16, 41, 42, 43, 44])
def test_the_spread_of_the_rest_of_the_year_is_that_of_past_errors(rows: int) -> None:
    series = grown(noisy(rows))

    assert_law(forecast(series), series, law_by_hand(series))


def test_spread_grows_with_the_horizon_as_that_of_a_local_level() -> None:
    covariance = forecast(grown(noisy(42))).covariance

    steps = np.arange(1, 9)
    shape = (np.minimum.outer(steps, steps) + np.eye(8)) / 2
    assert covariance / covariance[0, 0] == pytest.approx(shape)


def test_a_longer_horizon_changes_nothing_before_it() -> None:
    short, long = (forecast(grown(noisy(41)), horizon) for horizon in (8, 20))

    assert long.mean[:8].tolist() == short.mean.tolist()
    assert long.covariance[:8, :8].tolist() == short.covariance.tolist()


def test_a_year_with_a_missing_quarter_is_no_error_of_the_rule() -> None:
    growth = noisy(41)
    growth[22] = 2.0  # a third quarter that would be the largest error of all
    holed = growth.copy()
    holed[22] = np.nan

    with_it, without_it = forecast(grown(growth)), forecast(grown(holed))

    assert_law(without_it, grown(holed), law_by_hand(grown(holed)))
    assert with_it.degrees_of_freedom == 3 < without_it.degrees_of_freedom


def test_the_wilder_shock_has_no_more_to_say() -> None:
    growth = noisy(45)
    shocked, wilder = growth.copy(), growth.copy()
    shocked[20:24] += 1.0
    wilder[20:24] += 3.0

    one, other = (forecast(grown(rates)) for rates in (shocked, wilder))

    assert one.degrees_of_freedom == other.degrees_of_freedom == 3
    assert other.covariance == pytest.approx(one.covariance, rel=0.1)
    assert other.mean == pytest.approx(one.mean, abs=0.001)


def test_a_constant_series_keeps_the_spread_of_rounding() -> None:
    series = grown(np.full(40, 0.08))
    made = forecast(series)

    assert rest_of_year_scale(series, made) == pytest.approx(ROUNDING_OF_GROWTH)
    assert made.mean == pytest.approx(0.08)


@pytest.mark.parametrize(("rows", "tried"), [(1, False), (2, True), (4, True)])
def test_a_rule_that_was_never_tried_says_nothing(rows: int, tried: bool) -> None:
    # From the third quarter of a first year the fourth is the rest: the rule is tried in row 4.
    first = Quarter(2004, 3)
    series = grown(noisy(rows), first=first)

    assert (persistence(series, without(series, {}), 8) is not None) == tried


def test_a_rule_whose_every_year_has_a_gap_was_never_tried() -> None:
    growth = noisy(40)
    growth[3::4] = np.nan  # no fourth quarter was ever known alone
    series = grown(growth)

    assert persistence(series, without(series, {}), 8) is None
