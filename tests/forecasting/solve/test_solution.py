import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import (
    AssumptionMissing,
    BoundsRefused,
    LevelsMissing,
    LeverWithoutReach,
    NoAllClear,
    NotAnAction,
    ProjectFixed,
    WantRefused,
)
from forecasting.figures.indicator import Comparator, Inputs
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.projects import Stage, shifted
from forecasting.scenario.response import response
from forecasting.solve.exact import Exact, margins_of
from forecasting.solve.solution import AlternativeKind, Setting, Solution, Solver, solve
from forecasting.solve.wish import (
    ENVIRONMENT,
    Allowed,
    Movable,
    Wish,
    left_out,
    usual_lever,
    usual_wish,
)
from tests.forecasting.scenario.builders import (
    ASK,
    CATALOGUE,
    LEVELS,
    NO_LEVEL,
    TARGETS,
    figures,
    zone_baseline,
)
from tests.forecasting.solve.cases import (
    FIXED,
    KINDS,
    PLANT,
    allow,
    effort,
    lever,
    project,
    random_case,
    retargeted,
    two_sided,
)

MEANS = (
    allow(LeverKind.NEW_STARTS, 10.0, 0.1),
    allow(LeverKind.TAX, 5000.0, 50.0),
    allow(LeverKind.FREIGHT_TRAINS, 100.0, 1.0, value=2.0),
)
ELSE = Scenario(
    levers=(
        lever(LeverKind.TECHNICAL_TRANSFORMATION, 0.3),
        lever(LeverKind.PROJECT_OUTPUT, 5.0),
        lever(LeverKind.FOREIGN_CAPITAL, 200.0),
        lever(LeverKind.FREIGHT_TRAINS, 2.0),
    )
)
TURNED = ELSE.holding(
    [
        *(entry for entry in ELSE.entries if entry not in [one.entry for one in MEANS]),
        *(replace(one.entry, value=one.high) for one in MEANS),
    ]
)
"""All means at their upper bounds: nothing reaches more."""
WITHIN = 0.46
"""Between what is and that."""


def probability(baseline: Baseline, scenario: Scenario) -> float:
    together = apply(baseline, scenario).outlook.all_clear
    assert together is not None
    return together.probability


def values(setting: Setting) -> dict[str, float]:
    return {one.entry.kind: one.entry.value for one in setting.levers}  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(6))
def test_no_grid_point_costs_less(baseline: Baseline, seed: int) -> None:
    case = random_case(baseline, seed)
    solution = solve(baseline, case.scenario, case.wish)

    assert solution.reached
    assert solution.setting.effort <= case.least + case.one_step + 1e-9


@pytest.mark.parametrize("seed", range(100, 104))
def test_no_grid_point_costs_less_where_a_lever_can_do_too_much(
    baseline: Baseline, seed: int
) -> None:
    mixed = two_sided(baseline)
    case = random_case(mixed, seed)
    solution = solve(mixed, case.scenario, case.wish)

    assert solution.reached
    assert solution.setting.effort <= case.least + case.one_step + 1e-9


def test_no_grid_point_costs_less_where_losses_count_in_full(baseline: Baseline) -> None:
    mixed = two_sided(baseline)
    case = random_case(mixed, 103, certain=False)
    solution = solve(mixed, case.scenario, case.wish)

    assert solution.reached
    assert any(one.entry.value < 0 for one in solution.setting.levers)
    assert solution.setting.effort <= case.least + case.one_step + 1e-9


@given(places=st.tuples(*[st.integers(0, 8)] * 3), turned=st.integers(0, 2))
@settings(max_examples=10, deadline=None)
def test_the_search_counts_losses_as_the_scenario_does(
    baseline: Baseline, places: tuple[int, ...], turned: int
) -> None:
    mixed = two_sided(baseline)
    kinds = (LeverKind.TAX, LeverKind.TOP_FIRMS_OUTPUT, LeverKind.NEW_STARTS)
    levers = [replace(lever(kind), certain=False) for kind in kinds]
    laid_out = response(mixed, ELSE, levers)
    choices = [np.linspace(-size, size, 9) for size in (3000.0, 10.0, 4.0)]
    exact = Exact(margins_of(laid_out, 3), choices, [np.abs(own) for own in choices])
    stand = exact.stand(places)

    for place, count in enumerate(exact.along(stand, turned)):
        moved = exact.turned(stand, turned, place)
        setting = [own[at] for own, at in zip(choices, moved.places, strict=True)]
        assert count == moved.clear == laid_out.clear(setting).sum()


