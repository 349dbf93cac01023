"""Texts between a title and a head, as offices write them; every figure is made up."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import Workbook

from data.workbook.open.opening import open_book
from data.workbook.read.interpret import read
from data.workbook.reading import Context, Reading
from forecasting.figures.indicator import Status
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, figures, reading

HEAD = (
    ("指标名称", "计量单位", "本月", None, "累计", None, "上年同期", "排名"),
    (None, None, "绝对额", "同比(%)", "绝对额", "同比(%)", None, None),
)
BODY = (
    ("规模以上工业增加值", "亿元", None, 8.1, None, 8.5, None, 1),
    ("固定资产投资", "亿元", 3.1, 7.1, 30.2, 7.5, 27.2, 2),
    ("社会消费品零售总额", "亿元", 2.1, 6.1, 20.2, 6.5, 19.2, 2),
    ("一般公共预算收入", "万元", 6120, 5.1, 55120, 7.2, 51000, 3),
)
MERGED = ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4")
BESIDE = {"H2": "内部资料"}


def monthly(texts: Mapping[str, str], *, merged: bool = True) -> Reading:
    """Read a monthly report with texts in its second row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "侯马经济开发区2026年9月主要经济指标完成情况"
    for at, text in texts.items():
        sheet[at] = text
    for row, cells in enumerate((*HEAD, *BODY), start=3):
        for column, cell in enumerate(cells, start=1):
            sheet.cell(row, column, cell)
    for block in MERGED if merged else ():
        sheet.merge_cells(block)
    saved = BytesIO()
    book.save(saved)
    return read(
        open_book("月报.xlsx", saved.getvalue()),
        Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12)),
        {},
    )


@pytest.fixture(scope="module")
def plain() -> list[str]:
    found = figures(monthly({}))
    assert "fixed_asset_investment growth_ytd 2026-09 7.5" in found
    assert len(found) == 17
    return found


@pytest.mark.parametrize(
    "texts",
    [
        {"A2": "编制：统计科"} | BESIDE,
        {"A2": "编制单位：统计科"} | BESIDE,
        {"A2": "编报：综合股"} | BESIDE,
        {"A2": "制表：某某"} | BESIDE,
        {"A2": "填表人：某某"} | BESIDE,
        {"A2": "填报单位：示例开发区"} | BESIDE,
        {"A2": "统计科 2026年10月15日"} | BESIDE,
        {"A2": "规划处编制"} | BESIDE,
        {"A2": "单位：亿元、%"} | BESIDE,
        {"A2": "秘密★1年"} | BESIDE,
        {"A2": "第三季度分析会材料"} | BESIDE,
        {"A2": "看完请还"} | BESIDE,
        {"A2": "看完请还", "D2": "请勿外传", "H2": "谢谢"},
        {"A2": "附件1", "H2": "单位：亿元"},
        {"B2": "请勿外传"},
        {"C2": "请勿外传"},
        {"C2": "请勿外传", "H2": "统计科"},
        {"C2": "2026年10月15日", "H2": "统计科"},
    ],
    ids=lambda texts: " ".join(texts.values()),
)
@pytest.mark.parametrize("merged", [True, False], ids=["merged", "parted"])
def test_remarks_above_a_head_decide_nothing_below(
    texts: Mapping[str, str], merged: bool, plain: list[str]
) -> None:
    assert figures(monthly(texts, merged=merged)) == plain


def test_a_remark_beside_another_still_says_that_figures_are_internal() -> None:
    found = monthly({"A2": "编制：统计科"} | BESIDE)

    assert {entry.observation.status for entry in found.figures} == {Status.FLASH}


@pytest.mark.parametrize(
    "head",
    [
        "指标 | 民间 | | 合计 |\n| 绝对额(亿元) | 同比(%) | 绝对额(亿元) | 同比(%)",
        "| 民间 | | 合计 |\n指标 | 绝对额(亿元) | 同比(%) | 绝对额(亿元) | 同比(%)",
    ],
)
def test_unknown_words_that_tell_columns_apart_leave_theirs_out(head: str) -> None:
    found = reading(f"""
        侯马经济开发区2026年9月主要经济指标
        {head}
        固定资产投资 | 10 | 3 | 30 | 7
        社会消费品零售总额 | 11 | 4 | 31 | 8
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 30",
        "fixed_asset_investment growth_ytd 2026-09 7",
        "retail_sales level_ytd 2026-09 31",
        "retail_sales growth_ytd 2026-09 8",
    ]
    assert [entry.code for entry in found.remarks] == ["heads_left_out"]


def test_unknown_words_one_above_each_column_are_not_taken_for_remarks() -> None:
    found = reading("""
        侯马经济开发区2026年9月主要经济指标
        | 民间 | 国有
        指标 | 绝对额(亿元) | 同比(%)
        固定资产投资 | 10 | 3
        社会消费品零售总额 | 11 | 4
    """)

    assert figures(found) == []
