"""A report for a meeting room (投屏): one statement a screen, legible from the last row.

One file without script, which needs no server: every screen is a place at which scrolling stops
(CSS Scroll Snap), so the arrow keys, the page keys and a presenter go from one to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup

from ui.charts.bars import parted
from ui.charts.gap_bars_content import GapBars
from ui.charts.palette import palette
from ui.charts.schedule_content import Schedule
from ui.report.document.blocks import (
    Block,
    Cards,
    FanPicture,
    FigureTable,
    Lights,
    Paragraph,
    PlanPicture,
    Report,
    Section,
    Topic,
    WaterfallPicture,
    inside_of,
    plain,
)
from ui.report.render import charts_svg
from ui.report.render.html import page_of, read, variables
from ui.report.render.plain_xml import allowed

Row = TypeVar("Row")

ROWS = 5
"""Rows of a table on one screen: of more, the letters would be too small."""
SIZES = ((60, ""), (110, "long"), (190, "longest"))
"""How a statement is set that has up to so many signs; letters of Latin count half."""
SMALLEST = "wall"
_SHOWN = (
    Topic.NOTE, Topic.LIGHTS, Topic.WEAKEST, Topic.CHANGE, Topic.CLAIMS, Topic.RANK, Topic.TASKS,
    Topic.NEXT, Topic.REQUESTS, Topic.ASSUMED,
)  # fmt: skip
"""What is shown of a report besides its five lines; the rest is to be read, not looked at."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One statement: what it is about, and the block that says it.

    ``size`` says how large it is set, by how much there is to read.
    """

    title: str
    block: Block
    size: str = ""


def slides_of(report: Report) -> str:
    """Return the document."""
    said = {"screens": screens_of(report), "size": _size(Paragraph(report.sentence))}
    page = page_of(report, "", lambda drawn, _: Markup(drawn), "slides.jinja", said)
    rules = f":root{{{variables(dark=False)}}}\n{charts_svg.rules(palette(dark=False))}\n"
    return allowed(page.document(Markup("\n" + rules + read("slides.css"))))


def screens_of(report: Report) -> tuple[Screen, ...]:
    """Return what follows the first screen, which holds the sentence and its number."""
    found = [Screen("", Paragraph(line), _size(Paragraph(line))) for line in report.lines[1:]]
    for section in report.sections:
        if section.part in _SHOWN:
            blocks = [part for block in section.blocks for part in _parted(block)]
            found += [Screen(_title(one, section), one, _size(one)) for one in blocks]
    return tuple(found)


def _title(block: Block, section: Section) -> str:
    return block.title if isinstance(block, PlanPicture) else section.title


def _parted(block: Block) -> Iterator[Block]:
    """Yield a block in parts that fit on a screen each; notes and what is folded stay away."""
    if isinstance(block, Lights):
        yield from (replace(block, rows=rows) for rows in _chunks(block.rows))
    elif isinstance(block, FigureTable):
        for part in _chunks(block.rows):
            yield replace(block, rows=part)
    elif isinstance(block, Cards):
        for inside in inside_of(block):
            yield from _parted(inside)
    elif isinstance(block, PlanPicture):
        yield from _parted_bars(block)
    elif isinstance(block, (Paragraph, FanPicture, WaterfallPicture)):
        yield block


def _parted_bars(picture: PlanPicture) -> Iterator[PlanPicture]:
    """Yield a picture of bars in parts whose letters are legible from the last row."""
    match picture.chart:
        case GapBars() as gaps:
            for some in parted(gaps.groups, ROWS):
                yield replace(picture, chart=replace(gaps, groups=some))
        case Schedule() as schedule:
            for lines in parted(schedule.groups, ROWS):
                yield replace(picture, chart=replace(schedule, groups=lines))
        case _:
            yield picture


def _chunks(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield rows in parts as even as can be."""
    parts = -(-len(rows) // ROWS)
    each = -(-len(rows) // parts) if parts else 1
    for first in range(0, len(rows), each):
        yield tuple(rows[first : first + each])


def _size(block: Block) -> str:
    if not isinstance(block, Paragraph):
        return ""
    signs = sum(1 if ord(sign) > 0x2E80 else 0.5 for sign in plain(block.text))
    return next((size for most, size in SIZES if signs <= most), SMALLEST)
