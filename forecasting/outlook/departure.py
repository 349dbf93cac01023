"""Why a full year is expected to depart from its growth so far: last year's base, where it does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.history.history import History
from forecasting.outlook.pace import growth_of_rest

if TYPE_CHECKING:
    from forecasting.outlook.outlook import Verdict

SMALL = 0.5
"""Percentage points between growth so far and the full year's, below which nothing is explained."""
EXPLAINED = 0.5
"""Part of the difference that the base must bring to be its reason."""


@dataclass(frozen=True, slots=True)
class BaseEffect:
    """What last year's course does to this year's growth.

    Attributes
    ----------
    last_part, last_rest
        Last year's growth, in percent, of the part that is known of this year, and of the rest.
    effect
        Percentage points that the full year's growth departs from growth so far if the rest of
        the year keeps the pace of two years: if growth over two years stays what it was so far.
    """

    last_part: float
    last_rest: float
    effect: float


def explained_by_base(verdict: Verdict) -> BaseEffect | None:
    """Return last year's course where it explains why the full year departs from growth so far.

    None where the year is known or has not begun, where both differ by less than ``SMALL``, and
    where the base works the other way or brings less than ``EXPLAINED`` of the difference.
    """
    if verdict.pace is None or not verdict.pace.begun:
        return None
    history = verdict.history
    base = base_effect(history)
    so_far = published(history.latest_ytd)
    departure = published(published(verdict.quantiles.median) - so_far)
    if base is None or abs(departure) < SMALL or base.effect / departure < EXPLAINED:
        return None
    return base


def base_effect(history: History) -> BaseEffect | None:
    """Return what last year's course does to the year of the latest figure; None if not known."""
    year, so_far = history.latest.year, history.latest_ytd
    if history.latest.month == 12 or year - 1 < history.quarters[0].year:
        return None
    part, full = history.ytd_to_month(year - 1), history.ytd_at(Quarter(year - 1, 4))
    if not all(map(math.isfinite, (so_far, part, full))):
        return None
    rest = growth_of_rest(full, part, history.share_to_month(year - 1))
    if rest <= -100:
        return None
    ahead = ((1 + so_far / 100) * (1 + part / 100) / (1 + rest / 100) - 1) * 100
    share = history.share_known(year)
    return BaseEffect(part, rest, (1 - share) * (ahead - so_far))
