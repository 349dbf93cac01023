"""One-step errors of a model by quarter, in standard deviations, with the lines at two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import pandas as pd

from forecasting.figures.period import Quarter, quarters_between
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange
from ui.charts.vega import (
    MOST_QUARTERS,
    TIMELINE_HEIGHT,
    TIMELINE_RIGHT,
    Layers,
    Spec,
    finish,
    rows_over,
    x_of,
)
from ui.language import Speaker
from ui.language import format as fmt

BOUND = 2.0
"""Standard deviations that about one error in twenty lies beyond."""
NARROWEST, WIDEST = 2.6, 5.0
"""Standard deviations that are shown on either side; beyond, a triangle stands at the edge."""


@cache
def residuals_spec(*, dark: bool) -> Spec:
    """Return the constant spec of every chart of errors of one theme."""
    on = Layers(palette(dark=dark), TIMELINE_HEIGHT, (0.0, 1.0), right=TIMELINE_RIGHT)
    layers: list[Spec] = [
        on.rules("bound", "ink2", 1, strokeDash=[4, 3]),
        on.rules("zero", "ink3", 1),
        on.bars("stem", "b50", 2),
        on.points("error", "ink", filled=True, size=26),
        on.points("outlier", "ink", filled=False, size=90, strokeWidth=1.4),
        on.beyond(beside=True),
        on.scale_labels("bound", "ink3"),
        on.scale_labels("zero", "ink3"),
        on.foot("year_label", "ink3", align="left"),
        on.stamp(),
        on.hover(),
    ]
    return finish(layers, TIMELINE_HEIGHT, FONT)


def residuals_data(
    residuals: Sequence[tuple[Quarter, float]],
    outliers: Collection[Quarter],
    say: Speaker,
    *,
    synthetic: bool,
) -> pd.DataFrame:
    """Return the rows of the latest errors; outlier quarters are ringed.

    Parameters
    ----------
    residuals
        At least one, by quarter, in order.
    """
    last = residuals[-1][0]
    quarters = quarters_between(max(residuals[0][0], last + (1 - MOST_QUARTERS)), last)
    shown = [(quarter, value) for quarter, value in residuals if quarter >= quarters[0]]
    reach = min(max(NARROWEST, *(abs(value) * 1.08 for _, value in shown)), WIDEST)
    frame = AxisRange(-reach, reach)
    rows = rows_over(quarters, frame, say, synthetic=synthetic)
    rows.add("zero", y=frame.place(0.0), text="0")
    for bound in (-BOUND, BOUND):
        rows.add("bound", y=frame.place(bound), text=f"{bound:+.0f}".replace("-", "−"))
    for quarter, value in shown:
        x, y = x_of(quarter - quarters[0], len(quarters)), frame.place(value)
        rows.add("stem", x=x, y=frame.place(0.0), y2=y)
        told = say("chart.at", period=fmt.single_quarter(quarter, say), figure=fmt.signed(value))
        rows.add_hover(x, told, half=0.5 / len(quarters))
        if frame.beyond(value):
            rows.add_beyond(x, value, shown=value)
        else:
            rows.add("error", x=x, y=y)
        if quarter in outliers:
            # Beyond the frame a triangle stands at the edge, so the ring stands within.
            rows.add("outlier", x=x, y=(y + 0.5) / 2 if frame.beyond(value) else y)
    return rows.data()