@pytest.mark.parametrize(("comparator", "growth"), [("<", 6.95), ("<=", 7.05)])
def test_a_pin_that_is_published_beyond_a_ceiling_is_out_of_reach(
    baseline: Baseline, comparator: str, growth: float
) -> None:
    ceiling = retargeted(baseline, FIXED, comparator=Comparator(comparator), threshold=7.0)
    held = replace(ELSE, pins=(Pin(FIXED, growth),))

    solution = solve(ceiling, held, Wish(0.01, (allow(LeverKind.TAX, 5000.0, 50.0),)))

    assert not solution.reached
    assert solution.setting.probability == 0


@pytest.mark.parametrize("seed", [2, 5, 103])
def test_what_no_grid_point_reaches_is_told_with_the_best_of_them(
    baseline: Baseline, seed: int
) -> None:
    base = two_sided(baseline) if seed > 100 else baseline
    case = random_case(base, seed)
    beyond = replace(case.wish, probability=case.most + 0.001)
    solution = solve(base, case.scenario, beyond)

    assert not solution.reached
    assert solution.most == pytest.approx(case.most)
    assert case.most - 0.001 <= solution.setting.probability <= solution.most
    assert solution.setting.effort <= case.nearest + case.one_step + 1e-9
    assert probability(base, solution.setting.scenario) == solution.setting.probability
    assert solution.alternatives == ()
    assert solution.limits.ceiling >= case.most


@given(part=st.floats(0.05, 0.95), weights=st.tuples(*[st.floats(0.2, 5.0)] * 3))
@settings(max_examples=8)
def test_a_setting_fed_back_has_the_probability_that_is_stated(
    baseline: Baseline, part: float, weights: tuple[float, ...]
) -> None:
    means = tuple(replace(one, weight=w) for one, w in zip(MEANS, weights, strict=True))
    most = probability(baseline, TURNED)
    before = probability(baseline, ELSE)
    solution = solve(baseline, ELSE, Wish(before + part * (most - before), means))
    setting = solution.setting

    assert solution.reached
    assert solution.before == before
    assert setting.probability == probability(baseline, setting.scenario) >= solution.wanted
    for one, mean in zip(setting.levers, [m for m in means if _moves(setting, m)], strict=True):
        assert one.entry.value in mean.choices()
        assert one.effort == pytest.approx(
            mean.weight * abs(one.entry.value - one.before) / _range(mean)
        )
    assert setting.effort == pytest.approx(sum(one.effort for one in setting.levers))


def _moves(setting: Setting, mean: Allowed) -> bool:
    return mean.entry.kind in values(setting)  # type: ignore[union-attr]


def _range(mean: Allowed) -> float:
    assert isinstance(mean.entry, Lever)
    return mean.entry.rule.high - mean.entry.rule.low


def test_a_step_back_of_any_lever_no_longer_reaches(baseline: Baseline) -> None:
    setting = solve(baseline, ELSE, Wish(WITHIN, MEANS)).setting
    assert setting.reached
    assert len(setting.levers) > 1

    for one, mean in zip(setting.levers, [m for m in MEANS if _moves(setting, m)], strict=True):
        less = replace(one.entry, value=one.entry.value - mean.step)
        entries = [less if entry == one.entry else entry for entry in setting.scenario.entries]
        assert probability(baseline, setting.scenario.holding(entries)) < WITHIN


def test_on_other_draws_the_setting_reaches_within_monte_carlo_error(
    baseline: Baseline,
) -> None:
    setting = solve(baseline, ELSE, Wish(WITHIN, MEANS)).setting
    for seed in (1, 2, 3):
        other = baseline_of(replace(ASK, seed=seed), Inputs(CATALOGUE, TARGETS, figures()))
        together = apply(other, setting.scenario).outlook.all_clear
        assert together is not None
        error = np.hypot(together.error, setting.error)
        assert abs(together.probability - setting.probability) < 4 * error


