"""The fan of one indicator as SVG: the target is its horizon, as in all charts of the project."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecasting.outlook.outlook import Quantiles
from ui.charts.scale import Frame, horizon, ticks
from ui.language import format as fmt
from ui.report.document.pictures import Around, Fan, Side
from ui.report.render.svg import MARK, Point, circle, line, path, picture, stamp, text
from ui.report.render.svg_text import width

LARGE, SMALL = (400.0, 250.0), (300.0, 172.0)
"""Sizes of the viewing boxes."""
CROWD = 34.0
"""Pixels within which labels of two figures beyond the frame would overlap."""
LAST = 7
"""Position of the fourth quarter of the year, in quarters from the first of the year before."""

_TOP, _FOOT, _STAMP = 12.0, 26.0, 13.0
_WIDE, _NARROW = 12.5, 7.0
"""Pixels that a sign of a label takes: Chinese, and of other scripts."""
_SIDE, _DEEP = 44.0, 46.0
_END, _END_SIZE = 9.0, 14.0
"""Pixels from the end of a fan to its figure, and the size of that."""
_CAP, _CLEAR = 11.0, 3.0
"""Pixels that figures rise above their line of writing, and that they stay off the target's."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand: deviations from the target, clamped to the frame."""

    fan: Fan
    frame: Frame
    size: tuple[float, float]

    @property
    def left(self) -> float:
        """Where the plot starts: right of its longest label, the name of the target."""
        label = self.fan.labels[2]
        return 8 + sum(_NARROW if sign.isascii() else _WIDE for sign in label)

    @property
    def right(self) -> float:
        """Where the fan ends."""
        return self.size[0] - (134.0 if self.fan.side else 0.0) - self.beside

    @property
    def beside(self) -> float:
        """What the figure at the end of the fan needs."""
        return max(_SIDE, _END + width(self.fan.end, _END_SIZE) + 4)

    @property
    def floor(self) -> float:
        """The lower edge of the plot."""
        return self.size[1] - _FOOT - _STAMP * self.foot_lines

    @property
    def foot_lines(self) -> int:
        """Lines below the plot: what a sign means and the stamp, on one where both fit."""
        told = [one for one in (self.fan.flash_word, self.fan.stamp) if one]
        room = self.size[0] - self.left - 24
        return min(len(told), 1 if sum(width(one, MARK) for one in told) < room else 2)

    def x(self, position: float) -> float:
        """Return where a quarter stands; the first of all has some room before it."""
        return self.left + 6 + (self.right - self.left - 6) * position / LAST

    def y(self, value: float) -> float:
        """Return the height of a growth rate."""
        return self.floor - (self.floor - _TOP) * self.frame.place(value - self.fan.target)

    def at(self, position: float, value: float) -> Point:
        """Return where a figure stands."""
        return self.x(position), self.y(value)


def fan(chart: Fan, key: str, style: str = "", around: Around | None = None) -> str:
    """Return a fan; it is large where it has the full year's distribution beside it."""
    chart = chart if around is None else replace(chart, stamp="")  # it stands around it
    size = LARGE if chart.side else SMALL
    plot = _Plot(chart, _frame(chart), size)
    drawn = [*_scale(plot), *_depths(plot), *_horizon(plot), *_figures(plot), *_end(plot)]
    if chart.side is not None:
        drawn += _side(plot, chart.side)
    drawn += [*_sign(plot), *stamp(chart.stamp, size)]
    return picture(size, chart.title, chart.alt, key, drawn, style, around)


def _frame(chart: Fan) -> Frame:
    """Show the whole fan where it is large, else the year's 80% range and what else fits."""
    outer = slice(0, 7) if chart.side else slice(1, 6)
    core = [v for _, quantiles in chart.ahead[-1:] for v in list(quantiles)[outer]]
    core += [value for position, value in chart.known if position > LAST - 4]
    wide = [v for _, quantiles in chart.ahead for v in quantiles] + [v for _, v in chart.known]
    return horizon([v - chart.target for v in core], [v - chart.target for v in wide])


def _scale(plot: _Plot) -> Iterator[str]:
    """Yield the band of the year, grid lines with their figures, and the years."""
    left, right = plot.x(3.5), plot.right + 6
    yield (
        f'<rect class="bd" x="{left:.1f}" y="{_TOP:g}" width="{right - left:.1f}" '
        f'height="{plot.floor - _TOP:g}"/>'
    )
    for deviation in ticks(plot.frame):
        if deviation:
            value = plot.fan.target + deviation
            y = plot.y(value)
            yield line((plot.left, y), (plot.right, y), "gr")
            shown = f"{value:,.4g}".replace("-", "−")
            yield text((plot.left - 5, y + 4), shown, 12, "a3", "end")
    for label, position in zip(plot.fan.labels[:2], (1.5, 5.5), strict=True):
        yield text((plot.x(position), plot.floor + 17), label, 12, "a3", "middle")


