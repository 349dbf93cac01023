from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.outlook.paths import PATHS_PER_SET, SETS
from forecasting.scenario.apply import Effect, apply
from forecasting.scenario.arithmetic import YearContext, project_parts, uniforms
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage, carried, unregistered

FRAME = YearContext(2021, Quarter(2021, 3), 7)
PLANT = Project(
    id="plant",
    total_investment=6.0,
    started=Quarter(2021, 3),
    recorded=Quarter(2021, 3),
    producing=Quarter(2021, 3),
    counted=Quarter(2021, 4),
    completion=((2021, 2.0), (2022, 4.0)),
    output=8.0,
    value_added_rate=0.25,
    ramp=(0.5, 1.0),
    tax=400.0,
    retained=0.5,
    certain=True,
)
"""Its arithmetic is exact; ``test_realisation`` tests what comes of those that are not certain."""


def rows(project: Project, indicator: str) -> np.ndarray:
    (part,) = [part for part in project_parts(project, FRAME) if part.indicator == indicator]
    return part.spread(part.table)


def effects(baseline: Baseline, project: Project) -> dict[str, Effect]:
    applied = apply(baseline, Scenario(projects=(project,)))
    return {effect.indicator: effect for effect in applied.effects}


def test_a_project_yields_its_amounts_by_quarter(baseline: Baseline) -> None:
    reached = effects(baseline, PLANT)

    assert {name: effect.amounts for name, effect in reached.items()} == {
        "fixed_asset_investment": pytest.approx((0, 0, 1.0, 1.0)),
        "industrial_investment": pytest.approx((0, 0, 1.0, 1.0)),
        "industrial_output": pytest.approx((0, 0, 0, 1.0)),
        "industrial_operating_revenue": pytest.approx((0, 0, 0, 1.0)),
        "industrial_value_added": pytest.approx((0, 0, 0, 0.25)),
        "tax_revenue": pytest.approx((0, 0, 0.005, 0.01)),
        "general_public_budget_revenue": pytest.approx((0, 0, 0.0025, 0.005)),
    }
    assert sum(reached["fixed_asset_investment"].points) == pytest.approx(100 * 2 / 40)


def test_a_project_that_is_no_industry_moves_investment_and_tax_alone() -> None:
    parts = project_parts(replace(PLANT, industrial=False), FRAME)

    assert [part.indicator for part in parts] == [
        "fixed_asset_investment", "tax_revenue", "general_public_budget_revenue",
    ]  # fmt: skip


def test_investment_counts_once_the_project_is_recorded() -> None:
    late = replace(PLANT, started=Quarter(2021, 1), recorded=Quarter(2021, 4))

    assert rows(late, "fixed_asset_investment")[0] == pytest.approx((0, 0, 0, 2.0))


def test_investment_without_a_date_of_registration_counts_from_the_start_and_is_told() -> None:
    open_ = replace(PLANT, started=Quarter(2021, 3), recorded=None)

    assert rows(open_, "fixed_asset_investment")[0] == pytest.approx((0, 0, 1.0, 1.0))
    assert unregistered(open_)
    for other in (
        PLANT,
        replace(open_, started=None),
        replace(open_, completion=()),
        replace(open_, completion=((2021, 0.0),)),
    ):
        assert not unregistered(other)


def test_the_price_index_of_the_scenario_is_that_of_projects_and_levers(
    baseline: Baseline,
) -> None:
    plant = replace(PLANT, counted=Quarter(2021, 3), output=10.0, value_added_rate=0.186, ramp=(1,))
    lever = Lever(
        LeverKind.PROJECT_OUTPUT,
        10.0,
        start=Quarter(2021, 3),
        lag=0,
        assumptions=(("reach", 1.0),),
        certain=True,
    )

    def reached(**scenario: object) -> dict[str, Effect]:
        applied = apply(baseline, Scenario(price_index=1.05, sales_rate=0.9, **scenario))  # type: ignore[arg-type]
        return {effect.indicator: effect for effect in applied.effects}

    by_project, by_lever = reached(projects=(plant,)), reached(levers=(lever,))
    for name, quarterly in {
        "industrial_output": 2.5,
        "industrial_operating_revenue": 2.5 * 0.9,
        "industrial_value_added": 2.5 * 0.186 / 1.05,
    }.items():
        amounts = pytest.approx((0, 0, quarterly, quarterly))
        assert by_project[name].amounts == by_lever[name].amounts == amounts
    assert [step.name for step in by_project["industrial_value_added"].factors][:2] == [
        "value_added_rate", "price_index",
    ]  # fmt: skip


