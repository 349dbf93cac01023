"""Bars of gaps and fans of years, as pages draw them."""

from __future__ import annotations

import pandas as pd
import pytest

from forecasting.outlook.quantiles import Quantiles
from ui.charts.bars import BarGroup, first_bars, parted
from ui.charts.gap_bars_content import MOST, GapBar, GapBars, attained
from ui.charts.gap_bars_vega import gap_data, gap_spec, height_of
from ui.charts.year_fan_content import MOST_BEFORE, YearFan
from ui.charts.year_fan_vega import year_fan_data, year_fan_spec


def rows_of(data: pd.DataFrame, part: str) -> pd.DataFrame:
    return data[data.part == part]


def bar(reached: float, *others: float) -> GapBar:
    return GapBar("进出口总额", reached, attained(reached), others, "句")


def test_a_bar_ends_at_what_is_reached_and_beyond_the_scale_says_so() -> None:
    groups = (BarGroup("对外开放", (bar(0.3, 0.1, 3.0), bar(4.0))), BarGroup("质量", (bar(0.5),)))
    gaps = GapBars(groups, stamp="模拟数据")

    data = gap_data(gaps)

    assert rows_of(data, "bar").x2.tolist() == [0.3, MOST, 0.5]
    assert len(rows_of(data, "beyond")) == 1
    assert rows_of(data, "other").x.tolist() == [0.1]  # the other stands outside the scale
    assert rows_of(data, "line").x.tolist() == [1.0]
    assert rows_of(data, "figure").text.tolist() == ["30%", "400%", "50%"]
    places = rows_of(data, "bar").y.tolist()
    assert places == sorted(places)
    assert max(places) < height_of(gaps)
    assert set(rows_of(data, "hover").text) == {"句"}
    assert len(rows_of(data, "stamp")) == 1


def test_bars_are_parted_evenly_and_keep_their_titles() -> None:
    groups = (BarGroup("一", (1, 2, 3, 4)), BarGroup("二", (5, 6, 7)))

    assert list(parted(groups, 5)) == [
        (BarGroup("一", (1, 2, 3, 4)),),
        (BarGroup("二", (5, 6, 7)),),
    ]
    assert [sum(len(one.bars) for one in part) for part in parted(groups, 3)] == [3, 3, 1]
    assert list(parted(groups, 3))[1] == (BarGroup("一", (4,)), BarGroup("二", (5, 6)))
    assert list(parted((), 3)) == []
    assert first_bars(groups, 5) == (BarGroup("一", (1, 2, 3, 4)), BarGroup("二", (5,)))


@pytest.mark.parametrize(("ratio", "text"), [(0.031, "3.1%"), (0.754, "75%"), (1.03, "103%")])
def test_a_small_share_keeps_a_decimal(ratio: float, text: str) -> None:
    assert attained(ratio) == text


def fan(**changes: object) -> YearFan:
    spread = Quantiles(90.0, 95.0, 98.0, 100.0, 102.0, 105.0, 110.0)
    values: dict[str, object] = {
        "known": tuple((year, 80.0 + year - 2018) for year in range(2018, 2026)),
        "fan": ((2026, spread), (2027, spread)), "rivals": ((104.0, 108.0), (1e6, 1e6)),
        "scale": 1.0, "wanted": (2027, 120.0), "wanted_text": "120亿元",
        "told": ((2025, "2025年"), (2027, "2027年")), "stamp": "",
    }  # fmt: skip
    return YearFan(**(values | changes))  # type: ignore[arg-type]


def test_a_fan_of_years_shows_the_last_years_and_opens_at_the_last_of_them() -> None:
    data = year_fan_data(fan())

    assert rows_of(data, "year_label").text.tolist() == [str(y) for y in range(2021, 2028)]
    assert len(rows_of(data, "point")) == MOST_BEFORE
    depths = rows_of(data, "fan")
    assert depths.iloc[0].q0 == depths.iloc[0].q6
    assert depths.iloc[1].q0 < depths.iloc[1].q6
    assert rows_of(data, "wanted_label").text.tolist() == ["120亿元"]
    assert 0 < rows_of(data, "wanted").y.iloc[0] < 1
    assert set(rows_of(data, "rival").group) == {"0"}  # the other is far outside the frame
    assert len(rows_of(data, "hover")) == 2


def test_what_is_wanted_beyond_the_years_shown_has_no_ring() -> None:
    assert rows_of(year_fan_data(fan(wanted=(2040, 120.0))), "wanted").empty
    assert rows_of(year_fan_data(fan(wanted=None)), "wanted").empty


def test_specs_are_made_once_for_each_theme() -> None:
    assert gap_spec(200, dark=False) is gap_spec(200, dark=False)
    assert year_fan_spec(dark=True) is not year_fan_spec(dark=False)
