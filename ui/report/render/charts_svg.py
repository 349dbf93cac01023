"""Charts as SVG, written by hand: one definition for page, paper and files, and open at once.

Colours are classes, whose rules ``rules`` gives: as variables on a page, which has a dark scheme,
and as plain colours in a file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from unicodedata import category

from ui.charts.fan_content import LAST, Fan
from ui.charts.palette import palette
from ui.charts.scale import tick, ticks
from ui.charts.waterfall_content import WaterfallBar
from ui.outlook.sentences import BREAK
from ui.report.document.blocks import BETWEEN, Around, FanPicture, FullYear, WaterfallPicture

Point = tuple[float, float]

SANS = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif'
FALL = (400.0, 232.0)
"""Size of the viewing box of a waterfall."""
_HEAD, _NAMES = 26.0, 40.0
MARK = 10.0
"""Size of the marks inside a chart."""
_EDGE, _MOST = 12.0, 3
"""Of a chart that stands alone: its margin, and lines that a title takes at the most."""

_RULES = {
    "a1": "fill:{ink}",
    "a2": "fill:{ink2}",
    "a3": "fill:{ink3}",
    "ac": "fill:{acc}",
    "bd": "fill:{paper2}",
    "gr": "stroke:{line};stroke-width:1",
    "tg": "stroke:{ink};stroke-width:1",
    "f9": "fill:{f95}",
    "f8": "fill:{f80}",
    "f5": "fill:{f50}",
    "md": "fill:none;stroke:{accd};stroke-width:1.6;stroke-dasharray:4 3",
    "ob": "fill:none;stroke:{ink};stroke-width:2;stroke-linejoin:round",
    "hw": "fill:{paper};stroke:{ink};stroke-width:1.6",
    "rg": "fill:none;stroke:{ink};stroke-width:1.3",
    "od": "fill:none;stroke:{ink};stroke-width:1.4;opacity:.62",
    "en": "fill:{accd}",
    "ol": "fill:none;stroke:{b50};stroke-width:1.2",
    "bf": "fill:{fall}",
    "pp": "fill:{paper}",
    "tr": "fill:{b95}",
    "tk": "stroke:{ink2};stroke-width:2",
    "rv": "fill:none;stroke:{ink3};stroke-width:1;stroke-dasharray:2 2",
    "cn": "stroke:{ink3};stroke-width:1;stroke-dasharray:2 2",
    "hl": "paint-order:stroke;stroke:{paper};stroke-width:3.5px;stroke-linejoin:round",
    "sb": "font-weight:600",
}


def rules(colours: Mapping[str, str] | None = None, *, halo: bool = True) -> str:
    """Return the style rules of all charts.

    Parameters
    ----------
    colours
        By the short names of ``palette``; None for the variables of a page.
    halo
        Whether labels have a halo. WeasyPrint knows no ``paint-order`` and would draw it over them.
    """
    shown = colours or {name: f"var(--{name})" for name in palette(dark=False)}
    classes = "".join(
        f"svg .{name}{{{rule.format(**shown)}}}"
        for name, rule in _RULES.items()
        if halo or name != "hl"
    )
    return f"svg text{{font-family:{SANS}}}{classes}"


def document(
    size: tuple[float, float],
    title: str,
    alt: str,
    key: str,
    drawn: Iterable[str],
    style: str,
    around: Around | None = None,
) -> str:
    """Return a whole chart, with what those hear who cannot see it.

    Parameters
    ----------
    key
        What its ids start with, unlike that of any other on the page.
    style
        Rules to put inside, where it stands alone; empty where the page has them.
    around
        What it says of itself above and below.
    """
    if around is not None:
        size, drawn = alone(size, drawn, around)
    width, height = size
    names = f'<title id="{key}t">{escape(title)}</title>' if title else ""
    names += f'<desc id="{key}d">{escape(alt)}</desc>'
    labels = f"{key}t {key}d" if title else f"{key}d"
    inside = f"<style>{style}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" aria-labelledby="{labels}">{names}{inside}{"".join(drawn)}</svg>'
    )


def dots(filled: int, alt: str, key: str, style: str = "") -> str:
    """Return one hundred dots, filled row by row from the top."""
    places = [(6.0 + 12 * (place % 10), 6.0 + 12 * (place // 10)) for place in range(100)]
    drawn = []
    for kind, radius, some in (("ac", 4.4, places[:filled]), ("ol", 3.8, places[filled:])):
        if some:
            drawn.append(f'<path class="{kind}" d="{"".join(_disc(at, radius) for at in some)}"/>')
    return document((120, 120), "", alt, key, drawn, style)


def _disc(at: Point, radius: float) -> str:
    arc, across = f"a{radius} {radius} 0 1 0", number(2 * radius)
    return f"M{number(at[0] - radius)} {number(at[1])}{arc} {across} 0{arc}-{across} 0"


def waterfall(
    picture: WaterfallPicture, title: str, key: str, style: str = "", around: Around | None = None
) -> str:
    """Return the bars from one end to the other; those between hang where the last one ended."""
    chart = picture.waterfall
    mark = chart.stamp if around is None else ""  # else it stands around it
    base, levels = FALL[1] - _NAMES, chart.levels
    scale = (base - _HEAD) / max(*levels, chart.after.size, 1.0)
    column = FALL[0] / len(chart.bars)
    drawn = [line((0, base), (FALL[0], base), "tg")]
    for place, (bar, span) in enumerate(zip(chart.bars, chart.spans, strict=True)):
        top, low = base - max(span) * scale, base - min(span) * scale
        end = place in (0, len(levels))
        kind = "a2" if end else ("ac" if bar.size > 0 else ("bf" if bar.size < 0 else "a3"))
        left = place * column + 0.14 * column
        height = max(low - top, 1.6)
        drawn.append(
            f'<rect class="{kind}" x="{number(left)}" y="{number(top)}" '
            f'width="{number(0.72 * column)}" height="{number(height)}"/>'
        )
        centre = (place + 0.5) * column
        drawn.append(text((centre, top - 6), bar.text, 14, "a1 sb", "middle"))
        drawn += _names(bar, centre, base)
        if place < len(levels):
            at, right = base - levels[place] * scale, left + 0.72 * column
            drawn.append(line((right, at), (right + 0.28 * column, at), "cn"))
    size = (FALL[0], FALL[1] + (14 if mark else 0))
    drawn += stamp(mark, size)
    return document(size, title, picture.alt, key, drawn, style, around)


def alone(
    size: tuple[float, float], drawn: Iterable[str], around: Around
) -> tuple[tuple[float, float], list[str]]:
    """Return what stands alone: above what it shows, below what it is marked as and from."""
    room, told, y = size[0], [], _EDGE
    marks = BETWEEN.join(around.marks)
    for words, letters, kind in ((around.title, 15.0, "a1 sb"), (around.below, 11.0, "a2")):
        for part in lines(words, letters, room, _MOST):
            y += 1.3 * letters
            told.append(text((_EDGE, y), part, letters, kind))
    top = y + 6
    told.append(f'<g transform="translate({number(_EDGE)} {number(top)})">{"".join(drawn)}</g>')
    y = top + size[1] + 4
    for words, letters, kind in ((marks, 11.0, "a1 sb"), (around.issue, 11.0, "a2")):
        for part in lines(words, letters, room, _MOST):
            y += 1.35 * letters
            told.append(text((_EDGE, y), part, letters, kind))
    return (size[0] + 2 * _EDGE, round(y + _EDGE)), told


def _names(bar: WaterfallBar, centre: float, base: float) -> list[str]:
    parts = bar.name.split(BREAK)
    return [
        text((centre, base + 15 + 13 * row), part, 11.5, "a2", "middle")
        for row, part in enumerate(parts)
    ]


def stamp(mark: str, size: tuple[float, float]) -> list[str]:
    """Return the marks inside a chart, at the lower right."""
    if not mark:
        return []
    return [text((size[0] - 1, size[1] - 2), mark, MARK, "a2", "end")]


def line(start: Point, end: Point, kind: str) -> str:
    """Return a straight line."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="{kind}" x1="{number(x1)}" y1="{number(y1)}" '
        f'x2="{number(x2)}" y2="{number(y2)}"/>'
    )


