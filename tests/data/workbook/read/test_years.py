"""Years, forms and marks of status around a table; every figure is made up."""

from __future__ import annotations

import pytest

from data.workbook.book import Cell, Sheet
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.indicator import Basis, Measure, Observation, PriceBasis, Status
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, asked, book, figures, reading, sheet


def test_the_year_in_the_corner_is_that_of_the_periods_beside_it() -> None:
    found = reading("""
        2023年 | 一季度 | 上半年 | 全年
        GDP增速(%) | 4.5 | 5.1 | 5.2
    """)

    assert "year" not in asked(found)
    assert [text.split()[2] for text in figures(found)] == ["2023-03", "2023-06", "2023-12"]


def test_the_year_of_a_target_is_that_of_what_was_achieved_beside_it() -> None:
    found = reading("""
        指标 | 2023年目标 | 1-6月完成 | 同比
        一般公共预算收入(亿元) | 25 | 12.5 | 3.0
    """)

    assert "year" not in asked(found)
    assert figures(found)[0] == "general_public_budget_revenue level_ytd 2023-06 12.5"


@pytest.mark.parametrize(("area", "suggested"), [("ZONE", ""), ("CN", "year:2026")])
def test_a_year_is_suggested_by_figures_of_the_same_area_alone(area: str, suggested: str) -> None:
    known = Observation(
        "CN", "gdp", Measure.GROWTH_YTD, Month(2025, 9), 5.0, "%",
        Basis(PriceBasis.COMPARABLE, "standard", "CNY"), Status.PUBLISHED, "",
    )  # fmt: skip
    table = book("指标 | 1-6月\nGDP增速(%) | 5.1")
    found = read(table, Context(CATALOGUE, AREAS, area, Month(2026, 12), {known.key: known}), {})

    year = next(entry for entry in found.questions if entry.id == "year")
    assert year.suggested == suggested


def test_this_year_before_a_period_is_the_year_of_the_date_above() -> None:
    found = reading("""
        统计卡片
        经济发展局 2026年10月22日
        指标 | 今年前三季度
        固定资产投资增速(%) | 7.1
    """)

    assert figures(found) == ["fixed_asset_investment growth_ytd 2026-09 7.1"]


def test_this_year_and_last_below_the_month_are_of_the_month() -> None:
    found = reading("""
        2026年9月财政收支
        项目 | 本月 | | 累计 |
        | 本年 | 上年 | 本年 | 上年
        税收收入（亿元） | 1.2 | 1.1 | 12.1 | 11.3
    """)

    assert figures(found) == [
        "tax_revenue level_month 2026-09 1.2",
        "tax_revenue level_month 2025-09 1.1",
        "tax_revenue level_ytd 2026-09 12.1",
        "tax_revenue level_ytd 2025-09 11.3",
    ]


