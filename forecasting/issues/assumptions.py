"""What may be told of a scenario: entries without their names, projects in sums."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Source


class EntryKind(StrEnum):
    """What an assumed entry of a scenario is."""

    LEVER = "lever"
    AMOUNT = "amount"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of an entry's arithmetic, as ``parts.Step``; what only the zone knows is left out.

    Attributes
    ----------
    source
        None of a constant.
    """

    name: str
    value: float
    divides: bool
    source: Source | None


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
        As of ``effects.Effect``.
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
    """

    kind: EntryKind
    what: str
    value: float
    unit: str
    start: Quarter | None
    one_off: bool
    beyond_range: bool
    effects: tuple[AssumedEffect, ...]


@dataclass(frozen=True, slots=True)
class ProjectSum:
    """What all projects of a scenario do together to one indicator this year.

    Attributes
    ----------
    points
        Percentage points of full-year growth; None where fewer than ``FEWEST_TOLD`` move it,
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
    """

    count: int
    moving: int
    effects: tuple[ProjectSum, ...]
    common: tuple[Factor, ...] = ()

    @property
    def few(self) -> bool:
        """Whether some sum is not told because too few projects are in it."""
        return any(effect.points is None for effect in self.effects)


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
        Whether it takes paths, and fewer than ``FEWEST_TOLD`` firms and projects are in it:
        then nothing is told of what it does.
    """

    indicator: str
    weight: float
    few: bool = False


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a scenario assumes, as far as it may be told.

    Attributes
    ----------
    name, note
        Written for the reader. Other names are left out: they may be those of firms and projects.
    unmeasured
        Indicators that amounts would move, were last year's level known.
    """

    name: str
    note: str
    entries: tuple[AssumedEntry, ...]
    projects: AssumedProjects
    pins: tuple[AssumedPin, ...]
    bottom_up: tuple[AssumedView, ...]
    unmeasured: tuple[str, ...] = ()

    @property
    def guarded(self) -> bool:
        """Whether what some part does is not told, for a single firm's figure would follow.

        Then nothing that holds without the scenario may stand beside what holds with it: the
        difference would tell all the same.
        """
        return (
            self.projects.few
            or any(view.few for view in self.bottom_up)
            or any(effect.points is None for entry in self.entries for effect in entry.effects)
        )
