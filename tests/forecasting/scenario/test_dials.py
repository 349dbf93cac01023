from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario
from forecasting.scenario.response import at_rest, dials_of, turned
from tests.forecasting.scenario.strategies import INDICATORS, scenarios

SIGNED, STARTS, TAX = LeverKind.SIGNED_INVESTMENT, LeverKind.NEW_STARTS, LeverKind.TAX


def test_every_kind_that_reaches_something_has_a_dial_at_rest() -> None:
    dials = dials_of(Scenario(), {"tax_revenue"})

    assert dials == (Lever(LeverKind.PRODUCER_PRICES, 0.0), Lever(TAX, 0.0))


def test_levers_of_the_scenario_are_its_dials_and_one_at_rest_stands_beside_named_ones() -> None:
    own = (Lever(SIGNED, 3.0, "甲"), Lever(SIGNED, 4.0, "乙"))
    dials = dials_of(Scenario(levers=own), {"fixed_asset_investment"})

    assert dials[:3] == (*own, Lever(SIGNED, 0.0))
    assert dials_of(Scenario(levers=own), set()) == own


def test_a_kind_with_a_lever_without_a_name_gets_no_other() -> None:
    own = (Lever(SIGNED, 4.0, start=Quarter(2021, 4)), Lever(SIGNED, 3.0, "甲"))
    dials = dials_of(Scenario(levers=own), {"fixed_asset_investment"})

    assert dials[:2] == (own[1], own[0])
    assert [dial.kind for dial in dials if isinstance(dial, Lever)].count(SIGNED) == 2


@pytest.mark.parametrize("beside", [(), (Lever(SIGNED, 3.0, "甲"),)])
def test_a_dial_that_is_turned_to_zero_stays_in_its_place(beside: tuple[Lever, ...]) -> None:
    dial, reached = Lever(SIGNED, 5.0), {"fixed_asset_investment"}
    scenario = Scenario(levers=(dial, *beside))
    before = dials_of(scenario, reached)

    back = dials_of(turned(scenario, dial, 0.0), reached)

    assert back == tuple(Lever(SIGNED, 0.0) if one == dial else one for one in before)


def test_a_lever_stays_where_it_reaches_nothing_any_more() -> None:
    assert dials_of(Scenario(levers=(Lever(TAX, 5.0),)), set()) == (Lever(TAX, 5.0),)


def test_amounts_and_points_follow_the_levers() -> None:
    amount, point = Amount("gdp", 1.0), PointLever("服务", "gdp", 1.0, 0.4)
    scenario = Scenario(amounts=(amount,), points=(point,), levers=(Lever(TAX, 1.0),))

    assert dials_of(scenario, set()) == (Lever(TAX, 1.0), amount, point)


def test_turning_a_dial_changes_its_value_alone() -> None:
    lever = Lever(TAX, 1.0, assumptions=(("retained", 0.3),))
    scenario = Scenario(name="甲", levers=(Lever(SIGNED, 2.0), lever))

    after = turned(scenario, lever, 7.0)

    assert after == replace(scenario, levers=(scenario.levers[0], replace(lever, value=7.0)))


def test_turning_back_leaves_no_trace() -> None:
    scenario = Scenario()
    after = turned(scenario, Lever(SIGNED, 0.0), 10.0)

    assert after.levers == (Lever(SIGNED, 10.0),)
    assert turned(after, after.levers[0], 0.0) == scenario


def test_a_dial_with_assumptions_of_its_own_keeps_them_at_zero() -> None:
    lever = Lever(TAX, 5.0, assumptions=(("retained", 0.3),))

    assert turned(Scenario(levers=(lever,)), lever, 0.0).levers == (replace(lever, value=0.0),)


def test_the_order_of_turning_leaves_no_trace() -> None:
    one = turned(turned(Scenario(), Lever(SIGNED, 0.0), 1.0), Lever(STARTS, 0.0), 2.0)
    other = turned(turned(Scenario(), Lever(STARTS, 0.0), 2.0), Lever(SIGNED, 0.0), 1.0)

    assert one == other


@pytest.mark.parametrize(
    "dial", [Amount("gdp", 1.0, points=True), PointLever("a", "gdp", 1.0, 0.4)]
)
def test_amounts_and_points_are_turned_in_their_place(dial: Amount | PointLever) -> None:
    first = Amount("gdp", 9.0)
    scenario = Scenario(amounts=(first,))
    field = "amounts" if isinstance(dial, Amount) else "points"
    scenario = replace(scenario, **{field: (*getattr(scenario, field), dial)})

    after = turned(scenario, dial, 3.0)

    assert getattr(after, field)[-1] == replace(dial, value=3.0)
    assert first in after.amounts


@settings(max_examples=40, deadline=None)
@given(scenarios, st.data())
def test_what_rests_stays_the_same_however_dials_are_turned(
    scenario: Scenario, data: st.DataObject
) -> None:
    dials = dials_of(scenario, INDICATORS)
    dial = data.draw(st.sampled_from(dials))
    after = turned(scenario, dial, data.draw(st.floats(-5, 5)))

    assert at_rest(after) == at_rest(scenario)
    assert at_rest(at_rest(scenario)) == at_rest(scenario)
