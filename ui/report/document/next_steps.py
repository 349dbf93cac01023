"""What is next: the indicator that is short, its gap, where it comes from, and who does what.

The order is that of the meetings in which such briefs are read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from data import clock
from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import NextSteps, Snapshot, Step
from forecasting.outlook.outlook import Verdict
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.report.document import assumptions
from ui.report.document.blocks import (
    Align,
    Block,
    FigureTable,
    Note,
    Paragraph,
    Section,
    Topic,
    joined,
    listed,
    marked,
)
from ui.scenario.terms import lever_change, points, quantity, quarter_name, since

MOST_STEPS = 8
"""Rows of the table; of more it is said how many there are."""


def section(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return the section; None where no target is left to be reached."""
    steps = snapshot.next_steps
    if steps is None:
        return None
    verdicts = {verdict.indicator_id: verdict for verdict in snapshot.outlook.verdicts}
    if steps.indicator not in verdicts:
        return None
    told = (
        _short(steps, verdicts[steps.indicator], snapshot, say),
        _source(steps, say),
        _assumed(steps, snapshot, say),
        _needed(steps, snapshot, say),
    )
    blocks: list[Block] = [Paragraph(marked(line)) for line in told if line]
    if steps.steps:
        blocks.append(table(steps, steps.steps[:MOST_STEPS], snapshot, say))
    if (left := len(steps.steps) - MOST_STEPS) > 0:
        blocks.append(Note(marked(say("next_steps.rest", count=left))))
    kind = "named" if steps.named else "counted"
    note = say(f"next_steps.note_{kind}") if steps.steps else ""
    return Section(Topic.NEXT, say("next_steps.title"), note, tuple(blocks))


def _short(steps: NextSteps, verdict: Verdict, snapshot: Snapshot, say: Speaker) -> str:
    """Say by how much the expected growth of the weakest link is short of its target."""
    gap = math.ceil(abs(steps.gap) * 10 - 1e-9) / 10
    values: dict[str, object] = {
        "name": say.plain.name(snapshot.catalogue[steps.indicator].name),
        "growth": fmt.expected_growth(verdict.quantiles.median, say),
        "clause": words.clause(verdict.target, say),
        "points": points(gap, say),
    }
    key = "enough" if steps.gap <= 0 else "short"
    scenario = "_scenario" if snapshot.scenario is not None else ""
    amount = ""
    if steps.amount is not None and steps.gap > 0:
        told = quantity(steps.amount, steps.unit, say, exact=False)
        amount = say("next_steps.amount", amount=told)
    return say(f"next_steps.{key}{scenario}", amount=amount, **values)


def _source(steps: NextSteps, say: Speaker) -> str:
    """Say how many projects move it, what they bring, and what holds some of them up."""
    if not steps.listed:
        return say("next_steps.no_ledger")
    if not steps.projects:
        return say("next_steps.no_project")
    told = [say("next_steps.projects", count=steps.projects, brings=_brings(steps, say))]
    if steps.carried:
        told.append(say("next_steps.carried", count=steps.carried))
    if steps.blocked:
        told.append(say("next_steps.blocked", count=steps.blocked))
    return joined(told, say)


def _brings(steps: NextSteps, say: Speaker) -> str:
    if steps.brings is None or steps.points is None:
        return ""
    amount = quantity(steps.brings, steps.unit, say, exact=False)
    return say("next_steps.brings", amount=amount, points=points(steps.points, say))


def _assumed(steps: NextSteps, snapshot: Snapshot, say: Speaker) -> str:
    """Name the assumptions of a scenario that help the weakest link; empty where none does."""
    if snapshot.scenario is None:
        return ""
    wording = assumptions.wording_of(snapshot, say)
    helping = assumptions.helping(snapshot.scenario, steps.indicator, wording)
    if not helping:
        return say("next_steps.nothing_assumed")
    return say("next_steps.assumed", listed=say("format.comma").join(helping))


def _needed(steps: NextSteps, snapshot: Snapshot, say: Speaker) -> str:
    """Say what it takes by levers of the zone to bring the chance of all to a wanted level."""
    needed = steps.needed
    if needed is None:
        return ""
    year = snapshot.outlook.year
    told = [
        say(
            "next_steps.needed_once" if lever.once else "next_steps.needed_from",
            text=lever_change(lever.kind, 0.0, lever.value, lever.unit, say),
            since=since(lever.start, year, say),
            quarter=quarter_name(lever.start, year, say),
        )
        for lever in needed.levers
    ]
    if not told:
        return say("next_steps.needed_none")
    return say(
        "next_steps.needed" if needed.reached else "next_steps.needed_short",
        wanted=fmt.probability(needed.wanted),
        most=fmt.probability(needed.most),
        levers=listed(told, say),
    )


def table(steps: NextSteps, shown: Sequence[Step], snapshot: Snapshot, say: Speaker) -> FigureTable:
    """Return a row for each of the steps ``shown``, without a column that holds nothing."""
    if steps.named:
        names = ("project", "unit", "step", "due", "blocking")
        rows = [_named(step, _due(step.quarter, snapshot, say), say) for step in shown]
        aligned = dict.fromkeys(names, Align.LEFT)
    else:
        names = ("step", "due", "unit", "count", "blocked")
        rows = [_counted(step, _due(step.quarter, snapshot, say), say) for step in shown]
        aligned = dict.fromkeys(names[:3], Align.LEFT)
    missing = say("format.missing")
    kept = [place for place in range(len(names)) if any(row[place] for row in rows)]
    return FigureTable(
        say("next_steps.caption"),
        tuple(say(f"next_steps.head_{names[place]}") for place in kept),
        tuple(tuple(row[place] or missing for place in kept) for row in rows),
        tuple(aligned.get(names[place], Align.RIGHT) for place in kept),
    )


def _named(step: Step, due: str, say: Speaker) -> tuple[str, ...]:
    return step.project, step.owner, say(f"milestone.{step.milestone}"), due, step.blocking


def _counted(step: Step, due: str, say: Speaker) -> tuple[str, ...]:
    blocked = str(step.blocked) if step.blocked else ""
    name = fmt.capitalised(say(f"milestone.{step.milestone}"))
    return name, due, step.owner, str(step.count), blocked


def _due(quarter: Quarter | None, snapshot: Snapshot, say: Speaker) -> str:
    """Say by when a step is planned, and of one that is late at the issue that it is."""
    if quarter is None:
        return say("next_steps.undated")
    due = quarter_name(quarter, snapshot.outlook.year, say)
    issued = clock.day_of(datetime.fromisoformat(snapshot.issue.issued_at))
    late = quarter < Quarter.of_month(issued.year, issued.month)
    return say("next_steps.late", due=due) if late else due
