"""The fan of one indicator: last year, this year, and what the rest of it may bring.

Everything is drawn as deviation from the target, so that the target is the horizon: its line
stands at the same height in every panel, and above or below is read without a scale.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import pandas as pd

from forecasting.figures.period import Quarter, quarters_between
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.outlook import Verdict
from ui.charts.frame import Rows
from ui.charts.palette import FONT, palette
from ui.charts.parts import BOTTOM, TOP, Drawn, Layers, Spec, finish
from ui.charts.scale import Frame, horizon, ticks
from ui.language import Language, t
from ui.language import format as fmt

SMALL, LARGE = 176, 320
"""Heights of the view in a panel and on an indicator's own page, in pixels."""

LABEL_AWAY = 14
"""Pixels from an outlier's ring to its label."""

WIDE = 100.0
"""From this percentage on the end of a fan is labelled without decimals, to fit."""


@cache
def fan_spec(*, dark: bool, height: int) -> Spec:
    """Return the constant spec of every fan of one theme and height."""
    on = Layers(palette(dark=dark), height, (-0.3, 7.3))
    layers: list[Drawn] = [
        on.rectangle("year", "paper2"),
        on.rules("tick", "line", 1),
        on.band("q0", "q6", "f95"),
        on.band("q1", "q5", "f80"),
        on.band("q2", "q4", "f50"),
        on.rules("target", "ink", 1),
        on.line("median", "accd", strokeDash=[4, 3], strokeWidth=1.6),
        on.line("before", "ink", strokeWidth=1.3, opacity=0.62),
        on.line("now", "ink", strokeWidth=2),
        on.points("now", "ink", filled=True, size=22),
        on.points("outlier", "ink", filled=False, size=64, strokeWidth=1.3),
        on.points("end", "accd", filled=True, size=44),
        on.haloed("end", "acc", align="left", dx=8, fontSize=13, fontWeight=600),
        on.haloed("outlier_label", "ink3", align="left", dx=-3, fontSize=11),
        on.beyond(),
        on.scale_labels("tick", "ink3"),
        on.scale_labels("target", "ink", fontWeight=700),
        on.foot("year_label", "ink3", align="left"),
        on.stamp(),
    ]
    return finish(layers, height, FONT)


def fan_data(
    verdict: Verdict, year: int, language: Language, *, synthetic: bool, height: int = SMALL
) -> pd.DataFrame:
    """Return the rows of one verdict's fan. x counts quarters from Q1 of the year before."""
    target = verdict.target.threshold
    first = Quarter(year - 1, 1)
    known = {
        quarter: verdict.history.ytd_at(quarter) - target
        for quarter in quarters_between(first, Quarter(year, 4))
        if math.isfinite(verdict.history.ytd_at(quarter))
    }
    rows = Rows(_frame(verdict, known, year, whole=height == LARGE), crowd=1.8)
    _add_scale(rows, target, year, language, synthetic=synthetic)
    for quarter, value in known.items():
        part = "now" if quarter.year == year else "before"
        _add_figure(rows, part, quarter - first, value, target)
    _add_outliers(rows, verdict, known, first, language, height)
    _add_fan(rows, verdict, known, first)
    return rows.data()


def _frame(verdict: Verdict, known: dict[Quarter, float], year: int, *, whole: bool) -> Frame:
    """Show the year's full 80% range and its latest figure; the rest as far as it fits.

    Where there is room, the ``whole`` fan is shown.
    """
    target = verdict.target.threshold
    full_year = [value - target for value in verdict.quantiles]
    latest = known.get(verdict.history.origin)
    core = [*full_year[1:6], *([] if latest is None else [latest])]
    wide = [*full_year, *(v - target for p in verdict.fan for v in p.quantiles[1:6])]
    if whole:
        core += [*full_year, *(v - target for p in verdict.fan for v in p.quantiles)]
    if verdict.complete:
        core = [value for quarter, value in known.items() if quarter.year == year]
    return horizon(core, [*wide, *known.values()])


def _add_scale(
    rows: Rows, target: float, year: int, language: Language, *, synthetic: bool
) -> None:
    rows.add("year", x=3.5, x2=7.3, y=0.0, y2=1.0)
    for deviation in ticks(rows.frame):
        part = "tick" if deviation else "target"
        rows.add(
            part, y=rows.frame.place(deviation), text=f"{target + deviation:,.4g}".replace("-", "−")
        )
    for x, shown in ((-0.3, year - 1), (3.6, year)):
        rows.add("year_label", x=x, text=t("period.year", language, year=shown))
    if synthetic:
        rows.add("stamp", text=t("area.synthetic", language))


def _add_figure(rows: Rows, part: str, x: int, value: float, target: float) -> None:
    """Add a published figure; one beyond the frame becomes a triangle with its number."""
    rows.add(part, x=x, y=rows.frame.place(value), group=part)
    if rows.frame.beyond(value):
        rows.add_beyond(x, value, shown=value + target)


def _add_outliers(
    rows: Rows,
    verdict: Verdict,
    known: dict[Quarter, float],
    first: Quarter,
    language: Language,
    height: int,
) -> None:
    outliers = verdict.model.outliers if verdict.model else ()
    kinds = {outlier.quarter: outlier.kind for outlier in outliers}
    said: set[str] = set()
    away = LABEL_AWAY / (height - TOP - BOTTOM)
    for quarter in sorted(kinds.keys() & known.keys()):
        if not rows.frame.beyond(known[quarter]):
            place = rows.frame.place(known[quarter])
            rows.add("outlier", x=quarter - first, y=place)
            # Below the ring, but where years are written there, above it.
            label = place - away if place > away else place + away
            recorded = kinds[quarter] is OutlierKind.DEFINITION
            text = t("chart.definition" if recorded else "chart.outlier", language)
            if text not in said:  # one label says what rings mean; more would overlap
                rows.add("outlier_label", x=quarter - first, y=label, text=text)
                said.add(text)


def _add_fan(rows: Rows, verdict: Verdict, known: dict[Quarter, float], first: Quarter) -> None:
    """Open the fan at the last figure of the year; before the year it has no such point."""
    if not verdict.fan:
        return
    target, place = verdict.target.threshold, rows.frame.place
    points: list[tuple[Quarter, Sequence[float]]] = [
        (point.quarter, [value - target for value in point.quantiles]) for point in verdict.fan
    ]
    origin = verdict.history.origin
    if origin.year == points[0][0].year:
        points.insert(0, (origin, [known[origin]] * 7))
    for quarter, values in points:
        x = quarter - first
        rows.add("fan", x=x, **{f"q{i}": place(value) for i, value in enumerate(values)})
        rows.add("median", x=x, y=place(values[3]), group="median")
    end, median = points[-1][0], points[-1][1][3]
    wide = abs(median + target) >= WIDE
    text = f"{median + target:,.0f}".replace("-", "−") if wide else fmt.figure(median + target)
    rows.add("end", x=end - first, y=place(median), text=text)
