"""Pins (假定): indicators held to a growth path, and what the others then do.

What the others do is association, as shocks have gone together, and not cause. The growth held
is that of single quarters, so that a pin is a linear condition on the log levels of paths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri

from forecasting.arrays import Array, plain_sum
from forecasting.errors import (
    PinAgainstPins,
    PinNotANumber,
    PinOfKnownQuarter,
    PinOutOfReach,
    PinOutsideYear,
    PinWithoutVerdict,
)
from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.history.history import History
from forecasting.outlook.conditioning import (
    HeldLevels,
    condition,
    distances,
    given,
    law_given,
    merged,
)
from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import Draw, horizon_of
from forecasting.outlook.question import TargetLine
from forecasting.outlook.verdict import LARGEST_LOG_GROWTH
from forecasting.scenario.model import Pin
from forecasting.scenario.number_limits import HIGHEST_PIN, LOWEST_PIN

SAME = 1e-6
"""Percentage points within which two growth rates are one."""


@dataclass(frozen=True, slots=True)
class PinnedPath:
    """What the pins of one indicator hold it to.

    Attributes
    ----------
    place
        Of the indicator among the standing lines of the baseline.
    growth
        Of single quarters in percent, by rising quarter.
    """

    place: int
    history: History
    growth: tuple[tuple[Quarter, float], ...]

    @property
    def indicator(self) -> str:
        """Id of the indicator."""
        return self.history.indicator.id

    @property
    def held(self) -> HeldLevels:
        """The same as log levels."""
        columns = [quarter - self.history.origin - 1 for quarter, _ in self.growth]
        rates = np.array([rate for _, rate in self.growth])
        base = self.history.bridged[-4:][columns]
        return HeldLevels(self.place, np.array(columns), base + np.log1p(rates / 100))


def pinned(baseline: Baseline, pins: Sequence[Pin]) -> Baseline:
    """Return the baseline with its paths drawn given the pins; the same one without any.

    The order of pins changes nothing. Every path of a pinned indicator has exactly the growth
    it is held to; those of others move with it as their shocks of the same quarters are
    correlated. Nothing is fitted again.

    Raises
    ------
    PinWithoutVerdict
        If nothing is forecast of an indicator for the year.
    PinOfKnownQuarter, PinOutsideYear
        If a quarter is not one to be forecast.
    PinAgainstPins
        If pins of one indicator cannot all hold.
    PinNotANumber, PinOutOfReach
        If no quarter can grow so.
    """
    paths = paths_held(baseline, pins)
    if not paths:
        return baseline
    held = merged([*baseline.months, *(path.held for path in paths)])
    return replace(baseline, paths=tuple(condition(drawn_of(baseline), held)))


def paths_held(baseline: Baseline, pins: Sequence[Pin]) -> tuple[PinnedPath, ...]:
    """Return the growth paths that pins ask for, in catalogue order; errors as ``pinned``."""
    of_indicator: dict[str, list[Pin]] = {}
    for pin in pins:
        of_indicator.setdefault(pin.indicator, []).append(pin)
    lines = {line.target.indicator: (i, line) for i, line in enumerate(baseline.standing)}
    for indicator in sorted(of_indicator.keys() - lines.keys()):
        raise PinWithoutVerdict(name=_name(baseline, indicator), year=baseline.question.year)
    return tuple(
        PinnedPath(place, line.history, _growth_path(line, of_indicator[indicator], baseline))
        for indicator, (place, line) in lines.items()
        if indicator in of_indicator
    )


@lru_cache(maxsize=2)
def drawn_of(baseline: Baseline) -> Draw:
    """Return what the paths of a baseline are made from; kept while its pins move."""
    return baseline.draw()


def _growth_path(
    line: TargetLine, pins: Sequence[Pin], baseline: Baseline
) -> tuple[tuple[Quarter, float], ...]:
    """Merge the pins of one indicator into growth by quarter, or say why they cannot hold."""
    history, year, name = line.history, baseline.question.year, line.history.indicator.name
    single: dict[Quarter, float] = {}
    since_january: dict[Quarter, float] = {}
    for pin in pins:
        quarter = pin.quarter or Quarter(year, 4)
        if not math.isfinite(pin.growth):
            raise PinNotANumber(name=name)
        if quarter.year != year:
            raise PinOutsideYear(name=name, year=year, other=quarter.year, quarter=quarter.quarter)
        if quarter <= history.origin:
            raise PinOfKnownQuarter(name=name, year=quarter.year, quarter=quarter.quarter)
        held = since_january if pin.cumulative or pin.quarter is None else single
        before = held.get(quarter)
        if before is not None and abs(before - pin.growth) > SAME:
            raise PinAgainstPins(name=name, one=before, other=pin.growth)
        held[quarter] = pin.growth
    for quarter in sorted(since_january):
        single |= _pace(history, quarter, single, since_january[quarter])
    for rate in single.values():
        if not LOWEST_PIN <= rate <= HIGHEST_PIN:
            raise PinOutOfReach(name=name, growth=rate, lowest=LOWEST_PIN, highest=HIGHEST_PIN)
    return tuple(sorted(single.items()))


def _pace(
    history: History, last: Quarter, single: Mapping[Quarter, float], growth: float
) -> dict[Quarter, float]:
    """Return the quarters that are free, at the pace that growth from January to one asks of them.

    Weighted as simulated growth is, so that the paths meet it to rounding.
    """
    weights = {
        Quarter(last.year, k): weight
        for k, weight in enumerate(history.weights(last.year)[: last.quarter], start=1)
    }
    known = [quarter for quarter in weights if quarter <= history.origin]
    held = {quarter: single[quarter] for quarter in weights if quarter in single}
    free = [quarter for quarter in weights if quarter not in held and quarter not in known]
    done = plain_sum(weights[quarter] for quarter in known) * (
        1 + history.ytd_at(history.origin) / 100 if known else 1.0
    )
    done += plain_sum(weights[quarter] * (1 + rate / 100) for quarter, rate in held.items())
    total = plain_sum(weights.values())
    if not free:
        reached = (done / total - 1) * 100
        if abs(reached - growth) > SAME:
            raise PinAgainstPins(name=history.indicator.name, one=reached, other=growth)
        return {}
    pace = ((total * (1 + growth / 100) - done) / plain_sum(weights[q] for q in free) - 1) * 100
    return dict.fromkeys(free, pace)


def _name(baseline: Baseline, indicator: str) -> Names:
    """Return the name of an indicator without verdict, its id where no figures form a history."""
    for line in baseline.lines:
        if line.target.indicator == indicator and line.history is not None:
            return line.history.indicator.name
    return Names(indicator, indicator)


FARTHEST = 37.0
"""Standard deviations beyond which nothing is told apart: the probability is zero in a double."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How far out something lies.

    Attributes
    ----------
    deviations
        As many standard deviations of a normal distribution as are as probable; signed where
        there are two sides.
    probability
        Of something at least as extreme.
    """

    deviations: float
    probability: float


RARER_THAN = {"unusual": 1 / 5, "rare": 1 / 20, "impossible": 1 / 1000}
"""Probability of straying at least as far, below which a word is used."""


class Commonness(StrEnum):
    """How often something strays as far, in a word."""

    ORDINARY = "ordinary"
    UNUSUAL = "unusual"
    RARE = "rare"
    IMPOSSIBLE = "impossible"


def commonness(likelihood: Likelihood) -> Commonness:
    """Return the word for a likelihood."""
    found = Commonness.ORDINARY
    for word, bound in RARER_THAN.items():
        if likelihood.probability < bound:
            found = Commonness(word)
    return found


@dataclass(frozen=True, slots=True)
class Plausibility:
    """How plausible the pins of one indicator are without those of others.

    Attributes
    ----------
    growth
        Of the growth of the pinned quarters together, on either side of what is expected; for a
        full-year pin that is full-year growth.
    path
        Of the whole path: of straying at least as far from what is expected, in any direction
        and quarter. Much less probable than ``growth`` where the path is unusual in its shape.
    """

    indicator: str
    growth: Likelihood
    path: Likelihood


@dataclass(frozen=True, slots=True)
class JointPlausibility:
    """How plausible each pinned indicator is alone, and all pins together.

    Pins that are each plausible may be hardly so together, as when one of two indicators that
    move as one is to rise and the other to fall.
    """

    each: tuple[Plausibility, ...]
    together: Likelihood


def plausibility(baseline: Baseline, pins: Sequence[Pin]) -> JointPlausibility | None:
    """Return how plausible pins are; None without any. Errors as ``pinned``."""
    paths = paths_held(baseline, pins)
    if not paths:
        return None
    months = baseline.months
    drawn = given(drawn_of(baseline), months)
    return JointPlausibility(
        each=tuple(
            Plausibility(
                path.indicator,
                _of_growth(drawn, months, path),
                _of_paths(drawn, months, [path]),
            )
            for path in paths
        ),
        together=_of_paths(drawn, months, paths),
    )


def _of_paths(drawn: Draw, months: Sequence[HeldLevels], paths: Sequence[PinnedPath]) -> Likelihood:
    """Return how likely paths stray so far, averaged over the members and tails drawn.

    Given months that are known: what they and the pins stray together, less what they stray alone.
    """
    held = [path.held for path in paths]
    count = sum(len(one.columns) for one in held)
    distance = distances(drawn, merged([*months, *held]))
    if months:
        distance = np.maximum(distance - distances(drawn, months), 0.0)
    probability = float(chdtrc(count, distance).mean())
    return Likelihood(_deviations(probability), probability)


def _of_growth(drawn: Draw, months: Sequence[HeldLevels], path: PinnedPath) -> Likelihood:
    """Return how likely the pinned quarters together grow so.

    All but the shock of the last of them is taken from the paths, and that one is integrated
    over, so that far tails are told as well as near ones.
    """
    score = _score(drawn, months, path)
    below, above = float(ndtr(score).mean()), float(ndtr(-score).mean())
    probability = min(1.0, 2 * min(below, above))
    sign = 1.0 if above < below else -1.0
    return Likelihood(sign * _deviations(probability), probability)


def _score(drawn: Draw, months: Sequence[HeldLevels], path: PinnedPath) -> Array:
    """Return where the last shock of each path has to stand to meet the growth together."""
    held, entry = path.held, drawn.indicators[path.place]
    last, horizon = held.columns[-1], drawn.shocks[path.place].shape[1]
    weights = np.array(
        [path.history.weights(quarter.year)[quarter.quarter - 1] for quarter, _ in path.growth]
    )
    base = path.history.bridged[-4:][held.columns]
    total = (weights * np.exp(held.levels - base)).sum()
    mean, variance = law_given(drawn, months, path.place)
    laws = [horizon_of(member, horizon) for member in entry.predictive.members]
    centre = np.array([law[0] for law in laws])[drawn.member[path.place]]
    factor = np.array([law[1] for law in laws])[drawn.member[path.place]]
    spread = drawn.spread[path.place][:, None]
    shocks = drawn.shocks[path.place].copy()
    shocks[:, last] = mean[:, last]
    levels = (centre + spread * np.einsum("pij,pj->pi", factor, shocks))[:, held.columns]
    growth = np.clip(levels - base, -LARGEST_LOG_GROWTH, LARGEST_LOG_GROWTH)
    rest = total - (weights * np.exp(growth))[:, :-1].sum(axis=1)
    needed = np.log(np.maximum(rest / weights[-1], np.finfo(float).tiny)) + base[-1]
    scale = spread[:, 0] * factor[:, last, last] * np.sqrt(variance[:, last])
    return np.asarray((needed - levels[:, -1]) / scale)


def _deviations(probability: float) -> float:
    """Return the standard deviations beyond which, on both sides, lies this probability."""
    return min(FARTHEST, float(-ndtri(max(probability, np.finfo(float).tiny) / 2)))
