"""The open quarter, as far as its months are known (当季已公布月份).

Growth since January to a month that ends no quarter tells how the part of the quarter up to that
month grew. What the whole quarter will be, given the part, is uncertain by as much as parts of as
many months missed their quarters in the past.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from forecasting.arrays import plain_sum
from forecasting.figures.period import Month, Quarter

MONTHS = 3
"""Of a quarter, each taken for a third of it."""
USUAL_MISS = {1: 2.2, 2: 0.62, 4: 0.96, 5: 0.54, 7: 0.87, 8: 0.53, 10: 1.13, 11: 0.75}
"""By month, how far a part usually misses its quarter, in median changes of quarterly growth.

Scale of the t that is drawn, up to a fifth over the one that fits. Learned from 25,000 parts of 354
series of published growth since January (nation by sector and product, provinces, prefectures,
counties; 2004 to 2026, without 2020 and 2021), with
``python -m benchmarks.month_replay FOLDER --learn``.
"""
PRIOR_PARTS = 4.0
"""Parts of other series that count beside those of the series itself."""
LEAST_CHANGE = 1e-3
"""Least median change of quarterly growth, as a logarithm."""
ROUNDING = 0.05 / math.sqrt(3)
"""Standard deviation of what rounding to a decimal does to growth since January, in points."""
LARGEST_MISS = 6.0
"""In usual misses: a larger one of the past counts for no more."""
CONTRADICTION = 6.0
"""Usual misses beyond which a part and its quarter cannot both be right."""
LEAST_PART = 0.02
"""A part that fell to less of last year's tells nothing that a logarithm can hold."""

MonthFigures = Mapping[Month, float]
"""Growth since January in percent, by the last month of each figure."""


@dataclass(frozen=True, slots=True)
class PartialQuarter:
    """What is known of the quarter after the origin.

    Attributes
    ----------
    month
        The last month known.
    ytd
        Growth since January to the end of it, in percent.
    growth
        Growth of the months that are known of the quarter, in percent.
    deviation
        Scale of what the whole quarter's log growth differs by from that of its part.
    earlier
        By earlier year, growth since January to the same month, in percent, where the year is
        chained.
    unpublished
        Whether the figure is an internal flash.
    """

    month: Month
    ytd: float
    growth: float
    deviation: float
    earlier: Mapping[int, float] = field(default_factory=dict)
    unpublished: bool = False

    @property
    def part(self) -> float:
        """Which part of the quarter is known, 1/3 or 2/3; 1–2月 are two months."""
        return months_known(self.month) / MONTHS


def months_known(month: Month) -> int:
    """Return how many months of its quarter are over at the end of a month."""
    return (month.month - 1) % MONTHS + 1


def quarter_of(month: Month) -> Quarter:
    """Return the quarter that a month is of."""
    return Quarter(month.year, (month.month - 1) // MONTHS + 1)


@dataclass(frozen=True, slots=True)
class Months:
    """The months of one indicator between the ends of quarters.

    Attributes
    ----------
    ytd
        Growth since January to months that end no quarter.
    quarter_ytd
        The same to the ends of quarters.
    growth
        Of single quarters, in percent.
    shares
        By year, the weights of its four quarters.
    """

    ytd: MonthFigures
    quarter_ytd: Mapping[Quarter, float]
    growth: Mapping[Quarter, float]
    shares: Mapping[int, tuple[float, float, float, float]]

    def part_growth(self, month: Month) -> float:
        """Return the growth in percent of the known part of a month's quarter; NaN without one."""
        quarter = quarter_of(month)
        weights = self.shares.get(month.year)
        before = self.quarter_ytd.get(quarter + -1, math.nan) if quarter.quarter > 1 else 0.0
        known = self.ytd.get(month, math.nan)
        if weights is None or not (math.isfinite(before) and math.isfinite(known)):
            return math.nan
        start = plain_sum(weights[: quarter.quarter - 1])
        part = weights[quarter.quarter - 1] * months_known(month) / MONTHS
        level = (1 + known / 100) * (start + part) - (1 + before / 100) * start
        return (level / part - 1) * 100

    def miss(self, month: Month) -> float:
        """Return log growth of a month's whole quarter less that of its part; NaN without both."""
        return _log(self.growth.get(quarter_of(month), math.nan)) - _log(self.part_growth(month))

    def deviation(self, month: Month) -> float:
        """Return the scale of the miss that is to be expected after a month.

        The mean square of what all earlier parts of the series missed, each over what is usual
        after its month and no more than ``LARGEST_MISS`` times that, with ``PRIOR_PARTS`` parts
        of the usual size; never under what rounding alone does.
        """
        quarter = quarter_of(month)
        changes = [
            abs(_log(rate) - _log(self.growth[one + -1]))
            for one, rate in sorted(self.growth.items())
            if one < quarter and one + -1 in self.growth
        ]
        usual = max(median([c for c in changes if math.isfinite(c)] or [0.1]), LEAST_CHANGE)
        squares = [
            (self.miss(earlier) / USUAL_MISS[earlier.month]) ** 2
            for earlier in sorted(self.ytd)
            if quarter_of(earlier) < quarter
        ]
        most = (LARGEST_MISS * usual) ** 2
        known = [min(square, most) for square in squares if math.isfinite(square)]
        mean = (PRIOR_PARTS * usual**2 + plain_sum(known)) / (PRIOR_PARTS + len(known))
        return max(USUAL_MISS[month.month] * math.sqrt(mean), self._rounding(month))

    def _rounding(self, month: Month) -> float:
        """Return what rounding growth to this month and to the quarter before does to the part."""
        quarter, weights = quarter_of(month), self.shares[month.year]
        start = plain_sum(weights[: quarter.quarter - 1])
        part = weights[quarter.quarter - 1] * months_known(month) / MONTHS
        return ROUNDING / 100 * math.hypot(start + part, start) / part

    def contradicts(self, month: Month) -> bool:
        """Return whether a month's quarter came out as no such part would have let expect."""
        miss = self.miss(month)
        return math.isfinite(miss) and abs(miss) > CONTRADICTION * self.deviation(month)

    def after(self, origin: Quarter, flash: frozenset[Month]) -> PartialQuarter | None:
        """Return what is known of the quarter after the origin; None where no month of it is."""
        for month in sorted(self.ytd, reverse=True):
            growth = self.part_growth(month)
            if quarter_of(month) == origin + 1 and growth > (LEAST_PART - 1) * 100:
                return PartialQuarter(
                    month=month,
                    ytd=self.ytd[month],
                    growth=growth,
                    deviation=self.deviation(month),
                    earlier={
                        year: self.ytd[Month(year, month.month)]
                        for year in sorted(self.shares)
                        if year < month.year and Month(year, month.month) in self.ytd
                    },
                    unpublished=month in flash,
                )
        return None


def _log(growth: float) -> float:
    """Return the logarithm of growth in percent; NaN where it tells nothing."""
    return math.log1p(growth / 100) if growth > (LEAST_PART - 1) * 100 else math.nan
