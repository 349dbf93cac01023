"""Write the .xlsx files of the corpus that are about layouts and cells: ``python make_books.py``.

Every figure is invented (模拟数据).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
Row = Sequence[object]
# The time of writing would make every run a different file.
WRITTEN = datetime(2026, 10, 20, 9, 0)


def write(
    name: str,
    sheets: Mapping[str, Sequence[Row]],
    merged: str = "",
    *,
    numbers: str = "",
    dates: str = "yyyy-mm-dd",
    hidden: str = "",
) -> None:
    """Write a book.

    ``merged`` holds the ranges to merge in its first sheet, such as ``A1:D1 B3:C3``;
    ``numbers`` and ``dates`` are formats of cells, ``hidden`` the name of a hidden sheet.
    """
    with xlsxwriter.Workbook(FOLDER / name, {"default_date_format": dates}) as book:
        book.set_properties({"author": "模拟数据", "created": WRITTEN})
        format_ = book.add_format({"num_format": numbers}) if numbers else None
        for number, (title, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(title)
            for cells in merged.split() if number == 0 else ():
                sheet.merge_range(cells, "")
            for row, entries in enumerate(rows):
                for column, cell in enumerate(entries):
                    if isinstance(cell, int | float):
                        sheet.write_number(row, column, cell, format_)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            if title == hidden:
                sheet.hide()


def write_headers() -> None:
    """Write merged headers, single periods and periods outside the table."""
    write(
        "later_months.xlsx",
        {
            "投资": [
                ["2026年示例开发区投资情况（模拟数据）"],
                ["单位：万元、%"],
                ["指标", "1—8月", None, "1—10月", None, "1-11月", None],
                [None, "累计完成", "增速", "累计完成", "增速", "累计完成", "增速"],
                ["固定资产投资", 341200, 7.2, 450300, 6.9, 485100, 6.8],
                ["工业投资", 153000, 12.4, 215000, 11.8, 248000, 11.5],
            ]
        },
        "A1:G1 A3:A4 B3:C3 D3:E3 F3:G3",
    )
    write(
        "month_and_cumulative.xlsx",
        {
            "月报": [
                ["示例开发区2026年9月统计月报（模拟数据）"],
                ["指标名称", "计量单位", "9月", None, "1-9月", None],
                [None, None, "当月值", "同比增长(%)", "累计值", "同比增长(%)"],
                ["规模以上工业增加值", "万元", "—", 8.1, "—", 8.5],
                ["社会消费品零售总额", "万元", 23100, 6.8, 201500, 7.0],
            ]
        },
        "A1:F1 A2:A3 B2:B3 C2:D2 E2:F2",
    )
    write(
        "single_period.xlsx",
        {
            "Sheet1": [
                ["2026年1-9月示例开发区主要经济指标完成情况（模拟数据）"],
                [None, None, "单位：万元"],
                ["指标", "本期累计", "上年同期", "增速(%)"],
                ["固定资产投资", 402100, 375800, 7.0],
                ["其中：工业投资", 189800, 169500, 12.0],
                ["一般公共预算收入", 55120, 51400, 7.2],
                ["税收收入", 120500, 112900, 6.7],
                ["规模以上工业企业营业收入", 2636200, 2422500, 8.8],
                ["注：投资增速按可比口径计算。"],
            ]
        },
        "A1:D1",
    )
    table = [
        ["指标", "单位", "累计", "同比增长（%）"],
        ["固定资产投资", "亿元", 40.21, 7],
        ["税收收入", "亿元", 12.05, 6.7],
    ]
    write("period_in_sheet_name.xlsx", {"2026年1-9月": table})
    write(
        "several_sheets.xlsx",
        {
            "填报说明": [["本表为模拟数据。"], ["请各单位于次月10日前报送。"]],
            "2026年一季度": [
                table[0],
                ["固定资产投资", "亿元", 7.83, 6.9],
                ["税收收入", "亿元", 4.5, 6.9],
            ],
            "2026年上半年": [
                table[0],
                ["固定资产投资", "亿元", 24.73, 7.1],
                ["税收收入", "亿元", 8.65, 6.9],
            ],
            "2026年前三季度": table,
        },
    )
    write(
        "areas_by_column.xlsx",
        {
            "对比": [
                ["2026年前三季度主要指标增速对比（模拟数据）"],
                ["单位：%"],
                ["指标", "全国", "山西省", "临汾市", "侯马市"],
                ["地区生产总值", 4.8, 3.9, 4.4, 5.1],
                ["规模以上工业增加值", 5.5, 3.2, 4, 6.3],
                ["固定资产投资", -5.2, 1.5, 2.4, 8.8],
            ]
        },
        "A1:E1 A2:E2",
    )


def write_cells() -> None:
    """Write cells that a spreadsheet shows otherwise than it stores them."""
    write(
        "percent_cells.xlsx",
        {
            "9月": [
                ["示例开发区2026年1-9月主要指标（模拟数据）"],
                ["指标", "同比增长"],
                ["地区生产总值", 0.073],
                ["规模以上工业增加值", 0.085],
                ["固定资产投资", 0.07],
                ["进出口总额", -0.01],
            ]
        },
        numbers="0.0%",
    )
    ends = [datetime(2026, 3, 1), datetime(2026, 6, 1), datetime(2026, 9, 1)]
    write(
        "date_headers.xlsx",
        {
            "Sheet1": [
                ["示例开发区主要指标累计增速（%，模拟数据）"],
                ["指标", *ends],
                ["地区生产总值", 7.4, 7.4, 7.3],
                ["工业投资", 15.6, 11.2, 12],
            ]
        },
        dates='yyyy"年"m"月"',
    )
    days = [date(2026, 9, 30), date(2026, 6, 30), date(2026, 3, 31)]
    names = [
        "GDP:累计同比",
        "GDP:累计值",
        "规模以上工业增加值:累计同比",
        "规模以上工业增加值:当月同比",
    ]
    write(
        "vendor.xlsx",
        {
            "Sheet1": [
                ["指标名称", *(f"中国:{name}" for name in names)],
                ["频率", "季", "季", "月", "月"],
                ["单位", "%", "亿元", "%", "%"],
                ["指标ID", "X0000001", "X0000002", "X0000003", "X0000004"],
                ["时间区间", *["1992-03:2026-09"] * 4],
                ["来源", *["国家统计局"] * 4],
                ["更新时间", *["2026-10-20"] * 4],
                [days[0], 4.8, 1068421.3, 5.5, 5.6],
                [days[1], 4.7, 695704.0, 5.4, 5.3],
                [days[2], 5.0, 334192.9, 6.1, 5.7],
                ["数据来源：某终端（模拟数据）"],
            ]
        },
    )


if __name__ == "__main__":
    write_headers()
    write_cells()
