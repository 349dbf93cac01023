"""How far a zone is from its lines: a bar an item, by class, with the line at 100%.

A class begins with its name. The name of an item stands above its bar, so that a phone has room for
both. What lies beyond the scale ends at its edge with a triangle; its figure is written anyhow.
What it shows is described here once; ``gap_bars_vega`` draws it on pages and
``ui.report.render.plan_svg`` in links and files.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.charts.bars import BarGroup
from ui.language import format as fmt

MOST = 1.25
"""Multiple of the line at which the scale ends."""
MARKS = (0.0, 0.5, 1.0)
"""Multiples that the scale names."""


@dataclass(frozen=True, slots=True)
class GapBar:
    """One item.

    Attributes
    ----------
    attained
        What the zone has as a multiple of its line; where less is better, the line as a multiple
        of that.
    text
        The same as written.
    others
        Multiples of the line at which other lines stand.
    told
        The sentence that a pointer is given.
    """

    name: str
    attained: float
    text: str
    others: tuple[float, ...]
    told: str


@dataclass(frozen=True, slots=True)
class GapBars:
    """The bars of the items that are held against a line, class by class.

    ``stamp`` is what must stand in it wherever it is copied to; else empty.
    """

    groups: tuple[BarGroup[GapBar], ...]
    stamp: str = ""


def attained(ratio: float) -> str:
    """Write a multiple of a line in percent, with the digits that a small one needs."""
    return f"{ratio * 100:.1f}%" if ratio < 0.1 else fmt.share(ratio)
