"""Whether an outlook that is issued again says anything that the issue before did not.

What it is called and when it was made is no news; nor is what only passes with the days: the
number of the data's vintage, which another area's figures raise, the release of the program, the
next release of a figure, and the place of today among the tasks. A task that turned late is news,
and so is another engine.
"""

from __future__ import annotations

from dataclasses import replace

from forecasting.issues.json import write_snapshot
from forecasting.issues.plan_note import PlanNote
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import mentioned


def typed_line(issued: Snapshot) -> float | None:
    """Return the line that every target was held to in place of its own; None of planned ones."""
    targets = [verdict.target for verdict in issued.outlook.verdicts]
    targets += [entry.target for entry in issued.outlook.excluded]
    return None if issued.planned or not targets else targets[0].threshold


def asks_the_same(one: Snapshot, other: Snapshot) -> bool:
    """Return whether two issues of an area and year answer the same question.

    Of two with a scenario it is not known whether it is the same one.
    """
    return _question(one) == _question(other)


def says_the_same(one: Snapshot, other: Snapshot) -> bool:
    """Return whether two issues say the same, but for their numbers and days."""
    return write_snapshot(_undated(one)) == write_snapshot(_undated(other))


def _question(issued: Snapshot) -> tuple[object, ...]:
    outlook = issued.outlook
    return (
        outlook.area.id, outlook.year, outlook.as_of, issued.planned, typed_line(issued),
        issued.scenario is None,
    )  # fmt: skip


def _undated(issued: Snapshot) -> Snapshot:
    note, named = issued.issue, set(mentioned(issued.outlook, issued.scenario))
    return replace(
        issued,
        issue=IssueNote(0, "", note.issuer, note.note),
        provenance=replace(issued.provenance, vintage=0, app_version="", next_release=None),
        change=None,
        record=(),
        indicators=tuple(one for one in issued.indicators if one.id in named),
        plan=issued.plan and _without_today(issued.plan),
    )


def _without_today(plan: PlanNote) -> PlanNote:
    tasks = plan.tasks
    if tasks is None or tasks.schedule is None:
        return plan
    return replace(plan, tasks=replace(tasks, schedule=replace(tasks.schedule, today=0.0)))
