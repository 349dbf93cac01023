"""The clock: pages and commands read today here, as it is in the zone and not on the server."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from forecasting.figures.period import Month, Quarter

ZONE = timezone(timedelta(hours=8))
"""Of every area: China keeps one time, without summer time."""


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day that it is in the zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day of a moment in the zone."""
    return moment.astimezone(ZONE).date()


def month() -> Month:
    """Return the month that it is in the zone."""
    day = today()
    return Month(day.year, day.month)


def quarter() -> Quarter:
    """Return the quarter that it is in the zone."""
    day = today()
    return Quarter.of_month(day.year, day.month)


def last_quarter() -> Quarter:
    """Return the last quarter that is over today."""
    return quarter() + -1


def end_of_day(day: date) -> datetime:
    """Return the moment at which a day is over in the zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZONE)