def test_what_adds_next_to_nothing_is_left_alone(baseline: Baseline) -> None:
    little = allow(LeverKind.TAX, 15.0, 1.0)
    start = response(baseline, ELSE, [little.entry])
    paths = [start.all_clear([value]) for value in little.choices()]
    assert 0 < max(paths) - paths[0] < 0.001  # some paths, and not one in a thousand

    solution = solve(baseline, ELSE, Wish(0.99, (little,)))

    assert solution.most == max(paths)
    assert solution.setting.levers == ()
    assert solution.setting.scenario == ELSE


def test_a_project_that_adds_next_to_nothing_keeps_its_dates(baseline: Baseline) -> None:
    idle = replace(PLANT, output=0.01, tax=1.0, completion=())
    scenario = replace(ELSE, projects=(idle,))
    solution = solve(baseline, scenario, Wish(0.99, MEANS[:1], (Movable(idle),)))

    assert not solution.reached
    assert solution.setting.projects == ()
    assert [one.entry.kind for one in solution.setting.levers] == [  # type: ignore[union-attr]
        LeverKind.NEW_STARTS
    ]


@pytest.mark.parametrize("solved_for", [(0, 1), (0,), (1,)])
@pytest.mark.parametrize("wanted", [0.5, 0.8])
def test_levers_alike_are_turned_each_in_its_place(
    baseline: Baseline, solved_for: tuple[int, ...], wanted: float
) -> None:
    easy = baseline
    for name in (*LEVELS, NO_LEVEL):
        easy = retargeted(easy, name, threshold=9.0 if name == FIXED else -50.0)
    alike = (lever(LeverKind.NEW_STARTS, 0.2), lever(LeverKind.NEW_STARTS, 0.3))
    scenario = Scenario(levers=alike)
    means = tuple(usual_lever(alike[place]) for place in solved_for)
    solution = solve(easy, scenario, Wish(wanted, means))
    setting = solution.setting

    assert solution.before == probability(easy, scenario)
    assert setting.reached
    assert setting.probability == probability(easy, setting.scenario)
    turned = {one.before: one.entry for one in setting.levers}
    assert setting.scenario.levers == tuple(turned.get(one.value, one) for one in alike)


def test_two_levers_that_are_the_same_are_still_two(baseline: Baseline) -> None:
    twice = ELSE.holding([*ELSE.entries, *[lever(LeverKind.TAX, 100.0)] * 2])
    means = (allow(LeverKind.TAX, 3000.0, 50.0, value=100.0), *MEANS[:1])
    setting = solve(baseline, twice, Wish(WITHIN, means)).setting

    assert setting.reached
    (tax,) = [one for one in setting.levers if one.entry.kind is LeverKind.TAX]  # type: ignore
    assert setting.scenario.levers[-3:-1] == (tax.entry, lever(LeverKind.TAX, 100.0))


def test_what_is_reached_already_costs_nothing(baseline: Baseline) -> None:
    before = probability(baseline, ELSE)
    solution = solve(baseline, ELSE, Wish(before, MEANS))

    assert solution.reached
    assert solution.setting.effort == 0
    assert solution.setting.scenario == ELSE
    assert (solution.setting.levers, solution.alternatives) == ((), ())


def test_where_nothing_may_move_nothing_does(baseline: Baseline) -> None:
    solution = solve(baseline, ELSE, Wish(0.9, ()))

    assert not solution.reached
    assert solution.setting.scenario == ELSE
    assert solution.setting.probability == solution.before == solution.limits.ceiling
    assert set(solution.limits.unmoved) == {*LEVELS, NO_LEVEL}


def test_a_ceiling_is_of_all_that_are_named_beside_it(baseline: Baseline) -> None:
    ceiling = solve(baseline, ELSE, Wish(0.9, ())).limits.ceiling
    below = solve(baseline, ELSE, Wish(ceiling + 0.001, ())).limits

    assert ceiling > 0
    assert len(below.limiting) > 1
    assert solve(baseline, ELSE, Wish(ceiling, ())).limits.limiting == ()


