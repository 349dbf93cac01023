"""A zone's first steps: what the overview and the other pages lead to, and when they are done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from data import clock
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Observation
from tests.builders import make_figures, periods
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.pages import switch_page
from tests.ui.reading import Screen

HOME = "CN-SX-LF-HMZ"
TODAY = datetime(2026, 11, 30, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: TODAY)


def opened(page: str = "overview", **parameters: str) -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": HOME, "lang": "zh"} | parameters
    if page != "overview":
        switch_page(app, page)
    return Screen(app.run())


def upload(store: Store, *, first: str = "2018Q1", last: str = "2026Q2") -> None:
    """Commit growth of two main indicators of the home zone."""
    catalogue = store.catalogue(1)
    figures: list[Observation] = []
    for indicator in ("gdp", "tax_revenue"):
        quarters = periods(first, last)
        values = {quarter: 7.2 + 0.3 * (k % 4) for k, quarter in enumerate(quarters)}
        drawn = make_figures(values, indicator=indicator, area=HOME)
        figures += [replace(one, basis=catalogue[indicator].basis) for one in drawn]
    base = store.latest_vintage()
    store.commit(Commit(VintageKind.UPLOAD, "analyst", base=base, observations=tuple(figures)))


def adopt(screen: Screen) -> Screen:
    screen.app.text_input(key="adopt_author").set_value("王工")
    return Screen(screen.app.button(key="adopt").click().run())


def go_labels(screen: Screen) -> list[str]:
    """Return the links below the menu, but for those to other areas."""
    labels = [link.proto.label for link in screen.app.get("page_link")]
    return [label for label in labels if label in GO]


GO = ("确定目标", "上传历年数据", "导入项目台账")


@pytest.mark.usefixtures("store")
def test_the_overview_of_a_fresh_zone_shows_every_step_and_leads_to_targets() -> None:
    page = opened()

    assert "开始使用：已完成0/5步" in page.text
    assert [word for word in ("确定年度目标", "上传历年数据", "导入项目台账", "查看全年预判",
            "出具研判并分享") if word not in page.text] == []  # fmt: skip
    assert go_labels(page) == ["确定目标", "上传历年数据"]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", ["indicator", "scenario", "projects", "track", "data"])
def test_every_empty_page_leads_to_the_next_step_alone(name: str) -> None:
    assert go_labels(opened(name)) == ["确定目标"]


def test_the_first_page_of_a_fresh_store_leads_to_the_home_zone(open_page: OpenPage) -> None:
    page = open_page(lang="zh")

    assert "侯马经济开发区还没有全年预判，开始使用：0/5。" in page.text


def test_the_targets_of_the_plan_are_adopted_for_this_year_in_one_click(store: Store) -> None:
    page = opened("targets")
    assert page.title == "侯马经济开发区还没有2026年的目标。"

    done = adopt(page)

    assert done.title == "已提交为数据版本2。"
    adopted = [to for to in store.targets(2, HOME) if to.year == 2026]
    assert len(adopted) == 8
    assert {(to.comparator, to.threshold, to.counts) for to in adopted} == {(">", 7.0, True)}
    assert {to.document[:12] for to in adopted} == {"沿用2019年工作目标："[:12]}
    assert go_labels(done) == ["上传历年数据"]
    assert "开始使用：已完成1/5步" in opened().text


def test_only_the_chosen_indicators_are_adopted(store: Store) -> None:
    page = opened("targets")
    page.app.button_group(key=f"adopt_indicators_{HOME}_2019_zh").set_value(
        ["gdp", "trade_total"]
    ).run()

    adopt(page)

    adopted = {to.indicator: to for to in store.targets(2, HOME) if to.year == 2026}
    assert sorted(adopted) == ["gdp", "trade_total"]
    assert adopted["trade_total"].threshold == 7.0


def test_targets_of_others_who_were_first_are_not_adopted_over(store: Store) -> None:
    page = opened("targets")
    (past,) = [to for to in store.targets(1, HOME) if to.indicator == "gdp" and to.year == 2019]
    own = replace(past, year=2026, threshold=9.0, document="今年的文件")
    store.commit(Commit(VintageKind.EDIT, "李工", base=1, targets=(own,)))

    adopt(page)

    assert store.latest_vintage() == 2
    assert [to for to in store.targets(2, HOME) if to.year == 2026] == [own]


def test_no_targets_are_offered_for_adoption_where_the_year_has_some(store: Store) -> None:
    adopt(opened("targets"))

    assert "沿用2019年的目标" not in opened("targets").text


def test_figures_before_targets_are_shown_as_history(store: Store) -> None:
    upload(store)

    page = opened()

    assert page.url["year"] == "2026"
    assert page.title == "侯马经济开发区有2项指标的数据，还没有2026年的目标。"
    assert "2026年上半年增长7.5%" in page.text
    assert len(page.app.get("vega_lite_chart")) == 2
    assert "0项" not in page.text
    assert go_labels(page)[0] == "确定目标"


def test_an_indicator_without_a_target_has_a_page_of_its_history(store: Store) -> None:
    upload(store)

    page = opened("indicator", indicator="tax_revenue")

    assert page.title == "税收收入2026年上半年增长7.5%"
    assert "税收收入没有2026年的目标" in page.text
    assert len(page.app.get("vega_lite_chart")) == 2


def test_steps_tick_themselves_until_the_first_link(store: Store) -> None:
    adopt(opened("targets"))
    upload(store)
    page = opened()
    assert "开始使用：已完成3/5步" in page.text
    assert "下一步：3 导入项目台账" in opened("track").text

    page.app.button(key="issue_begin").click().run()
    (button,) = [one for one in page.app.button if one.label == "出具"]
    button.click().run()
    assert "开始使用：已完成3/5步" in Screen(page.app).text
    store.shares.create(1, label="主任", now=TODAY)

    assert "开始使用" not in opened().text


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("area", ["CN", "SAMPLE", "CN-SX-LF"])
def test_reference_areas_and_the_sample_have_no_first_steps(area: str) -> None:
    assert "开始使用" not in opened("upload", area=area).text
