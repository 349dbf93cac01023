import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasting.errors import OutlookError, PinAgainstPins, PinOfKnownQuarter
from forecasting.figures.indicator import Inputs
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.outlook.verdict import ytd_paths
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import paths_held, pinned
from tests.builders import ZONE, make_catalogue, make_target, steady_figures

Q1, Q2, Q3, Q4 = (Quarter(2021, number) for number in (1, 2, 3, 4))
rates = st.floats(-40, 80)
no_reset = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    """One indicator to the first quarter of 2021."""
    figures = steady_figures("2010Q1", "2021Q1", 7.2, wobble=1.0, indicator="a")
    return baseline_of(
        Question(ZONE, 2021), Inputs(make_catalogue("a"), [make_target("a")], figures)
    )


def since_january(baseline: Baseline) -> np.ndarray:
    line = baseline.standing[0]
    return ytd_paths(line.history, baseline.paths[0].levels, baseline.question.year)


@given(growth=rates, quarter=st.sampled_from([Q2, Q3, Q4]))
@no_reset
def test_growth_since_january_is_met_by_every_path(
    baseline: Baseline, growth: float, quarter: Quarter
) -> None:
    held = since_january(pinned(baseline, [Pin("a", growth, quarter, cumulative=True)]))

    assert abs(held[:, quarter.quarter - 2] - growth).max() < 1e-9


@given(growth=rates)
@no_reset
def test_to_the_end_of_the_year_it_is_a_pin_of_the_full_year(
    baseline: Baseline, growth: float
) -> None:
    since = [Pin("a", growth, Q4, cumulative=True)]

    assert (
        paths_held(baseline, since)[0].growth == paths_held(baseline, [Pin("a", growth)])[0].growth
    )


@given(half=st.floats(-10, 20), full=st.floats(-10, 20))
@no_reset
def test_a_later_pin_leaves_an_earlier_one_as_it_is(
    baseline: Baseline, half: float, full: float
) -> None:
    pins = [Pin("a", full), Pin("a", half, Q2, cumulative=True)]
    held = since_january(pinned(baseline, pins))

    assert abs(held[:, 0] - half).max() < 1e-9
    assert abs(held[:, 2] - full).max() < 1e-9
    path = dict(paths_held(baseline, pins)[0].growth)
    assert path[Q3] == path[Q4]


def test_quarters_after_it_stay_open(baseline: Baseline) -> None:
    held = since_january(pinned(baseline, [Pin("a", 8.0, Q3, cumulative=True)]))

    assert held[:, 2].std() > 0.1


def test_a_quarter_and_growth_since_january_are_two_things(baseline: Baseline) -> None:
    pins = [Pin("a", 9.0, Q2), Pin("a", 8.0, Q3, cumulative=True)]
    path = dict(paths_held(baseline, pins)[0].growth)

    assert path[Q2] == 9.0
    assert since_january(pinned(baseline, pins))[:, 1] == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("pins", "error"),
    [
        (
            [Pin("a", 8.0, Q2, cumulative=True), Pin("a", 9.0, Q2, cumulative=True)],
            PinAgainstPins,
        ),
        ([Pin("a", 8.0), Pin("a", 9.0, Q4, cumulative=True)], PinAgainstPins),
        ([Pin("a", 30.0, Q2), Pin("a", 2.0, Q2, cumulative=True)], PinAgainstPins),
        (
            [
                Pin("a", 3.0, Q3),
                Pin("a", 4.0, Q2, cumulative=True),
                Pin("a", 9.0, Q3, cumulative=True),
            ],
            PinAgainstPins,
        ),
        ([Pin("a", 8.0, Q1, cumulative=True)], PinOfKnownQuarter),
    ],
)
def test_pins_since_january_that_cannot_hold_are_refused(
    baseline: Baseline, pins: list[Pin], error: type[OutlookError]
) -> None:
    for order in (pins, pins[::-1]):
        with pytest.raises(error):
            pinned(baseline, order)