def test_a_weight_shifts_effort_to_another_lever(baseline: Baseline) -> None:
    def share(weight: float) -> float:
        means = (replace(MEANS[0], weight=weight), *MEANS[1:])
        setting = solve(baseline, ELSE, Wish(WITHIN, means)).setting
        return values(setting).get(LeverKind.NEW_STARTS, 0.0)

    assert share(0.1) > share(10.0)


def test_a_lever_that_hurts_is_turned_down(baseline: Baseline) -> None:
    stopped = replace(ELSE, levers=(*ELSE.levers, lever(LeverKind.STOPPAGE, 30.0)))
    wanted = probability(baseline, stopped) + 0.02
    means = (allow(LeverKind.STOPPAGE, 60.0, 1.0, value=30.0),)
    setting = solve(baseline, stopped, Wish(wanted, means)).setting

    assert setting.reached
    assert 0 <= values(setting)[LeverKind.STOPPAGE] < 30


def test_bounds_bind_and_say_so(baseline: Baseline) -> None:
    tight = replace(MEANS[0], high=0.2)
    setting = solve(baseline, ELSE, Wish(WITHIN, (tight, *MEANS[1:]))).setting
    assert setting.reached
    (bound,) = [one for one in setting.levers if one.at_bound]

    assert bound.entry.kind is LeverKind.NEW_STARTS  # type: ignore[union-attr]
    assert bound.entry.value == 0.2
    assert bound.unit == "1e8 CNY"


def test_from_zero_a_setting_is_found_all_the_same(baseline: Baseline) -> None:
    slump = retargeted(baseline, FIXED, threshold=35.0)
    assert probability(slump, ELSE) == 0
    means = (allow(LeverKind.NEW_STARTS, 20.0, 0.1), *MEANS[1:])
    solution = solve(slump, ELSE, Wish(0.4, means))

    assert solution.before == 0
    assert solution.reached
    assert probability(slump, solution.setting.scenario) >= 0.4
    assert values(solution.setting)[LeverKind.NEW_STARTS] > 8


def test_a_hopeless_target_is_named(baseline: Baseline) -> None:
    hopeless = retargeted(baseline, "trade_total", threshold=500.0)
    solution = solve(hopeless, ELSE, Wish(0.5, MEANS[:2]))

    assert not solution.reached
    assert solution.setting.probability == 0
    assert solution.setting.weakest is not None
    assert solution.setting.weakest.indicator == "trade_total"
    assert "trade_total" in solution.limits.unmoved
    assert solution.limits.ceiling == 0


def test_a_year_that_is_missed_already_is_told() -> None:
    complete = zone_baseline("2021Q4")
    missed = retargeted(complete, FIXED, threshold=50.0)
    solution = solve(missed, ELSE, Wish(0.5, ()))

    assert not solution.reached
    assert solution.limits.missed == (FIXED,)
    assert (solution.setting.probability, solution.limits.ceiling) == (0, 0)


def test_a_complete_year_that_is_met_asks_for_nothing() -> None:
    met = zone_baseline("2021Q4")
    for name in (*LEVELS, NO_LEVEL):
        met = retargeted(met, name, threshold=-50.0)

    assert solve(met, ELSE, Wish(0.9, MEANS)).setting.effort == 0


NOW = Quarter(2021, 3)
PLANTED = replace(ELSE, projects=(PLANT,))


def test_dates_come_earlier_where_that_is_cheaper(baseline: Baseline) -> None:
    wanted = probability(baseline, PLANTED) + 0.01
    cheap = Wish(wanted, MEANS, (Movable(PLANT, weight=1e-4),))
    setting = solve(baseline, PLANTED, cheap).setting
    assert [(one.project.started, one.quarters) for one in setting.projects] == [
        (Quarter(2021, 3), 1)
    ]
    assert setting.projects[0].at_bound  # no quarter before this one is open
    assert setting.scenario.projects == (setting.projects[0].project,)
    assert probability(baseline, setting.scenario) == setting.probability >= wanted

    dear = solve(baseline, PLANTED, replace(cheap, projects=(Movable(PLANT, weight=50.0),)))
    assert dear.setting.projects == ()
    assert dear.setting.scenario.projects == (PLANT,)


