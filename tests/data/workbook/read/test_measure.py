"""Cumulative or single: when it is asked, and what is suggested; every figure is made up."""

from __future__ import annotations

import pytest

from data.workbook.questions import Asked
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.words.labels import form_of, parse_label
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Measure,
    Observation,
    PriceBasis,
    Status,
)
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, asked, book, figures, reading

QUARTERS = """
    指标 | 2025年第二季度 | 2025年第三季度
    {label} | 40.1 | 61.3
"""


@pytest.mark.parametrize("label", ["GDP（亿元）", "生产总额（亿元）", "各业增加值之和（亿元）"])
def test_the_form_is_asked_of_every_label_however_its_indicator_was_found(label: str) -> None:
    first = reading(QUARTERS.format(label=label))
    answers = {entry.id: "indicator:gdp" for entry in first.open if entry.code is Asked.INDICATOR}

    found = reading(QUARTERS.format(label=label), answers=answers)

    assert "measure:level:quarter" in asked(found)


@pytest.mark.parametrize(
    ("head", "form"),
    [("2025年一季度", "level_ytd 2025-03"), ("2025年1月", "level_ytd 2025-01")],
)
def test_first_quarters_and_januaries_alone_need_no_question(head: str, form: str) -> None:
    found = reading(f"""
        指标 | {head}
        税收收入（亿元） | 4.1
    """)

    assert figures(found) == [f"tax_revenue {form} 4.1"]
    assert not [entry for entry in asked(found) if entry.startswith("measure")]


def test_a_first_quarter_beside_another_is_as_single_as_that() -> None:
    text = """
        指标 | 2025年一季度 | 2025年二季度
        税收收入（亿元） | 4.1 | 4.4
    """

    found = reading(text, answers={"measure:level:quarter": "measure:level_quarter"})

    assert figures(found) == [
        "tax_revenue level_quarter 2025-03 4.1",
        "tax_revenue level_quarter 2025-06 4.4",
    ]


def test_levels_of_bare_months_may_be_of_single_months() -> None:
    text = """
        指标 | 2025年4月 | 2025年5月
        税收收入（亿元） | 1.2 | 1.3
    """

    found = reading(text, answers={"measure:level:month": "measure:level_month"})

    assert figures(found) == [
        "tax_revenue level_month 2025-04 1.2",
        "tax_revenue level_month 2025-05 1.3",
    ]


OTHER_FORMS = """
    2026年1-9月主要指标
    指标 | 单位 | 累计 | 同比（%）
    固定资产投资 | 亿元 | 40.2 | 7.0
    各项贷款余额 | 亿元 | 321.5 | 9.1
    资产负债率 | % | 61.2 |
    螺纹钢 | 元/吨 | 3201 | -4.1
    空气质量综合指数 | | 4.98 |
    人口自然增长率 | ‰ | -1.2 |
    规上工业企业单位数 | 家 | 77 |
"""


@pytest.mark.parametrize(
    ("label", "unit", "expected"),
    [
        ("各项贷款余额", "1e8 CNY", ["level_end 2026-09 321.5", "growth_end 2026-09 9.1"]),
        ("资产负债率", "%", ["ratio 2026-09 61.2"]),
        ("规上工业企业单位数", "firms", ["level_end 2026-09 77"]),
        ("螺纹钢", "CNY/t", ["ratio 2026-09 3201", "growth_ytd 2026-09 -4.1"]),
        ("空气质量综合指数", "", ["ratio 2026-09 4.98"]),
        ("人口自然增长率", "‰", ["ratio 2026-09 -1.2"]),
    ],
)
def test_stocks_and_ratios_are_kept_in_forms_of_their_own(
    label: str, unit: str, expected: list[str]
) -> None:
    """Whatever stands above them, and also in the next file, where they are known."""
    found = reading(OTHER_FORMS, answers={f"indicator:{label}": "new"})

    assert [one for one in figures(found) if label in one] == [f"{label} {e}" for e in expected]
    (added,) = found.indicators
    assert added.unit == unit
    assert not any(question.code in ("measure", "unit") for question in found.questions)

    known = Catalogue.of([*CATALOGUE.indicators.values(), added])
    again = reading(OTHER_FORMS, catalogue=known)
    assert figures(again) == figures(found)


@pytest.mark.parametrize("label", ["新增固定资产", "新登记企业数"])
def test_what_is_added_within_a_period_is_no_stock(label: str) -> None:
    assert form_of(parse_label(label, CATALOGUE)) is None


def test_a_balance_as_a_head_is_a_stock_and_so_is_the_growth_beside_it() -> None:
    found = reading(
        """
        金融机构信贷收支
        项目 | 2026年3月末 | | | 2026年6月末 | |
        | 余额（亿元） | 比年初增减 | 同比（%） | 余额（亿元） | 比年初增减 | 同比（%）
        各项存款 | 4588.1 | 120.4 | 6.1 | 4640.7 | 173.0 | 6.4
        固定资产投资 | | | 3.0 | | | 3.1
        """,
        answers={"indicator:各项存款": "new", "measure:growth:month": "measure:growth_ytd"},
    )

    assert [one for one in figures(found) if "存款" in one] == [
        "各项存款 level_end 2026-03 4588.1",
        "各项存款 growth_end 2026-03 6.1",
        "各项存款 level_end 2026-06 4640.7",
        "各项存款 growth_end 2026-06 6.4",
    ]
    assert found.indicators[0].measures == (Measure.GROWTH_END, Measure.LEVEL_END)


