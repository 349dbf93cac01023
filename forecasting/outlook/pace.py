"""Required pace: what the rest of the year must average, and how often the past managed it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forecasting.figures.period import Quarter
from forecasting.figures.target import Cut
from forecasting.history.history import LEFT_OUT, History

if TYPE_CHECKING:
    from forecasting.outlook.outlook import Verdict


MOST_WINDOWS = 10
"""Past years looked at for the odds."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the remaining quarters must average, and how often the past managed it.

    Attributes
    ----------
    first_quarter
        First remaining quarter of the year, 1 to 4; the rest runs to the fourth.
    average
        Required growth in percent, not rounded; the lower end where there are two.
    shown
        The same at one decimal, rounded to the safe side.
    reached, windows
        Years whose same quarters averaged that, on the right side of it or between both ends of
        what a target of about so much allows, of the comparable ones: the years among the last
        ``MOST_WINDOWS`` in which the average of these quarters is known.
    first_month
        First remaining month of the year where months inside the first remaining quarter are
        known: all of the above is then of the months left. None where the quarter is whole.
    """

    first_quarter: int
    average: float
    shown: float
    reached: int
    windows: int
    first_month: int | None = field(default=None, metadata=LEFT_OUT)

    @property
    def begun(self) -> bool:
        """Whether some of the year is known."""
        return self.first_quarter > 1 or self.first_month is not None


def ends_of(verdict: Verdict) -> tuple[float, float] | None:
    """Return the two ends, at one decimal, that the rest of the year must average between.

    None where the target has only one end, which is ``Pace.shown``, or nothing is left of the
    year. The upper end is rounded down, as the lower one is rounded up.
    """
    pace, cut = verdict.pace, verdict.cut
    if pace is None or math.isinf(cut.lower) or math.isinf(cut.upper):
        return None
    year = verdict.history.origin.year + (pace.first_quarter == 1)
    most = pace.average + width_after(verdict.history, cut, year)
    return pace.shown, shown_ceiling(most, cut)


def width_after(history: History, cut: Cut, year: int) -> float:
    """Return how far apart the ends of a cut stand once only the rest of the year moves."""
    return (cut.upper - cut.lower) / (1 - history.share_known(year))


def pace_of(history: History, cut: Cut, year: int) -> Pace | None:
    """Return the pace that what is left of the year must average to meet the cut.

    None when the year is complete.
    """
    known = history.origin.quarter if history.origin.year == year else 0
    if known == 4:
        return None
    share = history.share_known(year)
    average = required_average(cut, history.latest_ytd if share else 0.0, share)
    rates = _past_rates(history, year)
    least = average if math.isfinite(cut.lower) else -math.inf
    most = average if math.isinf(cut.lower) else average + width_after(history, cut, year)
    reached = sum(least <= rate <= most for rate in rates)
    return Pace(
        first_quarter=known + 1,
        average=average,
        shown=shown_pace(average, cut),
        reached=reached,
        windows=len(rates),
        first_month=history.latest.month + 1 if share and history.partial else None,
    )


def _past_rates(history: History, year: int) -> list[float]:
    """Return the average growth in percent of the same rest of the year, in the last years.

    A year is left out where its full-year growth, or that of its first part, is not known.
    """
    rates = []
    begun = history.share_known(year) > 0
    for past in range(max(history.quarters[0].year, year - MOST_WINDOWS), year):
        full = history.ytd_at(Quarter(past, 4))
        part = history.ytd_to_month(past) if begun else 0.0
        if math.isfinite(full) and math.isfinite(part):
            share = history.share_to_month(past) if begun else 0.0
            rates.append(growth_of_rest(full, part, share))
    return rates


def growth_of_rest(full_year: float, so_far: float, share: float) -> float:
    """Return the growth of the rest of a year whose first part is this share of the year before."""
    return (full_year - share * so_far) / (1 - share)


def required_average(cut: Cut, so_far: float, share: float) -> float:
    """Return the growth in percent, not rounded, that the rest of a year must average.

    Parameters
    ----------
    cut
        Of the target, on which the year is to stand; its upper end is used where it has no lower
        one.
    so_far
        Growth since January in percent.
    share
        Of what is known, in last year's level, under 1.
    """
    edge = cut.lower if math.isfinite(cut.lower) else cut.upper
    return growth_of_rest(edge, so_far, share)


def shown_pace(average: float, cut: Cut) -> float:
    """Round a required average to the decimal that is safe to show: up, or down for a ceiling.

    Needing 9.03 and showing 9.0 would end in a published 7.0 and a missed target. Where the
    end of the cut does not meet the target itself, standing on it is not enough either.
    """
    tenths = average * 10
    if math.isfinite(cut.lower):
        if cut.lower_included:
            return math.ceil(tenths - 1e-9) / 10
        return (math.floor(tenths + 1e-9) + 1) / 10
    return shown_ceiling(average, cut)


def shown_ceiling(average: float, cut: Cut) -> float:
    """Round the most that the rest of the year may average to the decimal below it."""
    tenths = average * 10
    if cut.upper_included:
        return math.floor(tenths + 1e-9) / 10
    return (math.ceil(tenths - 1e-9) - 1) / 10
