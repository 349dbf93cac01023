"""Where a zone stands, and when its gaps would close."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.errors import CriteriaRefused
from forecasting.figures.indicator import Direction
from forecasting.plan.criteria import read_criteria
from forecasting.plan.gaps import (
    ClassStanding,
    Lacking,
    place_of,
    stand,
    years_to_close,
)
from forecasting.plan.ratios import ratio_levels, ratio_paths
from forecasting.plan.years import FORECAST_YEARS, REACH, YearPaths, year_paths
from tests.forecasting.plan.cases import (
    CITY,
    CRITERIA,
    DEVIATION,
    LEVEL,
    MEAN,
    PAST,
    QUESTION,
    YEAR,
    criteria,
    known,
    normal_engine,
    yardstick,
)

LINES = (140.0, 112.0)
SLOW_PATHS = 40_000


@pytest.fixture(scope="module")
def ahead() -> dict[str, YearPaths]:
    return year_paths(QUESTION, known(), ("output", "trade"), normal_engine)


def standing(ahead: dict[str, YearPaths], lines: tuple[float, float]) -> ClassStanding:
    own = {name: {2025: LEVEL} for name in ("output", "trade")}
    yardsticks = [yardstick("output", lines[0]), yardstick("trade", lines[1])]
    (only,) = stand(criteria(), own, ahead, {}, yardsticks)
    return only


def simulated_years(rng: np.random.Generator) -> np.ndarray:
    """Return by path the year in which each of two gaps closes, REACH where none does."""
    closed = np.full((SLOW_PATHS, 2), REACH)
    for path in range(SLOW_PATHS):
        repeated = rng.random(REACH - FORECAST_YEARS)  # years go together
        for item in (0, 1):
            quarters, forecast = [1.0] * 4, []
            for _ in range(FORECAST_YEARS):
                grown = [
                    level * np.exp(rng.normal(MEAN[item], DEVIATION[item])) for level in quarters
                ]
                forecast.append(sum(grown) / sum(quarters))
                quarters = grown
            own = [*forecast[::-1], *(1 + rate / 100 for rate in reversed(PAST.values()))]
            rates = [*forecast, *(own[int(share * len(own))] for share in repeated)]
            level = LEVEL
            for year, rate in enumerate(rates):
                level *= rate
                if level >= LINES[item]:
                    closed[path, item] = year
                    break
    return closed


def test_time_to_close_agrees_with_brute_force(ahead: dict[str, YearPaths]) -> None:
    slow = simulated_years(np.random.default_rng(1))

    only = standing(ahead, LINES)

    for item, years in zip(only.items, slow.T, strict=True):
        assert item.main is not None
        assert item.main.closing is not None
        told = item.main.closing.by_year
        assert told == pytest.approx([(years <= k).mean() for k in range(REACH)], abs=0.012)
        half = item.main.closing.year_at(0.5)
        assert half == YEAR + int(np.median(years))
    assert only.closing is not None
    together = slow.max(axis=1)
    expected = [(together <= k).mean() for k in range(REACH)]
    assert only.closing.by_year == pytest.approx(expected, abs=0.012)
    assert only.closing.by_year[3] < min(i.main.closing.by_year[3] for i in only.items)  # type: ignore[union-attr]


def test_a_gap_that_widens_says_so(ahead: dict[str, YearPaths]) -> None:
    """The line grows by a fifth a year, the zone by less."""
    own = {name: {2025: LEVEL} for name in ("output", "trade")}
    moving = [yardstick("output", 120.0, 2024), yardstick("output", 144.0)]

    (only,) = stand(criteria(), own, ahead, {}, moving)

    (output, trade) = only.items
    assert output.main is not None
    assert output.main.line.growth == pytest.approx(20.0)
    closing = output.main.closing
    assert closing is not None
    assert closing.widens
    assert closing.wider > 0.99
    assert closing.forecast < 0.01
    assert trade.main is None
    still = standing(ahead, LINES).items[0].main
    assert still is not None
    assert still.closing is not None
    assert not still.closing.widens


def test_where_less_is_better_a_gap_closes_from_above() -> None:
    courses = np.array([[3.0, 2.0, 1.0], [3.0, 3.0, 3.0], [1.0, 5.0, 5.0]])

    assert years_to_close(courses, np.full(3, 2.0), Direction.DOWN).tolist() == [1, 3, 0]
    assert years_to_close(courses, np.full(3, 3.0), Direction.UP).tolist() == [0, 0, 1]


def test_a_place_says_which_peers_are_unknown() -> None:
    peers = {"a": {2025: 120.0}, "b": {2025: 80.0}, "c": {2024: 500.0}, "d": {2025: 100.0}}

    place = place_of(100.0, peers, 2025, Direction.UP)

    assert (place.best, place.worst, place.known, place.unknown) == (2, 3, 3, ("c",))
    down = place_of(100.0, peers, 2025, Direction.DOWN)
    assert (down.best, down.worst) == (2, 3)


def test_what_is_missing_is_said(ahead: dict[str, YearPaths]) -> None:
    only = criteria()
    names = {item.id: item for item in only.items}
    (one,) = stand(only, {"output": {2025: LEVEL}}, {}, {}, [yardstick("output", 120.0)])

    output, trade = one.items
    assert (output.lacking, trade.lacking) == (Lacking.NO_FORECAST, Lacking.NO_LEVEL)
    assert output.main is not None
    assert output.main.closing is None
    assert one.closing is None
    assert set(names) == {"output", "trade"}


def test_what_is_met_has_no_gap_to_close(ahead: dict[str, YearPaths]) -> None:
    only = standing(ahead, (LEVEL, 112.0))

    output = only.items[0].main
    assert output is not None
    assert output.met
    assert output.closing is None
    assert only.met == 1
    assert only.closing == only.items[1].main.closing  # type: ignore[union-attr]
    both = replace(only.items[0], against=())
    assert both.main is None


RATIO = CRITERIA.replace(
    'unit = "1e8 CNY"\ndirection = "up"\nindicator = "output"',
    'unit = "%"\ndirection = "up"\nindicator = "output"\nover = "city"',
)


def test_an_item_that_is_a_ratio_is_held_against_the_ratios_of_peers(
    ahead: dict[str, YearPaths],
) -> None:
    version = read_criteria(RATIO, "two_items.toml", ("output", "trade"))
    (item, _) = version.items
    paths = ratio_paths(ahead["output"], CITY)
    assert paths is not None
    own = {item.quantity: ratio_levels({2025: LEVEL}, CITY)}
    peers = {"a": {item.quantity: {2025: 12.0}}, "b": {item.quantity: {2025: 8.0}}}

    (only,) = stand(version, own, {item.quantity: paths}, peers, [])
    (bare,) = stand(version, {"output": {2025: LEVEL}}, ahead, peers, [])

    standing = only.items[0]
    assert (standing.value, standing.place.best if standing.place else 0) == (10.0, 2)
    assert standing.main is not None
    assert standing.main.level == 10.0
    assert standing.main.met
    assert bare.items[0].lacking is Lacking.NO_RATIO


@pytest.mark.parametrize("wrong", ['unit = "1e8 CNY"', 'indicator = ""'])
def test_a_ratio_has_an_indicator_and_is_in_percent(wrong: str) -> None:
    right = 'unit = "%"' if "unit" in wrong else 'indicator = "output"'

    with pytest.raises(CriteriaRefused, match=r"output\.over"):
        read_criteria(RATIO.replace(right, wrong, 1), "two_items.toml", ("output", "trade"))
