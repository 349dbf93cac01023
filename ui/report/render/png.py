"""Charts of a report as files of their own: SVG that stands alone, and PNG drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ui.charts.palette import palette
from ui.report.document.blocks import (
    BETWEEN,
    Around,
    Block,
    Cards,
    Details,
    FanPicture,
    Picture,
    PlanPicture,
    Report,
    Section,
    WaterfallPicture,
    inside_of,
)
from ui.report.render import charts_svg
from ui.report.render.pictures import svg_of
from ui.report.render.plain_xml import allowed

_COLOURS = {**palette(dark=False), "paper": "#FFFFFF"}
"""Of charts that stand alone: a white paper fits wherever they are put."""
SCALE = 3.0
"""Pixels per unit of the viewing box: a chart of 400 units is sharp across a page."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its own colours.

    Attributes
    ----------
    title
        What it is of, also for the name of its file.
    alt
        What those hear who cannot see it.
    svg
        The document.
    """

    title: str
    alt: str
    svg: str


def charts_of(report: Report) -> tuple[Chart, ...]:
    """Return every chart of a report, in its order, with what it says of itself."""
    return tuple(
        chart_of(picture, section.title, _around(picture, section, report))
        for section in report.sections
        for block in section.blocks
        for picture in _pictures(block)
    )


def chart_of(picture: Picture, title: str = "", around: Around | None = None) -> Chart:
    """Return one chart; ``title`` is what one without a title is called.

    Parameters
    ----------
    around
        What it says of itself; None where what is beside it does.
    """
    drawn = svg_of(picture, title, "c", charts_svg.rules(_COLOURS), around)
    own = title if isinstance(picture, WaterfallPicture) else picture.title
    return Chart(own, picture.alt, allowed(drawn))


def _around(picture: Picture, section: Section, report: Report) -> Around:
    """Return what a chart says of itself: a small one has no distribution that a note tells of."""
    say, note, title = report.say, section.note, section.title
    if isinstance(picture, PlanPicture):
        title, note = picture.title, picture.caption
    elif isinstance(picture, FanPicture):
        title = picture.title
        note = say("report.fan_alone" if picture.fan.depths else "report.fan_note_known")
    values = {"area": report.area, "year": report.year, "note": note}
    issue = BETWEEN.join((report.number, report.date))
    return Around(title, say("report.chart_below", **values), report.marks, issue)


def _pictures(block: Block) -> Iterator[Picture]:
    if isinstance(block, Picture):
        yield block
    elif isinstance(block, Cards | Details):
        for inside in inside_of(block):
            yield from _pictures(inside)


def png_of(drawn: str, scale: float = SCALE) -> bytes:
    """Return an SVG document as PNG on white paper.

    Fonts are those of the system; where the first of a list lacks a sign, any that has it is
    taken.

    Parameters
    ----------
    scale
        Pixels per unit of the viewing box.

    Raises
    ------
    ValueError
        If it is no SVG.
    """
    from resvg_py import svg_to_bytes

    paper = _COLOURS["paper"]
    return bytes(svg_to_bytes(svg_string=allowed(drawn), zoom=scale, background=paper))
