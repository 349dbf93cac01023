"""What people are alerted of: how an area stands, and which alerts follow where that changed.

An alert leaves the office. So it holds no figure and no probability, published or not, and no text
that somebody typed of a firm, a project, a task or a link. Where the outlook before or after stands
on figures that are not published, it does not even hold which lights changed, or which way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from forecasting.figures.period import Quarter
from forecasting.issues.releases import overdue
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.plan.tasks import Document

ENDS_WITHIN = dt.timedelta(days=3)
"""A link is about to end where it does within it."""


class OverdueFigure(Document, frozen=True, kw_only=True, order=True):
    """A figure that should have been published and entered by now."""

    quarter: str
    indicator: str


class EndingLink(Document, frozen=True, kw_only=True, order=True):
    """A link that is about to end, by its number, and the issue that it leads to."""

    link: int
    issue: int
    ends: dt.datetime


class AreaState(Document, frozen=True, kw_only=True):
    """How an area stands, as far as alerts tell of changes in it.

    Attributes
    ----------
    year
        That the area works towards; lights and the all-clear are of it.
    lights
        By indicator, as far as they are shown.
    all_clear
        The light of all targets that count; None without any, and in a reference area.
    line
        The chosen probability (0 to 1) of all targets, None where none was chosen.
    reached
        Whether the all-clear probability is at least the line; None without either.
    unpublished
        Whether the outlook stands on figures that are not published.
    late
        Ids of the tasks that are late, each with the year of its ledger.
    over
        How the year before ended, as long as no quarter of this year is known.
    """

    year: int
    lights: dict[str, Light] = {}  # noqa: RUF012  # msgspec copies it
    all_clear: Light | None = None
    line: float | None = None
    reached: bool | None = None
    unpublished: bool = False
    overdue: tuple[OverdueFigure, ...] = ()
    late: tuple[str, ...] = ()
    links: tuple[EndingLink, ...] = ()
    over: AreaState | None = None

    @property
    def years(self) -> dict[int, AreaState]:
        """The states of the year and of the year that is over, by year."""
        return {state.year: state for state in (self.over, self) if state is not None}

    @property
    def all_overdue(self) -> tuple[OverdueFigure, ...]:
        """Figures of both years that are overdue."""
        return tuple(figure for state in self.years.values() for figure in state.overdue)


class LightChange(Document, frozen=True, kw_only=True):
    """That a light changed: of an indicator, or of all targets where it names none."""

    before: Light
    after: Light
    indicator: str = ""


class _Alert(Document, frozen=True, kw_only=True, tag_field="kind"):
    @property
    def kind(self) -> str:
        """What kind of alert it is, as documents call it."""
        return str(self.__struct_config__.tag)


class OutlookChanged(_Alert, frozen=True, kw_only=True, tag="outlook"):
    """That lights changed, or that the all-clear probability crossed its line.

    Attributes
    ----------
    line, reached
        The line, and whether the probability rose to it (or fell below); None where it crossed
        none.
    unpublished
        Whether all that is left out.
    """

    year: int
    lights: tuple[LightChange, ...] = ()
    line: float | None = None
    reached: bool | None = None
    unpublished: bool = False


class FiguresOverdue(_Alert, frozen=True, kw_only=True, tag="overdue"):
    """That figures became overdue."""

    figures: tuple[OverdueFigure, ...]


class TasksLate(_Alert, frozen=True, kw_only=True, tag="tasks"):
    """That tasks turned late: how many, and how many are late by now."""

    turned: int
    late: int


class LinksEnding(_Alert, frozen=True, kw_only=True, tag="links"):
    """That links are about to end."""

    links: tuple[EndingLink, ...]


class TestAlert(_Alert, frozen=True, kw_only=True, tag="test"):
    """That somebody tries whether alerts arrive."""

    __test__ = False  # of pytest


Of = TypeVar("Of")
Alert = OutlookChanged | FiguresOverdue | TasksLate | LinksEnding | TestAlert


def with_outlook(
    state: AreaState, outlook: Outlook, line: float | None, today: dt.date, *, unpublished: bool
) -> AreaState:
    """Return the state of an area with what its outlook of the year says.

    Parameters
    ----------
    unpublished
        Whether any figure that the outlook is drawn from is not published.
    """
    together = None if outlook.area.reference else outlook.all_clear
    found = overdue(outlook, today)
    return msgspec.structs.replace(
        state,
        lights={
            verdict.indicator_id: verdict.shown_light
            for verdict in outlook.verdicts
            if verdict.shown_light is not None
        },
        all_clear=outlook.light,
        line=line,
        reached=None if together is None or line is None else together.probability >= line,
        unpublished=unpublished,
        overdue=_overdue(*found) if found else (),
    )


def _overdue(quarter: Quarter, verdicts: Sequence[Verdict]) -> tuple[OverdueFigure, ...]:
    return tuple(
        OverdueFigure(quarter=str(quarter), indicator=verdict.indicator_id) for verdict in verdicts
    )


def alerts_between(before: AreaState | None, after: AreaState) -> tuple[Alert, ...]:
    """Return the alerts that follow from how an area stood when it was looked at last.

    Where it was never looked at, lights have not changed; what is overdue, late or about to end
    is told.
    """
    before = before or AreaState(year=after.year)
    alerts: list[Alert] = []
    for year, state in after.years.items():
        if year in before.years and (changed := _outlook_changed(before.years[year], state)):
            alerts.append(changed)
    if figures := _new(before.all_overdue, after.all_overdue):
        alerts.append(FiguresOverdue(figures=figures))
    if tasks := _new(before.late, after.late):
        alerts.append(TasksLate(turned=len(tasks), late=len(after.late)))
    if links := _new(before.links, after.links):
        alerts.append(LinksEnding(links=links))
    return tuple(alerts)


def _outlook_changed(before: AreaState, after: AreaState) -> OutlookChanged | None:
    lights = _light_changes(before, after)
    crossed = before.line == after.line and {before.reached, after.reached} == {True, False}
    if not lights and not crossed:
        return None
    if before.unpublished or after.unpublished:
        return OutlookChanged(year=after.year, unpublished=True)
    return OutlookChanged(
        year=after.year,
        lights=lights,
        line=after.line if crossed else None,
        reached=after.reached if crossed else None,
    )


def _light_changes(before: AreaState, after: AreaState) -> tuple[LightChange, ...]:
    """Return the lights that changed, of all targets first; one that came or went is no change."""
    changes = []
    if before.all_clear and after.all_clear and before.all_clear is not after.all_clear:
        changes.append(LightChange(before=before.all_clear, after=after.all_clear))
    for indicator, light in after.lights.items():
        earlier = before.lights.get(indicator, light)
        if earlier is not light:
            changes.append(LightChange(before=earlier, after=light, indicator=indicator))
    return tuple(changes)


def _new(before: Iterable[Of], after: Iterable[Of]) -> tuple[Of, ...]:
    known = set(before)
    return tuple(one for one in after if one not in known)
