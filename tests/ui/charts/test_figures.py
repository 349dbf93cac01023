"""The figures of a chart that can be kept are those that it draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from tests.ui.outlooks import make_verdict
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.charts.dumbbell import Pair
from ui.charts.fan_content import fan_of
from ui.charts.figures import (
    fan_figures,
    pair_figures,
    quarter_figures,
    waterfall_figures,
)
from ui.charts.waterfall_content import Waterfall, WaterfallBar
from ui.language import Speaker


@pytest.mark.parametrize("say", SPEAKERS)
def test_a_fan_gives_what_is_known_and_the_quantiles_ahead(say: Speaker) -> None:
    verdict = make_verdict(0.46, ytd=(5.4, 6.1, 6.2), median=7.0)
    fan = fan_of(verdict, 2026, say)

    figures = fan_figures(fan, "投资", 2026, say)

    assert figures.head[2:] == ("2.5%", "10%", "25%", "50%", "75%", "90%", "97.5%")
    known = [row for row in figures.rows if row[1]]
    assert [row[1] for row in known][-3:] == ["5.4", "6.1", "6.2"]
    (ahead,) = [row for row in figures.rows if not row[1]]
    assert ahead[0] == ("2026年全年" if say is ZH else "full year 2026")
    assert ahead[5] == "7.00"
    assert all(len(row) == len(figures.head) for row in figures.rows)


def test_quarters_are_of_the_year_to_their_ends_or_alone() -> None:
    values = {Quarter(2026, 1): 5.04, Quarter(2026, 2): float("nan"), Quarter(2026, 3): -1.25}

    ytd = quarter_figures(values, "投资", ZH, single=False)
    single = quarter_figures(values, "投资", EN, single=True)

    assert ytd.rows == [["2026年一季度", "5.0"], ["2026年前三季度", "−1.3"]]
    assert [row[0] for row in single.rows] == ["Q1 2026", "Q3 2026"]


def test_bars_and_pairs_are_written_as_they_are_drawn() -> None:
    bars = Waterfall(
        WaterfallBar("前", 45.0, "45%"), (WaterfallBar("新数据", -7.0, "−7.0"),),
        WaterfallBar("后", 38.0, "38%"),
    )  # fmt: skip

    assert [*waterfall_figures(bars, "", ZH).rows] == [
        ["前", "45%"], ["新数据", "−7.0"], ["后", "38%"],
    ]  # fmt: skip
    pair = Pair("投资", None, 0.5)
    assert pair_figures([pair, replace(pair, now=0.2)], "", ZH).rows == [
        ["投资", "", "50%"], ["投资", "20%", "50%"],
    ]  # fmt: skip
