"""What charts over many quarters share: places on x, years below, and how much is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

from forecasting.figures.period import Quarter
from ui.charts.frame import Rows
from ui.charts.scale import Frame
from ui.language import Language, t

HEIGHT, RIGHT = 240, 62
MOST_QUARTERS = 48
MOST_YEAR_LABELS = 7
LAST_LABEL = 0.83
"""Further right a year would run into the mark of simulated data."""


def rows_over(
    quarters: Sequence[Quarter], frame: Frame, language: Language, *, synthetic: bool
) -> Rows:
    """Start the rows of a chart: years below it, and the mark of simulated data."""
    rows = Rows(frame, crowd=0.16)
    years = [(i, quarter.year) for i, quarter in enumerate(quarters) if quarter.quarter == 1]
    for position, year in years[:: math.ceil(len(years) / MOST_YEAR_LABELS) or 1]:
        if (x := x_of(position, len(quarters))) < LAST_LABEL:
            rows.add("year_label", x=x, text=str(year))
    if synthetic:
        rows.add("stamp", text=t("area.synthetic", language))
    return rows


def x_of(position: int, count: int) -> float:
    """Return where the quarter at a position of ``count`` stands, as a fraction of the width."""
    return (position + 0.5) / count
