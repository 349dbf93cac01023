"""Pins (假定): indicators held to a growth path, and what the others then do.

What the others do is association, as shocks have gone together, and not cause. The growth held
is that of single quarters, so that a pin is a linear condition on the log levels of paths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.history.history import History
from forecasting.outlook.judge import Baseline
from forecasting.outlook.paths import Draw, draw
from forecasting.outlook.question import TargetLine
from forecasting.scenario.conditioning import Held, condition
from forecasting.scenario.errors import (
    PinAgainstPins,
    PinNotANumber,
    PinOfKnownQuarter,
    PinOutOfReach,
    PinOutsideYear,
    PinWithoutVerdict,
)

LOWEST, HIGHEST = -99.9, 1e6
"""Growth in percent that a quarter can be held to."""
SAME = 1e-6
"""Percentage points within which two growth rates are one."""


@dataclass(frozen=True, slots=True)
class Pin:
    """An indicator held to one growth rate on the year before.

    Attributes
    ----------
    indicator
        Its id.
    growth
        In percent.
    quarter
        The single quarter that grows so; None for the full year.
    cumulative
        Whether it is growth since January to the end of the quarter, as that of the full year
        is. It becomes the pace that the quarters up to there without figure and pin of their
        own must average, those of an earlier pin since January held to that one.
    """

    indicator: str
    growth: float
    quarter: Quarter | None = None
    cumulative: bool = False


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
    def held(self) -> Held:
        """The same as log levels."""
        columns = [quarter - self.history.origin - 1 for quarter, _ in self.growth]
        rates = np.array([rate for _, rate in self.growth])
        base = self.history.bridged[-4:][columns]
        return Held(self.place, np.array(columns), base + np.log1p(rates / 100))


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
    found = paths_held(baseline, pins)
    if not found:
        return baseline
    return replace(
        baseline, paths=tuple(condition(drawn_of(baseline), [path.held for path in found]))
    )


def paths_held(baseline: Baseline, pins: Sequence[Pin]) -> tuple[PinnedPath, ...]:
    """Return the growth paths that pins ask for, in catalogue order; errors as ``pinned``."""
    of_indicator: dict[str, list[Pin]] = {}
    for pin in pins:
        of_indicator.setdefault(pin.indicator, []).append(pin)
    lines = {line.target.indicator: (i, line) for i, line in enumerate(baseline.standing)}
    for indicator in sorted(of_indicator.keys() - lines.keys()):
        raise PinWithoutVerdict(_name(baseline, indicator), baseline.question.year)
    return tuple(
        PinnedPath(place, line.history, _growth_path(line, of_indicator[indicator], baseline))
        for indicator, (place, line) in lines.items()
        if indicator in of_indicator
    )


@lru_cache(maxsize=2)
def drawn_of(baseline: Baseline) -> Draw:
    """Return what the paths of a baseline are made from; kept while its pins move."""
    question = baseline.question
    last = Quarter(question.year, 4)
    return draw(baseline.forecasts, last, question.seed, correlated=question.correlated)


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
            raise PinNotANumber(name)
        if quarter.year != year:
            raise PinOutsideYear(name, quarter, year)
        if quarter <= history.origin:
            raise PinOfKnownQuarter(name, quarter)
        held = since_january if pin.cumulative or pin.quarter is None else single
        before = held.get(quarter)
        if before is not None and abs(before - pin.growth) > SAME:
            raise PinAgainstPins(name, before, pin.growth)
        held[quarter] = pin.growth
    for quarter in sorted(since_january):
        single |= _pace(history, quarter, single, since_january[quarter])
    for rate in single.values():
        if not LOWEST <= rate <= HIGHEST:
            raise PinOutOfReach(name, rate, LOWEST, HIGHEST)
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
    done = sum(weights[quarter] for quarter in known) * (
        1 + history.ytd_at(history.origin) / 100 if known else 1.0
    )
    done += sum(weights[quarter] * (1 + rate / 100) for quarter, rate in held.items())
    total = sum(weights.values())
    if not free:
        reached = (done / total - 1) * 100
        if abs(reached - growth) > SAME:
            raise PinAgainstPins(history.indicator.name, reached, growth)
        return {}
    pace = ((total * (1 + growth / 100) - done) / sum(weights[q] for q in free) - 1) * 100
    return dict.fromkeys(free, pace)


def _name(baseline: Baseline, indicator: str) -> Names:
    """Return the name of an indicator without verdict, its id where no figures form a history."""
    for line in baseline.lines:
        if line.target.indicator == indicator and line.history is not None:
            return line.history.indicator.name
    return Names(indicator, indicator)