def _horizon(plot: _Plot) -> Iterator[str]:
    """Yield the target line, through all of the chart, with its name."""
    y = plot.y(plot.fan.target)
    right = plot.size[0] if plot.fan.side else plot.right + 6
    yield line((plot.left, y), (right, y), "tg")
    yield text((plot.left - 5, y + 4), plot.fan.labels[2], 12, "a1 sb", "end")


def _depths(plot: _Plot) -> Iterator[str]:
    """Yield the three depths and the median; they open at the last figure of the year."""
    ahead = list(plot.fan.ahead)
    if not ahead:
        return
    known = [entry for entry in plot.fan.known if entry[0] > LAST - 4]
    if known:
        position, value = known[-1]
        ahead.insert(0, (position, Quantiles(*(value,) * 7)))
    for low, high, kind in ((0, 6, "f9"), (1, 5, "f8"), (2, 4, "f5")):
        upper = [plot.at(position, q[high]) for position, q in ahead]
        lower = [plot.at(position, q[low]) for position, q in reversed(ahead)]
        yield path([*upper, *lower], kind, closed=True)
    yield path([plot.at(position, q.median) for position, q in ahead], "md")


def _figures(plot: _Plot) -> Iterator[str]:
    """Yield what is known: last year thin, this year bold with its points, hollow of a flash."""
    before = [entry for entry in plot.fan.known if entry[0] <= LAST - 4]
    now = [entry for entry in plot.fan.known if entry[0] > LAST - 4]
    for some, kind in ((before, "od"), (now, "ob")):
        if len(some) > 1:
            yield path([plot.at(*entry) for entry in some], kind)
    for position, value in plot.fan.known:
        flash = position in plot.fan.flash
        if (flash or position > LAST - 4) and not plot.frame.beyond(value - plot.fan.target):
            yield circle(plot.at(position, value), 3, "hw" if flash else "a1")
    yield from _beyond(plot)


def _sign(plot: _Plot) -> Iterator[str]:
    """Yield what a hollow point means, below the plot."""
    if plot.fan.flash_word:
        y = plot.size[1] - 2 - _STAMP * (plot.foot_lines - 1)
        yield circle((plot.left + 10, y - 3.5), 3, "hw")
        yield text((plot.left + 18, y), plot.fan.flash_word, MARK, "a2")


def _beyond(plot: _Plot) -> Iterator[str]:
    """Yield a triangle for every figure outside the frame, the furthest of neighbours labelled."""
    away = [
        (abs(value - plot.fan.target), position, value)
        for position, value in plot.fan.known
        if plot.frame.beyond(value - plot.fan.target)
    ]
    labelled: list[float] = []
    for _, position, value in sorted(away, reverse=True):
        x, y = plot.at(position, value)
        up = value > plot.fan.target
        tip, foot = (y, y + 7) if up else (y, y - 7)
        kind = "hw" if position in plot.fan.flash else "a2"
        yield path([(x, tip), (x - 4.5, foot), (x + 4.5, foot)], kind, closed=True)
        if all(abs(x - other) >= CROWD for other in labelled):
            labelled.append(x)
            yield text((x, foot + (13 if up else -5)), fmt.figure(value), 11, "a2 hl", "middle")


def _end(plot: _Plot) -> Iterator[str]:
    """Yield the expected full year with its figure, which no line runs through."""
    if not plot.fan.ahead or not plot.fan.end:
        return
    position, quantiles = plot.fan.ahead[-1]
    x, y = plot.at(position, quantiles.median)
    yield circle((x, y), 3.6, "en")
    line_at, foot = plot.y(plot.fan.target), y + _CAP / 2
    foot = min(foot, line_at - _CLEAR) if y <= line_at else max(foot, line_at + _CLEAR + _CAP)
    yield text((x + _END, foot), plot.fan.end, _END_SIZE, "ac sb hl")


def _side(plot: _Plot, side: Side) -> Iterator[str]:
    """Yield the distribution on its side: what meets the target filled, the rest an outline."""
    left = plot.right + plot.beside
    inside = [
        (left + _DEEP * height, value)
        for value, height in zip(side.values, side.density, strict=True)
        if not plot.frame.beyond(value - plot.fan.target)
    ]
    if len(inside) < 2:
        return
    outline = [(x, plot.y(value)) for x, value in inside]
    low, high = side.cuts
    filled = [(x, plot.y(value)) for x, value in inside if low <= value <= high]
    if len(filled) > 1:
        around = [(left, filled[0][1]), *filled, (left, filled[-1][1])]
        yield path(around, "f5", closed=True)
    yield path([(left, outline[0][1]), *outline, (left, outline[-1][1])], "ol")
    yield from _shares(plot, side, left + _DEEP + 12)


def _shares(plot: _Plot, side: Side, left: float) -> Iterator[str]:
    """Yield both shares, each on its side of the line."""
    y = plot.y(plot.fan.target)
    above, below = (y - 24, y - 8), (y + 20, y + 36)
    met, missed = (below, above) if math.isinf(side.cuts[0]) else (above, below)
    for (share, word), (first, second), kind in (
        (side.met, met, "ac"),
        (side.missed, missed, "a2"),
    ):
        yield text((left, first), share, 14, f"{kind} sb hl")
        yield text((left, second), word, 12, f"{kind} hl")
