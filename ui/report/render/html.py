"""A report as one self-contained HTML file: no script, no request to anywhere, one style sheet.

It is read as it is served, saved, sent on or printed, or shown inside a page of the app. Markup
stands in ``html.jinja``; rules of screens in ``html.css``, of paper in ``print.css``, and what only
the writer of PDFs needs in ``weasyprint.css``; colours are variables, so that a dark scheme changes
nothing else.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader
from markupsafe import Markup

from ui.charts.palette import GLYPHS, palette
from ui.language import Language
from ui.report.document.blocks import (
    BETWEEN,
    Big,
    Block,
    Cards,
    Details,
    FanPicture,
    FigureTable,
    Lights,
    Note,
    Paragraph,
    Picture,
    PlanPicture,
    Report,
    Text,
    Topic,
)
from ui.report.render import charts_svg
from ui.report.render.brief_content import FEW_COLUMNS, Brief, fitting, lights_table
from ui.report.render.brief_typography import Type
from ui.report.render.pictures import svg_of
from ui.report.render.plain_xml import allowed

TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}
UNBROKEN = 14
"""Signs up to which a decisive phrase is kept on one line."""
SHORT = 13
"""Signs up to which a cell stays on one line."""
STACKED = 5
"""Columns from which on a phone shows each row of a table as a list."""
UNPARTED = 14
"""Rows up to which paper does not part a table."""

_PROSE = (
    Topic.NOTE,
    Topic.TODAY,
    Topic.ASSUMED,
    Topic.RECORD,
    Topic.PRINT,
)
_FOLDER = Path(__file__).parent

Drawn = Callable[[str, str], Markup]
"""Makes what a page shows of a chart from its SVG, and from what those hear who cannot see it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a reader can go on from the page; ``language`` is that of the label, if another."""

    label: str
    address: str
    say: Language | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader should know before the issue: that there is something newer, and where."""

    text: Text
    link: Link


def html_of(
    report: Report,
    *,
    links: Sequence[Link] = (),
    notice: Notice | None = None,
    paper: bool = False,
) -> str:
    """Return the document.

    Parameters
    ----------
    notice
        What stands above the issue and is no part of it; none in a file.
    links
        What stands at its foot on a screen; none in a file, which leads nowhere.
    paper
        Whether it is for a renderer of pages, which knows no closed details and no variables
        inside charts: then all is open and charts carry their own colours.
    """
    style = charts_svg.rules(palette(dark=False), halo=False) if paper else ""
    page = page_of(report, style, _on_paper, paper=paper)
    rules = Markup("\n" + _rules(paper=paper) + _corners(report))
    return allowed(page.document(links, rules, notice))


def sheet_html_of(report: Report, share: float) -> str:
    """Return a report for one sheet of paper, in letters of a share of their usual size."""
    page = page_of(report, charts_svg.rules(palette(dark=False), halo=False), _on_paper, paper=True)
    size = re.compile(r"([0-9.]+)pt")
    own = size.sub(lambda found: f"{float(found[1]) * share:.2f}pt", read("sheet.css"))
    rules = Markup("\n" + _rules(paper=True) + _corners(report) + own)
    return allowed(page.document((), rules, None))


def _on_paper(drawn: str, _: str) -> Markup:
    return Markup(drawn)


def brief_html_of(brief: Brief) -> str:
    """Return a brief as the document that a renderer of pages lays out."""
    style = charts_svg.rules(palette(dark=False), halo=False)
    said: dict[str, object] = {
        "said": brief,
        "type": brief.kind,
        "size": fitting(brief.name),
        "lights_table": lights_table,
        "few": FEW_COLUMNS,
    }
    shown = page_of(brief.report, style, _on_paper, "brief_page.jinja", said)
    rules = f"{_brief_variables(brief.report, brief.kind)}\n{read('brief_page.css')}"
    return allowed(shown.document(Markup(rules)))


def _brief_variables(report: Report, kind: Type) -> str:
    """Return the typography of a brief, its marks and the signs around the number of a page."""
    before, after = kind.page_number
    values = {
        "size": f"{kind.size / 2}pt",
        "line": f"{kind.line / 20}pt",
        "small": f"{kind.small / 2}pt",
        "smallline": f"{kind.smallline / 20}pt",
        "cell": f"{kind.cell / 2}pt",
        "fine": f"{kind.fine / 2}pt",
        "end": f"{kind.end / 2}pt",
        "gap": f"{kind.before / 20}pt",
        "after-line": f"{kind.after / 20}pt",
        "indent": "2em" if kind.indent else "0",
        "before": _css_text(before),
        "after": _css_text(after),
        "marks": _css_text(BETWEEN.join(report.marks)),
    }
    for name in ("title", "body", "heading", "page"):
        font, others = getattr(kind, name)
        generic = "sans-serif" if name == "heading" else "serif"
        fonts = ("Times New Roman", font, *others.split(","), *_INSTEAD[generic])
        values[name] = ",".join(f'"{one}"' for one in fonts) + f",{generic}"
    told = ";".join(f"--brief-{name}:{value}" for name, value in values.items())
    return f":root{{{told};{variables(dark=False)}}}"


