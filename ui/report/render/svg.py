"""Charts as SVG, written by hand: one definition for page, paper and files, and open at once.

Colours are classes, whose rules ``rules`` gives: as variables on a page, which has a dark scheme,
and as plain colours in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate, pairwise

from ui.charts.palette import palette
from ui.outlook.sentences import BREAK
from ui.report.document.pictures import BETWEEN, Around, Bar, Waterfall
from ui.report.render.svg_text import lines

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
    "od": "fill:none;stroke:{ink};stroke-width:1.4;opacity:.62",
    "en": "fill:{accd}",
    "ol": "fill:none;stroke:{b50};stroke-width:1.2",
    "bf": "fill:{b50}",
    "cn": "stroke:{ink3};stroke-width:1;stroke-dasharray:2 2",
    "hl": "paint-order:stroke;stroke:{paper};stroke-width:3.5px;stroke-linejoin:round",
    "sb": "font-weight:600",
}


def rules(colours: Mapping[str, str] | None = None) -> str:
    """Return the style rules of all charts.

    Parameters
    ----------
    colours
        By the short names of ``palette``; None for the variables of a page.
    """
    shown = colours or {name: f"var(--{name})" for name in palette(dark=False)}
    classes = "".join(f"svg .{name}{{{rule.format(**shown)}}}" for name, rule in _RULES.items())
    return f"svg text{{font-family:{SANS}}}{classes}"


def picture(
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
    return picture((120, 120), "", alt, key, drawn, style)


def _disc(at: Point, radius: float) -> str:
    arc, across = f"a{radius} {radius} 0 1 0", number(2 * radius)
    return f"M{number(at[0] - radius)} {number(at[1])}{arc} {across} 0{arc}-{across} 0"


def waterfall(
    chart: Waterfall, title: str, key: str, style: str = "", around: Around | None = None
) -> str:
    """Return the bars from one end to the other; those between hang where the last one ended."""
    chart = chart if around is None else replace(chart, stamp="")  # it stands around it
    bars = [chart.before, *chart.steps, chart.after]
    levels = list(accumulate([bar.size for bar in bars[:-1]]))
    tops = [max(levels[0], 0.0)]
    tops += [max(pair) for pair in pairwise(levels)] + [levels[-1]]
    bottoms = [0.0, *(min(pair) for pair in pairwise(levels)), 0.0]
    base = FALL[1] - _NAMES
    scale = (base - _HEAD) / max(*tops, 1.0)
    column = FALL[0] / len(bars)
    drawn = [line((0, base), (FALL[0], base), "tg")]
    for place, bar in enumerate(bars):
        top, low = base - tops[place] * scale, base - bottoms[place] * scale
        end = place in (0, len(bars) - 1)
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
        if place + 1 != len(bars):
            at = base - levels[min(place, len(levels) - 1)] * scale
            right = left + 0.72 * column
            drawn.append(line((right, at), (right + 0.28 * column, at), "cn"))
    size = (FALL[0], FALL[1] + (14 if chart.stamp else 0))
    drawn += stamp(chart.stamp, size)
    return picture(size, title, chart.alt, key, drawn, style, around)


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


def _names(bar: Bar, centre: float, base: float) -> list[str]:
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
