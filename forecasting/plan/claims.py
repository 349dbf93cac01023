"""The three big things: what each claims, and how likely its quantities come about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from forecasting.arrays import Array
from forecasting.figures.indicator import (
    Catalogue,
    Comparator,
    Direction,
    Indicator,
    Target,
)
from forecasting.figures.target import cut_of
from forecasting.outlook.quantiles import Quantiles
from forecasting.outlook.verdict import Met, quantiles_of
from forecasting.plan.evidence import Evidence
from forecasting.plan.gaps import PlaceAmongPeers, place_of
from forecasting.plan.lines import GapLine, peers_line
from forecasting.plan.years import FORECAST_YEARS, REACH, Levels, YearPaths

MOST_QUANTITIES = 5
"""Quantities of one claim."""


class Aim(StrEnum):
    """As what a quantity is wanted."""

    GROWTH = "growth"  # of the full year, in percent
    LEVEL = "level"  # of the whole year, in the unit of the indicator
    RANK = "rank"  # among the zone and its rivals, by level


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a document, whose every key is known."""


class ClaimQuantity(_Entry, frozen=True, kw_only=True):
    """A quantity that a claim is measured by.

    Attributes
    ----------
    wanted
        As ``aim`` says: no worse than this; None where nobody has filled it in.
    year
        By the end of which it is wanted; None likewise.
    """

    indicator: str
    aim: Aim = Aim.LEVEL
    wanted: float | None = None
    year: int | None = None


class Claim(_Entry, frozen=True, kw_only=True):
    """What somebody filled in of a big thing; empty where nobody has.

    Attributes
    ----------
    claim
        Exactly what is claimed.
    stands
        Where it stands.
    judge, standard
        Who judges it, and by what.
    rivals
        Ids of the areas that a rank is among.
    """

    claim: str = ""
    stands: str = ""
    judge: str = ""
    standard: str = ""
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[str, ...] = ()
    quantities: tuple[ClaimQuantity, ...] = ()


class Gap(StrEnum):
    """What a quantity lacks to have a probability."""

    WANTED = "wanted"
    INDICATOR = "indicator"
    GROWTH = "growth"
    LEVEL = "level"
    RIVALS = "rivals"
    BEYOND = "beyond"  # a year that no path reaches
    PAST = "past"  # a year that is over and whose value is not known


@dataclass(frozen=True, slots=True, eq=False)
class QuantityOutlook:
    """How likely a quantity comes about.

    Attributes
    ----------
    indicator
        None where the catalogue has it no more.
    known
        Past years with their value as it is wanted; of a rank, with the level.
    fan
        Later years with the quantiles of the same.
    place
        Of a rank: that of the last known year.
    rivals
        Of a rank: by area id, the last level and how it goes on, of those that have any.
    probability
        That it is no worse than wanted; rivals that are unknown do not count.
    least
        The same where every unknown rival is ahead.
    met
        Shape ``(8192,)``: on which joint paths it is; None without a probability.
    """

    quantity: ClaimQuantity
    indicator: Indicator | None
    lacking: Gap | None = None
    known: tuple[tuple[int, float], ...] = ()
    fan: tuple[tuple[int, Quantiles], ...] = ()
    place: PlaceAmongPeers | None = None
    rivals: Mapping[str, GapLine] = field(default_factory=dict)
    probability: float | None = None
    least: float | None = None
    met: Met | None = None
    carried_on: bool = False


@dataclass(frozen=True, slots=True)
class ClaimOutlook:
    """How likely the quantities of a claim come about.

    Attributes
    ----------
    together
        That all with a probability come about by their dates, on the joint paths; None without
        any.
    """

    claim: Claim
    quantities: tuple[QuantityOutlook, ...]
    together: float | None


def judge_claim(
    claim: Claim,
    catalogue: Catalogue,
    ahead: Mapping[str, YearPaths],
    rivals: Mapping[str, Mapping[str, Levels]],
) -> ClaimOutlook:
    """Return how likely the quantities of a claim come about.

    Parameters
    ----------
    ahead
        By indicator id, as ``year_paths`` returns them.
    rivals
        By area id, then by indicator id, their levels.
    """
    quantities = tuple(_judge(one, catalogue, ahead, rivals) for one in claim.quantities)
    met = [one.met for one in quantities if one.met is not None]
    together = float(np.logical_and.reduce(met).mean()) if met else None
    return ClaimOutlook(claim, quantities, together)


