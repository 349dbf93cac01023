"""The page of the way to national rank."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from data import clock
from data.plan import documents
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Area, AreaKind, Measure, Names, Observation
from forecasting.figures.period import Month, Quarter
from forecasting.plan.comparison_choice import ComparisonChoice, Freeze
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.reading import Screen

TRADE = {"S1": {2025: 20.0}, "S2": {2025: 12.0}, "S3": {2024: 30.0}}
"""Trade of three simulated peers; the sample zone has 15.46."""


def commit_peers(store: Store) -> None:
    base = store.latest_vintage()
    trade = store.catalogue(base)["trade_total"]
    areas = [Area(id, Names(f"模拟区{id}", id), AreaKind.ZONE, synthetic=True) for id in TRADE]
    figures = [
        Observation(id, trade.id, Measure.LEVEL_YTD, Month(year, 12), value, trade.unit,
                    trade.basis, publisher="模拟数据 (synthetic)")
        for id, levels in TRADE.items()
        for year, value in levels.items()
    ]  # fmt: skip
    store.commit(
        Commit(VintageKind.EDIT, "typed", "", base=base, areas=tuple(areas),
               observations=tuple(figures))
    )  # fmt: skip


def press(page: Screen, label: str) -> Screen:
    return Screen(next(one for one in page.app.button if one.label == label).click().run())


def test_the_page_ranks_and_scores_nothing(open_page: OpenPage) -> None:
    page = open_page("plan", area="SAMPLE")

    assert "可比的4项均未达到参照线" in page.title
    assert "升级没有公布的达标线" in page.text
    assert "不计算得分" in page.text
    assert "是否处于冻结期" in page.text
    assert "尚未列出可比开发区" in page.text
    assert "得分为" not in page.text
    assert page.count("按全部国家级经开区2019年以来年均变动9.5%推算") > 0
    assert "差距到2027年底扩大的可能性" in page.text
    assert "含再投资，与其他年份不可比" in page.text
    assert "外资到位的参数尚未填写" in page.text


def test_the_solver_says_what_closes_a_gap_this_year_or_that_nothing_does(
    open_page: OpenPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "quarter", lambda: Quarter(2026, 3))
    document = (ROOT / "seeds" / "sample_scenarios" / "1_ledger.toml").read_text("utf-8")
    store.scenarios.save("SAMPLE", 2026, "台账", document, store.latest_vintage(), author="张三")
    far = open_page("plan", area="SAMPLE")
    assert far.count("年内靠抓手补不齐") > 0
    assert "力度最小的办法是" not in far.text

    commit_peers(store)
    near = open_page("plan", area="SAMPLE")
    assert "到2026年底补齐，全年须增长3.5%以上" in near.text
    (told,) = re.findall(
        "力度最小的办法是三季度起?班列增开[0-9]+列（为通常上限的[0-9]+%）", near.text
    )
    assert "把握升至**5" in near.text.partition(told)[2][:12]


@pytest.mark.parametrize("area", ["CN", "CN-SX"])
def test_what_is_no_zone_is_not_compared(open_page: OpenPage, area: str) -> None:
    page = open_page("plan", area=area)

    assert page.title == "请选择开发区"
    assert "不是开发区，不能比较" in page.text
    assert "%" not in page.text


def test_a_zone_without_figures_is_told_what_is_missing(open_page: OpenPage) -> None:
    page = open_page("plan", lang="en", area="CN-SX-LF-HMZ")

    assert "nothing to compare" in page.title
    assert "No full-year level of the zone" in page.text
    assert "23 items without figures to compare" in page.text


def test_a_version_whose_items_are_not_public_names_none(open_page: OpenPage) -> None:
    page = open_page("plan", area="SAMPLE")
    picker = next(one for one in page.app.selectbox if one.label == "考核评价办法")
    page = Screen(picker.set_value("mofcom_2016").run())

    assert "53个指标的名称和权重" in page.title
    assert "产业基础" in page.text


def test_peers_give_a_median_and_a_place_that_says_who_is_unknown(
    open_page: OpenPage, store: Store
) -> None:
    commit_peers(store)

    page = open_page("plan", area="SAMPLE")

    assert "可比开发区中位数（2025年，2个）" in page.text
    assert "可比各项居第2至第3位" in page.text
    assert "在已知的3个开发区中居第2位；另有1个没有当年数据，实际在第2位至第3位之间" in page.text


def test_the_ratio_to_the_city_is_that_of_two_areas_figures(
    open_page: OpenPage, store: Store
) -> None:
    base = store.latest_vintage()
    gdp = store.catalogue(base)["gdp"]
    areas = {area.id: area for area in store.areas(base)}
    city = Area("CITY", Names("模拟市", "City"), AreaKind.CITY, synthetic=True)
    peer = Area("S1", Names("模拟区", "S1"), AreaKind.ZONE, parent="CITY", synthetic=True)
    zone = replace(areas["SAMPLE"], parent="CITY")
    figures = [
        Observation(area, gdp.id, Measure.LEVEL_YTD, Month(2025, 12), level, gdp.unit, gdp.basis,
                    publisher="模拟数据 (synthetic)")
        for area, level in (("CITY", 1000.0), ("S1", 300.0))
    ]  # fmt: skip
    store.commit(
        Commit(VintageKind.EDIT, "typed", "", base=base, areas=(city, zone, peer),
               observations=tuple(figures))
    )  # fmt: skip

    page = open_page("plan", area="SAMPLE")
    box = next(one for one in page.app.selectbox if one.label == "考核评价办法")
    page = Screen(box.select("high_tech_2014").run())

    assert "为20.3%，相当于可比开发区中位数（2025年，1个）的68%，相差9.7个百分点" in page.text
    assert "在2个开发区中居第2位" in page.text
    assert "到2027年底补齐的把握" in page.text


def test_a_choice_is_kept_with_its_author_and_version(open_page: OpenPage, store: Store) -> None:
    commit_peers(store)
    page = open_page("plan", area="SAMPLE")
    page.app.multiselect[0].set_value(["S2"])
    frozen = next(one for one in page.app.selectbox if one.label == "本省是否处于冻结期")
    frozen.set_value("yes")
    page.app.number_input[-1].set_value(2027)
    author = next(one for one in page.app.text_input if one.label == "提交人")
    author.set_value("张三")
    page = press(page, "保存")

    assert "2027年以前原则上不得推荐" in page.text
    assert "可比开发区1个：模拟区S2" in page.text
    part = store.plans.latest("SAMPLE", documents.COMPARISON)
    assert part is not None
    assert (part.version, part.author) == (1, "张三")
    assert "历次填写（1版）" in page.text
    kept = documents.read(part, ComparisonChoice)
    assert (kept.peers, kept.province_frozen) == (("S2",), Freeze.YES)

    store.plans.save(
        "SAMPLE", documents.COMPARISON, documents.written(ComparisonChoice()), based_on=1
    )
    author = next(one for one in page.app.text_input if one.label == "提交人")
    author.set_value("李四")
    refused = press(page, "保存")
    assert "他人已保存第2版" in refused.app.error[0].value
    assert len(store.plans.versions("SAMPLE", documents.COMPARISON)) == 2


@pytest.mark.parametrize("area", ["CN", "CN-SX"])
def test_simulated_peers_stand_beside_no_real_area(
    open_page: OpenPage, store: Store, area: str
) -> None:
    commit_peers(store)

    page = open_page("plan", area=area)

    assert "模拟区" not in page.text.replace("模拟区S1（", "").partition("考核评价办法")[2]


def test_figures_under_the_name_of_an_item_are_compared(open_page: OpenPage, store: Store) -> None:
    """Of a stock there is no forecast, but a share of the mean of national zones."""
    base = store.latest_vintage()
    trains = store.catalogue(base)["freight_trains"]
    name = Names("高新技术企业数", "High-tech firms")
    firms = replace(trains, id="high_tech", name=name, short=name, aliases=(), unit="firms",
                    measures=(Measure.LEVEL_END,), order=99)  # fmt: skip
    figure = Observation("SAMPLE", "high_tech", Measure.LEVEL_END, Month(2025, 12), 40.0, "firms",
                         trains.basis, publisher="模拟数据 (synthetic)")  # fmt: skip
    store.commit(
        Commit(VintageKind.EDIT, "typed", "", base=base, indicators=(firms,),
               observations=(figure,))
    )  # fmt: skip

    page = open_page("plan", area="SAMPLE")

    assert "可比的5项均未达到参照线" in page.title
    assert "高新技术企业数量2025年为40户" in page.text
    assert "缺少增速数据，不能推算何时补齐" in page.text