def test_an_index_on_another_base_than_last_year_is_left_out() -> None:
    found = reading("""
        2026年9月
        指标 | 上年同月=100 | 上月=100 | 2020=100
        地区生产总值指数 | 104.8 | 100.2 | 131.5
    """)

    assert figures(found) == ["gdp growth_month 2026-09 4.8"]
    assert [(one.code, one.values["count"]) for one in found.remarks] == [("columns_left_out", 2)]


def test_a_quarterly_figure_in_a_table_of_another_month_has_no_period() -> None:
    found = reading("""
        2026年7月
        指标 | 频度 | 当期值（亿元） | 累计值（亿元）
        税收收入 | 月 | 3.1 | 21.5
        地区生产总值 | 季 | 56.1 | 107.2
    """)

    assert figures(found) == [
        "tax_revenue level_month 2026-07 3.1",
        "tax_revenue level_ytd 2026-07 21.5",
    ]
    assert [(one.code, one.label) for one in found.refused] == [("no_period", "gdp")] * 2


def test_the_day_of_a_survey_is_the_time_of_no_figure() -> None:
    found = reading("""
        监测日期：2026年9月20日
        指标 | 数值（亿元）
        税收收入 | 3.1
    """)

    assert [one.code for one in found.refused] == ["no_period"]


@pytest.mark.parametrize(
    "line",
    [
        "有效期至：2027年6月",
        "有 效 期 至：2027年6月30日",
        "制表时间：2026年10月",
        "填报日期：2026-10",
        "报出日期：2026年10月10日",
        "印发时间 2026.10",
        "侯马经济开发区经济发展局 制表时间：2026年10月",
    ],
)
def test_the_dates_of_a_form_are_the_time_of_no_figure(line: str) -> None:
    table = "指标 | 累计（亿元）\n税收收入 | 3.1"
    below = f"2026年1-9月\n{line}\n{table}"
    above = f"{line}\n2026年1-9月\n{table}"
    in_one_row = f" | 2026年1-9月 | {line}\n指标 | 累计（亿元） | 上年同期\n税收收入 | 3.1 |"

    for text in (above, below, in_one_row):
        assert figures(reading(text)) == ["tax_revenue level_ytd 2026-09 3.1"]
    assert [one.code for one in reading(f"{line}\n{table}").refused] == ["no_period"]


def test_a_known_ratio_is_taken_into_its_unit_or_refused() -> None:
    added = reading(OTHER_FORMS, answers={"indicator:资产负债率": "new"}).indicators
    known = Catalogue.of([*CATALOGUE.indicators.values(), *added])
    rows = "2026年10月\n指标 | 数值{}\n资产负债率 | 61.0"

    assert asked(reading(rows.format(""), catalogue=known))[0] == "unit:%"
    assert reading(rows.format("（元/吨）"), catalogue=known).refused[0].code == "unit"


@pytest.mark.parametrize(
    "heads", ["2026年9月当月 | 2026年1-9月累计", "2026年9月 | 2026年1-9月", "9月当月 | 9月累计"]
)
def test_of_a_ratio_the_cumulative_figure_is_read_where_a_file_has_both(heads: str) -> None:
    answers = {"indicator:工业产销率": "new", "indicator:失业率": "new", "year": "year:2026"}

    found = reading(f"""
        指标 | {heads}
        工业产销率（%） | 97.1 | 96.8
        失业率（%） | 5.1 | -
    """, answers=answers)  # fmt: skip

    assert figures(found) == ["工业产销率 ratio 2026-09 96.8", "失业率 ratio 2026-09 5.1"]
    assert not [entry for entry in asked(found) if entry.startswith("twice")]
    (remark,) = [one for one in found.remarks if one.code == "single_ratios_left_out"]
    assert (remark.values["names"], remark.values["count"]) == (("工业产销率",), 1)
    assert [str(place) for place in remark.places] == ["B2"]


def test_a_month_that_is_said_to_be_that_month_alone_is_not_asked_about() -> None:
    found = reading("""
        指标 | 2026年9月当月
        税收收入（亿元） | 4.1
    """)

    assert figures(found) == ["tax_revenue level_month 2026-09 4.1"]
    assert not [entry for entry in asked(found) if entry.startswith("measure")]


@pytest.mark.parametrize("stored", [Measure.GROWTH_YTD, Measure.GROWTH_QUARTER])
def test_the_form_of_stored_figures_that_agree_is_suggested(stored: Measure) -> None:
    values = {3: 6.1, 6: 6.4, 9: 6.6, 12: 6.9}
    basis = Basis(PriceBasis.COMPARABLE, "standard", "CNY")
    known = [
        Observation("ZONE", "gdp", stored, Month(2024, month), value, "%", basis, Status.PUBLISHED)
        for month, value in values.items()
    ]
    text = """
        指标 | 2024年一季度 | 2024年二季度 | 2024年三季度 | 2024年四季度 | 2025年二季度
        地区生产总值增速（%） | 6.1 | 6.4 | 6.6 | 6.9 | 7.4
    """
    context = Context(
        CATALOGUE, AREAS, "ZONE", Month(2026, 12), known={entry.key: entry for entry in known}
    )

    found = read(book(text), context, {})

    question = next(entry for entry in found.open if entry.code is Asked.MEASURE)
    assert question.suggested == f"measure:{stored}"
    assert {entry.observation.measure for entry in found.figures} == {stored}
