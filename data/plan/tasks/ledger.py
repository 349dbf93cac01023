"""A ledger of tasks as it stands today, and what it does that late tasks fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from data import clock
from data.plan import documents
from data.plan.outline import shipped_outline
from data.plan.plan_scenario import PlanScenario, plan_scenario
from data.views import AreaView, BaselineKey
from forecasting.plan.outline import Outline
from forecasting.plan.tasks import (
    Failure,
    Ledger,
    Task,
    TaskProgress,
    failure,
    months_over,
    progress,
    without,
)

ViewT = TypeVar("ViewT", bound=AreaView)


@dataclass(frozen=True, slots=True, eq=False)
class LedgerToday(Generic[ViewT]):
    """The ledger of an area and year, as it stands today.

    Attributes
    ----------
    version
        Of the ledger; 0 before there is any.
    scenario
        That of the plan, whose projects and levers tasks name.
    """

    view: ViewT
    outline: Outline
    year: int
    today: date
    ledger: Ledger
    version: int
    progress: tuple[TaskProgress, ...]
    scenario: PlanScenario

    @property
    def late(self) -> list[TaskProgress]:
        """The tasks that are late, as in the ledger."""
        return [one for one in self.progress if one.late]

    @property
    def months(self) -> int:
        """How many months of the year are over."""
        return months_over(self.year, self.today)


def open_ledger(view: ViewT, year: int) -> LedgerToday[ViewT]:
    """Return the ledger of an area and year."""
    ledger, version = documents.latest(
        view.snapshot.store.plans, view.area.id, documents.part_of(year), Ledger
    )
    today = clock.today()
    found = tuple(progress(task, ledger, year, today) for task in ledger.tasks)
    scenario = plan_scenario(view, year)
    return LedgerToday(view, shipped_outline(), year, today, ledger, version, found, scenario)


@dataclass(frozen=True, slots=True)
class Failures:
    """What it does to a scenario that late tasks fail, each alone and all together.

    Attributes
    ----------
    single
        Tasks whose projects or levers the scenario has, with what their failure does.
    together
        Of all of those; None where there is none.
    """

    single: tuple[tuple[Task, Failure], ...] = ()
    together: Failure | None = field(default=None)


def failures(standing: LedgerToday[ViewT]) -> Failures:
    """Take what hangs on each late task out of the scenario; nothing is fitted for it."""
    scenario, view = standing.scenario.scenario, standing.view
    if not view.has_figures:
        return Failures()
    tasks = [one.task for one in standing.late if without(scenario, [one.task]) != scenario]
    if not tasks:
        return Failures()
    key = BaselineKey(view.snapshot, view.area.id, standing.year)
    before = key.evaluation(scenario).applied.outlook

    def failing(some: Sequence[Task]) -> Failure:
        after = key.evaluation(without(scenario, some)).applied.outlook
        return failure(before, after)

    return Failures(tuple((task, failing([task])) for task in tasks), failing(tasks))
