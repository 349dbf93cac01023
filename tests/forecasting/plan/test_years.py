"""Whole years ahead are the outlook's own, as far as it goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.figures.indicator import Inputs, Measure, Status
from forecasting.figures.period import Month, Quarter
from forecasting.outlook.judge import baseline_of, outlook_of
from forecasting.outlook.question import Question
from forecasting.outlook.verdict import quantiles_of, ytd_paths
from forecasting.plan.years import FORECAST_YEARS, REACH, continued, levels_by_year, year_paths
from tests.builders import CURRENT, ZONE, make_catalogue, make_figures, make_target, steady_figures
from tests.forecasting.plan.cases import LEVEL, PAST, QUESTION, YEAR, known, normal_engine


@pytest.mark.parametrize("origin", ["2025Q4", "2026Q2", "2026Q4"])
def test_the_year_of_the_question_is_that_of_the_outlook(origin: str) -> None:
    figures = [
        figure
        for name in ("output", "trade")
        for figure in steady_figures("2016Q1", origin, wobble=2.0, indicator=name)
    ]
    targets = [make_target("output"), make_target("trade")]
    inputs = Inputs(make_catalogue("output", "trade"), targets, figures)
    question = Question(ZONE, YEAR)

    years = year_paths(question, inputs, ("output",))

    outlook = outlook_of(baseline_of(question, inputs))
    verdict = next(one for one in outlook.verdicts if one.indicator_id == "output")
    first = years["output"].growth[:, 0]
    assert quantiles_of(first) == pytest.approx(verdict.quantiles, abs=1e-9)
    if origin == "2026Q2":
        baseline = baseline_of(question, inputs)
        paths = ytd_paths(baseline.standing[0].history, baseline.paths[0].levels, YEAR)
        assert first == pytest.approx(paths[:, -1], abs=1e-9)


def test_levels_of_later_years_are_those_of_their_quarters() -> None:
    years = year_paths(QUESTION, known(), ("output", "trade"), normal_engine)

    output = years["output"]
    assert output.level == LEVEL
    assert output.past_growth == pytest.approx(PAST)
    levels = output.ahead()
    assert levels is not None
    assert levels.shape == (8192, REACH)
    assert levels[:, 0] == pytest.approx(LEVEL * (1 + output.growth[:, 0] / 100))
    # The mean of a log-normal year: four quarters of weight one fourth each.
    assert np.mean(levels[:, 0]) == pytest.approx(LEVEL * np.exp(0.08 + 0.06**2 / 2), rel=1e-3)
    assert np.mean(levels[:, 1]) == pytest.approx(LEVEL * np.exp(0.16 + 0.06**2), rel=1e-3)


def test_a_year_that_is_over_stands_at_its_published_level() -> None:
    more = [
        *make_figures(dict.fromkeys(("2026Q1", "2026Q2", "2026Q3", "2026Q4"), 12.0)),
        *make_figures({"2026Q4": 105.0}, Measure.LEVEL_YTD),  # at other prices than growth
    ]
    inputs = replace(known(), observations=[*known().observations, *more])

    output = year_paths(QUESTION, inputs, ("output", "trade"), normal_engine)["output"]

    levels = output.ahead()
    assert levels is not None
    assert set(output.growth[:, 0]) == {12.0}
    assert set(levels[:, 0]) == {105.0}
    assert levels[:, 1] == pytest.approx(105 * (1 + output.growth[:, 1] / 100))


def test_later_years_repeat_growth_of_the_path_itself() -> None:
    forecast = np.array([[1.0, 2.0], [3.0, 4.0]])
    uniforms = np.array([[0.0, 0.3, 0.99], [0.26, 0.51, 0.76]])

    growth = continued(forecast, (7.0, 8.0), uniforms)

    assert growth[:, :FORECAST_YEARS].tolist() == forecast.tolist()
    assert growth[0, FORECAST_YEARS:].tolist() == [2.0, 1.0, 7.0]
    assert growth[1, FORECAST_YEARS:].tolist() == [3.0, 8.0, 7.0]


def test_only_whole_years_with_a_level_above_zero_are_known() -> None:
    figures = known().observations

    assert levels_by_year("output", "Z", CURRENT, figures) == {2025: LEVEL}
    expected = [replace(figure, status=Status.ESTIMATE) for figure in figures]
    assert levels_by_year("output", "Z", CURRENT, expected) == {}
    later = [figure for figure in figures if figure.month != Month(2025, 12)]
    assert levels_by_year("output", "Z", CURRENT, later) == {}
    assert Quarter(2025, 4).end == Month(2025, 12)


def test_a_stock_counts_as_it_stands_at_the_end_of_the_year() -> None:
    figures = make_figures({"2024Q3": 7.0, "2024Q4": 8.0}, Measure.LEVEL_END)
    figures += make_figures({"2025-12": 3.0}, Measure.RATIO)

    assert levels_by_year("output", "Z", CURRENT, figures) == {2024: 8.0, 2025: 3.0}
