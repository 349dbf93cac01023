"""The page of assumptions: every number of a scenario, pins, views from below, risks, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind, Source
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.number_limits import LARGEST
from forecasting.scenario.projects import Project
from forecasting.scenario.reference_class import ClassRate, Quantity, Rate, ReferenceClass
from forecasting.scenario.risks import Constraint, Risk
from tests.ui.conftest import OpenPage
from tests.ui.desks import FULL, PARTS, SAMPLE, choose_part, history, link, now, press, told, widget
from tests.ui.reading import Screen
from ui.frame.navigation import names as page_names
from ui.scenario.assumptions import forms, rates

FIXED, VALUE_ADDED = "fixed_asset_investment", "industrial_value_added"
STOPPAGE = LeverKind.STOPPAGE
RISK = FULL.risks[0]
THIRD = 1 / 3
ODD = Scenario(
    levels=((FIXED, 1e-8), (VALUE_ADDED, 1e8 / 3)),
    levers=(
        Lever(
            LeverKind.SIGNED_INVESTMENT, THIRD, start=Quarter(2020, 1), lag=16,
            assumptions=(("completion", 0.1), ("start_rate", THIRD)),
        ),
        Lever(LeverKind.SIGNED_INVESTMENT, 2.0, realised=Rate(THIRD, 0.1, 0.6)),
        Lever(LeverKind.SIGNED_INVESTMENT, 2.0, realised=Rate(THIRD, 0.1, 0.6)),
        Lever(LeverKind.TAX, -9e5, start=Quarter(2035, 1), lag=0, one_off=True),
    ),
    bottom_up=(
        BottomUp(
            VALUE_ADDED,
            Rest(-100.0, THIRD),
            (Item("甲 ", (THIRD,), growth=THIRD, spread=THIRD, probability=THIRD),),
            weight=THIRD,
        ),
    ),
    risks=(Risk("甲 ", Constraint.SAFETY, THIRD, THIRD, THIRD),),
    rates=(ClassRate(ReferenceClass.AMOUNT, Quantity.TYPED_SHARE, THIRD, 0.1, 0.6),),
    zone_factor=THIRD,
)  # fmt: skip
"""What a document may say and no page would."""


def open_part(open_page: OpenPage, part: str, scenario: Scenario | None = None) -> Screen:
    parameters = SAMPLE if scenario is None else link(scenario)
    page = open_page("assumptions", **parameters)
    return page if part == "levers" else choose_part(page, part)


def enter(page: Screen, value: float | None, *names: str) -> Screen:
    return Screen(widget(page.app.number_input, *names).set_value(value).run())


def pin(page: Screen, indicator: str, growth: float | None, period: str = "year") -> Screen:
    """Fill in the row that adds a pin, and press the button."""
    widget(page.app.selectbox, "pin_indicator").set_value(indicator).run()
    widget(page.app.selectbox, "pin_period", indicator).set_value(period).run()
    page = enter(page, growth, "pin_growth")
    return press(page, "pin")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("scenario", "language"), [(FULL, "zh"), (FULL, "en"), (ODD, "zh")])
def test_looking_changes_nothing(
    open_page: OpenPage, part: str, scenario: Scenario, language: str
) -> None:
    page = choose_part(open_page("assumptions", **link(scenario, lang=language)), part)

    assert now(page) == scenario
    assert [edit for edit in history(page).edits if edit.before] == []


def test_a_number_of_the_zones_own_lets_its_lever_be_turned(open_page: OpenPage) -> None:
    page = open_part(open_page, "levers")
    assert page.title == "6个抓手可以调整，另有6个待开发区填数。"

    page = enter(page, 30.0, "weight", STOPPAGE, "")

    assert page.title == "7个抓手可以调整，另有5个待开发区填数。"
    assert now(page).levers == (Lever(STOPPAGE, 0.0, assumptions=(("weight", 0.3),)),)
    assert "占规上工业比重30%（本情景填写）" in page.text
    assert widget(page.app.number_input, "weight", STOPPAGE, "").value == 30.0

    page = enter(page, None, "weight", STOPPAGE, "")
    assert now(page) == Scenario()
    assert page.title == "6个抓手可以调整，另有6个待开发区填数。"


def test_how_much_of_a_lever_comes_is_said_and_set(open_page: OpenPage) -> None:
    page = open_part(open_page, "levers")
    assert "预计到位65%（八成情形在0%—105%），按“计划开工”类（判断）" in page.text

    starts = ("new_starts", "")
    page = enter(page, 60.0, "realised", "expected", "lever", *starts)
    (lever,) = now(page).levers
    assert lever.realised == Rate(0.6, 0.0, 1.05)
    assert "预计到位60%（八成情形在0%—105%），按“计划开工”类（本情景填写）" in page.text

    refused = enter(page, 150.0, "realised", "expected", "lever", *starts)
    assert "没有采用；请核对三个数" in refused.text
    assert now(refused).levers == (lever,)

    page = enter(refused, None, "realised", "expected", "lever", *starts)
    assert now(page) == Scenario()


def test_all_of_a_lever_or_an_amount_may_be_taken_to_come(open_page: OpenPage) -> None:
    page = open_part(open_page, "levers")
    widget(page.app.checkbox, "certain", "lever", "new_starts", "").set_value(True).run()
    page = Screen(page.app)

    assert now(page).levers == (Lever(LeverKind.NEW_STARTS, 0.0, certain=True),)
    assert "全部按计划到位，不打折扣" in page.text
    assert [edit.path for edit in history(page).edits][-1].endswith("certain")

    twice = (Amount(FIXED, 1.0), Amount(FIXED, 1.0))
    page = open_part(open_page, "own", Scenario(amounts=twice))
    widget(page.app.checkbox, "certain", "own", "1").set_value(True).run()
    assert now(Screen(page.app)).amounts == (twice[0], replace(twice[1], certain=True))


def type_rate(monkeypatch: pytest.MonkeyPatch, quantity: str, **percent: float | None) -> None:
    """Let a reader type into the row of a quantity, which AppTest cannot."""

    def edit(given: pd.DataFrame, **_: object) -> pd.DataFrame:
        typed = given.copy()
        row, *_ = typed.index[typed["quantity"] == quantity]
        for end, value in percent.items():
            typed.loc[row, end] = value
        return typed

    monkeypatch.setattr(rates.st, "data_editor", edit)


def test_a_rate_of_a_class_is_edited_and_moves_what_goes_by_it(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_rate(monkeypatch, "签约当年到位", expected=8.0, high=14.0)
    page = open_part(open_page, "rates")

    own = ClassRate(ReferenceClass.SIGNED, Quantity.SIGNED_SHARE, 0.08, 0.0, 0.14)
    assert now(page).rates == (own,)
    assert "117" in page.text

    type_rate(monkeypatch, "签约当年到位", expected=None, low=None, high=None)
    assert now(open_part(open_page, "rates", Scenario(rates=(own,)))).rates == ()


def test_a_rate_that_cannot_be_is_told_and_not_taken(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_rate(monkeypatch, "最终开工", expected=99.0, low=80.0, high=120.0)
    page = open_part(open_page, "rates")

    assert now(page).rates == ()
    assert "没有采用：预计值应在上下限之间" in page.text


def test_what_projects_share_is_set(open_page: OpenPage) -> None:
    page = enter(open_part(open_page, "rates"), 0.5, "zone_factor")

    assert now(page) == Scenario(zone_factor=0.5)


def test_a_rate_that_the_ledger_has_moved_says_so(open_page: OpenPage) -> None:
    signed = Quarter(2025, 1)
    ledger = tuple(
        Project(str(number), signed=signed, started=signed + 1 if number < 15 else None)
        for number in range(30)
    )
    page = open_part(open_page, "rates", Scenario(projects=ledger))

    assert "“已签约·两个季度内开工”：本区30个已知结果，预计值由40%调整为46%。" in page.text
    assert "“已签约·四个季度内开工”：本区30个已知结果，预计值由60%调整为54%。" in page.text


def test_the_usual_number_typed_in_is_no_change(open_page: OpenPage) -> None:
    page = enter(open_part(open_page, "levers"), 58.8, "start_rate", "signed_investment", "")

    assert now(page) == Scenario()


def test_what_all_projects_assume_is_set_and_levers_follow_it(open_page: OpenPage) -> None:
    page = enter(open_part(open_page, "levers"), 1.05, "common", "price_index")

    assert now(page) == Scenario(price_index=1.05)
    assert "价格比1.05（判断）" in page.text
    output = ("price_index", "project_output", "")
    assert widget(page.app.number_input, *output).proto.placeholder == "1.05"

    page = enter(page, 1.0, *output)
    own = Lever(LeverKind.PROJECT_OUTPUT, 0.0, assumptions=(("price_index", 1.0),))
    assert now(page) == Scenario(price_index=1.05, levers=(own,))
    assert "价格比1（本情景填写）" in page.text

    page = enter(enter(page, None, *output), None, "common", "price_index")
    assert now(page) == Scenario()


def test_when_a_lever_starts_and_counts_is_set(open_page: OpenPage) -> None:
    page = open_part(open_page, "levers")
    widget(page.app.selectbox, "start", "signed_investment", "").set_value("2027Q1").run()
    page = enter(Screen(page.app), 1, "lag", "signed_investment", "")
    page = Screen(widget(page.app.checkbox, "one_off", "tax", "").check().run())

    assert now(page).levers == (
        Lever(LeverKind.SIGNED_INVESTMENT, 0.0, start=Quarter(2027, 1), lag=1),
        Lever(LeverKind.TAX, 0.0, one_off=True),
    )


def test_a_second_lever_of_a_kind_is_added_and_removed(open_page: OpenPage) -> None:
    scenario = Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, 10.0),))
    page = open_part(open_page, "levers", scenario)
    widget(page.app.selectbox, "another").set_value(LeverKind.SIGNED_INVESTMENT)
    widget(page.app.text_input, "another_name").set_value("二期").run()
    page = press(Screen(page.app), "add_another")

    assert now(page).levers[1] == Lever(LeverKind.SIGNED_INVESTMENT, 0.0, "二期")
    assert "**签约总投资（二期）**" in page.text

    page = press(page, "drop", "signed_investment", quote("二期"))
    assert now(page) == scenario


def test_of_two_equal_levers_one_is_changed_and_one_removed(open_page: OpenPage) -> None:
    one = Lever(LeverKind.TAX, 500.0, "补缴")
    page = open_part(open_page, "levers", Scenario(levers=(one, one)))
    page = enter(page, 2, "lag", "tax", quote("补缴"), "1")

    assert now(page).levers == (one, replace(one, lag=2))

    page = open_part(open_page, "levers", Scenario(levers=(one, one)))
    page = press(page, "drop", "tax", quote("补缴"), "1")

    assert now(page).levers == (one,)


def test_last_years_level_lets_amounts_be_measured(open_page: OpenPage) -> None:
    scenario = Scenario(levers=(Lever(LeverKind.PROJECT_OUTPUT, 5.0),))
    page = open_part(open_page, "levels", scenario)
    page = enter(page, 80.0, "level", VALUE_ADDED)

    assert now(page).levels == ((VALUE_ADDED, 80.0),)
    page = Screen(widget(page.app.multiselect, "unmoved").set_value([FIXED]).run())
    assert now(page).unmoved == (FIXED,)

    page = enter(page, None, "level", VALUE_ADDED)
    assert (now(page).levels, now(page).unmoved) == ((), (FIXED,))


def test_a_level_that_figures_say_stands_in_its_field(open_page: OpenPage) -> None:
    page = open_part(open_page, "levels")

    field = widget(page.app.number_input, "level", FIXED)
    assert field.value is None
    assert field.proto.placeholder.startswith("按数据：")


def test_a_pin_is_added_judged_and_removed(open_page: OpenPage) -> None:
    page = open_part(open_page, "pins")
    assert "尚未设定假定增速" in page.text

    page = pin(page, "industrial_investment", 25.0)
    assert now(page).pins == (Pin("industrial_investment", 25.0),)
    assert "假定工业投资全年增长25.0%" in page.text
    assert "工业投资全年增长25.0%：比基准预测高" in page.text
    assert "属**罕见**" in page.text

    page = press(page, "unpin", "0")
    assert now(page) == Scenario()


@pytest.mark.parametrize(
    ("period", "held"),
    [
        ("2026Q4", Pin("retail_sales", 6.0, Quarter(2026, 4))),
        ("2026Q3 since January", Pin("retail_sales", 6.0, Quarter(2026, 3), cumulative=True)),
    ],
)
def test_a_pin_holds_a_quarter_or_the_months_since_january(
    open_page: OpenPage, period: str, held: Pin
) -> None:
    assert now(pin(open_part(open_page, "pins"), "retail_sales", 6.0, period)).pins == (held,)


def test_a_pin_against_another_is_refused_with_the_reason(open_page: OpenPage) -> None:
    scenario = Scenario(pins=(Pin(FIXED, 8.0),))
    page = pin(open_part(open_page, "pins", scenario), FIXED, 9.5)

    assert "对固定资产投资的几项假定相互矛盾" in page.text
    assert "8.00%，又要是9.50%" in page.text
    assert now(page) == scenario


def test_a_pin_without_a_growth_asks_for_it(open_page: OpenPage) -> None:
    page = pin(open_part(open_page, "pins"), FIXED, None)

    assert "请填写增速。" in page.text
    assert now(page) == Scenario()


def test_pins_of_a_link_that_cannot_hold_are_told_and_can_be_removed(open_page: OpenPage) -> None:
    page = open_part(open_page, "pins", Scenario(pins=(Pin(FIXED, 8.0, Quarter(2026, 1)),)))

    assert "固定资产投资截至2026年第1季度已有数据" in page.text
    page = press(page, "unpin", "0")
    assert "已有数据" not in page.text


def test_an_amount_of_ones_own_is_added_and_removed(open_page: OpenPage) -> None:
    page = open_part(open_page, "own")
    widget(page.app.selectbox, "own_kind").set_value("points").run()
    widget(page.app.selectbox, "own_indicator").set_value("retail_sales").run()
    widget(page.app.text_input, "own_name").set_value(" 大会 ").run()
    page = press(Screen(page.app), "add_own")

    assert now(page).amounts == (Amount("retail_sales", 0.0, "大会", points=True),)
    assert "**社会消费品零售总额拉动（大会）**" in page.text
    assert page.title == "7个抓手可以调整，另有6个待开发区填数。"

    page = press(page, "add_own")
    assert [amount.points for amount in now(page).amounts] == [True, False]
    page = press(page, "drop", "0")
    assert [amount.points for amount in now(page).amounts] == [False]


def test_a_point_lever_needs_a_name_and_says_where_its_size_comes_from(
    open_page: OpenPage,
) -> None:
    page = open_part(open_page, "own")
    page = Screen(widget(page.app.selectbox, "own_kind").set_value("lever").run())
    assert widget(page.app.button, "add_own").disabled

    widget(page.app.selectbox, "own_indicator").set_value("retail_sales").run()
    widget(page.app.text_input, "own_name").set_value("客流").run()
    page = enter(Screen(page.app), 0.4, "own_size")
    page = enter(page, 0.1, "own_spread")
    page = Screen(widget(page.app.selectbox, "own_source").set_value(Source.ESTIMATED).run())
    page = press(page, "add_own")

    assert now(page).points == (
        PointLever("客流", "retail_sales", 0.0, 0.4, 0.1, source=Source.ESTIMATED),
    )
    assert "每档+0.4个百分点，标准差0.1个百分点（测算）" in page.text


def test_a_view_from_below_is_begun_weighed_and_removed(open_page: OpenPage) -> None:
    page = open_part(open_page, "below")
    widget(page.app.selectbox, "below_indicator").set_value(FIXED).run()
    page = press(Screen(page.app), "begin", FIXED)
    (view,) = now(page).bottom_up
    assert view == BottomUp(FIXED, Rest(view.rest.growth, view.rest.spread))
    assert "名单为空" in page.text
    assert "八成可能区间" not in page.text
    assert view.rest.growth != 0
    assert view.rest.spread > 1

    page = enter(page, 9.0, "rest_growth", FIXED)
    page = Screen(widget(page.app.slider, "weight", FIXED).set_value(40).run())
    assert now(page).bottom_up == (BottomUp(FIXED, Rest(9.0, view.rest.spread), weight=0.4),)
    assert widget(page.app.slider, "weight", FIXED).value == 40

    page = press(page, "end", FIXED)
    assert now(page) == Scenario()


def test_items_stand_beside_the_model_and_the_weight_counts(open_page: OpenPage) -> None:
    page = open_part(open_page, "below", FULL)

    assert widget(page.app.selectbox, "below_indicator").value == VALUE_ADDED
    assert "重点企业甲" in page.text
    assert "自下而上" in page.text
    assert "模型" in page.text


def test_a_view_without_a_level_is_told_where_it_is_chosen_and_nowhere_else(
    open_page: OpenPage,
) -> None:
    firm = (Item("甲", (1.0,), growth=4.0),)
    views = (BottomUp(VALUE_ADDED, Rest(5.0), firm), BottomUp(FIXED, Rest(3.0), firm))
    page = choose_part(
        open_page("assumptions", **link(Scenario(bottom_up=views), area="CN")), "below"
    )
    field = widget(page.app.selectbox, "below_indicator")

    page = Screen(field.set_value(FIXED).run())
    assert told(page) == ""
    assert "自下而上测算：预计全年" in page.text
    page = Screen(widget(page.app.selectbox, "below_indicator").set_value(VALUE_ADDED).run())
    assert "缺少规模以上工业增加值2025年全年数" in told(page)
    assert "自下而上测算：预计全年" not in page.text


@pytest.mark.parametrize("kind", ["amount", "points", "lever"])
def test_what_stands_there_already_is_not_added_again(open_page: OpenPage, kind: str) -> None:
    there = Scenario(
        amounts=(Amount(FIXED, 1.0, "大会", points=kind == "points"),) * (kind != "lever"),
        points=(PointLever("大会", FIXED, 1.0, 0.1),) * (kind == "lever"),
    )
    page = open_part(open_page, "own", there)
    widget(page.app.selectbox, "own_kind").set_value(kind).run()
    widget(page.app.selectbox, "own_indicator").set_value(FIXED).run()
    page = Screen(widget(page.app.text_input, "own_name").set_value(" 大会 ").run())
    assert widget(page.app.button, "add_own").disabled

    page = Screen(widget(page.app.text_input, "own_name").set_value("二期").run())
    assert not widget(page.app.button, "add_own").disabled
    page = press(page, "add_own")
    assert [one.name for one in (*now(page).amounts, *now(page).points)] == ["大会", "二期"]


def test_a_field_says_between_which_numbers_it_may_be(open_page: OpenPage) -> None:
    assert "0.5—2" in [caption.value for caption in open_part(open_page, "levers").app.caption]


def test_an_own_amount_on_an_indicator_without_a_level_is_warned_of(open_page: OpenPage) -> None:
    # Of the nation, whose value added has no published level.
    page = choose_part(open_page("assumptions", **link(Scenario(), area="CN")), "own")
    widget(page.app.selectbox, "own_indicator").set_value(VALUE_ADDED).run()
    assert "规模以上工业增加值没有上年基数" in Screen(page.app).text
    widget(page.app.selectbox, "own_indicator").set_value(FIXED).run()
    assert "没有上年基数，这项金额" not in Screen(page.app).text


Type = Callable[..., None]


@pytest.fixture
def type_rows(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Let a reader type rows below those of every table, which AppTest cannot."""

    def type_below(*rows: Mapping[str, Any]) -> None:
        def edit(given: pd.DataFrame, **_: object) -> pd.DataFrame:
            return pd.DataFrame([*given.to_dict("records"), *rows], columns=given.columns)

        monkeypatch.setattr(forms.st, "data_editor", edit)

    return type_below


