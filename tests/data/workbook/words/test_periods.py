"""Periods are read in every spelling of the field, and what only looks like one is not."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workbook.book import Cell
from data.workbook.words.periods import (
    EARLIEST,
    LATEST,
    Period,
    Reach,
    find_period,
    find_year,
    parse_period,
    parse_year,
)
from forecasting.figures import spelling
from forecasting.figures.indicator import Measure
from forecasting.figures.period import Month

YTD, QUARTER, MONTH, UNSAID = Reach.YTD, Reach.QUARTER, Reach.MONTH, Reach.UNSAID


@pytest.mark.parametrize(
    ("label", "year", "month", "reach"),
    [
        ("2019年一季度", 2019, 3, QUARTER),
        ("2019年第1季度", 2019, 3, QUARTER),
        ("2019年第一季度", 2019, 3, QUARTER),
        ("2019一季度", 2019, 3, QUARTER),
        ("19年一季度", 2019, 3, QUARTER),
        ("二〇一九年一季度", 2019, 3, QUARTER),
        ("2019Q1", 2019, 3, QUARTER),
        ("2019.Q1", 2019, 3, QUARTER),
        ("2019年Q1", 2019, 3, QUARTER),
        ("2019-Q1", 2019, 3, QUARTER),
        ("19Q1", 2019, 3, QUARTER),
        ("1Q 2019", 2019, 3, QUARTER),
        ("1Q19", 2019, 3, QUARTER),
        ("Q1 2019", 2019, 3, QUARTER),
        ("2019-1季", 2019, 3, QUARTER),
        ("2019年1季", 2019, 3, QUARTER),
        ("First quarter 2019", 2019, 3, QUARTER),
        ("The third quarter of 2019".removeprefix("The "), 2019, 9, QUARTER),
        ("二季度", None, 6, QUARTER),
        ("2019年二季度", 2019, 6, QUARTER),
        ("三季度单季", None, 9, QUARTER),
        ("四季度当季", None, 12, QUARTER),
        ("4-6月", None, 6, QUARTER),
        ("7—9月", None, 9, QUARTER),
        ("2018.10-12", 2018, 12, QUARTER),
        ("2018年10—12月", 2018, 12, QUARTER),
        ("2018.04-06", 2018, 6, QUARTER),
        ("1-3月", None, 3, YTD),
        ("1—3月", None, 3, YTD),
        ("１－３月", None, 3, YTD),
        ("1～3月", None, 3, YTD),
        ("1至3月", None, 3, YTD),
        ("1月至3月", None, 3, YTD),
        ("1-3月份", None, 3, YTD),
        ("2019 年 1 - 3 月", 2019, 3, YTD),
        ("2019.1-3", 2019, 3, YTD),
        ("2019.01-03", 2019, 3, YTD),
        ("2019年1月至2019年3月", 2019, 3, YTD),
        ("一至九月", None, 9, YTD),
        ("上半年", None, 6, YTD),
        ("2019年上半年", 2019, 6, YTD),
        ("2019上半年", 2019, 6, YTD),
        ("2019H1", 2019, 6, YTD),
        ("H1 2019", 2019, 6, YTD),
        ("First half of 2019", 2019, 6, YTD),
        ("前三季度", None, 9, YTD),
        ("前3季度", None, 9, YTD),
        ("2019年前三季度", 2019, 9, YTD),
        ("2019年第1-3季度", 2019, 9, YTD),
        ("2019年1-3季度", 2019, 9, YTD),
        ("一至三季度", None, 9, YTD),
        ("First three quarters of 2019", 2019, 9, YTD),
        ("Q1–Q3 2019", 2019, 9, YTD),
        ("Q1-3 2019", 2019, 9, YTD),
        ("1Q-3Q 2019", 2019, 9, YTD),
        ("2019Q1-Q2", 2019, 6, YTD),
        ("2019Q1-Q3", 2019, 9, YTD),
        ("2019 Q1~Q3", 2019, 9, YTD),
        ("2019Q1-3", 2019, 9, YTD),
        ("2019Q1-2019Q3", 2019, 9, YTD),
        ("2019.Q1-2019.Q4", 2019, 12, YTD),
        ("2019年Q1-Q3", 2019, 9, YTD),
        ("2019年Q1至Q3累计", 2019, 9, YTD),
        ("19Q1-Q3", 2019, 9, YTD),
        ("2019年1Q-3Q", 2019, 9, YTD),
        ("2019年前9个月", 2019, 9, YTD),
        ("First nine months of 2019", 2019, 9, YTD),
        ("9M 2019", 2019, 9, YTD),
        ("1-9月", None, 9, YTD),
        ("1-9月累计", None, 9, YTD),
        ("Jan-Sep 2019", 2019, 9, YTD),
        ("Jan.-Sept. 2019", 2019, 9, YTD),
        ("January to September 2019", 2019, 9, YTD),
        ("三季度（1-9月）", None, 9, YTD),
        ("2019年前三季度（1-9月）", 2019, 9, YTD),
        ("2019年三季度累计", 2019, 9, YTD),
        ("1—10月", None, 10, YTD),
        ("1-11月", None, 11, YTD),
        ("1-2月", None, 2, YTD),
        ("全年", None, 12, YTD),
        ("2019年全年", 2019, 12, YTD),
        ("2019年度", 2019, 12, YTD),
        ("Full year 2019", 2019, 12, YTD),
        ("1-12月", None, 12, YTD),
        ("9月累计", None, 9, YTD),
        ("2019年9月末累计", 2019, 9, YTD),
        ("2019年9月止", 2019, 9, YTD),
        ("9月当月", None, 9, MONTH),
        ("2019年9月单月", 2019, 9, MONTH),
        ("2019年9月（当月）", 2019, 9, MONTH),
        ("9月", None, 9, UNSAID),
        ("09月", None, 9, UNSAID),
        ("九月份", None, 9, UNSAID),
        ("2019年03月", 2019, 3, UNSAID),
        ("2019年3月份", 2019, 3, UNSAID),
        ("2019-03", 2019, 3, UNSAID),
        ("2019/3", 2019, 3, UNSAID),
        ("2019.03", 2019, 3, UNSAID),
        ("2019.10", 2019, 10, UNSAID),
        ("201903", 2019, 3, UNSAID),
        ("2019M03", 2019, 3, UNSAID),
        ("Mar 2019", 2019, 3, UNSAID),
        ("Sept. 2019", 2019, 9, UNSAID),
        ("Mar-19", 2019, 3, UNSAID),
        ("2019-03-31", 2019, 3, UNSAID),
        ("2019-03-01 00:00:00", 2019, 3, UNSAID),
        ("2019年3月31日", 2019, 3, UNSAID),
        ("20190331", 2019, 3, UNSAID),
        ("2019年9月末", 2019, 9, UNSAID),
        ("2019年三季度末", 2019, 9, UNSAID),
    ],
)
def test_a_period_is_read_in_every_spelling(
    label: str, year: int | None, month: int, reach: Reach
) -> None:
    assert parse_period(label) == Period(year, month, reach)


@pytest.mark.parametrize(
    "label",
    [
        "", "-", "3", "1.5", "3.1", "1-3", "201", "2019.3", "2019.13", "201913", "20191331",
        "2019-13", "2019Q5", "5季度", "0月", "13月", "1-13月", "3-1月", "2-5月", "5-7月", "5-9月",
        "下半年", "2019年下半年", "H2 2019", "本月", "本期", "2019-2020年", "2019/2020",
        "2019-03-15", "2019年3月15日", "5月1日", "10月20日", "2019年春", "第1产业", "前三名",
        "201 903", "二季度（1-9月）", "2019年1-9月（2018年1-9月）", "May", "Mar", "可比价", "Q",
        "1-9月增速", "2101Q1", "1899年1-9月", "三", "季度", "１２，３４５",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_period_is_none(label: str) -> None:
    assert parse_period(label) is None


def test_the_second_quarter_is_not_the_first_half() -> None:
    quarter, half = parse_period("2019年二季度"), parse_period("2019年上半年")

    assert quarter is not None
    assert half is not None
    assert (quarter.month, half.month) == (6, 6)
    assert quarter.reach is not half.reach


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        (date(2019, 3, 1), 3),
        (date(2019, 3, 31), 3),
        (date(2020, 2, 29), 2),
        (201903.0, 3),
        (20190331.0, 3),
    ],
)
def test_dates_and_numbers_of_a_spreadsheet_are_months(cell: Cell, month: int) -> None:
    period = parse_period(cell)

    assert period is not None
    assert (period.month, period.reach) == (month, UNSAID)


@pytest.mark.parametrize(
    "cell",
    [None, True, 2019.0, 2019.03, 2019.1, 43555.0, 7.3, -201903.0, float("nan"), float("inf"),
     date(2019, 3, 15), date(2020, 2, 28), date(1899, 12, 31)],
)  # fmt: skip
def test_other_cells_are_no_period(cell: Cell) -> None:
    assert parse_period(cell) is None


years = st.integers(2000, 2048)


@given(year=years, month=st.integers(2, 12), dash=st.sampled_from("-—–~～至到－"))
def test_every_month_since_january_is_read_whatever_the_dash(
    year: int, month: int, dash: str
) -> None:
    expected = Period(year, month, YTD)

    assert parse_period(f"{year}年1{dash}{month}月") == expected
    assert parse_period(f"{year}年 1 {dash} {month} 月") == expected
    assert parse_period(f"{year % 100:02d}年1{dash}{month}月") == expected
    assert parse_period(f"1{dash}{month}月") == Period(None, month, YTD)


@given(day=st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31)))
def test_a_date_is_its_month_on_the_first_and_the_last_day_alone(day: date) -> None:
    at_an_end = day.day in (1, monthrange(day.year, day.month)[1])
    expected = Period(day.year, day.month, UNSAID) if at_an_end else None

    assert parse_period(day) == expected
    assert parse_period(f"{day:%Y-%m-%d}") == expected


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("measure", Measure)
def test_what_an_export_writes_is_read_back(measure: Measure, month: int, language: str) -> None:
    written = spelling.period_text(Month(2026, month), measure, language)

    period = parse_period(written)

    assert period is not None, written
    assert (period.year, period.month) == (2026, month)
    if month % 3 == 0 and measure in (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER):
        assert period.reach is QUARTER
    elif measure in (Measure.GROWTH_YTD, Measure.LEVEL_YTD) and month > 3:
        assert period.reach is YTD


@given(st.text(max_size=60))
def test_any_text_is_a_period_or_none(text: str) -> None:
    for found in (parse_period(text), (find_period(text) or (None,))[0]):
        if found is not None:
            assert 1 <= found.month <= 12
            assert found.year is None or EARLIEST <= found.year <= LATEST


@given(st.text(alphabet="0123456789年月季度Q一二三四前上半至-—.（）()累计全 ", max_size=20))
def test_a_whole_cell_that_is_a_period_is_also_found_inside_it(text: str) -> None:
    period = parse_period(text)
    if period is not None and not text.replace(" ", "").isdigit():
        assert find_period(text) is not None or "(" in text or "（" in text or text == "年度"


@pytest.mark.parametrize(
    ("title", "period", "rest"),
    [
        ("2026年1-9月示例开发区主要经济指标", Period(2026, 9, YTD), "示例开发区主要经济指标"),
        ("示例开发区2026年前三季度快报", Period(2026, 9, YTD), "示例开发区 快报"),
        ("2026年9月累计增长", Period(2026, 9, YTD), "累计增长"),
        ("9月当月增速", Period(None, 9, MONTH), "当月增速"),
        ("2026年1-9月增速(%)", Period(2026, 9, YTD), "增速(%)"),
        ("1-9月(亿元)", Period(None, 9, YTD), "(亿元)"),
        ("2026年一季度累计(亿元)", Period(2026, 3, YTD), "(亿元)"),
        ("第三季度GDP", Period(None, 9, QUARTER), "GDP"),
        ("Q3 2026 growth, %", Period(2026, 9, QUARTER), "growth, %"),
        ("GDP, Jan-Sep 2026", Period(2026, 9, YTD), "GDP"),
        ("主要指标（2026年上半年）", Period(2026, 6, YTD), "主要指标"),
        ("表1 2026年1-9月主要指标", Period(2026, 9, YTD), "表1 主要指标"),
        ("附件1　2026年1-9月主要指标", Period(2026, 9, YTD), "附件1 主要指标"),
        ("2026年三季度末开发区主要指标", Period(2026, 9, UNSAID), "开发区主要指标"),
        ("2026年9月止累计增长", Period(2026, 9, YTD), "累计增长"),
    ],
)
def test_a_period_inside_a_title_is_found_and_taken_out(
    title: str, period: Period, rest: str
) -> None:
    assert find_period(title) == (period, rest)


@pytest.mark.parametrize(
    "text",
    ["编号201903", "制表日期：2026年10月20日", "填报时间10月20日", "印发2026-10-20", "2026.10.20发",
     "规上1-3类", "前三名", "3.1亿元", "May be revised", "电话0357-2019123", "2019-2020年对比"],
)  # fmt: skip
def test_days_codes_and_counts_inside_a_text_are_no_period(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2019", 2019), ("2019年", 2019), ("2019年度", 2019), ("19年", 2019), ("98年", 1998),
     ("二〇一九年", 2019), (2019.0, 2019), ("201", None), ("1899年", None), (7.3, None),
     (2019.5, None), (True, None), (None, None), ("2019年1月", None), ("19", None)],
)  # fmt: skip
def test_a_year_alone_is_a_year(cell: Cell, year: int | None) -> None:
    assert parse_year(cell) == year


def test_a_year_inside_a_title_is_found_and_taken_out() -> None:
    assert find_year("示例开发区2026年快报") == (2026, "示例开发区 快报")
    assert find_year("表1-2 2026年快报") == (2026, "表1-2 快报")
    assert find_year("2026年末开发区主要指标") == (2026, "开发区主要指标")
    assert find_year("编号2026") is None
    assert find_year("价格监测周报2026年第38周") is None
