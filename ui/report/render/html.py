"""A report as one self-contained HTML file: no script, no request to anywhere, one style sheet.

It is read as it is served, saved, sent on or printed. The rules stand in ``html.css``; colours
are variables, so that a dark scheme changes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from ui.charts.palette import GLYPHS, palette
from ui.language import Language
from ui.report.document.blocks import (
    Align,
    Big,
    Block,
    Details,
    FanPicture,
    Grid,
    Lamp,
    LightRow,
    Lights,
    Note,
    Paragraph,
    Part,
    Report,
    Section,
    Text,
    WaterfallPicture,
)
from ui.report.render import svg
from ui.report.render.plain_xml import allowed

TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}
_WIDE = "\u2003"
WHOLE = 14
"""Signs up to which a decisive phrase is kept on one line."""

_PROSE = {Part.NOTE, Part.TODAY, Part.ASSUMED, Part.RECORD, Part.PRINT}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a reader can go on from the page; ``language`` is that of the label, if another."""

    label: str
    address: str
    language: Language | None = None


def html_of(report: Report, *, links: Sequence[Link] = (), paper: bool = False) -> str:
    """Return the document.

    Parameters
    ----------
    links
        What stands at its foot on a screen; none in a file, which leads nowhere.
    paper
        Whether it is for a renderer of pages, which knows no closed details and no variables
        inside charts: then all is open and charts carry their own colours.
    """
    page = _Page(report, paper)
    tag = TAGS[report.language]
    return allowed(
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="robots" content="noindex,nofollow,noarchive">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(report.title)}</title>\n"
        f'<meta name="description" content="{escape(report.preview)}">\n'
        f'<meta property="og:title" content="{escape(report.title)}">\n'
        f'<meta property="og:description" content="{escape(report.preview)}">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>\n{_rules(paper=paper)}{_corners(report)}</style>\n"
        f'</head>\n<body>\n{page.header()}\n<main class="parts">\n{page.main()}\n</main>\n'
        f"{_foot(links)}</body>\n</html>\n"
    )


def body_of(report: Report, style: str) -> str:
    """Return what a page of another kind shows of a report; ``style`` is that of its charts."""
    page = _Page(report, paper=False)
    page.style = style
    return allowed(f'{page.header()}<div class="parts">{page.main()}</div>')


def _foot(links: Sequence[Link]) -> str:
    if not links:
        return ""
    shown = "".join(_anchor(link) for link in links)
    return f'<footer class="go">{shown}</footer>\n'


def _anchor(link: Link) -> str:
    tag = f' lang="{TAGS[link.language]}"' if link.language else ""
    return f'<a href="{escape(link.address)}"{tag}>{escape(link.label)}</a>'


@cache
def _rules(*, paper: bool) -> str:
    """Return the style sheet with the colours of both themes; paper is always light."""
    light = f":root{{{_variables(dark=False)}}}\n"
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(dark=True)}}}}}\n"
    own = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    return light + ("" if paper else dark + svg.rules() + "\n") + own


def _variables(*, dark: bool) -> str:
    return ";".join(f"--{name}:{value}" for name, value in palette(dark=dark).items())


def _corners(report: Report) -> str:
    """Return what stands on every printed page: the marks, the issue, the page's number."""
    head = _css_text(_WIDE.join(report.marks))
    foot = _css_text(_WIDE.join((report.title, report.number, "")))
    pages = 'counter(page) " / " counter(pages)'
    return (
        f"@page{{@top-right{{content:{head};font-size:9pt}}"
        f"@bottom-center{{content:{foot} {pages};font-size:9pt}}}}\n"
    )


def _css_text(text: str) -> str:
    """Return a text as a string of a style sheet; all but letters and figures by code point."""
    shown = re.sub(r"[^\w .-]", lambda found: f"\\{ord(found[0]):x} ", allowed(text))
    return f'"{shown}"'


