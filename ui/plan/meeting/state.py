"""What an outlook says of the plan besides growth, as it stands today."""

from __future__ import annotations

from collections import Counter

from data.plan import documents
from forecasting.figures.indicator import AreaKind, Status
from forecasting.issues.plan_note import NotedTask, NotedTasks, PlanNote
from forecasting.issues.take_plan import noted_claim, noted_classes
from forecasting.plan.requests import Requests
from forecasting.plan.tasks import TaskStatus, without
from forecasting.scenario.model import FEWEST_IN_A_SUM
from ui.frame import cache
from ui.frame.controls import View
from ui.plan.claims.state import open_cards
from ui.plan.criteria.state import open_benchmark
from ui.plan.tasks.state import Failures, LedgerToday, failures, open_ledger


def plan_note(view: View, *, named: bool = False) -> PlanNote | None:
    """Return what is said of a zone's plan today; None of an area that is no zone.

    Tasks that projects hang on may name these: they are called so only where readers are insiders
    who may see names.
    """
    if view.area.kind is not AreaKind.ZONE:
        return None
    cards, benchmark = open_cards(view), open_benchmark(view)
    asked = {one.indicator for card in cards for one in card.stored.claim.quantities}
    asked |= {item.item.indicator for item in benchmark.compared}
    requests, _ = stored_requests(view)
    standing = open_ledger(view, view.snapshot.target_year(view.area.id))
    return PlanNote(
        claims=tuple(noted_claim(card.stored.thing.name, card.outlook) for card in cards),
        criteria=benchmark.criteria.name,
        classes=noted_classes(benchmark.classes, view.catalogue),
        tasks=_noted_tasks(standing, named=named) if standing.ledger.tasks else None,
        requests=requests.requests,
        unpublished=any(
            figure.value.status is Status.FLASH and figure.value.indicator in asked
            for figure in view.snapshot.figures(view.area.id)
        ),
    )


def _noted_tasks(standing: LedgerToday, *, named: bool) -> NotedTasks:
    counted = Counter(str(one.status) for one in standing.progress)
    failing = failures(standing)
    linked = {task.id for task, _ in failing.single}
    late = tuple(
        NotedTask(
            number=one.task.number,
            work=one.task.work if named or not one.task.projects else "",
            unit=one.task.unit,
            due=one.task.due.text,
            status=str(one.status),
            linked=one.task.id in linked,
        )
        for one in standing.late
    )
    counts = tuple((str(status), counted[str(status)]) for status in TaskStatus)
    together = failing.together
    if together is None or _tells_of_single_projects(standing, failing):
        return NotedTasks(counts, late)
    return NotedTasks(counts, late, together.before, together.after)


def _tells_of_single_projects(standing: LedgerToday, failing: Failures) -> bool:
    """Return whether what late tasks do together is what fewer projects do than make a sum."""
    scenario = standing.scenario
    if scenario is None:
        return False
    left = without(scenario, [task for task, _ in failing.single])
    gone = len(scenario.projects) - len(left.projects)
    return 0 < gone < FEWEST_IN_A_SUM


def stored_requests(view: View) -> tuple[Requests, int]:
    """Return what is asked of the level above, and the version of it."""
    return documents.latest(cache.store().plans, view.area.id, documents.REQUESTS, Requests)
