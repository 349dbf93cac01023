"""Required pace: what the rest of the year must average, and how often that has happened."""

from __future__ import annotations

import math

from forecasting.figures.period import Quarter
from forecasting.figures.target import Cut, required_average, shown_ceiling, shown_pace
from forecasting.history.history import History
from forecasting.outlook.outlook import Pace, Verdict

MOST_WINDOWS = 10
"""Past years looked at for the odds."""


def pace_of(history: History, cut: Cut, year: int) -> Pace | None:
    """Return the pace the quarters after the origin must average to meet the cut.

    None when the year is complete. The odds count the last ``MOST_WINDOWS`` years before whose
    same quarters are known; of a cut with two ends, those that came between both.
    """
    known = history.origin.quarter if history.origin.year == year else 0
    if known == 4:
        return None
    so_far = history.ytd_at(Quarter(year, known)) if known else 0.0
    average = required_average(cut, history.weights(year), so_far, known)
    rates = _past_rates(history, year, known)[-MOST_WINDOWS:]
    shown = shown_pace(average, cut)
    least = average if math.isfinite(cut.lower) else -math.inf
    most = average if math.isinf(cut.lower) else average + _width(history, cut, year, known)
    reached = sum(least <= rate <= most for rate in rates)
    return Pace(
        first_quarter=known + 1,
        average=average,
        shown=shown,
        reached=reached,
        windows=len(rates),
    )


def ends_of(verdict: Verdict) -> tuple[float, float] | None:
    """Return the two ends, at one decimal, that the rest of the year must average between.

    None where the target has only one end, which is ``Pace.shown``, or nothing is left of the
    year. The upper end is rounded down, as the lower one is rounded up.
    """
    pace, cut = verdict.pace, verdict.cut
    if pace is None or math.isinf(cut.lower) or math.isinf(cut.upper):
        return None
    known = pace.first_quarter - 1
    year = verdict.history.origin.year + (known == 0)
    most = pace.average + _width(verdict.history, cut, year, known)
    return pace.shown, shown_ceiling(most, cut)


def _width(history: History, cut: Cut, year: int, known: int) -> float:
    """Return how far apart the ends of a cut stand once only the quarters after ``known`` move."""
    return (cut.upper - cut.lower) / (1 - sum(history.weights(year)[:known]))


def _past_rates(history: History, year: int, known: int) -> list[float]:
    """Return the average growth in percent of the quarters after ``known``, in earlier years."""
    rates = []
    for past in range(history.quarters[0].year, year):
        full = history.ytd_at(Quarter(past, 4))
        part = history.ytd_at(Quarter(past, known)) if known else 0.0
        if math.isfinite(full) and math.isfinite(part):
            share = sum(history.weights(past)[:known])
            rates.append((full - share * part) / (1 - share))
    return rates
