"""What an explanation consists of: the terms that lead from one outlook to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from forecasting.figures.indicator import DefinitionChange, Observation, Target
from forecasting.figures.period import Period
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question

T = TypeVar("T")


class TermKind(StrEnum):
    """What moved an outlook; ``causes_in_order.explain`` decides on their order."""

    REVISION = "revision"
    DEFINITION = "definition"
    FIGURE = "figure"
    ESTIMATION = "estimation"
    TARGET = "target"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class Amended(Generic[T]):
    """A figure, target or change at the old and at the new vintage; None where it is not known."""

    old: T | None
    new: T | None

    @property
    def either(self) -> T:
        """The new one; the old one where that is withdrawn."""
        either = self.new or self.old
        assert either is not None
        return either


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an outlook says of an indicator, or by how much a term moves that.

    Attributes
    ----------
    probability
        That its target is met.
    expected
        Full-year growth in percent, the median; of a term in percentage points.
    """

    probability: float
    expected: float


@dataclass(frozen=True, slots=True)
class Prospects:
    """What an outlook says in numbers: by indicator, and that all targets are met together."""

    indicators: Mapping[str, Prospect] = field(default_factory=dict)
    all_clear: float | None = None

    @classmethod
    def of(cls, outlook: Outlook) -> Prospects:
        """Return the numbers of an outlook."""
        together = outlook.all_clear
        return cls(
            {v.indicator_id: Prospect(v.probability, v.quantiles.median) for v in outlook.verdicts},
            together.probability if together else None,
        )


@dataclass(frozen=True, slots=True)
class Surprise:
    """A new figure and what was expected of it: growth since January, in percent.

    Attributes
    ----------
    expected
        The median, given all terms before it.
    deviation
        Standard deviation of a normal distribution with the same 80% interval.
    actual
        What came.
    """

    expected: float
    deviation: float
    actual: float


@dataclass(frozen=True, slots=True)
class Term:
    """One step from the old outlook to the new one.

    Attributes
    ----------
    indicator
        Whose figures, recorded changes or target; None of an estimation, which is of all, and
        of a catalogue that was put in another order.
    quarter
        The last of the figures, or the month inside a quarter that they run to.
    figures
        That are revised (or withdrawn) or new. Of a quarter that contradicts what was known of a
        part of it, which is a revision of earlier months: that part, unchanged, and the quarter.
    definitions
        Recorded changes of definition that are new or withdrawn.
    target
        Of a changed target; of an indicator that comes or goes, with one of both None.
    surprise
        Of a new figure; None where it is of a time before what was known already.
    before, after
        The prospects before and after the step; the next begins where this one ends.
    """

    kind: TermKind
    indicator: str | None = None
    quarter: Period | None = None
    figures: tuple[Amended[Observation], ...] = ()
    definitions: tuple[Amended[DefinitionChange], ...] = ()
    target: Amended[Target] | None = None
    surprise: Surprise | None = None
    before: Prospects = field(default_factory=Prospects)
    after: Prospects = field(default_factory=Prospects)

    @property
    def all_clear(self) -> float | None:
        """By how much it moves the all-clear probability; None where there is none to move."""
        if self.before.all_clear is None or self.after.all_clear is None:
            return None
        return self.after.all_clear - self.before.all_clear

    def on(self, indicator: str) -> Prospect | None:
        """Return what it does to an indicator; None where that comes or goes with it."""
        old = self.before.indicators.get(indicator)
        new = self.after.indicators.get(indicator)
        if old is None or new is None:
            return None
        return Prospect(new.probability - old.probability, new.expected - old.expected)


@dataclass(frozen=True, slots=True)
class News:
    """Why an outlook moved: the terms that lead from the old one to the new one, in order.

    The prospects after a term are those before the next, from the old outlook to the new one. So
    the effects sum to the change: of probabilities, which are whole numbers of paths, to the last
    digit.
    """

    question: Question
    before: Outlook
    after: Outlook
    terms: tuple[Term, ...]

    def of(self, indicator: str) -> tuple[Term, ...]:
        """Return the terms that are of an indicator, or move it."""
        still = (None, Prospect(0.0, 0.0))
        return tuple(
            term
            for term in self.terms
            if term.indicator == indicator or term.on(indicator) not in still
        )
