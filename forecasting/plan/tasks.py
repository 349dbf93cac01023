"""The ledger of tasks (任务台账): how far each is against its schedule, and what its failure does.

A status rests on what is recorded, and on the calendar: what somebody says of a task, or plans to
do, changes none. No probability is computed of a task. The marks of due dates are not the lights of
an outlook, and never share their words.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from forecasting.outlook.outlook import Outlook
from forecasting.plan.evidence import Evidence
from forecasting.scenario.model import Scenario

MONTHS = 12
QUARTERS = 4
SOON = dt.timedelta(days=30)
"""A task that is due within it is marked."""
ROUNDED = 0.005
"""Shares are recorded in whole percent: what differs by less is the same."""


class TaskStatus(StrEnum):
    """How far a task is, in the words of ledgers."""

    COMPLETED = "completed"  # 已完成
    AHEAD = "ahead"  # 超进度
    ON_PACE = "on_pace"  # 达进度
    BEHIND = "behind"  # 欠进度
    NOT_STARTED = "not_started"  # 未启动


class DueMark(StrEnum):
    """Where a task stands to its due date."""

    CLOSED = "closed"
    CLOSED_LATE = "closed_late"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STANDING = "standing"  # goes on without end (长期)
    UNDATED = "undated"


class StatusBasis(StrEnum):
    """What a status rests on."""

    COMPLETION = "completion"  # a day on which it was completed, or all of it recorded
    EVIDENCE = "evidence"  # a document that proves completion
    NODES = "nodes"  # the nodes that were reached
    SHARE = "share"  # the share that is recorded
    NOTHING = "nothing"


class Document(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What is written as JSON, without what is empty, and read back by the types of its fields."""


class Due(Document, frozen=True, kw_only=True):
    """When a task is due.

    Attributes
    ----------
    text
        As the ledger writes it, such as 6月底.
    day
        The last day; None where it has none or it could not be told.
    standing
        Whether it goes on, or comes again (长期、每月).
    """

    text: str = ""
    day: dt.date | None = None
    standing: bool = False


class Node(Document, frozen=True, kw_only=True):
    """What is to be reached by the end of a quarter, and the day on which it was."""

    quarter: int
    text: str
    reached: dt.date | None = None


class Task(Document, frozen=True, kw_only=True):
    """A task of the ledger.

    Attributes
    ----------
    number
        As the ledger counts it.
    lines, drives
        Ids of the lines of the plan, and of the drives of the discussion, that it serves.
    works, links
        Numbers of the key works and links of the discussion that it belongs to.
    unit, others
        The unit that leads, and those that help. Names of people are not kept.
    share, share_day
        What is recorded as done, 0 to 1, and when that was.
    finished
        The day on which it was completed.
    stated
        The status that a file gives it, which decides nothing.
    projects
        Ids or names of projects of a scenario.
    levers
        Kinds of levers.
    indicators
        Ids.
    """

    id: str
    work: str
    number: str = ""
    lines: tuple[str, ...] = ()
    drives: tuple[str, ...] = ()
    works: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    unit: str = ""
    others: tuple[str, ...] = ()
    due: Due = Due()
    nodes: tuple[Node, ...] = ()
    standard: str = ""
    evidence: tuple[Evidence, ...] = ()
    share: float | None = None
    share_day: dt.date | None = None
    finished: dt.date | None = None
    stated: TaskStatus | None = None
    projects: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    note: str = ""


EVEN = (0.25, 0.5, 0.75, 1.0)
"""Months by twelve (序时进度)."""


