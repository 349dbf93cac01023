"""How past issues did: what was said, and what came."""

from __future__ import annotations

from datetime import datetime
from statistics import fmean

from forecasting.issues.snapshot import Apart, PastIssue, Snapshot
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.report.document.blocks import (
    Align,
    Block,
    Details,
    FigureTable,
    Note,
    Paragraph,
    Section,
    Topic,
    marked,
)

FEWEST = 3
"""Issues of known outcome below which an average says nothing."""


def section(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return the earlier issues; None of a first one."""
    if not snapshot.record:
        return None
    suffix = words.suffix(snapshot.outlook.area.reference)
    head = (
        say("report.record_number"),
        say("report.record_date"),
        say("report.record_year"),
        say(f"report.record_said{suffix}"),
        say("report.record_came"),
    )
    rows = tuple(_row(past, snapshot, suffix, say) for past in snapshot.record)
    align = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT)
    table = FigureTable(say(f"report.record_caption{suffix}"), head, rows, align)
    blocks: list[Block] = []
    if told := _sum(snapshot, suffix, say):
        blocks.append(Paragraph(marked(told)))
        if any(past.apart is not None for past in snapshot.record):
            blocks.append(Note(marked(say("record.left_out"))))
    title = say("report.record")
    many = len(rows) > 1
    blocks.append(Details(say("report.record_open_list"), (table,)) if many else table)
    return Section(Topic.RECORD, title, say("report.record_note"), tuple(blocks))


def number_of(past: PastIssue, snapshot: Snapshot, say: Speaker) -> str:
    """Write the number of an earlier issue in its series."""
    practice = snapshot.outlook.area.synthetic
    return fmt.issue_number(
        past.number, say.plain, scenario=past.conditional, practice=practice, label=past.label
    )


def _row(past: PastIssue, snapshot: Snapshot, suffix: str, say: Speaker) -> tuple[str, ...]:
    return (
        number_of(past, snapshot, say),
        fmt.date(datetime.fromisoformat(past.issued_at), say),
        str(past.year),
        _issued_chance(past, say),
        outcome_of(past, suffix, say),
    )


def _issued_chance(past: PastIssue, say: Speaker) -> str:
    """Return what was said, and what it was conditional on; not what is internal."""
    if past.internal:
        return say("record.internal")
    if past.p_all is None:
        return say("format.missing")
    return with_apart(fmt.cheng(past.p_all, say), past, say)


def with_apart(said: str, past: PastIssue, say: Speaker) -> str:
    """Add what tells an issue from those that are averaged; of an unreadable one nobody knows."""
    if past.apart is None or past.apart is Apart.UNREADABLE:
        return said
    return say("record.said", said=said, why=say(f"record.apart.{past.apart}"))


def outcome_of(past: PastIssue, suffix: str, say: Speaker) -> str:
    """Say what came of an issue; of a reference area in the words of ``_reference``."""
    if past.apart is Apart.UNREADABLE:
        return say("record.unreadable")
    if past.outcome is None:
        return say("report.record_open")
    return say(f"report.record_{'met' if past.outcome else 'missed'}{suffix}")


def _sum(snapshot: Snapshot, suffix: str, say: Speaker) -> str:
    """Say what was issued on average, and how often it came; empty where few years are known."""
    known = [
        (past.p_all, past.outcome)
        for past in snapshot.record
        if past.p_all is not None and past.outcome is not None and past.apart is None
    ]
    if len(known) < FEWEST:
        return ""
    return say(
        f"report.record_sum{suffix}",
        known=len(known),
        said=fmt.cheng(fmean(said for said, _ in known), say),
        met=sum(came for _, came in known),
    )
