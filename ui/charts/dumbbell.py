"""Probabilities now and after: a ring for now, a disc for after, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from forecasting.outlook.lights import LIGHT_BOUNDS
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec, encoded, finish, rows_of
from ui.language import Speaker
from ui.language import format as fmt

ROW, HEAD, FOOT = 34, 26, 18
"""Heights in pixels: of a row, of the scale above them, of what lies below."""
LEFT, RIGHT = 168, 104
_MARKS = (0.0, *LIGHT_BOUNDS)
SMALLER = alt.ExprRef("width < 480 ? 9 : 12")
"""Points of the axis labels, which stand close together on a phone."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A probability now, None where there is none yet, and after."""

    name: str
    now: float | None
    after: float | None


@cache
def dumbbell_spec(rows: int, *, dark: bool) -> Spec:
    """Return the constant spec for a number of rows."""
    colours, height = palette(dark=dark), HEAD + rows * ROW + FOOT
    end = alt.ExprRef(f"width - {RIGHT}")
    x_scale = alt.Scale(domain=[0, 1], nice=False, range=[LEFT, end])
    y_scale = alt.Scale(domain=[0, rows], nice=False, range=[HEAD, HEAD + rows * ROW])
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=None)

    def text(name: str, **style: Any) -> alt.Chart:
        mark = rows_of(name).mark_text(
            color=colours["ink"], baseline="middle", fontSize=13, **style
        )
        return encoded(mark, y=y, text="text:N")

    layers = [
        rows_of("mark").mark_rule(color=colours["line"]).encode(x=x),
        rows_of("mark")
        .mark_text(color=colours["ink3"], baseline="bottom", fontSize=SMALLER)
        .encode(x=x, y=alt.value(HEAD - 8), text="text:N"),
        rows_of("step")
        .mark_rule(color=colours["f80"], strokeWidth=4)
        .encode(x=x, x2=alt.X2("x2"), y=y),
        rows_of("now")
        .mark_point(color=colours["ink2"], size=90, strokeWidth=1.6, filled=True, opacity=1)
        .encode(x=x, y=y, fill=alt.value(colours["paper"]), stroke=alt.value(colours["ink2"])),
        rows_of("after")
        .mark_point(color=colours["acc"], size=90, filled=True, opacity=1)
        .encode(x=x, y=y),
        text("name", align="left", fontWeight=600).encode(x=alt.value(0)),
        text("figures", align="right", fontWeight=600).encode(
            x=alt.value(alt.ExprRef("width - 2"))
        ),
        rows_of("stamp")
        .mark_text(color=colours["ink3"], align="right", baseline="bottom", fontSize=10)
        .encode(x=alt.value(alt.ExprRef("width - 2")), y=alt.value(height - 2), text="text:N"),
    ]
    return finish(list(layers), height, FONT)


def dumbbell_data(pairs: Sequence[Pair], say: Speaker, *, synthetic: bool) -> pd.DataFrame:
    """Return the rows of the pairs, from the top down."""
    rows = Rows(AxisRange(0.0, 1.0))
    for mark in _MARKS:
        rows.add("mark", x=mark, text=f"{mark:.0%}")
    for place, pair in enumerate(pairs):
        y = place + 0.5
        rows.add("name", y=y, text=pair.name)
        rows.add("figures", y=y, text=change(pair, say))
        if pair.now is not None and pair.after is not None:
            rows.add("step", x=pair.now, x2=pair.after, y=y)
        if pair.now is not None:
            rows.add("now", x=pair.now, y=y)
        if pair.after is not None:
            rows.add("after", x=pair.after, y=y)
    if synthetic:
        rows.add("stamp", text=say("area.synthetic"))
    return rows.data()


def change(pair: Pair, say: Speaker) -> str:
    """Write a probability now and after."""
    missing = say("format.missing")
    now, after = (missing if p is None else fmt.probability(p) for p in (pair.now, pair.after))
    return f"{now} → {after}"
