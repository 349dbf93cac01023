"""Files of one layout share a shape, whatever their periods and numbers."""

from __future__ import annotations

from data.workbook.questions import Answers, Asked
from data.workbook.read.interpret import shape_of


def test_periods_numbers_order_and_spelling_do_not_change_a_shape() -> None:
    first = shape_of(["2026年1-9月增速(%)", "固定资产投资", "1.税收收入"])
    second = shape_of(["税收收入", "2027年一季度增速（％）", "固定 资产 投资", "固定资产投资", "."])

    assert shape_of(["固定资产投资", "2027年1-10月增速（％）", "2.税收收入"]) == first
    assert second != first


def test_another_label_is_another_shape() -> None:
    assert shape_of(["固定资产投资"]) != shape_of(["工业投资"])


def test_a_row_more_leaves_the_answers_to_a_bulletin_valid() -> None:
    labels = [f"指标{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
    before, after = shape_of(labels), shape_of([*labels, "光伏电池产量"])
    kept = {(before, "indicator:指标甲"): "new", (shape_of(["别的"]), "unit:items"): "unit:t"}

    answers = Answers({}, kept, after, {})

    assert answers.given(Asked.INDICATOR, "指标甲") == "new"
    assert answers.given(Asked.UNIT, "items") == ""
