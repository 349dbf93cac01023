"""The learned member: what it says, of what, and what it may not know."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from forecasting.figures.learner import Learner, read_learner
from forecasting.figures.period import Quarter
from forecasting.history.log_levels import SEASON, LogLevels
from forecasting.models.learned import (
    correction,
    fast_growth,
    features_of,
    learned,
    slowing,
    table_of,
)
from forecasting.models.pool import fit, predict
from forecasting.models.pool_weights import deviation, rest_of_year, shares_of
from tests.builders import chain, make_figures

FILE = Path(__file__).resolve().parents[3] / "seeds" / "learned_growth.json"
LOG_UNIT, LEVEL = 15, 21
"""Features that have a unit: that of the series, and growth itself."""


@pytest.fixture(scope="module")
def learner() -> Learner:
    return read_learner(FILE.read_bytes())


def chained(growth: list[float], learner: Learner | None, first: int = 2012) -> LogLevels:
    """Return a series of log growth in percent from the first quarter of a year on."""
    levels = [0.0] * SEASON
    for rate in growth:
        levels.append(levels[-SEASON] + rate / 100)
    values = np.array(levels)
    return LogLevels(
        Quarter(first - 1, 1), values, values, growth=np.array(growth) / 100, learner=learner
    )


def wavy(quarters: int) -> list[float]:
    rng = np.random.default_rng(5)
    return list(8 + np.cumsum(rng.normal(scale=0.6, size=quarters)))


def test_features_have_no_unit() -> None:
    table, known = table_of(chained([5 * rate for rate in wavy(30)], None))
    now, unit, features = features_of(table, known)
    twice = features_of(2 * table, known)
    assert twice[0] == pytest.approx(2 * now)
    assert twice[1] == pytest.approx(2 * unit)
    same = [i for i in range(len(features)) if i not in (LOG_UNIT, LEVEL)]
    np.testing.assert_allclose(twice[2][same], features[same])


@pytest.mark.parametrize("quarters", [28, 29, 30, 31])
def test_the_full_year_is_what_the_network_says(learner: Learner, quarters: int) -> None:
    series = chained(wavy(quarters), learner)
    forecast = learned(series, 6)
    assert forecast is not None
    assert forecast.mean.shape == (6,)
    table, known = table_of(series)
    now, unit, features = features_of(table, known)
    location, scale = learner.years[(series.origin + 1).year].ends(features, known)
    share = shares_of(series.filled[len(series.filled) - SEASON - known :][:SEASON])
    so_far = share[:known].sum() * np.exp(now / 100)
    ahead = share[known:] * np.exp(forecast.mean[: SEASON - known])
    year = np.log(so_far + ahead.sum())
    assert 100 * year == pytest.approx(now + unit * location[-1], abs=1e-9)
    reach = ahead / np.exp(year)
    within = forecast.covariance[: SEASON - known, : SEASON - known]
    assert 100 * np.sqrt(reach @ within @ reach) == pytest.approx(unit * scale[-1], rel=1e-6)


def test_what_later_years_taught_is_not_known_before(learner: Learner) -> None:
    series = chained(wavy(30), learner)  # up to the second quarter of 2019
    document = json.loads(FILE.read_bytes())
    for year, numbers in document["years"].items():
        if int(year) > 2019:
            numbers["bias"] = (5 + np.array(numbers["bias"])).tolist()
    other = read_learner(json.dumps(document).encode())
    before, after = (learned(replace(series, learner=own), 4) for own in (learner, other))
    assert before is not None
    assert after is not None
    assert before.mean.tobytes() == after.mean.tobytes()
    assert before.covariance.tobytes() == after.covariance.tobytes()
    assert learner.before(2009) is None
    assert learner.before(2050) is learner.years[2026]


def test_it_is_a_member_of_the_pool(learner: Learner) -> None:
    [fitted] = fit([chained(wavy(40), learner)], 4)
    methods = [member.report.method for member in fitted.predictive.members]
    assert methods == ["sarima", "ets", "theta", "persistence", "learned"]
    assert fitted.weights[-1] > 0.25
    [without] = fit([chained(wavy(40), None)], 4)
    assert [m.report.method for m in without.predictive.members] == methods[:-1]


def test_fast_growth_is_taken_down(learner: Learner) -> None:
    """Other series have shown that it slows down by more than models say."""
    [fast] = fit([chained([rate + 12 for rate in wavy(40)], learner)], 4)
    assert fast.moved < 0


def test_growth_is_fast_now_and_was_fast_for_years() -> None:
    """Both count the same, and where no full year is known growth so far is all there is."""
    usual = table_of(chained([7.0] * 24 + [11.0], None))
    now = fast_growth(*table_of(chained([11.0] * 25, None)))
    assert usual[1] == 1
    assert 2 * fast_growth(*usual) == pytest.approx(
        fast_growth(*table_of(chained([7.0] * 25, None))) + now, abs=0.02
    )
    assert fast_growth(*table_of(chained([11.0], None))) == pytest.approx(now)
    years = [20.0] * 8 + [7.0] * 20
    assert fast_growth(*table_of(chained(years, None))) == pytest.approx(
        fast_growth(*table_of(chained([7.0] * 28, None)))
    )


def test_a_correction_counts_the_more_the_more_yearly_changes_are_known() -> None:
    for changes, part in ((0, 0.0), (2, 1 / 9), (4, 0.5), (8, 8 / 9)):
        table = table_of(chained([11.0] * (4 * changes + 5), None))
        assert slowing(*table) == pytest.approx(part * np.array([1.0, fast_growth(*table)]))


def test_half_of_the_paths_of_a_year_lie_above_its_median(learner: Learner) -> None:
    """Quarters that err apart from each other do not lift the year by being summed."""
    rng = np.random.default_rng(1)
    series = chained(list(8 + 15 * rng.normal(size=40)), learner)
    [fitted] = fit([series], 4)
    parts = rest_of_year(series)
    growth, sums = [], []
    for weight, forecast in zip(fitted.weights, fitted.forecasts, strict=True):
        size, freedom = round(200_000 * weight), forecast.degrees_of_freedom
        factor = fitted.spread * np.linalg.cholesky(forecast.covariance[:4, :4])
        errors = rng.standard_normal((size, 4)) @ factor.T
        errors *= np.sqrt(freedom / rng.chisquare(freedom, size))[:, None]
        growth.append(np.log(np.exp(forecast.mean[:4] + fitted.moved + errors) @ parts))
        sums.append((forecast.mean[:4] + errors) @ parts)
    table, known = table_of(series)
    parameters = learner.years[(series.origin + 1).year]
    by, _ = correction(parameters, table, known)
    means = np.array([parts @ forecast.mean[:4] for forecast in fitted.forecasts])
    squares = [parts @ own.covariance[:4, :4] @ parts for own in fitted.forecasts]
    corrected = by * deviation(fitted.weights, means, np.sqrt(squares))
    wanted = float(np.median(np.concatenate(sums))) + corrected
    assert float(np.median(np.concatenate(growth))) == pytest.approx(wanted, abs=0.002)
    assert corrected - fitted.moved > 0.005


@pytest.mark.parametrize("quarters", range(1, 12))
def test_a_short_series_gets_its_answer_from_it(learner: Learner, quarters: int) -> None:
    [alone] = predict([chained(wavy(quarters), learner, first=2020)], 4)
    [member] = alone.members
    assert member.report.method == "learned"
    parts = rest_of_year(chained(wavy(quarters), None, first=2020))
    ahead = len(parts)
    width = 100 * np.sqrt(parts @ member.covariance[:ahead, :ahead] @ parts)
    assert 0.1 < width < 15


HALVES = {"2022Q2": 8.0, "2022Q4": 9.0, "2023Q2": 5.0, "2023Q4": 7.0, "2024Q2": 6.0}


def test_what_bridges_a_gap_is_no_figure() -> None:
    """A year known by its halves does not stand still between them."""
    series = chain(make_figures(HALVES)).log_levels()
    table, known = table_of(series)
    published = 100 * np.log1p(np.array(list(HALVES.values())) / 100)
    told = table[np.isfinite(table)]
    assert known == 2
    np.testing.assert_allclose(told, published, atol=0.02)
    assert np.isnan(table[:, [0, 2]]).all()
    earlier, _ = table_of(series.until(len(series.values) - SEASON))
    np.testing.assert_array_equal(earlier[:, :2], table[:-1, :2])


def test_an_area_that_begins_to_publish_in_a_fourth_quarter_is_no_steady_one(
    learner: Learner,
) -> None:
    """The quarters before it are bridged by the growth of its year, all alike."""
    widths = []
    for first in ("2022Q4", "2023Q1"):
        known = {"2022Q4": 9.0, "2023Q1": 6.0, "2023Q2": 7.0}
        figures = {period: value for period, value in known.items() if period >= first}
        series = chain(make_figures(figures)).log_levels(learner=learner)
        forecast = learned(series, 2)
        assert forecast is not None
        widths.append(100 * float(np.sqrt(forecast.covariance[0, 0])))
    assert 1 < widths[0] < 3 * widths[1]


def test_a_single_quarter_alone_does_not_tell_growth_since_january(learner: Learner) -> None:
    values = np.array([0.0] * SEASON + [np.nan, 0.05, 0.06, 0.04, 0.05, 0.06])
    filled = np.where(np.isnan(values), 0.03, values)
    filled[2 * SEASON :] += filled[SEASON : SEASON + 2]
    growth = (filled[SEASON:] - filled[:-SEASON]) * np.where(np.isnan(values[SEASON:]), np.nan, 1)
    table, known = table_of(LogLevels(Quarter(2019, 1), values, filled, growth=growth))
    assert known == 2
    assert np.isnan(table[0]).all()
    assert np.isfinite(table[1, :known]).all()


@pytest.mark.parametrize(
    "growth",
    [[5.0] * 6, [0.0] * 30, [500.0, -300, 20, 4, -90, 600], [-400.0] * 7, [8.0] * 20 + [700.0]],
)
def test_odd_series_get_finite_answers(learner: Learner, growth: list[float]) -> None:
    forecast = learned(chained(growth, learner), 8)
    assert forecast is not None
    assert np.isfinite(forecast.mean).all()
    assert np.isfinite(forecast.covariance).all()
    assert np.linalg.eigvalsh(forecast.covariance).min() > -1e-9


def test_levels_alone_are_not_for_it(learner: Learner) -> None:
    levels = LogLevels.of_levels(Quarter(2010, 1), np.linspace(0, 1, 40))
    assert learned(replace(levels, learner=learner), 4) is None