def path(points: Sequence[Point], kind: str, *, closed: bool = False) -> str:
    """Return a line through points, or the area within them."""
    d = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="{kind}" d="M{d}{"Z" if closed else ""}"/>'


def circle(at: Point, radius: float, kind: str) -> str:
    """Return a disc."""
    x, y = at
    return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{radius}"/>'


def text(
    at: Point, words: str, size: float, kind: str, anchor: str = "start", more: str = ""
) -> str:
    """Return a label; ``anchor`` is where it is held."""
    x, y = at
    return (
        f'<text class="{kind}" x="{number(x)}" y="{number(y)}" font-size="{size:g}" '
        f'text-anchor="{anchor}"{more}>{escape(words)}</text>'
    )


def number(value: float) -> str:
    """Write a coordinate at a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


LARGE, SMALL = (400.0, 250.0), (300.0, 172.0)
"""Sizes of the viewing boxes."""

_TOP, _FOOT, _STAMP = 12.0, 26.0, 13.0
_SIGN, _LETTER = 12.5, 7.0
"""Pixels that a sign of a label takes: Chinese, and of other scripts."""
_SIDE, _DEEP = 44.0, 46.0
_END, _END_SIZE = 9.0, 14.0
"""Pixels from the end of a fan to its figure, and the size of that."""
_CAP, _CLEAR = 11.0, 3.0
"""Pixels that figures rise above their line of writing, and that they stay off the target's."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand: deviations from the target, clamped to the frame."""

    picture: FanPicture
    size: tuple[float, float]

    @property
    def fan(self) -> Fan:
        """What it shows."""
        return self.picture.fan

    @property
    def left(self) -> float:
        """Where the plot starts: right of its longest label, the name of the target."""
        return 8 + sum(_LETTER if sign.isascii() else _SIGN for sign in self.picture.line)

    @property
    def right(self) -> float:
        """Where the fan ends."""
        return self.size[0] - (134.0 if self.picture.full_year else 0.0) - self.beside

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
        told = [one for one in (self.fan.flash, self.fan.stamp) if one]
        room = self.size[0] - self.left - 24
        return min(len(told), 1 if sum(width(one, MARK) for one in told) < room else 2)

    def x(self, position: float) -> float:
        """Return where a quarter stands; the first of all has some room before it."""
        return self.left + 6 + (self.right - self.left - 6) * position / LAST

    def y(self, value: float) -> float:
        """Return the height of a growth rate."""
        place = self.fan.frame.place(value - self.fan.target)
        return self.floor - (self.floor - _TOP) * place

    def at(self, position: float, value: float) -> Point:
        """Return where a figure stands."""
        return self.x(position), self.y(value)


