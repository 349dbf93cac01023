import re

import pytest

from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen

MENU = 8
"""Links of the menu, which come before those of the panels."""


def test_a_fresh_install_opens_on_the_nation_with_five_of_eight_indicators(
    open_page: OpenPage,
) -> None:
    page = open_page()

    assert page.title == (
        "截至2026年上半年，全国8项主要指标中有5项可比较；5项增速全部超过7%的可能性不足1%（7%"
        "为开发区计划目标，仅作对照，不是全国目标）。"
    )
    assert "8项主要指标中有5项可比较" in page.text
    assert page.url == {"area": "CN", "year": "2026", "lang": "zh"}


@pytest.mark.parametrize("year", ["2026", "2025", "2013"])
def test_a_reference_area_has_no_lights_and_no_verdict_words(
    open_page: OpenPage, year: str
) -> None:
    page = open_page(area="CN", year=year)

    assert page.glyphs == ""
    words = ("可完成", "有望", "有压力", "难度较大", "把握", "达标", "已完成", "未完成", "短板")
    assert [word for word in words if word in page.text] == []


def test_only_the_nation_has_a_domestic_product(open_page: OpenPage) -> None:
    assert "国内生产总值" in open_page(area="CN").text
    assert "地区生产总值" not in open_page(area="CN").text
    assert "国内生产总值" not in open_page(area="SAMPLE").text


def test_the_nation_says_why_each_other_indicator_does_not_count(open_page: OpenPage) -> None:
    page = open_page(area="CN")

    assert page.count("数据止于2022年末，缺2025年四季度及以后数据") == 2
    assert page.count("尚无可用于测算增速的数据") == 1


def test_the_sample_zone_has_twelve_verdicts_with_lights_and_is_marked_as_simulated(
    open_page: OpenPage,
) -> None:
    page = open_page(area="SAMPLE")

    charts = page.app.get("vega_lite_chart")
    assert len(charts) == 12
    lights_of_panels_table_and_headline = 12 + 12 + 1
    assert len(page.glyphs) >= lights_of_panels_table_and_headline
    stamps_on_page_and_charts = 1 + 12
    assert page.count("模拟数据") >= stamps_on_page_and_charts


def test_every_chart_has_its_sentence_as_text_alternative(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE")

    sentences = [chart.proto.alt for chart in page.app.get("vega_lite_chart")]
    assert len(set(sentences)) == 12
    assert all("把握" in sentence and "**" not in sentence for sentence in sentences)


def test_charts_of_one_size_share_one_spec(open_page: OpenPage) -> None:
    zh, en = open_page(area="SAMPLE"), open_page(area="SAMPLE", lang="en")

    specs = {c.proto.spec for page in (zh, en) for c in page.app.get("vega_lite_chart")}
    assert len(specs) == 1


def test_indicators_that_count_come_first_and_the_least_likely_of_them_leads(
    open_page: OpenPage,
) -> None:
    page = open_page(area="SAMPLE")

    counted = panel_percents(page)[:8]
    assert counted == sorted(counted)
    labels = {link.proto.label for link in page.app.get("page_link")[MENU + 1 + 8 : -1]}
    assert labels == {"**进出口总额**", "**工业用电量**", "**实际利用外资**", "**技术改造投资**"}


def panel_percents(page: Screen) -> list[float]:
    """Return the probabilities of the panels; below 1% and above 99% stand just outside."""
    shown = [re.fullmatch(r"([<>]?)(\d+)%", line.strip()) for line in page.lines]
    outside = {"<": -0.5, ">": 0.5, "": 0.0}
    return [int(match[2]) + outside[match[1]] for match in shown if match]


def test_figures_can_be_cut_at_an_earlier_quarter(open_page: OpenPage) -> None:
    page = open_page(area="CN", as_of="2026Q1")

    assert page.title.startswith("截至2026年一季度，")
    assert "数据取自现有版本，包含此后的修订数" in page.text
    assert page.url["as_of"] == "2026Q1"


def test_a_typed_line_replaces_every_target(open_page: OpenPage) -> None:
    page = open_page(area="CN", threshold="4.5")

    assert "超过4.5%" in page.title
    assert "4.5%为所填对照线" in page.title
    assert page.url["threshold"] == "4.5"


def test_a_closed_year_shows_what_was_published(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", year="2025")

    assert page.title == "2025年，8项主要指标有7项超过7%，未能全部完成（已公布）。"
    assert "未完成" in page.text
    assert "随机种子" not in page.text


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("area", "ATLANTIS"),
        ("year", "next"),
        ("year", "1066"),
        ("as_of", "yesterday"),
        ("as_of", "1999Q1"),
        ("threshold", "seven"),
        ("threshold", "nan"),
        ("threshold", "inf"),
        ("lang", "tlh"),
    ],
)
def test_nonsense_in_a_link_falls_back_to_the_default(
    open_page: OpenPage, name: str, nonsense: str
) -> None:
    page = open_page(**{name: nonsense})

    assert page.url == {"area": "CN", "year": "2026", "lang": "zh"}


def test_an_area_without_figures_says_what_to_upload(open_page: OpenPage) -> None:
    page = open_page(area="CN-SX-LF-HMZ")

    assert page.title == "侯马经济开发区还没有数据。"
    assert "规模以上工业增加值" in page.text
    links = [link.proto for link in page.app.get("page_link")[MENU:]]
    targets, upload, *others = [link.query_string for link in links]
    assert targets == upload == "area=CN-SX-LF-HMZ&lang=zh"
    assert others == ["area=CN&lang=zh", "area=SAMPLE&lang=zh"]
    assert "累计增速" in page.text
    assert "现有表格可直接上传" in page.text
    assert not page.app.error


def test_the_browser_language_is_the_default_and_a_link_overrules_it(
    open_page: OpenPage,
) -> None:
    page = open_page(area="CN", lang="en")

    assert page.title.startswith("As of H1 2026, of China's 8 main indicators, 5 can be compared.")
    assert page.url["lang"] == "en"
