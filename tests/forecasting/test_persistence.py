from dataclasses import replace

import numpy as np
import pytest

from forecasting.arima.outliers import Cleaned, Found
from forecasting.arima.series import LogLevels
from forecasting.companions.persistence import SMALLEST_SCALE, persistence
from forecasting.period import Quarter
from forecasting.predictive import Array, OutlierKind
from forecasting.projection import Projection
from forecasting.weights import rest_of_year

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
    found = tuple(Found(row, kind) for row, kind in outliers)
    return Cleaned(found, np.array([*outliers.values()]), series.modelled, series.modelled_filled)


def forecast(series: LogLevels, horizon: int = 8) -> Projection:
    projection = persistence(series, without(series, {}), horizon)
    assert projection is not None
    return projection


def noisy(rows: int, seed: int = 3, noise: float = 0.01) -> Array:
    return 0.08 + np.random.default_rng(seed).normal(0, noise, rows)


def rest_of_year_scale(series: LogLevels, projection: Projection) -> float:
    weights = rest_of_year(series)
    ahead = len(weights)
    return float(np.sqrt(weights @ projection.covariance[:ahead, :ahead] @ weights))


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
    # Two years without growth, then +10, +20, +30 and +40%. Most past errors of the rule are 0, and
    # so is their median and with it the size at which all are cut off: there is no bias.
    growth = np.concatenate([np.zeros(8), np.log([1.1, 1.2, 1.3, 1.4])[:quarter]])

    mean = forecast(grown(growth)).mean

    assert mean == pytest.approx(np.full(8, np.log(since_january)))


def test_a_series_that_starts_within_a_year_knows_the_growth_since_its_first_quarter() -> None:
    # From the second quarter of 2004: the growth known first is that of the second of 2005.
    growth = np.array([0.10, 0.20, 0.30, *[0.05] * 9])
    projection = persistence(
        series := grown(growth, first=Quarter(2004, 2)), without(series, {}), 4
    )

    assert projection is not None
    # One step ahead, from the second quarter to the third and from both to the fourth.
    third = np.log((10 * np.exp(0.1) + 20 * np.exp(0.2)) / 30)
    ratio = projection.errors[2] / projection.errors[1]
    assert ratio == pytest.approx((0.30 - third) / (0.20 - 0.10))


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


def test_scale_bias_and_degrees_of_freedom_by_hand() -> None:
    """Three complete years of first quarters that missed the rest by 2, -1 and 2 points."""
    misses = {1: 0.02, 2: -0.01, 3: 0.02}
    growth = np.array([0.08 + misses.get(row // 4, 0.0) * (row % 4 > 0) for row in range(17)])

    projection = forecast(series := grown(growth))

    # After a first quarter the errors are those misses; after a second and third they are 0, for
    # by then growth since January is not the growth of each quarter: these are computed.
    errors = errors_by_hand(series)
    cut = 5 * np.median(np.abs([error for _, error in errors]))
    clipped = [(quarter, float(np.clip(error, -cut, cut))) for quarter, error in errors]
    own = np.array([error for quarter, error in clipped if quarter == 1])
    pooled = np.mean([error**2 for _, error in clipped])
    bias = own.sum() / (len(own) + 3)
    scale = np.sqrt((3 * pooled + ((own - bias) ** 2).sum()) / (len(own) + 3))
    assert own == pytest.approx([0.0, 0.02, -0.01, 0.02], abs=1e-12)
    assert projection.degrees_of_freedom == 7
    assert projection.mean == pytest.approx(0.08 + bias)
    assert rest_of_year_scale(series, projection) == pytest.approx(scale)


def errors_by_hand(series: LogLevels) -> list[tuple[int, float]]:
    """Every origin's quarter, and by how much the rest of the year grew faster than till then."""
    level = np.exp(series.filled).reshape(-1)
    errors = []
    for row in range(4, len(level)):
        quarter = row % 4 + 1
        january = row - quarter + 1
        so_far = np.log(level[january : row + 1].sum() / level[january - 4 : row - 3].sum())
        ahead = 4 - quarter or 4
        if row + ahead < len(level):
            before = level[row - 3 : row - 3 + ahead]
            growth = np.log(level[row + 1 : row + 1 + ahead] / before)
            errors.append((quarter, float(before @ growth / before.sum() - so_far)))
    return errors


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
    wide = rest_of_year_scale(second, forecast(second))
    narrow = rest_of_year_scale(third, forecast(third))
    assert sizes[0] > 1.8 * sizes[1]
    assert (wide, narrow) == pytest.approx(sizes, rel=0.2)


def test_the_errors_of_all_quarters_count_as_three_of_its_own() -> None:
    growth = noisy(41, noise=0.001)

    short, long = (forecast(grown(growth[:rows])) for rows in (9, 41))

    assert short.degrees_of_freedom == 3 + 2
    assert long.degrees_of_freedom == 3 + 10


@pytest.mark.parametrize("rows", [13, 14, 15, 16, 41, 42, 43, 44])
def test_the_spread_of_the_rest_of_the_year_is_that_of_past_errors(rows: int) -> None:
    series = grown(noisy(rows))
    quarter = series.origin.quarter
    errors = errors_by_hand(series)
    cut = 5 * np.median(np.abs([error for _, error in errors]))
    own = np.clip([error for q, error in errors if q == quarter], -cut, cut)
    pooled = np.mean(np.clip([error for _, error in errors], -cut, cut) ** 2)
    bias = own.sum() / (len(own) + 3)
    square = (3 * pooled + ((own - bias) ** 2).sum()) / (len(own) + 3)

    assert rest_of_year_scale(series, forecast(series)) == pytest.approx(np.sqrt(square))


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

    assert without_it.degrees_of_freedom == with_it.degrees_of_freedom - 1
    assert without_it.covariance[0, 0] < 0.7 * with_it.covariance[0, 0]
    assert np.isnan(without_it.errors[22])


def test_one_shock_counts_for_five_times_the_median_error_at_most() -> None:
    growth = noisy(45)
    shocked, wilder = growth.copy(), growth.copy()
    shocked[20:24] += 1.0
    wilder[20:24] += 3.0

    assert forecast(grown(wilder)).covariance[0, 0] == pytest.approx(
        forecast(grown(shocked)).covariance[0, 0], rel=0.1
    )


def test_a_constant_series_keeps_the_spread_of_rounding() -> None:
    series = grown(np.full(40, 0.08))
    projection = forecast(series)

    assert rest_of_year_scale(series, projection) == pytest.approx(SMALLEST_SCALE)
    assert projection.mean == pytest.approx(0.08)
    assert np.abs(projection.errors[1:]).max() < 1e-6


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


def test_errors_are_one_step_ahead_and_of_unit_mean_square() -> None:
    errors = forecast(grown(noisy(41))).errors

    assert np.isnan(errors[0])
    assert np.mean(errors[1:] ** 2) == pytest.approx(1)