def test_the_head_of_a_form_holds_what_stands_beside_its_labels() -> None:
    found = reading("""
        主要经济指标报表
        填报单位： | 侯马经济开发区管委会 | | 表号： | X1表
        报告期： | 2026年1-9月 | | 计量单位： | 万元
        指标名称 | 代码 | 本期 | 上年同期 | 增长（%）
        固定资产投资 | 01 | 402100 | 375800 |
        单位负责人： | | 填表人： | |
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 40.21",
        "fixed_asset_investment level_ytd 2025-09 37.58",
    ]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("2026年全年主要指标预计", "estimate"),
        ("2026年全年预计完成情况", "estimate"),
        ("2026年1-9月主要指标（公布数）", "published"),
        ("2026年1-9月主要指标（非公布数）", ""),
        ("2026年1-9月主要指标（以统计局公布数为准）", ""),
        ("Main indicators, Jan-Sep 2026 (unpublished)", ""),
    ],
)
def test_a_title_says_the_status_or_leaves_it_open(title: str, status: str) -> None:
    found = reading(f"{title}\n指标 | 增速(%)\n固定资产投资 | 7.1")

    assert ("status" in asked(found)) is not bool(status)
    assert not status or found.figures[0].observation.status == status


def test_rows_about_series_above_a_vendors_figures_are_no_names() -> None:
    found = reading("""
        | Gross Domestic Product: Year to Date: YoY
        Region | China
        Frequency | Quarterly
        Unit | %
        Source | National Bureau of Statistics
        Status | Active
        Last Obs. Date | 09/2026
        06/2026 | 5.0
        09/2026 | 4.8
    """)

    assert figures(found) == ["CN gdp growth_ytd 2026-06 5", "CN gdp growth_ytd 2026-09 4.8"]


def test_units_that_look_like_numbers_are_no_figures() -> None:
    found = reading("""
        Indicator | Period | Value | Unit
        Gross domestic product | 2026 Q3 | | 100 million yuan
        Electricity consumption | 2026 Q3 | | 10 MWh
        Freight volume | 2026 Q3 | | 10 kt
    """)

    assert (figures(found), found.questions, found.refused) == ([], (), ())


@pytest.mark.parametrize(
    ("now", "first"), [(Month(2031, 8), 2030), (Month(2031, 9), 2031), (Month(2031, 10), 2031)]
)
def test_years_are_offered_back_from_the_last_in_which_the_periods_have_begun(
    now: Month, first: int
) -> None:
    table = book("指标 | 1-9月增速(%)\n固定资产投资 | 7")

    found = read(table, Context(CATALOGUE, AREAS, "ZONE", now), {})

    year = next(question for question in found.questions if question.id == "year")
    assert [int(option.value) for option in year.options[:2]] == [first, first - 1]
    assert year.suggested == ""


def _year_asked(*sheets: str, known: Month, now: Month) -> str:
    """Return the year that is suggested where growth is known up to a month."""
    figure = Observation(
        "ZONE", "fixed_asset_investment", Measure.GROWTH_YTD, known, 5.0, "%",
        Basis(PriceBasis.CURRENT, "standard", "CNY"), Status.PUBLISHED, "",
    )  # fmt: skip
    context = Context(CATALOGUE, AREAS, "ZONE", now, {figure.key: figure})
    parts = (sheet(text, f"Sheet{number}") for number, text in enumerate(sheets))
    found = read(book(*parts), context, {})
    return next(question for question in found.questions if question.id == "year").suggested


def test_a_year_that_another_sheet_names_is_suggested_before_what_goes_on_from_the_known() -> None:
    plain = "指标 | 1-9月增速(%)\n固定资产投资 | 7"
    dated = "2026年9月\n指标 | 累计增速(%)\n税收收入 | 7"

    now = Month(2027, 11)
    assert _year_asked(plain, known=Month(2026, 9), now=now) == "year:2027"
    assert _year_asked(plain, dated, known=Month(2026, 9), now=now) == "year:2026"


def test_no_year_is_suggested_in_which_the_periods_have_not_begun() -> None:
    plain = "指标 | 1-9月增速(%)\n固定资产投资 | 7"

    assert _year_asked(plain, known=Month(2026, 9), now=Month(2026, 11)) == "year:2026"


def test_a_figure_of_a_later_month_is_refused_unless_it_is_an_estimate() -> None:
    table = "指标 | 2026年11月累计增速(%) | 2027年6月累计增速(%) | 2027年（预计）增速(%)"
    found = reading(f"{table}\n固定资产投资 | 7.1 | 7.2 | 7.3")

    assert figures(found) == [
        "fixed_asset_investment growth_ytd 2026-11 7.1",
        "fixed_asset_investment growth_ytd 2027-12 7.3",
    ]
    assert [(entry.code, entry.found) for entry in found.refused] == [("not_begun", "7.2")]


@pytest.mark.parametrize(
    ("heads", "months"),
    [
        ("2025年1-9月 | 1-12月 | 1-3月", "2025-09 2025-12 2026-03"),
        ("2025年1-12月 | 1-3月 | 1-6月", "2025-12 2026-03 2026-06"),
        ("2025年1-12月 | 1-9月 | 1-6月 | 1-3月", "2025-12 2025-09 2025-06 2025-03"),
        ("2026年1-3月 | 1-12月 | 1-9月", "2026-03 2025-12 2025-09"),
        ("2025年1-3月 | 1-6月 | 1-9月 | 1-12月 | 1-3月", "2025-03 2025-06 2025-09 2025-12 2026-03"),
        ("2026年1-3月 | 1-12月", "2026-03 2026-12"),
    ],
)
@pytest.mark.parametrize("down", [False, True])
def test_a_year_named_once_goes_on_the_way_that_takes_fewer_months(
    heads: str, months: str, down: bool
) -> None:
    found = reading(_periods(heads, down))

    assert [str(figure.observation.month) for figure in found.figures] == months.split()
    assert "year" not in asked(found)


@pytest.mark.parametrize(
    "heads", ["2025年1-12月 | 1-3月", "2025年1-12月 | 1-6月", "2026年1-6月 | 1-12月 | 1-6月"]
)
@pytest.mark.parametrize("down", [False, True])
def test_a_year_that_could_be_this_or_the_next_is_asked(heads: str, down: bool) -> None:
    found = reading(_periods(heads, down))

    doubts = ["year" in figure.doubts for figure in found.figures]
    assert doubts == [False, *(True for _ in doubts[1:])]


def test_growth_beside_the_year_of_the_title_and_last_year_is_of_the_title_s() -> None:
    found = reading("""
        2026年主要指标
        指标 | 1-9月 | 2025年1-9月 | 增速(%)
        固定资产投资（亿元） | 40.2 | 37.6 | 6.9
    """)

    assert [text.split()[2] for text in figures(found)] == ["2026-09", "2025-09", "2026-09"]


def test_what_a_year_is_expected_to_be_is_of_the_whole_year() -> None:
    found = reading("""
        2026年1-9月主要指标
        指标 | 单位 | 1-9月 | 2025年 | 2026年预计
        固定资产投资 | 亿元 | 28.6 | 38.2 | 41.2
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 28.6",
        "fixed_asset_investment level_ytd 2025-12 38.2",
        "fixed_asset_investment level_ytd 2026-12 41.2",
    ]


