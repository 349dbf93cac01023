"""Units are read as tables write them, in either language, and converted exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workbook.words.units import (
    as_written,
    convert,
    currency_of,
    find_unit,
    find_units,
    parse_unit,
    unit_in_brackets,
)
from forecasting.figures import spelling
from forecasting.figures.spelling import unit_word


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("元", "CNY"),
        ("万元", "1e4 CNY"),
        ("亿元", "1e8 CNY"),
        ("千元", "1e3 CNY"),
        ("百万元", "1e6 CNY"),
        ("万亿元", "1e12 CNY"),
        ("亿元人民币", "1e8 CNY"),
        ("人民币万元", "1e4 CNY"),
        ("元/人", "CNY"),
        ("万美元", "1e4 USD"),
        ("亿美元", "1e8 USD"),
        ("千美元", "1e3 USD"),
        ("％", "%"),
        ("±%", "%"),
        ("个百分点", "pp"),
        ("户", "households"),
        ("家", "firms"),
        ("个", "items"),
        ("列", "trains"),
        ("万千瓦时", "1e4 kWh"),
        ("亿千瓦时", "1e8 kWh"),
        ("千瓦时", "kWh"),
        ("万度", "1e4 kWh"),
        ("万吨", "1e4 t"),
        ("吨标准煤/万元", "tce/1e4 CNY"),
        ("倍", "times"),
        ("万标箱", "1e4 TEU"),
        ("单位：亿元", "1e8 CNY"),
        ("计量单位: 万 元", "1e4 CNY"),
        ("（亿元）", "1e8 CNY"),
        ("100 million yuan", "1e8 CNY"),
        ("10,000 yuan", "1e4 CNY"),
        ("billion yuan", "1e9 CNY"),
        ("RMB bn", "1e9 CNY"),
        ("USD 100 million", "1e8 USD"),
        ("US$10,000", "1e4 USD"),
        ("10 000 tons", "1e4 t"),
        ("10,000 kWh", "1e4 kWh"),
        ("percent", "%"),
        ("percentage points", "pp"),
        ("元/吨", "CNY/t"),
        ("万元/亩", "1e4 CNY/mu"),
        ("元/平方米", "CNY/m2"),
        ("吨/日", "t/day"),
        ("人/平方公里", "persons/km2"),
        ("亿千瓦小时", "1e8 kWh"),
        ("‰", "‰"),
    ],
)
def test_a_unit_is_read(text: str, code: str) -> None:
    assert parse_unit(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "单位",
        "单位面积产量",
        "亿元、%",
        "税收收入",
        "元旦",
        "比重",
        "GDP",
        "5",
    ],
)
def test_what_is_no_unit_is_none(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize("code", spelling.UNITS)
def test_what_an_export_writes_is_read_back(code: str) -> None:
    for written in (spelling.UNITS[code].zh, spelling.UNITS[code].en, code):
        assert parse_unit(written) == code, written


@pytest.mark.parametrize(
    ("label", "code", "rest"),
    [
        ("国内生产总值累计值(亿元)", "1e8 CNY", "国内生产总值累计值"),
        ("增速（±%）", "%", "增速"),
        ("税收收入 万元", "1e4 CNY", "税收收入"),
        ("税收收入_亿元", "1e8 CNY", "税收收入"),
        ("营业收入，亿元", "1e8 CNY", "营业收入"),
        ("同比增长%", "%", "同比增长"),
        ("用电量（万千瓦时，%）", "1e4 kWh", "用电量"),
        ("进出口总额(人民币计价)(亿元)", "1e8 CNY", "进出口总额(人民币计价)"),
        ("投资额（万元）同比", "1e4 CNY", "投资额同比"),
        (
            "Gross Domestic Product, Accumulated (100 million yuan)",
            "1e8 CNY",
            "Gross Domestic Product, Accumulated",
        ),
        ("Exports USD 100 million", "1e8 USD", "Exports"),
        ("能耗 吨标准煤/万元", "tce/1e4 CNY", "能耗"),
        ("万元", "1e4 CNY", ""),
        ("单位：亿元、%", "1e8 CNY", ""),
    ],
)
def test_a_unit_inside_a_label_is_found_and_taken_out(label: str, code: str, rest: str) -> None:
    assert find_unit(label) == (code, rest)


@pytest.mark.parametrize(
    "label",
    ["地区生产总值", "单位面积产量", "企业户数", "百分百行动", "万荣县", "元宝区", "亿元项目数"],
)
def test_a_label_without_a_unit_has_none(label: str) -> None:
    assert find_unit(label) is None


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("单位：亿元、%", ["1e8 CNY", "%"]),
        ("单位:万元 %", ["1e4 CNY", "%"]),
        ("（万元、%）", ["1e4 CNY", "%"]),
        ("亿元，%", ["1e8 CNY", "%"]),
        ("亿元/%", ["1e8 CNY", "%"]),
        ("金额：万元；增幅：%", ["1e4 CNY", "%"]),
        ("Unit: 100 million yuan, %", ["1e8 CNY", "%"]),
        ("单位：亿元、亿元", ["1e8 CNY"]),
        ("单位：户、个、万千瓦时", ["households", "items", "1e4 kWh"]),
        ("主要经济指标", []),
    ],
)
def test_every_unit_of_a_note_is_found_in_order(note: str, codes: list[str]) -> None:
    assert list(find_units(note)) == codes


@pytest.mark.parametrize(
    ("value", "found", "wanted", "expected"),
    [
        (402100.0, "1e4 CNY", "1e8 CNY", 40.21),
        (1205000000.0, "CNY", "1e8 CNY", 12.05),
        (0.86, "1e8 USD", "1e4 USD", 8600.0),
        (6.12, "1e8 kWh", "1e4 kWh", 61200.0),
        (23.0, "items", "firms", 23.0),
        (7.3, "%", "%", 7.3),
        (1.0, "1e4 USD", "1e8 CNY", None),
        (0.3, "pp", "%", None),
        (1.0, "persons", "households", None),
    ],
)
def test_a_value_is_converted_within_its_kind(
    value: float, found: str, wanted: str, expected: float | None
) -> None:
    assert convert(value, found, wanted) == expected


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("货币供应量(M2)期末值(亿元)", "1e8 CNY", "货币供应量(M2)期末值"),
        ("进出口总额(亿元)增长(%)", "%", "进出口总额增长"),
        ("累计值(亿元 / CNY 100 mn)", "1e8 CNY", "累计值"),
        ("万元 10,000 yuan", "1e4 CNY", ""),
    ],
)
def test_the_last_bracket_is_the_unit_and_both_languages_are_one(
    text: str, code: str, rest: str
) -> None:
    assert find_unit(text) == (code, rest)


@pytest.mark.parametrize("text", ["M2", "(M1)", "万元 100 million yuan"])
def test_money_supply_is_no_area_and_two_languages_that_differ_are_no_unit(text: str) -> None:
    assert parse_unit(text) is None


@given(
    value=st.decimals(-(10**6), 10**6, places=2),
    found=st.sampled_from(["CNY", "1e3 CNY", "1e4 CNY", "1e8 CNY"]),
    wanted=st.sampled_from(["CNY", "1e3 CNY", "1e4 CNY", "1e8 CNY"]),
)
def test_converting_there_and_back_gives_the_value(value: object, found: str, wanted: str) -> None:
    number = float(str(value))
    there = convert(number, found, wanted)

    assert there is not None
    assert convert(there, wanted, found) == number


@given(st.text(max_size=60))
def test_any_text_has_units_or_none(text: str) -> None:
    units = find_units(text)
    found = find_unit(text)

    assert (found is None) == (not units)
    assert found is None or found[0] in units


@pytest.mark.parametrize(
    ("code", "currency"), [("1e8 CNY", "CNY"), ("USD", "USD"), ("1e4 kWh", ""), ("%", "")]
)
def test_money_names_its_currency(code: str, currency: str) -> None:
    assert currency_of(code) == currency


@pytest.mark.parametrize(
    "code",
    ["1e8 CNY", "1e4 CNY/mu", "CNY/t", "1e4 m2", "JPY", "1e8 JPY", "1e4 tce", "persons/km2",
     "1e4 TEU", "1e8 t-km", "1e5 kWh", "1e6 USD", "t/day", "‰", "重量箱"],
)  # fmt: skip
def test_a_unit_shown_is_named_and_read_back(code: str) -> None:
    shown = unit_word(code, "zh")

    assert not re.search("[A-Za-z]", shown)
    assert (parse_unit(shown) or as_written(shown)) == code


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("路灯数量（盏）", ("盏", "路灯数量")),
        ("变压器容量(万千伏安)", ("万千伏安", "变压器容量")),
        ("化肥施用强度(公斤/亩次)", ("公斤/亩次", "化肥施用强度")),
        ("零售额（百货）", None),
        ("固定资产投资（含农户）", None),
        ("（盏）", None),
        ("路灯（盏）数量", None),
    ],
)
def test_brackets_hold_a_unit_that_nobody_knows_or_other_words(
    label: str, found: tuple[str, str] | None
) -> None:
    assert unit_in_brackets(label) == found