_INSTEAD = {
    "serif": ("Source Han Serif SC", "Noto Serif CJK SC"),
    "sans-serif": ("Source Han Sans SC", "Noto Sans CJK SC"),
}
"""What stands for the fonts of a brief where they are not installed."""


def embedded(report: Report, *, dark: bool) -> str:
    """Return a report inside a page of the app, which brings its own head and lets no SVG through.

    The page needs ``embedded_style`` and the variables of ``look.css``.
    """
    return allowed(page_of(report, charts_svg.rules(palette(dark=dark)), _image).body())


@cache
def embedded_style() -> str:
    """Return the rules of the file below one class; what is of a document is left out."""
    return f"<style>.report{{{read('html.css')}}}\n{read('embedded.css')}</style>"


def _image(drawn: str, alt: str) -> Markup:
    data = b64encode(allowed(drawn).encode()).decode()
    return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(alt, data)


def page_of(
    report: Report,
    style: str,
    shown: Drawn,
    template: str = "html.jinja",
    more: Mapping[str, object] | None = None,
    *,
    paper: bool = False,
) -> Any:
    """Return a template filled with a report; its macros are called by their names.

    Parameters
    ----------
    style
        Rules inside each chart; empty where the page has them.
    """
    ids = count(1)

    def new_id() -> str:
        return f"r{next(ids)}"

    def picture(block: Picture, title: str) -> Markup:
        return shown(svg_of(block, title, new_id(), style), block.alt)

    def dots(big: Big) -> Markup:
        assert big.dots is not None
        return shown(charts_svg.dots(big.dots, big.alt, new_id(), style), big.alt)

    return (
        _templates()
        .get_template(template)
        .make_module(
            {
                "report": report,
                "tag": TAGS[report.say.language],
                "paper": paper,
                "new_id": new_id,
                "picture": picture,
                "dots": dots,
                **(more or {}),
            }
        )
    )


def compile_page() -> None:
    """Compile the template of a page, for which its first reader waited longest of all."""
    _templates().get_template("html.jinja")


@cache
def _templates() -> Environment:
    """Return the environment that knows the blocks by type and escapes every text."""
    made = Environment(loader=FunctionLoader(_joined), autoescape=True)
    blocks = {
        "paragraph": Paragraph,
        "note": Note,
        "lights": Lights,
        "grid": FigureTable,
        "details": Details,
        "fan": FanPicture,
        "cards": Cards,
    }
    made.tests |= {name: _is(kind) for name, kind in blocks.items()}
    made.tests["titled"] = lambda block: isinstance(block, FanPicture | PlanPicture)
    made.filters["by_picture"] = _by_picture
    made.globals |= {
        "glyphs": GLYPHS,
        "tags": TAGS,
        "prose": _PROSE,
        "unbroken": UNBROKEN,
        "short": SHORT,
        "stacked": STACKED,
        "unparted": UNPARTED,
    }
    return made


def _joined(name: str) -> str:
    """Return a template without ends of lines and indentation."""
    return "".join(line.strip() for line in read(name).splitlines())


def _is(kind: type) -> Callable[[object], bool]:
    return lambda block: isinstance(block, kind)


def _by_picture(blocks: Iterable[Block]) -> list[list[Block]]:
    """Put every picture with a title of its own into one group with what follows it."""
    groups: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, FanPicture | PlanPicture) or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


@cache
def _rules(*, paper: bool) -> str:
    """Return the style sheet with the colours of both themes; paper is always light."""
    light = f":root{{{variables(dark=False)}}}\n"
    if paper:
        return light + _page_rules() + read("weasyprint.css")
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(dark=True)}}}}}\n"
    return light + dark + charts_svg.rules() + "\n" + _page_rules()


def _page_rules() -> str:
    return read("html.css") + read("print.css")


def variables(*, dark: bool) -> str:
    """Return the colours of a theme as variables of a style sheet."""
    return ";".join(f"--{name}:{value}" for name, value in palette(dark=dark).items())


def read(name: str) -> str:
    """Return a template or a style sheet of this folder."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def _corners(report: Report) -> str:
    """Return what stands on every printed page: the marks, the issue, the page's number."""
    head = _css_text(BETWEEN.join(report.marks))
    foot = _css_text(BETWEEN.join((report.title, report.number, "")))
    pages = 'counter(page) " / " counter(pages)'
    return (
        f"@page{{@top-right{{content:{head};font-size:9pt}}"
        f"@bottom-center{{content:{foot} {pages};font-size:9pt}}}}\n"
    )


def _css_text(text: str) -> str:
    """Return a text as a string of a style sheet; all but letters and figures by code point."""
    shown = re.sub(r"[^\w .-]", lambda found: f"\\{ord(found[0]):x} ", allowed(text))
    return f'"{shown}"'
