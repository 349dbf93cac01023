"""Marks on figures: what a note says they mean, else nothing is read; figures are made up."""

from __future__ import annotations

import pytest

from tests.data.workbook.tables import figures, reading

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


def test_a_figure_that_says_it_is_expected_is_none_of_what_is_known() -> None:
    found = reading(TABLE.format("-1.0（预计）", ""))

    assert [entry.found for entry in found.refused] == ["-1.0(预计)"]
