"""Write the books whose cells hold formulas with the values a spreadsheet last saw.

``python tests/data/workbook/corpus/make_formulas.py``. Every figure is invented (模拟数据).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
HEADER = ["项目", "年初预算", "本月", "本年累计", "上年同期累计", "增减额", "增减%", "占预算%"]
ITEMS = [
    ("一、一般公共预算收入", 75000, 5140, 55120, 51400),
    ("  （一）税收收入", 160000, 12110, 120500, 112900),
    ("        增值税", 70000, 5230, 53400, 50100),
    ("  （二）非税收入", 9000, 610, 6800, 7200),
    ("二、一般公共预算支出", 98000, 8020, 71200, 69900),
]


def main() -> None:
    """Write the finance bureau's monthly table."""
    with xlsxwriter.Workbook(FOLDER / "fiscal_month.xlsx") as book:
        book.set_properties({"author": "模拟数据", "created": datetime(2026, 10, 20)})
        sheet = book.add_worksheet("收支月报")
        sheet.merge_range("A1:H1", "示例开发区2026年9月财政收支月报（模拟数据）")
        sheet.write("H2", "单位：万元")
        sheet.write_row("A3", HEADER)
        for row, (name, plan, month, total, before) in enumerate(ITEMS, start=4):
            sheet.write_row(row - 1, 0, [name, plan, month, total, before])
            formulas = {
                "F": (f"=D{row}-E{row}", total - before),
                "G": (f"=(D{row}-E{row})/E{row}*100", (total - before) / before * 100),
                "H": (f"=D{row}/B{row}*100", total / plan * 100),
            }
            for column, (formula, value) in formulas.items():
                sheet.write_formula(f"{column}{row}", formula, None, value)


if __name__ == "__main__":
    main()
