"""Whose the rows and columns of a table are; every figure is made up."""

from __future__ import annotations

import pytest

from data.workbook.questions import Asked
from data.workbook.reading import Reading
from forecasting.figures.indicator import AreaKind
from tests.data.workbook.tables import asked, figures, reading, sheet


def left(found: Reading) -> list[object]:
    """Return the areas that were left out and said."""
    return [
        area for entry in found.remarks if entry.code == "areas_left_out"
        for area in entry.values["areas"]  # type: ignore[attr-defined]
    ]  # fmt: skip


def test_the_sum_of_several_zones_is_not_one_of_them() -> None:
    found = reading("""
        临汾市各开发区2026年1-9月固定资产投资完成情况
        序号 | 开发区名称 | 累计（万元） | 增速（%）
        1 | 甲经济开发区 | 512000 | 4.4
        2 | 侯马经济开发区 | 203400 | 8.3
        合计 | | 715400 | 5.5
    """)

    assert figures(found) == [
        "fixed_asset_investment level_ytd 2026-09 20.34",
        "fixed_asset_investment growth_ytd 2026-09 8.3",
    ]
    assert left(found) == ["甲经济开发区", "合计"]


def test_units_that_report_are_places_and_not_units_of_measure() -> None:
    found = reading("""
        临汾市2026年1-9月固定资产投资
        单位 | 投资额（亿元） | 同比（%）
        侯马市 | 38.2 | 4.7
        侯马经济开发区 | 28.6 | 6.5
    """)

    assert figures(found) == [
        "COUNTY fixed_asset_investment level_ytd 2026-09 38.2",
        "COUNTY fixed_asset_investment growth_ytd 2026-09 4.7",
        "fixed_asset_investment level_ytd 2026-09 28.6",
        "fixed_asset_investment growth_ytd 2026-09 6.5",
    ]


def test_whose_the_sum_of_towns_is_is_asked() -> None:
    found = reading("""
        侯马市2026年1-9月各乡镇（街道）固定资产投资完成情况
        序号 | 乡镇（街道） | 累计完成额（万元） | 同比增速（％）
        1 | 甲街道 | 61200 | 4.1
        2 | 乙乡 | 48850 | 12.6
        合计 | | 110050 | 8.8
    """)

    assert "area:合计" in [entry.id for entry in found.open]
    assert {entry.place.row for entry in found.figures} == {5}
    assert left(found) == ["甲街道", "乙乡"]


def test_a_bare_kind_of_area_over_a_column_is_the_zone_of_the_title() -> None:
    found = reading("""
        侯马经济开发区2026年前三季度主要指标增速与全国、全省对比（%）
        指标 | 全国 | 全省 | 开发区
        地区生产总值 | 4.8 | 3.9 | 6.2
    """)

    assert figures(found)[-1] == "gdp growth_ytd 2026-09 6.2"


def test_whose_a_bare_kind_of_area_below_the_title_of_a_city_is_is_asked() -> None:
    table = """
        临汾市2026年前三季度主要指标增速（%）
        指标 | 全市 | 开发区
        地区生产总值 | 4.8 | 6.2
    """

    found = reading(table)
    skipped = reading(table, answers={"area:开发区": "skip"})

    assert "area:开发区" in asked(found)
    assert not next(one for one in found.open if one.id == "area:开发区").suggested
    assert figures(skipped) == ["CITY gdp growth_ytd 2026-09 4.8"]
    assert not [id for id in asked(reading(table, area="CITY")) if id.startswith("area:")]


