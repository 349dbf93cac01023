"""From published figures to the growth and the comparable levels that models see.

Chinese statistics publish growth cumulative since January; ``chain`` splits it into quarters.
Growth is derived from levels only where too little is published for a model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from forecasting.arrays import Array, plain_sum
from forecasting.figures.indicator import Indicator, Measure, Observation, Status
from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Period, Quarter, quarters_between
from forecasting.history.chain import NO_ACTIVITY, ChainedYear, YearFigures, chain_years
from forecasting.history.levels import levels_by_month
from forecasting.history.log_levels import FEWEST_FOR_MODELS, SEASON, LogLevels
from forecasting.history.months import Months, PartialQuarter
from forecasting.history.shares import Shares, YearShares, level_shares, sound_shares

LEFT_OUT = {"left_out_if_none": True}
"""Of a field that documents hold only where it is known: older ones lack it."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One indicator's figures on one basis, as growth and as comparable level.

    Attributes
    ----------
    measure
        The form of figure the growth stands on.
    quarters
        Shape ``(n,)``: consecutive, from the first quarter of the first year with growth to
        the origin, which is the last quarter with a figure.
    ytd
        Shape ``(n,)``: growth since January in percent, NaN where missing.
    growth
        Shape ``(n,)``: growth of the single quarter in percent, NaN where missing.
    log_level
        Shape ``(n + 4,)``: logarithm of the comparable level. Row 1 is four quarters before
        ``quarters[0]``: the base year, where the level is last year's share.
    bridged
        Shape ``(n + 4,)``: ``log_level`` with a stand-in for every missing quarter, against
        which next year's growth is measured.
    shares
        By base year: the weights of the year after it.
    unpublished
        Quarters whose growth since January is an internal flash, or was made from one.
    derived
        Quarters whose growth is that of the levels, because none is published.
    partial
        What is known of the quarter after the origin by its months; None where nothing is. It is
        no part of the series that models see: it conditions what they forecast.
    """

    indicator: Indicator
    measure: Measure
    quarters: tuple[Quarter, ...]
    ytd: Array
    growth: Array
    log_level: Array
    bridged: Array
    shares: Mapping[int, YearShares]
    unpublished: frozenset[Quarter] = frozenset()
    derived: frozenset[Quarter] = frozenset()
    partial: PartialQuarter | None = field(default=None, metadata=LEFT_OUT)

    @property
    def origin(self) -> Quarter:
        """The last observed quarter."""
        return self.quarters[-1]

    @property
    def latest(self) -> Month:
        """The last month that is known, be it inside a quarter."""
        return self.origin.end if self.partial is None else self.partial.month

    @property
    def latest_ytd(self) -> float:
        """Growth since January to that month, in percent."""
        return self.ytd_at(self.origin) if self.partial is None else self.partial.ytd

    def ytd_to(self, period: Period) -> float:
        """Return growth since January to the end of a quarter or of the latest month; else NaN."""
        if isinstance(period, Quarter):
            return self.ytd_at(period)
        known = self.partial is not None and self.partial.month == period
        return self.latest_ytd if known else math.nan

    def share_known(self, year: int) -> float:
        """Return which share of a year is known, weighted by last year's shares; 0 before it."""
        return self.share_to_month(year) if self.latest.year == year else 0.0

    def share_to_month(self, year: int) -> float:
        """Return which share of a year its months up to the one that is the latest now are."""
        weights, known = self.weights(year), self.latest.month // 3
        part = 0.0 if self.partial is None else weights[known] * self.partial.part
        return plain_sum(weights[:known]) + part

    def ytd_to_month(self, year: int) -> float:
        """Return growth since January of a year to the month that is the latest now."""
        if self.partial is None:
            return self.ytd_at(Quarter(year, self.origin.quarter))
        if year == self.latest.year:
            return self.partial.ytd
        return self.partial.earlier.get(year, math.nan)

    @property
    def figures(self) -> int:
        """How many cumulative growth figures are known."""
        return int(np.isfinite(self.ytd).sum())

    def ytd_at(self, quarter: Quarter) -> float:
        """Return growth since January to the end of ``quarter``; NaN where it is not known."""
        position = quarter - self.quarters[0]
        return float(self.ytd[position]) if 0 <= position < len(self.quarters) else math.nan

    def weights(self, year: int) -> Shares:
        """Return the weights of the year's four quarters: last year's shares."""
        return self.shares[year - 1].values

    def log_levels(
        self,
        breaks: Iterable[Quarter] = (),
        *,
        outliers: bool = True,
        learner: Learner | None = None,
    ) -> LogLevels:
        """Return the series that models see; the parameters as there."""
        positive = np.where(self.growth > NO_ACTIVITY, self.growth, np.nan)
        return LogLevels(
            first=self.quarters[0] + -SEASON,
            values=self.log_level,
            filled=self.bridged,
            growth=np.log1p(positive / 100),
            to_date=np.isfinite(self.ytd),
            breaks=tuple(sorted(breaks)),
            outliers=outliers,
            learner=learner,
        )


