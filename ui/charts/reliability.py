"""Reliability: how often it came, over what was said; on the diagonal it kept its word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from forecasting.record.reliability import Bin
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Layers, Rows, Spec, finish
from ui.language import Speaker
from ui.language import format as fmt

HEIGHT, RIGHT = 300, 44
_WHOLE = AxisRange(0.0, 1.0)
_SCALE = (0.0, 0.25, 0.5, 0.75, 1.0)


@cache
def reliability_spec(*, dark: bool) -> Spec:
    """Return the constant spec of every reliability picture of one theme."""
    on = Layers(palette(dark=dark), HEIGHT, (0.0, 1.0), right=RIGHT)
    layers: list[Spec] = [
        on.rules("tick", "line", 1),
        on.line("diagonal", "ink", strokeWidth=1, strokeDash=[4, 3]),
        on.bars("interval", "f50", 2),
        on.points("bin", "accd", filled=True, size=70),
        on.haloed("bin", "ink2", align="left", dx=9),
        on.scale_labels("tick", "ink3"),
        on.foot("foot", "ink3", align="center"),
        on.stamp(),
        on.hover(),
    ]
    return finish(layers, HEIGHT, FONT)


def reliability_data(bins: Sequence[Bin], say: Speaker, *, synthetic: bool) -> pd.DataFrame:
    """Return the rows of one picture: a dot for each bin, labelled with its count."""
    rows = Rows(_WHOLE)
    for value in _SCALE:
        text = f"{value * 100:.0f}"
        rows.add("tick", y=value, text=text)
        if value < 1.0 or not synthetic:  # there the mark of simulated data stands
            rows.add("foot", x=value, text=text)
        rows.add("diagonal", x=value, y=value, group="diagonal")
    for bin in bins:
        rows.add("interval", x=bin.mean, y=bin.lower, y2=bin.upper)
        rows.add("bin", x=bin.mean, y=bin.observed, text=str(bin.count))
        told = say(
            "chart.at_bin",
            said=fmt.share(bin.mean),
            came=fmt.share(bin.observed),
            count=bin.count,
            interval=fmt.share_interval(bin.lower, bin.upper, say),
        )
        rows.add_hover(bin.mean, told, half=0.05)
    if synthetic:
        rows.add("stamp", text=say("area.synthetic"))
    return rows.data()