class _Page:
    """Builds the document of one report; numbers its parts, so that ids are unique."""

    def __init__(self, report: Report, paper: bool) -> None:
        self.report = report
        self.style = svg.rules(palette(dark=False)) if paper else ""
        self.paper = paper
        self.count = 0

    def key(self) -> str:
        """Return an id that the page has not."""
        self.count += 1
        return f"r{self.count}"

    def header(self) -> str:
        """Return the head: what it is, of whom, and the marks that must stand there."""
        report = self.report
        issuer = f"<bdi>{escape(report.issuer)}</bdi>" if report.issuer else ""
        told = [f"<span>{issuer}</span>"] if issuer else []
        line = "".join([_unbroken(report.number), *told, _unbroken(report.date)])
        stamps = "".join(f'<span class="stamp">{escape(mark)}</span> ' for mark in report.marks)
        marks = f'<p class="end">{stamps}</p>' if stamps else ""
        return f"<header><p>{escape(report.title)}</p><p>{line}</p>{marks}</header>"

    def main(self) -> str:
        """Return the lines and then the sections."""
        return "\n".join([self._say(), *(self._section(part) for part in self.report.sections)])

    def _say(self) -> str:
        report = self.report
        rest = "".join(f"<li>{_inline(line)}</li>" for line in report.lines[1:])
        big = self._big(report.big) if report.big else ""
        lines = f'<ol class="five" start="2" role="list">{rest}</ol>' if rest else ""
        return f'<section class="say"><h1>{_inline(report.sentence)}</h1>{big}{lines}</section>'

    def _big(self, big: Big) -> str:
        light = f"<p>{lamp(big.lamp)}</p>" if big.lamp else ""
        dots = "" if big.dots is None else svg.dots(big.dots, big.alt, self.key(), self.style)
        below = f"<p>{_inline(big.below)}</p>"
        figure = f'<p class="cheng">{escape(big.figure)}</p>'
        return f'<div class="big"><div>{figure}{light}{below}</div>{dots}</div>'

    def _section(self, section: Section) -> str:
        key = self.key()
        note = f'<p class="note">{escape(section.note)}</p>' if section.note else ""
        kind = f"{section.part}-part"
        kind += " prose" if section.part in _PROSE else ""
        kind += " print" if section.part is Part.PRINT else ""
        body = "".join(self._block(block, section) for block in section.blocks)
        return (
            f'<section class="{kind}" aria-labelledby="{key}">'
            f'<h2 id="{key}">{escape(section.title)}</h2>{note}{body}</section>'
        )

    def _block(self, block: Block, section: Section) -> str:
        match block:
            case Paragraph():
                told = _inline(block.text)
                if section.part is Part.NOTE:  # words of the issuer, in whatever script
                    return f'<p class="pre"><bdi>{told}</bdi></p>'
                return f"<p>{told}</p>"
            case Note():
                return f'<p class="note">{_inline(block.text)}</p>'
            case Lights():
                return lights(block)
            case Grid():
                return grid(block)
            case FanPicture():
                return _figure(svg.fan(block, self.key(), self.style), block)
            case WaterfallPicture():
                drawn = svg.waterfall(block, section.title, self.key(), self.style)
                return _figure(drawn, block)
            case Details():
                return self._details(block, section)

    def _details(self, block: Details, section: Section) -> str:
        inside = [self._block(one, section) for one in block.blocks]
        body = "".join(inside)
        if any(isinstance(one, FanPicture) for one in block.blocks):
            body = f'<div class="small">{_cells(block, inside)}</div>'
        state = " open" if self.paper else ""
        return f"<details{state}><summary>{escape(block.summary)}</summary>{body}</details>"


def _figure(drawn: str, block: FanPicture | WaterfallPicture) -> str:
    return f"<figure>{drawn}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _cells(block: Details, inside: list[str]) -> str:
    """Put every fan into one cell with what follows it."""
    cells: list[str] = []
    for one, shown in zip(block.blocks, inside, strict=True):
        if isinstance(one, FanPicture) or not cells:
            cells.append(f"<h3>{escape(one.title)}</h3>" if isinstance(one, FanPicture) else "")
        cells[-1] += shown
    return "".join(f"<div>{cell}</div>" for cell in cells)


