"""Waterfalls as pages draw them: one bar below the other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec, encoded, finish, rows_of
from ui.charts.waterfall_content import Waterfall
from ui.language import format as fmt

ROW, HEAD, FOOT = 32, 24, 18
LEFT, RIGHT = 210, 60
MOST_MARKS = 5
SMALLER = alt.ExprRef("width < 480 ? 10 : 12")
"""Points of the axis labels, which stand close together on a phone."""
_STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """What the scale shows.

    Attributes
    ----------
    room
        On either side of what the bars span.
    low, high
        Beyond which no value lies.
    """

    room: float
    low: float
    high: float


PROBABILITY = Axis(6.0, 0.0, 100.0)
GROWTH = Axis(0.6, -math.inf, math.inf)


@cache
def waterfall_spec(rows: int, *, dark: bool) -> Spec:
    """Return the constant spec for a number of rows, both ends among them."""
    colours, height = palette(dark=dark), HEAD + rows * ROW + FOOT
    left = alt.ExprRef(f"min({LEFT}, width * 0.45)")
    x_scale = alt.Scale(domain=[0, 1], nice=False, range=[left, alt.ExprRef(f"width - {RIGHT}")])
    y_scale = alt.Scale(domain=[0, rows], nice=False, range=[HEAD, HEAD + rows * ROW])
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=None)

    def bar(name: str, colour: str) -> alt.Chart:
        mark = rows_of(name).mark_rule(color=colours[colour], strokeWidth=16)
        return encoded(mark, x=x, x2=alt.X2("x2"), y=y)

    def text(name: str, **style: Any) -> alt.Chart:
        mark = rows_of(name).mark_text(baseline="middle", fontSize=13, **style)
        return encoded(mark, y=y, text="text:N")

    layers = [
        rows_of("mark").mark_rule(color=colours["line"]).encode(x=x),
        rows_of("mark")
        .mark_text(color=colours["ink3"], baseline="bottom", fontSize=SMALLER)
        .encode(x=x, y=alt.value(HEAD - 8), text="text:N"),
        rows_of("joint")
        .mark_rule(color=colours["ink3"], strokeWidth=1)
        .encode(x=x, y=y, y2=alt.Y2("y2")),
        bar("end", "ink2"),
        bar("up", "acc"),
        bar("down", "fall"),
        text("name", color=colours["ink"], align="left").encode(x=alt.value(0)),
        text("figure", color=colours["ink"], align="left", dx=8, fontWeight=600).encode(x=x),
        rows_of("stamp")
        .mark_text(color=colours["ink3"], align="right", baseline="bottom", fontSize=10)
        .encode(x=alt.value(alt.ExprRef("width - 2")), y=alt.value(height - 2), text="text:N"),
    ]
    return finish(list(layers), height, FONT)


def waterfall_data(chart: Waterfall, axis: Axis) -> pd.DataFrame:
    """Return the rows of a waterfall, from the top down."""
    levels = chart.levels
    frame = AxisRange(
        max(min(levels) - axis.room, axis.low), min(max(levels) + axis.room, axis.high)
    )
    rows = Rows(frame)
    _add_marks(rows)
    for place, (bar, ends) in enumerate(zip(chart.bars, chart.spans, strict=True)):
        y = place + 0.5
        end = place in (0, len(levels))
        start, stop = frame.low if end else ends[0], ends[1]
        left, right = sorted(map(frame.place, (start, stop)))
        kind = "end" if end else ("up" if bar.size > 0 else "down")
        rows.add("name", y=y, text=bar.name)
        if not end:
            rows.add("joint", x=frame.place(start), y=y - 1, y2=y)
        rows.add(kind, x=left, x2=right, y=y)
        rows.add("figure", x=right, y=y, text=bar.text)
    if chart.stamp:
        rows.add("stamp", text=chart.stamp)
    return rows.data()


def _add_marks(rows: Rows) -> None:
    low, high = rows.frame.low, rows.frame.high
    step = next((step for step in _STEPS if (high - low) / step <= MOST_MARKS), high - low)
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        value = number * step
        rows.add("mark", x=rows.frame.place(value), text=fmt.threshold(value))
