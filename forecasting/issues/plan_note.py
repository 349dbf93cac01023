"""What an issue says of the plan besides growth: big things, national rank, tasks, and requests.

It is frozen with the outlook, and holds no figure of a single firm or project.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forecasting.figures.indicator import Direction, Names
from forecasting.history.history import LEFT_OUT
from forecasting.outlook.quantiles import Quantiles
from forecasting.plan.requests import Request
from forecasting.plan.tasks import TaskPlace


@dataclass(frozen=True, slots=True)
class NotedYears:
    """A quantity year by year, in the values that it is wanted in; of a rank, its levels.

    Attributes
    ----------
    known
        Past years with their values.
    ahead
        Later years with what they may bring.
    rivals
        Of a rank: levels of each rival in those later years.
    """

    known: tuple[tuple[int, float], ...]
    ahead: tuple[tuple[int, Quantiles], ...]
    rivals: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class NotedQuantity:
    """A quantity of a big thing, and how likely it comes about.

    Attributes
    ----------
    aim
        As what it is wanted, of ``claims.Aim``.
    unit
        Of its level.
    wanted, year
        No worse than this by the end of that year; None where nobody has filled it in.
    known_year, known
        The last known year and its value, of a rank its level; None where there is none.
    place
        Of a rank: best and worst place that it may have, and among how many; else None.
    probability
        None where it cannot be told.
    lacking
        Of ``claims.Gap``: why it cannot be told; empty where it can.
    years
        None where nothing is forecast of it.
    direction
        ``DOWN`` where less is better; None where more is.
    """

    name: Names
    aim: str
    unit: str
    wanted: float | None
    year: int | None
    known_year: int | None
    known: float | None
    place: tuple[int, int, int] | None
    probability: float | None
    lacking: str
    years: NotedYears | None = field(default=None, metadata=LEFT_OUT)
    direction: Direction | None = field(default=None, metadata=LEFT_OUT)


@dataclass(frozen=True, slots=True)
class NotedClaim:
    """One of the three big things.

    Attributes
    ----------
    claim, judge
        Exactly what is claimed, and who judges it; empty where nobody has filled it in.
    together
        Probability that all quantities that can be judged come about; None without any.
    """

    name: Names
    claim: str
    judge: str
    quantities: tuple[NotedQuantity, ...]
    together: float | None


@dataclass(frozen=True, slots=True)
class NotedItem:
    """An item that is held against a line.

    Attributes
    ----------
    attained
        How much of the line it reaches, 1 being all.
    line, line_year, count
        Of ``lines.LineKind`` or ``criteria.Scope``: what it is held against; the year of that,
        and of how many areas it is.
    mark
        What sets the line's definition apart from the usual one; empty where nothing does.
    others
        Multiples of the line at which other lines stand.
    """

    name: Names
    attained: float
    line: str
    line_year: int
    count: int
    mark: str
    others: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class NotedClass:
    """A class of the criteria of national rank.

    Attributes
    ----------
    weight
        In points of 100; None where it is not public.
    compared, met
        Items that are held against a line, and those that are at it or better.
    farthest, ratio
        The item that is farthest below its line, and how much of the line it reaches, 1 being all.
    closed, year
        Probability that all gaps are closed by the end of that year; None where it is not known.
    items
        Those that are compared. None in documents that did not list them yet.
    """

    name: Names
    weight: float | None
    compared: int
    met: int
    farthest: Names | None
    ratio: float | None
    closed: float | None
    year: int | None
    items: tuple[NotedItem, ...] | None = field(default=None, metadata=LEFT_OUT)


@dataclass(frozen=True, slots=True)
class NotedTask:
    """A task that is late.

    Attributes
    ----------
    work
        Empty where projects hang on it, which it may name, and readers may see no names.
    due
        As the ledger writes it.
    status
        Of ``tasks.TaskStatus``.
    linked
        Whether anything that the scenario reckons with hangs on it.
    """

    number: str
    work: str
    unit: str
    due: str
    status: str
    linked: bool


@dataclass(frozen=True, slots=True)
class PlacedTask:
    """A task as it lies in its year; the rest is as of a late one."""

    number: str
    work: str
    unit: str
    due: str
    status: str
    place: TaskPlace


@dataclass(frozen=True, slots=True)
class NotedLine:
    """The tasks of a line of work; number and name are None of those that serve no line."""

    number: int | None
    name: Names | None
    tasks: tuple[PlacedTask, ...]


@dataclass(frozen=True, slots=True)
class NotedSchedule:
    """All tasks by line, and how many months of the year had passed."""

    today: float
    lines: tuple[NotedLine, ...]


@dataclass(frozen=True, slots=True)
class NotedTasks:
    """The ledger of tasks.

    Attributes
    ----------
    counts
        How many have each status of ``tasks.TaskStatus``.
    before, after
        The chance of all with the newest scenario, and if nothing that hangs on late tasks came.
        None where fewer than ``FEWEST_IN_A_SUM`` hang on them: that would tell of a single one.
    schedule
        None in documents that did not say yet where each task lies.
    """

    counts: tuple[tuple[str, int], ...]
    late: tuple[NotedTask, ...]
    before: float | None = None
    after: float | None = None
    schedule: NotedSchedule | None = field(default=None, metadata=LEFT_OUT)

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class PlanNote:
    """What an issue says of the plan besides growth.

    Attributes
    ----------
    criteria
        The version that the classes are of.
    tasks
        None where there is no ledger.
    unpublished
        Whether a figure that is not published is among what it was judged by.
    """

    claims: tuple[NotedClaim, ...]
    criteria: Names
    classes: tuple[NotedClass, ...]
    tasks: NotedTasks | None
    requests: tuple[Request, ...]
    unpublished: bool
