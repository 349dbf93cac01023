"""In which currency figures are, where a title says another one; every figure is made up."""

from __future__ import annotations

import pytest

from tests.data.workbook.tables import figures, reading


@pytest.mark.parametrize(
    "row", ["2,905万美元 | 10.7%", "2,905 | 10.7"], ids=["in the cell", "in the label"]
)
def test_a_row_in_dollars_is_so_under_a_title_that_says_yuan(row: str) -> None:
    label = "实际使用外资" if "万美元" in row else "实际使用外资（万美元）"
    found = reading(f"""
        2026年1-9月外贸外资情况（人民币计价）
        指标 | 2026年1-9月 | 增长（%）
        进出口总额（亿元） | 11.16 | -1.0
        {label} | {row}
    """)

    assert figures(found)[2:] == [
        "foreign_capital level_ytd 2026-09 2905",
        "foreign_capital growth_ytd 2026-09 10.7",
    ]
    assert [entry.observation.basis.currency for entry in found.figures] == [
        "CNY", "CNY", "USD", "USD",
    ]  # fmt: skip
