"""The effect of each single change, the largest on top: gains right of zero, losses left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from ui.charts import vega
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange, ticks
from ui.charts.vega import Palette, Rows, Spec

MOST_ROWS = 10
"""That are drawn; a table beside the chart has all."""
ROW, HEAD, FOOT = 41, 26, 20
"""Heights in pixels: of a row, of the scale above them, of what lies below."""
_HALF = 0.22
"""Of a row, that a bar reaches above and below its middle."""
_NARROW = "width < 560"
"""A phone has no column for names: they stand above their bars, the figures at the ends."""
_FIGURE = vega.expression(f"{_NARROW} ? 11 : 13")
_NAME_DROP = vega.expression(f"{_NARROW} ? -19 : 0")


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
    on = _TornadoLayers(palette(dark=dark), rows)
    paper = on.colours["paper"]
    layers = [
        on.rule("mark", "line"),
        on.marks(),
        on.bar("gain", "acc"),
        on.bar("loss", "b50"),
        on.rule("zero", "ink"),
        on.name(color=paper, stroke=paper, strokeWidth=4),
        on.name(color=on.colours["ink"]),
        *on.beside("gain", "left", "+"),
        *on.beside("loss", "right", "-"),
        vega.stamp(on.colours, on.height - 2),
    ]
    return vega.finish(layers, on.height, FONT)


class _TornadoLayers:
    """Builds the layers of a number of rows on one pair of scales."""

    def __init__(self, colours: Palette, rows: int) -> None:
        self.colours = colours
        self.height = HEAD + rows * ROW + FOOT
        self._bottom = HEAD + rows * ROW
        left = vega.expression(f"{_NARROW} ? 118 : min(280, width * 0.28) + 130")
        right = vega.expression(f"width - ({_NARROW} ? 118 : 146)")
        top = f"{HEAD} + ({_NARROW} ? 9 : 0)"
        ends = vega.expression(top), vega.expression(f"{top} + {rows * ROW}")
        self._x = vega.along(vega.scale((0, 1), (left, right)), "x")
        self._y = vega.along(vega.scale((0, rows), ends), "y")

    def rule(self, part: str, colour: str) -> Spec:
        """Draw a line from the scale down over all rows."""
        channels = {"x": self._x, "y": vega.value(HEAD - 4), "y2": vega.value(self._bottom)}
        return vega.drawn(part, "rule", channels, color=self.colours[colour])

    def marks(self) -> Spec:
        """Write the figures of the scale."""
        channels = {"x": self._x, "y": vega.value(HEAD - 8), "text": vega.TEXT}
        style = {"color": self.colours["ink3"], "baseline": "bottom", "fontSize": _FIGURE}
        return vega.drawn("mark", "text", channels, **style)

    def bar(self, part: str, colour: str) -> Spec:
        ends = {"x": self._x, "x2": vega.until("x2"), "y": self._y, "y2": vega.until("y2")}
        return vega.drawn(part, "rect", {**ends, "tooltip": vega.TEXT}, color=self.colours[colour])

    def name(self, **style: Any) -> Spec:
        """Write the names; where one crosses a line it stands on a halo."""
        style = {**style, "align": "left", "dy": _NAME_DROP, "fontSize": 13}
        return self._text("name", vega.value(0), **style)

    def beside(self, part: str, align: str, sign: str) -> list[Spec]:
        """Write the figure at the end of a bar, and beyond it how far was turned."""
        beyond = vega.expression(f"{sign}({_NARROW} ? 43 : 50)")
        near = vega.expression(f"{sign}8")
        ink, pale = self.colours["ink"], self.colours["ink2"]
        bold = {"color": ink, "align": align, "dx": near, "fontWeight": 600}
        return [
            self._text(f"{part}_figure", self._x, **bold),
            self._text(f"{part}_setting", self._x, color=pale, align=align, dx=beyond),
        ]

    def _text(self, part: str, place: Spec, **style: Any) -> Spec:
        merged: dict[str, Any] = {"baseline": "middle", "fontSize": _FIGURE} | style
        return vega.drawn(part, "text", {"x": place, "y": self._y, "text": vega.TEXT}, **merged)


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
    shown = Rows(AxisRange(low - spare / 2, high + spare / 2))
    for mark in ticks(shown.frame):
        shown.add("mark", x=shown.frame.place(mark), text=_mark(mark))
    shown.add("zero", x=shown.frame.place(0.0))
    for place, row in enumerate(rows):
        shown.add("name", y=place + 0.5, text=row.name)
        for side, (top, bottom) in zip(row.sides, _lanes(row.sides), strict=True):
            _add_side(shown, side, place + top, place + bottom, _gains(side, row.sides), write)
    if stamp:
        shown.add("stamp", text=stamp)
    return shown.data()


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
