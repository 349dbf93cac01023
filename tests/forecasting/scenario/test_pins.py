import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm

from forecasting.errors import (
    OutlookError,
    PinAgainstPins,
    PinNotANumber,
    PinOfKnownQuarter,
    PinOutOfReach,
    PinOutsideYear,
    PinWithoutVerdict,
)
from forecasting.figures.indicator import Comparator, Inputs, Measure, Names
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.paths import shock_correlation
from forecasting.outlook.question import Question
from forecasting.outlook.verdict import ytd_paths
from forecasting.scenario.apply import apply
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.pins import paths_held, pinned
from tests.builders import ZONE, make_catalogue, make_figures, make_target, steady_figures
from tests.forecasting.scenario.gaussian import SCALE, growth, make_baseline, residuals
from tests.forecasting.solve.cases import retargeted

Q3, Q4 = Quarter(2021, 3), Quarter(2021, 4)
CATALOGUE = make_catalogue("a", "b", "c", "d")


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    """Three indicators to the middle of 2021, of which c has not seen the second quarter."""
    figures = [
        *steady_figures("2010Q1", "2021Q2", 7.2, wobble=1.0, indicator="a"),
        *steady_figures("2010Q1", "2021Q2", 6.5, wobble=1.6, indicator="b"),
        *steady_figures("2010Q1", "2021Q1", 7.4, wobble=0.8, indicator="c"),
    ]
    targets = [make_target(name) for name in "abcd"]
    return baseline_of(Question(ZONE, 2021), Inputs(CATALOGUE, targets, figures))


@pytest.fixture(scope="module")
def sample(seeds: Seeds) -> Baseline:
    area = next(area for area in seeds.areas if area.id == "SAMPLE")
    return baseline_of(Question(area, 2026), seeds.inputs)


def full_year(baseline: Baseline, place: int) -> np.ndarray:
    history, levels = baseline.standing[place].history, baseline.paths[place].levels
    return ytd_paths(history, levels, baseline.question.year)[:, -1]


def medians(outlook: Outlook) -> dict[str, float]:
    return {verdict.indicator_id: verdict.quantiles.median for verdict in outlook.verdicts}


def test_without_pins_the_baseline_is_the_same_one(baseline: Baseline) -> None:
    assert pinned(baseline, []) is baseline


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("growth", [-30.0, 3.3, 7.05, 250.0])
def test_a_full_year_pin_is_met_by_every_path(
    baseline: Baseline, place: int, growth: float
) -> None:
    held = pinned(baseline, [Pin("abc"[place], growth)])

    assert abs(full_year(held, place) - growth).max() < 1e-9
    verdict = outlook_of(held).verdicts[place]
    assert verdict.quantiles == pytest.approx((growth,) * 7, abs=1e-9)
    assert verdict.probability == float(growth >= 7.05)


@pytest.mark.parametrize(
    ("comparator", "threshold", "growth", "met"),
    [
        ("<", 7.0, 6.95, False),  # published as 7.0
        ("<", 7.0, 6.94, True),
        ("<=", 7.0, 7.05, False),  # published as 7.1
        ("<=", 7.0, 7.04, True),
        (">", 7.0, 7.05, True),
        (">", -2.0, -1.95, False),  # published as -2.0
        (">=", -2.0, -2.05, False),  # published as -2.1
        ("<=", -2.0, -1.95, True),
        ("~", 5.0, 5.55, False),
    ],
)
def test_a_pin_on_the_end_of_a_cut_counts_as_it_is_published(
    baseline: Baseline, comparator: str, threshold: float, growth: float, met: bool
) -> None:
    changes = {"comparator": Comparator(comparator), "threshold": threshold, "tolerance": 0.5}
    held = pinned(retargeted(baseline, "a", **changes), [Pin("a", growth)])

    assert outlook_of(held).verdicts[0].probability == float(met)


def test_a_full_year_pin_becomes_the_pace_that_the_rest_must_average(baseline: Baseline) -> None:
    history = baseline.standing[0].history
    weights, so_far = history.weights(2021), history.ytd_at(history.origin)

    (path,) = paths_held(baseline, [Pin("a", 9.0)])

    (first, pace), (second, same) = path.growth
    assert (first, second) == (Q3, Q4)
    assert pace == same
    known = sum(weights[:2])
    assert known * so_far + (1 - known) * pace == pytest.approx(9.0, abs=1e-12)


def test_a_path_of_quarters_is_met_by_every_path(baseline: Baseline) -> None:
    history = baseline.standing[0].history

    held = pinned(baseline, [Pin("a", 5.0, Q3), Pin("a", -2.0, Q4)])

    growth = np.expm1(held.paths[0].levels - history.bridged[-4:-2]) * 100
    assert abs(growth - [5.0, -2.0]).max() < 1e-9


