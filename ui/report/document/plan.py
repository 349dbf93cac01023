"""The plan besides growth: the three big things, national rank, tasks, and what is asked for."""

from __future__ import annotations

from dataclasses import replace

from forecasting.issues.plan_note import (
    NotedClaim,
    NotedClass,
    NotedQuantity,
    NotedTasks,
    PlanNote,
)
from forecasting.issues.snapshot import Snapshot
from ui.language import Speaker
from ui.language import format as fmt
from ui.report.document import leaders, plan_pictures, small_print
from ui.report.document.blocks import (
    Align,
    Block,
    Cards,
    Details,
    FigureTable,
    Note,
    Paragraph,
    Section,
    Topic,
    joined,
    marked,
)

MOST_LATE = 8
"""Late tasks that are listed; of more it is said how many there are."""
_WORDS = (Align.LEFT,)


def sections(snapshot: Snapshot, say: Speaker, *, whole: bool = False) -> list[Section]:
    """Return what is said of the plan; nothing where the issue says nothing of it.

    All late tasks are listed only where it is to be ``whole``.
    """
    plan, stamp = snapshot.plan, small_print.stamp(snapshot, say)
    if plan is None:
        return []
    found = [_claims(plan, stamp, say), _rank(plan, stamp, say)]
    if plan.tasks is not None:
        most = len(plan.tasks.late) if whole else MOST_LATE
        found.append(_tasks(plan.tasks, stamp, say, most))
    if plan.requests:
        found.append(_requests(plan, say))
    return found


def _claims(plan: PlanNote, stamp: str, say: Speaker) -> Section:
    """Return a sentence a card, its least likely quantity as a fan, and all others one tap away."""
    fans = [plan_pictures.fans_of(one, stamp, say) for one in plan.claims]
    cards: list[tuple[Block, ...]] = [
        (Paragraph(marked(_claim(one, say))), *own[:1])
        for one, own in zip(plan.claims, fans, strict=True)
    ]
    told: list[Block] = [Cards(tuple(cards))] if any(fans) else [one for (one,) in cards]
    rows = tuple(
        (plan_pictures.named(one, say), *_quantity(one, say))
        for claim in plan.claims
        for one in claim.quantities
    )
    heads = ("quantity", "wanted", "now", "chance")
    if rows:
        told.append(_table("claims", heads, rows, (*_WORDS, *_WORDS, *_WORDS, Align.RIGHT), say))
    if others := tuple(one for own in fans for one in own[1:]):
        told.append(Details(say("plan_note.other_fans"), others))
    return Section(Topic.CLAIMS, say("plan_note.claims"), say("plan_note.claims_note"), tuple(told))


def _claim(claim: NotedClaim, say: Speaker) -> str:
    known = sum(one.probability is not None for one in claim.quantities)
    count = len(claim.quantities)
    name = say.name(claim.name)
    if claim.together is None:
        return say("plan_note.claim_unknown", name=name)
    key = "plan_note.claim" if known == count else "plan_note.claim_some"
    chance = leaders.about(claim.together, say)
    return say(key, name=name, count=count, known=known, chance=chance)


def _quantity(of: NotedQuantity, say: Speaker) -> tuple[str, str, str]:
    """Return what is wanted of a quantity, what it was last, and how likely it comes."""
    missing = say("format.missing")
    wanted = missing
    if of.wanted is not None and of.year is not None:
        value = plan_pictures.value(of.wanted, of, say)
        if of.aim == "rank":
            value = say("plan_note.place", place=f"{of.wanted:g}")
        wanted = say("plan_note.by", wanted=value, year=of.year)
    now = missing
    if of.known is not None:
        now = say("plan_note.at", value=plan_pictures.value(of.known, of, say), year=of.known_year)
    if of.place is not None:
        best, worst, count = of.place
        key = "plan_note.placed" if best == worst else "plan_note.placed_between"
        now = say(key, now=now, best=best, worst=worst, count=count)
    if of.probability is None:
        return wanted, now, say(f"plan_note.lacking.{of.lacking or 'wanted'}")
    return wanted, now, leaders.cell(of.probability, say)


