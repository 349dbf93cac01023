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
        Last year's growth, in percent, of the quarters that are known of this year, and of the
        others.
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
    if verdict.pace is None or verdict.pace.first_quarter == 1:
        return None
    history = verdict.history
    base = base_effect(history, history.origin)
    so_far = published(history.ytd_at(history.origin))
    departure = published(published(verdict.quantiles.median) - so_far)
    if base is None or abs(departure) < SMALL or base.effect / departure < EXPLAINED:
        return None
    return base


def base_effect(history: History, origin: Quarter) -> BaseEffect | None:
    """Return what last year's course does to the year of ``origin``; None where it is not known."""
    year, known = origin.year, origin.quarter
    so_far = history.ytd_at(origin)
    part, full = history.ytd_at(Quarter(year - 1, known)), history.ytd_at(Quarter(year - 1, 4))
    if known == 4 or not all(map(math.isfinite, (so_far, part, full))):
        return None
    rest = growth_of_rest(full, part, sum(history.weights(year - 1)[:known]))
    if rest <= -100:
        return None
    ahead = ((1 + so_far / 100) * (1 + part / 100) / (1 + rest / 100) - 1) * 100
    share = sum(history.weights(year)[:known])
    return BaseEffect(part, rest, (1 - share) * (ahead - so_far))
