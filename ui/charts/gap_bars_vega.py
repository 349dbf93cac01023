"""Bars of gaps as pages draw them."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.bars import count_of
from ui.charts.gap_bars_content import MARKS, MOST, GapBars
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec, encoded, finish, rows_of

HEAD, CLASS, ITEM, FOOT = 24, 34, 44, 16
"""Heights in pixels: of the scale above, of the name of a class, of an item, of what lies below."""
BAR = 12
_WHOLE = AxisRange(0.0, MOST)


def height_of(gaps: GapBars) -> int:
    """Return how high the picture is, in pixels."""
    return HEAD + CLASS * len(gaps.groups) + ITEM * count_of(gaps.groups) + FOOT


@cache
def gap_spec(height: int, *, dark: bool) -> Spec:
    """Return the constant spec of pictures of one height."""
    colours = palette(dark=dark)
    end = alt.ExprRef("width - 14")
    x_scale = alt.Scale(domain=[0, MOST], nice=False, range=[2, end])
    y_scale = alt.Scale(domain=[0, height], nice=False, range=[0, height])
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=None)

    def text(name: str, colour: str, **style: Any) -> alt.Chart:
        mark = rows_of(name).mark_text(color=colours[colour], baseline="bottom", **style)
        return encoded(mark, y=y, text="text:N")

    def at(chart: alt.Chart, place: Any) -> alt.Chart:
        return encoded(chart, x=alt.value(place))

    layers = [
        rows_of("mark")
        .mark_rule(color=colours["line"])
        .encode(x=x, y=alt.value(HEAD), y2=alt.value(height - FOOT)),
        encoded(
            rows_of("mark").mark_text(color=colours["ink3"], baseline="bottom", fontSize=12),
            x=x, y=alt.value(HEAD - 6), text="text:N",
        ),
        rows_of("line")
        .mark_rule(color=colours["ink"])
        .encode(x=x, y=alt.value(HEAD), y2=alt.value(height - FOOT)),
        rows_of("track").mark_bar(color=colours["b95"], height=BAR, cornerRadius=0)
        .encode(x=x, x2=alt.X2("x2"), y=y),
        rows_of("bar").mark_bar(color=colours["acc"], height=BAR, cornerRadius=0)
        .encode(x=x, x2=alt.X2("x2"), y=y),
        rows_of("other")
        .mark_tick(color=colours["ink2"], thickness=2, height=BAR + 6, orient="vertical")
        .encode(x=x, y=y),
        encoded(
            rows_of("beyond").mark_point(
                shape="triangle-right", filled=True, size=80, opacity=1, color=colours["acc"]
            ),
            x=x, y=y,
        ),
        at(text("class", "ink2", align="left", fontSize=13, fontWeight=600), 0),
        at(text("name", "ink", align="left", fontSize=13,
                limit=alt.ExprRef("width - 76")), 0),
        at(text("figure", "ink", align="right", fontSize=13, fontWeight=600),
           alt.ExprRef("width - 2")),
        at(text("stamp", "ink3", align="right", fontSize=10), alt.ExprRef("width - 2")),
        encoded(
            rows_of("hover").mark_bar(opacity=0, height=ITEM),
            x=x, x2=alt.X2("x2"), y=y, tooltip="text:N",
        ),
    ]  # fmt: skip
    return finish(list(layers), height, FONT)


def gap_data(gaps: GapBars) -> pd.DataFrame:
    """Return the rows of the classes, from the top down."""
    rows = Rows(_WHOLE)
    for mark in MARKS:
        rows.add("mark", x=mark, text=f"{mark:.0%}")
    rows.add("line", x=1.0)
    y = float(HEAD)
    for one in gaps.groups:
        rows.add("class", y=y + CLASS - 6, text=one.name)
        y += CLASS
        for bar in one.bars:
            middle = y + ITEM - BAR
            rows.add("name", y=middle - BAR / 2 - 4, text=bar.name)
            rows.add("figure", y=middle - BAR / 2 - 4, text=bar.text)
            rows.add("track", x=0.0, x2=1.0, y=middle)
            rows.add("bar", x=0.0, x2=min(bar.attained, MOST), y=middle)
            if bar.attained > MOST:
                rows.add("beyond", x=MOST, y=middle)
            for place in bar.others:
                if place <= MOST:
                    rows.add("other", x=place, y=middle)
            rows.add("hover", x=0.0, x2=MOST, y=middle - ITEM / 2 + BAR, text=bar.told)
            y += ITEM
    if gaps.stamp:
        rows.add("stamp", y=y + FOOT - 2, text=gaps.stamp)
    return rows.data()
