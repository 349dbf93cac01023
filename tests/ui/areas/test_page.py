"""The page of areas: their places beside each other, and how they are added and changed."""

from __future__ import annotations

from data.store.store import Store
from forecasting.figures.indicator import (
    AreaKind,
)
from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen


def press(page: Screen, label: str) -> Screen:
    """Press the first button with a label."""
    return Screen(next(one for one in page.app.button if one.label == label).click().run())


def test_simulated_figures_stand_beside_no_others(open_page: OpenPage) -> None:
    page = open_page("areas")

    assert "全国" in page.text
    table = page.text[page.text.index("位次") : page.text.index("增加地区")]
    assert "示例开发区" not in table


def test_places_are_added_by_name_and_faults_are_said_without_losing_them(
    open_page: OpenPage, store: Store
) -> None:
    page = open_page("areas")
    page.app.text_area[0].set_value("运城市\n朝阳区")
    page.app.text_input[0].set_value("张三")
    refused = press(page, "增加")

    assert "北京市朝阳区、吉林省长春市朝阳区" in " ".join(one.value for one in refused.app.error)
    assert refused.app.text_area[0].value == "运城市\n朝阳区"
    refused.app.text_area[0].set_value("运城市，北京市朝阳区")
    press(refused, "增加")

    areas = {area.name.zh: area.parent for area in store.areas(store.latest_vintage())}
    assert (areas["运城市"], areas["朝阳区"]) == ("CN-SX", "CN")


def test_the_area_that_is_looked_at_is_renamed(open_page: OpenPage, store: Store) -> None:
    page = open_page("areas", area="CN-SX-LF")
    named = [one for one in page.app.text_input if one.label == "名称（中文）"]
    named[-1].set_value("临汾")
    author = [one for one in page.app.text_input if one.label == "提交人"]
    author[-1].set_value("张三")
    press(page, "提交修改")

    area = next(one for one in store.areas(store.latest_vintage()) if one.id == "CN-SX-LF")
    assert (area.name.zh, area.kind, area.parent) == ("临汾", AreaKind.CITY, "CN-SX")
