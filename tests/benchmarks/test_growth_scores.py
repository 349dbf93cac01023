"""Scores on published growth: what is read, what the simple forecast says, what is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.growth_scores import simple_forecast, thinned
from benchmarks.published_growth import Case, Series, means, read_series
from forecasting.figures.period import Month
from tools.learn_growth import FOLDS, folds_of


def series(ends: dict[int, float], halves: dict[int, float], level: str = "county/zone") -> Series:
    growth = {Month(year, 12): value for year, value in ends.items()}
    growth |= {Month(year, 6): value for year, value in halves.items()}
    return Series("a", "b", level, "g", True, growth)


def asked(own: Series, month: int) -> Case:
    return Case(own, 2018, month, (0.0, 0.0, 0.0), 0.0, 5.0)


HALVES = {2015: 4.0, 2016: 6.0, 2017: 8.0, 2018: 7.05}
ENDS = {2014: 1.0, 2015: 5.0, 2016: 5.0, 2017: 9.0}


def test_the_simple_forecast_has_its_own_errors_at_the_same_quarter() -> None:
    simple = simple_forecast(asked(series(ENDS, HALVES), 6))
    assert simple is not None
    # errors of 1, -1 and 1 point: a t with three degrees of freedom of scale 1
    assert simple.quantiles == pytest.approx((7.05 - 1.6377, 7.05, 7.05 + 1.6377), abs=1e-4)
    assert simple.probability == pytest.approx(0.5)


def test_before_any_quarter_last_years_growth_persists() -> None:
    simple = simple_forecast(asked(series(ENDS, HALVES), 0))
    assert simple is not None
    assert simple.quantiles[1] == pytest.approx(9.0)


def test_later_years_are_not_among_the_errors() -> None:
    known = series(ENDS, HALVES)
    later = series(ENDS | {2018: 0.0, 2019: 90.0}, HALVES | {2019: -90.0})
    assert simple_forecast(asked(known, 6)) == replace(
        simple_forecast(asked(later, 6)) or asked(known, 6), series=known
    )


def test_a_rule_tried_twice_says_nothing() -> None:
    assert simple_forecast(asked(series({2016: 5.0, 2017: 9.0}, HALVES), 6)) is None


def test_losses_are_in_units_of_the_series() -> None:
    own = series(ENDS, HALVES)
    assert own.unit == pytest.approx(4.0)
    scores = means([Case(own, 2018, 6, (1.0, 3.0, 9.0), 0.25, 5.0)])
    assert scores.pinball == pytest.approx((0.1 * 4 + 0.5 * 2 + 0.1 * 4) / 3 / 4)
    assert (scores.holds, scores.width, scores.brier) == pytest.approx((1.0, 2.0, 0.0625))


def test_local_series_are_never_thinned() -> None:
    nation = [series({}, {}, "nation by sector/product") for _ in range(4)]
    local = [series({}, {}) for _ in range(3)]
    assert thinned([*nation, *local], 2) == [nation[0], nation[2], *local]


def test_every_group_is_left_out_once() -> None:
    groups = [f"g{number}" for number in range(8)]
    folds = folds_of([*groups, *reversed(groups)])
    assert set(folds) == set(groups)
    assert sorted(folds.values()) == sorted(place % FOLDS for place in range(8))


def test_volatile_series_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "series.csv").write_text(
        "area,indicator,measure,frequency,level,group,volatile\n"
        "CN,a,growth_ytd,monthly,nation headline,x,0\n"
        "CN,b,growth_ytd,monthly,nation headline,x,1\n"
        "CN,a,level_ytd,monthly,nation headline,x,0\n",
        encoding="utf-8",
    )
    (tmp_path / "figures.csv").write_text(
        "area,indicator,measure,period,value,unit\n"
        "CN,a,growth_ytd,2019-05,4.25,%\n"
        "CN,a,growth_ytd,2019Q2,5,%\n"
        "CN,a,level_ytd,2019Q2,50,1e8 CNY\n"
        "CN,b,growth_ytd,2019Q2,6,%\n",
        encoding="utf-8",
    )
    (own,) = read_series(tmp_path)
    assert own.growth == {Month(2019, 5): 4.2, Month(2019, 6): 5.0}
    assert own.by_quarter().growth == {Month(2019, 6): 5.0}
