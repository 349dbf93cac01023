"""The figures of charts as tables, for files: what is drawn, in the reader's language.

Growth that is published has one decimal, as everywhere; what is computed has two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forecasting.figures.period import Quarter
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from forecasting.record.reliability import Bin
from ui.charts.dumbbell import Pair
from ui.charts.fan_content import Fan
from ui.charts.waterfall_content import Waterfall
from ui.language import Speaker
from ui.language import format as fmt


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a chart as a table, in the reader's language.

    Attributes
    ----------
    title
        What the chart is of.
    rows
        As written; one row for each point or bar.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def fan_figures(fan: Fan, title: str, year: int, say: Speaker) -> Figures:
    """Return growth that is known, then the quantiles of what is ahead, by quarter."""
    say = say.plain
    levels = [f"{100 * level:g}%" for level in QUANTILE_LEVELS]
    first = Quarter(year - 1, 1)
    known = {figure.position for figure in fan.known}
    blank = [""] * len(levels)
    rows = [
        [fmt.since_january(figure.period, say), fmt.figure(figure.growth), *blank]
        for figure in fan.known
    ]
    rows += [
        [fmt.since_january(first + round(position), say), "", *(f"{one:.2f}" for one in quantiles)]
        for position, quantiles in fan.depths
        if position not in known
    ]
    return Figures(title, (say("column.period"), say("measure.growth_ytd"), *levels), rows)


def quarter_figures(
    values: Mapping[Quarter, float] | Iterable[tuple[Quarter, float]],
    title: str,
    say: Speaker,
    *,
    single: bool,
) -> Figures:
    """Return growth by quarter, of single quarters or of the year to their ends."""
    say = say.plain
    name = say("measure.growth_quarter" if single else "measure.growth_ytd")
    rows = [
        [(fmt.single_quarter if single else fmt.since_january)(quarter, say), fmt.figure(value)]
        for quarter, value in dict(values).items()
        if math.isfinite(value)
    ]
    return Figures(title, (say("column.period"), name), rows)


def waterfall_figures(waterfall: Waterfall, title: str, say: Speaker) -> Figures:
    """Return both ends and each step between them."""
    rows = [[bar.name, bar.text] for bar in waterfall.bars]
    return Figures(title, (say.plain("column.cause"), say.plain("download.value")), rows)


def pair_figures(pairs: Sequence[Pair], title: str, say: Speaker) -> Figures:
    """Return probabilities now and after."""
    say = say.plain
    head = (say("column.indicator"), say("download.now"), say("download.after"))
    rows = [[pair.name, *(_chance(one) for one in (pair.now, pair.after))] for pair in pairs]
    return Figures(title, head, rows)


def bin_figures(bins: Sequence[Bin], title: str, say: Speaker) -> Figures:
    """Return what was said and how often it came."""
    say = say.plain
    head = [say(f"column.{name}") for name in ("said", "count", "observed", "interval_95")]
    rows = [
        [
            _chance(bin.mean),
            str(bin.count),
            fmt.share(bin.observed),
            fmt.share_interval(bin.lower, bin.upper, say),
        ]
        for bin in bins
    ]
    return Figures(title, head, rows)


def _chance(probability: float | None) -> str:
    return "" if probability is None else fmt.probability(probability)
