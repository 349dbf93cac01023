"""What a scenario is answered where something of it cannot be: the rest, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.errors import BottomUpBeyondArea, PinAgainstPins, PinOfKnownQuarter
from forecasting.figures.period import Quarter
from forecasting.outlook.judge import outlook_of
from forecasting.scenario.apply import apply
from forecasting.scenario.evaluation import evaluate
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import BottomUp, Item, Pin, Rest, Scenario
from tests.ui.scenarios import LEVELS, YEAR, at_rest, baseline, lever, unmeasured

FIXED = "fixed_asset_investment"
SIGNED = Lever(LeverKind.SIGNED_INVESTMENT, 10.0)
STUCK = Lever(LeverKind.STOPPAGE, 3.0)
KNOWN = Pin(FIXED, 8.0, Quarter(YEAR, 1))
TOO_MUCH = BottomUp(
    "industrial_value_added", Rest(5.0), (Item("甲", (500.0,), growth=3.0),), weight=0.5
)


def test_the_empty_scenario_is_answered_as_the_baseline() -> None:
    found = evaluate(baseline(), Scenario())

    assert found.applied.outlook == outlook_of(baseline())
    assert (found.usable, found.lacking, found.fault) == (Scenario(), (), None)
    assert {dial.value for dial in found.dials} == {0.0}


def test_a_scenario_that_can_be_is_answered_as_applied() -> None:
    scenario = Scenario(levers=(SIGNED,), pins=(Pin("industrial_investment", 8.0),))
    found = evaluate(baseline(), scenario)

    assert (found.scenario, found.usable, found.fault) == (scenario, scenario, None)
    assert found.applied.outlook == apply(baseline(), scenario).outlook
    assert found.dials[0] == SIGNED


@pytest.mark.parametrize(
    "kind",
    [kind for kind in LeverKind if None in {a.default for a in RULES[kind].assumptions.values()}],
)
def test_a_turned_lever_that_lacks_a_number_is_left_out_and_told(kind: LeverKind) -> None:
    turned = Lever(kind, 3.0)
    found = evaluate(baseline(), Scenario(levers=(SIGNED, turned)))

    assert found.usable == Scenario(levers=(SIGNED,))
    assert {error.values["lever"] for error in found.lacking} == {kind}
    assert turned in found.dials
    assert found.applied.outlook == evaluate(baseline(), Scenario(levers=(SIGNED,))).applied.outlook


def test_a_lever_at_rest_lacks_nothing_and_one_that_is_told_its_number_is_applied() -> None:
    resting = Lever(LeverKind.STOPPAGE, 0.0, "甲")
    told = lever(LeverKind.STOPPAGE, 3.0)
    found = evaluate(baseline(), Scenario(levers=(resting, told)))

    assert found.lacking == ()
    assert found.usable.levers == (told,)
    assert found.applied.outlook != at_rest()


@pytest.mark.parametrize(
    ("pins", "error"),
    [
        ((KNOWN,), PinOfKnownQuarter),
        (
            (Pin(FIXED, 8.0), Pin(FIXED, 9.0)),
            PinAgainstPins,
        ),
    ],
)
def test_pins_that_cannot_hold_are_left_out_and_told(
    pins: tuple[Pin, ...], error: type[Exception]
) -> None:
    found = evaluate(baseline(), Scenario(levers=(SIGNED,), pins=pins))

    assert isinstance(found.fault, error)
    assert found.usable == Scenario(levers=(SIGNED,))
    assert found.scenario.pins == pins


def test_a_view_from_below_that_cannot_be_stands_beside_only_and_is_told() -> None:
    pins = (Pin("industrial_investment", 8.0),)
    found = evaluate(baseline(), Scenario(levels=LEVELS, pins=pins, bottom_up=(TOO_MUCH,)))

    assert isinstance(found.fault, BottomUpBeyondArea)
    beside = Scenario(levels=LEVELS, pins=pins, bottom_up=(replace(TOO_MUCH, weight=0.0),))
    assert found.usable == beside
    assert found.applied.outlook == apply(baseline(), beside).outlook


def test_pins_and_views_that_cannot_be_both_are_left_out() -> None:
    found = evaluate(baseline(), Scenario(levels=LEVELS, pins=(KNOWN,), bottom_up=(TOO_MUCH,)))

    assert found.fault is not None
    assert found.usable.pins == ()
    assert found.usable.bottom_up[0].weight == 0.0


def test_amounts_whose_level_is_missing_are_left_out_and_named() -> None:
    lacking = unmeasured("technical_transformation_investment")
    found = evaluate(lacking, Scenario(levers=(lever(LeverKind.TECHNICAL_TRANSFORMATION, 2.0),)))

    assert "technical_transformation_investment" in {one.id for one in found.applied.unmeasured}
    assert FIXED not in {one.id for one in found.applied.unmeasured}
    assert FIXED in {effect.indicator for effect in found.applied.effects}
