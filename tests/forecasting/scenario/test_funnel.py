from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.scenario.projects import FunnelStage, Project, Rates, Stage, funnel


def at(*stages: Stage, investment: float = 2.0) -> list[Project]:
    return [
        Project(id=str(number), stage=stage, total_investment=investment)
        for number, stage in enumerate(stages)
    ]


def test_a_project_further_on_has_passed_the_earlier_stages() -> None:
    reached = funnel(at(Stage.INTRODUCED, Stage.INTRODUCED, Stage.STARTED, Stage.AT_CAPACITY))

    assert reached.steps == (
        FunnelStage(Stage.INTRODUCED, 2, 4.0, 4, 8.0),
        FunnelStage(Stage.STARTED, 1, 2.0, 2, 4.0),
        FunnelStage(Stage.PRODUCING, 0, 0.0, 1, 2.0),
        FunnelStage(Stage.AT_CAPACITY, 1, 2.0, 1, 2.0),
        FunnelStage(Stage.UPGRADED, 0, 0.0, 0, 0.0),
        FunnelStage(Stage.GROWN, 0, 0.0, 0, 0.0),
    )


def test_there_are_five_batches_with_production_between() -> None:
    assert [step.stage for step in funnel([]).batches] == [
        Stage.INTRODUCED,
        Stage.STARTED,
        Stage.AT_CAPACITY,
        Stage.UPGRADED,
        Stage.GROWN,
    ]


def test_each_rate_is_of_those_that_reached_the_stage_before() -> None:
    projects = at(
        *[Stage.INTRODUCED] * 2,
        *[Stage.STARTED] * 3,
        *[Stage.PRODUCING] * 1,
        *[Stage.UPGRADED] * 2,
        *[Stage.GROWN] * 2,
    )

    assert funnel(projects).by_count == Rates(start=8 / 10, production=5 / 8, capacity=4 / 5)


def test_rates_of_investment_weigh_the_projects() -> None:
    projects = at(Stage.INTRODUCED, investment=30.0) + at(Stage.PRODUCING, investment=10.0)

    assert funnel(projects).by_investment == Rates(start=0.25, production=1.0, capacity=0.0)


@pytest.mark.parametrize(
    ("stages", "rates"),
    [
        ([], Rates(None, None, None)),
        ([Stage.INTRODUCED], Rates(0.0, None, None)),
        ([Stage.STARTED], Rates(1.0, 0.0, None)),
        ([Stage.PRODUCING], Rates(1.0, 1.0, 0.0)),
    ],
)
def test_a_rate_without_a_base_is_none(stages: Sequence[Stage], rates: Rates) -> None:
    assert funnel(at(*stages)).by_count == rates


def test_projects_without_investment_have_rates_of_numbers_alone() -> None:
    empty = funnel(at(Stage.STARTED, investment=0.0))

    assert empty.by_investment == Rates(None, None, None)
    assert empty.by_count.start == 1.0


@given(st.lists(st.sampled_from(Stage)))
def test_a_funnel_never_widens_and_loses_no_project(stages: list[Stage]) -> None:
    made = funnel(at(*stages))

    reached = [step.reached for step in made.steps]
    assert reached == sorted(reached, reverse=True)
    assert reached[0] == sum(step.standing for step in made.steps) == len(stages)
    assert made.by_count.start is None or 0 <= made.by_count.start <= 1


@given(st.lists(st.tuples(st.sampled_from(Stage), st.floats(0, 1e9)), max_size=8))
def test_no_rate_of_investment_exceeds_one(parts: list[tuple[Stage, float]]) -> None:
    made = funnel(
        Project(id=str(number), stage=stage, total_investment=amount)
        for number, (stage, amount) in enumerate(parts)
    )

    rates = (
        made.by_investment.start,
        made.by_investment.production,
        made.by_investment.capacity,
    )
    assert all(rate is None or 0 <= rate <= 1 for rate in rates)
