"""History of one indicator: cumulative growth as published, and growth of single quarters."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from forecasting.arrays import Array
from forecasting.figures.period import Quarter, quarters_between
from forecasting.history.history import History
from forecasting.models.predictive import Outlier
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange, robust, tick, ticks
from ui.charts.vega import (
    MOST_QUARTERS,
    TIMELINE_HEIGHT,
    TIMELINE_RIGHT,
    Layers,
    Rows,
    Spec,
    finish,
    rows_over,
    x_of,
)
from ui.language import Speaker
from ui.language import format as fmt


@cache
def history_spec(*, dark: bool) -> Spec:
    """Return the constant spec of both history charts: lines, bars or both, as rows say."""
    on = Layers(palette(dark=dark), TIMELINE_HEIGHT, (0.0, 1.0), right=TIMELINE_RIGHT)
    layers: list[Spec] = [
        on.rules("tick", "line", 1),
        on.rectangle("bar", "b50"),
        on.rules("zero", "ink3", 1),
        on.rules("target", "ink", 1),
        on.line("line", "ink", strokeWidth=1.6),
        on.points("line", "ink", filled=True, size=14),
        on.points("outlier", "ink", filled=False, size=80, strokeWidth=1.4),
        on.beyond(beside=True),
        on.scale_labels("tick", "ink3"),
        on.scale_labels("zero", "ink3"),
        on.haloed("target", "ink", align="left", dx=6, fontWeight=600),
        on.foot("year_label", "ink3", align="left"),
        on.stamp(),
        on.hover(),
    ]
    return finish(layers, TIMELINE_HEIGHT, FONT)


def ytd_data(
    history: History,
    target: float | None,
    say: Speaker,
    *,
    until: Quarter,
    synthetic: bool,
    reference: bool,
) -> pd.DataFrame:
    """Return the rows of cumulative growth; the line breaks at New Year, as its base does.

    Parameters
    ----------
    until
        The present: the axis runs to it also where the figures end before.
    """
    values, quarters = _shown(history, history.ytd, until)
    include = 0.0 if target is None else target
    rows = _rows(values, quarters, say, synthetic=synthetic, include=include)
    if target is not None:
        key = "chart.line" if reference else "chart.target"
        label = say(key, threshold=fmt.threshold(target))
        rows.add("target", x=1.0, y=rows.frame.place(target), text=label)
    for position, value in _finite(values):
        x = x_of(position, len(values))
        rows.add("line", x=x, y=rows.frame.place(value), group=str(quarters[position].year))
        _add_beyond(rows, x, value)
        told = fmt.since_january(quarters[position], say)
        _add_hover(rows, x, len(values), told, value, say)
    return rows.data()


def growth_data(
    history: History,
    outliers: tuple[Outlier, ...],
    say: Speaker,
    *,
    until: Quarter,
    synthetic: bool,
) -> pd.DataFrame:
    """Return the rows of single-quarter growth as bars; outlier quarters are ringed.

    Parameters
    ----------
    until
        The present: the axis runs to it also where the figures end before.
    """
    values, quarters = _shown(history, history.growth, until)
    rows = _rows(values, quarters, say, synthetic=synthetic, include=0.0)
    ringed = {outlier.quarter for outlier in outliers}
    half = 0.36 / max(len(values), 1)
    for position, value in _finite(values):
        x, top = x_of(position, len(values)), rows.frame.place(value)
        rows.add("bar", x=x - half, x2=x + half, y=top, y2=rows.frame.place(0.0))
        _add_beyond(rows, x, value)
        _add_hover(rows, x, len(values), fmt.single_quarter(quarters[position], say), value, say)
        if quarters[position] in ringed:
            # Beyond the frame a triangle stands at the end of the bar, so the ring stands within.
            beyond = rows.frame.beyond(value)
            rows.add("outlier", x=x, y=(top + rows.frame.place(0.0)) / 2 if beyond else top)
    return rows.data()


def _shown(history: History, values: Array, until: Quarter) -> tuple[Array, tuple[Quarter, ...]]:
    """Return the last quarters until the present, those without a figure as NaN."""
    quarters = quarters_between(history.quarters[0], max(history.origin, until))
    missing = np.full(len(quarters) - len(values), math.nan)
    return np.concatenate([values, missing])[-MOST_QUARTERS:], quarters[-MOST_QUARTERS:]


def _rows(
    values: Array, quarters: tuple[Quarter, ...], say: Speaker, *, synthetic: bool, include: float
) -> Rows:
    """Start a chart: its frame, years and grid."""
    finite = values[np.isfinite(values)]
    frame = robust([*map(float, finite), include]) if finite.size else AxisRange(-1.0, 1.0)
    rows = rows_over(quarters, frame, say, synthetic=synthetic)
    for value in ticks(frame):
        rows.add(
            "tick" if value else "zero",
            y=frame.place(value),
            text=tick(value),
        )
    return rows


def _finite(values: Array) -> list[tuple[int, float]]:
    return [(i, float(value)) for i, value in enumerate(values) if math.isfinite(value)]


def _add_hover(rows: Rows, x: float, count: int, period: str, value: float, say: Speaker) -> None:
    told = say("chart.at", period=period, figure=fmt.growth(value, say))
    rows.add_hover(x, told, half=0.5 / count)


def _add_beyond(rows: Rows, x: float, value: float) -> None:
    if rows.frame.beyond(value):
        rows.add_beyond(x, value, shown=value)
