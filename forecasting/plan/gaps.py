"""Gaps to national rank: where a zone stands by each item, and when a gap would close.

Every item is held against lines: the median of peers and means of national zones. Nothing is
summed into a score, for the function that scores and the pass mark are not public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.figures.indicator import Direction
from forecasting.plan.criteria import Criteria, CriteriaClass, CriteriaItem, Yardstick
from forecasting.plan.lines import GapLine, lines_of
from forecasting.plan.years import FORECAST_YEARS, REACH, Levels, YearPaths

LIKELY = 0.5
"""From this probability on a gap is said to close by a year."""


@dataclass(frozen=True, slots=True)
class Closing:
    """When a gap would close.

    Attributes
    ----------
    first
        The year of the first probability.
    by_year
        Probability that the gap has closed by the end of each year, ``REACH`` of them. Those of
        the first ``FORECAST_YEARS`` are forecast, the others carried on.
    wider
        Probability that after these years the gap is wider than it is now, as a ratio.
    """

    first: int
    by_year: tuple[float, ...]
    wider: float

    @property
    def forecast(self) -> float:
        """The probability by the end of the last year that is forecast."""
        return self.by_year[FORECAST_YEARS - 1]

    @property
    def forecast_year(self) -> int:
        """The year by whose end that is."""
        return self.first + FORECAST_YEARS - 1

    @property
    def widens(self) -> bool:
        """Whether the gap is more likely to get wider than narrower."""
        return self.wider >= 0.5

    def year_at(self, probability: float) -> int | None:
        """Return the first year by whose end it is at least so likely; None where none is."""
        years = [k for k, chance in enumerate(self.by_year) if chance >= probability]
        return self.first + years[0] if years else None


@dataclass(frozen=True, slots=True)
class Against:
    """An item held against one line, in the year of the zone's own value.

    Attributes
    ----------
    level
        Of the line in that year, moved there where its own year is another.
    closing
        None where the line is met, or nothing is forecast.
    """

    line: GapLine
    level: float
    difference: float
    met: bool
    closing: Closing | None

    @property
    def ratio(self) -> float:
        """The zone's value as a multiple of the line."""
        return (self.level + self.difference) / self.level


@dataclass(frozen=True, slots=True)
class PlaceAmongPeers:
    """A zone's place among peers, 1 being the best.

    Attributes
    ----------
    best, worst
        They differ by the peers whose value is not known.
    known
        Peers with a value of the year.
    unknown
        Ids of the others.
    """

    best: int
    worst: int
    known: int
    unknown: tuple[str, ...]


class Lacking(StrEnum):
    """Why an item has no value, or no forecast."""

    NOT_NAMED = "not_named"  # the document's name of it is not public
    NO_INDICATOR = "no_indicator"  # the catalogue has none that measures it
    NO_LEVEL = "no_level"  # no level of a whole year
    NO_RATIO = "no_ratio"  # no year of which the levels of both areas are known
    NO_FORECAST = "no_forecast"  # no growth, or growth that is too old


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """Where a zone stands by one item.

    Attributes
    ----------
    year, value
        The last whole year that is known, and its level; None where there is none.
    growth
        Of the value on the year before, in percent.
    place
        Among peers; None without any.
    against
        The peers' median first, then the means of national zones outside the top, then of all;
        what follows another definition comes last.
    lacking
        What is missing; None where nothing is.
    """

    item: CriteriaItem
    year: int | None = None
    value: float | None = None
    growth: float | None = None
    place: PlaceAmongPeers | None = None
    against: tuple[Against, ...] = ()
    lacking: Lacking | None = None

    @property
    def main(self) -> Against | None:
        """What it is held against first."""
        return self.against[0] if self.against else None

    @property
    def attained(self) -> float:
        """What is reached of the line of an item that has one, 1 being all of it."""
        assert self.main is not None
        return self.share_of(self.main)

    def share_of(self, against: Against) -> float:
        """Return what is reached of one of its lines, 1 being all of it."""
        ratio = against.ratio
        return ratio if self.item.direction is Direction.UP else 1 / ratio

    def line_at(self, other: Against) -> float:
        """Return the multiple of its first line at which another stands.

        Where less is better a higher line is easier: it stands nearer to nothing.
        """
        return self.attained / self.share_of(other)


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """Where a zone stands by a class.

    Attributes
    ----------
    closing
        When all gaps of its items to their first lines would be closed together, on the joint
        paths; None where none is open or one of them is not forecast.
    """

    criteria_class: CriteriaClass
    items: tuple[ItemStanding, ...]
    closing: Closing | None

    @property
    def compared(self) -> tuple[ItemStanding, ...]:
        """The items that are held against something."""
        return tuple(one for one in self.items if one.main is not None)

    @property
    def met(self) -> int:
        """How many of them are at their line or better."""
        return sum(one.main.met for one in self.compared if one.main is not None)