def history_of(indicator: Indicator, figures: Sequence[Observation]) -> History | None:
    """Chain one indicator's figures of one area and basis; None where none form growth.

    Precedence: ``growth_ytd``, ``growth_quarter`` (which also fills quarters the first leaves
    open), then the growth of levels for quarters without either, and this only while growth is
    published of fewer quarters than a model asks for: levels are often revised without the year
    before, so that what is published is better where there is enough of it, and one figure must
    not cost years of levels. All figures are on one basis, and so are those levels. Estimates
    (预计) are what somebody expects, not what was counted, and form none. A missing
    quarter stays missing in ``growth`` and ``log_level``; the chain bridges it, so that one
    missing figure never breaks the years after it. Growth since January to a month between the
    ends of quarters tells of the part of its quarter (``partial``).
    """
    figures = [figure for figure in figures if figure.status is not Status.ESTIMATE]
    by_measure = {measure: _by_year(figures, measure) for measure in Measure}
    levels: dict[int, YearFigures] = {}
    for month, level in levels_by_month(figures).items():
        if month.quarter is not None:
            levels.setdefault(month.year, {})[month.quarter.quarter] = level
    complete = _quarterly_levels(levels)
    published, quarterly = by_measure[Measure.GROWTH_YTD], by_measure[Measure.GROWTH_QUARTER]
    derived = _derived(figures, levels, published, quarterly)
    ytd = {
        year: derived.get(year, {}) | published.get(year, {})
        for year in derived.keys() | published.keys()
    }
    if not ytd and not quarterly:
        return None
    known = level_shares(complete) if derived else sound_shares(complete)
    years, closing = chain_years(ytd, quarterly, known, indicator.quarterly_shares)
    if not any(math.isfinite(value) for year in years.values() for value in year.ytd):
        return None
    flash = _flash_months(figures, derived=bool(derived))
    history = replace(
        _assemble(indicator, _measure(published, quarterly), years, closing),
        unpublished=_unpublished(figures, flash, ytd, quarterly),
        derived=frozenset(Quarter(year, k) for year, rates in derived.items() for k in rates),
    )
    months = _months(figures, history, derived=bool(derived))
    return replace(history, partial=months.after(history.origin, flash))


def _flash_months(figures: Sequence[Observation], *, derived: bool) -> frozenset[Month]:
    """Return the months to which growth since January, or that of levels, is an internal flash."""
    growth = {f.month: f.status for f in figures if f.measure is Measure.GROWTH_YTD}
    flash = {month for month, status in growth.items() if status is not Status.PUBLISHED}
    if derived:
        levels = levels_by_month(figures)
        public = levels_by_month(f for f in figures if f.status is Status.PUBLISHED)
        inside = {month for month, level in levels.items() if public.get(month) != level}
        flash |= {
            month
            for month in levels.keys() - growth.keys()
            if {month, Month(month.year - 1, month.month)} & inside
        }
    return frozenset(flash)


def _unpublished(
    figures: Sequence[Observation],
    flash: frozenset[Month],
    ytd: Mapping[int, YearFigures],
    quarterly: Mapping[int, YearFigures],
) -> frozenset[Quarter]:
    """Return the quarters whose growth since January is a flash or sums up to one."""
    unpublished = {
        Quarter(year, k)
        for year, known in ytd.items()
        for k in known
        if Quarter(year, k).end in flash
    }
    single = {
        figure.month.quarter
        for figure in figures
        if figure.measure is Measure.GROWTH_QUARTER and figure.status is not Status.PUBLISHED
    }
    for year, known in sorted(quarterly.items()):
        for k in sorted(known.keys() - ytd.get(year, {}).keys()):
            quarter = Quarter(year, k)
            if quarter in single or (k > 1 and quarter + -1 in unpublished):
                unpublished.add(quarter)
    return frozenset(unpublished)


def quarters_after_gap(history: History, figures: Iterable[Observation]) -> list[Quarter]:
    """Return the quarters after the origin of whose own growth figures of a history tell.

    A quarter between is missing, so that they make no growth since January, and models do not
    see them.
    """
    single = (figure.month for figure in figures if figure.measure is Measure.GROWTH_QUARTER)
    return sorted(month.quarter for month in single if month.quarter and month > history.origin.end)


def months_of(history: History, figures: Sequence[Observation]) -> Months:
    """Return the months between the ends of quarters that figures of a history tell of."""
    return _months(figures, history, derived=bool(history.derived))


