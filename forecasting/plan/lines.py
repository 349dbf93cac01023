"""Lines that an item of national rank is held against, and how each goes on.

One is the median of peers, the others are means of national zones that were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

import numpy as np

from forecasting.arrays import Array
from forecasting.figures.indicator import Direction
from forecasting.plan.criteria import CriteriaItem, Scope, Yardstick
from forecasting.plan.years import Levels

MOST_PEER_YEARS = 3
"""Years over which the growth of the peers' median is measured at most."""
MOST_YARDSTICK_YEARS = 5
"""Years over which the growth of a mean of national zones is measured at most."""


class LineKind(StrEnum):
    """What a zone is held against."""

    PEERS = "peers"
    OUTSIDE_TOP = "outside_top"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class GapLine:
    """What an item is held against, and how it moves.

    Attributes
    ----------
    scope
        Of a mean of national zones; None of the peers' median.
    value
        In ``year``.
    count
        Peers or national zones that it is of.
    growth
        In percent a year since ``since``; None where no other year compares with this one.
    borrowed
        Whether that is the growth of the mean of all national zones, for want of its own.
    break_
        What sets its definition apart from the usual one; empty where nothing does.
    """

    kind: LineKind
    scope: Scope | None
    year: int
    value: float
    count: int
    growth: float | None = None
    since: int | None = None
    borrowed: bool = False
    break_: str = ""

    def course(self, years: Iterable[int], direction: Direction) -> Array:
        """Return its values in some years.

        It goes on at its own growth, but never towards the zone: a line that gets easier is taken
        to stay where it was last, lest a gap closes by itself.
        """
        growth = self.growth or 0.0
        easier = growth < 0 if direction is Direction.UP else growth > 0
        rate = 1.0 if easier else 1 + growth / 100
        return np.array([self.value * rate ** (year - self.year) for year in years])


def lines_of(
    item: CriteriaItem,
    peers: Mapping[str, Levels],
    yardsticks: Sequence[Yardstick],
    year: int,
) -> tuple[GapLine, ...]:
    """Return what an item is held against, the fairest first and broken definitions last."""
    own = [one for one in yardsticks if one.item == item.id]
    outside = [one for one in own if one.scope is not Scope.ALL]
    every = [one for one in own if one.scope is Scope.ALL]
    fair = yardstick_line(outside, LineKind.OUTSIDE_TOP)
    national = yardstick_line(every, LineKind.NATIONAL)
    if fair and national and fair.growth is None and fair.break_ == national.break_:
        fair = replace(fair, growth=national.growth, since=national.since, borrowed=True)
    lines = [line for line in (peers_line(peers, year), fair, national) if line is not None]
    return tuple(sorted(lines, key=lambda line: bool(line.break_)))


def peers_line(peers: Mapping[str, Levels], year: int) -> GapLine | None:
    """Return the peers' median in the last year, up to one, that any of them is known of.

    Its growth is that of the median of the same peers, over ``MOST_PEER_YEARS`` at most.
    """
    years = [one for levels in peers.values() for one in levels if one <= year]
    if not years:
        return None
    last = max(years)
    known = {peer: levels for peer, levels in peers.items() if last in levels}
    value = median(levels[last] for levels in known.values())
    growth = since = None
    for back in range(MOST_PEER_YEARS, 0, -1):
        if all(last - back in levels for levels in known.values()):
            before = median(levels[last - back] for levels in known.values())
            growth, since = _yearly(before, value, back), last - back
            break
    return GapLine(LineKind.PEERS, None, last, value, len(known), growth, since)


def yardstick_line(yardsticks: Sequence[Yardstick], kind: LineKind) -> GapLine | None:
    """Return the last mean of national zones on the usual definition, else the last of any.

    Its growth is measured over years of one definition alone, over ``MOST_YARDSTICK_YEARS`` at
    most.
    """
    if not yardsticks:
        return None
    last = max(yardsticks, key=lambda one: (not one.break_, one.year))
    alike = [
        one
        for one in yardsticks
        if (one.scope, one.break_) == (last.scope, last.break_)
        and 0 < last.year - one.year <= MOST_YARDSTICK_YEARS
    ]
    first = min(alike, key=lambda one: one.year, default=None)
    growth = since = None
    if first is not None:
        growth, since = _yearly(first.mean, last.mean, last.year - first.year), first.year
    return GapLine(
        kind, last.scope, last.year, last.mean, last.zones, growth, since, break_=last.break_
    )


def _yearly(before: float, after: float, years: int) -> float:
    return float(((after / before) ** (1 / years) - 1) * 100)
