"""Probabilities now and after: a ring for now, a disc for after, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from forecasting.outlook.lights import LIGHT_BOUNDS
from ui.charts import vega
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import Rows, Spec
from ui.language import Speaker
from ui.language import format as fmt

ROW, HEAD, FOOT = 34, 26, 18
"""Heights in pixels: of a row, of the scale above them, of what lies below."""
LEFT, RIGHT = 168, 104
_MARKS = (0.0, *LIGHT_BOUNDS)
SMALLER = vega.expression("width < 480 ? 9 : 12")
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
    x = vega.along(vega.scale((0, 1), (LEFT, vega.expression(f"width - {RIGHT}"))), "x")
    y = vega.along(vega.scale((0, rows), (HEAD, HEAD + rows * ROW)), "y")
    ring = {"fill": vega.value(colours["paper"]), "stroke": vega.value(colours["ink2"])}

    def text(part: str, place: object, **style: Any) -> Spec:
        style = {"color": colours["ink"], "baseline": "middle", "fontSize": 13} | style
        return vega.drawn(
            part, "text", {"x": vega.value(place), "y": y, "text": vega.TEXT}, **style
        )

    layers = [
        vega.drawn("mark", "rule", {"x": x}, color=colours["line"]),
        vega.drawn("mark", "text", {"x": x, "y": vega.value(HEAD - 8), "text": vega.TEXT},
              color=colours["ink3"], baseline="bottom", fontSize=SMALLER),
        vega.drawn("step", "rule", {"x": x, "x2": vega.until("x2"), "y": y},
              color=colours["f80"], strokeWidth=4),
        vega.drawn("now", "point", {"x": x, "y": y, **ring},
              color=colours["ink2"], size=90, strokeWidth=1.6, filled=True, opacity=1),
        vega.drawn("after", "point", {"x": x, "y": y},
              color=colours["acc"], size=90, filled=True, opacity=1),
        text("name", 0, align="left", fontWeight=600),
        text("figures", vega.expression("width - 2"), align="right", fontWeight=600),
        vega.stamp(colours, height - 2),
    ]  # fmt: skip
    return vega.finish(layers, height, FONT)


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
