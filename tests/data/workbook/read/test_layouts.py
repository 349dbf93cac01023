"""Tables as offices lay them out; every figure in them is made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.workbook.book import Sheet
from tests.data.workbook.tables import figures, reading, sheet


def test_a_monthly_report_has_the_month_beside_the_year_so_far() -> None:
    found = reading("""
        侯马经济开发区2026年9月主要经济指标完成情况
        | | | | 单位：亿元、%
        指标名称 | 计量单位 | 本月 | | 1-本月累计 |
        | | 绝对额 | 同比± | 绝对额 | 同比±
        一、工业 | | | | |
        规模以上工业增加值 | 亿元 | — | 8.1 | — | 8.5
        二、财政 | | | | |
        一般公共预算收入合计 | 万元 | 6120 | 5.1 | 55120 | 7.2
        #税收收入 | 万元 | 4120 | 5.0 | 35120 | 6.7
    """)

    assert figures(found) == [
        "industrial_value_added growth_month 2026-09 8.1",
        "industrial_value_added growth_ytd 2026-09 8.5",
        "general_public_budget_revenue level_month 2026-09 0.612",
        "general_public_budget_revenue growth_month 2026-09 5.1",
        "general_public_budget_revenue level_ytd 2026-09 5.512",
        "general_public_budget_revenue growth_ytd 2026-09 7.2",
        "tax_revenue level_month 2026-09 0.412",
        "tax_revenue growth_month 2026-09 5",
        "tax_revenue level_ytd 2026-09 3.512",
        "tax_revenue growth_ytd 2026-09 6.7",
    ]


def test_growth_of_the_province_behind_that_of_the_city_is_cumulative_too() -> None:
    found = reading("""
        侯马经济开发区2026年9月主要经济指标
        指标名称 | 单位 | 本月 | 累计 | 增速% | 全市增速% | 全省增速%
        固定资产投资 | 亿元 | 4.2 | 28.6 | 6.5 | 6.0 | 4.8
    """)

    assert figures(found) == [
        "fixed_asset_investment level_month 2026-09 4.2",
        "fixed_asset_investment level_ytd 2026-09 28.6",
        "fixed_asset_investment growth_ytd 2026-09 6.5",
        "CN-SX fixed_asset_investment growth_ytd 2026-09 4.8",
    ]


def test_years_down_the_side_with_the_indicator_named_once_for_two_columns() -> None:
    found = reading(
        """
        临汾市历年主要指标
        年份 | 地区生产总值（亿元） | 比上年增长（%） | 固定资产投资（亿元） | 比上年增长（%）
        2018 | 1440 | 4.3 | 800 | 2
        2019 | 1452.6 | 4.5 | 810 | 4
        """
    )

    assert figures(found) == [
        "CITY gdp level_ytd 2018-12 1440",
        "CITY gdp growth_ytd 2018-12 4.3",
        "CITY fixed_asset_investment level_ytd 2018-12 800",
        "CITY fixed_asset_investment growth_ytd 2018-12 2",
        "CITY gdp level_ytd 2019-12 1452.6",
        "CITY gdp growth_ytd 2019-12 4.5",
        "CITY fixed_asset_investment level_ytd 2019-12 810",
        "CITY fixed_asset_investment growth_ytd 2019-12 4",
    ]


def test_years_across_and_quarters_down_with_the_indicator_in_the_title() -> None:
    found = reading("""
        侯马经济开发区 地区生产总值累计增速（%）
        | 一季度 | 上半年 | 全年
        2024年 | 5.1 | 5.2 | 5.4
        2025年 | 7.1 | 7.2 | 7.4
    """)

    assert figures(found) == [
        "gdp growth_ytd 2024-03 5.1",
        "gdp growth_ytd 2024-06 5.2",
        "gdp growth_ytd 2024-12 5.4",
        "gdp growth_ytd 2025-03 7.1",
        "gdp growth_ytd 2025-06 7.2",
        "gdp growth_ytd 2025-12 7.4",
    ]


def test_a_year_stands_over_its_quarters_where_merged_cells_were_lost() -> None:
    found = reading("""
        指标 | 2025年 | | 2026年 |
        | 一季度 | 上半年 | 一季度 | 上半年
        地区生产总值增速(%) | 7 | 7.1 | 7.4 | 7.5
    """)

    assert figures(found) == [
        "gdp growth_ytd 2025-03 7",
        "gdp growth_ytd 2025-06 7.1",
        "gdp growth_ytd 2026-03 7.4",
        "gdp growth_ytd 2026-06 7.5",
    ]


def test_measures_stand_over_periods() -> None:
    found = reading(
        """
        2026年三季度和前三季度GDP初步核算数据
        | 绝对额（亿元） | | 比上年同期增长（%） |
        | 三季度 | 前三季度 | 三季度 | 前三季度
        GDP | 372717 | 1068421 | 4.9 | 4.8
        资料来源：国家统计局
        """,
        area="CN",
    )

    assert figures(found) == [
        "CN gdp level_quarter 2026-09 372717",
        "CN gdp level_ytd 2026-09 1.06842e+06",
        "CN gdp growth_quarter 2026-09 4.9",
        "CN gdp growth_ytd 2026-09 4.8",
    ]


def test_a_row_of_growth_below_its_level() -> None:
    found = reading("""
        2026年前三季度主要指标
        指标 | 单位 | 数值
        地区生产总值 | 亿元 | 101.2
        增速 | % | 5.1
        固定资产投资 | 亿元 | 20.4
        增速 | % | 8.8
    """)

    assert figures(found) == [
        "gdp level_ytd 2026-09 101.2",
        "gdp growth_ytd 2026-09 5.1",
        "fixed_asset_investment level_ytd 2026-09 20.4",
        "fixed_asset_investment growth_ytd 2026-09 8.8",
    ]


def test_a_row_of_growth_below_a_place_is_of_that_place() -> None:
    found = reading("""
        指标 | 2026年上半年
        临汾市固定资产投资（亿元） | 320.5
        增长（%） | 6.4
        固定资产投资（亿元） | 20.4
        增长（%） | 8.8
    """)

    assert figures(found) == [
        "CITY fixed_asset_investment level_ytd 2026-06 320.5",
        "CITY fixed_asset_investment growth_ytd 2026-06 6.4",
        "fixed_asset_investment level_ytd 2026-06 20.4",
        "fixed_asset_investment growth_ytd 2026-06 8.8",
    ]


def test_two_tables_below_and_two_tables_beside_each_other() -> None:
    below = reading("""
        表1 固定资产投资情况
        指标 | 2026年1-9月 | 增速(%)
        固定资产投资（亿元） | 40.21 | 7.0
        表2 财政收入情况
        指标 | 2026年1-9月 | 增速(%)
        一般公共预算收入（万元） | 55120 | 7.2
    """)
    beside = reading("""
        2026年1-9月主要指标
        指标 | 总量（亿元） | 增速（%） | | 指标 | 总量（亿元） | 增速（%）
        固定资产投资 | 40.21 | 7.0 | | 税收收入 | 12.05 | 6.7
        工业投资 | 18.98 | 12.0 | | 进出口总额 | 11.16 | -1.0
    """)

    assert figures(below) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment growth_ytd 2026-09 7",
        "general_public_budget_revenue level_ytd 2026-09 5.512",
        "general_public_budget_revenue growth_ytd 2026-09 7.2",
    ]
    assert figures(beside) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment growth_ytd 2026-09 7",
        "industrial_investment level_ytd 2026-09 18.98",
        "industrial_investment growth_ytd 2026-09 12",
        "tax_revenue level_ytd 2026-09 12.05",
        "tax_revenue growth_ytd 2026-09 6.7",
        "trade_total level_ytd 2026-09 11.16",
        "trade_total growth_ytd 2026-09 -1",
    ]


@pytest.mark.parametrize(
    ("head", "numbers"),
    [
        ("指标 | 总量（亿元） | 增速（%）", ("", "", "", "")),
        ("序号 | 指标 | 总量（亿元） | 增速（%）", "1234"),
    ],
)
def test_tables_beside_each_other_need_no_empty_column(head: str, numbers: Sequence[str]) -> None:
    first, second, third, fourth = (f"{number} | " if number else "" for number in numbers)
    beside = reading(f"""
        侯马市2026年1-9月主要指标
        {head} | {head}
        {first}固定资产投资 | 40.21 | 7.0 | {third}税收收入 | 12.05 | 6.7
        {second}工业投资 | 18.98 | 12.0 | {fourth}进出口总额 | 11.16 | -1.0
    """)

    assert figures(beside) == [
        "COUNTY fixed_asset_investment level_ytd 2026-09 40.21",
        "COUNTY fixed_asset_investment growth_ytd 2026-09 7",
        "COUNTY industrial_investment level_ytd 2026-09 18.98",
        "COUNTY industrial_investment growth_ytd 2026-09 12",
        "COUNTY tax_revenue level_ytd 2026-09 12.05",
        "COUNTY tax_revenue growth_ytd 2026-09 6.7",
        "COUNTY trade_total level_ytd 2026-09 11.16",
        "COUNTY trade_total growth_ytd 2026-09 -1",
    ]


def test_a_sheet_of_a_single_column_is_read_too() -> None:
    found = reading("""
        2026年1-9月
        其中：进出口总额
        增长7.3%
    """)

    assert figures(found) == ["trade_total growth_ytd 2026-09 7.3"]


def test_areas_down_the_side_with_indicators_over_measures() -> None:
    found = reading(
        """
        2026年1-9月各县（市、区）主要经济指标
        单位：亿元、%
        县（市、区） | 地区生产总值 | | 固定资产投资
        | 总量 | 增速 | 增速
        全市 | 1702.6 | 4.4 | 2.4
        尧都区 | 500 | 4.5 | 2
        侯马市 | 101.2 | 5.1 | 8.8
        """,
        area="CITY",
        answers={"area:尧都区": "skip"},
    )

    assert figures(found) == [
        "CITY gdp level_ytd 2026-09 1702.6",
        "CITY gdp growth_ytd 2026-09 4.4",
        "CITY fixed_asset_investment growth_ytd 2026-09 2.4",
        "COUNTY gdp level_ytd 2026-09 101.2",
        "COUNTY gdp growth_ytd 2026-09 5.1",
        "COUNTY fixed_asset_investment growth_ytd 2026-09 8.8",
    ]


def test_areas_and_years_between_the_rows() -> None:
    areas = reading(
        """
        2026年1-9月各县市主要指标
        指标 | 总量（亿元） | 增速（%）
        侯马市 | |
        地区生产总值 | 101 | 5.1
        曲沃县 | |
        地区生产总值 | 90 | 5
        """,
        answers={"area:曲沃县": "skip"},
    )
    years = reading("""
        时间 | 固定资产投资累计增速 | 税收收入累计增速
        2025年 | |
        1-3月 | 5 | 6
        2026年 | |
        1-3月 | 9 | 10
    """)

    assert figures(areas) == [
        "COUNTY gdp level_ytd 2026-09 101",
        "COUNTY gdp growth_ytd 2026-09 5.1",
    ]
    assert figures(years) == [
        "fixed_asset_investment growth_ytd 2025-03 5",
        "tax_revenue growth_ytd 2025-03 6",
        "fixed_asset_investment growth_ytd 2026-03 9",
        "tax_revenue growth_ytd 2026-03 10",
    ]


def test_an_area_stands_once_for_several_rows() -> None:
    found = reading("""
        地区 | 指标 | 2026年1-9月
        侯马市 | 地区生产总值（亿元） | 101
        | 固定资产投资（亿元） | 20
        临汾市 | 地区生产总值（亿元） | 1702
    """)

    assert figures(found) == [
        "COUNTY gdp level_ytd 2026-09 101",
        "COUNTY fixed_asset_investment level_ytd 2026-09 20",
        "CITY gdp level_ytd 2026-09 1702",
    ]


def test_an_area_may_stand_before_the_indicator_in_one_label() -> None:
    found = reading("""
        时间 | 临汾市地区生产总值累计增速(%) | 侯马市:地区生产总值:累计增速(%)
        2026年一季度 | 4 | 5
    """)

    assert figures(found) == ["CITY gdp growth_ytd 2026-03 4", "COUNTY gdp growth_ytd 2026-03 5"]


def test_a_sheet_may_be_named_for_its_indicator() -> None:
    rows = """
        地区 | 2026年1-3月增速（%） | 2026年1-6月增速（%）
        临汾市 | 2 | 3
        侯马市 | 4 | 5
    """

    found = reading(sheet(rows, "固定资产投资"), Sheet("税收收入", sheet(rows).rows))

    assert figures(found)[:4] == [
        "CITY fixed_asset_investment growth_ytd 2026-03 2",
        "CITY fixed_asset_investment growth_ytd 2026-06 3",
        "COUNTY fixed_asset_investment growth_ytd 2026-03 4",
        "COUNTY fixed_asset_investment growth_ytd 2026-06 5",
    ]
    assert figures(found)[4] == "CITY tax_revenue growth_ytd 2026-03 2"


def test_years_and_quarters_in_columns_of_their_own() -> None:
    found = reading("""
        年份 | 季度 | 地区 | 指标 | 数值 | 单位
        2026 | 1 | 侯马市 | 地区生产总值累计增速 | 5.1 | %
        2026 | 2 | 侯马市 | 固定资产投资累计值 | 12.2 | 亿元
    """)

    assert figures(found) == [
        "COUNTY gdp growth_ytd 2026-03 5.1",
        "COUNTY fixed_asset_investment level_ytd 2026-06 12.2",
    ]


def test_vendors_say_unit_frequency_and_source_above_the_numbers() -> None:
    found = reading(
        """
        指标名称 | 社会消费品零售总额:累计值 | 临汾:规模以上工业增加值:累计同比 | 浙江:GDP:累计同比
        指标ID | M001 | M002 | M003
        单位 | 亿元 | % | %
        频率 | 月 | 月 | 季
        来源 | 国家统计局 | 山西省统计局 | 浙江省统计局
        2026-08-31 | 326908.6 | 3.2 | 5.1
        """,
        answers={"area:浙江": "skip"},
    )
    english = reading(
        """
        | Gross Domestic Product: YTD | Retail Sales of Consumer Goods: YTD
        Region | China | China
        Frequency | Quarterly | Monthly
        Unit | RMB bn | RMB bn
        Source | National Bureau of Statistics | National Bureau of Statistics
        03/2026 | 33419.29 | 12000
        """
    )

    assert figures(found) == [
        "retail_sales level_ytd 2026-08 326909",
        "CITY industrial_value_added growth_ytd 2026-08 3.2",
    ]
    assert figures(english) == [
        "CN gdp level_ytd 2026-03 334193",
        "CN retail_sales level_ytd 2026-03 120000",
    ]


def test_a_year_is_carried_from_the_period_before() -> None:
    found = reading("""
        时间 | 固定资产投资累计增速
        2025年1-12月 | 1
        1-2月 | 2
        1-3月 | 3
    """)

    assert figures(found) == [
        "fixed_asset_investment growth_ytd 2025-12 1",
        "fixed_asset_investment growth_ytd 2026-02 2",
        "fixed_asset_investment growth_ytd 2026-03 3",
    ]


def test_the_same_period_of_the_year_before_by_any_name() -> None:
    found = reading("""
        指标 | 2026年1-9月 | 2025年同期 | 增长%
        固定资产投资（万元） | 402100 | 375800 | 7.0
    """)
    growth = reading("""
        2026年1-9月
        指标 | 增速（%） | 上年同期增速（%） | 增减（百分点）
        固定资产投资 | 7.0 | 6.0 | 1.0
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment level_ytd 2025-09 37.58",
        "fixed_asset_investment growth_ytd 2026-09 7",
    ]
    assert figures(growth) == [
        "fixed_asset_investment growth_ytd 2026-09 7",
        "fixed_asset_investment growth_ytd 2025-09 6",
    ]


