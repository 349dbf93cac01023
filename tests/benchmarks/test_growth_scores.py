"""Scores on published growth: what is read, what the simple forecast says, what is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.exchange import Answer
from benchmarks.growth_compare import full_year, histories, taught
from benchmarks.growth_scores import difference, simple_forecast, thinned
from benchmarks.published_growth import (
    CATALOGUE,
    FOLDS,
    Case,
    Series,
    backtested,
    folds_of,
    means,
    read_series,
)
from forecasting.figures.period import Month
from forecasting.history.history import History, history_of


def series(ends: dict[int, float], halves: dict[int, float], level: str = "county/zone") -> Series:
    growth = {Month(year, 12): value for year, value in ends.items()}
    growth |= {Month(year, 6): value for year, value in halves.items()}
    return Series("a", "b", level, "g", True, growth)


def asked(own: Series, month: int) -> Case:
    return Case(own, 2018, month, (1.0, 3.0, 9.0), 0.25, 5.0, shown(own))


def shown(own: Series) -> History:
    history = history_of(CATALOGUE["gdp"], own.observations("gdp"))
    assert history is not None
    return history


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
    answers = [simple_forecast(asked(own, 6)) for own in (known, later)]
    assert len({(answer.quantiles, answer.probability) for answer in answers if answer}) == 1


def test_a_rule_tried_twice_says_nothing() -> None:
    assert simple_forecast(asked(series({2016: 5.0, 2017: 9.0}, HALVES), 6)) is None


def test_losses_are_in_units_of_the_series() -> None:
    own = series(ENDS, HALVES)
    assert own.unit == pytest.approx(4.0)
    scores = means([asked(own, 6)])
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


def quarterly(ytd: float) -> Series:
    """Return growth that is the same to every quarter, up to the middle of 2018."""
    months = [Month(year, 3 * quarter) for year in range(2014, 2019) for quarter in range(1, 5)]
    return Series("a", "b", "county/zone", "g", True, dict.fromkeys(months[:18], ytd))


WIDTH = 2.563103131
RANDOM_WALK = Answer(
    1.0, tuple((9.0, 9 - s, 9 + s, 0.0, 0.0) for s in (0.5 * WIDTH * k**0.5 for k in (1, 2, 3, 4)))
)


def test_a_package_says_the_full_year_by_the_shares_of_its_quarters() -> None:
    case = asked(quarterly(5.0), 6)
    shares = case.history.weights(2018)
    made = full_year((case, case), RANDOM_WALK)
    known = shares[0] + shares[1]
    assert made.quantiles[1] == pytest.approx(5 * known + 9 * (1 - known))
    # the first shock moves both quarters to come, the second one the last alone
    scale = ((shares[2] + shares[3]) ** 2 + shares[3] ** 2) ** 0.5
    assert made.quantiles[2] - made.quantiles[0] == pytest.approx(WIDTH * scale, abs=1e-6)


def test_what_a_package_gave_up_on_is_the_simple_forecast() -> None:
    case, simple = asked(quarterly(5.0), 6), asked(quarterly(4.0), 6)
    nothing = Answer(1.0, ((float("nan"),) * 5,) * 4)
    assert full_year((case, simple), nothing) is simple


def test_a_package_is_shown_what_the_engine_was() -> None:
    case = asked(quarterly(5.0), 6)
    assert histories([(case, case)]) == {"0": pytest.approx([5.0] * 18)}


def test_a_package_that_learns_is_taught_nothing_of_the_year_it_is_asked_about() -> None:
    shown = taught([quarterly(5.0)], range(2014, 2020))
    sizes = {key: len(known) for key, known in shown.items()}
    assert sizes == {
        "2015/taught/0": 4,
        "2016/taught/0": 8,
        "2017/taught/0": 12,
        "2018/taught/0": 16,
        "2019/taught/0": 18,
    }


def test_the_last_figures_alone_are_what_an_area_with_no_others_would_be_judged_by() -> None:
    """Earlier figures change nothing, and the learned member speaks alone."""
    growth = quarterly(5.0).growth | {Month(2017, 9): 7.0, Month(2018, 12): 6.0}
    whole = replace(quarterly(5.0), growth=growth)
    short = replace(whole, growth={m: v for m, v in growth.items() if m >= Month(2017, 3)})
    said = [list(backtested([own], range(2018, 2019), last=6)) for own in (whole, short)]
    assert [case.month for case in said[0]] == [0, 3, 6]
    assert [case.month for case in said[1]] == [0, 3, 6]
    assert said[0][2].quantiles == said[1][2].quantiles
    assert said[0][0].quantiles != said[1][0].quantiles
    (full,) = (case for case in backtested([whole], range(2018, 2019)) if case.month == 6)
    assert full.quantiles != said[0][2].quantiles


def test_differences_of_series_that_lose_alike_are_certain() -> None:
    """Two series lose 0.2 in Brier score each, whichever of them is drawn again."""
    pairs = []
    for own in (series(ENDS, HALVES), replace(series(ENDS, HALVES), indicator="c")):
        case = replace(asked(own, 6), outcome=9.0)
        pairs.append((replace(case, probability=0.4), replace(case, probability=0.6)))
    row = difference(pairs)
    assert row.mean == pytest.approx([0.0, 0.6**2 - 0.4**2, np.log(0.6 / 0.4)])
    assert row.low == pytest.approx(row.mean)
    assert row.high == pytest.approx(row.mean)
    ahead = replace(pairs[1][0], probability=0.8), pairs[1][1]
    mixed = difference([pairs[0], ahead])
    assert mixed.low[1] == pytest.approx(0.2**2 - 0.4**2)
    assert mixed.high[1] == pytest.approx(0.6**2 - 0.4**2)
    assert mixed.series == 2