def stand(
    criteria: Criteria,
    own: Mapping[str, Levels],
    ahead: Mapping[str, YearPaths],
    peers: Mapping[str, Mapping[str, Levels]],
    yardsticks: Sequence[Yardstick],
) -> tuple[ClassStanding, ...]:
    """Return where a zone stands by every class of a version.

    Parameters
    ----------
    own
        By the quantity of an item, the zone's levels.
    ahead
        By the same, as ``year_paths`` and ``ratio_paths`` return them.
    peers
        By area id, then by the same, their levels.
    """
    standing = []
    for one in criteria.classes:
        items = [_item(item, own, ahead, peers, yardsticks) for item in one.items]
        standing.append(ClassStanding(one, tuple(items), _together(items, ahead)))
    return tuple(standing)


def _item(
    item: CriteriaItem,
    own: Mapping[str, Levels],
    ahead: Mapping[str, YearPaths],
    peers: Mapping[str, Mapping[str, Levels]],
    yardsticks: Sequence[Yardstick],
) -> ItemStanding:
    if not item.named:
        return ItemStanding(item, lacking=Lacking.NOT_NAMED)
    if not item.indicator:
        return ItemStanding(item, lacking=Lacking.NO_INDICATOR)
    levels = own.get(item.quantity, {})
    if not levels:
        return ItemStanding(item, lacking=Lacking.NO_RATIO if item.over else Lacking.NO_LEVEL)
    year = max(levels)
    paths = ahead.get(item.quantity)
    courses = None if paths is None else paths.ahead()
    of_peers = {peer: known.get(item.quantity, {}) for peer, known in peers.items()}
    lines = lines_of(item, of_peers, yardsticks, year)
    before = levels.get(year - 1)
    return ItemStanding(
        item=item,
        year=year,
        value=levels[year],
        growth=None if before is None else (levels[year] / before - 1) * 100,
        place=place_of(levels[year], of_peers, year, item.direction) if peers else None,
        against=tuple(_against(item, year, levels[year], line, paths, courses) for line in lines),
        lacking=Lacking.NO_FORECAST if courses is None else None,
    )


def _against(
    item: CriteriaItem,
    year: int,
    value: float,
    line: GapLine,
    paths: YearPaths | None,
    courses: Array | None,
) -> Against:
    level = float(line.course([year], item.direction)[0])
    met = value >= level if item.direction is Direction.UP else value <= level
    closing = None
    if paths is not None and courses is not None and not met:
        ahead = line.course(range(paths.first, paths.first + REACH), item.direction)
        closing = closing_of(
            years_to_close(courses, ahead, item.direction), paths.first,
            wider=_wider(value / level, courses, ahead, item.direction),
        )  # fmt: skip
    return Against(line, level, value - level, bool(met), closing)


def years_to_close(courses: Array, line: Array, direction: Direction) -> NDArray[np.intp]:
    """Return in which column each path first meets a line; the number of columns where none does.

    Parameters
    ----------
    courses
        Shape ``(paths, years)``.
    line
        Shape ``(years,)``.
    """
    met = courses >= line if direction is Direction.UP else courses <= line
    return np.asarray(np.where(met.any(axis=1), met.argmax(axis=1), met.shape[1]))


def closing_of(years: NDArray[np.intp], first: int, *, wider: float) -> Closing:
    """Return when gaps close that close in these columns."""
    return Closing(first, tuple(float((years <= k).mean()) for k in range(REACH)), wider)


def _wider(ratio: float, courses: Array, line: Array, direction: Direction) -> float:
    after = courses[:, FORECAST_YEARS - 1] / line[FORECAST_YEARS - 1]
    return float((after < ratio if direction is Direction.UP else after > ratio).mean())


def _together(items: Sequence[ItemStanding], ahead: Mapping[str, YearPaths]) -> Closing | None:
    """Return when the gaps of some items would all be closed, path by path."""
    gaps = [(one, one.main) for one in items if one.main is not None and not one.main.met]
    if len(gaps) < 2 or any(main.closing is None for _, main in gaps):
        return gaps[0][1].closing if len(gaps) == 1 else None
    last: NDArray[np.intp] | None = None
    wider = []
    first = 0
    for one, main in gaps:
        paths = ahead[one.item.quantity]
        courses = paths.ahead()
        assert courses is not None  # it has a closing
        assert main.closing is not None
        first = paths.first
        line = main.line.course(range(first, first + REACH), one.item.direction)
        years = years_to_close(courses, line, one.item.direction)
        last = years if last is None else np.maximum(last, years)
        wider.append(main.closing.wider)
    assert last is not None
    return closing_of(last, first, wider=max(wider))


def place_of(
    value: float, peers: Mapping[str, Levels], year: int, direction: Direction
) -> PlaceAmongPeers:
    """Return the place of a value among those of peers in the same year; equals share it."""
    values = {peer: levels[year] for peer, levels in peers.items() if year in levels}
    up = direction is Direction.UP
    ahead = sum(one > value if up else one < value for one in values.values())
    unknown = tuple(peer for peer in peers if peer not in values)
    return PlaceAmongPeers(1 + ahead, 1 + ahead + len(unknown), len(values), unknown)