def test_the_sum_of_columns_that_end_in_different_months_is_left_out_and_named() -> None:
    found = reading("""
        侯马经济开发区工业用电量（万千瓦时）
        月份 | 2025年 | 2026年
        1月 | 1150 | 1180
        2月 | 1020 | 1090
        3月 | 1200 |
        合计 | 3370 | 2270
    """)

    assert {entry.place.row for entry in found.figures} == {3, 4, 5}
    assert [(it.code, it.values["names"]) for it in found.remarks] == [
        ("heads_left_out", ("合计",))
    ]


def _periods(heads: str, down: bool) -> str:
    """Return a table of growth, a period to each column or to each row."""
    periods = heads.split(" | ")
    if down:
        return "\n".join(["时间 | 固定资产投资增速(%)", *(f"{period} | 6.5" for period in periods)])
    return f"指标 | {heads}\n固定资产投资增速(%)" + " | 6.5" * len(periods)


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("注：本表数据为快报数。", "flash"),
        ("注：1.本表数据均为内部快报数，请勿外传。", "flash"),
        ("以上为初步数", "flash"),
        ("说明：上述数据为年报数据", "published"),
        ("表内数字为预计数", "estimate"),
        ("Note: all figures are preliminary.", "flash"),
        ("注：工业增加值为快报数", ""),
        ("注：2025年为年报数", ""),
        ("注：以上为快报数，以上为年报数", ""),
        ("注：数据以统计局公布数为准", ""),
        ("注：最终数据以快报为准", ""),
    ],
)
def test_a_note_below_a_table_says_the_status_of_all_of_it_or_leaves_it_open(
    note: str, status: str
) -> None:
    found = reading(f"2026年1-9月\n指标 | 增速(%)\n固定资产投资 | 7.1\n{note}")

    assert ("status" in asked(found)) is not bool(status)
    assert not status or found.figures[0].observation.status == status


def test_the_months_of_each_year_have_a_sum_of_their_own() -> None:
    found = reading("""
        侯马经济开发区分月税收收入（单位：万元）
        指标 | 2025年1月 | 2月 | 3月 | 合计 | 2026年1月 | 2月 | 3月 | 合计
        税收收入 | 20000 | 9000 | 9100 | 38100 | 21000 | 9500 | 9600 | 40100
    """)

    assert [text for text in figures(found) if "level_ytd" in text] == [
        "tax_revenue level_ytd 2025-03 3.81",
        "tax_revenue level_ytd 2026-03 4.01",
    ]


