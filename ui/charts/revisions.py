"""One series of a file under review: what is stored, what is new, and what is revised to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from forecasting.figures.period import Month
from ui.charts.palette import FONT, palette
from ui.charts.scale import robust, tick, ticks
from ui.charts.vega import Layers, Rows, Spec, finish
from ui.language import Speaker
from ui.language import format as fmt

HEIGHT, RIGHT = 280, 74
MOST_MONTHS = 60
MOST_LABELS = 6
"""Under so many new points each is labelled with its figure."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure before and after a commit; either may be missing."""

    month: Month
    stored: float | None
    found: float | None
    doubtful: bool = False


@cache
def review_spec(*, dark: bool) -> Spec:
    """Return the constant spec of every such chart of one theme."""
    on = Layers(palette(dark=dark), HEIGHT, (0.0, 1.0), right=RIGHT)
    layers: list[Spec] = [
        on.rules("tick", "line", 1),
        on.rules("zero", "ink3", 1),
        on.rules("target", "ink", 1),
        on.line("line", "ink", strokeWidth=1.6),
        on.points("line", "ink", filled=True, size=16),
        on.bars("step", "acc", 1.2),
        on.points("old", "ink2", filled=False, size=60, strokeWidth=1.3),
        on.points("new", "acc", filled=True, size=64),
        on.points("doubtful", "g3", filled=True, size=80, shape="diamond"),
        on.beyond(beside=True),
        on.scale_labels("tick", "ink3"),
        on.scale_labels("zero", "ink3"),
        on.haloed("target_label", "ink", align="left", dx=4, dy=-8, fontWeight=600),
        on.haloed("label", "acc", align="left", dx=9, fontWeight=600),
        on.foot("year_label", "ink3", align="left"),
        on.stamp(),
        on.hover(),
    ]
    return finish(layers, HEIGHT, FONT)


def review_data(
    points: Sequence[Point], target: float | None, say: Speaker, *, synthetic: bool
) -> pd.DataFrame:
    """Return the rows of one series.

    Parameters
    ----------
    points
        At least one, in order of their months.
    target
        A line to show, in the unit of the figures.
    """
    shown = [
        point for point in points if _months(points[-1].month) - _months(point.month) < MOST_MONTHS
    ]
    first, last = _months(shown[0].month), _months(shown[-1].month)
    span = max(last - first, 11) + 1
    values = [v for point in shown for v in (point.stored, point.found) if v is not None]
    rows = Rows(robust([*values, target] if target is not None else values), apart=0.1)
    _add_frame(rows, shown, first, span, target, say)
    for point in shown:
        x = (_months(point.month) - first + 0.5) / span
        _add_point(rows, point, x)
        rows.add_hover(x, _told(point, say), half=0.5 / span)
    changed = [point for point in shown if point.found is not None]
    if len(changed) <= MOST_LABELS:
        for point in changed:
            _add_label(rows, point, (_months(point.month) - first + 0.5) / span)
    if synthetic:
        rows.add("stamp", text=say("area.synthetic"))
    return rows.data()


def _told(point: Point, say: Speaker) -> str:
    """Say what is stored of a month and what was found, where there are both."""
    figures = [value for value in (point.stored, point.found) if value is not None]
    figure = " → ".join(dict.fromkeys(map(fmt.amount, figures)))
    return say("chart.at", period=fmt.until(point.month, say), figure=figure)


def _add_frame(
    rows: Rows, shown: Sequence[Point], first: int, span: int, target: float | None, say: Speaker
) -> None:
    for value in ticks(rows.frame):
        text = tick(value, 10)
        rows.add("tick" if value else "zero", y=rows.frame.place(value), text=text)
    for year in sorted({point.month.year for point in shown}):
        start = year * 12 - first
        x = (max(start, 0) + 0.5) / span
        if x < 0.9 and start > -9:  # of an earlier start too little is left for a label
            rows.add("year_label", x=x, text=str(year))
    if target is not None:
        label = say("chart.target", threshold=fmt.threshold(target))
        y = rows.frame.place(target)
        rows.add("target", y=y)
        rows.add("target_label", x=0.0, y=y, text=label)


def _add_point(rows: Rows, point: Point, x: float) -> None:
    stored, found = point.stored, point.found
    current = stored if found is None or point.doubtful else found
    if current is not None:
        group = str(point.month.year)
        rows.add("line", x=x, y=rows.frame.place(current), group=group)
    if found is None:
        return
    if stored is not None:
        y, y2 = rows.frame.place(stored), rows.frame.place(found)
        rows.add("step", x=x, y=y, y2=y2)
        rows.add("old", x=x, y=y)
    if rows.frame.beyond(found):
        rows.add_beyond(x, found, shown=found)
    else:
        part = "doubtful" if point.doubtful else "new"
        rows.add(part, x=x, y=rows.frame.place(found))


def _add_label(rows: Rows, point: Point, x: float) -> None:
    assert point.found is not None
    if rows.frame.beyond(point.found):
        return
    text = fmt.amount(point.found)
    if point.stored is not None and point.stored != point.found:
        text = f"{fmt.amount(point.stored)} → {text}"
    rows.add("label", x=x, y=rows.frame.place(point.found), text=text)


def _months(month: Month) -> int:
    return month.year * 12 + month.month - 1
