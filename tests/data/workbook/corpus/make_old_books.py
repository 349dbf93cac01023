"""Write the .xls files of the corpus: they are committed as this wrote them once.

xlwt is no dependency of the project: in this folder,
``uv run --no-project --with xlwt python make_old_books.py`` writes them anew.
Every figure is invented (模拟数据).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlwt

FOLDER = Path(__file__).parent


def newest_first() -> xlwt.Workbook:
    """Return a table with the newest period first and notes below."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    rows = [
        ["示例开发区主要指标累计增速（模拟数据）"],
        [None, None, None, "单位：%"],
        ["指标", "2026年1-9月", "2026年1-6月", "2026年1-3月", "2025年1-12月"],
        ["地区生产总值", 7.3, 7.4, 7.4, 7.7],
        ["规模以上工业增加值", 8.5, 8.8, 8.9, 7.6],
        ["固定资产投资", 7.0, 7.1, 6.9, 2.7],
        ["注：1.地区生产总值、规模以上工业增加值增速按可比价格计算。"],
        ["    2.2025年为年报数。"],
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    return book


def old_cells() -> xlwt.Workbook:
    """Return rows of dates with growth shown as percentages."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("数据")
    percent = xlwt.easyxf(num_format_str="0.0%")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    header = ["日期", "地区生产总值累计增速", "固定资产投资累计增速", "税收收入累计值(万元)"]
    rows = [
        (date(2026, 3, 31), 0.074, 0.069, 45000),
        (date(2026, 6, 30), 0.074, 0.071, 86500),
        (date(2026, 9, 30), 0.073, 0.07, 120500),
    ]
    for column, cell in enumerate(header):
        sheet.write(0, column, cell)
    for row, (end, gdp, investment, tax) in enumerate(rows, start=1):
        sheet.write(row, 0, end, day)
        sheet.write(row, 1, gdp, percent)
        sheet.write(row, 2, investment, percent)
        sheet.write(row, 3, tax)
    return book


def power() -> xlwt.Workbook:
    """Return the power company's table of the month and the year so far."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("用电量")
    sheet.write_merge(0, 0, 0, 4, "示例开发区2026年9月用电量情况表（模拟数据）")
    sheet.write(1, 3, "单位：万千瓦时、%")
    sheet.write_merge(2, 3, 0, 0, "用电分类")
    sheet.write_merge(2, 2, 1, 2, "本月")
    sheet.write_merge(2, 2, 3, 4, "累计")
    for column, cell in enumerate(["电量", "同比", "电量", "同比"], start=1):
        sheet.write(3, column, cell)
    rows = [
        ["全社会用电量", 6810, 5.2, 61200, 5.6],
        ["其中：工业用电量", 4905, 6.0, 44200, 6.9],
        ["城乡居民生活用电", 610, 1.1, 5820, 2.4],
    ]
    for row, cells in enumerate(rows, start=4):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    return book


if __name__ == "__main__":
    newest_first().save(str(FOLDER / "newest_first.xls"))
    old_cells().save(str(FOLDER / "old_cells.xls"))
    power().save(str(FOLDER / "power.xls"))
