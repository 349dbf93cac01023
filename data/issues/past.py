"""Earlier issues: the series they are numbered in, and what a new issue says of them.

A document that cannot be read says nothing: it may come back from a backup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.issues.contents import IssueContents
from data.store.issues import IssueRecord
from data.views import StoreView
from forecasting.errors import OutlookError
from forecasting.issues.outcome import Outcome
from forecasting.issues.snapshot import Apart, IssueNote, PastIssue

NUMBER_FORMS: Mapping[tuple[bool, bool], tuple[str, ...]] = MappingProxyType({
    (False, False): ("第{}期", "Issue {}"),
    (False, True): ("情景第{}期", "Scenario issue {}"),
    (True, False): ("练习第{}期", "Practice issue {}"),
    (True, True): ("练习情景第{}期", "Practice scenario issue {}"),
})  # fmt: skip
"""How people type the number of an issue in its usual form, which is how issues print it.

By whether its area is invented, and whether it is of a scenario.
"""


class IssueNumberTaken(OutlookError):
    """An issue of the same area and kind has the number already."""

    template = "the number {number} is taken: type another one"


def contents(record: IssueRecord, view: StoreView) -> IssueContents | None:
    """Return what the document of an issue says; None where it cannot be read."""
    try:
        return view.issue_contents(record)
    except OutlookError:
        return None


def outcome(record: IssueRecord, view: StoreView) -> Outcome | None:
    """Return what came of an issue by a vintage; None where its document cannot be read."""
    try:
        return view.issue_outcome(record)
    except OutlookError:
        return None


@dataclass(frozen=True, slots=True)
class IssueSeries:
    """The issues that are numbered together: of an area and year, of scenarios or not."""

    view: StoreView
    area: str
    year: int
    scenario: bool

    @property
    def practice(self) -> bool:
        """Whether the area is an invented one."""
        return self.view.area(self.area).synthetic

    def next_number(self) -> int:
        """Return the number of the next issue.

        An issue whose document cannot be read is taken to have had a number of the series.
        """
        every = [contents(record, self.view) for record in self._of_year()]
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
        number = self._usual(typed)
        for record in self.view.store.issues.listed(self.area):
            other = contents(record, self.view)
            if other is None or other.scenario != self.scenario:
                continue
            same = other.number == number and record.year == self.year and not other.label
            if same or (typed and other.label == typed):
                raise IssueNumberTaken(number=typed)
        return number or self.next_number(), "" if number else typed

    def is_number(self, note: IssueNote, typed: str) -> bool:
        """Return whether a number that is typed is that of an issue of the series."""
        return note.label == typed if note.label else note.number == self._usual(typed)

    def _of_year(self) -> list[IssueRecord]:
        listed = self.view.store.issues.listed(self.area)
        return [record for record in listed if record.year == self.year]

    def _usual(self, typed: str) -> int:
        """Return the number that is typed in the usual form, or alone; 0 of none."""
        number = int("".join(sign for sign in typed if sign.isdecimal()) or 0)
        forms = ("{}", *NUMBER_FORMS[self.practice, self.scenario])
        return number if typed in [form.format(number) for form in forms] else 0


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier issue as a track record tells it.

    Attributes
    ----------
    p_all
        The all-clear probability that was issued, None where there is none.
    contents, outcome
        What its document says, and what came of it; None where that cannot be read.
    """

    record: IssueRecord
    p_all: float | None
    contents: IssueContents | None
    outcome: Outcome | None

    @property
    def apart(self) -> Apart | None:
        """Why it is not averaged with the others; None where it is."""
        if self.contents is None or self.outcome is None:
            return Apart.UNREADABLE
        if self.contents.scenario:
            return Apart.SCENARIO
        if not self.contents.planned:
            return Apart.LINE
        return Apart.KNOWN if self.outcome.hindsight else None

    def told(self, *, internal: bool) -> PastIssue:
        """Return how an issue tells of it; numbers only where it is as ``internal`` itself.

        The number of a ``guarded`` one is never told: a record may hold the same year's without
        its scenario. One that cannot be read may be guarded.
        """
        hidden = self.record.unpublished and not internal
        return PastIssue(
            self.contents.number if self.contents else 0,
            self.record.issued_at.isoformat(),
            self.record.year,
            None if hidden or self.contents is None or self.contents.guarded else self.p_all,
            self.outcome.together if self.outcome else None,
            hidden,
            self.apart,
            self.contents.label if self.contents else "",
        )


def past_issues(area: str, view: StoreView) -> list[Past]:
    """Return the issues of an area, the last first, and what came of them by a vintage."""
    issues = view.store.issues
    said = {entry.number: entry.p_all for entry in issues.track(area)}
    return [
        Past(record, said.get(record.number), contents(record, view), outcome(record, view))
        for record in issues.listed(area)
    ]


def compared(
    area: str, year: int, view: StoreView, *, internal: bool
) -> tuple[IssueRecord, IssueContents] | None:
    """Return the newest issue without a scenario on the plan's own lines, if there is any.

    Nobody may learn from an open issue what an internal one said: only an ``internal`` one
    compares with it.
    """
    for record, earlier in _earlier(area, year, view, internal=internal):
        if not earlier.scenario:
            return record, earlier
    return None


def compared_of_scenario(
    scenario: int, area: str, year: int, view: StoreView, *, internal: bool
) -> tuple[IssueRecord, IssueContents] | None:
    """Return the newest issue of a saved scenario, in any version, if there is any.

    One that is guarded compares with none: another version would give away what is left out.
    """
    for record, earlier in _earlier(area, year, view, internal=internal):
        if record.scenario is not None and record.scenario[0] == scenario:
            return None if earlier.guarded else (record, earlier)
    return None


def _earlier(
    area: str, year: int, view: StoreView, *, internal: bool
) -> Iterator[tuple[IssueRecord, IssueContents]]:
    """Yield the issues of an area and year that others may compare with, the newest first."""
    for record in view.store.issues.listed(area):
        if record.year != year or (record.unpublished and not internal):
            continue
        earlier = contents(record, view)
        if earlier is not None and earlier.whole:
            yield record, earlier