class Ledger(Document, frozen=True, kw_only=True):
    """The tasks of an area in a year.

    Attributes
    ----------
    pace
        Share of a task of the whole year to be done by the end of each quarter; within one it
        grows by the month.
    works, links
        Names of the key works and links of the discussion by number, empty where not filled in.
    """

    tasks: tuple[Task, ...] = ()
    pace: tuple[float, float, float, float] = EVEN
    works: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task is on a day.

    Attributes
    ----------
    done, expected
        Share that is done as far as recorded, and that should be; None where that cannot be told.
    unproven
        Whether its file says that it is completed, which nothing shows.
    """

    task: Task
    status: TaskStatus
    timing: DueMark
    basis: StatusBasis
    done: float | None
    expected: float
    unproven: bool

    @property
    def late(self) -> bool:
        """Whether it is behind its schedule, or was due."""
        if self.status is TaskStatus.COMPLETED:
            return False
        waits = self.status is TaskStatus.NOT_STARTED and self.expected > 0
        return waits or self.status is TaskStatus.BEHIND or self.timing is DueMark.OVERDUE


def progress(task: Task, ledger: Ledger, year: int, today: dt.date) -> TaskProgress:
    """Return how far a task of a year's ledger is on a day.

    It is completed only with a day of completion, a document that proves it, or all of it
    recorded; what is dated after ``today`` has not happened.
    """
    documents = [one for one in task.evidence if one.day is None or one.day <= today]
    nodes = [node for node in task.nodes if node.text]
    reached = [node for node in nodes if node.reached is not None and node.reached <= today]
    known = task.share is not None and (task.share_day is None or task.share_day <= today)
    share = task.share if known else None
    months = months_over(year, today)
    over = [node for node in nodes if 3 * node.quarter <= months]
    decisive = nodes if reached or over or share is None else []
    expected = _expected(task, decisive, ledger.pace, year, months)
    completed = _completion(task, documents, share, today)
    timing = _timing(task.due, today, completed)
    done: float | None
    if completed is not None:
        status, basis, done = TaskStatus.COMPLETED, completed[0], 1.0
    elif decisive:
        status = _by_nodes(over, reached, begun=bool(reached or documents or share))
        basis, done = StatusBasis.NODES, len(reached) / len(nodes)
    elif share or documents:
        # A document shows that it has begun; how far it is nobody recorded.
        status, done = _by_share(share or 0.0, expected), share
        basis = StatusBasis.SHARE if share else StatusBasis.EVIDENCE
    else:
        status, basis, done = TaskStatus.NOT_STARTED, StatusBasis.NOTHING, share
    unproven = task.stated is TaskStatus.COMPLETED and completed is None
    return TaskProgress(task, status, timing, basis, done, expected, unproven)


def _completion(
    task: Task, documents: Sequence[Evidence], share: float | None, today: dt.date
) -> tuple[StatusBasis, dt.date | None] | None:
    """Return by what a task is completed, and when as far as known; None where it is not."""
    if task.finished is not None and task.finished <= today:
        return StatusBasis.COMPLETION, task.finished
    proof = next((one for one in documents if one.completes), None)
    if proof is not None:
        return StatusBasis.EVIDENCE, proof.day
    if share is not None and share >= 1:
        return StatusBasis.COMPLETION, task.share_day
    return None


def _timing(
    due: Due, today: dt.date, completed: tuple[StatusBasis, dt.date | None] | None
) -> DueMark:
    if completed is not None:
        late = due.day is not None and completed[1] is not None and completed[1] > due.day
        return DueMark.CLOSED_LATE if late else DueMark.CLOSED
    if due.standing:
        return DueMark.STANDING
    if due.day is None:
        return DueMark.UNDATED
    if due.day < today:
        return DueMark.OVERDUE
    return DueMark.DUE_SOON if due.day - today <= SOON else DueMark.RUNNING


def _by_nodes(over: Sequence[Node], reached: Sequence[Node], *, begun: bool) -> TaskStatus:
    if not begun:
        return TaskStatus.NOT_STARTED
    if any(node not in reached for node in over):
        return TaskStatus.BEHIND
    return TaskStatus.AHEAD if len(reached) > len(over) else TaskStatus.ON_PACE


def _by_share(share: float, expected: float) -> TaskStatus:
    if share > expected + ROUNDED:
        return TaskStatus.AHEAD
    return TaskStatus.ON_PACE if share >= expected - ROUNDED else TaskStatus.BEHIND


def _expected(
    task: Task, nodes: Sequence[Node], pace: Sequence[float], year: int, months: float
) -> float:
    """Return the share that should be done: of nodes those that are over, else by the pace."""
    if nodes:
        return sum(3 * node.quarter <= months for node in nodes) / len(nodes)
    whole = paced(pace, due_month(task.due, year))
    return min(paced(pace, months) / whole, 1.0) if whole else 1.0


def paced(pace: Sequence[float], months: float) -> float:
    """Return the share of a year's task that a pace wants after some months."""
    ends = (0.0, *pace)
    quarter = min(int(months // 3), QUARTERS - 1)
    return ends[quarter] + (ends[quarter + 1] - ends[quarter]) * (months - 3 * quarter) / 3


def months_over(year: int, today: dt.date) -> int:
    """Return how many months of a year are over at the end of a day."""
    if today.year != year:
        return MONTHS if today.year > year else 0
    return (today + dt.timedelta(days=1)).month - 1 if today.month < MONTHS else _december(today)


def _december(today: dt.date) -> int:
    return MONTHS if today.day == monthrange(today.year, MONTHS)[1] else MONTHS - 1


def due_month(due: Due, year: int) -> float:
    """Return how many months of a year have passed when a task is due; all where it goes on."""
    if due.day is None or due.day.year > year:
        return MONTHS
    return day_place(due.day, year)


def day_place(day: dt.date, year: int) -> float:
    """Return where the end of a day lies in a year, in months from its beginning, 0 to 12."""
    if day.year != year:
        return MONTHS if day.year > year else 0
    return day.month - 1 + day.day / monthrange(day.year, day.month)[1]


@dataclass(frozen=True, slots=True)
class TaskPlace:
    """Where a task lies in its year; places are months from the beginning of the year.

    Attributes
    ----------
    due
        The end of the year where it has no due date.
    open_ended
        Whether it has none.
    done
        Share that is done; None where nothing is recorded.
    nodes
        Where each node lies, and whether it was reached.
    late
        Whether it is behind, or was due.
    """

    due: float
    open_ended: bool
    done: float | None
    nodes: tuple[tuple[float, bool], ...]
    late: bool


_SHORTEST = 0.3
"""Months that a task takes at least where it is drawn: one that was due before its year too."""


def place_in_year(one: TaskProgress, year: int, today: dt.date) -> TaskPlace:
    """Return where a task lies in the year of its ledger, as it stands on a day."""
    task = one.task
    return TaskPlace(
        due=max(due_month(task.due, year), _SHORTEST),
        open_ended=task.due.day is None or task.due.day.year > year,
        done=one.done,
        nodes=tuple(
            (3.0 * node.quarter, node.reached is not None and node.reached <= today)
            for node in task.nodes
        ),
        late=one.late,
    )


NO_LINE = ""
"""The key of tasks that serve no line."""


def under_lines(
    of: Iterable[TaskProgress], lines: Sequence[str]
) -> dict[str, tuple[TaskProgress, ...]]:
    """Return tasks by line, in the order of ``lines``, those of none last.

    A task of several lines stands under the first of them.
    """
    found: dict[str, list[TaskProgress]] = {line: [] for line in (*lines, NO_LINE)}
    for one in of:
        found[next((line for line in lines if line in one.task.lines), NO_LINE)].append(one)
    return {line: tuple(own) for line, own in found.items() if own}


@dataclass(frozen=True, slots=True)
class Tally:
    """Tasks of one line or unit, by status."""

    key: str
    counts: dict[TaskStatus, int]
    late: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def tally(of: Iterable[TaskProgress], keys: Callable[[Task], Iterable[str]]) -> list[Tally]:
    """Return the tasks by key in the order in which keys first come.

    A task of several keys counts under each, so that sums over keys may exceed the tasks.
    """
    found: dict[str, Tally] = {}
    for one in of:
        for key in keys(one.task):
            own = found.setdefault(key, Tally(key, dict.fromkeys(TaskStatus, 0), 0))
            own.counts[one.status] += 1
            found[key] = replace(own, late=own.late + one.late)
    return list(found.values())


def without(scenario: Scenario, tasks: Iterable[Task]) -> Scenario:
    """Return a scenario in which what hangs on some tasks does not come.

    Their projects are taken out, and their levers stand at zero. All else stays, other projects
    of the same unit too.
    """
    names = {name for task in tasks for name in task.projects}
    kinds = {kind for task in tasks for kind in task.levers}
    return replace(
        scenario,
        projects=tuple(one for one in scenario.projects if not {one.id, one.name} & names),
        levers=tuple(
            replace(lever, value=0.0) if lever.kind in kinds else lever for lever in scenario.levers
        ),
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """What it does that some tasks fail.

    Attributes
    ----------
    before, after
        The all-clear probability with them and without; None where no target counts.
    chances
        Indicators whose chance changes, each with both of it, the largest change first.
    """

    before: float | None
    after: float | None
    chances: tuple[tuple[str, float, float], ...]

    @property
    def change(self) -> float:
        """Of the all-clear probability; NaN where there is none."""
        if self.before is None or self.after is None:
            return math.nan
        return self.after - self.before


def failure(before: Outlook, after: Outlook) -> Failure:
    """Compare the outlook of a scenario with that of what ``without`` leaves of it.

    Both have the same paths, so that the difference is what was taken out and no chance. Effects
    of several tasks do not add up: whoever wants to know what all of them do takes out all.
    """
    chances = [
        (one.indicator_id, one.probability, other.probability)
        for one, other in zip(before.verdicts, after.verdicts, strict=True)
        if one.probability != other.probability
    ]
    chances.sort(key=lambda one: -abs(one[2] - one[1]))
    first, then = before.all_clear, after.all_clear
    return Failure(
        first.probability if first else None, then.probability if then else None, tuple(chances)
    )
