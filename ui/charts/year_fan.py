"""A quantity year by year: what was, what may come, rivals, and the value that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from forecasting.outlook.quantiles import Quantiles
from ui.charts.palette import FONT, palette
from ui.charts.scale import AxisRange, robust, short, ticks
from ui.charts.vega import Drawn, Layers, Rows, Spec, finish

HEIGHT = 190
MOST_BEFORE = 5
"""Past years that are shown."""
FAR = 2.0
"""Multiple of all else from which on a rival is left outside the frame."""
_EDGE = 0.04
"""Share of the width left free at either side."""


@dataclass(frozen=True, slots=True)
class YearFan:
    """What a year-by-year fan shows, and the words that stand in it.

    Attributes
    ----------
    known
        Past years with their values.
    fan
        Later years with their quantiles.
    rivals
        Levels of each rival in the years of the fan.
    scale
        What values are multiplied by as they are written.
    wanted
        The year and the value that is wanted; None where it is not filled in.
    wanted_text
        The value as it is written.
    told
        What every year was or may be, in words.
    stamp
        What must stand in it wherever it is copied to; else empty.
    """

    known: tuple[tuple[int, float], ...]
    fan: tuple[tuple[int, Quantiles], ...]
    rivals: tuple[tuple[float, ...], ...]
    scale: float
    wanted: tuple[int, float] | None
    wanted_text: str
    told: tuple[tuple[int, str], ...]
    stamp: str

    @property
    def years(self) -> list[int]:
        """The years shown, in order."""
        return [year for year, _ in (*self.known[-MOST_BEFORE:], *self.fan)]

    @property
    def frame(self) -> AxisRange:
        """The range shown: known values, the 80% ranges, what is wanted, and rivals not far off."""
        values = [value for _, value in self.known[-MOST_BEFORE:]]
        for _, quantiles in self.fan:
            values += [quantiles.q10, quantiles.q90]
        if self.wanted is not None:
            values.append(self.wanted[1])
        most = FAR * max(values)
        values += [level for levels in self.rivals for level in levels if 0 < level <= most]
        whole = robust(values, reach=8.0)
        low = min(values)
        room = 0.12 * max(max(values) - low, abs(low) * 0.02, 1e-6)
        return AxisRange(low - room, max(values) + room) if low > 0 else whole


@cache
def year_fan_spec(*, dark: bool) -> Spec:
    """Return the constant spec of every such fan of one theme."""
    on = Layers(palette(dark=dark), HEIGHT, (0.0, 1.0), right=10)
    layers: list[Drawn] = [
        on.rules("tick", "line", 1),
        on.band("q0", "q6", "f95"),
        on.band("q1", "q5", "f80"),
        on.band("q2", "q4", "f50"),
        on.line("rival", "ink3", strokeWidth=1, strokeDash=[2, 2]),
        on.line("median", "accd", strokeDash=[4, 3], strokeWidth=1.6),
        on.line("now", "ink", strokeWidth=2),
        on.points("point", "ink", filled=True, size=22),
        on.points("wanted", "ink", filled=False, size=90, strokeWidth=1.8),
        on.haloed("wanted_label", "ink", align="right", dx=-9, fontSize=12, fontWeight=600),
        on.scale_labels("tick", "ink3"),
        on.foot("year_label", "ink3", align="center"),
        on.haloed("stamp", "ink3", align="left", fontSize=10),
        on.hover(),
    ]
    return finish(layers, HEIGHT, FONT)


def year_fan_data(fan: YearFan) -> pd.DataFrame:
    """Return the rows of a fan; x is a fraction of the width."""
    rows = Rows(fan.frame)
    years = fan.years
    place = _places(years)
    for value in ticks(rows.frame):
        rows.add("tick", y=rows.frame.place(value), text=short(value * fan.scale))
    for year in years:
        rows.add("year_label", x=place[year], text=str(year))
    for year, value in fan.known[-MOST_BEFORE:]:
        rows.add("now", x=place[year], y=rows.frame.place(value), group="now")
        rows.add("point", x=place[year], y=rows.frame.place(value))
    depths = list(fan.fan)
    if fan.known and depths:
        year, value = fan.known[-1]
        depths.insert(0, (year, Quantiles(*(value,) * 7)))
    for year, quantiles in depths:
        heights = [rows.frame.place(value) for value in quantiles]
        rows.add("fan", x=place[year], **{f"q{i}": height for i, height in enumerate(heights)})
        rows.add("median", x=place[year], y=heights[3], group="median")
    for number, levels in enumerate(fan.rivals):
        for (year, _), level in zip(fan.fan, levels, strict=True):
            if not rows.frame.beyond(level):
                rows.add("rival", x=place[year], y=rows.frame.place(level), group=str(number))
    if fan.wanted is not None and fan.wanted[0] in place:
        year, value = fan.wanted
        rows.add("wanted", x=place[year], y=rows.frame.place(value))
        rows.add("wanted_label", x=place[year], y=rows.frame.place(value), text=fan.wanted_text)
    half = 0.5 / max(len(years), 1)
    for year, told in fan.told:
        if year in place:
            rows.add_hover(place[year], told, half=half)
    if fan.stamp:
        rows.add("stamp", x=0.0, y=1.0, text=fan.stamp)
    return rows.data()


def _places(years: Sequence[int]) -> dict[int, float]:
    step = (1 - 2 * _EDGE) / max(len(years) - 1, 1)
    return {year: _EDGE + number * step for number, year in enumerate(years)}