@pytest.mark.parametrize(
    "table",
    [
        """
        2026年1-9月主要经济指标
        指标 | 单位 | 全省累计 | 全省增长(%) | 开发区累计 | 开发区增长(%)
        地区生产总值 | 亿元 | 5200 | 5.3 | 320 | 7.4
        """,
        """
        2026年1-9月主要经济指标
        指标 | 单位 | 全省完成 | 全省增长(%) | 开发区完成 | 开发区增长(%)
        地区生产总值 | 亿元 | 5200 | 5.3 | 320 | 7.4
        """,
        """
        2026年1-9月主要经济指标
        指标 | 单位 | 本月止累计 | 同比增长(%)
        一、全省 |  |  |
        地区生产总值 | 亿元 | 5200 | 5.3
        二、开发区 |  |  |
        地区生产总值 | 亿元 | 320 | 7.4
        """,
    ],
)
def test_a_bare_kind_of_area_stands_over_columns_and_sections(table: str) -> None:
    found = reading(table, answers={"area:开发区": "area:ZONE"})

    assert sorted(figures(found)) == [
        "CN-SX gdp growth_ytd 2026-09 5.3",
        "CN-SX gdp level_ytd 2026-09 5200",
        "gdp growth_ytd 2026-09 7.4",
        "gdp level_ytd 2026-09 320",
    ]
    assert left(found) == []


def test_english_areas_are_known_with_their_kind_and_others_are_said() -> None:
    found = reading("""
        Country/Region | Indicator | Period | Value | Unit
        Shanxi Province | Gross domestic product, cumulative growth | 2026Q3 | 3.9 | %
        Linfen City | Gross domestic product, cumulative growth | 2026Q3 | 4.4 | %
        Lower Valley Province | Gross domestic product, cumulative growth | 2026Q3 | 5.4 | %
    """)

    assert figures(found) == [
        "CN-SX gdp growth_ytd 2026-09 3.9",
        "CITY gdp growth_ytd 2026-09 4.4",
    ]
    assert left(found) == ["Lower Valley Province"]


def test_a_table_that_its_title_calls_one_of_ranks_holds_no_figures() -> None:
    ranks = """
        2026年1-9月各县（市、区）主要指标增速位次表
        县（市、区） | 固定资产投资 | 社会消费品零售总额
        侯马市 | 1 | 3
        曲沃县 | 4 | 10
    """
    found = reading(ranks)
    growth = reading(ranks.replace("| 3", "| 3.5"), answers={"area:曲沃县": "skip"})

    assert figures(found) == []
    assert [entry.code for entry in found.remarks] == ["columns_left_out"]
    assert len(figures(growth)) == 2


def test_words_around_the_indicator_of_a_title_do_not_hide_it() -> None:
    found = reading("""
        侯马经济开发区规模以上工业增加值分月累计增速（%）
        年份 | 1-2月 | 1-3月
        2025 | 8.3 | 8.0
        2026 | 9.2 | 8.9
    """)

    assert len(figures(found)) == 4
    assert figures(found)[0] == "industrial_value_added growth_ytd 2025-02 8.3"


def test_whose_sheets_without_a_place_are_is_asked_once_or_for_each() -> None:
    tables = [
        sheet(f"""
            {place}2026年1-9月主要指标
            指标 | 累计增速（%）
            固定资产投资 | {growth}
        """, name)
        for name, place, growth in (
            ("一", "忻州市", 5.1), ("二", "大同市", 3.8), ("三", "", 4.4), ("四", "", 6.2)
        )
    ]  # fmt: skip
    first = reading(*tables, answers={"places": "skip"})
    together = reading(*tables, answers={"places": "skip", "sheets": "new_area:CN-140900"})
    apart = reading(*tables, answers={"places": "skip", "sheets": "choose",
                                      "sheets:三": "area:ZONE", "sheets:四": "skip"})  # fmt: skip

    (question,) = (entry for entry in first.open if entry.code is Asked.SHEETS)
    assert question.values["names"] == ("三", "四")
    assert [option.id for option in question.options[:3]] == [
        "new_area:CN-140900", "new_area:CN-140200", "area:ZONE",
    ]  # fmt: skip
    assert figures(together) == [
        "CN-140900 fixed_asset_investment growth_ytd 2026-09 4.4",
        "CN-140900 fixed_asset_investment growth_ytd 2026-09 6.2",
    ]
    assert [area.name.zh for area in together.areas] == ["忻州市"]
    assert figures(apart) == ["fixed_asset_investment growth_ytd 2026-09 4.4"]