def test_nothing_comes_before_the_quarter_in_which_anything_can_be_done(
    baseline: Baseline,
) -> None:
    wanted = probability(baseline, PLANTED) + 0.01
    cheap = Wish(wanted, MEANS, (Movable(PLANT, weight=1e-4),), earliest=Quarter(2021, 4))

    assert solve(baseline, PLANTED, cheap).setting.projects == ()
    late = usual_wish(baseline, PLANTED, wanted, earliest=Quarter(2021, 4))
    assert late.projects == ()
    assert {one.entry.start for one in late.levers} == {Quarter(2021, 4), None}
    assert {one.entry for one in late.levers if one.entry.start is None} <= set(PLANTED.levers)


def test_another_way_that_misses_and_gains_nothing_is_not_offered(baseline: Baseline) -> None:
    before = probability(baseline, ELSE)
    idle = allow(LeverKind.TAX, 20.0, 10.0, weight=1e-3, value=0.0)
    wish = Wish(before + 0.02, (allow(LeverKind.NEW_STARTS, 3.0, 0.1), idle))
    solution = solve(baseline, ELSE, wish)

    assert solution.reached
    assert Solver(baseline, ELSE, wish, partly=False).solved([1], []).most > before
    assert solution.alternatives == ()


@pytest.mark.parametrize("seed", range(3))
def test_no_plan_of_dates_on_the_grid_costs_less(baseline: Baseline, seed: int) -> None:
    random = np.random.default_rng(seed)
    projects = tuple(project(name, random) for name in "ab")
    scenario = replace(ELSE, levers=ELSE.levers[:1], projects=projects)
    levers = [
        allow(LeverKind.NEW_STARTS, 3.0, 0.3, weight=float(random.uniform(0.3, 3))),
        allow(LeverKind.TAX, 3000.0, 300.0, weight=float(random.uniform(0.3, 3))),
    ]
    moves = tuple(Movable(one, 2, float(random.uniform(0.01, 0.1))) for one in projects)
    grid = list(itertools.product(*(one.choices() for one in levers)))
    tried = []
    for plan in itertools.product(range(3), repeat=2):
        dated = [shifted(one, -by, NOW) for one, by in zip(projects, plan, strict=True)]
        if None not in dated:
            moved = replace(scenario, projects=tuple(dated))  # type: ignore[arg-type]
            laid_out = response(baseline, moved, [one.entry for one in levers])
            dates = sum(move.weight * by for move, by in zip(moves, plan, strict=True))
            tried += [(laid_out.all_clear(p), dates + effort(levers, p)) for p in grid]
    most = max(clear for clear, _ in tried)
    wanted = tried[0][0] + float(random.uniform(0.3, 0.95)) * (most - tried[0][0])
    solution = solve(baseline, scenario, Wish(wanted, tuple(levers), moves))

    assert solution.reached
    least = min(cost for clear, cost in tried if clear >= wanted)
    one_step = max(one.weight * one.step / _range(one) for one in levers)
    assert solution.setting.effort <= least + one_step + 1e-9


def test_alternatives_are_of_another_kind(baseline: Baseline) -> None:
    wanted = probability(baseline, PLANTED) + 0.01
    solution = solve(baseline, PLANTED, Wish(wanted, MEANS, (Movable(PLANT, weight=1e-4),)))
    kinds = {one.kind: one.setting for one in solution.alternatives}

    assert kinds[AlternativeKind.LEVERS_ONLY].projects == ()
    assert kinds[AlternativeKind.LEVERS_ONLY].reached
    for one in solution.alternatives:
        assert one.setting.probability == probability(baseline, one.setting.scenario)
        assert one.setting.effort >= solution.setting.effort or not one.setting.reached


def test_the_lever_that_bears_most_can_stay(baseline: Baseline) -> None:
    solution = solve(baseline, ELSE, Wish(WITHIN, MEANS))
    most = max(solution.setting.levers, key=lambda one: one.effort).entry
    (without,) = [one for one in solution.alternatives if one.kind is AlternativeKind.WITHOUT]

    assert without.without == replace(most, value=1.0)
    assert most.kind not in values(without.setting)  # type: ignore[union-attr]


