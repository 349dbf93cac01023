"""Fans of years as pages draw them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ui.charts.palette import FONT, palette
from ui.charts.scale import short, ticks
from ui.charts.vega import Layers, Rows, Spec, finish
from ui.charts.year_fan_content import YearFan

HEIGHT = 190


@cache
def year_fan_spec(*, dark: bool) -> Spec:
    """Return the constant spec of every such fan of one theme."""
    on = Layers(palette(dark=dark), HEIGHT, (0.0, 1.0), right=10)
    layers: list[Spec] = [
        on.rules("tick", "line", 1),
        on.band("q0", "q6", "f95"),
        on.band("q1", "q5", "f80"),
        on.band("q2", "q4", "f50"),
        on.line("rival", "ink3", strokeWidth=1, strokeDash=[2, 2]),
        on.line("median", "accd", strokeDash=[4, 3], strokeWidth=1.6),
        on.line("now", "ink", strokeWidth=2),
        on.points("point", "ink", filled=True, size=22),
        on.points("wanted", "ink", filled=False, size=90, strokeWidth=1.8),
        on.haloed("wanted_label", "ink", align="right", dx=-9, fontSize=12, fontWeight=600),
        on.scale_labels("tick", "ink3"),
        on.foot("year_label", "ink3", align="center"),
        on.haloed("stamp", "ink3", align="left", fontSize=10),
        on.hover(),
    ]
    return finish(layers, HEIGHT, FONT)


def year_fan_data(fan: YearFan) -> pd.DataFrame:
    """Return the rows of a fan; x is a fraction of the width."""
    rows = Rows(fan.frame)
    place = fan.places
    for value in ticks(rows.frame):
        rows.add("tick", y=rows.frame.place(value), text=short(value * fan.scale))
    for year in fan.years:
        rows.add("year_label", x=place[year], text=str(year))
    for year, value in fan.shown:
        rows.add("now", x=place[year], y=rows.frame.place(value), group="now")
        rows.add("point", x=place[year], y=rows.frame.place(value))
    for year, quantiles in fan.depths:
        heights = [rows.frame.place(value) for value in quantiles]
        rows.add("fan", x=place[year], **{f"q{i}": height for i, height in enumerate(heights)})
        rows.add("median", x=place[year], y=heights[3], group="median")
    for number, course in enumerate(fan.courses()):
        for year, level in course:
            rows.add("rival", x=place[year], y=rows.frame.place(level), group=str(number))
    if fan.ring is not None:
        year, value = fan.ring
        rows.add("wanted", x=place[year], y=rows.frame.place(value))
        rows.add("wanted_label", x=place[year], y=rows.frame.place(value), text=fan.wanted_text)
    half = 0.5 / max(len(fan.years), 1)
    for year, told in fan.told:
        if year in place:
            rows.add_hover(place[year], told, half=half)
    if fan.stamp:
        rows.add("stamp", x=0.0, y=1.0, text=fan.stamp)
    return rows.data()