def test_growth_that_is_pinned_beyond_all_years_before_is_called_unseen(
    baseline: Baseline,
) -> None:
    def unseen(growth: float) -> dict[str, float]:
        applied = apply(baseline, Scenario(pins=(Pin("a", growth),)))
        return {one.indicator: one.growth for one in applied.unseen if one.quarter is None}

    assert unseen(90.0) == {"a": pytest.approx(90.0)}
    assert unseen(2.0) == {}


def test_quarters_without_a_pin_stay_open(baseline: Baseline) -> None:
    history = baseline.standing[0].history

    held = pinned(baseline, [Pin("a", 12.0, Q4)])

    growth = np.expm1(held.paths[0].levels - history.bridged[-4:-2]) * 100
    assert abs(growth[:, 1] - 12.0).max() < 1e-9
    assert growth[:, 0].std() > 0.1


def test_a_quarter_and_the_full_year_leave_the_pace_to_the_other_quarters(
    baseline: Baseline,
) -> None:
    pins = [Pin("c", 9.0, Q3), Pin("c", 8.0)]

    held = pinned(baseline, pins)

    assert abs(full_year(held, 2) - 8.0).max() < 1e-9
    (path,) = paths_held(baseline, pins)
    growth = dict(path.growth)
    assert growth[Q3] == 9.0
    assert growth[Quarter(2021, 2)] == growth[Q4]


def test_pins_of_several_indicators_are_all_met(baseline: Baseline) -> None:
    held = pinned(baseline, [Pin("a", 9.0), Pin("c", 5.0), Pin("b", 3.0, Q4)])

    assert abs(full_year(held, 0) - 9.0).max() < 1e-9
    assert abs(full_year(held, 2) - 5.0).max() < 1e-9
    assert outlook_of(held).verdicts[1].quantiles.q025 < outlook_of(held).verdicts[1].quantiles.q975


def test_the_order_of_pins_changes_no_bit(baseline: Baseline) -> None:
    pins = [Pin("a", 9.0), Pin("c", 5.0, Q3), Pin("c", 6.0)]

    one, other = pinned(baseline, pins), pinned(baseline, pins[::-1])

    for paths, same in zip(one.paths, other.paths, strict=True):
        assert paths.levels.tobytes() == same.levels.tobytes()


def test_the_same_pin_twice_is_one(baseline: Baseline) -> None:
    once, twice = (paths_held(baseline, [Pin("a", 9.0)] * count) for count in (1, 2))

    assert once[0].growth == twice[0].growth


def test_a_pin_above_what_is_expected_lifts_what_goes_along(sample: Baseline) -> None:
    before = medians(outlook_of(sample))

    after = medians(outlook_of(pinned(sample, [Pin("gdp", before["gdp"] + 0.4)])))

    assert after["industrial_value_added"] > before["industrial_value_added"] + 0.1
    assert after["retail_sales"] > before["retail_sales"] + 0.05


@pytest.mark.parametrize("deviations", [-1.5, 0.0, 0.5, 2.0])
def test_targets_of_another_indicator_are_met_as_the_analytic_gaussian_says(
    deviations: float,
) -> None:
    gaussian = make_baseline(names="ab")
    rho = shock_correlation([dict(residuals(place)) for place in (0, 1)])[0, 1]

    held = outlook_of(pinned(gaussian, [Pin("a", growth(deviations), Q4)]))

    history, other = gaussian.standing[1].history, held.verdicts[1]
    last = history.weights(2021)[3]
    needed = (other.cut.lower - (1 - last) * history.ytd_at(history.origin)) / last
    score = (np.log1p(needed / 100) - np.log(1.07)) / SCALE
    expected = norm.sf((score - rho * deviations) / np.sqrt(1 - rho**2))
    error = np.sqrt(expected * (1 - expected) / 8192)
    assert rho > 0.5
    assert other.probability == pytest.approx(expected, abs=3 * error)


def test_without_correlation_a_pin_leaves_every_other_path(baseline: Baseline) -> None:
    alone = replace(baseline, question=replace(baseline.question, correlated=False))
    apart = pinned(alone, [Pin("b", 7.0)])

    held = pinned(alone, [Pin("a", 9.0), Pin("b", 7.0)])

    assert held.paths[2].levels == pytest.approx(apart.paths[2].levels, abs=1e-12)


def test_a_pin_at_the_median_leaves_the_medians_of_others_nearly_as_they_were(
    sample: Baseline,
) -> None:
    outlook = outlook_of(sample)
    for verdict in outlook.verdicts[:3]:
        held = outlook_of(pinned(sample, [Pin(verdict.indicator_id, verdict.quantiles.median)]))
        for before, after in zip(outlook.verdicts, held.verdicts, strict=True):
            width = before.quantiles.q90 - before.quantiles.q10

            assert abs(after.quantiles.median - before.quantiles.median) < 0.02 * width