def test_a_lever_that_says_its_own_price_index_keeps_it(baseline: Baseline) -> None:
    own = Lever(LeverKind.PROJECT_OUTPUT, 10.0, lag=0, assumptions=(("price_index", 1.0),))
    one, other = (
        {effect.indicator: effect for effect in apply(baseline, scenario).effects}
        for scenario in (
            Scenario(levers=(own,), price_index=1.25),
            Scenario(levers=(replace(own, assumptions=()),), price_index=1.25),
        )
    )

    assert one["industrial_value_added"].amounts == pytest.approx(
        [1.25 * amount for amount in other["industrial_value_added"].amounts]
    )


def test_a_project_without_dates_yields_nothing() -> None:
    plan = replace(PLANT, started=None, recorded=None, producing=None, counted=None)

    assert project_parts(plan, FRAME) == []


def test_a_project_starts_on_the_share_of_paths_that_its_probability_says() -> None:
    invested = rows(replace(PLANT, start_probability=0.3), "fixed_asset_investment")

    assert invested.shape == (SETS * PATHS_PER_SET, 4)
    assert set(map(tuple, invested)) == {(0, 0, 0, 0), (0, 0, 1.0, 1.0)}
    assert invested.any(axis=1).mean() == pytest.approx(0.3, abs=0.001)


def test_a_project_that_does_not_start_brings_nothing_at_all() -> None:
    parts = project_parts(replace(PLANT, start_probability=0.3), FRAME)
    started = [part.spread(part.table).any(axis=1) for part in parts]

    assert all((one == started[0]).all() for one in started)


def test_delay_moves_what_is_ahead_by_whole_quarters() -> None:
    delayed = rows(replace(PLANT, delay=(0.5, 0.3, 0.2)), "fixed_asset_investment")
    patterns, counts = np.unique(delayed, axis=0, return_counts=True)

    assert patterns.tolist() == [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]]
    assert counts / len(delayed) == pytest.approx([0.2, 0.3, 0.5], abs=0.001)


def test_what_has_begun_is_neither_late_nor_in_doubt() -> None:
    begun = replace(
        PLANT,
        started=Quarter(2020, 4),
        recorded=Quarter(2020, 4),
        start_probability=0.1,
        delay=(0.0, 1.0),
    )

    assert np.unique(rows(begun, "fixed_asset_investment"), axis=0).tolist() == [[0.5] * 4]
    parts = {part.indicator: part for part in project_parts(begun, FRAME)}
    assert "industrial_output" not in parts  # counted in the fourth quarter, a quarter late
    assert [step.name for step in parts["fixed_asset_investment"].factors] == []


def test_projects_are_drawn_apart_and_each_always_the_same(baseline: Baseline) -> None:
    one, other = (replace(PLANT, id=name, start_probability=0.5) for name in ("one", "other"))
    first, second = (rows(project, "tax_revenue").any(axis=1) for project in (one, other))

    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0, abs=0.04)
    assert (rows(one, "tax_revenue").any(axis=1) == first).all()
    renamed = replace(one, name="another name", output=1.0)
    assert (rows(renamed, "tax_revenue").any(axis=1) == first).all()
    scenarios = [Scenario(projects=order) for order in ((one, other), (other, one))]
    ab, ba = (apply(baseline, scenario).outlook.all_clear for scenario in scenarios)
    assert ab is not None
    assert ba is not None
    assert ab.probability == ba.probability


