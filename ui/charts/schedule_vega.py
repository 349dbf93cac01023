"""Tasks against today as pages draw them."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from ui.charts.bars import count_of
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.schedule_content import MONTHS, QUARTER_ENDS, Schedule, ScheduleBar
from ui.charts.vega import Drawn, Rows, Spec, encoded, finish, rows_of

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
    x_scale = alt.Scale(domain=[0, MONTHS], nice=False, range=[4, alt.ExprRef("width - 14")])
    y_scale = alt.Scale(domain=[0, height], nice=False, range=[0, height])
    x = alt.X("x:Q", scale=x_scale, axis=None)
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    upright = {"y": alt.value(HEAD), "y2": alt.value(height - FOOT)}

    def text(name: str, colour: str, **style: Any) -> alt.Chart:
        mark = rows_of(name).mark_text(color=colours[colour], baseline="bottom", **style)
        return encoded(mark, y=y, text="text:N")

    def haloed(name: str, place: Any, **style: Any) -> Drawn:
        halo = text(name, "paper", stroke=colours["paper"], strokeWidth=5, **style)
        shown = text(name, "ink", **style)
        return alt.layer(encoded(halo, x=place), encoded(shown, x=place))

    def bar(name: str, colour: str) -> alt.Chart:
        mark = rows_of(name).mark_bar(color=colours[colour], height=BAR, cornerRadius=0)
        return encoded(mark, x=x, x2=alt.X2("x2"), y=y)

    def tick(name: str, colour: str, thickness: float) -> alt.Chart:
        mark = rows_of(name).mark_tick(
            color=colours[colour], thickness=thickness, height=BAR + 6, orient="vertical"
        )
        return encoded(mark, x=x, y=y)

    def place(name: str, fill: str) -> alt.Chart:
        mark = rows_of(name).mark_point(
            shape="circle", filled=True, size=46, opacity=1, strokeWidth=1.5
        )
        colour = {"fill": alt.value(colours[fill]), "stroke": alt.value(colours["ink"])}
        return encoded(mark, x=x, y=y, **colour)

    layers: list[Drawn] = [
        encoded(rows_of("quarter").mark_rule(color=colours["line"]), x=x, **upright),
        encoded(
            rows_of("month").mark_text(color=colours["ink3"], baseline="bottom", fontSize=12),
            x=x, y=alt.value(HEAD - 8), text="text:N",
        ),
        bar("track", "b95"),
        bar("done", "acc"),
        bar("behind", "ink2"),
        tick("due", "ink2", 2),
        encoded(rows_of("today").mark_rule(color=colours["ink"], strokeWidth=1.5), x=x, **upright),
        place("ahead", "paper"),
        place("reached", "ink"),
        encoded(text("group", "ink2", align="left", fontSize=13, fontWeight=600),
                x=alt.value(0)),
        haloed("name", alt.value(0), align="left", fontSize=13,
               limit=alt.ExprRef("width - 84")),
        haloed("figure", alt.value(alt.ExprRef("width - 2")), align="right", fontSize=12),
        encoded(text("stamp", "ink3", align="right", fontSize=10),
                x=alt.value(alt.ExprRef("width - 2"))),
        encoded(rows_of("hover").mark_bar(opacity=0, height=ITEM),
                x=x, x2=alt.X2("x2"), y=y, tooltip="text:N"),
    ]  # fmt: skip
    return finish(layers, height, FONT)


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
