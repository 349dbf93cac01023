"""What is remembered of issues between reruns: what their documents say, and what came of them.

A document never changes, nor does what was known at a vintage. A document that cannot be read is
kept as nothing: it may come back from a backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from data.store.issues import IssueRecord
from forecasting.errors import OutlookError
from forecasting.figures.indicator import Area, Observation
from forecasting.issues.outcome import Outcome, outcome_of
from forecasting.issues.snapshot import Apart, PastIssue
from forecasting.issues.snapshot import Snapshot as Issued
from forecasting.scenario.model import Scenario
from ui.frame import cache
from ui.frame.cache import VintageView
from ui.language import Language, Speaker
from ui.language import format as fmt
from ui.links import rendered
from ui.scenario.state import scenario_of

MOST_ISSUES = 2048
MOST_VIEWS = 64
"""Views of an area's figures at a time: issues of one year share them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the document of an issue says that its record does not.

    Attributes
    ----------
    number, label
        In its series: the issues of its area and year, those of scenarios apart from the others;
        and as the office wrote it, empty in the usual form.
    practice
        Whether it is of an invented area.
    planned
        Whether it held the area's planned lines.
    scenario
        Whether it was conditional on a scenario, saved or not.
    guarded
        Whether none of its numbers may stand beside one without its scenario.
    whole
        Whether it is of the plan's own lines on all figures, as what compares with it must be.
    p_all
        The all-clear probability that it prints, None where there is none.
    baseline
        The same without its scenario, None where it does not print that.
    """

    number: int
    planned: bool
    scenario: bool
    guarded: bool
    whole: bool
    p_all: float | None
    baseline: float | None
    engine: str
    label: str = ""
    practice: bool = False

    @property
    def compares(self) -> bool:
        """Whether it prints what the plan's own lines came to on all figures, no scenario."""
        return self.whole and (not self.scenario or self.baseline is not None)


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
    together = issued.outlook.all_clear
    bare = together if issued.scenario is None else issued.baseline
    if issued.baseline_in_tenths:
        bare = None
    return Kept(
        number=issued.issue.number,
        planned=issued.planned,
        scenario=issued.scenario is not None,
        guarded=issued.scenario is not None and issued.scenario.guarded,
        whole=issued.planned and issued.outlook.as_of is None,
        p_all=together.probability if together else None,
        baseline=bare.probability if bare else None,
        engine=issued.provenance.engine,
        label=issued.issue.label,
        practice=issued.outlook.area.synthetic,
    )


def number_of(record: IssueRecord, say: Speaker) -> str:
    """Write the number of an issue in its series."""
    found = kept(record)
    if found is None:
        return say("format.missing")
    return fmt.issue_number(
        found.number, say, scenario=found.scenario, practice=found.practice, label=found.label
    )


@dataclass(frozen=True, slots=True)
class IssueSeries:
    """The issues that are numbered together: of an area and year, of scenarios or not."""

    area: Area
    year: int
    scenario: bool

    def written(self, number: int, say: Speaker) -> str:
        """Return a number of the series in the usual form."""
        practice = self.area.synthetic
        return fmt.issue_number(number, say, scenario=self.scenario, practice=practice)

    def next_number(self) -> int:
        """Return the number of the next issue.

        An issue whose document cannot be read is taken to have had a number of the series.
        """
        listed = cache.store().issues.listed(self.area.id)
        every = [kept(record) for record in listed if record.year == self.year]
        same = [one.number for one in every if one is not None and one.scenario == self.scenario]
        return max(*same, len(same) + every.count(None), 0) + 1

    def number_typed(self, typed: str) -> tuple[int, str]:
        """Return the number of an issue and, unless it is in the usual form, how it was typed.

        Nothing typed is the next number. A number that is typed in another form is the next one
        too, and stands as it was typed.

        Raises
        ------
        IssueNumberTaken
            If an issue of the area and of the same kind has it; in the usual form, of the year.
        """
        usual = [self._usual(typed, Speaker(language)) for language in Language]
        number = next((number for number in usual if number), 0)
        for record in cache.store().issues.listed(self.area.id):
            other = kept(record)
            if other is None or other.scenario != self.scenario:
                continue
            same = other.number == number and record.year == self.year and not other.label
            if same or (typed and other.label == typed):
                raise IssueNumberTaken(number=typed)
        return number or self.next_number(), "" if number else typed

    def _usual(self, typed: str, say: Speaker) -> int:
        """Return the number that is typed in the usual form, or alone; 0 of none."""
        digits = "".join(sign for sign in typed if sign.isdecimal())
        number = int(digits or 0)
        return number if typed in (str(number), self.written(number, say.plain)) else 0


class IssueNumberTaken(OutlookError):
    """An issue of the same area and kind has the number already."""

    template = "the number {number} is taken: type another one"


def saved_ledger(snapshot: VintageView, area: str, year: int) -> Scenario:
    """Return the newest saved scenario of an area and year with projects; else an empty one."""
    indicators = snapshot.catalogue(area).indicators
    for saved in cache.store().scenarios.listed(area):
        if saved.year == year:
            with suppress(OutlookError):  # its own page says why it cannot be opened
                scenario = scenario_of(saved, indicators)
                if scenario.projects:
                    return scenario
    return Scenario()


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
            self.kept.number if self.kept else 0,
            self.record.issued_at.isoformat(),
            self.record.year,
            None if hidden or self.kept is None or self.kept.guarded else self.p_all,
            self.came.together if self.came else None,
            hidden,
            self.apart,
            self.kept.label if self.kept else "",
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
    """Return the newest issue without a scenario on the plan's own lines, if there is any.

    Nobody may learn from an open issue what an internal one said: only an ``internal`` one
    compares with it.
    """
    for record, earlier in _earlier(area, year, internal=internal):
        if not earlier.scenario:
            return record, earlier
    return None


def compared_of_scenario(
    scenario: int, area: str, year: int, *, internal: bool
) -> tuple[IssueRecord, Kept] | None:
    """Return the newest issue of a saved scenario, in any version, if there is any.

    One that is guarded compares with none: another version would give away what is left out.
    """
    for record, earlier in _earlier(area, year, internal=internal):
        if record.scenario is not None and record.scenario[0] == scenario:
            return None if earlier.guarded else (record, earlier)
    return None


def _earlier(area: str, year: int, *, internal: bool) -> Iterator[tuple[IssueRecord, Kept]]:
    """Yield the issues of an area and year that others may compare with, the newest first."""
    for record in cache.store().issues.listed(area):
        if record.year != year or (record.unpublished and not internal):
            continue
        earlier = kept(record)
        if earlier is not None and earlier.whole:
            yield record, earlier
