"""When the next figure is due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from forecasting.outlook import Outlook, Verdict
from forecasting.period import Quarter, quarters_between
from forecasting.snapshot.model import NextRelease


def next_release(outlook: Outlook, today: date) -> NextRelease | None:
    """Return the first figure of the year that is due after a day.

    None where every indicator's year is known, or none of them has a usual day. A figure whose
    day is past and that is still missing is overdue, and not told as the next.
    """
    due = [
        entry
        for verdict in outlook.verdicts
        if (entry := _next_of(verdict, outlook.year, today)) is not None
    ]
    return min(due, key=lambda entry: (entry.date, entry.period), default=None)


def _next_of(verdict: Verdict, year: int, today: date) -> NextRelease | None:
    day = verdict.history.indicator.release_day
    if day == 0:
        return None
    ahead = quarters_between(verdict.history.origin + 1, Quarter(year, 4))
    due = (NextRelease(_release_date(quarter, day), quarter) for quarter in ahead)
    return next((entry for entry in due if entry.date > today), None)


def _release_date(quarter: Quarter, day: int) -> date:
    """Return the day of the month after a quarter; its last day where it has fewer."""
    following = quarter + 1
    year, month = following.year, following.end.month - 2
    return date(year, month, min(day, monthrange(year, month)[1]))
