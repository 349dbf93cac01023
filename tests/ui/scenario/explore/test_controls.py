"""The sliders of a scenario: one for every dial, in its unit, with what it does or lacks."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.outlook.judge import Baseline
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.evaluation import evaluate
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.response import at_rest, dials_of, response, turned, usual_range
from forecasting.solve.wish import usual_lever
from tests.ui.scenarios import baseline, indicators, lever, unmeasured
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.scenario.explore.forms import ids, slider_groups
from ui.scenario.explore.sentences import dial_remarks
from ui.scenario.live.packing import Control, Group
from ui.scenario.terms import LEVER_GROUPS

LEVELS = (("industrial_value_added", 80.0), ("technical_transformation_investment", 9.0))
FIXED = "fixed_asset_investment"
LEVEL = baseline().levels[FIXED]
OWN = Scenario(
    levels=LEVELS,
    amounts=(Amount("fixed_asset_investment", 0.0, "专项"), Amount("gdp", 0.0, points=True)),
    points=(PointLever("客*流*", "retail_sales", 0.0, 0.4),),
)


def groups_of(
    scenario: Scenario, say: Speaker = ZH, before: Baseline | None = None
) -> tuple[Group, ...]:
    before = before or baseline()
    found = evaluate(before, scenario)
    units = tuple(map(unit_of, found.dials))
    picture = response(before, at_rest(found.usable), units, partly=True)
    return slider_groups(found.dials, picture, before, indicators(), say)


def controls_of(
    scenario: Scenario, say: Speaker = ZH, before: Baseline | None = None
) -> dict[str, Control]:
    """Return the controls by their names, without the place that opens a name."""
    found = [control for group in groups_of(scenario, say, before) for control in group.controls]
    return {control.id.partition("_")[2]: control for control in found}


def test_every_kind_of_lever_has_a_slider_in_its_group() -> None:
    found = groups_of(Scenario(levels=LEVELS))

    assert [group.title for group in found] == ["投资与项目", "企业与生产", "财税外贸", "环境"]
    for group, kinds in zip(found, LEVER_GROUPS.values(), strict=True):
        assert [control.id.partition("_")[2] for control in group.controls] == list(kinds)
    assert {kind for kinds in LEVER_GROUPS.values() for kind in kinds} == set(LeverKind)


@pytest.mark.parametrize("kind", LeverKind)
@pytest.mark.parametrize("say", SPEAKERS)
def test_a_slider_moves_within_the_usual_range_and_says_its_unit(
    kind: LeverKind, say: Speaker
) -> None:
    control = controls_of(Scenario(levers=(lever(kind, 0.0),)), say)[kind]

    assert (control.low, control.high) == (RULES[kind].low, RULES[kind].high)
    assert round((control.high - control.low) / control.step) >= 6
    assert f"{control.step:.{control.decimals}f}" == f"{control.step:g}"
    opening = "（" if say is ZH else "("
    assert opening in control.label
    assert control.spoken.count("{value}") == 1
    assert control.hint != ""
    assert control.missing == ""


@pytest.mark.parametrize("kind", LeverKind)
def test_a_slider_stands_wherever_solving_may_end(kind: LeverKind) -> None:
    at_zero = lever(kind, 0.0)
    control = controls_of(Scenario(levers=(at_zero,)))[kind]
    ends = usual_lever(at_zero).choices()

    assert np.linspace(control.low, control.high, len(ends)) == pytest.approx(ends)
    assert control.step == pytest.approx(ends[1] - ends[0])


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        (LeverKind.SIGNED_INVESTMENT, "亿元"),
        (LeverKind.TAX, "万元"),
        (LeverKind.FOREIGN_CAPITAL, "万美元"),
        (LeverKind.STOPPAGE, "天"),
    ],
)
def test_a_slider_is_named_with_its_unit(kind: LeverKind, unit: str) -> None:
    control = controls_of(Scenario(levers=(lever(kind, 0.0),)))[kind]

    assert control.label.endswith(f"（{unit}）")
    assert control.spoken == f"{{value}}{unit}"


def test_the_hint_says_what_some_of_it_does() -> None:
    found = controls_of(Scenario())

    assert re.fullmatch(
        r"每增加1亿元：固定资产投资\+\d\.\d+个百分点；预计为测算数的100%（0—200%）",
        found["signed_investment"].hint,
    )
    assert found["new_starts"].hint.endswith("；预计到位65%（0—105%）")
    assert found["producer_prices"].hint.startswith("每增加1%：")
    assert found["tax"].hint.startswith("每增加1,000万元：")


def test_the_hint_of_what_may_not_come_says_how_likely_it_is() -> None:
    chance = (("probability", 0.4),)
    likely = Lever(LeverKind.FOREIGN_CAPITAL, 0.0, assumptions=chance)

    hint = controls_of(Scenario(levers=(likely,)))["foreign_capital"].hint
    assert hint.endswith("；到位概率40%；如到位，预计到位100%（0—200%）")


def test_the_hint_of_what_is_certain_says_so() -> None:
    sure = Lever(LeverKind.NEW_STARTS, 0.0, certain=True)

    assert controls_of(Scenario(levers=(sure,)))["new_starts"].hint.endswith(
        "；全部按计划到位，不打折扣"
    )


@pytest.mark.parametrize(("kind", "told"), [(LeverKind.NEW_STARTS, 1.0), (LeverKind.TAX, 1000.0)])
def test_the_hint_is_what_the_dial_brings(kind: LeverKind, told: float) -> None:
    ten = evaluate(baseline(), Scenario(levers=(Lever(kind, told),)))
    effect, *_ = ten.applied.effects
    before = {
        v.indicator_id: v.quantiles.median
        for v in evaluate(baseline(), Scenario()).applied.outlook.verdicts
    }
    after = {v.indicator_id: v.quantiles.median for v in ten.applied.outlook.verdicts}
    moved = after[effect.indicator] - before[effect.indicator]

    hint = controls_of(Scenario())[kind].hint
    assert float(re.search(r"\+(\d+\.\d+)个", hint)[1]) == pytest.approx(moved, abs=0.06)  # type: ignore[index]


@pytest.mark.parametrize(
    "kind", [LeverKind.FIRMS_RAISED, LeverKind.LAND_SUPPLY], ids=lambda kind: str(kind)
)
def test_what_counts_from_next_year_on_says_so(kind: LeverKind) -> None:
    control = controls_of(Scenario(levels=LEVELS, levers=(lever(kind, 0.0),)))[kind]

    assert control.hint == "次年起计入，不影响当年"
    assert control.dial is not None


def test_what_starts_next_year_says_so() -> None:
    late = Lever(LeverKind.TAX, 0.0, start=Quarter(2027, 1))

    assert controls_of(Scenario(levers=(late,)))["tax"].hint == "次年起计入，不影响当年"


def test_what_moves_nothing_that_is_open_does_not_speak_of_next_year() -> None:
    unmoved = ("tax_revenue", "general_public_budget_revenue")
    control = controls_of(Scenario(levers=(Lever(LeverKind.TAX, 0.0),), unmoved=unmoved))["tax"]

    assert control.hint == "不影响当年"


@pytest.mark.parametrize(
    "kind",
    [kind for kind in LeverKind if None in {a.default for a in RULES[kind].assumptions.values()}],
)
@pytest.mark.parametrize("say", SPEAKERS)
def test_a_lever_that_lacks_a_number_cannot_be_turned_and_says_why(
    kind: LeverKind, say: Speaker
) -> None:
    stuck = controls_of(Scenario(), say)[kind]
    told = controls_of(Scenario(levers=(lever(kind, 0.0),)), say)[kind]

    assert (stuck.dial, stuck.hint) == (None, "")
    assert len(stuck.missing) > 10
    assert "**" not in stuck.missing
    assert "\\" not in stuck.missing
    assert told.dial is not None


def test_an_indicator_without_last_years_level_is_named_in_the_hint() -> None:
    lacking = unmeasured("technical_transformation_investment")
    without = controls_of(Scenario(), before=lacking)["technical_transformation"]
    told = controls_of(Scenario(levels=LEVELS))["technical_transformation"]

    assert without.hint.endswith("缺少技术改造投资的上年基数，未折算")
    assert "还缺" not in told.hint
    assert "技术改造投资+" in told.hint


def test_what_somebody_set_up_stands_last_as_it_was_named() -> None:
    *_, own = groups_of(OWN)

    assert own.title == "本情景自设抓手"
    assert [control.label for control in own.controls] == [
        "固定资产投资增减（专项）（亿元）",
        "地区生产总值拉动（个百分点）",
        "客*流*",
    ]
    fixed, gdp, visitors = own.controls
    assert 0.1 * LEVEL <= fixed.high < 0.1 * LEVEL + fixed.step
    assert (gdp.high, visitors.high) == (10, 25)
    assert [control.low for control in own.controls] == [-control.high for control in own.controls]
    assert own.controls[2].hint.startswith("每增加1档：社会消费品零售总额+0.")
    assert own.controls[2].spoken == "{value}"


UNITS = {one.unit: one.id for one in indicators().indicators.values()}
WHOLE = ("trains",)


@given(
    st.sampled_from(sorted(UNITS.values())),
    st.floats(-6, 9).map(lambda power: 10**power),
    st.booleans(),
)
@settings(max_examples=100)
def test_an_own_amount_in_any_unit_has_a_slider_that_can_be_used(
    indicator: str, level: float, points: bool
) -> None:
    """Its ends are what the tornado takes for usual, to a step."""
    dial = Amount(indicator, 0.0, points=points)
    control = own_control(dial, Scenario(levels=((indicator, level),)))

    usual = usual_range(dial, {indicator: level})
    assert usual is not None
    steps = control.high / control.step
    assert steps == pytest.approx(round(steps), abs=1e-6)
    assert 3 <= round(steps) <= 101
    assert control.low == -control.high
    assert usual.high - 1e-9 * usual.high <= control.high
    assert control.high <= max(usual.high + control.step, 3 * control.step) * (1 + 1e-9)
    assert control.highest >= control.high
    assert f"{control.step:.{control.decimals}f}" == f"{control.step:.10f}".rstrip("0").rstrip(".")
    if indicators()[indicator].unit in WHOLE and not points:
        assert control.decimals == 0


def own_control(
    dial: Amount | PointLever, scenario: Scenario, before: Baseline | None = None
) -> Control:
    before = before or baseline()
    picture = response(before, scenario, [replace(dial, value=1.0)], partly=True)
    (group,) = slider_groups([dial], picture, before, indicators(), ZH)
    (control,) = group.controls
    return control


@pytest.mark.parametrize("level", [50.0, 1e6])
def test_the_hint_of_an_own_amount_is_as_large_as_its_area(level: float) -> None:
    own = Amount(FIXED, 0.0, certain=True)
    control = own_control(own, Scenario(levels=((FIXED, level),)))

    assert 0.9 < float(re.search(r"\+(\d+\.\d+)个", control.hint)[1]) < 3  # type: ignore[index]


def test_an_own_amount_without_a_level_can_be_turned_all_the_same() -> None:
    lacking = unmeasured("industrial_value_added")
    control = own_control(Amount("industrial_value_added", 0.0), Scenario(), lacking)

    assert (control.low, control.high, control.step) == (-10, 10, 0.1)
    assert control.hint == "缺少规模以上工业增加值的上年基数，未折算"


def test_sliders_point_to_their_dials_and_have_names_of_their_own() -> None:
    found = [control for group in groups_of(OWN) for control in group.controls]
    dials = evaluate(baseline(), OWN).dials

    assert len({control.id for control in found}) == len(found) == len(dials)
    assert [ids(dials)[control.dial] for control in found if control.dial is not None] == [
        control.id for control in found if control.dial is not None
    ]


@given(st.lists(st.tuples(st.integers(0, 14), st.floats(-50, 50)), max_size=6))
@settings(max_examples=40)
def test_no_turning_changes_a_name(turns: list[tuple[int, float]]) -> None:
    reached = {line.target.indicator for line in baseline().standing}
    scenario = OWN
    before = ids(dials_of(scenario, reached))
    for place, value in turns:
        scenario = turned(scenario, dials_of(scenario, reached)[place], value)

    assert ids(dials_of(scenario, reached)) == before


def test_turning_changes_nothing_that_a_slider_says() -> None:
    """What is shown of a slider stays while it is turned, so that nothing is sent anew."""
    rested = groups_of(OWN)
    moved = replace(
        OWN,
        levers=(Lever(LeverKind.SIGNED_INVESTMENT, 10.0),),
        points=(replace(OWN.points[0], value=3.0),),
    )

    assert groups_of(moved) == rested


def test_a_lever_whose_indicators_are_held_says_so() -> None:
    pinned = Scenario(levels=LEVELS, pins=(Pin(FIXED, 8.0),))

    for kind in (LeverKind.NEW_STARTS, LeverKind.SIGNED_INVESTMENT):
        assert controls_of(pinned)[kind].hint == "固定资产投资增速已作假定，不影响当年"
    found = evaluate(baseline(), pinned)
    picture = response(baseline(), pinned, tuple(map(unit_of, found.dials)), partly=True)
    lines = dial_remarks(picture.dials, pinned.pins, indicators(), ZH)
    (told,) = [line for line in lines if line.startswith("所涉指标增速已作假定，不再变动：")]
    assert "新开工、在建项目完成投资" in told
    assert not any("新开工" in line for line in lines if line != told)
