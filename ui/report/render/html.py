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

from ui.charts.palette import palette
from ui.language import Language
from ui.report.document.model import (
    Big,
    Block,
    Details,
    Grid,
    Lights,
    Note,
    Paragraph,
    Part,
    Report,
    Section,
    Text,
)
from ui.report.document.pictures import Fan, Waterfall
from ui.report.render import html_tables as tables
from ui.report.render import svg, svg_fan
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
        lamp = f"<p>{tables.lamp(big.lamp)}</p>" if big.lamp else ""
        dots = "" if big.dots is None else svg.dots(big.dots, big.alt, self.key(), self.style)
        below = f"<p>{_inline(big.below)}</p>"
        figure = f'<p class="cheng">{escape(big.figure)}</p>'
        return f'<div class="big"><div>{figure}{lamp}{below}</div>{dots}</div>'

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
                return tables.lights(block)
            case Grid():
                return tables.grid(block)
            case Fan():
                return _figure(svg_fan.fan(block, self.key(), self.style), block)
            case Waterfall():
                drawn = svg.waterfall(block, section.title, self.key(), self.style)
                return _figure(drawn, block)
            case Details():
                return self._details(block, section)

    def _details(self, block: Details, section: Section) -> str:
        inside = [self._block(one, section) for one in block.blocks]
        body = "".join(inside)
        if any(isinstance(one, Fan) for one in block.blocks):
            body = f'<div class="small">{_cells(block, inside)}</div>'
        state = " open" if self.paper else ""
        return f"<details{state}><summary>{escape(block.summary)}</summary>{body}</details>"


def _figure(drawn: str, block: Fan | Waterfall) -> str:
    return f"<figure>{drawn}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _cells(block: Details, inside: list[str]) -> str:
    """Put every fan into one cell with what follows it."""
    cells: list[str] = []
    for one, shown in zip(block.blocks, inside, strict=True):
        if isinstance(one, Fan) or not cells:
            cells.append(f"<h3>{escape(one.title)}</h3>" if isinstance(one, Fan) else "")
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
