"""What is asked, what is not, and what answers do; every figure is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.workbook.questions import SKIP, Asked
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from forecasting.figures.indicator import Area, AreaKind, Catalogue, Names, PriceBasis, Status
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, asked, book, figures, reading, sheet

PLAIN = """
    2026年1-9月
    指标 | 增速（%）
    固定资产投资 | 7.0
    税收收入 | 6.7
"""


def test_basis_and_status_are_asked_once_for_a_whole_file() -> None:
    found = reading(PLAIN)

    assert asked(found) == ["basis", "status"]
    assert [entry.count for entry in found.open] == [2, 2]
    assert {entry.doubts for entry in found.figures} == {("basis", "status")}


def test_a_question_names_the_heads_of_its_first_cell() -> None:
    found = reading("""
        2026年1-9月主要指标
        序号 | 指标 | 单位 | 累计 | 累计增速
        1 | 固定资产投资 | 亿元 | 12.0 | 7.0
        2 | 税收收入 | 亿元 | 3.0 | 6.7
    """)

    heads = {(entry.places[0].letters, entry.row, entry.column) for entry in found.open}
    assert heads == {("D", "固定资产投资", "累计")}


def offered(text: str) -> list[str]:
    """Return the answers to the question for a basis."""
    (question,) = (entry for entry in reading(text).open if entry.code is Asked.BASIS)
    return [option.id for option in question.options]


def test_only_bases_that_some_indicator_may_have_are_offered() -> None:
    prices = ["price:current", "price:comparable", "price:constant"]
    coverages = [f"coverage:{code}" for code in ("province_rule", "city_rule", "net_of_refunds")]

    assert offered(PLAIN) == ["usual", *prices, *coverages, SKIP]
    assert offered(PLAIN.replace("税收收入", "社会消费品零售总额")) == ["usual", *prices, SKIP]


def test_the_usual_basis_is_told_of_every_indicator_that_is_left_open() -> None:
    (question, _) = reading(PLAIN.replace("税收收入", "地区生产总值")).open

    assert question.options[0].values == {
        "indicators": ("fixed_asset_investment", "gdp"),
        "prices": ("current", "comparable"),
        "coverages": ("comparable_scope", "standard"),
    }


def test_a_rule_of_public_revenue_is_taken_for_public_revenue_alone() -> None:
    found = reading(PLAIN, answers={"basis": "coverage:province_rule"})

    assert [entry.observation.basis.coverage for entry in found.figures] == [
        "comparable_scope",
        "province_rule",
    ]


def test_answers_are_applied_and_leave_nothing_open() -> None:
    found = reading(PLAIN, answers={"basis": "usual", "status": "status:flash"})

    assert asked(found) == []
    assert found.answered == {"basis": "usual", "status": "status:flash"}
    assert {entry.observation.status for entry in found.figures} == {Status.FLASH}
    assert [entry.doubts for entry in found.figures] == [(), ()]


def test_an_answer_that_is_no_option_is_none() -> None:
    assert asked(reading(PLAIN, answers={"basis": "nonsense"})) == ["basis", "status"]


def test_skipping_leaves_the_figures_out_and_the_question_answered() -> None:
    found = reading(PLAIN, answers={"basis": SKIP, "status": "status:flash"})

    assert figures(found) == []
    assert asked(found) == []


def test_answers_are_recalled_for_the_same_labels_in_another_period() -> None:
    first = reading(PLAIN)
    later = book(PLAIN.replace("2026年1-9月", "2026年1-10月").replace("7.0", "7.3"))
    remembered = {(first.shape, "basis"): "price:current", (first.shape, "status"): "status:flash"}

    found = read(
        later, Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12), remembered=remembered), {}
    )

    assert found.shape == first.shape
    assert found.recalled == {"basis"}
    assert asked(found) == ["status"]  # of each file anew
    assert {entry.observation.basis.price for entry in found.figures} == {PriceBasis.CURRENT}


def test_an_answer_given_now_counts_before_a_remembered_one() -> None:
    shape = reading(PLAIN).shape
    context = Context(
        CATALOGUE, AREAS, "ZONE", Month(2026, 12), remembered={(shape, "basis"): "price:current"}
    )

    found = read(book(PLAIN), context, {"basis": "usual"})

    assert found.recalled == frozenset()
    assert found.answered["basis"] == "usual"


def test_a_label_that_holds_a_known_name_is_asked_about() -> None:
    found = reading("""
        2026年1-9月
        指标 | 增速（%）
        固定资产投资 | 7.0
        全社会固定资产投资 | 6.4
    """)

    question = next(entry for entry in found.open if entry.code is Asked.INDICATOR)
    assert question.found == "全社会固定资产投资"
    assert question.options[0].id == "indicator:fixed_asset_investment"
    assert question.suggested == ""


def test_a_label_may_be_added_as_a_new_indicator() -> None:
    text = """
        2026年1-9月
        指标 | 单位 | 累计 | 增速（%）
        增值税 | 万元 | 57330 | 7.3
        税收收入 | 万元 | 120480 | 6.7
    """
    first = reading(text)

    assert [entry.id for entry in first.optional] == ["indicator:增值税"]
    assert figures(first)[0].startswith("tax_revenue")

    added = reading(text, answers={"indicator:增值税": "new"})

    assert [(entry.id, entry.name.zh, entry.unit) for entry in added.indicators] == [
        ("增值税", "增值税", "1e4 CNY")
    ]
    assert figures(added)[:2] == ["增值税 level_ytd 2026-09 57330", "增值税 growth_ytd 2026-09 7.3"]
    assert "indicator:增值税" in {entry.id for entry in added.questions}
    assert added.optional == ()


def test_a_label_may_be_mapped_to_an_indicator() -> None:
    found = reading(
        """
        2026年1-9月
        指标 | 增速（%）
        项目投资 | 7.0
        税收收入 | 6.7
        """,
        answers={"indicator:项目投资": "indicator:industrial_investment"},
    )

    assert figures(found)[0] == "industrial_investment growth_ytd 2026-09 7"
    assert found.indicators == ()


def test_a_table_of_areas_without_an_indicator_asks_for_it_once() -> None:
    found = reading("""
        地区 | 2026年前三季度（亿元） | 2026年上半年（亿元）
        山西省 | 18844 | 12013
        临汾市 | 1702 | 1100
    """)

    assert asked(found)[0] == "indicator:SHEET1"
    answered = reading(
        """
        地区 | 2026年前三季度（亿元） | 2026年上半年（亿元）
        山西省 | 18844 | 12013
        临汾市 | 1702 | 1100
        """,
        answers={"indicator:SHEET1": "indicator:gdp"},
    )
    assert figures(answered)[0] == "CN-SX gdp level_ytd 2026-09 18844"


def test_a_title_that_names_another_place_is_asked_about() -> None:
    found = reading("""
        曲沃县2026年1-9月主要经济指标
        指标 | 增速（%）
        固定资产投资 | 7.0
    """)

    assert asked(found)[0] == "area:曲沃县"


def test_bare_months_are_asked_about_unless_others_say_that_they_are_cumulative() -> None:
    bare = reading("""
        指标 | 2026年2月 | 2026年3月
        规模以上工业增加值同比增长（%） | 5 | 6
    """)
    beside = reading("""
        指标 | 2026年2月 | 2026年3月
        规模以上工业增加值同比增长（%） | 5 | 6
        规模以上工业增加值累计增长（%） | 5.5 | 5.6
    """)

    assert "measure:growth:month" in asked(bare)
    assert figures(beside) == [
        "industrial_value_added growth_month 2026-02 5",
        "industrial_value_added growth_month 2026-03 6",
        "industrial_value_added growth_ytd 2026-02 5.5",
        "industrial_value_added growth_ytd 2026-03 5.6",
    ]


def test_what_a_note_says_of_a_basis_is_not_asked() -> None:
    found = reading("""
        2026年1-9月主要指标
        指标 | 单位 | 累计 | 增速(%)
        地区生产总值 | 亿元 | 101 | 7.3
        规模以上工业增加值 | 亿元 | — | 8.5
        注：1.地区生产总值绝对数按现价计算，增速按不变价格计算。
        2.规模以上工业增加值增速按可比价格计算。
    """)

    assert asked(found) == ["status"]
    assert [entry.observation.basis.price for entry in found.figures] == [
        PriceBasis.CURRENT,
        PriceBasis.COMPARABLE,
        PriceBasis.COMPARABLE,
    ]


def test_a_level_without_a_unit_may_turn_out_to_be_growth() -> None:
    text = """
        指标 | 2026年1-9月
        固定资产投资 | 7.0
    """
    found = reading(text)

    assert asked(found)[0] == "unit:1e8 CNY:%"
    assert figures(reading(text, answers={"unit:1e8 CNY:%": "unit:%"})) == [
        "fixed_asset_investment growth_ytd 2026-09 7"
    ]
    assert figures(reading(text, answers={"unit:1e8 CNY:%": "unit:1e4 CNY"})) == [
        "fixed_asset_investment level_ytd 2026-09 0.0007"
    ]


def test_questions_stay_the_same_when_rows_change_places() -> None:
    lines = PLAIN.strip("\n").split("\n")
    turned = "\n".join([*lines[:2], lines[3], lines[2], *lines[4:]])

    first, second = reading(PLAIN), reading(turned)

    assert {entry.id for entry in first.questions} == {entry.id for entry in second.questions}
    assert first.shape == second.shape


def test_a_city_of_a_title_that_may_be_either_of_two_is_asked_about() -> None:
    text = """
        2026年1-9月全市主要经济指标
        指标 | 增速（%）
        固定资产投资 | 7.0
    """

    assert asked(reading(text, area="ZONE"))[0] == "area:全市"
    assert figures(reading(text, area="CITY")) == [
        "CITY fixed_asset_investment growth_ytd 2026-09 7"
    ]


def test_the_unit_that_fits_what_is_known_is_suggested() -> None:
    text = """
        指标 | 2025年1-9月 | 增速（%）
        税收收入 | 120500 | 6.7
    """
    first = reading(text.replace("2025", "2024").replace("120500", "11.3亿元"))
    known = {entry.observation.key: entry.observation for entry in first.figures}

    found = read(book(text), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12), known), {})

    question = next(entry for entry in found.open if entry.code is Asked.UNIT)
    assert question.suggested == "unit:1e4 CNY"
    assert figures(found)[0] == "tax_revenue level_ytd 2025-09 12.05"


def test_bare_months_beside_quarters_or_beside_january_and_february_are_single() -> None:
    quarters = reading("""
        社会消费品零售总额增速（%）
        年份 | 1月 | 2月 | 3月 | 一季度 | 4月
        2026年 | 5 | 6 | 7 | 6.1 | 8
    """)
    together = reading("""
        指标 | 2026年1-2月 | 2026年3月 | 2026年4月
        规模以上工业增加值增速（%） | 5 | 6 | 7
    """)

    assert "measure:growth:month" not in asked(quarters)
    assert figures(together) == [
        "industrial_value_added growth_ytd 2026-02 5",
        "industrial_value_added growth_month 2026-03 6",
        "industrial_value_added growth_month 2026-04 7",
    ]


@pytest.mark.parametrize(
    "label",
    ["人均国内生产总值（元）", "固定资产投资项目个数（个）", "全社会固定资产投资（户）"],
)  # fmt: skip
def test_what_is_counted_otherwise_is_not_taken_for_what_its_name_holds(label: str) -> None:
    found = reading(f"""
        2026年1-9月
        指标 | 累计
        固定资产投资（亿元） | 7.0
        {label} | 84
    """)

    assert figures(found) == ["fixed_asset_investment level_ytd 2026-09 7"]
    assert [entry.options[0].id for entry in found.optional] == ["new"]
    assert [entry.code for entry in found.remarks] == ["labels_left_out"]


def test_level_and_growth_of_a_new_indicator_are_on_one_basis() -> None:
    found = reading(
        """
        2026年1-9月
        指标 | 增速（%） | 金额（亿元）
        保险费收入 | 7.0 | 84
        """,
        answers={"indicator:保险费收入": "new"},
    )

    assert {entry.observation.basis.currency for entry in found.figures} == {"CNY"}
    assert [entry.unit for entry in found.indicators] == ["1e8 CNY"]


@pytest.mark.parametrize(
    ("note", "prices"),
    [
        ("注：本表按当年价格计算。", ["current", "comparable", "current"]),
        ("1.绝对额按现价计算，增长速度按不变价计算；", ["current", "comparable", "current"]),
        ("注：农业总产值按不变价格计算。", ["comparable", "comparable", "current"]),
    ],
)
def test_a_note_about_a_whole_table_states_the_basis_of_all_it_can_be_true_of(
    note: str, prices: list[str]
) -> None:
    found = reading(f"""
        2026年1-9月主要指标
        指标 | 单位 | 累计 | 增速(%)
        地区生产总值 | 亿元 | 101 | 7.3
        税收收入 | 亿元 | 12.05
        {note}
    """)

    assert [str(entry.observation.basis.price) for entry in found.figures] == prices


def test_levels_said_to_be_at_current_prices_go_on_from_stored_ones() -> None:
    text = """
        指标 | 2026年1-9月
        地区生产总值（现价，亿元） | 101
    """
    first = reading(text)
    usual = [
        replace(entry.observation, basis=CATALOGUE["gdp"].basis, month=Month(2025, 9))
        for entry in first.figures
    ]
    known = {entry.key: entry for entry in usual}

    later = read(book(text), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12), known), {})

    assert first.figures[0].observation.basis.price is PriceBasis.CURRENT
    assert later.figures[0].observation.basis == CATALOGUE["gdp"].basis


def test_a_basis_that_nothing_leaves_open_is_not_asked() -> None:
    found = reading("""
        2026年1-9月
        指标 | 累计 | 增速（%）
        出口总额（亿元） | 6.93 | 3.8
        全社会用电量（万千瓦时） | 61200 | 5.6
    """)
    bureau = reading(
        """
        数据库：季度数据
        指标 | 2026年第三季度
        国内生产总值累计增长(%) | 4.9
        """,
        area="CN",
    )

    assert asked(found) == ["status"]
    assert asked(bureau) == []


def test_the_usual_basis_is_that_of_the_other_figures_that_are_stored() -> None:
    text = """
        指标 | 2026年1-9月 | 增速（%）
        一般公共预算收入（亿元） | 5.51 | 7.2
    """
    stored = [
        replace(
            entry.observation,
            basis=replace(entry.observation.basis, coverage="province_rule"),
            month=Month(2025, 9),
        )
        for entry in reading(text).figures
        if entry.observation.measure.is_growth
    ]
    known = {entry.key: entry for entry in stored}

    found = read(book(text), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12), known), {})

    assert asked(found) == ["basis", "status"]
    assert {entry.observation.basis.coverage for entry in found.figures} == {"province_rule"}


def test_area_and_indicator_of_one_label_are_both_asked() -> None:
    text = """
        2026年1-9月深圳市主要经济指标
        指标 | 增速（%）
        全社会固定资产投资 | 6.4
    """
    first = reading(text)
    placed = reading(text, answers={"area:深圳市": "area:CITY"})
    both = {
        "area:深圳市": "area:CITY",
        "indicator:全社会固定资产投资": "indicator:fixed_asset_investment",
    }
    settled = reading(text, answers=both)

    assert {"area:深圳市", "indicator:全社会固定资产投资"} <= set(asked(first))
    assert "indicator:全社会固定资产投资" in placed.figures[0].doubts
    assert settled.answered == both
    assert figures(settled) == ["CITY fixed_asset_investment growth_ytd 2026-09 6.4"]


def test_the_unit_of_a_new_indicator_is_asked_and_kept() -> None:
    text = """
        2026年1-9月
        指标 | 累计 | 增速（%）
        保险费收入 | 1250 | 8.1
    """
    new = {"indicator:保险费收入": "new"}
    first = reading(text, answers=new)
    question = next(entry for entry in first.open if entry.code is Asked.UNIT)
    assert {"1e8 CNY", "1e4 CNY", "1e4 persons"} <= {entry.value for entry in question.options}

    found = reading(text, answers=new | {question.id: "unit:1e4 CNY"})

    assert [entry.unit for entry in found.indicators] == ["1e4 CNY"]
    assert [entry.observation.unit for entry in found.figures] == ["1e4 CNY", "%"]
    assert {entry.observation.basis.currency for entry in found.figures} == {"CNY"}
    assert found.answered == new | {question.id: "unit:1e4 CNY"}


def test_a_new_indicator_takes_its_name_without_signs_of_markup() -> None:
    text = """
        指标 | 2026年1-9月（亿元）
        税收收入 | 12.1
        科研*经费*投入 | 8.1
    """

    asked = reading(text).optional[0]
    added = reading(text, answers={asked.id: "new"})

    (indicator,) = added.indicators
    assert indicator.id == indicator.name.zh == "科研经费投入"
    assert indicator.aliases == ("科研*经费*投入",)
    assert any(figure.startswith("科研经费投入") for figure in figures(added))


@pytest.mark.parametrize("word", [SKIP, "new"])
def test_an_indicator_or_an_area_called_as_an_option_is_not_taken_for_it(word: str) -> None:
    gdp = CATALOGUE["gdp"]
    named = Names("甲", "甲")
    added = replace(gdp, id=word, name=named, short=named, aliases=())
    catalogue = Catalogue({**CATALOGUE.indicators, word: added})
    areas = (*AREAS, Area(word, Names("乙市", "Yi"), AreaKind.CITY, "CN-SX"))
    text = """
        2026年1-9月深圳市主要经济指标
        指标 | 增速（%）
        全社会固定资产投资 | 6.4
    """
    answers = {
        "area:深圳市": f"area:{word}",
        "indicator:全社会固定资产投资": f"indicator:{word}",
    }

    found = read(book(text), Context(catalogue, areas, "ZONE", Month(2026, 12)), answers)

    assert found.answered == answers
    assert figures(found) == [f"{word} {word} growth_ytd 2026-09 6.4"]
    for question in found.questions:
        assert len({option.id for option in question.options}) == len(question.options)


def test_one_label_in_two_sections_or_units_is_two_indicators() -> None:
    table = """
        2026年1-9月主要指标
        指标 | 单位 | 累计
        一、甲业 | |
        增加值 | 亿元 | 30.1
        从业单位 | 家 | 12
        从业单位 | 万元 | 124
        二、乙业 | |
        增加值 | 亿元 | 13.1
    """
    first = reading(table, answers={"indicator:甲业/增加值": "new"})
    added = reading(table, answers={entry.id: "new" for entry in (*first.open, *first.optional)}
                    | {"indicator:甲业/增加值": "new"})  # fmt: skip

    assert [entry.id for entry in (*first.questions, *first.optional) if entry.code == "indicator"
            ] == ["indicator:甲业/增加值", "indicator:甲业/从业单位/firms",
                  "indicator:甲业/从业单位/money", "indicator:乙业/增加值"]  # fmt: skip
    assert [(one.id, one.unit) for one in added.indicators] == [
        ("甲业：增加值", "1e8 CNY"), ("从业单位（家）", "firms"), ("从业单位（万元）", "1e4 CNY"),
        ("乙业：增加值", "1e8 CNY"),
    ]  # fmt: skip


def test_names_of_sheets_and_publishers_are_not_offered_as_names() -> None:
    areas = """
        地区 | 2026年1-9月累计（亿元）
        临汾市 | 12.1
        侯马市 | 3.4
    """
    source = """
        指标 | 2026年1-9月累计（亿元） | 数据来源：甲县统计局
        固定资产投资 | 12.1 | 3.4
    """
    found = reading(sheet(areas, "综合一"))
    published = reading(source)

    (question,) = (one for one in (*found.questions, *found.optional) if one.code == "indicator")
    assert question.found == "综合一"
    assert all(option.code != "new" for option in question.options)
    assert not [entry for entry in (*published.questions, *published.optional)
                if entry.code == "indicator"]  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "part", "suggested"),
    [
        ("规模以上工业总产值", "其中：装备制造业", "indicator:equipment_output"),
        ("工业总产值", "其中：装备制造", "indicator:equipment_output"),
        ("规模以上工业总产值", "#医药", "indicator:pharmaceutical_output"),
        ("规模以上工业增加值", "其中：装备制造业", ""),
    ],
)
def test_a_part_is_suggested_as_what_it_is_with_the_last_word_of_its_whole(
    whole: str, part: str, suggested: str
) -> None:
    found = reading(f"""
        2026年1-9月主要指标
        指标 | 单位 | 累计 | 增速%
        {whole} | 亿元 | 80 | 4.2
        {part} | 亿元 | 11 | 1.2
    """)

    *_, question = (one for one in found.questions if one.code == "indicator")
    assert (question.count, question.suggested) == (2, suggested)
