"""Bars of gaps as pages draw them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from ui.charts import vega
from ui.charts.bars import count_of
from ui.charts.gap_bars_content import MARKS, MOST, GapBars
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec

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
    x = vega.along(vega.scale((0, MOST), (2, vega.expression("width - 14"))), "x")
    y = vega.along(vega.scale((0, height), (0, height)), "y")
    upright = {"x": x, "y": vega.value(HEAD), "y2": vega.value(height - FOOT)}
    right = vega.expression("width - 2")

    def bar(part: str, **style: Any) -> Spec:
        return vega.drawn(part, "bar", {"x": x, "x2": vega.until("x2"), "y": y}, **style)

    def text(part: str, place: object, colour: str, **style: Any) -> Spec:
        style = {"color": colours[colour], "baseline": "bottom"} | style
        return vega.drawn(
            part, "text", {"x": vega.value(place), "y": y, "text": vega.TEXT}, **style
        )

    told = {"x": x, "x2": vega.until("x2"), "y": y, "tooltip": vega.TEXT}
    layers = [
        vega.drawn("mark", "rule", upright, color=colours["line"]),
        vega.drawn("mark", "text", {"x": x, "y": vega.value(HEAD - 6), "text": vega.TEXT},
              color=colours["ink3"], baseline="bottom", fontSize=12),
        vega.drawn("line", "rule", upright, color=colours["ink"]),
        bar("track", color=colours["b95"], height=BAR, cornerRadius=0),
        bar("bar", color=colours["acc"], height=BAR, cornerRadius=0),
        vega.drawn("other", "tick", {"x": x, "y": y},
              color=colours["ink2"], thickness=2, height=BAR + 6, orient="vertical"),
        vega.drawn("beyond", "point", {"x": x, "y": y},
              shape="triangle-right", filled=True, size=80, opacity=1, color=colours["acc"]),
        text("class", 0, "ink2", align="left", fontSize=13, fontWeight=600),
        text("name", 0, "ink", align="left", fontSize=13, limit=vega.expression("width - 76")),
        text("figure", right, "ink", align="right", fontSize=13, fontWeight=600),
        text("stamp", right, "ink3", align="right", fontSize=10),
        vega.drawn("hover", "bar", told, opacity=0, height=ITEM),
    ]  # fmt: skip
    return vega.finish(layers, height, FONT)


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
