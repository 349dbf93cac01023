"""What solving answers: a setting, what binds it, and other ways to the same end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forecasting.scenario.entries import Project
from forecasting.scenario.scenario import Entry, Scenario
from forecasting.solve.problem import Action


@dataclass(frozen=True, slots=True)
class Turned:
    """A lever that is turned.

    Attributes
    ----------
    entry
        With the value it ends at.
    before
        The value it stood at.
    unit
        Of both; empty for a point lever, which has its own.
    at_bound
        Whether it ends at a bound, so that more is not allowed.
    """

    entry: Action
    before: float
    unit: str
    effort: float
    at_bound: bool


@dataclass(frozen=True, slots=True)
class Advanced:
    """A project whose dates ahead come earlier.

    Attributes
    ----------
    project
        With its new dates.
    at_bound
        Whether it cannot come earlier still.
    """

    project: Project
    before: Project
    quarters: int
    effort: float
    at_bound: bool


@dataclass(frozen=True, slots=True)
class Weakest:
    """The indicator whose certain clearing would raise the all-clear most.

    Attributes
    ----------
    probability
        Of its own target.
    if_cleared
        The all-clear then.
    """

    indicator: str
    probability: float
    if_cleared: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario that was solved for, and what it comes to.

    Attributes
    ----------
    scenario
        To be fed back: ``apply`` answers it with ``probability`` and ``error``.
    most
        The largest probability found by the same means. A setting that does not reach may stay
        a thousandth below it, which is not worth a lever.
    error
        Monte Carlo standard error.
    weakest
        None once every year is complete.
    """

    scenario: Scenario
    reached: bool
    probability: float
    most: float
    error: float
    effort: float
    levers: tuple[Turned, ...]
    projects: tuple[Advanced, ...]
    weakest: Weakest | None


class Kind(StrEnum):
    """Another way to the same end."""

    LEVERS_ONLY = "levers_only"  # no date moves
    DATES_ONLY = "dates_only"  # no lever is turned
    WITHOUT = "without"  # the lever or project that bears most of the effort stays


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way; ``without`` is what stays as it is in one of that kind."""

    kind: Kind
    without: Entry | None
    setting: Setting


@dataclass(frozen=True, slots=True)
class Limits:
    """What no setting can change.

    Attributes
    ----------
    unmoved
        Indicators that count and that nothing allowed helps.
    missed
        Indicators that count whose year is known and missed.
    ceiling
        Probability that all of these are met: no setting whatever goes beyond it.
    """

    unmoved: tuple[str, ...]
    missed: tuple[str, ...]
    ceiling: float


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer.

    Attributes
    ----------
    wanted
        The all-clear probability asked for.
    before
        What it is as the scenario stands.
    setting
        Of the least effort found that reaches; where none reaches, the one that comes nearest.
    limits
        Why it cannot be more, together with the weakest link of the setting.
    alternatives
        That differ from the setting, cheapest first, those that reach before the others.
    """

    wanted: float
    before: float
    setting: Setting
    limits: Limits
    alternatives: tuple[Alternative, ...]

    @property
    def reached(self) -> bool:
        """Whether the wanted probability is reached."""
        return self.setting.reached

    @property
    def most(self) -> float:
        """The largest probability found within what is allowed."""
        return self.setting.most
