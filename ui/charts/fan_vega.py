"""Fans as pages draw them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ui.charts.fan_content import LAST, NEW_YEAR, Fan, KnownFigure
from ui.charts.palette import FONT, palette
from ui.charts.scale import tick, ticks
from ui.charts.vega import BOTTOM, TOP, Layers, Rows, Spec, finish

SMALL, LARGE = 176, 320
"""Heights of the view in a panel and on an indicator's own page, in pixels."""

LABEL_AWAY = 14
"""Pixels from a ring to its label."""

_START, _END = -0.3, LAST + 0.3


@cache
def fan_spec(*, dark: bool, height: int) -> Spec:
    """Return the constant spec of every fan of one theme and height."""
    on = Layers(palette(dark=dark), height, (_START, _END))
    layers: list[Spec] = [
        on.rectangle("year", "paper2"),
        on.rules("tick", "line", 1),
        on.band("q0", "q6", "f95"),
        on.band("q1", "q5", "f80"),
        on.band("q2", "q4", "f50"),
        on.rules("target", "ink", 1),
        on.line("median", "accd", strokeDash=[4, 3], strokeWidth=1.6),
        on.line("before", "ink", strokeWidth=1.3, opacity=0.62),
        on.line("now", "ink", strokeWidth=2),
        on.points("point", "ink", filled=True, size=22),
        on.hollow("flash", "ink", size=30, strokeWidth=1.6),
        on.points("outlier", "ink", filled=False, size=64, strokeWidth=1.3),
        on.points("end", "accd", filled=True, size=44),
        on.haloed("end", "acc", align="left", dx=8, fontSize=13, fontWeight=600),
        on.haloed("outlier_label", "ink3", align="left", dx=-3, fontSize=11),
        on.beyond(),
        on.scale_labels("tick", "ink3"),
        on.scale_labels("target", "ink", fontWeight=600),
        on.foot("year_label", "ink3", align="left"),
        on.stamp(),
        on.hover(),
    ]
    return finish(layers, height, FONT)


def fan_data(fan: Fan, height: int = SMALL) -> pd.DataFrame:
    """Return the rows of a fan. x counts quarters from the first of the year before."""
    rows = Rows(fan.frame)
    _add_scale(rows, fan)
    for part, figures in zip(("before", "now"), fan.lines, strict=True):
        for figure in figures:
            rows.add(part, x=figure.position, y=_height(fan, figure), group=part)
    for figure in fan.points:
        part = "flash" if figure.unpublished else "point"
        rows.add(part, x=figure.position, y=_height(fan, figure))
    for figure, label in fan.beyond:
        rows.add_triangle(
            figure.position, label, up=figure.growth > fan.target, hollow=figure.unpublished
        )
    _add_rings(rows, fan, LABEL_AWAY / (height - TOP - BOTTOM))
    for x, quantiles in fan.depths:
        places = [rows.frame.place(value - fan.target) for value in quantiles]
        rows.add("fan", x=x, **{f"q{i}": place for i, place in enumerate(places)})
        rows.add("median", x=x, y=places[3], group="median")
        if x == LAST:
            rows.add("end", x=x, y=places[3], text=fan.end)
    for position, told in fan.told:
        rows.add_hover(position, told)
    return rows.data()


def _height(fan: Fan, figure: KnownFigure) -> float:
    return fan.frame.place(figure.growth - fan.target)


def _add_scale(rows: Rows, fan: Fan) -> None:
    rows.add("year", x=NEW_YEAR - 0.5, x2=_END, y=0.0, y2=1.0)
    for deviation in ticks(rows.frame):
        part = "tick" if deviation else "target"
        rows.add(part, y=rows.frame.place(deviation), text=tick(fan.target + deviation))
    for x, shown in zip((_START, NEW_YEAR - 0.4), fan.years, strict=True):
        rows.add("year_label", x=x, text=shown)
    if fan.stamp:
        rows.add("stamp", text=fan.stamp)


def _add_rings(rows: Rows, fan: Fan, away: float) -> None:
    """Add the rings; labels stand below theirs, but where years are written there, above it."""
    for figure, label in fan.rings:
        place = _height(fan, figure)
        rows.add("outlier", x=figure.position, y=place)
        if label:
            y = place - away if place > away else place + away
            rows.add("outlier_label", x=figure.position, y=y, text=label)
