"""The charts of what changes: the waterfall, now and after, and a series under review."""

from __future__ import annotations

import pandas as pd
import pytest

from forecasting.figures.period import Month
from tests.ui.speakers import ZH
from ui.charts.dumbbell import Pair, dumbbell_data
from ui.charts.revisions import MOST_LABELS, MOST_MONTHS, Point, review_data
from ui.charts.waterfall_content import Waterfall, WaterfallBar
from ui.charts.waterfall_vega import GROWTH, PROBABILITY, Axis, waterfall_data
from ui.language import format as fmt


def part(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame[frame["part"] == name]


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    return part(frame, name)["text"].tolist()


def rows_of(
    before: float, steps: dict[str, float], after: float, axis: Axis, stamp: str = ""
) -> pd.DataFrame:
    ends = (
        WaterfallBar(name, size, f"{size:g}%")
        for name, size in (("版本1", before), ("版本2", after))
    )
    bars = tuple(WaterfallBar(name, size, fmt.signed(size)) for name, size in steps.items())
    first, last = ends
    return waterfall_data(Waterfall(first, bars, last, stamp), axis)


def falls_after_a_rise() -> pd.DataFrame:
    return rows_of(30.0, {"数据": 10.0, "模型": -5.0}, 35.0, PROBABILITY)


def test_each_bar_of_a_waterfall_starts_where_the_one_above_ended() -> None:
    frame = falls_after_a_rise()
    (start, end), up, down = part(frame, "end")["x2"], part(frame, "up"), part(frame, "down")

    assert up["x"].tolist() == pytest.approx([start])
    assert up["x2"].tolist() == pytest.approx(down["x2"].tolist())
    assert down["x"].tolist() == pytest.approx([end])
    assert part(frame, "joint")["x"].tolist() == pytest.approx([start, *up["x2"]])


def test_a_waterfall_writes_both_ends_and_the_points_of_every_step() -> None:
    frame = falls_after_a_rise()

    assert texts(frame, "name") == ["版本1", "数据", "模型", "版本2"]
    assert texts(frame, "figure") == ["30%", "+10.0", "−5.0", "35%"]
    assert texts(frame, "mark") == ["25%", "30%", "35%", "40%", "45%"]
    assert part(frame, "stamp").empty


def test_a_waterfall_of_probabilities_never_leaves_0_to_1_and_one_of_growth_may() -> None:
    low = rows_of(1.0, {"b": 98.0}, 99.0, PROBABILITY)
    fall = rows_of(0.5, {"b": -1.5}, -1.0, GROWTH, stamp="模拟数据")

    assert part(low, "end")["x2"].tolist() == pytest.approx([0.01, 0.99])
    assert texts(low, "figure") == ["1%", "+98.0", "99%"]
    assert texts(fall, "figure") == ["0.5%", "−1.5", "-1%"]
    assert "−1%" in texts(fall, "mark")
    assert texts(fall, "stamp") == ["模拟数据"]


def test_what_is_there_only_now_or_only_after_has_one_end_and_no_line() -> None:
    pairs = [Pair("全部", 0.2, 0.4), Pair("新增", None, 0.5), Pair("不再计入", 0.6, None)]

    frame = dumbbell_data(pairs, ZH, synthetic=True)

    assert texts(frame, "figures") == ["20% → 40%", "— → 50%", "60% → —"]
    assert part(frame, "now")["x"].tolist() == [0.2, 0.6]
    assert part(frame, "after")["x"].tolist() == [0.4, 0.5]
    assert part(frame, "step")[["x", "x2"]].to_numpy().tolist() == [[0.2, 0.4]]
    assert texts(frame, "stamp") == ["模拟数据"]


def quarters(count: int) -> list[Month]:
    return [Month(2020 + k // 4, 3 * (k % 4) + 3) for k in range(count)]


def reviewed(points: list[Point], target: float | None = None) -> pd.DataFrame:
    return review_data(points, target, ZH, synthetic=False)


def test_a_revision_goes_from_the_stored_figure_to_the_new_one_and_the_line_follows_it() -> None:
    first, second, third = quarters(3)
    points = [Point(first, 5.0, None), Point(second, 6.0, 7.0), Point(third, None, 6.5)]

    frame = reviewed(points, target=7.0)

    (step,) = part(frame, "step").itertuples()
    old, new = part(frame, "old"), part(frame, "new")
    assert (step.y, step.y2) == (old["y"].item(), new["y"].iloc[0])
    assert part(frame, "line")["y"].tolist()[1:] == new["y"].tolist()
    assert texts(frame, "label") == ["6 → 7", "6.5"]
    assert texts(frame, "target_label") == ["目标7%"]
    assert part(frame, "target")["y"].item() == new["y"].iloc[0]


def test_a_doubtful_figure_stands_apart_and_the_line_stays_at_what_is_stored() -> None:
    first, second = quarters(2)

    frame = reviewed([Point(first, 5.0, None), Point(second, 5.0, 6.0, doubtful=True)])

    assert part(frame, "new").empty
    assert len(part(frame, "doubtful")) == 1
    assert part(frame, "line")["y"].nunique() == 1


def test_a_figure_far_from_all_others_becomes_a_triangle_and_flattens_nothing() -> None:
    points = [Point(month, 5.0 + k % 3, None) for k, month in enumerate(quarters(11))]
    points.append(Point(Month(2022, 12), None, 61000.0))

    frame = reviewed(points)

    assert texts(frame, "beyond") == ["61,000"]
    assert part(frame, "label").empty
    assert part(frame, "line")["y"].iloc[:11].max() - part(frame, "line")["y"].iloc[:11].min() > 0.1


def test_only_the_latest_years_are_drawn_and_many_new_figures_have_no_labels() -> None:
    points = [Point(month, None, 5.0) for month in quarters(40)]

    frame = reviewed(points)

    assert len(part(frame, "new")) == MOST_MONTHS // 3 > MOST_LABELS
    assert part(frame, "label").empty
    assert part(frame, "new")["x"].between(0, 1).all()
