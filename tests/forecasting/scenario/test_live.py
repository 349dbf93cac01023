from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.arrays import Array
from forecasting.figures.indicator import Inputs
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from forecasting.outlook.verdict import LOWEST_GROWTH
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.live import RANKS, Live, live
from forecasting.scenario.model import Entry, PointLever, Scenario
from forecasting.scenario.response import Response, response
from tests.builders import make_target
from tests.forecasting.scenario.builders import ASK, CATALOGUE, TARGETS, figures, zone_baseline

FIXED = "fixed_asset_investment"
DIALS: list[Entry] = [
    Lever(LeverKind.NEW_STARTS, 1.0),
    Lever(LeverKind.PRODUCER_PRICES, 1.0),
    Lever(LeverKind.FOREIGN_CAPITAL, 1.0, assumptions=(("probability", 0.4),)),
    PointLever("nights", "gdp", 1.0, size=0.4, spread=0.2),
    Lever(LeverKind.FIRMS_RAISED, 1.0, assumptions=(("own_growth", 0.1),)),
]


@pytest.fixture(scope="session")
def picture(baseline: Baseline) -> Response:
    return response(baseline, Scenario(), DIALS)


@pytest.fixture(scope="session")
def small(baseline: Baseline, picture: Response) -> Live:
    return live(picture, outlook_of(baseline))


def growth(picture: Live, values: Sequence[float]) -> list[Array]:
    """Return growth of every course as the browser adds it up."""
    moved = [course.growth.copy() for course in picture.courses]
    for value, sides, reaches in zip(values, picture.sides, picture.dials, strict=True):
        counted = value * (sides[0] if value < 0 else sides[1])
        for reach in reaches if value != 0 else ():
            rows = reach.table if reach.outcome is None else reach.table[reach.outcome]
            if reach.realised is not None:
                rows = rows * reach.realised[:, None]
            moved[reach.course] = moved[reach.course] + counted * rows
    return [np.maximum(paths, LOWEST_GROWTH) for paths in moved]


@given(st.lists(st.floats(-2000, 2000), min_size=5, max_size=5))
@settings(max_examples=40, deadline=None)
def test_the_first_set_grows_as_it_does_among_all_paths(
    picture: Response, small: Live, values: list[float]
) -> None:
    every = picture.growth(values)

    for own, whole in zip(growth(small, values), every, strict=True):
        assert own.shape[0] == 1024
        np.testing.assert_array_equal(own, whole[:1024])


def test_a_dial_is_told_by_the_mean_of_all_paths(picture: Response, small: Live) -> None:
    (arrives,) = small.dials[2]
    (nights,) = small.dials[3]

    assert arrives.expected == pytest.approx(
        (picture.growth([0, 0, 1, 0, 0])[8] - picture.growth([0] * 5)[8])[:, -1].mean()
    )
    assert small.courses[arrives.course].indicator == "foreign_capital"
    assert nights.table.shape[0] == 1024
    assert nights.expected != nights.table[:, -1].mean()  # that of the first set alone
    assert small.dials[4] == ()  # next year only


def test_ranks_are_those_of_every_verdict() -> None:
    ordered = np.arange(1024)

    assert [int(ordered[rank]) for rank in RANKS] == [26, 102, 256, 512, 767, 921, 997]
    assert len(RANKS) == len(QUANTILE_LEVELS)


def test_a_year_known_to_its_end_has_no_course_but_counts() -> None:
    known = [figure for figure in figures("2021Q4") if figure.indicator == FIXED]
    open_ = [figure for figure in figures() if figure.indicator != FIXED]
    targets = [replace(t, threshold=50.0) if t.indicator == FIXED else t for t in TARGETS]
    closed = baseline_of(ASK, Inputs(CATALOGUE, targets, known + open_))

    small = live(response(closed, Scenario(), []), outlook_of(closed))

    assert FIXED not in {course.indicator for course in small.courses}
    (missed,) = small.closed
    assert missed.indicator == FIXED
    assert not missed.met
    assert missed.distance == pytest.approx(50.05 - 7.0, abs=2.0)
    assert small.order[0] == FIXED


def test_what_does_not_count_has_a_course_but_no_place_in_all() -> None:
    targets = [*TARGETS[:3], make_target("gdp", counts=False)]
    some = baseline_of(ASK, Inputs(CATALOGUE, targets, figures()))

    small = live(response(some, Scenario(), []), outlook_of(some))

    assert [course.counts for course in small.courses] == [True, True, True, False]
    assert "gdp" not in small.order


def test_a_baseline_of_last_quarter_alone_has_one_column() -> None:
    late = zone_baseline("2021Q3")

    assert {
        c.growth.shape for c in live(response(late, Scenario(), []), outlook_of(late)).courses
    } == {(1024, 1)}
