"""A snapshot (存档): what was issued, as one frozen value that every rendering is made of.

It is complete: nothing in it is looked up elsewhere or fitted again. It holds sums only: no name
and no figure of a single firm or project. Only what insiders read may name projects, where whoever
issues it asks for that, and never with a figure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from forecasting.figures.indicator import Catalogue, Indicator, Names, Target
from forecasting.figures.period import Month, Period, Quarter
from forecasting.history.history import LEFT_OUT
from forecasting.issues.plan_note import PlanNote
from forecasting.news.news import Amended, Surprise, TermKind
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from forecasting.scenario.levers import Factor
from forecasting.scenario.unseen import UnseenGrowth


class Unexplained(StrEnum):
    """Why a change since an earlier issue has no terms."""

    ENGINE = "engine"
    """The numbers of then were made by another engine: what it did nobody can compute again."""
    OTHERWISE = "otherwise"
    """On the figures of then, today's program arrives at another number than was issued."""
    SCENARIO = "scenario"
    """Both numbers are of one scenario, which may itself be another by now."""


class Apart(StrEnum):
    """Why an earlier issue is listed, and not averaged with the others."""

    SCENARIO = "scenario"
    """It was conditional on a scenario."""
    LINE = "line"
    """It held a line that its reader typed, not the area's planned one."""
    KNOWN = "known"
    """Every full-year figure was known already: it judged nothing."""
    UNREADABLE = "unreadable"
    """Its document cannot be read; what is known of it comes from its record."""


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """One reason why the all-clear probability is another than at an earlier issue.

    Attributes
    ----------
    indicator, quarter, surprise, target
        As of ``news.Term``.
    change
        Of the all-clear probability; None where there was none before or after.
    """

    kind: TermKind
    indicator: str | None
    quarter: Period | None
    change: float | None
    surprise: Surprise | None = None
    target: Amended[Target] | None = None