def test_a_typed_item_counts_and_an_unnamed_row_does_not(
    open_page: OpenPage, type_rows: Type
) -> None:
    type_rows({"name": "甲", "base": 10.0, "growth": 6.0}, {"name": " ", "base": 5.0}, {})
    page = open_part(open_page, "below", Scenario(bottom_up=(BottomUp(FIXED, Rest(3.0)),)))

    assert now(page).bottom_up[0].items == (Item("甲", (10.0,), growth=6.0),)
    assert history(page).edits[-1].path.endswith("probability")


def test_an_empty_cell_of_a_table_is_shown_empty(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    placeholders = []

    def edit(given: pd.DataFrame, **options: object) -> pd.DataFrame:
        placeholders.append(options.get("placeholder"))
        return given

    monkeypatch.setattr(forms.st, "data_editor", edit)
    open_part(open_page, "below", Scenario(bottom_up=(BottomUp(FIXED, Rest(3.0)),)))

    assert set(placeholders) == {""}


def test_quarters_of_last_year_stand_before_the_whole_and_known_ones_are_taken(
    open_page: OpenPage, type_rows: Type
) -> None:
    quarters = {f"base_{k}": float(k) for k in (1, 2, 3)} | {"base_4": 0.0}
    known = {"known_1": 0.0, "known_2": 2.5}
    type_rows({"name": "甲", "base": 9.0, **quarters, **known, "amount": 4.0})
    page = open_part(open_page, "below", Scenario(bottom_up=(BottomUp(FIXED, Rest(3.0)),)))

    (item,) = now(page).bottom_up[0].items
    assert item == Item("甲", (1.0, 2.0, 3.0, 0.0), (0.0, 2.5), amount=4.0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {"name": "乙", "base": 1.0},
            ("“乙”：上年数填全年或四个季度；今年余下季度的增速和金额只填一项。"),
        ),
        ({"name": "乙", "growth": 1.0, "amount": 1.0}, "“乙”：上年数填全年或四个季度"),
        ({"name": "甲", "base": 1.0, "growth": 1.0}, "“甲”重复列出，请合并或改名。"),
        (
            {"name": "乙", "base": 9.0, "known_2": 2.5, "growth": 1.0},
            "“乙”：上年四个季度要么都填",
        ),
        (
            {"name": "乙", "base": 40.0, "base_1": 9.0, "growth": 1.0},
            "今年从一季度起依次填写。没有发生的填0。",
        ),
    ],
)
def test_an_item_that_no_scenario_can_hold_is_told_and_not_taken_over(
    open_page: OpenPage, type_rows: Type, row: Mapping[str, Any], told: str
) -> None:
    item = Item("甲", (10.0,), growth=6.0)
    scenario = Scenario(bottom_up=(BottomUp(FIXED, Rest(3.0), (item,)),))
    type_rows(row)
    page = open_part(open_page, "below", scenario)

    assert told in page.text
    assert "页面上方仍为原来的结果" in page.text
    assert now(page) == scenario


