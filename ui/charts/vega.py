"""How charts are drawn on pages: layers of Vega-Lite, and the rows of data that fill them.

Each layer draws the rows of one ``part``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from forecasting.figures.period import Quarter
from ui.charts.scale import AxisRange, short, spaced
from ui.language import Speaker

LEFT, TOP, BOTTOM = 46, 10, 24
"""Pixels inside the view that are kept for labels, so that nothing overflows it."""

Palette = Mapping[str, str]
Spec = dict[str, Any]
"""A Vega-Lite document, or a part of one: a layer, a channel, a scale."""

TEXT: Spec = {"field": "text", "type": "nominal"}


class Layers:
    """Builds layers on one pair of scales.

    Parameters
    ----------
    colours
        Of the theme.
    height
        Of the view, in pixels.
    domain
        Of x, in quarters or in fractions of the width; y is a fraction of the height.
    right
        Pixels kept for labels at the right.
    """

    def __init__(
        self, colours: Palette, height: int, domain: tuple[float, float], right: int = 44
    ) -> None:
        self.colours = colours
        self.height = height
        self._end = expression(f"width - {right}")
        self._x_scale = scale(domain, (LEFT, self._end))
        self._y_scale = scale((0, 1), (height - BOTTOM, TOP))

    def x(self) -> Spec:
        """Return the shared x channel."""
        return along(self._x_scale, "x")

    def y(self, field: str = "y") -> Spec:
        """Return the shared y channel."""
        return along(self._y_scale, field)

    def band(self, low: str, high: str, colour: str) -> Spec:
        """Draw one depth of the fan."""
        channels = {"x": self.x(), "y": self.y(low), "y2": until(high)}
        return drawn("fan", "area", channels, color=self.colours[colour], opacity=1)

    def rectangle(self, part: str, colour: str) -> Spec:
        """Draw rectangles from ``x``, ``y`` to ``x2``, ``y2``."""
        channels = {"x": self.x(), "x2": until("x2"), "y": self.y(), "y2": until("y2")}
        return drawn(part, "rect", channels, color=self.colours[colour])

    def line(self, part: str, colour: str, **style: Any) -> Spec:
        """Draw a line for each ``group``."""
        group = {"field": "group", "type": "nominal"}
        channels = {"x": self.x(), "y": self.y(), "detail": group}
        return drawn(part, "line", channels, color=self.colours[colour], **style)

    def points(self, part: str, colour: str, **style: Any) -> Spec:
        """Draw a point at each row."""
        channels = {"x": self.x(), "y": self.y()}
        return drawn(part, "point", channels, color=self.colours[colour], opacity=1, **style)

    def hollow(self, part: str, colour: str, **style: Any) -> Spec:
        """Draw a point at each row that hides what is below it."""
        points = self.points(part, colour, filled=True, **style)
        points["encoding"]["fill"] = value(self.colours["paper"])
        points["encoding"]["stroke"] = value(self.colours[colour])
        return points

    def rules(self, part: str, colour: str, width: float, **style: Any) -> Spec:
        """Draw a horizontal rule over the whole width at each row."""
        channels = {"x": value(LEFT - 4), "x2": value(self._end), "y": self.y()}
        style = {"color": self.colours[colour], "strokeWidth": width} | style
        return drawn(part, "rule", channels, **style)

    def bars(self, part: str, colour: str, width: float) -> Spec:
        """Draw a vertical bar from ``y`` to ``y2`` at each row."""
        channels = {"x": self.x(), "y": self.y(), "y2": until("y2")}
        return drawn(part, "rule", channels, color=self.colours[colour], strokeWidth=width)

    def scale_labels(self, part: str, colour: str, **style: Any) -> Spec:
        """Write the label of each rule to the left of it."""
        channels = {"x": value(LEFT - 9), "y": self.y(), "text": TEXT}
        merged: dict[str, Any] = {"align": "right", "baseline": "middle", "fontSize": 12} | style
        return drawn(part, "text", channels, color=self.colours[colour], **merged)

    def labels(self, part: str, colour: str, **style: Any) -> Spec:
        """Write the text of each row at its place."""
        channels = {"x": self.x(), "y": self.y(), "text": TEXT}
        merged: dict[str, Any] = {"baseline": "middle", "fontSize": 12} | style
        return drawn(part, "text", channels, color=self.colours[colour], **merged)

    def haloed(self, part: str, colour: str, **style: Any) -> Spec:
        """Write labels over a paper-coloured halo, where they may cross a line."""
        halo = self.labels(part, "paper", stroke=self.colours["paper"], strokeWidth=4, **style)
        return together(halo, self.labels(part, colour, **style))

    def foot(self, part: str, colour: str, **style: Any) -> Spec:
        """Write below the frame, at the x of each row."""
        channels = {"x": self.x(), "y": value(self.height - 4), "text": TEXT}
        merged: dict[str, Any] = {"baseline": "bottom", "fontSize": 12} | style
        return drawn(part, "text", channels, color=self.colours[colour], **merged)

    def stamp(self) -> Spec:
        """Mark simulated data at the lower right, inside the picture."""
        return stamp(self.colours, self.height - 5)

    def hover(self) -> Spec:
        """Give the text of a row to a pointer, or a finger, between ``x`` and ``x2``.

        It belongs over all other layers, which would keep the pointer to themselves.
        """
        ends = {"y": value(0), "y2": value(self.height - BOTTOM)}
        channels = {"x": self.x(), "x2": until("x2"), "tooltip": TEXT, **ends}
        return drawn("hover", "rect", channels, opacity=0)

    def beyond(self, *, beside: bool = False) -> Spec:
        """Mark figures outside the frame: a triangle at its edge, and the figure.

        It stands within the frame, or ``beside`` the triangle, where it would lie on a bar.
        """
        ink, paper = self.colours["ink2"], self.colours["paper"]
        hollow = {"test": "datum.group == 'hollow'", "value": paper}
        channels = {
            "x": self.x(),
            "y": self.y(),
            "shape": {"field": "shape", "type": "nominal", "scale": None},
            "fill": {"condition": hollow, "value": ink},
        }
        style = {"filled": True, "size": 70, "opacity": 1, "stroke": ink, "strokeWidth": 1.4}
        triangle = drawn("beyond", "point", channels, **style)
        if beside:
            label = self.haloed("beyond", "ink2", align="left", dx=8, fontSize=11)
            return together(label, triangle)
        below, above = (
            {
                "transform": [{"filter": f"datum.shape == 'triangle-{points}'"}],
                **self.haloed("beyond", "ink2", dy=dy, fontSize=11),
            }
            for points, dy in (("up", 13), ("down", -13))
        )
        return together(below, above, triangle)


def drawn(part: str, kind: str, channels: Mapping[str, Spec], **style: Any) -> Spec:
    """Return a layer that draws the rows of one part by marks of a kind."""
    return {
        "transform": [{"filter": f"datum.part == '{part}'"}],
        "mark": {"type": kind, **style},
        "encoding": dict(channels),
    }


def stamp(colours: Palette, y: int) -> Spec:
    """Return a layer that marks simulated data at the right, above a height in pixels."""
    channels = {"x": value(expression("width - 2")), "y": value(y), "text": TEXT}
    style = {"align": "right", "baseline": "bottom", "fontSize": 10}
    return drawn("stamp", "text", channels, color=colours["ink3"], **style)


def together(*layers: Spec) -> Spec:
    """Return layers as one."""
    return {"layer": list(layers)}


def scale(domain: Sequence[float], range: Sequence[float | Spec]) -> Spec:
    """Return a linear scale from a domain to pixels."""
    return {"domain": list(domain), "nice": False, "range": list(range)}


def along(scale: Spec, field: str) -> Spec:
    """Return the channel of a place on a scale."""
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def until(field: str) -> Spec:
    """Return the channel of the other end, on the scale of the first."""
    return {"field": field}


def value(constant: object) -> Spec:
    """Return the channel of what is the same for all rows."""
    return {"value": constant}


def expression(code: str) -> Spec:
    """Return what follows from the width of the picture."""
    return {"expr": code}


def finish(layers: Sequence[Spec], height: int, font: str) -> Spec:
    """Return the spec of the layers, as wide as the page gives."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": height,
        "padding": {"left": 0, "top": 0, "right": 0, "bottom": 0},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {
            "font": font,
            "background": "transparent",
            # The page passes a sentence for each chart; the marks hold places, not figures.
            "mark": {"aria": False},
            "view": {"stroke": None},
        },
        "layer": list(layers),
    }


