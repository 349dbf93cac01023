"""How far a zone is from its lines: a bar an item, by class, with the line at 100%.

A class begins with its name. The name of an item stands above its bar, so that a phone has room for
both. What lies beyond the scale ends at its edge with a triangle; its figure is written anyhow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec, encoded, finish, rows_of
from ui.language import Speaker
from ui.language import format as fmt

HEAD, CLASS, ITEM, FOOT = 24, 34, 44, 16
"""Heights in pixels: of the scale above, of the name of a class, of an item, of what lies below."""
BAR = 12
MOST = 1.25
"""Multiple of the line at which the scale ends."""
_MARKS = (0.0, 0.5, 1.0)
_WHOLE = AxisRange(0.0, MOST)


@dataclass(frozen=True, slots=True)
class GapBar:
    """One item.

    Attributes
    ----------
    attained
        What the zone has as a multiple of its line; where less is better, the line as a multiple
        of that.
    text
        The same as written.
    others
        Multiples at which other lines stand, each with what it is called.
    told
        The sentence that a pointer is given.
    """

    name: str
    attained: float
    text: str
    others: tuple[tuple[str, float], ...]
    told: str


@dataclass(frozen=True, slots=True)
class GapClass:
    """A class, and the bars of its items that are held against a line."""

    name: str
    bars: tuple[GapBar, ...]


def height_of(classes: Sequence[GapClass]) -> int:
    """Return how high the picture of some classes is, in pixels."""
    return HEAD + sum(CLASS + ITEM * len(one.bars) for one in classes) + FOOT


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


def gap_data(classes: Sequence[GapClass], say: Speaker, *, synthetic: bool) -> pd.DataFrame:
    """Return the rows of the classes, from the top down."""
    rows = Rows(_WHOLE)
    for mark in _MARKS:
        rows.add("mark", x=mark, text=f"{mark:.0%}")
    rows.add("line", x=1.0)
    y = float(HEAD)
    for one in classes:
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
            for _, place in bar.others:
                if place <= MOST:
                    rows.add("other", x=place, y=middle)
            rows.add("hover", x=0.0, x2=MOST, y=middle - ITEM / 2 + BAR, text=bar.told)
            y += ITEM
    if synthetic:
        rows.add("stamp", y=y + FOOT - 2, text=say("area.synthetic"))
    return rows.data()


def attained(ratio: float) -> str:
    """Write a multiple of a line in percent, with the digits that a small one needs."""
    return f"{ratio * 100:.1f}%" if ratio < 0.1 else fmt.share(ratio)
