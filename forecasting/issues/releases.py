"""When the next figure is due, and which ones are overdue."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from forecasting.figures.period import Quarter, quarters_between
from forecasting.issues.snapshot import NextRelease
from forecasting.outlook.outlook import Outlook, Verdict

GRACE = timedelta(days=7)
"""By which figures may come later than usual before they are missed."""


def next_release(outlook: Outlook, today: date) -> NextRelease | None:
    """Return the first figure of the year that is due after a day.

    None where every indicator's year is known, or none of them has a usual day. A figure whose
    day is past and that is still missing is overdue, and not the next.
    """
    due = [
        release
        for verdict in outlook.verdicts
        for release in releases_ahead(verdict, outlook.year)
        if release.date > today
    ]
    return min(due, key=lambda release: (release.date, release.period), default=None)


def overdue(outlook: Outlook, today: date) -> tuple[Quarter, tuple[Verdict, ...]] | None:
    """Return the last quarter of the year whose usual day is past, and who counts and lacks it.

    None where no figure is overdue. Who lacks the last quarter may lack earlier ones too.
    """
    lacking: dict[Quarter, list[Verdict]] = {}
    for verdict in outlook.counted:
        late = [
            release.period
            for release in releases_ahead(verdict, outlook.year)
            if release.date + GRACE < today and release.period.year == outlook.year
        ]
        if late:
            lacking.setdefault(late[-1], []).append(verdict)
    latest = max(lacking, default=None)
    return None if latest is None else (latest, tuple(lacking[latest]))


def releases_ahead(verdict: Verdict, year: int) -> Iterator[NextRelease]:
    """Yield when each quarter up to the year's end that is not known usually comes, in order.

    That is a day of the month after it; the last day where the month has fewer.
    """
    day = verdict.history.indicator.release_day
    for quarter in quarters_between(verdict.history.origin + 1, Quarter(year, 4)) if day else ():
        following = quarter + 1
        month = following.end.month - 2
        length = monthrange(following.year, month)[1]
        yield NextRelease(date(following.year, month, min(day, length)), quarter)
