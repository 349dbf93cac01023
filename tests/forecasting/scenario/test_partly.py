"""Going on where last year's level of an indicator is not known."""

from dataclasses import replace

import pytest

from forecasting.errors import LevelsMissing
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.scenario.apply import apply
from forecasting.scenario.model import Amount, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import response
from tests.forecasting.scenario.builders import NO_LEVEL

KNOWN, UNKNOWN = Amount("tax_revenue", 1.0), Amount(NO_LEVEL, 1.0)
BOTH = Scenario(amounts=(KNOWN, UNKNOWN))


def test_amounts_without_a_level_are_refused_unless_asked_otherwise(baseline: Baseline) -> None:
    with pytest.raises(LevelsMissing):
        apply(baseline, BOTH)
    with pytest.raises(LevelsMissing):
        response(baseline, BOTH, [])


def test_the_rest_of_a_scenario_is_applied_and_what_is_left_out_is_told(
    baseline: Baseline,
) -> None:
    applied = apply(baseline, BOTH, partly=True)
    alone = apply(baseline, Scenario(amounts=(KNOWN,)))

    assert applied.outlook == alone.outlook
    assert [indicator.id for indicator in applied.unmeasured] == [NO_LEVEL]
    assert alone.unmeasured == ()
    assert applied.outlook != outlook_of(baseline)


def test_a_dial_that_is_measured_nowhere_moves_nothing_and_says_so(baseline: Baseline) -> None:
    found = response(baseline, BOTH, [KNOWN, UNKNOWN], partly=True)

    assert [bool(dial.reaches) for dial in found.dials] == [True, False]
    assert [len(dial.unmeasured) for dial in found.dials] == [0, 1]
    assert found.dials[1].missing == ()
    assert (
        found.all_clear([1.0, 1.0])
        == apply(baseline, BOTH, partly=True).outlook.all_clear.probability
    )  # type: ignore[union-attr]


def test_a_given_level_makes_it_whole(baseline: Baseline) -> None:
    whole = Scenario(levels=((NO_LEVEL, 50.0),), amounts=BOTH.amounts)

    assert apply(baseline, whole, partly=True).unmeasured == ()
    assert apply(baseline, whole, partly=True).outlook == apply(baseline, whole).outlook


def test_a_project_whose_delays_are_drawn_goes_on_without_a_level(baseline: Baseline) -> None:
    levels = {name: level for name, level in baseline.levels.items() if name != "tax_revenue"}
    project = Project("a", producing=Quarter(2021, 3), tax=1000.0, delay=(0.5, 0.5))

    applied = apply(replace(baseline, levels=levels), Scenario(projects=(project,)), partly=True)

    told = {effect.indicator: sum(effect.points) for effect in applied.effects}
    assert told["tax_revenue"] == 0.0
    assert told["general_public_budget_revenue"] > 0
    assert [indicator.id for indicator in applied.unmeasured] == ["tax_revenue"]
