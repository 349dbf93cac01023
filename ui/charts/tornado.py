"""The effect of each single change, the largest on top: gains right of zero, losses left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange, ticks
from ui.charts.vega import Palette, Rows, Spec, encoded, finish, rows_of

MOST_ROWS = 10
"""That are drawn; a table beside the chart has all."""
ROW, HEAD, FOOT = 41, 26, 20
"""Heights in pixels: of a row, of the scale above them, of what lies below."""
_HALF = 0.22
"""Of a row, that a bar reaches above and below its middle."""
_NARROW = "width < 560"
"""A phone has no column for names: they stand above their bars, the figures at the ends."""
_FIGURE = alt.ExprRef(f"{_NARROW} ? 11 : 13")
_NAME_DROP = alt.ExprRef(f"{_NARROW} ? -19 : 0")


@dataclass(frozen=True, slots=True)
class Side:
    """One turn: what it changes, how far it is turned, and what its bar says if pointed at."""

    change: float
    setting: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The turns of one thing, one or two."""

    name: str
    sides: tuple[Side, ...]


@cache
def tornado_spec(rows: int, *, dark: bool) -> Spec:
    """Return the constant spec for a number of rows."""
    drawn = _TornadoLayers(palette(dark=dark), rows)
    colours = drawn.colours
    layers = [
        drawn.rule("mark", "line"),
        drawn.marks(),
        drawn.bar("gain", "acc"),
        drawn.bar("loss", "b50"),
        drawn.rule("zero", "ink"),
        drawn.name(color=colours["paper"], stroke=colours["paper"], strokeWidth=4),
        drawn.name(color=colours["ink"]),
        *drawn.beside("gain", "left", "+"),
        *drawn.beside("loss", "right", "-"),
        drawn.stamp(),
    ]
    return finish(list(layers), drawn.height, FONT)


class _TornadoLayers:
    """Builds the layers of a number of rows on one pair of scales."""

    def __init__(self, colours: Palette, rows: int) -> None:
        self.colours = colours
        self.height = HEAD + rows * ROW + FOOT
        self._bottom = HEAD + rows * ROW
        left = alt.ExprRef(f"{_NARROW} ? 118 : min(280, width * 0.28) + 130")
        right = alt.ExprRef(f"width - ({_NARROW} ? 118 : 146)")
        top = f"{HEAD} + ({_NARROW} ? 9 : 0)"
        ends = [alt.ExprRef(top), alt.ExprRef(f"{top} + {rows * ROW}")]
        x_scale = alt.Scale(domain=[0, 1], nice=False, range=[left, right])
        y_scale = alt.Scale(domain=[0, rows], nice=False, range=ends)
        self._x = alt.X("x:Q", scale=x_scale, axis=None)
        self._y = alt.Y("y:Q", scale=y_scale, axis=None)

    def rule(self, part: str, colour: str) -> alt.Chart:
        """Draw a line from the scale down over all rows."""
        mark = rows_of(part).mark_rule(color=self.colours[colour])
        return encoded(mark, x=self._x, y=alt.value(HEAD - 4), y2=alt.value(self._bottom))

    def marks(self) -> alt.Chart:
        """Write the figures of the scale."""
        mark = rows_of("mark").mark_text(
            color=self.colours["ink3"], baseline="bottom", fontSize=_FIGURE
        )
        return encoded(mark, x=self._x, y=alt.value(HEAD - 8), text="text:N")

    def bar(self, part: str, colour: str) -> alt.Chart:
        mark = rows_of(part).mark_rect(color=self.colours[colour])
        ends = {"x": self._x, "x2": alt.X2("x2"), "y": self._y, "y2": alt.Y2("y2")}
        return encoded(mark, **ends, tooltip="text:N")

    def name(self, **style: Any) -> alt.Chart:
        """Write the names; where one crosses a line it stands on a halo."""
        written = self._text("name", **style, align="left", dy=_NAME_DROP, fontSize=13)
        return encoded(written, x=alt.value(0))

    def beside(self, part: str, align: str, sign: str) -> list[alt.Chart]:
        """Write the figure at the end of a bar, and beyond it how far was turned."""
        beyond = alt.ExprRef(f"{sign}({_NARROW} ? 43 : 50)")
        near = alt.ExprRef(f"{sign}8")
        ink, pale = self.colours["ink"], self.colours["ink2"]
        figure = self._text(f"{part}_figure", color=ink, align=align, dx=near, fontWeight=600)
        setting = self._text(f"{part}_setting", color=pale, align=align, dx=beyond)
        return [figure.encode(x=self._x), setting.encode(x=self._x)]

    def stamp(self) -> alt.Chart:
        """Write the mark of simulated figures in the corner."""
        mark = rows_of("stamp").mark_text(
            color=self.colours["ink3"], align="right", baseline="bottom", fontSize=10
        )
        right, bottom = alt.ExprRef("width - 2"), self.height - 2
        return encoded(mark, x=alt.value(right), y=alt.value(bottom), text="text:N")

    def _text(self, part: str, **style: Any) -> alt.Chart:
        merged: dict[str, Any] = {"baseline": "middle", "fontSize": _FIGURE} | style
        return encoded(rows_of(part).mark_text(**merged), y=self._y, text="text:N")


