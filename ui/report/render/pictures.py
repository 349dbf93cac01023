"""Every chart of a report as SVG."""

from __future__ import annotations

from ui.report.document.blocks import Around, FanPicture, Picture, WaterfallPicture
from ui.report.render import charts_svg, plan_svg


def svg_of(
    picture: Picture, title: str, key: str, style: str = "", around: Around | None = None
) -> str:
    """Return a chart as a document of its own; parameters as of ``charts_svg.document``.

    ``title`` is what one without a title is called.
    """
    match picture:
        case FanPicture():
            return charts_svg.fan(picture, key, style, around)
        case WaterfallPicture():
            return charts_svg.waterfall(picture, title, key, style, around)
        case _:
            return plan_svg.chart(picture, key, style, around)
