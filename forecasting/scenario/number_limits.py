"""Between which limits the numbers of a scenario may lie, as types of its fields.

``toml`` refuses what lies outside, and forms offer nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

LARGEST = 1e9
"""No amount, share or growth rate of a scenario is larger."""
SMALLEST = 1e-9
"""No level or standard error is smaller."""
LEAST_GROWTH = -100.0
"""Percent: less than nothing is left of no level."""
LOWEST_PIN, HIGHEST_PIN = -99.9, 1e6
"""Growth in percent that a quarter can be held to."""
MOST_RAMP = 10.0
MOST_LAG = 40


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value of a number; those of a number without any."""

    low: float = -LARGEST
    high: float = LARGEST


class Rule(StrEnum):
    """What a value has to be besides, by the code that is said where it is not."""

    INDICATOR = "indicator"
    YEAR = "year"
    SUM_TO_ONE = "probabilities"


IndicatorId = Annotated[str, Rule.INDICATOR]
Year = Annotated[int, Rule.YEAR]
NotNegative = Annotated[float, Bounds(0.0)]
Level = Annotated[float, Bounds(SMALLEST)]
Share = Annotated[float, Bounds(0.0, 1.0)]
GrowthRate = Annotated[float, Bounds(LEAST_GROWTH)]
Lag = Annotated[int, Bounds(0, MOST_LAG)]
PriceIndex = Annotated[float, Bounds(0.5, 2.0)]
SalesRate = Annotated[float, Bounds(0.0, 1.5)]
Ramp = tuple[Annotated[float, Bounds(0.0, MOST_RAMP)], ...]
Probabilities = Annotated[tuple[Share, ...], Rule.SUM_TO_ONE]
