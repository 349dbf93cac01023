"""Charts of the plan as SVG: fans of years, bars of gaps, and tasks against today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from typing import TypeVar

from ui.charts.bars import BarGroup, count_of
from ui.charts.gap_bars_content import MARKS, MOST, GapBars
from ui.charts.scale import short, ticks
from ui.charts.schedule_content import MONTHS, QUARTER_ENDS, Schedule
from ui.charts.year_fan_content import YearFan
from ui.report.document.blocks import Around, PlanPicture
from ui.report.render.charts_svg import (
    SMALL,
    Point,
    circle,
    document,
    line,
    lines,
    number,
    path,
    stamp,
    text,
    width,
)

Bar = TypeVar("Bar")

WIDE = 400.0
"""Width of the viewing box of bars; their height follows from how many there are."""
_TOP, _FOOT, _STAMP, _END = 12.0, 24.0, 13.0, 10.0
_HEAD, _GROUP, _ITEM, _THICK = 22.0, 25.0, 33.0, 8.0
"""Heights of bars: of the scale, of a title, of a bar with its name above, of the bar itself."""
_TITLE, _NAME, _DETAIL, _FIGURE = 13.0, 12.0, 10.5, 12.5
"""Sizes of a title, of the name of a bar, of what stands behind either, and of the figure."""
_FEWEST = 4
"""Signs of a detail for which there has to be room."""


def chart(picture: PlanPicture, key: str, style: str = "", around: Around | None = None) -> str:
    """Return a chart of the plan; parameters as of ``charts_svg.document``."""
    shown = picture.chart
    if around is not None:  # the stamp stands around it
        shown = replace(shown, stamp="")
    size, drawn = _drawn(shown)
    return document(size, picture.title, picture.alt, key, drawn, style, around)


def _drawn(shown: YearFan | GapBars | Schedule) -> tuple[tuple[float, float], list[str]]:
    """Return the size of the viewing box of a chart, and what stands in it."""
    match shown:
        case YearFan() as fan:
            return SMALL, [*_year_fan(fan), *stamp(fan.stamp, SMALL)]
        case GapBars() as gaps:
            size = _size(gaps.groups, gaps.stamp)
            return size, [*_gap_bars(gaps, size[1]), *stamp(gaps.stamp, size)]
        case Schedule() as schedule:
            size = _size(schedule.groups, schedule.stamp)
            return size, [*_schedule(schedule, size[1]), *stamp(schedule.stamp, size)]


def _year_fan(fan: YearFan) -> Iterator[str]:
    frame, places = fan.frame, fan.places
    labels = [(value, short(value * fan.scale)) for value in ticks(frame)]
    left = 8 + max(width(label, 12) for _, label in labels)
    right, floor = SMALL[0] - _END, SMALL[1] - _FOOT - (_STAMP if fan.stamp else 0)

    def at(year: int, value: float) -> Point:
        y = floor - (floor - _TOP) * frame.place(value)
        return left + (right - left) * places[year], y

    for value, label in labels:
        y = at(fan.years[0], value)[1]
        yield line((left, y), (right, y), "gr")
        yield text((left - 5, y + 4), label, 12, "a3", "end")
    for low, high, kind in ((0, 6, "f9"), (1, 5, "f8"), (2, 4, "f5")):
        upper = [at(year, q[high]) for year, q in fan.depths]
        lower = [at(year, q[low]) for year, q in reversed(fan.depths)]
        yield path([*upper, *lower], kind, closed=True)
    for course in fan.courses():
        if len(course) > 1:
            yield path([at(year, level) for year, level in course], "rv")
    yield path([at(year, q.median) for year, q in fan.depths], "md")
    known = [at(year, value) for year, value in fan.shown]
    if len(known) > 1:
        yield path(known, "ob")
    yield from (circle(one, 2.6, "a1") for one in known)
    if fan.ring is not None:
        x, y = at(*fan.ring)
        yield circle((x, y), 5.4, "rg")
        # What is wanted at the top of the frame is named below its ring, else above it.
        foot = y + 18 if y < _TOP + 18 else y - 10
        yield text((min(x + 6, right), foot), fan.wanted_text, 12, "a1 sb hl", "end")
    across = [at(year, frame.low)[0] for year in fan.years]
    yield from _years(fan, across, floor + 17)
    told, half = dict(fan.told), (right - left) / max(len(across), 1) / 2
    for x, year in zip(across, fan.years, strict=True):
        if year in told:
            yield _pointed_at(told[year], [_column(x - half, x + half, floor)])


def _pointed_at(told: str, drawn: Iterable[str]) -> str:
    """Return what says a sentence where one points at it, without a script."""
    return f"<g><title>{escape(told)}</title>{''.join(drawn)}</g>"


def _column(start: float, end: float, floor: float) -> str:
    """Return something that is not seen, to be pointed at."""
    return (
        f'<rect fill="none" pointer-events="all" x="{number(start)}" y="{number(_TOP)}" '
        f'width="{number(end - start)}" height="{number(floor - _TOP)}"/>'
    )


def _years(fan: YearFan, places: Sequence[float], foot: float) -> Iterator[str]:
    """Yield the years, every other one where they would touch; the last is always there."""
    room = width("0000", 12) + 4
    apart = min((second - first for first, second in pairwise(places)), default=room)
    step = 1 if apart >= room else 2
    for place, year in reversed(list(zip(places, fan.years, strict=True))[::-step]):
        yield text((place, foot), str(year), 12, "a3", "middle")


def _size(groups: Sequence[BarGroup[Bar]], mark: str) -> tuple[float, float]:
    height = _HEAD + _GROUP * len(groups) + _ITEM * count_of(groups) + (_STAMP if mark else 2)
    return WIDE, height


def _rows(groups: Sequence[BarGroup[Bar]]) -> Iterator[tuple[BarGroup[Bar] | Bar, float]]:
    """Yield titles with the foot of their writing, and bars with their middle, from the top."""
    y = _HEAD
    for one in groups:
        yield one, y + _GROUP - 7
        y += _GROUP
        for bar in one.bars:
            yield bar, y + _ITEM - 10
            y += _ITEM


def _titled(group: BarGroup[Bar], y: float) -> Iterator[str]:
    room = WIDE - (width(group.text, _DETAIL) + 8 if group.text else 0)
    yield from _over((0, y), _cut(group.name, _TITLE, room), _TITLE, "a2 sb")
    if group.text:
        yield from _over((WIDE, y), group.text, _DETAIL, "a2", "end")


def _scale(places: Sequence[tuple[float, str]], floor: float) -> Iterator[str]:
    for x, label in places:
        yield line((x, _HEAD), (x, floor), "gr")
        if label:
            yield text((x, _HEAD - 6), label, 11, "a3", "middle")


def _gap_bars(gaps: GapBars, height: float) -> Iterator[str]:
    floor = height - (_STAMP if gaps.stamp else 2)

    def x(multiple: float) -> float:
        return 8 + (WIDE - 24) * multiple / MOST

    yield from _scale([(x(mark), f"{mark:.0%}") for mark in MARKS], floor)
    yield line((x(1.0), _HEAD), (x(1.0), floor), "tg")
    for bar, y in _rows(gaps.groups):
        if isinstance(bar, BarGroup):
            yield from _titled(bar, y)
            continue
        drawn = [*_named(bar.name, bar.text, y), _bar(x(0.0), x(1.0), y, "tr")]
        drawn.append(_bar(x(0.0), x(min(bar.attained, MOST)), y, "ac"))
        if bar.attained > MOST:
            end = x(MOST)
            drawn.append(path([(end + 8, y), (end, y - 5), (end, y + 5)], "ac", closed=True))
        drawn += [
            line((x(place), y - 7), (x(place), y + 7), "tk")
            for place in bar.others
            if place <= MOST
        ]
        yield _pointed_at(bar.told, drawn)


def _schedule(schedule: Schedule, height: float) -> Iterator[str]:
    floor = height - (_STAMP if schedule.stamp else 2)

    def x(months: float) -> float:
        return 4 + (WIDE - 12) * months / MONTHS

    yield from _scale([(x(end), "") for end in QUARTER_ENDS], floor)
    for place, name in enumerate(schedule.quarters):
        yield text((x(3 * place + 1.5), _HEAD - 6), name, 11, "a3", "middle")
    if 0 < schedule.today < MONTHS:
        yield line((x(schedule.today), _HEAD), (x(schedule.today), floor), "tg")
    for bar, y in _rows(schedule.groups):
        if isinstance(bar, BarGroup):
            yield from _titled(bar, y)
            continue
        of = bar.place
        drawn = [*_named(bar.name, bar.text, y, bar.detail), _bar(x(0.0), x(of.due), y, "tr")]
        if of.done:
            drawn.append(_bar(x(0.0), x(of.due * of.done), y, "a2" if of.late else "ac"))
        if not of.open_ended:
            drawn.append(line((x(of.due), y - 7), (x(of.due), y + 7), "tk"))
        drawn += [
            circle((x(place), y), 3.4, "a1" if reached else "hw") for place, reached in of.nodes
        ]
        yield _pointed_at(bar.told, drawn)


def _named(name: str, figure: str, y: float, detail: str = "") -> Iterator[str]:
    """Yield the name of a bar above it with what stands behind it, and its figure at the right."""
    foot = y - _THICK / 2 - 5
    room = WIDE - width(figure, _FIGURE) - 12
    yield from _over((0, foot), _cut(name, _NAME, room), _NAME, "a1")
    start = width(name, _NAME) + 12
    if detail and room - start > width(detail[:_FEWEST], _DETAIL):
        yield from _over((start, foot), _cut(detail, _DETAIL, room - start), _DETAIL, "a3")
    yield from _over((WIDE, foot), figure, _FIGURE, "a1 sb", "end")


def _over(at: Point, words: str, size: float, kind: str, anchor: str = "start") -> Iterator[str]:
    """Yield a label on a ground of paper, so that no upright line runs through it."""
    x, y = at
    long = width(words, size) + 8  # room beside it too: a line at its edge reads as a letter
    left = x - long + 2 if anchor == "end" else x - 2
    yield (
        f'<rect class="pp" x="{number(left)}" y="{number(y - 0.9 * size)}" '
        f'width="{number(long)}" height="{number(1.15 * size)}"/>'
    )
    yield text(at, words, size, kind, anchor)


def _bar(start: float, end: float, y: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{number(start)}" y="{number(y - _THICK / 2)}" '
        f'width="{number(max(end - start, 0.0))}" height="{number(_THICK)}"/>'
    )


def _cut(words: str, size: float, room: float) -> str:
    """Return a text on one line, cut off where it has no room."""
    return next(iter(lines(words, size, room, 1)), "")