def _judge(
    quantity: ClaimQuantity,
    catalogue: Catalogue,
    ahead: Mapping[str, YearPaths],
    rivals: Mapping[str, Mapping[str, Levels]],
) -> QuantityOutlook:
    if quantity.indicator not in catalogue:
        return QuantityOutlook(quantity, None, Gap.INDICATOR)
    indicator = catalogue[quantity.indicator]
    paths = ahead.get(quantity.indicator)
    if paths is None:
        return QuantityOutlook(quantity, indicator, Gap.GROWTH)
    growth = quantity.aim is Aim.GROWTH
    known = paths.past_growth if growth else paths.levels
    courses = paths.growth if growth else paths.ahead()
    if courses is None:
        return QuantityOutlook(quantity, indicator, Gap.LEVEL, tuple(sorted(known.items())))
    last = paths.first + FORECAST_YEARS - 1
    year = quantity.year if quantity.year is not None else last
    shown = min(max(year, last), paths.first + REACH - 1)
    fan = tuple(
        (one, quantiles_of(courses[:, one - paths.first])) for one in range(paths.first, shown + 1)
    )
    before = tuple((one, known[one]) for one in sorted(known) if one < paths.first)
    outlook = _Outlook(quantity, indicator, paths, courses, before, fan, year > last)
    if quantity.aim is Aim.RANK:
        levels = {area: own.get(quantity.indicator, {}) for area, own in rivals.items()}
        return outlook.of_rank(year, levels)
    return outlook.of_value(year, known)


@dataclass(frozen=True, slots=True, eq=False)
class _Outlook:
    """What is known of a quantity before its probability."""

    quantity: ClaimQuantity
    indicator: Indicator
    paths: YearPaths
    courses: Array
    known: tuple[tuple[int, float], ...]
    fan: tuple[tuple[int, Quantiles], ...]
    carried_on: bool

    def of_value(self, year: int, known: Mapping[int, float]) -> QuantityOutlook:
        """Return the outlook of a growth or a level."""
        column = self._column(year, known)
        wanted = self.quantity.wanted
        if wanted is None or self.quantity.year is None:
            return self._made(Gap.WANTED)
        if isinstance(column, Gap):
            return self._made(column)
        met = self._no_worse(column, wanted)
        return self._made(None, met=met, probability=float(met.mean()))

    def of_rank(self, year: int, levels: Mapping[str, Levels]) -> QuantityOutlook:
        """Return the outlook of a rank among rivals.

        A rival goes on at its average growth, and one that falls is taken to stand still.
        """
        direction = self.indicator.direction
        lines = {area: peers_line({area: own}, self.paths.first) for area, own in levels.items()}
        known = {area: line for area, line in lines.items() if line is not None}
        level = self.paths.level
        place = None if level is None else place_of(level, levels, self.paths.last, direction)
        if not known:
            return self._made(Gap.RIVALS, place=place if levels else None)
        wanted = self.quantity.wanted
        if wanted is None or self.quantity.year is None:
            return self._made(Gap.WANTED, place=place, rivals=known)
        column = self._column(year, self.paths.levels)
        if isinstance(column, Gap):
            return self._made(column, place=place, rivals=known)
        if year < self.paths.first:  # it is over: who has no figure of it is unknown
            known = {area: line for area, line in known.items() if year in levels[area]}
            if not known:
                return self._made(Gap.RIVALS, place=place)
            at = np.array([levels[area][year] for area in known])
        else:
            at = np.array([line.course([year], direction)[0] for line in known.values()])
        up = direction is Direction.UP
        ranks = 1 + (at > column[:, None] if up else at < column[:, None]).sum(axis=1)
        met = np.asarray(ranks <= wanted)
        worst = np.asarray(ranks + len(levels) - len(known) <= wanted)
        return self._made(
            None, place=place, rivals=known, met=met, probability=float(met.mean()),
            least=float(worst.mean()),
        )  # fmt: skip

    def _column(self, year: int, known: Mapping[int, float]) -> Array | Gap:
        """Return the value at the end of a year on every path."""
        if year < self.paths.first:
            return np.full(len(self.courses), known[year]) if year in known else Gap.PAST
        if year >= self.paths.first + REACH:
            return Gap.BEYOND
        return np.asarray(self.courses[:, year - self.paths.first])

    def _no_worse(self, column: Array, wanted: float) -> Met:
        """Return where a value is no worse than wanted; growth as it will be published."""
        up = self.indicator.direction is Direction.UP
        if self.quantity.aim is Aim.GROWTH:
            comparator = Comparator.AT_LEAST if up else Comparator.AT_MOST
            basis = self.indicator.basis
            target = Target("", self.indicator.id, 0, comparator, wanted, basis, "")
            met: NDArray[np.bool_] = cut_of(target).met_by(column)
            return met
        return np.asarray(column >= wanted if up else column <= wanted)

    def _made(
        self,
        lacking: Gap | None,
        *,
        place: PlaceAmongPeers | None = None,
        rivals: Mapping[str, GapLine] | None = None,
        met: Met | None = None,
        probability: float | None = None,
        least: float | None = None,
    ) -> QuantityOutlook:
        return QuantityOutlook(
            self.quantity, self.indicator, lacking, self.known, self.fan, place, rivals or {},
            probability, least, met, self.carried_on,
        )  # fmt: skip


def indicators_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return the ids of the indicators that some claims name, in order."""
    return tuple(sorted({one.indicator for claim in claims for one in claim.quantities}))
