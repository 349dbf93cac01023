"""What moves the all-clear most: the chart, its words, and where it stands on the page."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import dials_of, response
from forecasting.scenario.tornado import BarKind, Swing, Tornado, TornadoBar, tornado
from tests.ui.scenarios import applied, at_rest, baseline, indicators
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.charts.tornado import Row, Side, tornado_data, tornado_spec
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook.sentences import plain
from ui.scenario.explore.sentences import (
    bar_name,
    dial_remarks,
    is_flat,
    is_still,
    setting_name,
    tornado_sentence,
)


def part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame["part"] == name]


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    return part(frame, name)["text"].tolist()


def drawn(*rows: Row, stamp: str = "", least: float = 2.0) -> pd.DataFrame:
    return tornado_data(rows, fmt.signed, least=least, stamp=stamp)


def test_gains_stand_right_of_zero_and_losses_left_with_figure_and_setting_at_their_ends() -> None:
    row = Row("在建项目完成投资", (Side(-22.0, "减少2亿元"), Side(20.0, "增加3亿元")))
    frame = drawn(row, stamp="模拟数据")

    zero = part(frame, "zero")["x"].item()
    gain, loss = part(frame, "gain"), part(frame, "loss")
    assert gain["x"].item() == loss["x2"].item() == zero
    assert (loss["x"].item(), gain["x2"].item()) == pytest.approx((0.0, 1.0))
    assert part(frame, "gain_figure")["x"].item() == pytest.approx(1.0)
    assert part(frame, "loss_figure")["x"].item() == pytest.approx(0.0)
    assert (texts(frame, "gain_figure"), texts(frame, "loss_figure")) == (["+20.0"], ["−22.0"])
    assert (texts(frame, "gain_setting"), texts(frame, "loss_setting")) == (
        ["增加3亿元"],
        ["减少2亿元"],
    )
    assert texts(frame, "name") == ["在建项目完成投资"]
    assert texts(frame, "mark") == ["−20", "0", "+20"]
    assert texts(frame, "stamp") == ["模拟数据"]


def test_a_turn_that_does_nothing_stands_opposite_the_other() -> None:
    frame = drawn(
        Row("甲", (Side(0.0, "少"), Side(3.0, "多"))),
        Row("乙", (Side(0.0, "早"), Side(-3.0, "晚"))),
        Row("丙", (Side(0.0, "少"), Side(0.0, "多"))),
    )

    assert texts(frame, "loss_setting") == ["少", "晚", "少"]
    assert texts(frame, "gain_setting") == ["多", "早", "多"]


def test_two_turns_on_one_side_share_the_height_of_the_row() -> None:
    frame = drawn(Row("甲", (Side(-3.0, "少"), Side(-1.0, "多"))))

    first, second = part(frame, "loss").itertuples()
    assert first.y2 < second.y
    assert part(frame, "gain").empty


def test_changes_that_are_nearly_nothing_are_not_drawn_over_the_whole_width() -> None:
    frame = drawn(Row("甲", (Side(-0.02, "少"), Side(0.02, "多"))))

    assert part(frame, "gain")["x2"].item() - part(frame, "loss")["x"].item() == pytest.approx(0.02)


def test_the_spec_depends_on_nothing_but_the_number_of_rows_and_the_theme() -> None:
    assert tornado_spec(3, dark=False) is tornado_spec(3, dark=False)
    assert tornado_spec(3, dark=False) != tornado_spec(4, dark=False)
    assert "datasets" not in str(tornado_spec(3, dark=True))


PROJECT = Project("07", "物流二期", started=Quarter(2026, 4), start_probability=0.6)
STEP = Swing(0.0, 0.5, 0.1, 0.1)


@pytest.mark.parametrize(
    ("entry", "action", "amount", "zh", "en"),
    [
        (Lever(LeverKind.NEW_STARTS, 0.0), BarKind.VALUE, 2.0, "增加2亿元", "CNY 200m more"),
        (Lever(LeverKind.TAX, 0.0), BarKind.VALUE, -1000.0, "减少1,000万元", "CNY 10m less"),
        (Lever(LeverKind.PRODUCER_PRICES, 0.0), BarKind.VALUE, -2.0, "低2%", "2% lower"),
        (Lever(LeverKind.STOPPAGE, 0.0), BarKind.VALUE, 6.0, "增加6天", "6 days more"),
        (
            Amount("gdp", 1.0, points=True),
            BarKind.VALUE,
            2.0,
            "增加2.0个百分点",
            "2.0 percentage points more",
        ),
        (Amount("fixed_asset_investment", 1.0), BarKind.VALUE, -0.5, "减少0.5亿元", "CNY 50m less"),
        (PointLever("客流", "gdp", 1.0, 0.4), BarKind.VALUE, 0.5, "上调0.5档", "up by 0.5"),
        (PROJECT, BarKind.DATES, -1.0, "提前1个季度", "1Q earlier"),
        (PROJECT, BarKind.DATES, 1.0, "推迟1个季度", "1Q later"),
        (PROJECT, BarKind.CHANCE, -0.3, "调至30%", "set to 30%"),
    ],
)
def test_how_far_something_is_turned_is_said_in_its_own_unit(
    entry: Lever | Amount | PointLever | Project, action: BarKind, amount: float, zh: str, en: str
) -> None:
    step = replace(STEP, amount=amount)
    bar = TornadoBar(entry, action, 0.6 if action is BarKind.CHANCE else 0.0, None, step)

    assert setting_name(bar, step, indicators(), ZH) == zh
    assert setting_name(bar, step, indicators(), EN) == en


def test_a_project_has_one_row_for_its_dates_and_one_for_its_chance() -> None:
    bars = [
        TornadoBar(PROJECT, action, 0.0, None, STEP) for action in (BarKind.DATES, BarKind.CHANCE)
    ]

    assert [bar_name(bar, indicators(), ZH) for bar in bars] == [
        "物流二期时间节点",
        "物流二期开工概率",
    ]


def bar(name: str, down: float | None, up: float | None) -> TornadoBar:
    steps = [
        None if change is None else Swing(amount, 0.4 + change, change, change)
        for amount, change in ((-1.0, down), (1.0, up))
    ]
    return TornadoBar(Amount("gdp", 0.0, name, points=True), BarKind.VALUE, 0.0, *steps)


def said(*bars: TornadoBar, say: Speaker = ZH) -> str:
    return plain(tornado_sentence(Tornado(0.4, bars), at_rest(), indicators(), say))


def test_the_sentence_names_what_moves_most_both_ways() -> None:
    assert said(bar("甲", -0.2, 0.1)) == (
        "单独改动一项，地区生产总值拉动（甲）影响最大：增加1.0个百分点，总体把握由40%升至50%；"
        "减少1.0个百分点，降至20%。"
    )


def test_the_sentence_adds_what_gains_most_where_that_is_something_else() -> None:
    text = said(bar("甲", -0.2, 0.1), bar("乙", None, 0.15))

    assert text.endswith(
        "提升最多的是地区生产总值拉动（乙）：增加1.0个百分点，总体把握由40%升至55%。"
    )
    assert "提升最多" not in said(bar("甲", -0.2, 0.1), bar("乙", None, 0.05))


def test_where_nothing_is_seen_to_move_the_sentence_says_so() -> None:
    hardly = bar("甲", -0.001, 0.001)
    elsewhere = replace(hardly, up=Swing(1.0, 0.4, 0.0, 0.3))

    assert is_still(Tornado(0.4, (hardly,)))
    assert said(hardly) == "单独改动任何一项，总体把握（40%）都几乎不变。"
    assert is_flat(Tornado(0.4, (elsewhere,)))
    assert not is_still(Tornado(0.4, (elsewhere,)))
    assert said(elsewhere).endswith("下图改列预计达标项数的变化。")
    assert said() == "没有可以单独改动的抓手。"


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_bar_of_the_zone_has_a_name_and_settings(say: Speaker) -> None:
    found = tornado(baseline(), Scenario(projects=(PROJECT,)), partly=True)

    assert found is not None
    assert found.bars
    assert tornado_sentence(found, applied(Scenario()).outlook, indicators(), say)
    for one in found.bars:
        assert bar_name(one, indicators(), say)


def test_what_cannot_be_turned_is_listed_with_what_it_lacks() -> None:
    levels = {
        name: level for name, level in baseline().levels.items() if name != "industrial_value_added"
    }
    poor = replace(baseline(), levels=levels)
    reached = {line.target.indicator for line in poor.standing}
    picture = response(poor, Scenario(), dials_of(Scenario(), reached), partly=True)

    lacking, unmeasured = dial_remarks(picture.dials, (), indicators(), ZH)

    assert "小升规企业（缺企业自身增速）" in lacking
    assert "停产、限产（缺占规上工业比重）" in lacking
    assert "税收增减" not in lacking
    assert "规模以上工业增加值" in unmeasured