def _inline(text: Text) -> str:
    """Return spans as HTML: decisive phrases in the accent, facts in weight."""
    parts = []
    for span in text:
        shown = escape(span.text)
        if span.strong:
            shown = f"<b>{shown}</b>"
        whole = ' class="k"' if len(span.text) <= WHOLE else ""
        parts.append(f"<em{whole}>{shown}</em>" if span.accent else shown)
    return "".join(parts)


def _unbroken(text: str) -> str:
    """Return a text that stays on one line: a day is not parted from its 日."""
    return f'<span class="k">{escape(text)}</span>'


STACKED = 5
"""Columns from which on a phone shows each row of a table as a list."""
SHORT = 13
"""Signs up to which a cell stays on one line."""
UNPARTED = 14
"""Rows up to which paper does not part a table."""


def grid(block: Grid) -> str:
    """Return a table of figures in a region of its own, which a keyboard can scroll."""
    kinds = ["l" if align is Align.LEFT else "" for align in block.align]
    head = "".join(
        f'<th scope="col" role="columnheader"{_class(kind)}>{escape(cell)}</th>'
        for cell, kind in zip(block.head, kinds, strict=True)
    )
    rows = "".join(_grid_row(row, block.head, kinds) for row in block.rows)
    stack = "stack" if len(block.head) >= STACKED else ""
    caption = escape(block.caption)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table role="table"{_class(stack, _whole(block.rows))}><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _grid_row(row: tuple[str, ...], head: tuple[str, ...], kinds: list[str]) -> str:
    first = f'<th scope="row" role="rowheader" class="l">{escape(row[0])}</th>'
    cells = "".join(
        f'<td role="cell"{_class(kind, _kept(cell))} data-label="{escape(title)}">'
        f"{escape(cell)}</td>"
        for cell, title, kind in zip(row[1:], head[1:], kinds[1:], strict=True)
    )
    return f'<tr role="row">{first}{cells}</tr>'


def _kept(cell: str) -> str:
    """Return the class of a cell that is not parted: a range of two figures is none any more."""
    return "k" if len(cell) <= SHORT else ""


def _whole(rows: Sequence[object]) -> str:
    """Return the class of a table that stays on one page."""
    return "whole" if len(rows) <= UNPARTED else ""


def _class(*names: str) -> str:
    shown = " ".join(name for name in names if name)
    return f' class="{shown}"' if shown else ""


def lamp(one: Lamp) -> str:
    """Return a light: its shape in colour, its word in ink, always both."""
    shape, colour = GLYPHS[one.light]
    glyph = f'<i class="{colour}" aria-hidden="true">{shape}</i>'
    return f'<span class="lamp">{glyph}{escape(one.word)}</span>'


def lights(block: Lights) -> str:
    """Return the indicators as a table of four columns, which fits a phone."""
    _, name, chance, expected, interval, need = map(escape, block.head)
    columns = [name, chance, f"{expected}<small>{interval}</small>", need]
    bare = not any(row.need or row.probability for row in block.rows)
    if bare:
        columns = [name, expected]
    head = "".join(
        f'<th scope="col" role="columnheader"{_class("" if place else "l")}>{column}</th>'
        for place, column in enumerate(columns)
    )
    rows = "".join(_light_row(row, block.head, bare=bare) for row in block.rows)
    lit = "lit" if any(row.lamp for row in block.rows) else ""
    kind = _class("lights", lit, _whole(block.rows))
    return (
        f'<table{kind} role="table"><caption>{escape(block.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _light_row(row: LightRow, head: tuple[str, ...], *, bare: bool) -> str:
    _, _, chance, expected, within, need = map(escape, head)
    light = lamp(row.lamp) if row.lamp else ""
    interval = f'<small data-label="{within}">{escape(row.interval)}</small>'
    cells = [(expected, escape(row.expected) + (interval if row.interval else ""))]
    if not bare:
        cells = [(chance, escape(row.probability)), *cells, (need, escape(row.need))]
    shown = "".join(f'<td role="cell" data-label="{name}">{cell}</td>' for name, cell in cells)
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="l">{light}'
        f'<span class="nm">{escape(row.name)}</span></th>{shown}</tr>'
    )