def test_a_pin_moved_slightly_moves_every_answer_slightly(sample: Baseline) -> None:
    centre = medians(outlook_of(sample))["gdp"]
    steps = [
        outlook_of(pinned(sample, [Pin("gdp", centre + 0.01 * step)])) for step in range(30, 36)
    ]

    for earlier, later in pairwise(steps):
        for before, after in zip(earlier.verdicts[1:], later.verdicts[1:], strict=True):
            width = before.quantiles.q90 - before.quantiles.q10
            assert abs(after.quantiles.median - before.quantiles.median) < 0.01 * width
            assert abs(after.probability - before.probability) < 0.01
        assert earlier.all_clear is not None
        assert later.all_clear is not None
        assert abs(later.all_clear.probability - earlier.all_clear.probability) < 0.01


def refusal(baseline: Baseline, *pins: Pin) -> OutlookError:
    with pytest.raises(OutlookError) as refused:
        pinned(baseline, pins)
    return refused.value


@pytest.mark.parametrize(
    ("pins", "error", "values"),
    [
        ([Pin("a", math.nan)], PinNotANumber, {}),
        ([Pin("a", math.inf, Q3)], PinNotANumber, {}),
        ([Pin("d", 7.0)], PinWithoutVerdict, {"name": Names("d", "d"), "year": 2021}),
        ([Pin("nothing", 7.0)], PinWithoutVerdict, {"name": Names("nothing", "nothing")}),
        ([Pin("a", 7.0, Quarter(2022, 1))], PinOutsideYear, {"other": 2022, "quarter": 1}),
        ([Pin("a", 7.0, Quarter(2020, 4))], PinOutsideYear, {"other": 2020, "quarter": 4}),
        ([Pin("a", 7.0, Quarter(2021, 2))], PinOfKnownQuarter, {"year": 2021, "quarter": 2}),
        ([Pin("a", 7.0), Pin("a", 7.1)], PinAgainstPins, {"one": 7.0, "other": 7.1}),
        ([Pin("a", 7.0, Q3), Pin("a", 8.0, Q3)], PinAgainstPins, {"one": 7.0, "other": 8.0}),
        ([Pin("a", 5.0, Q3), Pin("a", 5.0, Q4), Pin("a", 9.0)], PinAgainstPins, {"other": 9.0}),
        ([Pin("a", -60.0, Q3), Pin("a", -50.0)], PinOutOfReach, {"lowest": -99.9}),
        ([Pin("a", -100.0, Q4)], PinOutOfReach, {"growth": -100.0}),
    ],
)
def test_pins_that_cannot_hold_are_refused_with_the_reason(
    baseline: Baseline, pins: list[Pin], error: type[OutlookError], values: dict[str, object]
) -> None:
    refused = refusal(baseline, *pins)

    assert type(refused) is error
    assert values.items() <= refused.values.items()


def test_a_full_year_that_its_quarters_make_is_no_contradiction(baseline: Baseline) -> None:
    quarters = [Pin("a", 5.0, Q3), Pin("a", 6.0, Q4)]
    reached = float(full_year(pinned(baseline, quarters), 0)[0])

    held = paths_held(baseline, [*quarters, Pin("a", reached)])

    assert dict(held[0].growth) == {Q3: 5.0, Q4: 6.0}


def test_a_complete_year_cannot_be_held() -> None:
    figures = steady_figures("2010Q1", "2021Q4", indicator="a")
    complete = baseline_of(Question(ZONE, 2021), Inputs(CATALOGUE, [make_target("a")], figures))

    assert isinstance(refusal(complete, Pin("a", 7.0)), PinOfKnownQuarter)


def test_a_year_without_any_figure_yet_can_be_held() -> None:
    figures = steady_figures("2010Q1", "2020Q4", wobble=1.0, indicator="a")
    ahead = baseline_of(Question(ZONE, 2021), Inputs(CATALOGUE, [make_target("a")], figures))

    held = pinned(ahead, [Pin("a", 8.0)])

    assert held.paths[0].levels.shape[1] == 4
    assert abs(full_year(held, 0) - 8.0).max() < 1e-9


def test_a_short_history_can_be_held() -> None:
    labels = ["2020Q1", "2020Q2", "2020Q3", "2020Q4", "2021Q1", "2021Q2"]
    rates = dict(zip(labels, [30.0, -12.0, 5.0, 80.0, 9.0, 4.0], strict=True))
    figures = make_figures(rates, Measure.GROWTH_YTD, indicator="a")
    short = baseline_of(Question(ZONE, 2021), Inputs(CATALOGUE, [make_target("a")], figures))

    held = pinned(short, [Pin("a", 40.0)])

    assert abs(full_year(held, 0) - 40.0).max() < 1e-9
