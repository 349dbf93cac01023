"""Numbers are read as tables write them; words for none are none, and the rest is refused."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workbook.book import Cell
from data.workbook.words.numbers import LARGEST, Missing, Number, clean, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.3", 7.3),
        ("７．３", 7.3),
        ("－３．４", -3.4),
        ("−2.1", -2.1),
        ("–2.1", -2.1),
        ("- 2.1", -2.1),
        ("+6.2", 6.2),
        ("负2.1", -2.1),
        ("(2.1)", -2.1),
        ("（1,234）", -1234.0),
        ("1,234.5", 1234.5),
        ("１，２０４．５", 1204.5),
        ("12,345,678", 12345678.0),
        ("1'234", 1234.0),
        ("12 345.6", 12345.6),
        ("\u00a012\u2009345\u00a0", 12345.0),
        ("¥1,234", 1234.0),
        ("1.2E+05", 120000.0),
        (".5", 0.5),
        ("-0", 0.0),
        ("7.3*", 7.3),
        ("7.3①", 7.3),
        ("7.3[注1]", 7.3),
        ("约7.3", 7.3),
        ("7.3左右", 7.3),
    ],
)
def test_a_plain_number_is_read(text: str, value: float) -> None:
    assert parse_number(text) == Number(value)


@pytest.mark.parametrize(
    ("text", "value", "unit", "word"),
    [
        ("6.2%", 6.2, "%", False),
        ("-6.2％", -6.2, "%", False),
        ("(2.1%)", -2.1, "%", False),
        ("0.3个百分点", 0.3, "pp", False),
        ("回落0.3个百分点", -0.3, "pp", True),
        ("增长2.1", 2.1, "", True),
        ("增长 9.0", 9.0, "", True),
        ("下降2.1%", -2.1, "%", True),
        ("下降１２．５", -12.5, "", True),
        ("下降-2.1%", -2.1, "%", True),
        ("增长-2.1%", -2.1, "%", True),
        ("负增长2.1%", -2.1, "%", True),
        ("同比增长8.5%", 8.5, "%", True),
        ("比上年同期下降5.1%", -5.1, "%", True),
        ("增速5%", 5.0, "%", False),
        ("同比：+8.5%", 8.5, "%", False),
        ("增长1.5倍", 150.0, "%", True),
        ("增长两倍", 200.0, "%", True),
        ("增长1倍", 100.0, "%", True),
        ("翻一番", 100.0, "%", True),
        ("翻两番", 300.0, "%", True),
        ("是上年同期的2.5倍", 150.0, "%", True),
        ("2.5倍", 2.5, "times", False),
        ("持平", 0.0, "%", True),
        ("与上年持平", 0.0, "%", True),
        ("零增长", 0.0, "%", True),
        ("↓2.1", -2.1, "", True),
        ("5,500万元", 5500.0, "1e4 CNY", False),
        ("5.5亿元", 5.5, "1e8 CNY", False),
        ("2905万美元", 2905.0, "1e4 USD", False),
        ("126列", 126.0, "trains", False),
    ],
)
def test_words_and_units_beside_a_number_are_understood(
    text: str, value: float, unit: str, word: bool
) -> None:
    assert parse_number(text) == Number(value, unit, growth_word=word)


@pytest.mark.parametrize("text", ["7.6%（全市第2）", "7.6%(第三位)", "7.6%（全省位居第11名）"])
def test_a_rank_in_brackets_is_no_part_of_a_number(text: str) -> None:
    assert parse_number(text) == Number(7.6, "%")


@pytest.mark.parametrize("text", ["12.11（含海关代征）", "62.93（快报）", "7.6（第2，并列）"])
def test_a_number_with_another_note_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "text", ["7.3（预计）", "预计7.3", "7.3（预）", "7.3 (估计数)", "预计约7.3"]
)
def test_a_number_that_is_expected_is_an_estimate(text: str) -> None:
    assert parse_number(text) == Number(7.3, estimate=True)


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "　", "-", "—", "——", "--", "－", "…", "……", "...", "/", "空", "无", "暂无",
     "未公布", "N/A", "#N/A", "#DIV/0!", "null", "NaN", float("nan"), "□"],
)  # fmt: skip
def test_a_word_for_none_is_missing(cell: Cell) -> None:
    assert parse_number(cell) is Missing.MISSING


@pytest.mark.parametrize(
    "cell",
    ["见附表", "1,23", "1,2345", "1 2", "1.2.3", "12:30", "0x10", "1_000", "inf", "∞", "±0.5",
     "▲2.1", "△2.1", "$12", "6.9-7.0", "6.9~7.0", "<0.1", "上升3位", "增长两成",
     "5‰", "2019年", "1-9月", "(2.1", "2.1)", "(-2.1)", "7.3.", "7.3GDP", "½", "١٢", True, False,
     date(2026, 3, 31), float("inf"), -math.inf, 1e200, "1e200"],
)  # fmt: skip
def test_what_is_no_number_is_none(cell: Cell) -> None:
    assert parse_number(cell) is None


@pytest.mark.parametrize(("cell", "value"), [(0.062, 6.2), (-0.0112, -1.12), (0.07, 7.0)])
def test_a_number_shown_as_a_percentage_is_in_percent(cell: float, value: float) -> None:
    assert parse_number(cell, percent_format=True) == Number(value, "%")


def test_the_noise_of_binary_arithmetic_goes() -> None:
    assert clean(6.199999999999999) == 6.2
    assert parse_number(0.1 + 0.2) == Number(0.3)
    assert parse_number(-0.0) == Number(0.0)


numbers = st.decimals(-(10**9), 10**9, places=3).map(str)


@given(numbers)
def test_a_number_is_the_same_in_half_and_in_full_width(text: str) -> None:
    wide = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"})

    assert parse_number(wide) == parse_number(text) == Number(clean(float(text)))


@given(st.floats(-1e15, 1e15))
def test_a_number_is_the_same_with_thousands_apart(value: float) -> None:
    written = f"{value:,.4f}"

    assert parse_number(written) == Number(clean(float(written.replace(",", ""))))


@given(st.text(max_size=50))
def test_any_text_is_a_finite_number_missing_or_none(text: str) -> None:
    found = parse_number(text)

    assert not isinstance(found, Number) or abs(found.value) <= 1000 * LARGEST


@given(st.text(alphabet="0123456789.,-+%()增长下降持平倍约同比亿万元 ", max_size=14))
def test_a_fall_is_never_read_as_a_rise(text: str) -> None:
    found = parse_number("下降" + text)

    assert not isinstance(found, Number) or found.value <= 0
