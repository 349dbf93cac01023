"""How charts are drawn on pages: layers of Vega-Lite, and the rows of data that fill them.

Each layer draws the rows of one ``part``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from forecasting.figures.period import Quarter
from ui.charts.scale import AxisRange, short, spaced
from ui.language import Speaker

LEFT, TOP, BOTTOM = 46, 10, 24
"""Pixels inside the view that are kept for labels, so that nothing overflows it."""

Palette = Mapping[str, str]
Spec = dict[str, Any]
Drawn = alt.Chart | alt.LayerChart | alt.FacetChart


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
        self._end = alt.ExprRef(f"width - {right}")
        self._x_scale = alt.Scale(domain=list(domain), nice=False, range=[LEFT, self._end])
        self._y_scale = alt.Scale(domain=[0, 1], nice=False, range=[height - BOTTOM, TOP])

    def x(self, field: str = "x") -> alt.X:
        """Return the shared x channel."""
        return alt.X(f"{field}:Q", scale=self._x_scale, axis=None)

    def y(self, field: str = "y") -> alt.Y:
        """Return the shared y channel."""
        return alt.Y(f"{field}:Q", scale=self._y_scale, axis=None)

    def band(self, low: str, high: str, colour: str) -> alt.Chart:
        """Draw one depth of the fan."""
        mark = rows_of("fan").mark_area(color=self.colours[colour], opacity=1)
        return encoded(mark, x=self.x(), y=self.y(low), y2=alt.Y2(high))

    def rectangle(self, part: str, colour: str) -> alt.Chart:
        """Draw rectangles from ``x``, ``y`` to ``x2``, ``y2``."""
        mark = rows_of(part).mark_rect(color=self.colours[colour])
        return encoded(mark, x=self.x(), x2=alt.X2("x2"), y=self.y(), y2=alt.Y2("y2"))

    def line(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Draw a line for each ``group``."""
        mark = rows_of(part).mark_line(color=self.colours[colour], **style)
        return encoded(mark, x=self.x(), y=self.y(), detail="group:N")

    def points(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Draw a point at each row."""
        mark = rows_of(part).mark_point(color=self.colours[colour], opacity=1, **style)
        return encoded(mark, x=self.x(), y=self.y())

    def hollow(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Draw a point at each row that hides what is below it."""
        points = self.points(part, colour, filled=True, **style)
        fill, stroke = alt.value(self.colours["paper"]), alt.value(self.colours[colour])
        return encoded(points, fill=fill, stroke=stroke)

    def rules(self, part: str, colour: str, width: float, **style: Any) -> alt.Chart:
        """Draw a horizontal rule over the whole width at each row."""
        mark = rows_of(part).mark_rule(color=self.colours[colour], strokeWidth=width, **style)
        ends = {"x": alt.value(LEFT - 4), "x2": alt.value(self._end)}
        return encoded(mark, y=self.y(), **ends)

    def bars(self, part: str, colour: str, width: float) -> alt.Chart:
        """Draw a vertical bar from ``y`` to ``y2`` at each row."""
        mark = rows_of(part).mark_rule(color=self.colours[colour], strokeWidth=width)
        return encoded(mark, x=self.x(), y=self.y(), y2=alt.Y2("y2"))

    def scale_labels(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Write the label of each rule to the left of it."""
        merged: dict[str, Any] = {"align": "right", "baseline": "middle", "fontSize": 12} | style
        mark = rows_of(part).mark_text(color=self.colours[colour], **merged)
        return encoded(mark, x=alt.value(LEFT - 9), y=self.y(), text="text:N")

    def labels(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Write the text of each row at its place."""
        merged: dict[str, Any] = {"baseline": "middle", "fontSize": 12} | style
        mark = rows_of(part).mark_text(color=self.colours[colour], **merged)
        return encoded(mark, x=self.x(), y=self.y(), text="text:N")

    def haloed(self, part: str, colour: str, **style: Any) -> Drawn:
        """Write labels over a paper-coloured halo, where they may cross a line."""
        halo = self.labels(part, "paper", stroke=self.colours["paper"], strokeWidth=4, **style)
        return alt.layer(halo, self.labels(part, colour, **style))

    def foot(self, part: str, colour: str, **style: Any) -> alt.Chart:
        """Write below the frame, at the x of each row."""
        merged: dict[str, Any] = {"baseline": "bottom", "fontSize": 12} | style
        mark = rows_of(part).mark_text(color=self.colours[colour], **merged)
        return encoded(mark, x=self.x(), y=alt.value(self.height - 4), text="text:N")

    def stamp(self) -> alt.Chart:
        """Mark simulated data at the lower right, inside the picture."""
        mark = rows_of("stamp").mark_text(
            color=self.colours["ink3"], align="right", baseline="bottom", fontSize=10
        )
        return encoded(
            mark,
            x=alt.value(alt.ExprRef("width - 2")),
            y=alt.value(self.height - 5),
            text="text:N",
        )

    def hover(self) -> alt.Chart:
        """Give the text of a row to a pointer, or a finger, between ``x`` and ``x2``.

        It belongs over all other layers, which would keep the pointer to themselves.
        """
        mark = rows_of("hover").mark_rect(opacity=0)
        ends = {"y": alt.value(0), "y2": alt.value(self.height - BOTTOM)}
        return encoded(mark, x=self.x(), x2=alt.X2("x2"), tooltip="text:N", **ends)

    def beyond(self, *, beside: bool = False) -> Drawn:
        """Mark figures outside the frame: a triangle at its edge, and the figure.

        It stands within the frame, or ``beside`` the triangle, where it would lie on a bar.
        """
        ink, paper = self.colours["ink2"], self.colours["paper"]
        triangle = rows_of("beyond").mark_point(
            filled=True, size=70, opacity=1, stroke=ink, strokeWidth=1.4
        )
        triangle = encoded(
            triangle,
            x=self.x(),
            y=self.y(),
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.condition("datum.group == 'hollow'", alt.value(paper), alt.value(ink)),
        )
        if beside:
            label = self.haloed("beyond", "ink2", align="left", dx=8, fontSize=11)
            return alt.layer(label, triangle)
        below, above = (
            self.haloed("beyond", "ink2", dy=dy, fontSize=11).transform_filter(
                f"datum.shape == 'triangle-{points}'"
            )
            for points, dy in (("up", 13), ("down", -13))
        )
        return alt.layer(below, above, triangle)


def rows_of(part: str) -> alt.Chart:
    """Return a chart of the rows of one part."""
    return alt.Chart().transform_filter(f"datum.part == '{part}'")


def encoded(chart: alt.Chart, **channels: Any) -> alt.Chart:
    """Return the chart with its channels; Altair itself types this as anything."""
    encoded: alt.Chart = chart.encode(**channels)
    return encoded


def finish(layers: list[Drawn], height: int, font: str) -> Spec:
    """Return the spec of the layers, as wide as the page gives."""
    chart = alt.layer(*layers).properties(width="container", height=height)
    chart = chart.properties(
        padding={"left": 0, "top": 0, "right": 0, "bottom": 0},
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    # The page passes a sentence for each chart; the marks themselves hold places, not figures.
    chart = chart.configure(font=font, background="transparent").configure_mark(aria=False)
    return _without_data(chart.configure_view(stroke=None).to_dict())


def _without_data(spec: Spec) -> Spec:
    """Take away Altair's empty data, so that layers draw the frame the page passes."""
    spec.pop("data", None)
    spec.pop("datasets", None)
    for layer in spec.get("layer", ()):
        _without_data(layer)
    return spec


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
