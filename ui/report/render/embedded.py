"""A report inside a page of the app, which brings its own head and lets no SVG through.

The same blocks and the same rules as of the file, below one class, with every chart as an image
that carries its colours.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from html import escape, unescape
from pathlib import Path

from ui.charts.palette import palette
from ui.report.document.blocks import Report
from ui.report.render import svg
from ui.report.render.html import TAGS, body_of

_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
_SAID = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


def embedded(report: Report, *, dark: bool) -> str:
    """Return a report for a page with ``style`` and the variables of ``look.css``."""
    body = _SVG.sub(_image, body_of(report, svg.rules(palette(dark=dark))))
    tag = TAGS[report.language]
    return f'<div class="report"><div lang="{tag}">{body}</div></div>'


def _image(found: re.Match[str]) -> str:
    drawn = found[0]
    said = _SAID.search(drawn)
    alt = escape(unescape(said[1])) if said else ""
    data = b64encode(drawn.encode()).decode()
    return f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}">'


@cache
def style() -> str:
    """Return the rules of the file below one class; what is of a document is left out."""
    folder = Path(__file__).parent
    own = (folder / "html.css").read_text(encoding="utf-8")
    more = (folder / "embedded.css").read_text(encoding="utf-8")
    return f"<style>.report{{{own.partition('@media print')[0]}}}\n{more}</style>"
