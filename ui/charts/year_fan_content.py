"""A quantity year by year: what was, what may come, rivals, and the value that is wanted.

What it shows is described here once; ``year_fan_vega`` draws it on pages and
``ui.report.render.plan_svg`` in links and files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.outlook.quantiles import Quantiles
from ui.charts.scale import AxisRange, robust

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
    def shown(self) -> tuple[tuple[int, float], ...]:
        """The past years that are shown."""
        return self.known[-MOST_BEFORE:]

    @property
    def years(self) -> list[int]:
        """The years shown, in order."""
        return [year for year, _ in (*self.shown, *self.fan)]

    @property
    def places(self) -> dict[int, float]:
        """Where each year stands, as a share of the width."""
        step = (1 - 2 * _EDGE) / max(len(self.years) - 1, 1)
        return {year: _EDGE + number * step for number, year in enumerate(self.years)}

    @property
    def depths(self) -> list[tuple[int, Quantiles]]:
        """The quantiles by year, from the last known value on."""
        depths = list(self.fan)
        if self.known and depths:
            year, value = self.known[-1]
            depths.insert(0, (year, Quantiles(*(value,) * 7)))
        return depths

    @property
    def ring(self) -> tuple[int, float] | None:
        """The year and the value that is wanted; None where that year is not shown."""
        return self.wanted if self.wanted and self.wanted[0] in self.years else None

    @property
    def frame(self) -> AxisRange:
        """The range shown: known values, the 80% ranges, what is wanted, and rivals not far off."""
        values = [value for _, value in self.shown]
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

    def courses(self) -> Sequence[Sequence[tuple[int, float]]]:
        """Return the years and levels of each rival that lie within the frame."""
        frame, years = self.frame, [year for year, _ in self.fan]
        return [
            [
                (year, level)
                for year, level in zip(years, levels, strict=True)
                if not frame.beyond(level)
            ]
            for levels in self.rivals
        ]
