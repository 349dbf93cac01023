import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from forecasting.figures.indicator import Comparator
from forecasting.figures.period import Quarter
from forecasting.models.predictive import ModelReport, Outlier, OutlierKind
from tests.ui.outlooks import line, make_outlook, make_verdict
from tests.ui.report.snapshots import SEPTEMBER, ZONE, full, make_snapshot, six
from tests.ui.speakers import ZH
from ui.charts.fan_content import KnownFigure
from ui.charts.palette import palette
from ui.charts.waterfall_content import Waterfall, WaterfallBar
from ui.report.document import indicators, why_it_moved
from ui.report.document.blocks import FanPicture, WaterfallPicture
from ui.report.render import charts_svg


def fan_of(**options: object) -> FanPicture:
    verdict = make_verdict(0.46, **options)  # type: ignore[arg-type]
    return indicators.fan_picture(
        verdict, make_snapshot(make_outlook(0.46, verdict, area=ZONE)), ZH, large=True
    )


def test_a_file_carries_its_own_colours_and_is_xml() -> None:
    drawn = charts_svg.fan(fan_of(), "k", charts_svg.rules(palette(dark=False)))

    root = ElementTree.fromstring(drawn)

    assert root.tag.endswith("svg")
    assert "#1F5E66" in drawn
    assert "var(" not in drawn


@pytest.mark.parametrize("large", [True, False])
def test_the_target_stands_at_one_height_in_every_fan(large: bool) -> None:
    outlook = six(0.38)
    heights = set()
    for verdict in outlook.verdicts:
        drawn = charts_svg.fan(
            indicators.fan_picture(verdict, make_snapshot(outlook), ZH, large=large), "k"
        )
        heights |= set(re.findall(r'class="tg" x1="[\d.]+" y1="([\d.]+)"', drawn))

    assert len(heights) == 1


def test_everything_is_drawn_within_its_frame() -> None:
    picture, growth = fan_of(), {0: 29_924.0, 1: -52.0, 4: 5.4, 5: 6.1}
    known = tuple(
        KnownFigure(Quarter(2025, 1) + position, position, value)
        for position, value in growth.items()
    )
    wild = replace(picture, fan=replace(picture.fan, known=known))

    drawn = charts_svg.fan(wild, "k")

    width, height = charts_svg.LARGE
    for points in re.findall(r'd="M([^"]*?)Z?"', drawn):
        pairs = [tuple(map(float, pair.split())) for pair in points.split("L")]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in pairs)
    assert ">29,924<" in drawn


def test_what_meets_a_ceiling_is_filled_below_the_line() -> None:
    ceiling = charts_svg.fan(fan_of(target=line(Comparator.AT_MOST, 7.0)), "k")
    floor = charts_svg.fan(fan_of(), "k")

    def height(drawn: str, word: str) -> float:
        (found,) = re.findall(rf'y="([\d.]+)"[^>]*>{word}<', drawn)
        return float(found)

    assert height(ceiling, "达到目标") > height(ceiling, "未达到")
    assert height(floor, "达到目标") < height(floor, "未达到")


def test_bars_of_a_waterfall_hang_where_the_last_one_ended() -> None:
    section = why_it_moved.change_section(full(), ZH)
    assert section is not None
    (chart,) = [block for block in section.blocks if isinstance(block, WaterfallPicture)]

    drawn = charts_svg.waterfall(chart, "t", "k")

    rows = re.findall(
        r'<rect class="(\w+)" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', drawn
    )
    kinds = [kind for kind, _, _ in rows]
    tops = [float(top) for _, top, _ in rows]
    lows = [float(top) + float(height) for _, top, height in rows]
    assert kinds == ["a2", "ac", "bf", "ac", "a3", "a2"]
    assert lows[1] == pytest.approx(tops[0], abs=0.2)
    assert tops[2] == pytest.approx(tops[1], abs=0.2)
    assert lows[3] == pytest.approx(lows[2], abs=0.2)
    assert tops[5] == pytest.approx(tops[3], abs=0.2)