def fan(picture: FanPicture, key: str, style: str = "", around: Around | None = None) -> str:
    """Return a fan; it is large where it has the full year's distribution beside it."""
    if around is not None:  # the stamp stands around it
        picture = replace(picture, fan=replace(picture.fan, stamp=""))
    size = LARGE if picture.full_year else SMALL
    plot = _Plot(picture, size)
    drawn = [*_scale(plot), *_depths(plot), *_horizon(plot), *_figures(plot), *_end(plot)]
    if picture.full_year is not None:
        drawn += _full_year(plot, picture.full_year)
    drawn += [*_flash_key(plot), *stamp(plot.fan.stamp, size)]
    return document(size, picture.title, picture.alt, key, drawn, style, around)


def _scale(plot: _Plot) -> Iterator[str]:
    """Yield the band of the year, grid lines with their figures, and the years."""
    left, right = plot.x(3.5), plot.right + 6
    yield (
        f'<rect class="bd" x="{left:.1f}" y="{_TOP:g}" width="{right - left:.1f}" '
        f'height="{plot.floor - _TOP:g}"/>'
    )
    for deviation in ticks(plot.fan.frame):
        if deviation:
            value = plot.fan.target + deviation
            y = plot.y(value)
            yield line((plot.left, y), (plot.right, y), "gr")
            yield text((plot.left - 5, y + 4), tick(value), 12, "a3", "end")
    for label, position in zip(plot.fan.years, (1.5, 5.5), strict=True):
        yield text((plot.x(position), plot.floor + 17), label, 12, "a3", "middle")


def _horizon(plot: _Plot) -> Iterator[str]:
    """Yield the target line, through all of the chart, with its name."""
    y = plot.y(plot.fan.target)
    right = plot.size[0] if plot.picture.full_year else plot.right + 6
    yield line((plot.left, y), (right, y), "tg")
    yield text((plot.left - 5, y + 4), plot.picture.line, 12, "a1 sb", "end")


def _depths(plot: _Plot) -> Iterator[str]:
    """Yield the three depths and the median."""
    ahead = plot.fan.depths
    if not ahead:
        return
    for low, high, kind in ((0, 6, "f9"), (1, 5, "f8"), (2, 4, "f5")):
        upper = [plot.at(position, q[high]) for position, q in ahead]
        lower = [plot.at(position, q[low]) for position, q in reversed(ahead)]
        yield path([*upper, *lower], kind, closed=True)
    yield path([plot.at(position, q.median) for position, q in ahead], "md")


def _figures(plot: _Plot) -> Iterator[str]:
    """Yield what is known: last year thin, this year bold with its points, hollow of a flash."""
    for line_of, kind in zip(plot.fan.lines, ("od", "ob"), strict=True):
        if len(line_of) > 1:
            yield path([plot.at(figure.position, figure.growth) for figure in line_of], kind)
    for figure in plot.fan.points:
        at = plot.at(figure.position, figure.growth)
        yield circle(at, 3, "hw" if figure.unpublished else "a1")
    yield from _rings(plot)
    yield from _beyond(plot)


