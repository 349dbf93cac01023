"""The arithmetic of a scenario, as a planner would check it with a pocket calculator."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario
from forecasting.scenario.projects import Project, carried
from tests.ui.scenarios import (
    LEVELS,
    PROJECT,
    applied,
    at_rest,
    everything,
    indicators,
    lever,
    unmeasured,
)
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.scenario.explore.sentences import arithmetic, basis, basis_count, effect_remarks, no_effect


def told(entry: Lever | Amount | PointLever | Project, indicator: str, say: Speaker = ZH) -> str:
    """Return the arithmetic of an entry of which all comes, with everything said beside it."""
    return expected(replace(entry, certain=True), indicator, say)


def expected(
    entry: Lever | Amount | PointLever | Project, indicator: str, say: Speaker = ZH
) -> str:
    """Return the arithmetic of an entry alone, with everything said beside it."""
    effect = next(one for one in _alone(entry).effects if one.indicator == indicator)
    lines = [arithmetic(effect, indicators(), say), *effect_remarks(effect, indicators(), say)]
    return " ".join(lines)


def _alone(entry: Lever | Amount | PointLever | Project) -> Applied:
    return applied(Scenario(levels=LEVELS).holding([entry]))


def why_not(
    entry: Lever | Amount | PointLever | Project, say: Speaker = ZH, unmoved: tuple[str, ...] = ()
) -> str:
    result = applied(Scenario(levels=LEVELS, unmoved=unmoved).holding([entry]))
    return no_effect(entry, result, indicators(), say)


def test_what_is_signed_counts_by_what_starts_and_is_completed() -> None:
    signed = lever(LeverKind.SIGNED_INVESTMENT, 10.0)

    assert told(signed, "fixed_asset_investment") == (
        "签约总投资10亿元 × 开工率58.8% × 年内完成比例10% = 0.59亿元（三季度、四季度各0.29亿"
        "元），相当于上年基数51.31亿元的1.1%，拉动固定资产投资全年增长1.1个百分点。"
    )
    assert told(signed, "fixed_asset_investment", EN) == (
        "Investment signed CNY 1,000m × start rate 58.8% × share completed within the year "
        "10% = CNY 58.8m (CNY 29.4m each in Q3 and Q4), 1.1% of last year's CNY 5,131m, "
        "adding 1.1 percentage points to full-year growth of Fixed-asset investment."
    )


def test_an_amount_that_counts_one_for_one_is_told_without_a_product() -> None:
    assert told(lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0), "industrial_investment") == (
        "技改投资1亿元（三季度、四季度各0.5亿元），相当于上年基数26.32亿元的3.8%，拉动工业投"
        "资全年增长3.8个百分点。"
    )
    assert told(Amount("fixed_asset_investment", -2.0), "fixed_asset_investment") == (
        "固定资产投资减少2亿元（三季度、四季度各1亿元），相当于上年基数51.31亿元的3.9%，拉低"
        "固定资产投资全年增速3.9个百分点。"
    )


def test_a_yearly_amount_is_told_with_the_part_that_counts_this_year() -> None:
    assert told(lever(LeverKind.PROJECT_OUTPUT, 10.0), "industrial_value_added") == (
        "投产项目年产值10亿元 × 达效率72% × 增加值率18.6% ÷ 价格比1 = 1.34亿元，年内计入"
        "0.33亿元（四季度），相当于上年基数80亿元的0.4%，拉动规模以上工业增加值全年增长0.4个"
        "百分点。"
    )


def test_tax_is_told_in_its_own_unit_and_may_take_away() -> None:
    assert told(lever(LeverKind.TAX, -2000.0, one_off=True), "general_public_budget_revenue") == (
        "税收增减−2,000万元 × 留成比例37.5% = −750万元（三季度），相当于上年基数6.57亿元的−"
        "1.1%，拉低一般公共预算收入全年增速1.1个百分点。"
    )


def test_what_is_drawn_is_told_as_expected() -> None:
    assert told(lever(LeverKind.FOREIGN_CAPITAL, 500.0), "foreign_capital") == (
        "外资到位500万美元 × 到位概率60% = 300万美元（三季度），相当于上年基数4,993万美元的"
        "6.0%，拉动实际利用外资全年增长6.0个百分点。"
    )


def test_what_is_planned_is_told_with_the_share_that_is_taken_to_come() -> None:
    assert expected(
        lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0), "industrial_investment"
    ).startswith("技改投资1亿元 × 到位比例77% = 0.77亿元（三季度、四季度各0.39亿元）")
    assert expected(Amount("gdp", 0.5, points=True), "gdp").startswith(
        "地区生产总值增加0.5个百分点 × 到位比例70%（直接填写的拉动），"
    )
    assert expected(PROJECT, "fixed_asset_investment").startswith(
        "项目05（开工概率70%、到位比例82%、已考虑延期可能）预计年内计入1.17亿元（四季度），"
    )


def test_growth_of_quarters_is_turned_into_that_of_the_year() -> None:
    assert told(lever(LeverKind.STOPPAGE, 20.0), "industrial_operating_revenue") == (
        "停产、限产20天 ÷ 90天 × 占规上工业比重30%：三季度当季增速−6.7个百分点，折合拉低规模以"
        "上工业企业营业收入全年增速1.6个百分点。"
    )
    assert told(lever(LeverKind.PRODUCER_PRICES, 2.0), "tax_revenue", EN) == (
        "Producer prices +2%: growth of Q3 and Q4 +2.0 percentage points each, "
        "adding 0.8 percentage points to full-year growth of Tax revenue."
    )


def test_a_point_lever_tells_each_quarter_of_its_ramp() -> None:
    visits = PointLever("*客流*", "retail_sales", 2.0, 0.4, ramp=(0.5, 1.0))

    assert told(visits, "retail_sales") == (
        r"\*客流\*2档 × 每档拉动0.4个百分点：三季度当季增速+0.4个百分点、"
        "四季度当季增速+0.8个百分点，折合拉动社会消费品零售总额全年增长0.3个百分点。"
    )


def test_points_of_the_year_need_no_level() -> None:
    assert told(Amount("gdp", 0.5, points=True), "gdp") == (
        "地区生产总值增加0.5个百分点（直接填写的拉动），拉动地区生产总值全年增长0.5个百分点。"
    )


def test_a_project_tells_its_chance_and_what_is_expected_of_it() -> None:
    assert told(PROJECT, "fixed_asset_investment") == (
        "项目05（开工概率70%、已考虑延期可能）预计年内计入1.68亿元（四季度），相当于上年基数"
        "51.31亿元的3.3%，拉动固定资产投资全年增长3.3个百分点。"
    )
    assert "预计年内计入315万元（三季度140万元、四季度175万元）" in told(PROJECT, "tax_revenue")


def test_what_falls_into_known_quarters_is_not_counted() -> None:
    trains = lever(LeverKind.FREIGHT_TRAINS, 20.0, start=Quarter(2026, 1))
    prices = lever(LeverKind.PRODUCER_PRICES, 2.0, start=Quarter(2026, 2))

    assert "= 2亿元，年内计入1亿元" in told(trains, "trade_total")
    assert told(trains, "trade_total").endswith("另有1亿元属于已有数据或已作假定的季度，不再计入。")
    assert told(prices, "tax_revenue").endswith("已有数据或已作假定的季度不再变动。")


def test_what_counts_in_later_years_is_told() -> None:
    assert told(lever(LeverKind.LAND_SUPPLY, 100.0), "fixed_asset_investment") == (
        "工业用地供应100亩 × 投资强度300万元/亩，年内不计入。 另有3亿元在以后年度计入。"
    )


def test_a_lever_beyond_its_range_or_beyond_history_says_so() -> None:
    beyond = told(lever(LeverKind.NEW_STARTS, 25.0), "fixed_asset_investment")
    usual = told(lever(LeverKind.NEW_STARTS, 1.0), "fixed_asset_investment")

    assert "新开工、在建项目完成投资超出通常范围（0—20亿元），请核对。" in beyond
    assert "固定资产投资全年增速变动幅度超过以往任何相邻两年" in beyond
    assert "请核对" not in usual


def test_without_a_level_an_amount_is_told_and_not_turned_into_growth() -> None:
    transformation = lever(LeverKind.TECHNICAL_TRANSFORMATION, 1.0)
    alone = Amount("technical_transformation_investment", 1.0, certain=True)
    lacking = unmeasured("technical_transformation_investment")
    result = apply(lacking, Scenario(levers=(transformation,), amounts=(alone,)), partly=True)
    effect = result.effects[-1]

    assert arithmetic(effect, indicators(), ZH) == (
        "技术改造投资增加1亿元：年内计入1亿元（三季度、四季度各0.5亿元）；缺少上年基数，暂不"
        "能折算为增速。"
    )
    assert no_effect(alone, result, indicators(), ZH) == (
        "缺少技术改造投资的上年基数，技术改造投资增减暂不能折算为增速。"
    )


def test_rates_are_told_with_where_they_come_from() -> None:
    signed = lever(LeverKind.SIGNED_INVESTMENT, 10.0, assumptions=(("completion", 0.2),))
    effect = _alone(signed).effects[0]

    assert basis(effect, ZH) == "依据：开工率58.8%为公开案例；年内完成比例20%为本情景填写。"
    assert basis(effect, EN) == (
        "Basis: start rate 58.8%: published case; share completed within the year 20%: "
        "set in this scenario."
    )
    points = Amount("gdp", 0.5, points=True)
    assert basis(_alone(points).effects[0], ZH) == "依据：到位比例70%为判断。"
    assert basis(_alone(replace(points, certain=True)).effects[0], ZH) == ""


def test_the_small_print_counts_where_rates_come_from() -> None:
    both = Scenario(
        levels=LEVELS,
        levers=(lever(LeverKind.SIGNED_INVESTMENT, 1.0), lever(LeverKind.STOPPAGE, 1.0)),
    )

    assert basis_count(applied(both), ZH) == "抓手参数：2项取自公开案例、1项为判断。"
    assert basis_count(applied(Scenario()), EN) == ""


@pytest.mark.parametrize(
    ("entry", "zh"),
    [
        (lever(LeverKind.TAX, 0.0), "税收增减没有改动。"),
        (
            lever(LeverKind.LAND_SUPPLY, 100.0),
            "工业用地供应2026年内来不及计入，影响在以后年度。",
        ),
        (
            lever(LeverKind.STOPPAGE, 20.0, start=Quarter(2026, 1)),
            "停产、限产只涉及已有数据或已作假定的季度，不影响2026年。",
        ),
        (
            lever(LeverKind.SIGNED_INVESTMENT, 1.0, assumptions=(("completion", 0.0),)),
            "签约总投资有一项参数为0，不影响2026年。",
        ),
        (
            Amount("exports", 1.0),
            "出口总额2026年结果已定或无法研判，出口总额增减不影响结果。",
        ),
        (Project("06"), "项目06在2026年内没有待计入的投资、产值和税收，不影响2026年。"),
    ],
)
def test_what_moves_nothing_says_why(entry: Lever | Amount | Project, zh: str) -> None:
    assert why_not(entry) == zh


def test_what_is_set_as_unmoved_is_told_so() -> None:
    signed = lever(LeverKind.SIGNED_INVESTMENT, 1.0)

    assert why_not(signed, unmoved=("fixed_asset_investment",)) == (
        "签约总投资所涉的固定资产投资已设为“不受影响”，不计入。"
    )


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_sentence_of_any_entry_holds_a_code_or_a_gap(say: Speaker) -> None:
    result = applied(everything())
    lines = [no_effect(entry, result, indicators(), say) for entry in result.without_effect]
    for effect in result.effects:
        lines.append(arithmetic(effect, indicators(), say))
        lines += effect_remarks(effect, indicators(), say)
        lines.append(basis(effect, say))

    for line in lines:
        assert not re.search(r"[a-z]_[a-z]|None|nan|1e\d|\bonce 1\b|  |，，|。。", line), line
    assert at_rest().all_clear is not None


def test_a_project_in_the_trend_tells_what_falls_away_when_it_slips() -> None:
    planned = carried(replace(PROJECT, started=Quarter(2025, 4), delay=(1.0,)))
    late = replace(planned, counted=Quarter(2027, 1), producing=Quarter(2027, 1))

    assert why_not(planned) == "项目05已含在基准预测中，按计划推进时不另行计入2026年。"
    assert told(late, "industrial_operating_revenue").startswith("项目05预计年内少计入1亿元，拉低")
    assert "CNY 100m less is expected to count this year, taking" in told(
        late, "industrial_operating_revenue", EN
    )