def test_sheets_without_a_place_beside_ours_and_its_parts_are_ours() -> None:
    ours = sheet(
        """
        指标 | 2026年1-9月累计增速（%）
        固定资产投资 | 4.4
    """,
        "投资",
    )
    parts = sheet(
        """
        地区 | 2026年1-9月固定资产投资累计增速（%）
        洪洞县 | 3.1
        侯马市 | 8.3
        临汾市 | 4.4
    """,
        "分县",
    )
    above = sheet(
        """
        地区 | 2026年1-9月固定资产投资累计增速（%）
        全国 | -0.5
        全省 | 1.5
        全市 | 4.4
    """,
        "对比",
    )

    found = reading(ours, parts, above, area="CITY")

    assert "sheets" not in asked(found)
    assert "CITY fixed_asset_investment growth_ytd 2026-09 4.4" in figures(found)


PROVINCES = """
    2026年1-9月分省地区生产总值
    地区 | 累计（亿元） | 增速（%）
    山西 | 18844.2 | 3.9
    内蒙古 | 19003.8 | 4.9
    Zhejiang | 72000.4 | 5.4
    吉林 | 10300.5 | 4.1
"""


def test_places_of_china_that_are_no_areas_yet_are_asked_about_once_and_added_at_once() -> None:
    asked = reading(PROVINCES)
    added = reading(PROVINCES, answers={"places": "add"})
    kept = reading(PROVINCES, answers={"places": "skip"})

    (question,) = (entry for entry in asked.open if entry.code is Asked.PLACES)
    assert question.values["names"] == ("内蒙古", "Zhejiang", "吉林")
    assert question.count == 6
    assert asked.areas == ()
    assert [(area.id, area.name.zh, area.kind, area.parent) for area in added.areas] == [
        ("CN-150000", "内蒙古自治区", AreaKind.PROVINCE, "CN"),
        ("CN-330000", "浙江省", AreaKind.PROVINCE, "CN"),
        ("CN-220000", "吉林省", AreaKind.PROVINCE, "CN"),
    ]
    assert "CN-330000 gdp growth_ytd 2026-09 5.4" in figures(added)
    assert {line.split()[0] for line in figures(kept)} == {"CN-SX"}
    assert left(kept) == ["内蒙古", "Zhejiang", "吉林"]


def test_each_place_may_be_chosen_and_one_name_of_several_places_always_is() -> None:
    districts = """
        2026年1-9月固定资产投资增速（%）
        地区 | 增速
        朝阳区 | 4.2
        洪洞 | 3.1
    """
    chosen = reading(districts, answers={"places": "choose"})
    added = reading(districts, answers={"places": "add"})
    in_beijing = reading(districts + "        北京市 | 5.0", answers={"places": "add"})

    options = {
        entry.found: [one.values["name"] for one in entry.options if one.code == "new_area"]
        for entry in chosen.open
        if entry.code is Asked.AREA
    }
    assert options == {
        "朝阳区": ["北京市朝阳区", "吉林省长春市朝阳区"],
        "洪洞": ["山西省临汾市洪洞县"],
    }
    assert [(area.name.zh, area.parent) for area in added.areas] == [("洪洞县", "CITY")]
    assert [entry.found for entry in added.open if entry.code is Asked.AREA] == ["朝阳区"]
    assert {area.name.zh: area.parent for area in in_beijing.areas} == {
        "朝阳区": "CN-110000", "洪洞县": "CITY", "北京市": "CN",
    }  # fmt: skip


def test_the_whole_city_is_offered_as_our_zone_last() -> None:
    found = reading("""
        2026年1-9月主要经济指标
        指标 | 全市 | 开发区
        地区生产总值增速(%) | 5.3 | 7.4
    """)
    offered = {one.id: [option.id for option in one.options] for one in found.open}

    assert offered["area:开发区"][0] == "area:ZONE"
    assert offered["area:全市"] == [
        "area:CITY", "area:COUNTY", "area:CN-SX", "area:ZONE", "area:CN", "skip",
    ]  # fmt: skip
    assert "gdp growth_ytd 2026-09 5.3" not in figures(found)