def test_growth_beside_an_amount_in_dollars_is_in_dollars() -> None:
    found = reading("""
        2026年1-9月外贸情况
        项目 | 金额（万元） | 同比（%） | 金额（万美元） | 同比（%）
        出口总额 | 80000 | 2 | 11000 | 3
    """)

    assert figures(found) == [
        "exports level_ytd 2026-09 8",
        "exports growth_ytd 2026-09 2",
        "exports_usd level_ytd 2026-09 1.1",
        "exports_usd growth_ytd 2026-09 3",
    ]


def test_a_table_that_begins_away_from_the_corner_between_its_lines() -> None:
    found = reading("""
        | |
        | | 表四 固定资产投资完成情况
        | | （2026年1-9月）
        | | 计量单位：万元
        | | 指标 | 代码 | 自年初累计 | 去年同期累计 | 增长（%）
        | | 甲 | 乙 | 1 | 2 | 3
        | | 固定资产投资 | 01 | 402100 | 375800 | 7.0
        | | 单位负责人：某人 | 填表人：某人 | 报出日期：2026年10月15日
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment level_ytd 2025-09 37.58",
        "fixed_asset_investment growth_ytd 2026-09 7",
    ]
    assert found.refused == ()


def test_an_english_table_says_its_unit_in_brackets() -> None:
    found = reading("""
        Houma: main indicators, January-September 2026
        (RMB 100 million unless stated otherwise)
        Indicator | Jan-Sep 2026 | Y/Y (%)
        GDP | 101.2 | 5.1
    """)

    assert figures(found) == [
        "COUNTY gdp level_ytd 2026-09 101.2",
        "COUNTY gdp growth_ytd 2026-09 5.1",
    ]


def test_a_table_in_two_languages() -> None:
    found = reading("""
        指标 Indicator | 单位 Unit | 2026年1-9月 Jan-Sep 2026 | 增长 Growth (%)
        固定资产投资 Fixed-asset investment | 亿元 | 40.21 | 7.0
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment growth_ytd 2026-09 7",
    ]


def test_growth_of_other_areas_stands_beside_growth() -> None:
    found = reading("""
        2026年1-9月
        指标名称 | 增速（%） | 比1-8月加快（百分点） | 全省 | 全国
        规模以上工业增加值 | 8.5 | 0.1 | 3.2 | 5.5
    """)

    assert figures(found) == [
        "industrial_value_added growth_ytd 2026-09 8.5",
        "CN-SX industrial_value_added growth_ytd 2026-09 3.2",
        "CN industrial_value_added growth_ytd 2026-09 5.5",
    ]


def test_years_stand_over_levels_with_their_growth_beside_them() -> None:
    found = reading("""
        指标 | 单位 | 2024年 | 增速% | 2025年 | 增速%
        地区生产总值 | 亿元 | 140 | 4 | 150 | 5
    """)

    assert figures(found) == [
        "gdp level_ytd 2024-12 140",
        "gdp growth_ytd 2024-12 4",
        "gdp level_ytd 2025-12 150",
        "gdp growth_ytd 2025-12 5",
    ]
