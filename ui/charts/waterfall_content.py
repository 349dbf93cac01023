"""From one value to another, step by step: each bar starts where the one before it ended.

What it shows is described here once; ``waterfall_vega`` draws it on pages and
``ui.report.render.charts_svg`` in links and files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One bar: what it is called and its figure as written, such as −9.

    ``size`` is in percent or percentage points: of the ends their height, else the change.
    """

    name: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Two ends, and the steps that lead from one to the other.

    ``stamp`` is what must stand in it wherever it is copied to: 内部资料, 模拟数据; else empty.
    """

    before: WaterfallBar
    steps: tuple[WaterfallBar, ...]
    after: WaterfallBar
    stamp: str = ""

    @property
    def bars(self) -> tuple[WaterfallBar, ...]:
        """All bars in their order."""
        return (self.before, *self.steps, self.after)

    @property
    def levels(self) -> tuple[float, ...]:
        """Where the first bar and each step end."""
        return tuple(accumulate(bar.size for bar in self.bars[:-1]))

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Where each bar starts and ends: those of the ends at 0."""
        return ((0.0, self.before.size), *pairwise(self.levels), (0.0, self.after.size))
