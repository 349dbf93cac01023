"""Quantiles of growth: their levels, which are the bands of every fan."""

from __future__ import annotations

from typing import NamedTuple

QUANTILE_LEVELS = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
QUANTILE_NAMES = ("q025", "q10", "q25", "q50", "q75", "q90", "q975")
"""What programs call them; of ``Quantiles`` they are in this order."""
"""Levels of every set of quantiles: the ends of the 95, 80 and 50% intervals, and the median."""


WIDTH_80 = 2.5631031310892007
"""Of the 80% interval of a normal distribution, in standard deviations."""


class Quantiles(NamedTuple):
    """Growth in percent: the ends of the 95, 80 and 50% intervals, and the median."""

    q025: float
    q10: float
    q25: float
    median: float
    q75: float
    q90: float
    q975: float

    @property
    def deviation(self) -> float:
        """The standard deviation of a normal distribution with this 80% interval."""
        return (self.q90 - self.q10) / WIDTH_80