def test_typed_risks_are_registered(open_page: OpenPage, type_rows: Type) -> None:
    type_rows(
        {"line": "安全生产", "name": "较大事故", "probability": 5.0, "deduction": 1.0},
        {"line": None, "name": "  ", "probability": 5.0},
    )
    page = open_part(open_page, "risks", Scenario(risks=(RISK,)))

    added = Risk("较大事故", Constraint.SAFETY, 0.05, 1.0, 0.0)
    assert now(page).risks == (RISK, added)


def test_what_no_document_could_hold_is_cut_off_in_the_register(
    open_page: OpenPage, type_rows: Type
) -> None:
    type_rows({"line": "安全生产", "name": "事故", "count": 1e300, "deduction": 1e300})
    page = open_part(open_page, "risks")

    (risk,) = now(page).risks
    assert (risk.count, risk.deduction) == (LARGEST, LARGEST)
    assert now(open_page("assumptions", **page.url)).risks == (risk,)


def test_a_view_with_more_than_the_area_had_is_told_and_leaves_every_page_usable(
    open_page: OpenPage,
) -> None:
    item = Item("重点企业甲", (500.0,), growth=4.0)
    view = BottomUp(VALUE_ADDED, Rest(5.0), (item,), weight=0.5)
    scenario = Scenario(levels=((VALUE_ADDED, 80.0),), bottom_up=(view,))

    page = open_part(open_page, "below", scenario)
    assert "500" in page.text
    assert [error.value for error in page.app.error] != []
    page = press(page, "end", VALUE_ADDED)
    assert now(page).bottom_up == ()

    for name in page_names():
        assert open_page(name, **link(scenario)).title
    assert [error.value for error in open_page("scenario", **link(scenario)).app.error] != []


def test_risks_are_registered_by_template_and_their_deductions_told(open_page: OpenPage) -> None:
    page = open_part(open_page, "risks")
    assert "风险清单为空" in page.text

    page = press(page, "template", "central_inspection_problem")
    (risk,) = now(page).risks
    assert (risk.line, risk.deduction, risk.probability) == (Constraint.ECOLOGY, 0.3, 0.1)
    assert "0.03分" in page.text


def test_the_register_of_a_link_is_told(open_page: OpenPage) -> None:
    page = open_part(open_page, "risks", Scenario(risks=(RISK,)))

    assert "固废督察" in page.text
    assert "0.12分" in page.text


def test_the_log_tells_every_edit_and_what_was_taken_back(open_page: OpenPage) -> None:
    page = open_part(open_page, "log")
    assert "还没有改动" in page.text

    page = enter(choose_part(page, "levers"), 30.0, "weight", STOPPAGE, "")
    page = choose_part(press(page, "undo"), "log")

    assert "有尚未保存的改动" in page.text
    assert page.count("抓手“停产、限产”：占规上工业比重") == 2
    assert page.count("30%") == 2
    assert page.count("（空）") >= 2