def _rings(plot: _Plot) -> Iterator[str]:
    """Yield the rings; labels stand below theirs, but where years are written there, above it."""
    for figure, label in plot.fan.rings:
        x, y = plot.at(figure.position, figure.growth)
        yield circle((x, y), 5.4, "rg")
        if label:
            yield text((x - 3, y + 17 if y + 20 < plot.floor else y - 9), label, 10.5, "a3 hl")


def _flash_key(plot: _Plot) -> Iterator[str]:
    """Yield what a hollow point means, below the plot."""
    if plot.fan.flash:
        y = plot.size[1] - 2 - _STAMP * (plot.foot_lines - 1)
        yield circle((plot.left + 10, y - 3.5), 3, "hw")
        yield text((plot.left + 18, y), plot.fan.flash, MARK, "a2")


def _beyond(plot: _Plot) -> Iterator[str]:
    """Yield a triangle for every figure outside the frame."""
    for figure, label in plot.fan.beyond:
        x, y = plot.at(figure.position, figure.growth)
        up = figure.growth > plot.fan.target
        tip, foot = (y, y + 7) if up else (y, y - 7)
        kind = "hw" if figure.unpublished else "a2"
        yield path([(x, tip), (x - 4.5, foot), (x + 4.5, foot)], kind, closed=True)
        if label:
            yield text((x, foot + (13 if up else -5)), label, 11, "a2 hl", "middle")


def _end(plot: _Plot) -> Iterator[str]:
    """Yield the expected full year with its figure, which no line runs through."""
    if not plot.fan.depths:
        return
    position, quantiles = plot.fan.depths[-1]
    x, y = plot.at(position, quantiles.median)
    yield circle((x, y), 3.6, "en")
    line_at, foot = plot.y(plot.fan.target), y + _CAP / 2
    foot = min(foot, line_at - _CLEAR) if y <= line_at else max(foot, line_at + _CLEAR + _CAP)
    yield text((x + _END, foot), plot.fan.end, _END_SIZE, "ac sb hl")


def _full_year(plot: _Plot, full_year: FullYear) -> Iterator[str]:
    """Yield the distribution on its side: what meets the target filled, the rest an outline."""
    left = plot.right + plot.beside
    inside = [
        (left + _DEEP * height, value)
        for value, height in zip(full_year.values, full_year.density, strict=True)
        if not plot.fan.frame.beyond(value - plot.fan.target)
    ]
    if len(inside) < 2:
        return
    outline = [(x, plot.y(value)) for x, value in inside]
    low, high = full_year.cuts
    filled = [(x, plot.y(value)) for x, value in inside if low <= value <= high]
    if len(filled) > 1:
        around = [(left, filled[0][1]), *filled, (left, filled[-1][1])]
        yield path(around, "f5", closed=True)
    yield path([(left, outline[0][1]), *outline, (left, outline[-1][1])], "ol")
    yield from _shares(plot, full_year, left + _DEEP + 12)


def _shares(plot: _Plot, full_year: FullYear, left: float) -> Iterator[str]:
    """Yield both shares, each on its side of the line."""
    y = plot.y(plot.fan.target)
    above, below = (y - 24, y - 8), (y + 20, y + 36)
    met, missed = (below, above) if math.isinf(full_year.cuts[0]) else (above, below)
    for (share, word), (first, second), kind in (
        (full_year.met, met, "ac"),
        (full_year.missed, missed, "a2"),
    ):
        yield text((left, first), share, 14, f"{kind} sb hl")
        yield text((left, second), word, 12, f"{kind} hl")


_NARROW, _WIDE = 0.55, 1.0
"""Of the size: the width of a letter or figure, and of a Chinese sign."""
_UNITS = re.compile(r"[!-~\u00c0-\u024f]+|.", re.DOTALL)
_CLOSING = ("Pe", "Pf", "Po")
"""Categories of signs that open no line."""


def width(words: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little."""
    return size * sum(_NARROW if ord(sign) < 0x2000 else _WIDE for sign in words)


def lines(words: str, size: float, room: float, most: int) -> list[str]:
    """Return a text as lines that fit; what is beyond the last of them is cut off."""
    found = [""]
    for unit in _UNITS.findall(words):
        for part in [unit] if width(unit, size) <= room else list(unit):
            fits = width(found[-1] + part, size) <= room or category(part[0]) in _CLOSING
            if fits:
                found[-1] += part
            else:
                found.append(part)
    found = [line.strip() for line in found if line.strip()]
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1][:-1]}…"]
    return found
