"""What a reader may choose from, and the defaults. Pure functions of stored figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from forecasting.figures.indicator import Area, AreaKind, Measure, Observation, Status, Target
from forecasting.figures.period import Month, Period, Quarter, quarters_between
from forecasting.history.levels import levels_by_month


def default_area(areas: Sequence[Area], with_figures: Iterable[str]) -> Area:
    """Return the home area once it has figures, else the nation, else the first."""
    known = set(with_figures)
    for area in areas:
        if area.home and area.id in known:
            return area
    return next((area for area in areas if area.kind is AreaKind.NATION), areas[0])


def growth_span(observations: Iterable[Observation]) -> tuple[Quarter, Quarter] | None:
    """Return the first and last quarter with a figure that forms growth; None without any.

    Estimates and figures beside the series form none, and levels only where an indicator has no
    growth.
    """
    by_indicator: dict[str, list[Observation]] = {}
    for figure in observations:
        if figure.status is not Status.ESTIMATE:
            by_indicator.setdefault(figure.indicator, []).append(figure)
    quarters = [q for figures in by_indicator.values() for q in _growth_quarters(figures)]
    return (min(quarters), max(quarters)) if quarters else None


def _growth_quarters(figures: Sequence[Observation]) -> list[Quarter]:
    growth = [figure for figure in figures if figure.measure.is_growth]
    months = (
        [figure.month for figure in growth if figure.measure.forms_series]
        if growth
        else levels_by_month(figures)
    )
    return [month.quarter for month in months if month.quarter is not None]


def year_options(
    span: tuple[Quarter, Quarter] | None, targets: Iterable[Target]
) -> tuple[int, ...]:
    """Return the years that fresh figures reach, the newest first.

    A year is fresh when some figure runs to the fourth quarter before it or later. Where the
    area has targets, years with one are offered; a standing target holds for every year. The year
    of the latest figure is offered too where targets end before it, for its page leads to targets.
    Figures of one year alone reach no other: that year is offered, for its page says what lacks.
    """
    if span is None:
        return ()
    first, last = span
    newest = (last + 1).year
    fresh = range(newest, min(first.year, newest - 1), -1)
    years = {target.year for target in targets}
    if not years or 0 in years:
        return tuple(fresh)
    if last.year > max(years):
        years.add(last.year)
    return tuple(year for year in fresh if year in years) or tuple(fresh)


def default_year(span: tuple[Quarter, Quarter], options: Sequence[int]) -> int:
    """Return the year of the latest figure, or the next where that figure closes a year."""
    wanted = (span[1] + 1).year
    return wanted if wanted in options else options[0]


def growth_months(observations: Iterable[Observation]) -> frozenset[Month]:
    """Return the months between the ends of quarters with growth since January."""
    return frozenset(
        figure.month
        for figure in observations
        if figure.measure is Measure.GROWTH_YTD
        and figure.month.quarter is None
        and figure.status is not Status.ESTIMATE
    )


def latest_period(
    span: tuple[Quarter, Quarter], year: int, months: Collection[Month] = ()
) -> Period:
    """Return the last quarter of a year with growth, or the month after it with some."""
    last = min(span[1], Quarter(year, 4))
    after = [month for month in months if last.end < month <= (last + 1).end]
    return max(after) if after and last.end.month < 12 else last


def as_of_options(
    span: tuple[Quarter, Quarter], year: int, months: Collection[Month] = ()
) -> tuple[Period, ...]:
    """Return the quarters and months at which the figures of a year can be cut, the newest first.

    They run from the last quarter before the year; the latest of all is not among them, since
    cutting there cuts nothing.
    """
    latest, before = latest_period(span, year, months), Quarter(year - 1, 4)
    last = min(span[1], Quarter(year, 4))
    between = (month for month in months if month > before.end)
    known: list[Period] = [*quarters_between(before, last), *between]
    earlier = [period for period in known if period.end < latest.end]
    return tuple(sorted(earlier, key=lambda period: period.end, reverse=True))


def unique(values: Iterable[str]) -> list[str]:
    """Return each value once, in the order they first come."""
    return list(dict.fromkeys(values))
