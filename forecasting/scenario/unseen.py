"""Growth that was never seen before: what a scenario expects beyond all that its indicator had."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forecasting.figures.period import Quarter
from forecasting.history.history import History
from forecasting.outlook.outlook import Verdict

FEWEST_SEEN = 3
"""Years that have to be known before one is called beyond all of them."""


@dataclass(frozen=True, slots=True)
class UnseenGrowth:
    """Growth under a scenario that is expected beyond all that its indicator has had.

    Attributes
    ----------
    quarter
        The single quarter; None of the full year.
    growth, most
        In percent: expected, and the highest there was.
    years
        How many years, or same quarters of years, that is the highest of.
    """

    indicator: str
    quarter: Quarter | None
    growth: float
    most: float
    years: int


def unseen_growth(verdict: Verdict, year: int) -> Iterator[UnseenGrowth]:
    """Yield the growth expected of the year and of its open quarters that was never seen."""
    history = verdict.history
    years = [history.ytd_at(Quarter(known, 4)) for known in years_before(history, year)]
    yield from _beyond_all(verdict.indicator_id, None, verdict.quantiles.median, years)
    weights, before = history.weights(year), 0.0
    known = {quarter: history.ytd_at(quarter) for quarter in history.quarters}
    known |= {point.quarter: point.quantiles.median for point in verdict.fan}
    ahead = {point.quarter for point in verdict.fan}
    for number, weight in enumerate(weights, start=1):
        quarter = Quarter(year, number)
        total = known.get(quarter, math.nan) * math.fsum(weights[:number])
        if quarter in ahead:
            same = [
                float(growth)
                for at, growth in zip(history.quarters, history.growth, strict=True)
                if at.quarter == number and at.year < year
            ]
            growth = (total - before) / weight
            yield from _beyond_all(verdict.indicator_id, quarter, growth, same)
        before = total


def years_before(history: History, year: int) -> range:
    """Return the years of a history before ``year``."""
    return range(history.quarters[0].year, year)


def _beyond_all(
    indicator: str, quarter: Quarter | None, growth: float, seen: Iterable[float]
) -> Iterator[UnseenGrowth]:
    finite = [value for value in seen if math.isfinite(value)]
    if len(finite) >= FEWEST_SEEN and growth > max(finite):
        yield UnseenGrowth(indicator, quarter, growth, max(finite), len(finite))
