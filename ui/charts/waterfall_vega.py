"""Waterfalls as pages draw them: one bar below the other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from ui.charts import vega
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec
from ui.charts.waterfall_content import Waterfall
from ui.language import format as fmt

ROW, HEAD, FOOT = 32, 24, 18
LEFT, RIGHT = 210, 60
MOST_MARKS = 5
SMALLER = vega.expression("width < 480 ? 10 : 12")
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
    left = vega.expression(f"min({LEFT}, width * 0.45)")
    x = vega.along(vega.scale((0, 1), (left, vega.expression(f"width - {RIGHT}"))), "x")
    y = vega.along(vega.scale((0, rows), (HEAD, HEAD + rows * ROW)), "y")

    def bar(part: str, colour: str) -> Spec:
        channels = {"x": x, "x2": vega.until("x2"), "y": y}
        return vega.drawn(part, "rule", channels, color=colours[colour], strokeWidth=16)

    def text(part: str, place: Spec, **style: Any) -> Spec:
        style = {"color": colours["ink"], "baseline": "middle", "fontSize": 13} | style
        return vega.drawn(part, "text", {"x": place, "y": y, "text": vega.TEXT}, **style)

    layers = [
        vega.drawn("mark", "rule", {"x": x}, color=colours["line"]),
        vega.drawn("mark", "text", {"x": x, "y": vega.value(HEAD - 8), "text": vega.TEXT},
              color=colours["ink3"], baseline="bottom", fontSize=SMALLER),
        vega.drawn("joint", "rule", {"x": x, "y": y, "y2": vega.until("y2")},
              color=colours["ink3"], strokeWidth=1),
        bar("end", "ink2"),
        bar("up", "acc"),
        bar("down", "fall"),
        text("name", vega.value(0), align="left"),
        text("figure", x, align="left", dx=8, fontWeight=600),
        vega.stamp(colours, height - 2),
    ]  # fmt: skip
    return vega.finish(layers, height, FONT)


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