def test_two_runs_say_the_same(baseline: Baseline) -> None:
    wish = Wish(0.5, MEANS)
    first, second = (solve(baseline, ELSE, wish) for _ in range(2))

    assert isinstance(first, Solution)
    assert first == second


def test_amounts_and_point_levers_are_actions(baseline: Baseline) -> None:
    means = (
        Allowed(Amount(FIXED, 0.0), 0.0, 8.0, 0.1),
        Allowed(PointLever("service", NO_LEVEL, 0.0, 0.5, spread=0.3), 0.0, 4.0, 1.0),
    )
    wanted = probability(baseline, ELSE) + 0.01
    setting = solve(baseline, ELSE, Wish(wanted, means)).setting

    assert setting.reached
    assert probability(baseline, setting.scenario) == setting.probability
    assert {one.unit for one in setting.levers} <= {"1e8 CNY", ""}


def test_growth_itself_is_refused(baseline: Baseline) -> None:
    for entry in (Amount(FIXED, 1.0, points=True), Pin(FIXED, 8.0)):
        wish = Wish(0.5, (Allowed(entry, 0.0, 5.0, 0.1),))  # type: ignore[arg-type]
        with pytest.raises(NotAnAction, match="growth itself, not an action"):
            solve(baseline, ELSE, wish)


@pytest.mark.parametrize("wanted", [0.0, 1.0, -0.2, float("nan")])
def test_only_a_probability_can_be_wanted(baseline: Baseline, wanted: float) -> None:
    with pytest.raises(WantRefused):
        solve(baseline, ELSE, Wish(wanted, MEANS))


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 3.0, "high": 2.0},
        {"step": 0.0},
        {"weight": 0.0},
        {"high": float("inf")},
        {"high": 1e9},  # as many values would be held in memory
    ],
)
def test_bounds_that_are_none_are_refused(baseline: Baseline, changes: dict[str, float]) -> None:
    with pytest.raises(BoundsRefused):
        solve(baseline, ELSE, Wish(0.5, (replace(MEANS[0], **changes),)))


def test_a_project_that_has_begun_or_is_not_there_is_refused(baseline: Baseline) -> None:
    begun = replace(PLANT, started=Quarter(2021, 1))
    by_stage = replace(PLANT, started=None, stage=Stage.STARTED)
    for scenario, one in (
        (replace(ELSE, projects=(begun,)), begun),
        (replace(ELSE, projects=(by_stage,)), by_stage),
        (ELSE, PLANT),
    ):
        assert one is PLANT or usual_wish(baseline, scenario, 0.5).projects == ()
        with pytest.raises(ProjectFixed, match="plant"):
            solve(baseline, scenario, Wish(0.5, (), (Movable(one),)))


def test_a_lever_without_its_numbers_is_refused(baseline: Baseline) -> None:
    bare = Allowed(Lever(LeverKind.STOPPAGE, 0.0), 0.0, 60.0, 1.0)
    with pytest.raises(AssumptionMissing):
        solve(baseline, ELSE, Wish(0.5, (bare,)))
    with pytest.raises(LevelsMissing):
        solve(baseline, ELSE, Wish(0.5, (Allowed(Amount(NO_LEVEL, 0.0), 0.0, 5.0, 0.1),)))


def test_without_a_target_that_counts_nothing_can_be_wanted(baseline: Baseline) -> None:
    none = baseline
    for name in (*LEVELS, NO_LEVEL):
        none = retargeted(none, name, counts=False)
    with pytest.raises(NoAllClear):
        solve(none, ELSE, Wish(0.5, MEANS))


