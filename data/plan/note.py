"""What an outlook says of the plan besides growth, as it stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from data.plan import documents
from data.plan.benchmark import Benchmark, open_benchmark
from data.plan.claims import Card, open_cards
from data.plan.criteria import area_over
from data.plan.tasks.ledger import Failures, LedgerToday, failures, open_ledger
from data.views import AreaView
from forecasting.figures.indicator import Area, AreaKind, Status
from forecasting.issues.plan_note import (
    NotedLine,
    NotedSchedule,
    NotedTask,
    NotedTasks,
    PlacedTask,
    PlanNote,
)
from forecasting.issues.take_plan import noted_claim, noted_classes
from forecasting.plan.requests import Requests
from forecasting.plan.tasks import (
    Task,
    TaskPlace,
    TaskProgress,
    TaskStatus,
    day_place,
    place_in_year,
    under_lines,
    without,
)
from forecasting.scenario.model import FEWEST_IN_A_SUM


def plan_note(view: AreaView, *, named: bool = False) -> PlanNote | None:
    """Return what is said of a zone's plan today; None of an area that is no zone.

    Tasks that projects hang on may name these: they are called so only where readers are insiders
    who may see names.
    """
    if view.area.kind is not AreaKind.ZONE:
        return None
    cards, benchmark = open_cards(view), open_benchmark(view)
    requests, _ = stored_requests(view)
    standing = open_ledger(view, view.snapshot.target_year(view.area.id))
    return PlanNote(
        claims=tuple(noted_claim(card.stored.thing.name, card.outlook) for card in cards),
        criteria=benchmark.criteria.name,
        classes=noted_classes(benchmark.classes, view.catalogue),
        tasks=_noted_tasks(standing, named=named) if standing.ledger.tasks else None,
        requests=requests.requests,
        unpublished=_is_unpublished(cards, benchmark),
    )


def _is_unpublished(cards: Iterable[Card], benchmark: Benchmark[AreaView]) -> bool:
    """Return whether a flash figure is among what was judged: of the zone, a rival or a peer."""
    view = benchmark.view
    claimed = {one.indicator for card in cards for one in card.stored.claim.quantities}
    compared = {item.item.indicator for item in benchmark.compared}
    asked = {view.area.id: claimed | compared}
    for areas, indicators in (
        ((rival for card in cards for rival in card.rivals), claimed),
        (benchmark.peers, compared),
        (_areas_over(benchmark), compared),
    ):
        for area in areas:
            asked[area.id] = asked.get(area.id, set()) | indicators
    return any(
        figure.value.status is Status.FLASH and figure.value.indicator in indicators
        for area, indicators in asked.items()
        for figure in view.snapshot.figures(area)
    )


def _areas_over(benchmark: Benchmark[AreaView]) -> Iterator[Area]:
    """Yield the areas that items of the zone and of its peers are ratios to."""
    view = benchmark.view
    for item in benchmark.compared:
        for area in (view.area, *benchmark.peers) if item.item.over is not None else ():
            over = area_over(area, item.item, view.snapshot.areas)
            if over is not None:
                yield over


def _noted_tasks(standing: LedgerToday[AreaView], *, named: bool) -> NotedTasks:
    counted = Counter(str(one.status) for one in standing.progress)
    failing = failures(standing)
    linked = {task.id for task, _ in failing.single}

    def work(task: Task) -> str:
        return task.work if named or not task.projects else ""

    late = tuple(
        NotedTask(
            number=one.task.number,
            work=work(one.task),
            unit=one.task.unit,
            due=one.task.due.text,
            status=str(one.status),
            linked=one.task.id in linked,
        )
        for one in standing.late
    )
    counts = tuple((str(status), counted[str(status)]) for status in TaskStatus)
    noted = NotedTasks(counts, late, schedule=_schedule(standing, work))
    together = failing.together
    if together is None or _tells_of_single_projects(standing, failing):
        return noted
    return replace(noted, before=together.before, after=together.after)


def _place(one: TaskProgress, standing: LedgerToday[AreaView], *, told: bool) -> TaskPlace:
    """Return where a task lies; how far it is only of one that is named: it may be a project."""
    place = place_in_year(one, standing.year, standing.today)
    return place if told else replace(place, done=None, nodes=())


def _schedule(standing: LedgerToday[AreaView], work: Callable[[Task], str]) -> NotedSchedule:
    lines = {line.id: line for line in standing.outline.lines}
    grouped = under_lines(standing.progress, list(lines))
    return NotedSchedule(
        day_place(standing.today, standing.year),
        tuple(
            NotedLine(
                lines[key].number if key in lines else None,
                lines[key].name if key in lines else None,
                tuple(
                    PlacedTask(
                        number=one.task.number,
                        work=work(one.task),
                        unit=one.task.unit,
                        due=one.task.due.text,
                        status=str(one.status),
                        place=_place(one, standing, told=bool(work(one.task))),
                    )
                    for one in own
                ),
            )
            for key, own in grouped.items()
        ),
    )


def _tells_of_single_projects(standing: LedgerToday[AreaView], failing: Failures) -> bool:
    """Return whether what late tasks do together is what fewer projects do than make a sum."""
    scenario = standing.scenario.scenario
    left = without(scenario, [task for task, _ in failing.single])
    gone = len(scenario.projects) - len(left.projects)
    return 0 < gone < FEWEST_IN_A_SUM


def stored_requests(view: AreaView) -> tuple[Requests, int]:
    """Return what is asked of the level above, and the version of it."""
    plans = view.snapshot.store.plans
    return documents.latest(plans, view.area.id, documents.REQUESTS, Requests)
