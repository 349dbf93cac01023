"""A project with its dates moved: earlier, later, or with another chance of starting."""

from __future__ import annotations

from dataclasses import replace

from forecasting.figures.period import Quarter
from forecasting.scenario.entries import Project

DATES = ("signed", "started", "recorded", "producing", "counted")


def begun(project: Project, now: Quarter) -> bool:
    """Return whether a project has started before ``now``, so that its start is in no doubt."""
    return past(project.started, now)


def on_top(project: Project, now: Quarter) -> bool:
    """Return whether a project that has begun before ``now`` is counted on top of the trend."""
    return begun(project, now) and project.in_trend is None


def past(day: Quarter | None, now: Quarter) -> bool:
    """Return whether a date lies before ``now``."""
    return day is not None and day < now


def first_invested(project: Project) -> Quarter | None:
    """Return the quarter from which investment counts: started, and in the register.

    Of a project without a date of either the other one counts: see ``unregistered``.
    """
    return max((day for day in (project.started, project.recorded) if day), default=None)


def unregistered(project: Project) -> bool:
    """Return whether investment counts from the start on for want of a date of registration.

    Statistics count it only once the project is registered, so the date should be filled in.
    """
    invests = any(amount for _, amount in project.completion)
    return invests and project.started is not None and project.recorded is None


def shifted(project: Project, quarters: int, now: Quarter) -> Project | None:
    """Return a project with all its dates ahead moved.

    Parameters
    ----------
    quarters
        Later; earlier where negative.
    now
        The first quarter that is not known yet. Dates before it stay.

    Returns
    -------
    Project or None
        None where no date is ahead, or one of them would come before ``now``.
    """
    ahead = {
        name: date for name in DATES if (date := getattr(project, name)) is not None and date >= now
    }
    if not ahead or min(ahead.values()) + quarters < now:
        return None
    return replace(project, **{name: date + quarters for name, date in ahead.items()})