def _rank(plan: PlanNote, stamp: str, say: Speaker) -> Section:
    compared = sum(one.compared for one in plan.classes)
    met = sum(one.met for one in plan.classes)
    shown = [one for one in plan.classes if one.compared]
    key = "rank" if compared else "rank_nothing"
    count = say(f"plan_note.{key}", compared=compared, met=met, short=compared - met)
    told: list[Block] = [Paragraph(marked(joined((count, say("plan_note.rank_note")), say)))]
    if gaps := plan_pictures.gaps_of(plan, stamp, say):
        told.append(gaps)
    if shown:
        year = next((one.year for one in shown if one.year is not None), None)
        rows = tuple(_class(one, say) for one in shown)
        align = (Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT)
        heads = ("class", "met", "farthest", "closed")
        told.append(_table("rank", heads, rows, align, say, year=year or ""))
    title = say("plan_note.rank_title", criteria=say.plain.name(plan.criteria))
    return Section(Topic.RANK, title, "", tuple(told))


def _class(one: NotedClass, say: Speaker) -> tuple[str, ...]:
    missing = say("format.missing")
    name = plan_pictures.class_name(one, say.plain)
    farthest = missing
    if one.farthest is not None and one.ratio is not None:
        item = say.plain.name(one.farthest)
        farthest = say("plan_note.reaches", name=item, share=fmt.share(one.ratio))
    closed = leaders.cell(one.closed, say) if one.closed is not None else missing
    if one.met == one.compared:
        closed = say("plan_note.all_met")
    return name, say("plan_note.of", met=one.met, count=one.compared), farthest, closed


def _tasks(tasks: NotedTasks, stamp: str, say: Speaker, most: int) -> Section:
    counts = say("format.comma").join(
        say("plan_note.status_count", status=say(f"plan_note.status.{status}"), count=count)
        for status, count in tasks.counts
        if count
    )
    lines = [say("plan_note.tasks", count=tasks.count, counts=counts, late=len(tasks.late))]
    if tasks.before is not None and tasks.after is not None:
        # No difference in points: beside ends rounded to five it would contradict them.
        before, after = (leaders.about(one, say) for one in (tasks.before, tasks.after))
        key = "failing" if before != after else "failing_hardly"
        lines.append(say(f"plan_note.{key}", before=before, after=after))
    told: list[Block] = [Paragraph(marked(line)) for line in lines]
    if tasks.schedule and (picture := plan_pictures.schedule_of(tasks.schedule, stamp, say)):
        told.append(picture)
    missing = say("format.missing")
    if tasks.late:
        rows = tuple(
            (
                one.work or say("plan_note.unnamed", number=one.number),
                one.unit or missing,
                one.due or missing,
                say(f"plan_note.status.{one.status}"),
            )
            for one in tasks.late[:most]
        )
        heads = ("work", "unit", "due", "status")
        left = max(len(tasks.late) - most, 0)
        told.append(replace(_table("tasks", heads, rows, _WORDS * 4, say), more=left))
        if left:
            told.append(Note(marked(say("next_steps.rest", count=left))))
    return Section(
        Topic.TASKS, say("plan_note.tasks_title"), say("plan_note.tasks_note"), tuple(told)
    )


def _requests(plan: PlanNote, say: Speaker) -> Section:
    missing = say("format.missing")
    rows = tuple((one.text, one.of or missing, one.by or missing) for one in plan.requests)
    table = _table("requests", ("request", "of", "by"), rows, _WORDS * 3, say)
    return Section(Topic.REQUESTS, say("plan_note.requests_title"), "", (table,))


def _table(
    name: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    align: tuple[Align, ...],
    say: Speaker,
    **told: object,
) -> FigureTable:
    titles = tuple(say(f"plan_note.head_{head}", **told) for head in heads)
    return FigureTable(say(f"plan_note.caption_{name}"), titles, rows, align, wordy=True)
