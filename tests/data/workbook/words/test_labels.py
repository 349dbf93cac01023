"""Labels say which indicator they are of, in which form and unit, however they are dressed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store.seed import read_seeds
from data.workbook.words.heads import FIGURES, Head
from data.workbook.words.labels import (
    QUALIFIERS,
    Label,
    coverage_for,
    joined,
    parse_label,
    qualifiers_of,
    shorter,
    similar,
)
from data.workbook.words.periods import Reach
from forecasting.figures.indicator import Catalogue, PriceBasis, Status


@cache
def catalogue() -> Catalogue:
    return read_seeds(Path(__file__).parents[4] / "seeds").catalogue


def label(text: str) -> Label:
    return parse_label(text, catalogue())


NAMES = sorted(
    {
        (indicator.id, name)
        for indicator in catalogue().indicators.values()
        for name in (
            indicator.name.zh,
            indicator.short.zh,
            indicator.name.en,
            *indicator.aliases,
        )
    }
)
CHINESE = [pair for pair in NAMES if any(ord(letter) > 0x3400 for letter in pair[1])]


@pytest.mark.parametrize(("id_", "name"), NAMES, ids=lambda value: str(value))
def test_every_name_of_the_catalogue_is_its_indicator(id_: str, name: str) -> None:
    assert label(name).ids == (id_,)
    assert label(name.upper()).ids == (id_,)


@pytest.mark.parametrize(
    "dressed",
    ["其中：{}", "其中: {}", "#{}", "一、{}", "（一）{}", "1.{}", "12、{}", "　　{}", "★{}",
     "{}增速", "{}同比增长（%）", "{}（亿元）", "{}_累计增长", "{}:累计同比", "{}累计值(亿元)",
     "全市{}"],
)  # fmt: skip
def test_a_name_is_found_in_any_dress(dressed: str) -> None:
    lost = [name for id_, name in CHINESE if label(dressed.format(name)).ids != (id_,)]

    # With a currency in brackets of its own, 美元 stands for the indicator in dollars.
    assert [name for name in lost if "美元" not in name] == []


def test_spaces_inside_a_name_do_not_matter() -> None:
    for id_, name in CHINESE:
        assert label("　".join(name)).ids == (id_,), name


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("公共财政预算收入", "general_public_budget_revenue"),
        ("农民人均纯收入", "rural_resident_income"),
        ("主营业务收入", "industrial_operating_revenue"),
        ("实际利用外商直接投资", "foreign_capital"),
        ("一、地 区 生 产 总 值", "gdp"),
        ("规模以上工业营业收入（亿元）", "industrial_operating_revenue"),
        ("出口（万美元）", "exports_usd"),
        ("外贸进出口总额（人民币计价）", "trade_total"),
        ("进出口额（亿元）", "trade_total"),
        ("外贸进出口额", "trade_total"),
        ("規模以上工業增加值增速（%）", "industrial_value_added"),
        ("社會消費品零售總額（億元）", "retail_sales"),
    ],
)
def test_former_and_other_names_are_known(text: str, id_: str) -> None:
    assert label(text).ids == (id_,)


@pytest.mark.parametrize(
    "text",
    ["全社会固定资产投资", "第一产业增加值", "建筑业增加值", "营业收入", "固定资产投资到位资金",
     "工业投资项目个数", "税收收入占比重点企业数", "高技术制造业增加值", "年末常住人口",
     "合计", "注"],
)  # fmt: skip
def test_a_part_of_a_name_or_more_than_a_name_is_no_indicator(text: str) -> None:
    assert label(text).ids == ()


@pytest.mark.parametrize(
    ("text", "growth", "reach", "unit"),
    [
        ("国内生产总值累计值(亿元)", False, Reach.YTD, "1e8 CNY"),
        ("国内生产总值_当季值(亿元)", False, Reach.QUARTER, "1e8 CNY"),
        ("地区生产总值_累计增长", True, Reach.YTD, None),
        ("地区生产总值_累计增长(%)", True, Reach.YTD, "%"),
        ("GDP:当季同比", True, Reach.QUARTER, None),
        ("规模以上工业增加值:当月同比", True, Reach.MONTH, None),
        ("社会消费品零售总额_当期值(亿元)", False, Reach.SINGLE, "1e8 CNY"),
        ("固定资产投资累计完成（万元）", False, Reach.YTD, "1e4 CNY"),
        ("固定资产投资增速", True, None, None),
        ("税收收入同比±%", True, None, "%"),
        ("税收收入比上年同期增长(%)", True, None, "%"),
        (
            "Gross Domestic Product, Accumulated (100 million yuan)",
            False,
            Reach.YTD,
            "1e8 CNY",
        ),
        (
            "Total Retail Sales of Consumer Goods, Accumulated Growth Rate(%)",
            True,
            Reach.YTD,
            "%",
        ),
        ("Industrial value added, % yoy", True, None, None),
    ],
)
def test_the_form_of_figures_is_told(
    text: str, growth: bool, reach: Reach | None, unit: str | None
) -> None:
    found = label(text)

    assert found.ids
    assert (found.growth, found.reach) == (growth, reach)
    assert found.units == ((unit,) if unit else ())


@pytest.mark.parametrize(
    "text",
    [
        "国内生产总值指数(上年同期=100)累计值(%)",
        "国内生产总值指数(上年同期=100)_累计值(%)",
        "Indices of Gross Domestic Product (preceding year=100), Accumulated (%)",
        "Indices of Gross Domestic Product (The same period of last year=100), Accumulated (%)",
    ],
)
def test_an_index_with_last_year_as_a_hundred_is_told_from_a_level(text: str) -> None:
    found = label(text)

    assert (found.ids, found.index, found.growth) == (("gdp",), True, True)
    assert found.reach is Reach.YTD


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("增速(%)", Head.GROWTH),
        ("同比增长%", Head.GROWTH),
        ("比上年同期增减%", Head.GROWTH),
        ("较上年增减（±%）", Head.GROWTH),
        ("增速比上年同期增减%", Head.PACE),
        ("比上年同期增减（百分点）", Head.PACE),
        ("本期累计", Head.LEVEL),
        ("绝对额（亿元）", Head.LEVEL),
        ("上年同期", Head.LAST_YEAR),
        ("去年同期数", Head.LAST_YEAR),
        ("增减额", Head.CHANGE),
        ("比上年同期增长（万元）", Head.CHANGE),
        ("较上半年增减(百分点)", Head.PACE),
        ("增速比上月加快（百分点）", Head.PACE),
        ("环比增长%", Head.CHAIN),
        ("全市位次", Head.RANK),
        ("占全市比重(%)", Head.SHARE),
        ("年度目标", Head.TARGET),
        ("完成进度(%)", Head.PROGRESS),
        ("占年度目标%", Head.PROGRESS),
        ("拉动", Head.CONTRIBUTION),
        ("两年平均增速", Head.AVERAGE),
        ("指标名称", Head.INDICATOR),
        ("计量单位", Head.UNIT),
        ("地区", Head.AREA),
        ("时期", Head.PERIOD),
        ("数值", Head.VALUE),
        ("频率", Head.FREQUENCY),
        ("备注", Head.IGNORED),
    ],
)
def test_a_column_head_says_what_the_column_is_for(text: str, head: Head) -> None:
    found = label(text)

    assert (found.head, found.ids) == (head, ())
    assert found.growth is {Head.GROWTH: True, Head.LEVEL: False}.get(head)


@pytest.mark.parametrize("head", [Head.RANK, Head.TARGET, Head.SHARE, Head.CHANGE, Head.PACE])
def test_figures_of_other_roles_are_none_of_ours(head: Head) -> None:
    assert head not in FIGURES


@pytest.mark.parametrize(
    ("text", "price", "coverage", "currency", "status"),
    [
        ("一般公共预算收入（省口径，现价）", PriceBasis.CURRENT, "province_rule", None, None),
        ("固定资产投资（可比口径）", None, "comparable_scope", None, None),
        ("地区生产总值（按可比价格计算，%）", PriceBasis.COMPARABLE, None, None, None),
        ("地区生产总值（不变价）", PriceBasis.CONSTANT, None, None, None),
        ("一般公共预算收入（扣除留抵退税后）", None, "net_of_refunds", None, None),
        ("进出口总额（人民币计价）", None, None, "CNY", None),
        ("进出口总额（亿美元）", None, None, "USD", None),
        ("税收收入（快报数）", None, None, None, Status.FLASH),
        ("税收收入（预计数）", None, None, None, Status.ESTIMATE),
    ],
)
def test_bases_and_status_are_told(
    text: str,
    price: PriceBasis | None,
    coverage: str | None,
    currency: str | None,
    status: Status | None,
) -> None:
    found = label(text)

    assert found.ids
    assert (found.price, found.coverage, found.status) == (price, coverage, status)
    assert found.currency == currency


def test_growth_in_dollars_is_growth_and_not_a_number_of_dollars() -> None:
    found = label("进出口总额同比增长(美元)")

    assert (found.growth, found.currency, found.head) == (True, "USD", Head.GROWTH)


def test_an_area_before_the_name_is_told_apart() -> None:
    assert label("山西省:GDP:累计同比").place == "山西省"
    assert label("全市地区生产总值").place == "全市"
    assert label("地区生产总值").place == ""


def test_names_that_look_alike_are_offered_most_alike_first() -> None:
    assert similar("全社会固定资产投资", catalogue())[0] == "fixed_asset_investment"
    assert similar("年末常住人口", catalogue()) == ()


def test_what_is_comparable_depends_on_the_indicator() -> None:
    firms = catalogue()["industrial_operating_revenue"]
    investment = catalogue()["fixed_asset_investment"]

    assert coverage_for("comparable_scope", firms) == "same_firms"
    assert coverage_for("same_firms", investment) == "comparable_scope"
    assert coverage_for("province_rule", firms) == "province_rule"
    assert coverage_for(None, firms) == "same_firms"


@given(st.text(max_size=80))
def test_any_text_is_a_label(text: str) -> None:
    found = label(text)

    assert all(id_ in catalogue() for id_ in found.ids)


@given(st.lists(st.sampled_from(
    ["地区生产总值", "增速", "累计", "(%)", "（亿元）", "同比", "±", "其中：", "其", "上年同期",
     "_", ":", " ", "()", "%",
     "现价", "预计", "指数", "(上年=100)", "占", "比重", "全市", "1.", "、", "一"]),
    max_size=12
).map("".join))  # fmt: skip
def test_words_of_the_field_in_any_order_are_a_label(text: str) -> None:
    found = label(text)

    assert found.head is None or found.head in Head
    assert not (found.head is not None and found.head not in FIGURES and found.growth)


@pytest.mark.parametrize(
    ("text", "name", "growth", "reach"),
    [
        ("累计-同比增长", "", True, Reach.YTD),
        ("第一产业-同比增长", "第一产业", True, None),
        ("GDP-累计同比", "gdp", True, Reach.YTD),
        ("出口额-金额", "exports", False, None),
        ("货币供应量期末值", "货币供应量", False, Reach.END),
        ("1至当月累计", "", False, Reach.YTD),
        ("社会消费品零售总额-限额以上", "社会消费品零售总额-限额以上", None, None),
        ("-", "", None, None),
    ],
)
def test_a_dash_parts_the_words_around_a_name(
    text: str, name: str, growth: bool | None, reach: Reach | None
) -> None:
    found = label(text)

    assert (found.name or "".join(found.ids), found.growth, found.reach) == (name, growth, reach)


@pytest.mark.parametrize("text", ["规模以上工业企业营业收入利润率", "规模以上工业增加值率"])
def test_a_ratio_of_a_known_indicator_is_not_that_indicator(text: str) -> None:
    found = label(text)

    assert (found.ids, found.head) == ((), Head.SHARE)


def test_every_pattern_is_spelled_out() -> None:
    assert len(QUALIFIERS) > 1000
    assert [word for word in QUALIFIERS if not word or set(word) & set("{}| ")] == []
    assert [word for word in QUALIFIERS if word != word.upper()] == []


def test_every_word_says_something() -> None:
    assert [word for word, said in QUALIFIERS.items() if said == Label()] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("累计增长", Label(head=Head.GROWTH, growth=True, reach=Reach.YTD)),
        ("累计同比增长率", Label(head=Head.GROWTH, growth=True, reach=Reach.YTD)),
        ("当季值", Label(head=Head.LEVEL, growth=False, reach=Reach.QUARTER)),
        ("现价", Label(price=PriceBasis.CURRENT)),
        ("按可比价格计算的", Label(price=PriceBasis.COMPARABLE)),
        ("名义增速", Label(head=Head.GROWTH, growth=True, price=PriceBasis.CURRENT)),
        ("快报数", Label(status=Status.FLASH)),
        ("完成额增速", Label(head=Head.GROWTH, growth=True)),
    ],
)
def test_words_together_say_all_that_each_says(text: str, said: Label) -> None:
    assert qualifiers_of(text) == said


@pytest.mark.parametrize("text", ["地区生产总值", "累计地区", "增长点", "预", "全市"])
def test_a_text_with_other_words_is_no_qualifier(text: str) -> None:
    assert qualifiers_of(text) is None


def test_growth_wins_over_level_in_either_order() -> None:
    level, growth = Label(head=Head.LEVEL, growth=False), Label(head=Head.GROWTH, growth=True)

    assert joined(level, growth).growth is True
    assert joined(growth, level).growth is True
    assert joined(level, Label(reach=Reach.YTD)).growth is False


def test_of_two_heads_the_one_that_is_none_of_ours_wins() -> None:
    both = joined(Label(head=Head.GROWTH, growth=True), Label(head=Head.RANK))

    assert both.head is Head.RANK


def test_the_longest_word_is_taken_off_first() -> None:
    rest = [name for name, _ in shorter("税收收入比上年同期增长率")]

    assert rest[0] == "税收收入比上年同期"
    assert rest == sorted(rest, key=len)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Value-added of the Primary Industry, Accumulated(100 million yuan)",
         "Value-added of the Primary Industry"),
        ("2. Sales of  new flats, YoY (%)", "Sales of new flats"),
        ("（一）增 值 税", "增值税"),
    ],
)  # fmt: skip
def test_an_unknown_english_name_is_shown_as_it_is_written(text: str, name: str) -> None:
    assert label(text).name == name