def test_usual_means_are_actions_that_reach_and_lack_nothing(baseline: Baseline) -> None:
    wish = usual_wish(baseline, replace(PLANTED, levers=(lever(LeverKind.TAX, 500.0),)), 0.5)

    assert [one.entry.kind for one in wish.levers] == [  # type: ignore[union-attr]
        LeverKind.SIGNED_INVESTMENT,
        LeverKind.NEW_STARTS,
        LeverKind.TECHNICAL_TRANSFORMATION,
        LeverKind.PROJECT_OUTPUT,
    ]
    assert wish.projects == (Movable(PLANT),)
    assert usual_wish(baseline, PLANTED, 0.5, dates=False).projects == ()
    lacking = {one.lever.kind for one in left_out(baseline, Scenario())}
    assert lacking == {
        LeverKind.FIRMS_RAISED,
        LeverKind.FOREIGN_CAPITAL,
        LeverKind.FREIGHT_TRAINS,
        LeverKind.LAND_SUPPLY,
    }
    assert not lacking & ENVIRONMENT


def test_taxes_are_solved_for_only_where_they_are_offered_or_named(baseline: Baseline) -> None:
    taxed = replace(PLANTED, levers=(lever(LeverKind.TAX, 500.0),))
    tax = Allowed(lever(LeverKind.TAX, 500.0), -5000, 5000, 50.0)

    assert tax not in usual_wish(baseline, taxed, 0.5).levers
    assert usual_wish(baseline, taxed, 0.5, taxes=True).levers[-1] == tax
    assert usual_wish(baseline, taxed, 0.5, [LeverKind.TAX]).levers == (tax,)


def test_what_is_asked_for_by_name_has_to_be_usable(baseline: Baseline) -> None:
    prices = usual_wish(baseline, ELSE, 0.5, [LeverKind.PRODUCER_PRICES])
    assert [one.entry.kind for one in prices.levers] == [  # type: ignore[union-attr]
        LeverKind.PRODUCER_PRICES
    ]
    with pytest.raises(AssumptionMissing):
        usual_wish(baseline, ELSE, 0.5, [LeverKind.STOPPAGE])
    land = Lever(LeverKind.LAND_SUPPLY, 0.0, assumptions=(("intensity", 0.03),))
    with pytest.raises(LeverWithoutReach, match="land_supply moves nothing of 2021"):
        usual_wish(baseline, Scenario(levers=(land,)), 0.5, [LeverKind.LAND_SUPPLY])


def test_beside_named_levers_their_kind_may_be_turned_by_itself(baseline: Baseline) -> None:
    named = Lever(LeverKind.TAX, 500.0, "补缴")
    wish = usual_wish(baseline, ELSE.holding([*ELSE.entries, named]), 0.5, taxes=True)
    taxes = [one.entry for one in wish.levers if one.entry.kind is LeverKind.TAX]  # type: ignore

    assert taxes == [named, Lever(LeverKind.TAX, 0.0)]


def test_choices_are_round_and_keep_to_bounds_and_the_start() -> None:
    one = Allowed(lever(LeverKind.NEW_STARTS, 0.55), 0.05, 0.72, 0.1)

    assert one.choices().tolist() == [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.72]
    beyond = Allowed(lever(LeverKind.NEW_STARTS, 25.0), 19.9, 20.0, 0.1)
    assert beyond.choices().tolist() == [19.9, 20.0, 25.0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_usual_lever_ends_in_round_numbers(kind: LeverKind) -> None:
    choices = usual_lever(lever(kind)).choices()

    assert len(choices) <= 202
    assert all(float(value) == round(float(value), 2) for value in choices)


def test_where_levels_are_missing_the_rest_can_be_solved_for(baseline: Baseline) -> None:
    kept = {name: level for name, level in LEVELS.items() if name != "industrial_investment"}
    poor = replace(baseline, levels=kept)
    assert LeverKind.TECHNICAL_TRANSFORMATION not in _kinds(usual_wish(poor, Scenario(), 0.4))
    wish = usual_wish(poor, ELSE, 0.45, partly=True)
    assert LeverKind.TECHNICAL_TRANSFORMATION in _kinds(wish)

    with pytest.raises(LevelsMissing):
        solve(poor, ELSE, wish)
    setting = solve(poor, ELSE, wish, partly=True).setting
    together = apply(poor, setting.scenario, partly=True).outlook.all_clear
    assert together is not None
    assert setting.probability == together.probability


def _kinds(wish: Wish) -> set[str]:
    return {one.entry.kind for one in wish.levers}  # type: ignore[union-attr]
