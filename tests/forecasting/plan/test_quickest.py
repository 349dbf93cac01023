"""What would close a gap this year: single levers, and the least effort of all together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.figures.indicator import Comparator, Direction
from forecasting.outlook.judge import Baseline
from forecasting.plan.quickest import quickest, solve_gap
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Pin, Scenario
from tests.forecasting.scenario.builders import zone_baseline
from tests.forecasting.solve.cases import FIXED, PLANT, lever, retargeted

WITHIN, BEYOND = 9.0, 500.0
"""Growth of the full year that levers can bring, and that none can."""


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return zone_baseline()


def chance(baseline: Baseline, scenario: Scenario, growth: float) -> float:
    """Return the probability that the full year grows so much, with nothing else to be met."""
    alone = retargeted(baseline, FIXED, comparator=Comparator.AT_LEAST, threshold=growth)
    outlook = apply(alone, scenario, partly=True).outlook
    (own,) = (one for one in outlook.verdicts if one.indicator_id == FIXED)
    return own.probability


def test_the_least_effort_reaches_what_is_wanted_and_feeds_back(baseline: Baseline) -> None:
    found = solve_gap(baseline, Scenario(), FIXED, Direction.UP, WITHIN, wanted=0.5)

    assert found is not None
    setting = found.solution.setting
    assert found.solution.before == pytest.approx(chance(baseline, Scenario(), WITHIN))
    assert found.solution.before < 0.5 <= setting.probability
    assert setting.probability == pytest.approx(chance(baseline, setting.scenario, WITHIN))
    for turned in setting.levers:
        assert isinstance(turned.entry, Lever)
        assert turned.entry.kind is not LeverKind.TAX
        assert FIXED in turned.entry.rule.indicators
        # A tenth less of any of them does not reach.
        less = replace(turned.entry, value=turned.entry.value * 0.9)
        levers = [less if one == turned.entry else one for one in setting.scenario.levers]
        fewer = setting.scenario.holding(levers)
        assert chance(baseline, fewer, WITHIN) < 0.5


def test_where_no_lever_closes_a_gap_the_most_is_told(baseline: Baseline) -> None:
    found = solve_gap(baseline, Scenario(), FIXED, Direction.UP, BEYOND, wanted=0.5)

    assert found is not None
    assert not found.solution.reached
    ends = [one.lever for one in quickest(baseline, Scenario(), FIXED, Direction.UP).levers]
    assert found.solution.most == pytest.approx(
        chance(baseline, Scenario().holding(ends), BEYOND), abs=0.002
    )


def test_only_the_assumptions_of_a_scenario_are_taken(baseline: Baseline) -> None:
    turned = Scenario(levers=(lever(LeverKind.NEW_STARTS, 15.0),), projects=(PLANT,))
    still = replace(turned, levers=(lever(LeverKind.NEW_STARTS),), projects=())

    one, other = (
        solve_gap(baseline, scenario, FIXED, Direction.UP, WITHIN, wanted=0.5)
        for scenario in (turned, still)
    )

    assert one is not None
    assert one == other


def test_less_can_be_better(baseline: Baseline) -> None:
    found = solve_gap(baseline, Scenario(), FIXED, Direction.DOWN, 100.0, wanted=0.5)

    assert found is not None
    assert found.solution.reached
    assert found.solution.setting.levers == ()
    assert found.solution.before > 0.5


def test_single_levers_are_ordered_by_what_they_bring(baseline: Baseline) -> None:
    found = quickest(baseline, Scenario(), FIXED, Direction.UP)

    points = [one.points for one in found.levers]
    assert points == sorted(points, reverse=True)
    assert min(points) > 0
    assert LeverKind.TAX not in {one.lever.kind for one in found.levers}
    best = found.levers[0]
    applied = apply(baseline, Scenario().holding([best.lever]), partly=True)
    brought = [one for one in applied.effects if one.indicator == FIXED]
    assert np.isclose(sum(sum(one.points) for one in brought), best.points, rtol=0.02)


def test_a_pin_of_a_quarter_that_is_known_by_now_keeps_no_lever_from_being_weighed(
    baseline: Baseline,
) -> None:
    known = baseline.standing[0].history.latest
    late = Scenario(pins=(Pin(baseline.standing[0].target.indicator, 6.0, known),))

    assert quickest(baseline, late, FIXED, Direction.UP) == quickest(
        baseline, Scenario(), FIXED, Direction.UP
    )


def test_without_a_target_of_the_year_levers_are_not_weighed(baseline: Baseline) -> None:
    lines = tuple(line for line in baseline.lines if line.target.indicator != FIXED)
    untargeted = replace(baseline, lines=lines)

    assert quickest(baseline, Scenario(), FIXED, Direction.UP).targeted
    assert not quickest(untargeted, Scenario(), FIXED, Direction.UP).targeted
    assert solve_gap(untargeted, Scenario(), FIXED, Direction.UP, 9.0, wanted=0.5) is None


def test_what_no_lever_moves_has_no_solution(baseline: Baseline) -> None:
    assert solve_gap(baseline, Scenario(), "tax_revenue", Direction.UP, 9.0, wanted=0.5) is None
