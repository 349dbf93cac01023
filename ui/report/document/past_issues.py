"""How past issues did: what was said, and what came."""

from __future__ import annotations

from datetime import datetime
from statistics import fmean

from forecasting.issues.snapshot import Apart, PastIssue, Snapshot
from ui.language import Language, t, words
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


def section(snapshot: Snapshot, language: Language) -> Section | None:
    """Return the earlier issues; None of a first one."""
    if not snapshot.record:
        return None
    suffix = words.suffix(snapshot.outlook.area.reference)
    head = (
        t("report.record_number", language),
        t("report.record_date", language),
        t("report.record_year", language),
        t(f"report.record_said{suffix}", language),
        t("report.record_came", language),
    )
    rows = tuple(_row(past, suffix, language) for past in snapshot.record)
    align = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT)
    table = FigureTable(t(f"report.record_caption{suffix}", language), head, rows, align)
    blocks: list[Block] = []
    if told := _sum(snapshot, suffix, language):
        blocks.append(Paragraph(marked(told)))
        if any(past.apart is not None for past in snapshot.record):
            blocks.append(Note(marked(t("record.left_out", language))))
    title = t("report.record", language)
    many = len(rows) > 1
    blocks.append(Details(t("report.record_open_list", language), (table,)) if many else table)
    return Section(Topic.RECORD, title, t("report.record_note", language), tuple(blocks))


def _row(past: PastIssue, suffix: str, language: Language) -> tuple[str, ...]:
    return (
        t("report.number", language, number=past.number),
        fmt.date(datetime.fromisoformat(past.issued_at), language),
        str(past.year),
        _issued_chance(past, language),
        outcome_of(past, suffix, language),
    )


def _issued_chance(past: PastIssue, language: Language) -> str:
    """Return what was said, and what it was conditional on; not what is internal."""
    if past.internal:
        return t("record.internal", language)
    if past.p_all is None:
        return t("format.missing", language)
    return with_apart(fmt.cheng(past.p_all, language), past, language)


def with_apart(said: str, past: PastIssue, language: Language) -> str:
    """Add what tells an issue from those that are averaged; of an unreadable one nobody knows."""
    if past.apart is None or past.apart is Apart.UNREADABLE:
        return said
    return t("record.said", language, said=said, why=t(f"record.apart.{past.apart}", language))


def outcome_of(past: PastIssue, suffix: str, language: Language) -> str:
    """Say what came of an issue; of a reference area in the words of ``_reference``."""
    if past.apart is Apart.UNREADABLE:
        return t("record.unreadable", language)
    if past.outcome is None:
        return t("report.record_open", language)
    return t(f"report.record_{'met' if past.outcome else 'missed'}{suffix}", language)


def _sum(snapshot: Snapshot, suffix: str, language: Language) -> str:
    """Say what was issued on average, and how often it came; empty where few years are known."""
    known = [
        (past.p_all, past.outcome)
        for past in snapshot.record
        if past.p_all is not None and past.outcome is not None and past.apart is None
    ]
    if len(known) < FEWEST:
        return ""
    return t(
        f"report.record_sum{suffix}",
        language,
        known=len(known),
        said=fmt.cheng(fmean(said for said, _ in known), language),
        met=sum(came for _, came in known),
    )