def test_a_waterfall_from_next_to_nothing_is_drawn() -> None:
    end = WaterfallBar("a", 0, "<1%")
    chart = Waterfall(end, (WaterfallBar("b", 0, "0"),), end)

    drawn = charts_svg.waterfall(WaterfallPicture(chart, "c", "alt"), "t", "k")

    heights = re.findall(r'<rect[^>]* height="([\d.]+)"', drawn)
    assert [float(height) for height in heights] == [1.6, 1.6, 1.6]


@pytest.mark.parametrize("filled", [0, 38, 99])
def test_as_many_dots_are_filled_as_times_in_a_hundred(filled: int) -> None:
    drawn = charts_svg.dots(filled, "alt", "k")
    parts = dict(re.findall(r'<path class="(\w+)" d="([^"]*)"', drawn))

    assert parts.get("ac", "").count("M") == filled
    assert parts["ol"].count("M") == 100 - filled


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("median", [6.3, 6.8, 6.9, 7.0, 7.1, 7.2, 8.3, -12.3])
def test_no_line_runs_through_the_figure_at_the_end(median: float, large: bool) -> None:
    verdict = make_verdict(0.46, ytd=SEPTEMBER, median=median)
    chart = indicators.fan_picture(
        verdict, make_snapshot(make_outlook(0.46, verdict, area=ZONE)), ZH, large=large
    )

    drawn = charts_svg.fan(chart, "k")

    (line_at,) = {float(y) for y in re.findall(r'class="tg" x1="[\d.]+" y1="([\d.]+)"', drawn)}
    ((left, foot),) = re.findall(rf'x="([\d.]+)" y="([\d.]+)"[^>]*>{chart.fan.end}<', drawn)
    assert not line_at - 2 < float(foot) < line_at + 13
    size = charts_svg.LARGE if large else charts_svg.SMALL
    room = min([float(x) for x in re.findall(r'class="ol" d="M([\d.]+)', drawn)] or [size[0]])
    assert float(left) + 8 * len(chart.fan.end) < room


def test_a_picture_rings_outliers_and_names_each_kind_once() -> None:
    kinds = {2: OutlierKind.ADDITIVE, 3: OutlierKind.DEFINITION, 4: OutlierKind.ADDITIVE}
    outliers = tuple(Outlier(Quarter(2025, q), kind, 9.0) for q, kind in kinds.items())
    model = ModelReport("sarima", (0, 1, 1), None, (), outliers, 40, ())
    verdict = replace(make_verdict(0.46), model=model)
    outlook = make_outlook(0.46, verdict, area=ZONE)

    drawn = charts_svg.fan(
        indicators.fan_picture(verdict, make_snapshot(outlook), ZH, large=False), "k"
    )

    assert drawn.count('<circle class="rg"') == 3
    assert re.findall(">(异常季度|口径变更)<", drawn) == ["异常季度", "口径变更"]


def test_what_is_not_published_is_hollow_and_the_picture_says_what_that_means() -> None:
    verdict = make_verdict(0.46, ytd=SEPTEMBER)
    flash = replace(verdict.history, unpublished=frozenset({Quarter(2026, 3)}))
    drawn = []
    for one in (verdict, replace(verdict, history=flash)):
        chart = indicators.fan_picture(
            one, make_snapshot(make_outlook(0.46, one, area=ZONE)), ZH, large=True
        )
        drawn.append(charts_svg.fan(chart, "k"))

    points = [re.findall(r'<circle class="(a1|hw)"', one) for one in drawn]
    assert points == [["a1", "a1", "a1"], ["a1", "a1", "hw", "hw"]]  # the last beside the words
    assert "内部快报，尚未公布" not in drawn[0]
    assert "内部快报，尚未公布</text>" in drawn[1]
    assert "6.2%（内部快报）" in drawn[1]  # heard by who cannot see it
