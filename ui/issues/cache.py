"""What is kept between reruns of issues: what their documents say, and what came of them.

A document never changes, nor does what was known at a vintage. A document that cannot be read is
kept as nothing: it may come back from a backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from data.store.issued import IssueRecord
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Observation
from forecasting.issues.model import Snapshot as Issued
from forecasting.issues.outcome import Outcome, outcome_of
from ui.frame import cache
from ui.frame.cache import Snapshot
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


def came(record: IssueRecord, snapshot: Snapshot) -> Outcome | None:
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
        _figures(Snapshot(database, issued.vintage), issued.area),
        _views(Snapshot(database, vintage), issued.area, issued.year),
        _figures(Snapshot(database, vintage), issued.area),
    )


def _figures(snapshot: Snapshot, area: str) -> list[Observation]:
    return [figure.observation for figure in snapshot.figures(area)]


def _views(snapshot: Snapshot, area: str, year: int) -> Iterator[Sequence[Observation]]:
    """Yield what was known whenever a figure of the year came, the earliest first."""
    for then in cache.store().year_vintages(snapshot.vintage, area, year):
        yield _view(snapshot.database, then, snapshot.vintage, area)


@st.cache_resource(show_spinner=False, max_entries=MOST_VIEWS)
def _view(database: str, then: int, vintage: int, area: str) -> tuple[Observation, ...]:
    return cache.store().observations_then(then, vintage, area)
