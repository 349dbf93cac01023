"""From one value to another, step by step: each bar starts where the one above ended."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.frame import Rows
from ui.charts.palette import FONT, palette
from ui.charts.parts import Spec, encoded, finish, rows_of
from ui.charts.scale import Frame
from ui.language import format as fmt

ROW, HEAD, FOOT = 32, 24, 18
LEFT, RIGHT = 210, 60
MOST_MARKS = 5
SMALLER = alt.ExprRef("width < 480 ? 10 : 12")
"""Points of the axis labels, which stand close together on a phone."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one cause did, in the unit of the ends."""

    name: str
    change: float


@dataclass(frozen=True, slots=True)
class Scale:
    """What a waterfall is of.

    Attributes
    ----------
    room
        On either side of what the bars span.
    low, high
        Beyond which no value lies.
    end, step, mark
        How a value at an end, a change, and a mark of the axis are written.
    """

    room: float
    low: float
    high: float
    end: Callable[[float], str]
    step: Callable[[float], str]
    mark: Callable[[float], str]


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
        bar("down", "b50"),
        text("name", color=colours["ink"], align="left").encode(x=alt.value(0)),
        text("figure", color=colours["ink"], align="left", dx=8, fontWeight=600).encode(x=x),
        rows_of("stamp")
        .mark_text(color=colours["ink3"], align="right", baseline="bottom", fontSize=10)
        .encode(x=alt.value(alt.ExprRef("width - 2")), y=alt.value(height - 2), text="text:N"),
    ]
    return finish(list(layers), height, FONT)


def waterfall_data(
    before: tuple[str, float],
    steps: Sequence[Step],
    after: tuple[str, float],
    scale: Scale,
    *,
    stamp: str,
) -> pd.DataFrame:
    """Return the rows: the start, every step, the end.

    Parameters
    ----------
    before, after
        Name and value of the two ends; the steps lead from one to the other.
    stamp
        The mark of simulated figures, empty where they are not.
    """
    levels = [before[1]]
    for step in steps:
        levels.append(levels[-1] + step.change)
    low = max(min(levels) - scale.room, scale.low)
    high = min(max(levels) + scale.room, scale.high)
    rows = Rows(Frame(low, high), crowd=0.0)
    _add_marks(rows, low, high, scale)
    _add_end(rows, 0, before, low, scale)
    for place, (step, ends) in enumerate(zip(steps, pairwise(levels), strict=True), start=1):
        _add_step(rows, place, step, ends, scale)
    _add_end(rows, len(steps) + 1, after, low, scale)
    if stamp:
        rows.add("stamp", text=stamp)
    return rows.data()


def points(change: float) -> str:
    """Write a change of probability in percentage points, with its sign."""
    return signed(change * 100)


def signed(change: float) -> str:
    """Write percentage points with their sign."""
    text = f"{change:+.1f}".replace("-", "−")
    return "0.0" if text in ("+0.0", "−0.0") else text


PROBABILITY = Scale(0.06, 0.0, 1.0, fmt.probability, points, lambda value: f"{value:.0%}")
GROWTH = Scale(0.6, -math.inf, math.inf, fmt.percent, signed, fmt.threshold)


def _add_marks(rows: Rows, low: float, high: float, scale: Scale) -> None:
    widths = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
    step = next((s for s in widths if (high - low) / s <= MOST_MARKS), high - low)
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        value = round(number * step, 2)
        rows.add("mark", x=rows.frame.place(value), text=scale.mark(value))


def _add_end(rows: Rows, place: int, end: tuple[str, float], low: float, scale: Scale) -> None:
    name, value = end
    y, x = place + 0.5, rows.frame.place(value)
    rows.add("name", y=y, text=name)
    rows.add("end", x=rows.frame.place(low), x2=x, y=y)
    rows.add("figure", x=x, y=y, text=scale.end(value))


def _add_step(rows: Rows, place: int, step: Step, ends: tuple[float, float], scale: Scale) -> None:
    y = place + 0.5
    left, right = sorted(rows.frame.place(end) for end in ends)
    rows.add("name", y=y, text=step.name)
    rows.add("joint", x=rows.frame.place(ends[0]), y=y - 1, y2=y)
    rows.add("up" if step.change > 0 else "down", x=left, x2=right, y=y)
    rows.add("figure", x=right, y=y, text=scale.step(step.change))