def test_bare_years_as_numbers_have_the_months_of_the_title_both() -> None:
    found = reading("""
        侯马经济开发区2026年1-9月主要指标（亿元）
        指标 | 2026 | 2025
        固定资产投资 | 40.36 | 37.58
    """)

    assert [text.split()[2] for text in figures(found)] == ["2026-09", "2025-09"]


@pytest.mark.parametrize("head", ["上年实绩", "去年总量", "上年实绩数（亿元）", "上年总额"])
@pytest.mark.parametrize(
    "title", ["2026年1-9月主要指标\n指标 | 单位 | 1-9月", "主要指标\n指标 | 单位 | 2026年1-9月"]
)
def test_what_last_year_came_to_is_of_the_whole_year_beside_months(title: str, head: str) -> None:
    found = reading(f"{title} | {head} | 增速%\n税收收入 | 亿元 | 3.125 | 4.15 | 4.3")

    assert figures(found) == [
        "tax_revenue level_ytd 2026-09 3.125",
        "tax_revenue level_ytd 2025-12 4.15",
        "tax_revenue growth_ytd 2026-09 4.3",
    ]


def test_last_year_from_which_growth_is_computed_is_of_the_same_months() -> None:
    found = reading("""
        2026年1-9月主要指标
        指标 | 单位 | 1-9月 | 上年实绩 | 增速%
        税收收入 | 亿元 | 3.125 | 2.996 | 4.3
    """)

    assert figures(found)[1] == "tax_revenue level_ytd 2025-09 2.996"


def test_a_whole_year_that_is_over_hides_no_year_in_which_the_months_have_begun() -> None:
    text = "主要指标\n指标 | 单位 | 1-9月 | 上年实绩\n税收收入 | 亿元 | 3.125 | 4.15"
    found = read(book(text), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 10)), {})

    year = next(entry for entry in found.questions if entry.id == "year")
    assert year.options[0].id == "year:2026"
    assert figures(found)[1] == "tax_revenue level_ytd 2025-12 4.15"


def _dated(*heads: Cell) -> Reading:
    """Read a row of figures below heads, and the same figures beside them."""
    numbers = [float(place) for place, _ in enumerate(heads, start=1)]
    title = ("主要指标累计",)
    across = (title, ("指标", "单位", *heads), ("税收收入", "亿元", *numbers))
    down = (title, ("时间", "税收收入（亿元）"), *zip(heads, numbers, strict=True))
    found = reading(Sheet("横", across))
    assert figures(found) == figures(reading(Sheet("竖", down)))
    return found


@pytest.mark.parametrize(
    ("heads", "months"),
    [
        (["2026.9"], ["2026-09"]),
        ([2026.8, 2026.9, 2026.1], ["2026-08", "2026-09", "2026-10"]),
        ([2026.09, 2026.08], ["2026-09", "2026-08"]),
        (["2025.12", "2026.1", "2026.2"], ["2025-12", "2026-01", "2026-02"]),
        (["2026.1", "2026.10"], ["2026-01", "2026-10"]),
        (["2026年8月", "2026.9"], ["2026-08", "2026-09"]),
        (["2026.9月"], ["2026-09"]),
        ([46266.0, 46295.0], ["2026-09", "2026-09"]),
        (["46235", "46266"], ["2026-08", "2026-09"]),
    ],
)
def test_months_that_stand_as_numbers_are_read_where_they_are_plain(
    heads: list[Cell], months: list[str]
) -> None:
    assert [entry.split()[2] for entry in figures(_dated(*heads))] == months


def test_a_month_that_may_be_the_first_or_the_tenth_is_refused_for_that() -> None:
    found = _dated(2026.1)

    assert [entry.code for entry in found.refused] == ["unclear_period"]


@pytest.mark.parametrize("heads", [(46000.0, 45000.0), (2026.5, 2031.25), (12345.0,)])
def test_other_numbers_beside_a_word_of_heads_are_no_months(heads: tuple[float, ...]) -> None:
    found = _dated(*heads)

    assert figures(found) == []
    assert {entry.code for entry in found.refused} == {"no_period"}
