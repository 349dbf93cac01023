"""Tasks against today as pages draw them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from ui.charts import vega
from ui.charts.bars import count_of
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.schedule_content import MONTHS, QUARTER_ENDS, Schedule, ScheduleBar
from ui.charts.vega import Rows, Spec

HEAD, GROUP, ITEM, FOOT = 26, 32, 38, 16
"""Heights in pixels: of the months above, of the name of a line, of a task, of what lies below."""
BAR = 9


def height_of(schedule: Schedule) -> int:
    """Return how high the picture is, in pixels."""
    return HEAD + GROUP * len(schedule.groups) + ITEM * count_of(schedule.groups) + FOOT


@cache
def schedule_spec(height: int, *, dark: bool) -> Spec:
    """Return the constant spec of pictures of one height."""
    colours = palette(dark=dark)
    x = vega.along(vega.scale((0, MONTHS), (4, vega.expression("width - 14"))), "x")
    y = vega.along(vega.scale((0, height), (0, height)), "y")
    upright = {"x": x, "y": vega.value(HEAD), "y2": vega.value(height - FOOT)}
    right = vega.expression("width - 2")

    def text(part: str, place: object, colour: str, **style: Any) -> Spec:
        style = {"color": colours[colour], "baseline": "bottom"} | style
        return vega.drawn(
            part, "text", {"x": vega.value(place), "y": y, "text": vega.TEXT}, **style
        )

    def haloed(part: str, place: object, **style: Any) -> Spec:
        halo = text(part, place, "paper", stroke=colours["paper"], strokeWidth=5, **style)
        return vega.together(halo, text(part, place, "ink", **style))

    def bar(part: str, **style: Any) -> Spec:
        return vega.drawn(part, "bar", {"x": x, "x2": vega.until("x2"), "y": y}, **style)

    def task(part: str, colour: str) -> Spec:
        return bar(part, color=colours[colour], height=BAR, cornerRadius=0)

    def node(part: str, fill: str) -> Spec:
        colour = {"fill": vega.value(colours[fill]), "stroke": vega.value(colours["ink"])}
        style = {"filled": True, "size": 46, "opacity": 1, "strokeWidth": 1.5}
        return vega.drawn(part, "point", {"x": x, "y": y, **colour}, shape="circle", **style)

    told = {"x": x, "x2": vega.until("x2"), "y": y, "tooltip": vega.TEXT}
    layers = [
        vega.drawn("quarter", "rule", upright, color=colours["line"]),
        vega.drawn("month", "text", {"x": x, "y": vega.value(HEAD - 8), "text": vega.TEXT},
              color=colours["ink3"], baseline="bottom", fontSize=12),
        task("track", "b95"),
        task("done", "acc"),
        task("behind", "ink2"),
        vega.drawn("due", "tick", {"x": x, "y": y},
              color=colours["ink2"], thickness=2, height=BAR + 6, orient="vertical"),
        vega.drawn("today", "rule", upright, color=colours["ink"], strokeWidth=1.5),
        node("ahead", "paper"),
        node("reached", "ink"),
        text("group", 0, "ink2", align="left", fontSize=13, fontWeight=600),
        haloed("name", 0, align="left", fontSize=13, limit=vega.expression("width - 84")),
        haloed("figure", right, align="right", fontSize=12),
        text("stamp", right, "ink3", align="right", fontSize=10),
        vega.drawn("hover", "bar", told, opacity=0, height=ITEM),
    ]  # fmt: skip
    return vega.finish(layers, height, FONT)


def schedule_data(schedule: Schedule) -> pd.DataFrame:
    """Return the rows of the lines, from the top down."""
    rows = Rows(AxisRange(0.0, MONTHS))
    for quarter in QUARTER_ENDS:
        rows.add("quarter", x=quarter)
    for number, name in enumerate(schedule.quarters):
        rows.add("month", x=3 * number + 1.5, text=name)
    if 0 < schedule.today < MONTHS:
        rows.add("today", x=schedule.today)
    y = float(HEAD)
    for one in schedule.groups:
        rows.add("group", y=y + GROUP - 8, text=one.name)
        y += GROUP
        for task in one.bars:
            _add(task, y + ITEM - BAR, rows)
            y += ITEM
    if schedule.stamp:
        rows.add("stamp", y=y + FOOT - 2, text=schedule.stamp)
    return rows.data()


def _add(task: ScheduleBar, middle: float, rows: Rows) -> None:
    of = task.place
    above = middle - BAR / 2 - 4
    rows.add("name", y=above, text=task.name)
    rows.add("figure", y=above, text=task.text)
    rows.add("track", x=0.0, x2=of.due, y=middle)
    if of.done:
        rows.add("behind" if of.late else "done", x=0.0, x2=of.due * of.done, y=middle)
    if not of.open_ended:
        rows.add("due", x=of.due, y=middle)
    for place, reached in of.nodes:
        rows.add("reached" if reached else "ahead", x=place, y=middle)
    rows.add("hover", x=0.0, x2=float(MONTHS), y=middle - ITEM / 2 + BAR, text=task.told)