def test_an_unlikely_project_changes_little_and_a_sure_one_its_whole_amount(
    baseline: Baseline,
) -> None:
    before = outlook_of(baseline).verdicts[0]
    sure, doubtful, never = (
        apply(
            baseline, Scenario(projects=(replace(PLANT, start_probability=chance),))
        ).outlook.verdicts[0]
        for chance in (1.0, 0.4, 0.0)
    )

    assert np.subtract(sure.quantiles, before.quantiles) == pytest.approx([5.0] * 7)
    assert before.probability < doubtful.probability < sure.probability
    assert never.quantiles == before.quantiles


@given(
    low=st.floats(0, 1),
    high=st.floats(0, 1),
    late=st.lists(st.floats(0.1, 1), min_size=1, max_size=4),
)
@settings(max_examples=25)
def test_all_clear_never_falls_when_a_project_becomes_likelier(
    baseline: Baseline, low: float, high: float, late: list[float]
) -> None:
    low, high = sorted((low, high))
    delay = tuple(chance / sum(late) for chance in late)
    lower, higher = (
        apply(
            baseline,
            Scenario(projects=(replace(PLANT, start_probability=chance, delay=delay),)),
        ).outlook.all_clear
        for chance in (low, high)
    )
    assert lower is not None
    assert higher is not None
    assert higher.probability >= lower.probability


def test_draws_are_uniform_within_every_set_and_keyed_by_seed_and_name() -> None:
    drawn = uniforms(7, "a")

    for part in drawn.reshape(SETS, PATHS_PER_SET):
        assert (np.sort(part * PATHS_PER_SET).astype(int) == np.arange(PATHS_PER_SET)).all()
    assert (uniforms(7, "a") == drawn).all()
    assert (uniforms(7, "b") != drawn).any()
    assert (uniforms(8, "a") != drawn).any()


def test_a_scenario_of_projects_is_the_same_document_every_time(baseline: Baseline) -> None:
    scenario = Scenario(projects=(replace(PLANT, start_probability=0.6, delay=(0.7, 0.3)),))
    uniforms.cache_clear()
    once = to_json(outlook_document(apply(baseline, scenario).outlook))
    uniforms.cache_clear()

    assert to_json(outlook_document(apply(baseline, scenario).outlook)) == once


UNDER_WAY = replace(
    PLANT, started=Quarter(2020, 4), recorded=Quarter(2020, 4), delay=(0.5, 0.25, 0.25)
)


def test_a_project_in_the_trend_adds_nothing_as_long_as_it_goes_as_planned(
    baseline: Baseline,
) -> None:
    renamed = replace(carried(UNDER_WAY), name="B", owner="C", stage=Stage.STARTED)

    assert effects(baseline, UNDER_WAY)
    assert effects(baseline, renamed) == {}


def test_a_project_in_the_trend_adds_what_differs_from_its_plan(baseline: Baseline) -> None:
    more = replace(carried(UNDER_WAY), completion=((2021, 3.0), (2022, 3.0)))
    halted = replace(carried(UNDER_WAY), completion=(), output=0.0, tax=0.0)

    alone = effects(baseline, UNDER_WAY)
    assert effects(baseline, more)["fixed_asset_investment"].amounts == pytest.approx(
        (0, 0, 0.25, 0.25)
    )
    for name, effect in effects(baseline, halted).items():
        assert effect.points == pytest.approx([-points for points in alone[name].points])


def test_a_date_that_slips_costs_what_the_trend_had(baseline: Baseline) -> None:
    planned = replace(UNDER_WAY, delay=(1.0,))
    late = replace(carried(planned), producing=Quarter(2022, 1), counted=Quarter(2022, 1))

    assert effects(baseline, late)["industrial_output"].amounts == pytest.approx((0, 0, 0, -1.0))


def test_delays_of_a_project_in_the_trend_cancel_on_every_path(baseline: Baseline) -> None:
    applied = apply(baseline, Scenario(projects=(carried(replace(PLANT, delay=(0.5, 0.5))),)))

    plain = apply(baseline, Scenario())
    assert to_json(outlook_document(applied.outlook)) == to_json(outlook_document(plain.outlook))
