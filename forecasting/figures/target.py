"""From a target to a cut on growth, and from a cut to the pace the rest of the year needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import overload

import numpy as np
from numpy.typing import NDArray

from forecasting.figures.indicator import Comparator, Target

GUARD = 1e-12
"""Distance within which a computed growth counts as standing on the cut."""

USUAL_LINE = 7.0
"""Percent that the plan of 2019 asks growth to exceed; ``seeds/plan.toml`` has its words."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The growth rates, before publication rounding, whose published figure meets a target.

    Growth ``x`` in percent meets it when it lies between ``lower`` and ``upper``; an end
    belongs to the range where its flag says so. An end without bound is infinite.
    """

    lower: float
    upper: float
    lower_included: bool
    upper_included: bool

    @property
    def lowest(self) -> float:
        """The lowest growth that meets the target; what is within ``GUARD`` of an end is on it."""
        return self.lower - GUARD if self.lower_included else self.lower + GUARD

    @property
    def highest(self) -> float:
        """The highest growth that meets the target, as ``lowest``."""
        return self.upper + GUARD if self.upper_included else self.upper - GUARD

    @overload
    def met_by(self, growth: float) -> bool: ...
    @overload
    def met_by(self, growth: NDArray[np.float64]) -> NDArray[np.bool_]: ...
    def met_by(self, growth: float | NDArray[np.float64]) -> bool | NDArray[np.bool_]:
        """Return whether growth in percent, one or many, meets the target once published."""
        met = (growth >= self.lowest) & (growth <= self.highest)
        return met if isinstance(met, np.ndarray) else bool(met)


def published(growth: float) -> float:
    """Round growth in percent as it is published: one decimal, half away from zero.

    A growth within ``GUARD`` of a half counts as that half, so that 7.05, which binary
    arithmetic holds as slightly less or more, is published as 7.1.
    """
    tenths = math.floor(abs(growth) * 10 + 0.5 + 10 * GUARD)
    return math.copysign(tenths / 10, growth) if tenths else 0.0


def cut_of(target: Target) -> Cut:
    """Return the growth rates that meet ``target`` at publication rounding.

    Published figures lie on a grid of 0.1. The lowest and the highest grid figure that
    satisfy the comparator are found in exact arithmetic; the ends of the cut are the ends
    of their rounding intervals: ``> 7`` starts at 7.05, for 7.04 is published as 7.0.
    """
    threshold = Fraction(str(target.threshold)) * 10
    tolerance = Fraction(str(target.tolerance)) * 10
    lowest: int | None = None
    highest: int | None = None
    match target.comparator:
        case Comparator.ABOVE:
            lowest = math.floor(threshold) + 1
        case Comparator.AT_LEAST:
            lowest = math.ceil(threshold)
        case Comparator.BELOW:
            highest = math.ceil(threshold) - 1
        case Comparator.AT_MOST:
            highest = math.floor(threshold)
        case Comparator.ABOUT:
            lowest = math.ceil(threshold - tolerance)
            highest = math.floor(threshold + tolerance)
    # Half away from zero: the interval of a positive grid figure holds its lower end and
    # not its upper; that of a negative one the other way round; that of zero neither.
    return Cut(
        lower=-math.inf if lowest is None else (2 * lowest - 1) / 20,
        upper=math.inf if highest is None else (2 * highest + 1) / 20,
        lower_included=lowest is not None and lowest > 0,
        upper_included=highest is not None and highest < 0,
    )