_COLUMNS = ("part", "x", "x2", "y", "y2", "group", "shape", "text", *(f"q{i}" for i in range(7)))


@dataclass(slots=True)
class Rows:
    """Collects the rows of one chart within a frame.

    ``apart`` is the distance in x from which on labels of triangles do not overlap.
    """

    frame: AxisRange
    apart: float = 0.0
    rows: list[dict[str, object]] = field(default_factory=list)
    _away: list[tuple[float, float, bool, float]] = field(default_factory=list)

    def add(self, part: str, **values: object) -> None:
        """Add a row that the layer of ``part`` draws."""
        self.rows.append({"part": part, **values})

    def add_hover(self, x: float, text: str, *, half: float = 0.5) -> None:
        """Add what a pointer within ``half`` of ``x`` is given."""
        self.add("hover", x=x - half, x2=x + half, text=text)

    def add_beyond(self, x: float, value: float, *, shown: float) -> None:
        """Add the triangle of a figure outside the frame; where there is room it is ``shown``."""
        distance = max(value - self.frame.high, self.frame.low - value)
        self._away.append((x, distance, value > self.frame.high, shown))

    def add_triangle(self, x: float, label: str, *, up: bool, hollow: bool = False) -> None:
        """Add a triangle at the upper or lower edge of the frame."""
        shape, group = f"triangle-{'up' if up else 'down'}", "hollow" if hollow else None
        self.add("beyond", x=x, y=float(up), shape=shape, group=group, text=label)

    def data(self) -> pd.DataFrame:
        """Return the rows as a frame with the same columns in every chart."""
        labelled = spaced([(x, distance) for x, distance, _, _ in self._away], self.apart)
        for number, (x, _, up, shown) in enumerate(self._away):
            label = short(shown) if number in labelled else ""
            self.add_triangle(x, label, up=up)
        return pd.DataFrame(self.rows, columns=list(_COLUMNS))


TIMELINE_HEIGHT, TIMELINE_RIGHT = 240, 62
MOST_QUARTERS = 48
MOST_YEAR_LABELS = 7
LAST_LABEL = 0.83
"""Further right a year would run into the mark of simulated data."""


def rows_over(
    quarters: Sequence[Quarter], frame: AxisRange, say: Speaker, *, synthetic: bool
) -> Rows:
    """Start the rows of a chart: years below it, and the mark of simulated data."""
    rows = Rows(frame, apart=0.16)
    years = [(i, quarter.year) for i, quarter in enumerate(quarters) if quarter.quarter == 1]
    for position, year in years[:: math.ceil(len(years) / MOST_YEAR_LABELS) or 1]:
        if (x := x_of(position, len(quarters))) < LAST_LABEL:
            rows.add("year_label", x=x, text=str(year))
    if synthetic:
        rows.add("stamp", text=say("area.synthetic"))
    return rows


def x_of(position: int, count: int) -> float:
    """Return where the quarter at a position of ``count`` stands, as a fraction of the width."""
    return (position + 0.5) / count
