"""Marks on figures: what a note says they mean, else nothing is read; figures are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.workbook.read.interpret import read
from data.workbook.reading import Context
from forecasting.figures.indicator import Measure, Status
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, book, figures, reading

TABLE = """
    2026年1-9月
    指标 | 累计 | 增速（%）
    固定资产投资（亿元） | 40.2 | 7.0
    进出口总额（亿元） | 11.16 | {}
    {}
"""


@pytest.mark.parametrize(
    "note", ["注：*为初步数；▲表示下降。", "注：“▲”表示同比下降", "说明：▲号为负数"]
)
def test_a_mark_that_a_note_calls_a_fall_is_a_minus(note: str) -> None:
    found = reading(TABLE.format("▲1.0", note))

    assert figures(found)[-1] == "trade_total growth_ytd 2026-09 -1"
    assert found.figures[-1].found == "▲1.0"


@pytest.mark.parametrize("note", ["", "注：▲为重点指标"])
def test_a_mark_that_nothing_explains_is_refused_and_never_read_as_a_rise(note: str) -> None:
    found = reading(TABLE.format("▲1.0", note))

    assert figures(found)[-1] == "trade_total level_ytd 2026-09 11.16"
    assert [(entry.code, entry.found) for entry in found.refused] == [("not_a_number", "▲1.0")]


@pytest.mark.parametrize("cell", ["-1.0（初步）", "-1.0（初步数）", "-1.0(修订)"])
def test_a_figure_may_say_that_it_is_preliminary(cell: str) -> None:
    assert figures(reading(TABLE.format(cell, "")))[-1] == "trade_total growth_ytd 2026-09 -1"


@pytest.mark.parametrize("cell", ["-1.0（预计）", "-1.0(预)", "预计下降1.0", "预计-1.0"])
def test_a_figure_that_says_it_is_expected_is_an_estimate(cell: str) -> None:
    found = reading(TABLE.format(cell, "")).figures[-1]

    assert (found.observation.value, found.observation.status) == (-1.0, Status.ESTIMATE)
    assert "status" not in found.doubts


@pytest.mark.parametrize(
    "table",
    [
        """
        2026年前三季度
        指标 | 单位 | 1-8月 | 1-9月 | 增速（%）
        固定资产投资 | 亿元 | 24.1 | 28.6（预计） | 6.5
        税收收入 | 亿元 | 2.4 | 2.7 | 4.3
        """,
        """
        2026年前三季度
        指标 | 单位 | 1-8月 | 1-9月
        固定资产投资 | 亿元 | 24.1 | 28.6（预计）
        增速 | % | 6.1 | 6.5
        税收收入 | 亿元 | 2.4 | 2.7
        增速 | % | 4.4 | 4.3
        """,
    ],
)
def test_growth_of_one_level_that_is_expected_is_an_estimate(table: str) -> None:
    found = reading(table)

    estimates = [
        (one.observation.indicator, one.observation.measure, str(one.observation.month))
        for one in found.figures
        if one.observation.status is Status.ESTIMATE
    ]
    assert estimates == [
        ("fixed_asset_investment", Measure.LEVEL_YTD, "2026-09"),
        ("fixed_asset_investment", Measure.GROWTH_YTD, "2026-09"),
    ]


def test_a_column_of_estimates_in_words_is_read_and_dates_the_growth_beside_it() -> None:
    found = reading("""
        2026年前三季度
        指标 | 单位 | 1-8月 | 1-9月（预计） | 增速（%）
        固定资产投资 | 亿元 | 24.1 | 28.6（预计） | 6.5
        税收收入 | 亿元 | 2.4 | 27000万元上下 | 4.3
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-08 24.1",
        "fixed_asset_investment level_ytd 2026-09 28.6",
        "fixed_asset_investment growth_ytd 2026-09 6.5",
        "tax_revenue level_ytd 2026-08 2.4",
        "tax_revenue growth_ytd 2026-09 4.3",
    ]
    assert [entry.found for entry in found.refused] == ["27000万元上下"]
    estimates = [one.observation.status is Status.ESTIMATE for one in found.figures]
    assert estimates == [False, True, True, False, True]


def test_a_row_whose_numbers_have_notes_alone_is_refused_by_name() -> None:
    found = reading("""
        2026年1-9月主要指标
        指标 | 累计（亿元） | 同比（%）
        固定资产投资 | 40.36 | 7.4
        税收收入 | 12.11（含海关代征） | 7.3（第3位）
    """)

    assert [(entry.code, entry.found) for entry in found.refused] == [
        ("not_a_number", "12.11(含海关代征)")
    ]
    assert "tax_revenue growth_ytd 2026-09 7.3" in figures(found)


def test_what_is_published_stays_so_below_a_title_that_says_flash() -> None:
    """A title 快报 is about what is new; a revised figure, and what a column says, are not kept."""
    found = reading("示例开发区2026年1-9月主要指标\n指标 | 2025年1-9月（亿元）\n税收收入 | 11.3")
    [old] = [replace(entry.observation, status=Status.PUBLISHED) for entry in found.figures]
    text = """
        示例开发区2026年1-9月主要指标快报
        指标 | 2026年1-9月（亿元） | 2025年1-9月（亿元）
        税收收入 | 12.1 | {}
    """

    def statuses(text: str) -> list[Status]:
        around = Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12), {old.key: old})
        return [entry.observation.status for entry in read(book(text), around, {}).figures]

    assert statuses(text.format(11.3)) == [Status.FLASH, Status.PUBLISHED]
    assert statuses(text.format(11.4)) == [Status.FLASH, Status.FLASH]
    stated = "指标 | 时期 | 数值（亿元） | 状态\n税收收入 | 2025年1-9月 | 11.3 | 内部快报"
    assert statuses(stated) == [Status.FLASH]
