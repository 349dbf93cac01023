"""In which currency figures are, where a title says another one; every figure is made up."""

from __future__ import annotations

import pytest

from tests.data.workbook.tables import asked, figures, reading


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


@pytest.mark.parametrize(
    "table",
    [
        """
        指标 | 人民币（万元） | 同比% | 美元（万美元） | 同比%
        实际使用外资 | 8000 | 4.2 | 1100 | 1.2
        """,
        """
        指标 | 单位 | 1-9月 | 增速%
        实际使用外资（人民币） | 万元 | 8000 | 4.2
        实际使用外资（美元） | 万美元 | 1100 | 1.2
        """,
        """
        指标 | 单位 | 1-9月
        实际使用外资 | 万元 | 8000
        增速 | % | 4.2
        实际使用外资 | 万美元 | 1100
        增速 | % | 1.2
        """,
    ],
)
def test_foreign_capital_in_yuan_and_in_dollars_is_told_apart(table: str) -> None:
    found = reading(f"2026年1-9月利用外资情况\n{table}")

    assert asked(found) == ["status"]
    assert sorted(
        (one.observation.basis.currency, one.observation.unit, one.observation.value)
        for one in found.figures
    ) == [("CNY", "%", 4.2), ("CNY", "1e4 CNY", 8000), ("USD", "%", 1.2), ("USD", "1e4 USD", 1100)]


def test_money_named_without_a_unit_asks_for_one_of_that_money() -> None:
    found = reading("2026年1-9月利用外资情况\n指标 | 1-9月\n实际使用外资（人民币） | 8000")

    unit = next(one for one in found.questions if one.code == "unit")
    assert [one.value for one in unit.options[:3]] == ["1e4 CNY", "CNY", "1e8 CNY"]
    assert {one.observation.unit for one in found.figures} == {"1e4 CNY"}
