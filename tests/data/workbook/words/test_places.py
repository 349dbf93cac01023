"""Whose a table is by its title, its file, its office; every figure is made up."""

from __future__ import annotations

import pytest

from data.workbook.questions import Asked
from data.workbook.read.interpret import read
from data.workbook.reading import Context
from data.workbook.words.places import Places
from forecasting.figures.period import Month
from tests.data.workbook.tables import AREAS, CATALOGUE, book

TABLE = """
    指标 | 2026年1-9月
    社会消费品零售总额增速(%) | 4.1
"""


def owner(above: str = "", below: str = "", file: str = "", area: str = "ZONE") -> str:
    """Return the area of the only figure, or the place that is asked about."""
    text = "\n".join((above, TABLE, below))
    found = read(book(text, file=file), Context(CATALOGUE, AREAS, area, Month(2026, 12)), {})
    open_ = [entry.found for entry in found.open if entry.code is Asked.AREA]
    return f"{open_[0]}?" if open_ else found.figures[0].observation.area


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("2026年1-9月绵阳主要经济指标", "绵阳?"),
        ("绵阳市2026年1-9月主要经济指标", "绵阳市?"),
        ("运城统计月报", "运城?"),
        ("运城市统计月报", "运城市?"),
        ("1-9月各项指标（运城）", "运城?"),
        ("洪洞主要经济指标", "洪洞?"),
        ("山西省运城市主要经济指标", "运城市?"),
        ("临汾市洪洞县主要经济指标", "洪洞县?"),
        ("运城经济开发区主要经济指标", "运城经济开发区?"),
        ("运城市税务局组织收入完成情况表", "运城市?"),
        ("Yuncheng City: Main Economic Indicators", "Yuncheng City?"),
        ("Sichuan, China: Main Economic Indicators", "Sichuan?"),
        ("山西省临汾市主要经济指标", "CITY"),
        ("临汾市税务局组织收入完成情况表", "CITY"),
        ("Shanxi Province: Main Economic Indicators", "CN-SX"),
        ("侯马经济开发区主要经济指标", "ZONE"),
        ("开发区主要经济指标", "ZONE"),
        ("主要经济指标完成情况", "ZONE"),
        ("国民经济主要指标", "ZONE"),
        ("工业主要指标", "ZONE"),
        ("重点企业主要经济指标", "ZONE"),
        ("各县（市、区）主要经济指标", "ZONE"),
        ("分县区主要指标", "ZONE"),
        ("城镇居民主要指标", "ZONE"),
        ("园区主要经济指标", "ZONE"),
        ("三季度主要经济指标快报", "ZONE"),
        ("附表1 主要指标", "ZONE"),
    ],
)
def test_a_title_says_whose_a_table_is(title: str, whose: str) -> None:
    assert owner(title) == whose


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("侯马经济开发区", "ZONE"),
        ("（侯马经济开发区）", "ZONE"),
        ("二、侯马经济开发区", "ZONE"),
        ("地区：侯马经济开发区", "ZONE"),
        ("2026年1-9月 侯马经济开发区", "ZONE"),
        ("侯马市", "COUNTY"),
        ("开发区", "开发区?"),
        ("洪洞县", "洪洞县?"),
        ("全市", "CITY"),
        ("各县（市、区）", "CITY"),
        ("侯马市统计局", "CITY"),
        ("单位：亿元", "CITY"),
    ],
)
def test_a_line_that_is_a_place_alone_says_more_than_the_title_above_it(
    line: str, whose: str
) -> None:
    assert owner(f"临汾市2026年1-9月主要经济指标\n{line}") == whose


def test_a_place_alone_above_a_second_table_is_that_of_the_table() -> None:
    text = f"侯马市主要经济指标\n一、全市\n{TABLE}\n二、开发区\n{TABLE}"

    found = read(book(text), Context(CATALOGUE, AREAS, "ZONE", Month(2026, 12)), {})

    assert [figure.observation.area for figure in found.figures] == ["COUNTY", "ZONE"]


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("数据来源：运城市统计局", "运城市?"),
        ("制表单位：朔州市统计局", "朔州市?"),
        ("山西省运城市统计局", "运城市?"),
        ("数据来源：山西省统计局", "ZONE"),
        ("制表单位：侯马市统计局", "ZONE"),
        ("数据来源：国家统计局", "ZONE"),
        ("资料来源：各市统计局", "ZONE"),
        ("填报单位：侯马经济开发区管委会", "ZONE"),
    ],
)
def test_the_office_that_made_a_table_says_so_where_no_title_does(line: str, whose: str) -> None:
    assert owner(line) == whose
    assert owner(f"侯马经济开发区主要经济指标\n{line}") == "ZONE"


def test_a_source_below_the_table_counts_as_well() -> None:
    assert owner(below="数据来源：运城市统计局") == "运城市?"


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("绵阳市2026年上半年.csv", "绵阳市?"),
        ("朔州.csv", "朔州?"),
        ("深圳统计月报.xlsx", "深圳?"),
        ("临汾市.csv", "CITY"),
        ("侯马经济开发区.csv", "ZONE"),
        ("三季度数据.csv", "ZONE"),
        ("主要指标(1).xlsx", "ZONE"),
        ("q3.xlsx", "ZONE"),
        ("China Data.xlsx", "CN"),
    ],
)
def test_the_name_of_a_file_says_whose_it_is(file: str, whose: str) -> None:
    assert owner(file=file) == whose
    assert owner("侯马经济开发区主要经济指标", file=file) == "ZONE"


def test_a_bare_kind_of_area_is_the_zone_of_the_title() -> None:
    places = Places(AREAS, "ZONE")

    assert places.of_kind("开发区", "ZONE") == places.of_kind("经开区", "ZONE") == "ZONE"
    assert places.of_kind("高新区", "ZONE") == places.of_kind("开发区", "CITY") == ""


def test_a_database_by_provinces_that_names_none_asks_whose_it_is() -> None:
    assert owner("数据库：分省年度数据") == "分省年度数据?"
    assert owner("数据库：分省年度数据\n地区：山西省") == "CN-SX"
    assert owner("数据库：年度数据") == "CN"
