"""When the next figure is due, and which ones are overdue."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from forecasting.figures.period import Quarter, quarters_between
from forecasting.issues.snapshot import NextRelease
from forecasting.outlook.outlook import Outlook, Verdict

GRACE = timedelta(days=7)
"""By which figures may come later than usual before they are missed."""


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


def overdue(outlook: Outlook, today: date) -> tuple[Quarter, tuple[Verdict, ...]] | None:
    """Return the last quarter of the year whose usual day is past, and who counts and lacks it.

    None where nobody lacks a figure that is due. The latest quarter is told: who lacks it may
    lack earlier ones too.
    """
    lacking: dict[Quarter, list[Verdict]] = {}
    for verdict in outlook.counted:
        if (quarter := _last_due(verdict, outlook.year, today)) is not None:
            lacking.setdefault(quarter, []).append(verdict)
    if not lacking:
        return None
    latest = max(lacking)
    return latest, tuple(lacking[latest])


def _last_due(verdict: Verdict, year: int, today: date) -> Quarter | None:
    """Return the last quarter that is not known and whose usual day is past."""
    day = verdict.history.indicator.release_day
    if day == 0:
        return None
    ahead = quarters_between(verdict.history.origin + 1, Quarter(year, 4))
    past = [quarter for quarter in ahead if _release_date(quarter, day) + GRACE < today]
    return past[-1] if past and past[-1].year == year else None


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
