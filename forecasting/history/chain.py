"""Chaining: single-quarter growth and comparable levels out of cumulative growth, year by year.

With ``S`` last year's cumulative shares, published growth ``G`` of the first k quarters and
growth ``g`` of quarter k obey

    (1 + G_k) S_k - (1 + G_{k-1}) S_{k-1} = (1 + g_k) (S_k - S_{k-1}),

rebased on last year's shares every year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecasting.arrays import plain_sum
from forecasting.history.shares import Shares, YearShares, shares_for

YearFigures = dict[int, float]
"""Figures of one year in percent, by quarter 1 to 4."""

NO_ACTIVITY = -98.95
"""Growth in percent up to which a quarter had no activity and is bridged like a missing one.

Growth since January at one decimal leaves growth of a quarter without any within a point of
-100%. No logarithm, no weight of next year and no model can use what would be left of it. Between
two published figures, so that no rounding decides.
"""


@dataclass(frozen=True, slots=True)
class ChainedYear:
    """One year of the chain, each list for Q1 to Q4, NaN where missing.

    Attributes
    ----------
    shares
        Last year's shares, on which this year's growth is rebased.
    ytd, growth
        Growth since January and of the single quarter, in percent.
    level
        Comparable level, in units of the level of the year before the chain; NaN without activity
        too.
    bridged
        The same, with a stand-in for every missing quarter: what next year is chained to.
    """

    shares: YearShares
    ytd: list[float]
    growth: list[float]
    level: list[float]
    bridged: Shares

    @property
    def complete(self) -> bool:
        """Whether no quarter is missing."""
        return all(map(math.isfinite, self.level))


def chain_years(
    ytd: Mapping[int, YearFigures],
    quarterly: Mapping[int, YearFigures],
    published_shares: Mapping[int, YearShares],
    usual_shares: Shares | None,
) -> tuple[dict[int, ChainedYear], YearShares]:
    """Chain every year from the first to the last with growth.

    Returns the years, and the shares of the last one for the year that follows.

    Parameters
    ----------
    ytd, quarterly
        Published growth since January and of single quarters, by year; at least one figure.
    published_shares
        Shares of the years whose levels are published.
    usual_shares
        The catalogue's usual shares, None where unknown.
    """
    with_growth = sorted(ytd.keys() | quarterly.keys())
    years: dict[int, ChainedYear] = {}
    chained: Shares | None = None
    carried = 0.0
    for year in range(with_growth[0], with_growth[-1] + 1):
        shares = shares_for(year - 1, published_shares, chained, usual_shares)
        base = years[year - 1].bridged if year - 1 in years else shares.values
        entry = _chain_year(shares, base, ytd.get(year, {}), quarterly.get(year, {}), carried)
        chained = entry.bridged if entry.complete else None
        carried = next((g for g in reversed(entry.ytd) if math.isfinite(g)), carried)
        years[year] = entry
    return years, shares_for(with_growth[-1], published_shares, chained, usual_shares)


def _chain_year(
    shares: YearShares, base: Shares, ytd: YearFigures, quarterly: YearFigures, carried: float
) -> ChainedYear:
    """Split one year's cumulative growth into quarters and chain them to last year's level.

    Parameters
    ----------
    base
        Last year's comparable levels of Q1 to Q4, bridged where missing.
    carried
        Growth in percent that bridges quarters after the last known one when none is known.
    """
    cumulative = [0.0, *(plain_sum(shares.values[:k]) for k in (1, 2, 3)), 1.0]
    known = _cumulative_growth(ytd, quarterly, cumulative)
    growth = [
        _between(known, cumulative, k - 1, k)
        if k in known and k - 1 in known
        else quarterly.get(k, math.nan)
        for k in (1, 2, 3, 4)
    ]
    last = known[max(known)] if len(known) > 1 else carried
    bridge = [
        value if value > NO_ACTIVITY else _bridge(known, growth, cumulative, k, last)
        for k, value in enumerate(growth, start=1)
    ]
    first, second, third, fourth = (
        level * (1 + value / 100) for level, value in zip(base, bridge, strict=True)
    )
    bridged = (first, second, third, fourth)
    return ChainedYear(
        shares=shares,
        ytd=[known.get(k, math.nan) for k in (1, 2, 3, 4)],
        growth=growth,
        level=[v if g > NO_ACTIVITY else math.nan for v, g in zip(bridged, growth, strict=True)],
        bridged=bridged,
    )


def _cumulative_growth(
    ytd: YearFigures, quarterly: YearFigures, cumulative: Sequence[float]
) -> YearFigures:
    """Return growth since January by quarter, 0 for none; single quarters fill what is open."""
    known = {0: 0.0}
    for k in (1, 2, 3, 4):
        if k in ytd:
            known[k] = ytd[k]
        elif k in quarterly and k - 1 in known:
            single = (1 + quarterly[k] / 100) * (cumulative[k] - cumulative[k - 1])
            known[k] = ((_part(known, cumulative, k - 1) + single) / cumulative[k] - 1) * 100
    return known


def _part(known: YearFigures, cumulative: Sequence[float], k: int) -> float:
    """Level of the first ``k`` quarters in units of last year's level."""
    return (1 + known[k] / 100) * cumulative[k]


def _between(known: YearFigures, cumulative: Sequence[float], first: int, last: int) -> float:
    """Growth in percent of the quarters after ``first`` up to ``last``."""
    level = _part(known, cumulative, last) - _part(known, cumulative, first)
    return (level / (cumulative[last] - cumulative[first]) - 1) * 100


def _bridge(
    known: YearFigures, growth: Sequence[float], cumulative: Sequence[float], k: int, last: float
) -> float:
    """Growth in percent that stands in for a missing quarter ``k``: of the gap, or ``last``.

    Of the gap it is what its quarters without growth of their own grew by together, so that all
    of them sum to what is published.
    """
    before = max(quarter for quarter in known if quarter < k)
    after = min((quarter for quarter in known if quarter >= k), default=0)
    value = last
    if after:
        level = _part(known, cumulative, after) - _part(known, cumulative, before)
        share = cumulative[after] - cumulative[before]
        for quarter in range(before + 1, after + 1):
            if growth[quarter - 1] > NO_ACTIVITY:
                part = cumulative[quarter] - cumulative[quarter - 1]
                level -= (1 + growth[quarter - 1] / 100) * part
                share -= part
        value = (level / share - 1) * 100
    return value if value > NO_ACTIVITY else max(last, -50.0)
