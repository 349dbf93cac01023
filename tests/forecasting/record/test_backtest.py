from collections import Counter
from dataclasses import replace

import pytest

from forecasting.figures.indicator import Inputs, Status
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.models.pool import predict
from forecasting.outlook.judge import judge
from forecasting.outlook.question import Question
from forecasting.record.backtest import BacktestCase, backtest, years_to_judge
from tests.builders import ZONE, make_catalogue, make_figures, make_target, periods, steady_figures

CATALOGUE = make_catalogue("a", "b", "c")

NATION = ("gdp", "industrial_value_added", "fixed_asset_investment")
SHOCK_YEARS = (2020, 2021)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cases(seeds: Seeds) -> list[BacktestCase]:
    question = Question(seeds.areas[0], 2014)
    every = backtest(question, range(2014, 2026), seeds.inputs)
    return [case for case in every if case.verdict.indicator_id in NATION]


def test_all_144_cases_of_the_nation_are_answered(cases: list[BacktestCase]) -> None:
    assert len(cases) == 144
    assert set(Counter((c.year, c.origin_quarter) for c in cases).values()) == {3}
    assert all(case.outcome is not None for case in cases)
    assert all(0 <= case.verdict.probability <= 1 for case in cases)


def test_bands_from_the_second_quarter_hold_what_they_claim_outside_shock_years(
    cases: list[BacktestCase],
) -> None:
    calm = [c for c in cases if c.origin_quarter == 2 and c.year not in SHOCK_YEARS]

    held = sum(
        case.verdict.quantiles.q10 <= case.outcome <= case.verdict.quantiles.q90
        for case in calm
        if case.outcome is not None
    )

    assert len(calm) == 30
    assert 22 <= held <= 29


def test_a_case_is_what_the_page_would_have_said_at_that_quarter(
    cases: list[BacktestCase], seeds: Seeds
) -> None:
    question = Question(seeds.areas[0], 2019, as_of=Quarter(2019, 1))
    outlook = judge(question, seeds.inputs)

    said = {v.indicator_id: v.probability for v in outlook.verdicts}
    backtested = {
        c.verdict.indicator_id: c.verdict.probability
        for c in cases
        if (c.year, c.origin_quarter) == (2019, 1)
    }
    assert backtested.items() <= said.items()


def test_the_outcome_is_the_published_figure_and_decides_whether_the_target_was_met(
    cases: list[BacktestCase],
) -> None:
    gdp = {c.year: (c.outcome, c.met) for c in cases if c.verdict.indicator_id == "gdp"}

    assert gdp[2014] == (7.5, True)
    assert gdp[2015] == (7.0, False)
    assert gdp[2025] == (5.0, False)


def test_shock_years_do_not_blow_up_the_band_of_a_calm_year(seeds: Seeds) -> None:
    outlook = judge(Question(seeds.areas[0], 2026), seeds.inputs)

    gdp = outlook.verdicts[0]

    assert gdp.indicator_id == "gdp"
    assert gdp.quantiles.q90 - gdp.quantiles.q10 < 1.5


def test_years_before_the_first_figure_are_passed_over() -> None:
    figures = steady_figures("2018Q1", "2020Q4", 8.0, indicator="a")
    cases = backtest(
        Question(ZONE, 2016), range(2016, 2021), Inputs(CATALOGUE, [make_target("a")], figures)
    )
    assert {case.year for case in cases} == {2019, 2020, 2018}


@pytest.mark.parametrize(("threshold", "met"), [(7.0, True), (8.0, False), (9.0, False)])
def test_an_outcome_is_rounded_as_published_and_held_against_its_target(
    threshold: float, met: bool
) -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2019Q4"), 8.04), indicator="a")
    targets = [make_target("a", threshold)]

    cases = list(backtest(Question(ZONE, 2019), [2019], Inputs(CATALOGUE, targets, figures)))

    assert {(case.outcome, case.met) for case in cases} == {(8.0, met)}


def test_years_run_from_the_first_with_twelve_figures_before_it_to_the_last_complete_one() -> None:
    catalogue = make_catalogue("output")

    assert years_to_judge("Z", catalogue, steady_figures("2018Q1", "2026Q2")) == tuple(
        range(2021, 2026)
    )
    assert years_to_judge("Z", catalogue, steady_figures("2018Q2", "2025Q4"))[0] == 2022
    assert years_to_judge("Z", catalogue, steady_figures("2000Q1", "2026Q2")) == tuple(
        range(2014, 2026)
    )
    assert years_to_judge("Z", catalogue, steady_figures("2024Q1", "2026Q2")) == ()
    assert years_to_judge("X", catalogue, steady_figures("2000Q1", "2026Q2")) == ()


def test_an_internal_flash_of_a_year_is_no_outcome_and_ends_none() -> None:
    *figures, last = steady_figures("2018Q1", "2025Q4", 8.0, indicator="a")
    figures.append(replace(last, status=Status.FLASH))

    known = Inputs(CATALOGUE, [make_target("a")], figures)
    cases = list(backtest(Question(ZONE, 2025), [2025], known))

    assert [(case.outcome, case.met) for case in cases] == [(None, None)] * 4
    assert years_to_judge("Z", CATALOGUE, figures)[-1] == 2024


def test_a_backtest_asks_the_engine_it_is_given() -> None:
    asked: list[int] = []

    def counting(batch, horizon):
        asked.append(horizon)
        return predict(batch, horizon)

    cases = list(
        backtest(
            Question(ZONE, 2020),
            [2020],
            Inputs(make_catalogue("output"), [make_target()], steady_figures("2018Q1", "2020Q4")),
            counting,
        )
    )

    assert asked == [4]  # one batch a year, as far ahead as its first origin needs
    assert [case.origin_quarter for case in cases] == [0, 1, 2, 3]