def _months(figures: Sequence[Observation], history: History, *, derived: bool) -> Months:
    """Collect growth since January between the ends of quarters, of levels where it is derived."""
    levels = levels_by_month(figures) if derived else {}
    before = {month: levels.get(Month(month.year - 1, month.month), 0.0) for month in levels}
    rates = {
        month: (level / before[month] - 1) * 100
        for month, level in levels.items()
        if month.quarter is None and before[month] > 0
    }
    figures = [figure for figure in figures if figure.month.quarter is None]
    published = {f.month: f.value for f in figures if f.measure is Measure.GROWTH_YTD}
    quarters = zip(history.quarters, history.ytd.tolist(), history.growth.tolist(), strict=True)
    known = [(q, ytd, growth) for q, ytd, growth in quarters if math.isfinite(ytd)]
    return Months(
        ytd=rates | published,
        quarter_ytd={quarter: ytd for quarter, ytd, _ in known},
        growth={quarter: growth for quarter, _, growth in known if math.isfinite(growth)},
        shares={year + 1: shares.values for year, shares in history.shares.items()},
    )


def _measure(ytd: Mapping[int, YearFigures], quarterly: Mapping[int, YearFigures]) -> Measure:
    """Return the best form in which any growth is published, that of levels where none is."""
    if ytd:
        return Measure.GROWTH_YTD
    return Measure.GROWTH_QUARTER if quarterly else Measure.LEVEL_YTD


def _derived(
    figures: Sequence[Observation],
    levels: Mapping[int, YearFigures],
    *published: Mapping[int, YearFigures],
) -> dict[int, YearFigures]:
    """Return the growth of levels where none is published, unless enough of it is.

    Growth in any form counts, that of single months as well: an office that publishes it for
    years has reasons not to rely on levels.
    """
    flows = (figure for figure in figures if figure.measure is not Measure.GROWTH_END)
    months = {figure.month for figure in flows if figure.measure.is_growth}
    if len({Quarter.of_month(month.year, month.month) for month in months}) >= FEWEST_FOR_MODELS:
        return {}
    known = {(year, k) for rows in published for year, row in rows.items() for k in row}
    derived = {
        year: {k: rate for k, rate in rates.items() if (year, k) not in known}
        for year, rates in _growth_of(levels).items()
    }
    return {year: rates for year, rates in derived.items() if rates}


def _assemble(
    indicator: Indicator, measure: Measure, years: Mapping[int, ChainedYear], closing: YearShares
) -> History:
    """Lay the years end to end, up to the last quarter with a cumulative growth."""
    first, last = min(years), max(years)
    ytd = np.array([value for entry in years.values() for value in entry.ytd])
    n = int(np.flatnonzero(np.isfinite(ytd))[-1]) + 1
    growth = np.array([value for entry in years.values() for value in entry.growth])
    base = years[first].shares.values
    level = np.array([*base, *(value for entry in years.values() for value in entry.level)])
    bridged = np.array([*base, *(value for entry in years.values() for value in entry.bridged)])
    return History(
        indicator=indicator,
        measure=measure,
        quarters=quarters_between(Quarter(first, 1), Quarter(first, 1) + (n - 1)),
        ytd=ytd[:n],
        growth=growth[:n],
        log_level=np.log(level[: n + 4]),
        bridged=np.log(bridged[: n + 4]),
        shares={year - 1: entry.shares for year, entry in years.items()} | {last: closing},
    )


def _by_year(figures: Sequence[Observation], measure: Measure) -> dict[int, YearFigures]:
    """Return the quarter-end figures of one measure, by year and quarter."""
    years: dict[int, YearFigures] = {}
    for figure in figures:
        quarter = figure.month.quarter
        if figure.measure is measure and quarter is not None:
            years.setdefault(quarter.year, {})[quarter.quarter] = figure.value
    return years


def _quarterly_levels(levels: Mapping[int, YearFigures]) -> dict[int, Shares]:
    """Return the levels of Q1 to Q4 of every year that has all four, each above zero."""
    complete: dict[int, Shares] = {}
    for year, known in levels.items():
        if len(known) == 4:
            first, second, third, fourth = (known[k] - known.get(k - 1, 0.0) for k in (1, 2, 3, 4))
            if min(first, second, third, fourth) > 0:
                complete[year] = (first, second, third, fourth)
    return complete


def _growth_of(levels: Mapping[int, YearFigures]) -> dict[int, YearFigures]:
    """Return growth since January in percent wherever last year's level is above zero."""
    growth: dict[int, YearFigures] = {}
    for year, known in levels.items():
        last = levels.get(year - 1, {})
        rates = {k: (v / last[k] - 1) * 100 for k, v in known.items() if last.get(k, 0.0) > 0}
        if rates:
            growth[year] = rates
    return growth
