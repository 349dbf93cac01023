from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.indicator import Inputs, Measure, Observation, PriceBasis
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.judge import Baseline, baseline_of, judge, outlook_of
from forecasting.outlook.question import Question
from tests.builders import (
    CURRENT,
    ZONE,
    make_catalogue,
    make_figures,
    make_target,
    steady_figures,
)

CATALOGUE = make_catalogue("a", "b")
TARGETS = [make_target("a"), make_target("b")]
ASK = Question(ZONE, 2021)
LEVELS = make_figures({"2020Q4": 200.0}, Measure.LEVEL_YTD, indicator="a")
FIGURES = [
    *steady_figures("2014Q1", "2021Q2", 7.3, wobble=1.0, indicator="a"),
    *steady_figures("2014Q1", "2021Q1", 7.1, wobble=1.0, indicator="b"),
    *LEVELS,
]


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return baseline_of(ASK, Inputs(CATALOGUE, TARGETS, FIGURES))


def test_an_outlook_is_its_baseline_answered_to_the_last_byte(baseline: Baseline) -> None:
    judged = judge(ASK, Inputs(CATALOGUE, TARGETS, FIGURES))

    assert to_json(outlook_document(outlook_of(baseline))) == to_json(outlook_document(judged))


def test_answering_again_asks_no_model() -> None:
    calls = 0

    def counting(series: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        nonlocal calls
        calls += 1
        return predict(series, horizon)

    kept = baseline_of(ASK, Inputs(CATALOGUE, TARGETS, FIGURES), counting)
    for points in (0.0, 0.5, 1.0):
        outlook_of(kept, {"a": np.full((1, 2), points)})

    assert calls == 1


def test_points_added_move_every_quantile_of_the_year_and_of_its_quarters(
    baseline: Baseline,
) -> None:
    before = outlook_of(baseline)
    after = outlook_of(baseline, {"a": np.array([[0.5, 2.0]])})

    moved, still = after.verdicts
    assert np.subtract(moved.quantiles, before.verdicts[0].quantiles) == pytest.approx([2.0] * 7)
    for point, was, points in zip(moved.fan, before.verdicts[0].fan, (0.5, 2.0), strict=True):
        assert np.subtract(point.quantiles, was.quantiles) == pytest.approx([points] * 7)
    assert still.quantiles == before.verdicts[1].quantiles


def test_growth_never_falls_below_a_loss_of_everything(baseline: Baseline) -> None:
    after = outlook_of(baseline, {"a": np.array([[-500.0, -500.0]])})

    assert set(after.verdicts[0].quantiles) == {-100.0}


def levels_of(figures: list[Observation]) -> dict[str, float]:
    others = [figure for figure in FIGURES if figure not in LEVELS]
    return dict(baseline_of(ASK, Inputs(CATALOGUE, TARGETS, [*others, *figures])).levels)


def test_last_years_level_is_that_of_its_december() -> None:
    assert levels_of(LEVELS) == {"a": 200.0}


def test_four_single_quarters_make_last_years_level() -> None:
    quarters = {f"2020Q{quarter}": 10.0 * quarter for quarter in (1, 2, 3, 4)}
    figures = make_figures(quarters, Measure.LEVEL_QUARTER, indicator="b")

    assert levels_of(figures) == {"b": 100.0}
    assert levels_of(figures[:3]) == {}


def test_a_level_at_current_prices_stands_for_a_target_at_comparable_ones() -> None:
    comparable = replace(CURRENT, price=PriceBasis.COMPARABLE)
    figures = [
        replace(figure, basis=comparable) if figure.measure.is_growth else figure
        for figure in FIGURES
    ]
    constant = [replace(figure, basis=comparable, value=150.0) for figure in LEVELS]
    targets = [make_target("a", basis=comparable)]

    kept = baseline_of(ASK, Inputs(CATALOGUE, targets, [*constant, *figures]))
    assert kept.levels == {"a": 200.0}


def test_levels_of_other_years_other_coverage_or_zero_are_no_base() -> None:
    other = [replace(LEVELS[0], basis=replace(CURRENT, coverage="province_rule"))]
    earlier = make_figures({"2019Q4": 180.0, "2020Q3": 150.0}, Measure.LEVEL_YTD, indicator="a")
    nothing = make_figures({"2020Q4": 0.0}, Measure.LEVEL_YTD, indicator="a")

    assert [levels_of(figures) for figures in (other, earlier, nothing)] == [{}, {}, {}]
