"""What is said of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from math import fsum

from data import clock
from data.plan.tasks.import_ledger import TaskProblem
from data.plan.tasks.ledger import Failures
from forecasting.figures.indicator import Catalogue
from forecasting.plan.tasks import DueMark, Failure, Task, TaskProgress, TaskStatus, paced
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook.sentences import BREAK
from ui.plan.tasks.state import LedgerToday
from ui.scenario import terms


def headline(standing: LedgerToday, say: Speaker) -> str:
    """Say how many tasks there are, how many are completed, and how many are late."""
    count = len(standing.progress)
    if not count:
        area = say.name(standing.view.area.name)
        return say("tasks.title_empty", area=area, year=standing.year).replace("|", BREAK)
    done = sum(one.status is TaskStatus.COMPLETED for one in standing.progress)
    key = "tasks.title" if standing.late else "tasks.title_on_pace"
    return say(key, year=standing.year, count=count, done=done, late=len(standing.late)).replace(
        "|", BREAK
    )


def basis(standing: LedgerToday, say: Speaker) -> str:
    """Say by what tasks are judged today."""
    wanted = fmt.share(paced(standing.ledger.pace, standing.months))
    return say("tasks.basis", year=standing.year, months=standing.months, share=wanted)


def dates(standing: LedgerToday, say: Speaker) -> str:
    """Say how many tasks are overdue, and how many are due soon."""
    counts = {
        timing: sum(one.timing is timing for one in standing.progress)
        for timing in (DueMark.OVERDUE, DueMark.DUE_SOON)
    }
    day = fmt.date(datetime.combine(standing.today, time(), clock.ZONE), say)
    told = say(
        "tasks.dates", day=day, overdue=counts[DueMark.OVERDUE],
        soon=counts[DueMark.DUE_SOON],
    )  # fmt: skip
    unproven = sum(one.unproven for one in standing.progress)
    if unproven:
        told = say("format.between_sentences").join((told, say("tasks.unproven", count=unproven)))
    return told


def line_name(key: str, standing: LedgerToday, say: Speaker) -> str:
    """Name a line by its id."""
    names = {line.id: line for line in standing.outline.lines}
    if key not in names:
        return say("tasks.no_line")
    line = names[key]
    return say("tasks.line", number=line.number, name=say.name(line.name))


def lines_of(task: Task, standing: LedgerToday, say: Speaker) -> str:
    """Name the lines that a task serves, and its drives."""
    names = {
        one.id: say.name(one.name) for one in (*standing.outline.lines, *standing.outline.drives)
    }
    ids = (*task.lines, *task.drives)
    return say("format.comma").join(names[id] for id in ids if id in names)


def done(one: TaskProgress, say: Speaker) -> str:
    """Write what is done beside what should be: 62%（应达75%）."""
    if one.status is TaskStatus.COMPLETED:
        return fmt.share(1.0)
    own = say("format.missing") if one.done is None else fmt.share(one.done)
    return say("tasks.done", done=own, expected=fmt.share(one.expected))


def due(one: TaskProgress, say: Speaker) -> str:
    """Return the due date as the ledger writes it."""
    return say.verbatim(one.task.due.text) or say("format.missing")


def told(one: TaskProgress, say: Speaker) -> str:
    """Say of a task how far it is, by what, and when it is due."""
    return say(
        "tasks.told",
        work=say.verbatim(one.task.work),
        status=say(f"tasks.status.{one.status}"),
        done=done(one, say),
        basis=say(f"tasks.by.{one.basis}"),
        due=due(one, say),
        timing=say(f"tasks.timing.{one.timing}"),
        unit=say.verbatim(one.task.unit) or say("tasks.no_unit"),
    )


def change(found: Failure, say: Speaker) -> str:
    """Write the change of the all-clear probability in points."""
    return say("format.missing") if found.before is None else _points(found.change, say)


def _points(change: float, say: Speaker) -> str:
    return say("tasks.points", points=fmt.signed(100 * change))


def held_back(found: Failure, catalogue: Catalogue, say: Speaker) -> str:
    """Name the two indicators whose chances change most, with both chances."""
    parts = [
        say(
            "tasks.chance", name=terms.indicator_name(indicator, catalogue, say),
            before=fmt.probability(before), after=fmt.probability(after),
        )
        for indicator, before, after in found.chances[:2]
        if fmt.probability(before) != fmt.probability(after)
    ]  # fmt: skip
    return say("format.comma").join(parts) or say("tasks.no_change")


def scenario(standing: LedgerToday, found: Failures, say: Speaker) -> str:
    """Say on which scenario the failures are computed, and what it comes to."""
    assert found.together is not None
    before = found.together.before
    return say(
        "tasks.scenario", name=say.verbatim(standing.scenario.name),
        chance=say("format.missing") if before is None else fmt.probability(before),
    )  # fmt: skip


def not_held_back(standing: LedgerToday, say: Speaker) -> str:
    """Say why nothing can be computed of late tasks."""
    if standing.scenario.saved is None:
        return say("tasks.no_scenario")
    return say("tasks.late_unlinked", name=say.verbatim(standing.scenario.name))


def together(found: Failures, say: Speaker) -> str:
    """Say that effects do not add up; empty of a single task."""
    if len(found.single) < 2 or found.together is None or found.together.before is None:
        return ""
    alone = fsum(one.change for _, one in found.single)
    return say(
        "tasks.together", count=len(found.single), sum=_points(alone, say),
        joint=_points(found.together.change, say),
    )  # fmt: skip


def linked(task: Task, standing: LedgerToday, say: Speaker) -> str:
    """Name the projects and levers that hang on a task."""
    projects = standing.scenario.scenario.projects
    own = [one for one in projects if {one.id, one.name} & set(task.projects)]
    names = [terms.project_name(one, say) for one in own]
    names += [say(f"lever.{kind}") for kind in task.levers]
    return say("format.comma").join(names)


def problems(found: Sequence[TaskProblem], say: Speaker) -> Iterator[str]:
    """Yield what of a file was not read or left out, and where."""
    for one in found:
        text = say(
            f"tasks.problem.{one.code}", found=say.verbatim(one.found), head=say.verbatim(one.head)
        )
        sheet = say.verbatim(one.sheet)
        yield say("tasks.at_row", sheet=sheet, row=one.row, text=text) if one.row else text
