"""What a snapshot tells of earlier issues: why the answer moved, what they said and what came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forecasting.figures.indicator import Target
from forecasting.figures.period import Quarter
from forecasting.news.terms import Amended, Surprise, TermKind


class Unexplained(StrEnum):
    """Why a change since an earlier issue has no terms."""

    ENGINE = "engine"
    """The numbers of then were made by another engine: what it did nobody can compute again."""
    OTHERWISE = "otherwise"
    """On the figures of then, today's program arrives at another number than was issued."""


class Apart(StrEnum):
    """Why an earlier issue is listed, and not averaged with the others."""

    SCENARIO = "scenario"
    """It was conditional on a scenario."""
    LINE = "line"
    """It held a line that its reader typed, not the area's planned one."""
    KNOWN = "known"
    """Every full-year figure was known already: it judged nothing."""
    UNREADABLE = "unreadable"
    """Its document cannot be read; what is told of it is told by its record."""


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """One reason why the all-clear probability is another than at an earlier issue.

    Attributes
    ----------
    indicator, quarter, surprise, target
        As of ``terms.Term``.
    change
        Of the all-clear probability; None where there was none before or after.
    """

    kind: TermKind
    indicator: str | None
    quarter: Quarter | None
    change: float | None
    surprise: Surprise | None = None
    target: Amended[Target] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since an earlier issue, without any scenario.

    Attributes
    ----------
    since
        Number of that issue.
    before
        The all-clear probability that it printed, without its scenario where it had one.
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


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An earlier issue and what became of it.

    Attributes
    ----------
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
