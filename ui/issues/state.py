"""What is remembered of issues between reruns: what their documents say, and what came of them.

A document never changes, nor does what was known at a vintage. A document that cannot be read is
kept as nothing: it may come back from a backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from data.store.issues import IssueRecord
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Observation
from forecasting.issues.outcome import Outcome, outcome_of
from forecasting.issues.snapshot import Apart, PastIssue
from forecasting.issues.snapshot import Snapshot as Issued
from ui.frame import cache
from ui.frame.cache import VintageView
from ui.links import rendered

MOST_ISSUES = 2048
MOST_VIEWS = 64
"""Views of an area's figures at a time: issues of one year share them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the document of an issue says that its record does not.

    Attributes
    ----------
    planned
        Whether it held the area's planned lines.
    scenario
        Whether it was conditional on a scenario, saved or not.
    guarded
        Whether none of its numbers may stand beside one without its scenario.
    compares
        Whether it prints what the plan's own lines came to on all figures without a scenario.
    printed
        The all-clear probability of that, None where there is none.
    """

    planned: bool
    scenario: bool
    guarded: bool
    compares: bool
    printed: float | None
    engine: str


def kept(record: IssueRecord) -> Kept | None:
    """Return what the document of an issue says; None where it cannot be read."""
    try:
        return _kept(cache.store().database_url, record.number, record.sha256)
    except OutlookError:
        return None


def came(record: IssueRecord, snapshot: VintageView) -> Outcome | None:
    """Return what came of an issue by a vintage; None where its document cannot be read."""
    try:
        return _came(snapshot.database, record.number, record.sha256, snapshot.vintage)
    except OutlookError:
        return None


def kept_of(issued: Issued) -> Kept:
    """Return what a document says of how it compares with others."""
    bare = issued.outlook.all_clear if issued.scenario is None else issued.baseline
    return Kept(
        planned=issued.planned,
        scenario=issued.scenario is not None,
        guarded=issued.scenario is not None and issued.scenario.guarded,
        compares=issued.planned
        and (issued.scenario is None or bare is not None)
        and issued.outlook.as_of is None,
        printed=bare.probability if bare else None,
        engine=issued.provenance.engine,
    )


@st.cache_resource(show_spinner=False, max_entries=MOST_ISSUES)
def _kept(database: str, number: int, sha256: str) -> Kept:
    return kept_of(rendered.snapshot_of(cache.store().issues.find(number)))


@st.cache_resource(show_spinner=False, max_entries=MOST_ISSUES)
def _came(database: str, number: int, sha256: str, vintage: int) -> Outcome:
    issued = cache.store().issues.find(number)
    return outcome_of(
        rendered.snapshot_of(issued).outlook,
        _figures(VintageView(database, issued.vintage), issued.area),
        _views(VintageView(database, vintage), issued.area, issued.year),
        _figures(VintageView(database, vintage), issued.area),
    )


def _figures(snapshot: VintageView, area: str) -> list[Observation]:
    return [figure.value for figure in snapshot.figures(area)]


def _views(snapshot: VintageView, area: str, year: int) -> Iterator[Sequence[Observation]]:
    """Yield what was known whenever a figure of the year came, the earliest first."""
    for then in cache.store().year_vintages(snapshot.vintage, area, year):
        yield _view(snapshot.database, then, snapshot.vintage, area)


@st.cache_resource(show_spinner=False, max_entries=MOST_VIEWS)
def _view(database: str, then: int, vintage: int, area: str) -> tuple[Observation, ...]:
    return cache.store().observations_then(then, vintage, area)


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier issue as a track record tells it.

    Attributes
    ----------
    p_all
        The all-clear probability that was issued, None where there is none.
    kept, came
        What its document says, and what came of it; None where that cannot be read.
    """

    record: IssueRecord
    p_all: float | None
    kept: Kept | None
    came: Outcome | None

    @property
    def apart(self) -> Apart | None:
        """Why it is not averaged with the others; None where it is."""
        if self.kept is None or self.came is None:
            return Apart.UNREADABLE
        if self.kept.scenario:
            return Apart.SCENARIO
        if not self.kept.planned:
            return Apart.LINE
        return Apart.KNOWN if self.came.hindsight else None

    def told(self, *, internal: bool) -> PastIssue:
        """Return how an issue tells of it; numbers only where it is as ``internal`` itself.

        The number of a ``guarded`` one is never told: a record may hold the same year's without
        its scenario. One that cannot be read may be guarded.
        """
        hidden = self.record.unpublished and not internal
        return PastIssue(
            self.record.number,
            self.record.issued_at.isoformat(),
            self.record.year,
            None if hidden or self.kept is None or self.kept.guarded else self.p_all,
            self.came.together if self.came else None,
            hidden,
            self.apart,
        )


def past(area: str, snapshot: VintageView) -> list[Past]:
    """Return the issues of an area, the last first, and what came of them by a vintage."""
    issues = cache.store().issues
    said = {entry.number: entry.p_all for entry in issues.track(area)}
    return [
        Past(
            record,
            said.get(record.number),
            kept(record),
            came(record, snapshot),
        )
        for record in issues.listed(area)
    ]


def compared(area: str, year: int, *, internal: bool) -> tuple[IssueRecord, Kept] | None:
    """Return the newest issue that one on the plan's own lines compares with, if there is any.

    Nobody may learn from an open issue what an internal one said: only an ``internal`` one
    compares with it.
    """
    for record in cache.store().issues.listed(area):
        if record.year != year or (record.unpublished and not internal):
            continue
        earlier = kept(record)
        if earlier is not None and earlier.compares:
            return record, earlier
    return None
