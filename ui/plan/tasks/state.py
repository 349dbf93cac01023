"""A ledger of tasks as it stands today, and what it does that late tasks fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from data import clock
from data.plan import documents
from data.plan.outline import shipped_outline
from data.plan.tasks.fields import Links, links_of
from data.plan.tasks.import_ledger import TasksRead, read_tasks
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
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario
from ui.frame import cache
from ui.frame.controls import View
from ui.frame.session import Upload
from ui.scenario import evaluation
from ui.workbook.state import open_file


@dataclass(frozen=True, slots=True, eq=False)
class LedgerToday:
    """The ledger of an area and year, as it stands today.

    Attributes
    ----------
    version
        Of the ledger; 0 before there is any.
    scenario, scenario_name
        The scenario of the year that was saved last, whose projects and levers tasks name.
    """

    view: View
    outline: Outline
    year: int
    today: date
    ledger: Ledger
    version: int
    progress: tuple[TaskProgress, ...]
    scenario: Scenario | None
    scenario_name: str

    @property
    def late(self) -> list[TaskProgress]:
        """The tasks that are late, as in the ledger."""
        return [one for one in self.progress if one.late]

    @property
    def months(self) -> int:
        """How many months of the year are over."""
        return months_over(self.year, self.today)


def years_of(view: View) -> list[int]:
    """Return the years that have a ledger, and the one that is asked about, the newest first."""
    listed = cache.store().plans.listed(view.area.id, documents.TASKS)
    own = {int(one.part.partition("/")[2]) for one in listed}
    return sorted(own | {view.snapshot.target_year(view.area.id)}, reverse=True)


def open_ledger(view: View, year: int) -> LedgerToday:
    """Return the ledger of an area and year."""
    ledger, version = documents.latest(
        cache.store().plans, view.area.id, documents.part_of(year), Ledger
    )
    today = clock.today()
    found = tuple(progress(task, ledger, year, today) for task in ledger.tasks)
    name, scenario = _scenario(view, year)
    return LedgerToday(view, shipped_outline(), year, today, ledger, version, found, scenario, name)


def _scenario(view: View, year: int) -> tuple[str, Scenario | None]:
    """Return the scenario of a year that was saved last, with its name."""
    saved = [one for one in cache.store().scenarios.listed(view.area.id) if one.year == year]
    if not saved:
        return "", None
    return saved[0].name, read_scenario(saved[0].document, view.catalogue.indicators)


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


def failures(standing: LedgerToday) -> Failures:
    """Take what hangs on each late task out of the scenario; nothing is fitted for it."""
    scenario, view = standing.scenario, standing.view
    if scenario is None or not view.has_figures:
        return Failures()
    tasks = [one.task for one in standing.late if without(scenario, [one.task]) != scenario]
    if not tasks:
        return Failures()
    key = evaluation.BaselineKey(view.snapshot, view.area.id, standing.year, None, None)
    before = evaluation.evaluation(key, scenario).applied.outlook

    def failing(some: Sequence[Task]) -> Failure:
        after = evaluation.evaluation(key, without(scenario, some)).applied.outlook
        return failure(before, after)

    return Failures(tuple((task, failing([task])) for task in tasks), failing(tasks))


def links(standing: LedgerToday) -> Links:
    """Return what tasks may name."""
    return links_of(standing.outline, standing.view.catalogue)


def tasks_of(upload: Upload, standing: LedgerToday) -> TasksRead:
    """Read the tasks in a file.

    Raises
    ------
    WorkbookRefused
        If it cannot be opened, or should not be.
    """
    return upload.remembered(
        "tasks", (upload.encoding, standing.year),
        lambda: read_tasks(open_file(upload), links(standing), standing.year),
    )  # fmt: skip
