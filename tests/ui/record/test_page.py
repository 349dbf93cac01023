"""The track record page, on the few years that its parts need."""

import re
from dataclasses import replace

import pytest

from forecasting.models.pool import ENGINE
from forecasting.record.backtest import BacktestCase
from forecasting.record.record import Record, ScoredYears, record_of
from forecasting.record.reliability import Bin
from forecasting.record.scores import BrierScores
from tests.ui.conftest import OpenPage
from tests.ui.language.test_languages import CITED, CJK
from tests.ui.outlooks import NATION, SAMPLE, make_verdict
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame import cache
from ui.language import Speaker, catalogue
from ui.outlook import sentences
from ui.record import sentences as track_sentences

WORDS = ("可完成", "有望", "有压力", "难度较大", "把握", "达标", "已完成", "未完成", "短板")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge two years, one of them a shock year: twenty judgements of the nation in each."""
    monkeypatch.setattr(cache.VintageView, "track_years", lambda self, area: (2019, 2021))


@pytest.mark.usefixtures("short")
def test_the_nation_opens_with_a_sentence_a_number_and_a_picture_for_each_period(
    open_page: OpenPage,
) -> None:
    page = open_page("track", area="CN")

    assert re.match(
        r"过去2年、每年4个时点，全国7项指标共56次研判：给出九成以上可能性的", page.title
    )
    assert "误差" in page.text
    alternatives = [chart.proto.alt for chart in page.app.get("vega_lite_chart")]
    assert [text.split("：")[0] for text in alternatives] == [
        "全国平稳年份的可靠性图", "全国2020—2021年的可靠性图",
    ]  # fmt: skip
    assert "包含此后的修订数" in page.text
    assert ENGINE in page.text
    assert not page.app.get("progress")


@pytest.mark.usefixtures("short")
def test_every_year_and_origin_has_its_probability_and_what_happened(open_page: OpenPage) -> None:
    page = open_page("track", area="CN")

    gdp_2019, gdp_2021 = (
        next(line for line in page.lines if "国内生产总值" not in line and ending in line)
        for ending in ("6.1", "8.6")
    )
    assert re.search(r"2019(\s+<?\d+%){4}\s+6\.1\s+✗", gdp_2019)
    assert re.search(r"2021(\s+>?\d+%){4}\s+8\.6\s+✓", gdp_2021)
    assert page.count("2020—2021年，评分另计") == 7


@pytest.mark.usefixtures("short")
def test_a_reference_area_has_neither_lights_nor_verdict_words(open_page: OpenPage) -> None:
    page = open_page("track", area="CN")

    assert page.glyphs == ""
    assert [word for word in WORDS if word in page.text] == []


def test_too_few_judgements_of_shock_years_have_no_skill_beside_the_headline(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = (2014, 2015, 2016, 2017, 2018, 2019, 2021)
    monkeypatch.setattr(cache.VintageView, "track_years", lambda self, area: years)
    page = open_page("track", area="CN", indicator="gdp")

    assert "24次研判，与" in page.text
    assert "4次研判：" not in page.text


@pytest.mark.usefixtures("short")
def test_one_indicator_can_be_looked_at_alone(open_page: OpenPage) -> None:
    page = open_page("track", area="CN", indicator="gdp")

    assert page.title == "全国国内生产总值只有8次研判可与公布数核对，次数较少，不足以检验。"
    assert page.app.get("vega_lite_chart") == []
    assert page.url["indicator"] == "gdp"


@pytest.mark.usefixtures("short")
def test_another_line_is_judged_against_that_line(open_page: OpenPage) -> None:
    page = open_page("track", area="CN", threshold="6")

    assert "超过6%" in page.title
    assert page.url["threshold"] == "6"


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("say", SPEAKERS)
def test_both_languages_are_complete(open_page: OpenPage, say: Speaker) -> None:
    text = open_page("track", area="CN", lang=say.language).text

    assert (
        set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+", text)) & set(catalogue(say.language)) == set()
    )
    assert re.findall(r"\{\w*\}|\bnan\b|\bNone\b|\binf\b", text) == []
    for cited in CITED:
        text = text.replace(cited, "")
    assert say is ZH or not CJK.search(text)


def test_an_area_with_scattered_figures_says_that_they_are_too_few(open_page: OpenPage) -> None:
    page = open_page("track", area="CN-SX")

    assert page.title == "山西省地区生产总值只有6次研判可与公布数核对，次数较少，不足以检验。"
    assert page.app.get("vega_lite_chart") == []
    assert "简单外推" not in page.text
    assert "规模以上工业增加值" in page.text


def test_an_area_without_figures_says_what_to_upload(open_page: OpenPage) -> None:
    page = open_page("track", area="CN-SX-LF-HMZ")

    assert page.title == "侯马经济开发区还没有数据。"


def test_an_area_without_a_complete_year_says_what_a_judgement_takes(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.VintageView, "track_years", lambda self, area: ())

    page = open_page("track", area="CN")

    assert page.title == "全国还没有可以检验的年份。"
    assert "此前至少12个季度的累计增速" in page.text


@pytest.mark.slow
def test_the_sample_zone_is_marked_as_simulated_and_uses_the_words_of_targets(
    open_page: OpenPage,
) -> None:
    page = open_page("track", area="SAMPLE")

    assert page.title.startswith("过去2年、每年4个时点，示例开发区12项指标共94次研判")
    assert "把握" in page.title
    assert page.count("模拟数据") >= 2
    assert "示例开发区为虚构地区" in page.text
    assert "2020—2021年" not in page.text


def made(probability: float, *, met: int, of: int) -> list[BacktestCase]:
    verdict = make_verdict(probability, reference=True)
    return [
        BacktestCase(2025 + k % 2, 1 + k % 2, verdict, 7.5 if k < met else 6.5, k < met)
        for k in range(of)
    ]


def told(record: Record, say: Speaker, area=NATION) -> str:
    assert record.every is not None
    said = track_sentences.headline(record, record.every, area, say)
    return sentences.plain(said)


def test_the_headline_says_what_the_surest_judgements_came_to() -> None:
    record = record_of([*made(0.95, met=11, of=12), *made(0.05, met=0, of=9)])

    assert told(record, ZH) == (
        "过去2年、每年4个时点，全国固定资产投资共21次研判：给出九成以上可能性的12次中有11次超过7%，"
        "给出不足一成的9次中没有一次超过7%。"
    )
    assert told(record, EN) == (
        "Over the past 2 years, at four points in each, Fixed-asset investment of China was "
        "assessed 21 times. Where the probability was at least 9 in 10, 11 of 12 turned "
        "out to exceed 7%; "
        "where it was less than 1 in 10, none of 9 turned out to exceed 7%."
    )


def test_judgements_that_all_came_are_told_as_all() -> None:
    record = record_of([*made(0.95, met=12, of=12), *made(0.05, met=0, of=9)])

    assert "给出九成以上可能性的12次全部超过7%" in told(record, ZH)
    assert "at least 9 in 10, all 12 turned out to exceed 7%" in told(record, EN)


def test_without_sure_judgements_the_headline_compares_the_averages() -> None:
    record = record_of(made(0.45, met=9, of=20))

    assert told(record, ZH, SAMPLE) == (
        "过去2年、每年4个时点，示例开发区固定资产投资共20次研判，平均给出45%的把握，"
        "实际超过7%的占45%。"
    )
    assert told(record, EN, SAMPLE).endswith(
        "The chance stated was 45% on average; in 45% of cases it turned out to exceed 7%."
    )


@pytest.mark.parametrize(
    ("issued", "simple", "zh", "size"),
    [
        (0.060, 0.044, "不如简单外推", "误差大36%"),
        (0.044, 0.060, "好于简单外推", "误差小27%"),
        (0.060, 0.061, "与简单外推相当", "误差小2%"),
        (0.060, 0.060, "与简单外推相当", "误差相同"),
        (0.060, 0.000, "不如简单外推", "简单外推各次均准确"),
    ],
)
def test_the_number_is_honest_about_the_simple_forecast(
    issued: float, simple: float, zh: str, size: str
) -> None:
    scores = BrierScores(20, issued, simple, 0.2)

    assert track_sentences.skill(scores.on_simple, ZH) == zh
    assert track_sentences.size(scores.on_simple, ZH) == size


def test_the_picture_is_described_for_those_who_cannot_see_it() -> None:
    bins = (Bin(0.0, 0.1, 9, 0, 0.05, 0.0, 0.3), Bin(0.9, 1.0, 12, 11, 0.95, 0.65, 0.99))
    period = ScoredYears((), BrierScores(21, 0.1, 0.1, 0.1), bins)

    assert track_sentences.picture_alt(period, "平稳年份", NATION, ZH) == (
        "全国平稳年份的可靠性图：给出0—10%的9次，实际占0%、给出90—100%的12次，实际占92%。"
    )


def test_the_words_of_a_target_are_used_where_it_is_the_areas_own() -> None:
    assert track_sentences.chance_word(SAMPLE, ZH) == "把握"
    assert track_sentences.chance_word(replace(SAMPLE, reference=True), ZH) == "可能性"
