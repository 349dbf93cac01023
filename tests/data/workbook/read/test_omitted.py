"""What is none of our figures is left out and said; what should be one and is not is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.workbook.book import Sheet
from tests.data.workbook.tables import figures, reading, sheet


def codes(text: str) -> set[str]:
    return {remark.code for remark in reading(text).remarks}


def test_ranks_plans_progress_shares_and_paces_are_left_out() -> None:
    text = """
        2026年1-9月
        指标 | 年度目标 | 增速(%) | 位次 | 完成进度(%) | 占比(%) | 较上半年增减(百分点)
        固定资产投资 | 55 | 7.0 | 3 | 73 | 20 | -0.1
    """

    assert figures(reading(text)) == ["fixed_asset_investment growth_ytd 2026-09 7"]
    assert "columns_left_out" in codes(text)


def test_a_difference_of_two_rates_is_no_growth() -> None:
    found = reading("""
        2026年前三季度
        指标名称 | 单位 | 本期 | 上年同期 | 增减
        规模以上工业增加值增速 | % | 8.5 | 7.7 | 0.8
        固定资产投资 | 亿元 | 40.21 | 37.58 | 7.0
    """)

    assert figures(found) == [
        "industrial_value_added growth_ytd 2026-09 8.5",
        "industrial_value_added growth_ytd 2025-09 7.7",
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment level_ytd 2025-09 37.58",
        "fixed_asset_investment growth_ytd 2026-09 7",
    ]


def test_a_difference_of_two_amounts_is_no_growth() -> None:
    found = reading("""
        2026年1-9月
        指标 | 单位 | 累计 | 去年同期 | 增减
        固定资产投资 | 万元 | 286400 | 268920 | 17480
        税收收入 | 亿元 | 108.0 | 100.0 | 8.0
        出口额 | 亿元 | 9.0 | 10.0 | -10.0
    """)

    assert [row for row in figures(found) if "growth" in row] == [
        "tax_revenue growth_ytd 2026-09 8",
        "exports growth_ytd 2026-09 -10",
    ]
    assert [(it.code, it.values["names"]) for it in found.remarks] == [
        ("columns_left_out", ("change",))
    ]


def test_points_of_one_row_do_not_make_a_column_of_growth_one_of_paces() -> None:
    found = reading("""
        2026年1-9月
        指标 | 单位 | 同比增长（%）
        固定资产投资 | 亿元 | 6.5
        一般公共预算收入 | 亿元 | 4.3
        税收占比 | % | 提高0.7个百分点
    """)

    assert figures(found) == [
        "fixed_asset_investment growth_ytd 2026-09 6.5",
        "general_public_budget_revenue growth_ytd 2026-09 4.3",
    ]
    assert "columns_left_out" in {remark.code for remark in found.remarks}


def test_columns_of_unknown_parts_are_left_out() -> None:
    found = reading("""
        2026年1-9月增速（%）
        指标 | 增速 | 其中国有控股 | 比年初增减
        固定资产投资 | 7.0 | 5.0 | 3.0
    """)

    assert figures(found) == ["fixed_asset_investment growth_ytd 2026-09 7"]


@pytest.mark.parametrize("spelling", ["{}Q1-Q{}", "{}年Q1-Q{}", "Q1–Q{1} {0}"])
def test_quarters_from_the_first_are_cumulative_periods(spelling: str) -> None:
    half, three = (spelling.format(2026, last) for last in (2, 3))

    found = reading(f"""
        指标 | 2026Q1 | {half} | {three}
        固定资产投资增速(%) | 5.1 | 5.2 | 5.3
    """)

    assert figures(found) == [
        "fixed_asset_investment growth_ytd 2026-03 5.1",
        "fixed_asset_investment growth_ytd 2026-06 5.2",
        "fixed_asset_investment growth_ytd 2026-09 5.3",
    ]
    assert found.remarks == ()


OTHER_RANGES = ["2026Q2-Q3", "Q2-Q3 2026", "2026年2-3季度", "2026年4-8月", "2026Q1-2027Q1"]


@pytest.mark.parametrize("head", OTHER_RANGES)
def test_other_ranges_are_left_out_and_named(head: str) -> None:
    by_column = reading(f"""
        指标 | 2026Q1 | {head}
        固定资产投资增速(%) | 5.1 | 5.2
    """)
    by_row = reading(f"""
        时间 | 固定资产投资增速(%)
        2026Q1 | 5.1
        {head} | 5.2
    """)

    for found in (by_column, by_row):
        assert figures(found) == ["fixed_asset_investment growth_ytd 2026-03 5.1"]
        assert [(it.code, it.values["names"]) for it in found.remarks] == [
            ("heads_left_out", (head,))
        ]


def test_a_title_with_another_range_dates_no_figures() -> None:
    found = reading("""
        2026年4-8月主要指标
        指标 | 增速（%）
        固定资产投资 | 7.0
    """)

    assert [entry.code for entry in found.refused] == ["no_period"]


def test_words_for_which_a_column_is_left_out_are_named() -> None:
    found = reading("""
        2026年1-9月增速（%）
        指标 | 增速 | 其中国有控股 | 三季度累比
        固定资产投资 | 7.0 | 5.0 | 3.0
    """)

    assert [entry.values["names"] for entry in found.remarks] == [("国有控股", "累比")]


def test_a_column_of_a_kind_that_is_none_of_ours_is_that_whatever_else_its_head_says() -> None:
    found = reading("""
        2026年1-9月增速（%）
        指标 | 增速 | 年初预算 | 较上半年增减(百分点)
        固定资产投资 | 7.0 | 55 | -0.1
    """)

    assert [(it.code, it.values["names"]) for it in found.remarks] == [
        ("columns_left_out", ("target", "pace"))
    ]


def test_texts_where_a_figure_should_be_are_refused_and_signs_for_none_are_not() -> None:
    found = reading("""
        2026年1-9月
        指标 | 增速（%）
        固定资产投资 | 见附表
        税收收入 | —
        工业投资 | 7.0
    """)

    assert [(entry.code, entry.found, str(entry.place)) for entry in found.refused] == [
        ("not_a_number", "见附表", "B3")
    ]


def test_a_unit_of_another_kind_is_refused() -> None:
    found = reading("""
        指标 | 单位 | 2026年1-9月
        固定资产投资 | 万吨 | 12
    """)

    assert [entry.code for entry in found.refused] == ["unit"]


def test_figures_without_any_period_are_refused() -> None:
    found = reading("""
        指标 | 增速（%）
        固定资产投资 | 7.0
    """)

    assert [entry.code for entry in found.refused] == ["no_period"]


def test_hidden_sheets_are_left_out_and_said() -> None:
    rows = sheet("""
        指标 | 2026年1-9月增速（%）
        固定资产投资 | 7.0
    """).rows

    found = reading(Sheet("one", rows), Sheet("old", rows, hidden=True))

    assert len(found.figures) == 1
    assert [dict(entry.values)["names"] for entry in found.remarks] == [("old",)]


NAMES_OF_NO_INDICATOR = ["产值", "零售额（亿元）", "税额", "投资额", "收入", "完成投资", "电量"]


@pytest.mark.parametrize("name", NAMES_OF_NO_INDICATOR)
def test_a_row_or_column_of_no_indicator_in_particular_is_named(name: str) -> None:
    row = reading(f"""
        指标 | 2026年1-9月 | 同比增长%
        固定资产投资（亿元） | 28.6 | 6.5
        {name} | 18.6 | 12.1
    """)
    bare = name.partition("（")[0]

    assert [entry.id for entry in row.optional] == [f"indicator:{bare}"]
    assert [(it.code, it.values["names"]) for it in row.remarks] == [("labels_left_out", (bare,))]


def test_a_column_of_no_indicator_in_particular_is_named_beside_others() -> None:
    found = reading("""
        时间 | 产值（亿元） | 固定资产投资（亿元）
        2026年1-9月 | 152.4 | 28.6
    """)

    assert figures(found) == ["fixed_asset_investment level_ytd 2026-09 28.6"]
    assert [entry.id for entry in found.optional] == ["indicator:产值"]


@pytest.mark.parametrize(
    "heads",
    [
        "±% | 增减",
        "增减 | 增减%",
        "同比增减 | 增幅",
        "比上年同期增长 | 增长（%）",
        "增减 | 同比（%）",
    ],
)
def test_a_change_beside_growth_in_percent_is_no_growth(heads: str) -> None:
    cells = {"%": "4.2", "幅": "4.2"}
    row = [next((cells[word] for word in cells if word in head), "0.125")
           for head in heads.split(" | ")]  # fmt: skip
    found = reading(
        f"2026年1-9月主要指标\n指标 | 单位 | 1-9月 | {heads}\n"
        f"税收收入 | 亿元 | 3.125 | {' | '.join(row)}"
    )

    assert figures(found) == ["tax_revenue level_ytd 2026-09 3.125",
                              "tax_revenue growth_ytd 2026-09 4.2"]  # fmt: skip
    assert [(one.code, one.values["names"]) for one in found.remarks] == [
        ("columns_left_out", ("change",))
    ]


def test_a_change_that_is_the_only_growth_of_its_period_or_indicator_is_growth() -> None:
    found = reading("""
        2026年1-9月主要指标
        地区 | 税收收入（亿元） | 增减 | 9月 | 增减 | 固定资产投资（亿元） | 增减 | 名义增长 | 增长
        侯马市 | 3.125 | 4.2 | 0.4 | 3.1 | 30 | 5 | 6 | 5.5
    """)

    growing = [text for text in figures(found) if "growth" in text]
    assert [text.split()[-1] for text in growing][:2] == ["4.2", "3.1"]


def test_figures_in_hidden_rows_and_columns_are_read_and_named() -> None:
    shown = sheet("""
        2026年1-9月主要指标
        指标 | 单位 | 累计 | 增速%
        税收收入 | 亿元 | 12.1 | 4.3
        固定资产投资 | 亿元 | 40.2 | 7
    """)
    hidden = replace(shown, hidden_rows=frozenset({1, 4}), hidden_columns=frozenset({2, 3}))

    assert figures(reading(hidden)) == figures(reading(shown))
    assert [remark.code for remark in reading(shown).remarks] == []
    assert [
        (one.code, dict(one.values), [str(place) for place in one.places])
        for one in reading(hidden).remarks
    ] == [
        ("hidden_rows", {"names": ("Sheet1",), "lines": 1, "count": 2}, ["C4", "D4"]),
        ("hidden_columns", {"names": ("Sheet1",), "lines": 1, "count": 2}, ["C3", "C4"]),
    ]
