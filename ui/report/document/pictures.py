"""Charts of a report: the figures they are drawn from, and the words that stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.outlook.outlook import Quantiles

BETWEEN = "\u2003"
"""Between marks, and between number and date."""


@dataclass(frozen=True, slots=True)
class Side:
    """The full year's distribution on its side, beside a fan.

    Attributes
    ----------
    values, density
        Shape ``(n,)``: growth in percent, ascending, and the density there, its peak at 1.
    cuts
        Ends of the growth rates that meet the target, in percent; infinite where open.
    met, missed
        Share and word of either part, each of two lines: 约50%, 超过7%.
    """

    values: tuple[float, ...]
    density: tuple[float, ...]
    cuts: tuple[float, float]
    met: tuple[str, str]
    missed: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fan:
    """The fan of one indicator: last year, this year, and what the rest of it may bring.

    Attributes
    ----------
    indicator
        Id, for names of files.
    title, caption, alt
        Its name, one line below, and what those hear who cannot see it.
    year
        The target year.
    labels
        Names of the year before and of the year, and what the target line is called.
    target
        Height of the target line, in percent.
    known
        Position in quarters from the first of the year before, 0 to 7, and cumulative growth in
        percent, of the figures that are known.
    ahead
        Position and quantiles of cumulative growth of the quarters to come.
    end
        Expected full-year growth as it is written, empty once it is known.
    side
        None in a small fan.
    stamp
        What must stand in it wherever it is copied to: 内部资料, 模拟数据; else empty.
    flash
        Positions of the known figures that are not published.
    flash_word
        What their sign means; empty where there are none.
    """

    indicator: str
    title: str
    caption: str
    alt: str
    year: int
    labels: tuple[str, str, str]
    target: float
    known: tuple[tuple[int, float], ...]
    ahead: tuple[tuple[int, Quantiles], ...]
    end: str
    side: Side | None
    stamp: str
    flash: frozenset[int] = frozenset()
    flash_word: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a waterfall: what it is called and its figure as written, such as −9.

    ``size`` is in percentage points: of the ends their height, of the others the change.
    """

    name: str
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Why the chance of all moved: from one end to the other by steps that sum exactly."""

    caption: str
    alt: str
    before: Bar
    steps: tuple[Bar, ...]
    after: Bar
    stamp: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a chart says of itself where it stands alone: no page is there to say it.

    Attributes
    ----------
    title, below
        What it shows; of what area and year, in which unit.
    marks
        What must stand on it: 内部资料, 含未公布快报, 模拟数据.
    issue
        Number and date of the issue that it is from.
    """

    title: str
    below: str
    marks: tuple[str, ...]
    issue: str