@dataclass(frozen=True, slots=True)
class ChangeSinceIssue:
    """What changed since the last issue of the same series.

    It is without any scenario, save where it is unexplained because of one: then both numbers are
    of the same saved scenario. (Release 0.1.0 compared an issue of a scenario with any other by
    what both came to without one.)

    Attributes
    ----------
    since, label
        Number of that issue, and the same as of ``IssueNote``.
    before
        The all-clear probability that it printed.
    now
        The same on the figures of now. The terms sum to the difference, to the last digit,
        where both are known and nothing is unexplained.
    unexplained
        Why there are no terms; None where there is nothing in the way of them.
    """

    since: int
    before: float | None
    now: float | None
    terms: tuple[ChangeTerm, ...]
    unexplained: Unexplained | None = None
    label: str = ""

    @property
    def conditional(self) -> bool:
        """Whether both numbers are of one scenario, and so ``since`` of the series of these."""
        return self.unexplained is Unexplained.SCENARIO


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An earlier issue and what became of it.

    Attributes
    ----------
    number, label
        As of ``IssueNote``; 0 where its document cannot be read.
    p_all
        The all-clear probability that was issued; None also where it is ``internal``.
    outcome
        Whether all targets were met, as first published; None before it is known.
    internal
        Whether its numbers are left out: it holds unpublished figures, and the issue that tells
        of it holds none.
    apart
        Why it is not averaged with the others; None where it is.
    """

    number: int
    issued_at: str
    year: int
    p_all: float | None
    outcome: bool | None
    internal: bool = False
    apart: Apart | None = None
    label: str = ""

    @property
    def conditional(self) -> bool:
        """Whether it is numbered in the series of scenarios."""
        return self.apart is Apart.SCENARIO


class EntryKind(StrEnum):
    """What an assumed entry of a scenario is."""

    LEVER = "lever"
    AMOUNT = "amount"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class AssumedEffect:
    """What an assumed entry does to one indicator this year.

    Attributes
    ----------
    amount
        In ``unit``, that of the indicator's level; None where it is given in points.
    points
        Percentage points of full-year growth. None, and with it all that follows from it, where
        a factor is left out: dividing by the others would give it back.
    beyond_history
        As of ``apply.Effect``.
    """

    indicator: str
    amount: float | None
    unit: str
    points: float | None
    beyond_history: bool | None
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class AssumedEntry:
    """A lever, an amount or a point lever of a scenario, without the name it was given.

    Attributes
    ----------
    what
        The kind of a lever, as in ``levers.LeverKind``; the indicator of the others.
    value
        In ``unit``: that of the lever's rule; of an amount the unit of its indicator's level, or
        ``year_points``; of a point lever empty, for it is turned by a number of steps.
    start
        None is the first quarter that is not known yet.
    effects
        Empty where it moves nothing this year.
    certain
        Whether all of it comes only because somebody said so.
    """

    kind: EntryKind
    what: str
    value: float
    unit: str
    start: Quarter | None
    one_off: bool
    beyond_range: bool
    effects: tuple[AssumedEffect, ...]
    certain: bool = False

    @property
    def size(self) -> float:
        """The most that it is shown to move any indicator, in percentage points."""
        return max((abs(effect.points or 0.0) for effect in self.effects), default=0.0)


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """What all projects of a scenario do together to one indicator this year.

    Attributes
    ----------
    points
        Percentage points of full-year growth; None where fewer than ``FEWEST_IN_A_SUM`` move it,
        or where the difference to another sum would be that of fewer.
    """

    indicator: str
    points: float | None


@dataclass(frozen=True, slots=True)
class AssumedProjects:
    """The project table of a scenario in sums.

    Attributes
    ----------
    count
        How many projects there are.
    moving
        How many of them move any indicator this year.
    common
        What the scenario assumes of all of them that is not as usual, such as a price index.
    certain
        How many of those that move come as planned only because somebody said so.
    """

    count: int
    moving: int
    effects: tuple[ProjectSum, ...]
    common: tuple[Factor, ...] = ()
    certain: int = 0

    @property
    def few(self) -> bool:
        """Whether some sum is left out because too few projects are in it."""
        return any(effect.points is None for effect in self.effects)

    @property
    def size(self) -> float:
        """The most that they are shown to move any indicator, in percentage points."""
        return max((abs(effect.points or 0.0) for effect in self.effects), default=0.0)


@dataclass(frozen=True, slots=True)
class AssumedPin:
    """An indicator held to a growth rate, as ``pins.Pin``."""

    indicator: str
    growth: float
    quarter: Quarter | None
    cumulative: bool

    def settles(self, quarter: Quarter) -> bool:
        """Return whether it leaves nothing of a quarter of the year open."""
        if self.quarter is None:
            return True
        return quarter <= self.quarter if self.cumulative else quarter == self.quarter


@dataclass(frozen=True, slots=True)
class AssumedView:
    """A view from below: of which indicator, and its share of the paths.

    Attributes
    ----------
    few
        Whether it takes paths, and fewer than ``FEWEST_IN_A_SUM`` firms and projects are in it:
        then what it does is left out.
    """

    indicator: str
    weight: float
    few: bool = False


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a scenario assumes, as far as it may be disclosed.

    Attributes
    ----------
    name, note
        Written for the reader; the note is empty unless its author shows it to readers. Other names
        are left out: they may be those of firms and projects.
    entries
        None of them at zero.
    unmeasured
        Indicators that amounts would move, were last year's level known.
    unseen
        Growth expected beyond all that was ever seen, the furthest beyond first.
    realised
        Whether of every plan only what usually comes counts, when it usually comes. Release 0.1.0
        counted all of it.
    """

    name: str
    note: str
    entries: tuple[AssumedEntry, ...]
    projects: AssumedProjects
    pins: tuple[AssumedPin, ...]
    bottom_up: tuple[AssumedView, ...]
    unmeasured: tuple[str, ...] = ()
    unseen: tuple[UnseenGrowth, ...] = ()
    realised: bool = True

    @property
    def guarded(self) -> bool:
        """Whether the effect of some part is left out, for a single firm's figure would follow.

        Then of what holds without the scenario only the chance of all, in tenths, may be shown with
        what holds under it: any finer difference would disclose that effect all the same.
        """
        return (
            self.projects.few
            or any(view.few for view in self.bottom_up)
            or any(effect.points is None for entry in self.entries for effect in entry.effects)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """What projects have to reach next, by whom and by when.

    Attributes
    ----------
    milestone
        A date of a project, of ``projects.DATES``.
    quarter
        By which it is planned, which may be over; None where nobody has set it.
    owner
        The unit in charge; empty where none is known, or where it may not be told.
    count, blocked
        How many projects these are, and how many of them something holds up.
    project, blocking
        Name of the one project, and what holds it up; empty unless projects are named.
    """

    milestone: str
    quarter: Quarter | None
    owner: str
    count: int
    blocked: int
    project: str = ""
    blocking: str = ""


@dataclass(frozen=True, slots=True)
class NeededLever:
    """A lever of the zone at the value that is needed of it.

    Attributes
    ----------
    kind
        As in ``levers.LeverKind``.
    value
        In ``unit``, which is that of the lever's rule.
    start
        The first quarter that it counts in.
    once
        Whether it counts in that quarter alone.
    """

    kind: str
    value: float
    unit: str
    start: Quarter
    once: bool


@dataclass(frozen=True, slots=True)
class NeededLevers:
    """The least effort by levers of the zone that brings the chance of all to a wanted level.

    Attributes
    ----------
    wanted
        The chance of all that was asked for.
    reached
        Whether it is reached; else the levers are those that come nearest.
    most
        The largest chance of all found.
    """

    wanted: float
    reached: bool
    most: float
    levers: tuple[NeededLever, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What is to be done about the weakest link, from the ledger of projects, and about all.

    Attributes
    ----------
    indicator
        Of the weakest link.
    gap
        Percentage points by which its expected growth is short of what meets the target, below
        zero where it is not.
    amount
        What that is in ``unit``, at the level of the year before; None where none is known.
    listed
        Whether there is any ledger.
    projects, carried, blocked
        How many projects move the indicator in the quarters that are open; how many of them the
        baseline carries already; how many something holds up.
    brings, points
        What all of them are expected to bring in these quarters, in ``unit`` and in percentage
        points of full-year growth; None where a sum would give one of them away.
    steps
        The nearest first, those without a date behind them.
    named
        Whether projects are named, with their units and what holds them up: for insiders alone.
    needed
        What it would take by levers of the zone; None where nobody asked.
    """

    indicator: str
    gap: float
    amount: float | None
    unit: str
    listed: bool
    projects: int = 0
    carried: int = 0
    blocked: int = 0
    brings: float | None = None
    points: float | None = None
    steps: tuple[Step, ...] = ()
    named: bool = False
    needed: NeededLevers | None = field(default=None, metadata=LEFT_OUT)


@dataclass(frozen=True, slots=True)
class IssueNote:
    """The head of an issue.

    Attributes
    ----------
    number
        Of the issue, from 1: in its area and year, the issues of scenarios apart from the others.
        Release 0.1.0 numbered all issues of a store in one series.
    label
        The number as the office writes it, such as 〔2026〕5号; empty for the usual form.
    issued_at
        ISO 8601 in UTC, such as ``2026-10-25T01:30:00+00:00``.
    issuer
        The unit that issues it (编发单位).
    note
        What the issuer tells its readers in words.
    """

    number: int
    issued_at: str
    issuer: str = ""
    note: str = ""
    label: str = ""


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
class GrowthToDate:
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
    """One indicator in a brief (简报).

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
    latest: GrowthToDate
    level: float | None
    unit: str
    before: GrowthToDate | None
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
        The chance of all without the scenario; None without one. Where the scenario is ``guarded``
        it is in tenths, with neither error nor weakest link: exact, it would disclose with the
        outlook what is left out. Documents of schema 1 and 2 may have None there. No more of that
        outlook is kept, for the difference of two quantiles may be what a single project does.
    scenario
        None without one.
    brief
        Of every verdict with a figure, in their order.
    change
        Since the newest issue before that compares with it, under a scenario the newest of the same
        saved one; None where there is none, and where the scenario is ``guarded``.
    record
        Earlier issues, the last first.
    indicators
        Every indicator that is mentioned, in catalogue order.
    area_version
        What the area is called as it is since it was last redrawn; None where it never was.
    next_steps
        None where no target is left to be reached.
    plan
        None where it was not said; not under a scenario, nor as of an earlier quarter.
    """

    issue: IssueNote
    outlook: Outlook
    provenance: Provenance
    planned: bool = True
    baseline: AllClear | None = None
    scenario: Assumptions | None = None
    brief: tuple[BriefLine, ...] = ()
    change: ChangeSinceIssue | None = None
    record: tuple[PastIssue, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    area_version: Names | None = None
    next_steps: NextSteps | None = None
    plan: PlanNote | None = field(default=None, metadata=LEFT_OUT)

    @property
    def internal(self) -> bool:
        """Whether it is for insiders alone: it holds what is not published, or names projects."""
        named = self.next_steps is not None and self.next_steps.named
        return self.unpublished or named

    @property
    def unpublished(self) -> bool:
        """Whether any figure that it was made from is not published."""
        beyond = self.plan is not None and self.plan.unpublished
        return self.provenance.unpublished or beyond

    @property
    def baseline_in_tenths(self) -> bool:
        """Whether the baseline is no more than a tenth, which has no error."""
        return self.baseline is not None and math.isnan(self.baseline.error)

    @property
    def first_of_scenario(self) -> bool:
        """Whether it has a scenario that was not issued before, so nothing compares with it."""
        scenario = self.scenario
        if scenario is None or scenario.guarded or not scenario.realised:
            return False
        return self.change is None and self.planned and self.outlook.as_of is None

    def lit(self, verdict: Verdict) -> bool:
        """Return whether a verdict may have a light: one of the baseline, or what is known."""
        return self.scenario is None or verdict.known

    def shown_light(self, verdict: Verdict) -> Light | None:
        """Return the light of a verdict; None under a scenario, unless its year is known."""
        return verdict.shown_light if self.lit(verdict) else None

    def progress_of(self, line: BriefLine) -> Progress | None:
        """Return how far the year is by a line; None where its last figure is not of the year."""
        return line.progress if line.latest.period.year == self.outlook.year else None

    @property
    def pinned(self) -> frozenset[str]:
        """Indicators whose full-year growth the scenario pins: their verdicts are assumptions.

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