def tornado_data(
    rows: Sequence[Row], write: Callable[[float], str], *, least: float, stamp: str
) -> pd.DataFrame:
    """Return the rows, from the top down.

    Parameters
    ----------
    write
        How a change is written.
    least
        What the scale spans at least, so that noise is not drawn as if it were large.
    stamp
        The mark of simulated figures, empty where they are not.
    """
    changes = [0.0, *(side.change for row in rows for side in row.sides)]
    low, high = min(changes), max(changes)
    spare = max(least - (high - low), 0.0)
    drawn = Rows(AxisRange(low - spare / 2, high + spare / 2))
    for value in ticks(drawn.frame):
        drawn.add("mark", x=drawn.frame.place(value), text=_mark(value))
    drawn.add("zero", x=drawn.frame.place(0.0))
    for place, row in enumerate(rows):
        drawn.add("name", y=place + 0.5, text=row.name)
        for side, (top, bottom) in zip(row.sides, _lanes(row.sides), strict=True):
            _add_side(drawn, side, place + top, place + bottom, _gains(side, row.sides), write)
    if stamp:
        drawn.add("stamp", text=stamp)
    return drawn.data()


def _gains(side: Side, sides: Sequence[Side]) -> bool:
    """Return whether a side is drawn to the right; one that does nothing is opposite the other."""
    if side.change:
        return side.change > 0
    others = sum(other.change for other in sides)
    return others < 0 or (others == 0 and side is sides[-1])


def _lanes(sides: Sequence[Side]) -> list[tuple[float, float]]:
    """Return the top and bottom of each bar in its row: two on one side share the height."""
    whole = (0.5 - _HALF, 0.5 + _HALF)
    if len(sides) == 2 and len({_gains(side, sides) for side in sides}) == 1:
        return [(whole[0] - 0.1, 0.48), (0.52, whole[1] + 0.1)]
    return [whole] * len(sides)


def _add_side(
    rows: Rows, side: Side, top: float, bottom: float, gains: bool, write: Callable[[float], str]
) -> None:
    part = "gain" if gains else "loss"
    left, right = sorted(rows.frame.place(value) for value in (0.0, side.change))
    end, middle = right if gains else left, (top + bottom) / 2
    rows.add(part, x=left, x2=right, y=top, y2=bottom, text=side.tip)
    rows.add(f"{part}_figure", x=end, y=middle, text=write(side.change))
    rows.add(f"{part}_setting", x=end, y=middle, text=side.setting)


def _mark(value: float) -> str:
    return f"{value:+g}".replace("-", "−") if value else "0"
