"""A snapshot (存档): what was issued, as one frozen value that every rendering is made of.

It stands alone: nothing in it is looked up elsewhere or fitted again. And it tells of sums only:
no name and no figure of a single firm or project is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forecasting.figures.indicator import Catalogue, Indicator, Names
from forecasting.figures.period import Month, Quarter
from forecasting.issues.assumptions import (
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    AssumedView,
    Assumptions,
    EntryKind,
    Factor,
    ProjectSum,
)
from forecasting.issues.earlier import Apart, Change, ChangeTerm, PastIssue, Unexplained
from forecasting.outlook.outlook import AllClear, Outlook, Verdict

__all__ = [
    "Above",
    "Apart",
    "AssumedEffect",
    "AssumedEntry",
    "AssumedPin",
    "AssumedProjects",
    "AssumedView",
    "Assumptions",
    "BriefLine",
    "Change",
    "ChangeTerm",
    "EntryKind",
    "Factor",
    "IssueNote",
    "NextRelease",
    "PastIssue",
    "Progress",
    "ProjectSum",
    "Provenance",
    "Reading",
    "Snapshot",
    "Unexplained",
]


@dataclass(frozen=True, slots=True)
class IssueNote:
    """What the head of an issue says.

    Attributes
    ----------
    number
        Of the issue, from 1.
    issued_at
        ISO 8601 in UTC, such as ``2026-10-25T01:30:00+00:00``.
    issuer
        The unit that issues it (编发单位).
    note
        What it says to its readers beside the figures.
    """

    number: int
    issued_at: str
    issuer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NextRelease:
    """When the next figure is due, and of which quarter."""

    date: date
    period: Quarter


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the numbers were made from and by.

    Attributes
    ----------
    vintage
        Number of the vintage.
    publishers
        Of the figures, each once, in the order of their names.
    unpublished
        Whether any figure used is an internal flash (内部快报).
    next_release
        None where no figure of the year is due any more, or nobody knows when.
    """

    vintage: int
    engine: str
    app_version: str
    seed: int
    publishers: tuple[str, ...]
    unpublished: bool
    next_release: NextRelease | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Growth since January to the end of a month, in percent."""

    period: Month
    growth: float


@dataclass(frozen=True, slots=True)
class Above:
    """Growth of the nearest area above that has a figure of the same months and basis."""

    area: str
    name: Names
    growth: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the year of a line's last figure is on its way to the target.

    It says nothing of the outlook's year where that has no figure: ``Snapshot.progress_of``.

    Attributes
    ----------
    gap
        Growth since January less the target's threshold, in percentage points.
    share
        Level since January over the full-year level that the threshold asks for; None unless
        levels and growth are on one basis, and last year's is known.
    """

    gap: float
    share: float | None


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One indicator as a brief (简报) tells it.

    Attributes
    ----------
    latest
        The last figure of growth since January.
    level
        Since January to the same month, in ``unit``; None where it is not known.
    before
        The figure of the period before, at most a quarter earlier; None where there is none.
    above
        None where no area above has the figure.
    unpublished
        Whether the line holds an internal flash.
    """

    indicator: str
    name: Names
    latest: Reading
    level: float | None
    unit: str
    before: Reading | None
    above: Above | None
    progress: Progress
    unpublished: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An outlook as it was issued.

    Attributes
    ----------
    outlook
        What was issued, with the scenario where there is one.
    planned
        Whether the line is the area's planned one, not one that the reader typed.
    baseline
        The chance of all without the scenario; None without one. None also where the scenario is
        ``guarded``: beside the outlook it would tell what is left out. No more of that outlook
        is kept, for the difference of two quantiles may be what a single project does.
    scenario
        None without one.
    brief
        Of every verdict with a figure, in their order.
    change
        Since the newest issue before that compares with it; None where there is none. It is told
        without the scenario, and so None where that is ``guarded``.
    record
        Earlier issues, the last first.
    indicators
        Every indicator that is mentioned, in catalogue order.
    area_version
        What the area is called as it is since it was last redrawn; None where it never was.
    """

    issue: IssueNote
    outlook: Outlook
    provenance: Provenance
    planned: bool = True
    baseline: AllClear | None = None
    scenario: Assumptions | None = None
    brief: tuple[BriefLine, ...] = ()
    change: Change | None = None
    record: tuple[PastIssue, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    area_version: Names | None = None

    def progress_of(self, line: BriefLine) -> Progress | None:
        """Return how far the year is by a line; None where its last figure is not of the year."""
        return line.progress if line.latest.period.year == self.outlook.year else None

    @property
    def held(self) -> frozenset[str]:
        """Indicators whose full-year growth the scenario holds: what is said of it is assumed.

        Its pins settle every quarter of the year that is not known.
        """
        return frozenset(
            verdict.indicator_id for verdict in self.outlook.verdicts if self._holds(verdict)
        )

    def _holds(self, verdict: Verdict) -> bool:
        every = self.scenario.pins if self.scenario else ()
        pins = [pin for pin in every if pin.indicator == verdict.indicator_id]
        quarters = [Quarter(self.outlook.year, number) for number in (1, 2, 3, 4)]
        still_open = [quarter for quarter in quarters if quarter > verdict.history.origin]
        return bool(still_open) and all(
            any(pin.settles(quarter) for pin in pins) for quarter in still_open
        )

    @property
    def catalogue(self) -> Catalogue:
        """The indicators mentioned, by id."""
        return Catalogue.of(self.indicators)
