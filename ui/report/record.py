"""How past issues did: what was said, and what came."""

from __future__ import annotations

from datetime import datetime
from statistics import fmean

from forecasting.snapshot.model import PastIssue, Snapshot
from ui import format as fmt
from ui.messages import Language, t
from ui.report.model import Align, Block, Details, Grid, Paragraph, Part, Section
from ui.report.text import marked

FEWEST = 3
"""Issues of known outcome below which an average says nothing."""


def section(snapshot: Snapshot, language: Language) -> Section | None:
    """Return the earlier issues; None of a first one."""
    if not snapshot.record:
        return None
    suffix = "_reference" if snapshot.outlook.area.reference else ""
    head = (
        t("report.record_number", language),
        t("report.record_date", language),
        t("report.record_year", language),
        t(f"report.record_said{suffix}", language),
        t("report.record_came", language),
    )
    rows = tuple(_row(past, suffix, language) for past in snapshot.record)
    align = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.LEFT)
    table = Grid(t(f"report.record_caption{suffix}", language), head, rows, align)
    blocks: list[Block] = []
    if told := _sum(snapshot, suffix, language):
        blocks.append(Paragraph(marked(told)))
    title = t("report.record", language)
    many = len(rows) > 1
    blocks.append(Details(t("report.record_open_list", language), (table,)) if many else table)
    return Section(Part.RECORD, title, t("report.record_note", language), tuple(blocks))


def _row(past: PastIssue, suffix: str, language: Language) -> tuple[str, ...]:
    if past.outcome is None:
        came = t("report.record_open", language)
    else:
        came = t(f"report.record_{'met' if past.outcome else 'missed'}{suffix}", language)
    said = past.p_all
    return (
        t("report.number", language, number=past.number),
        fmt.date(datetime.fromisoformat(past.issued_at), language),
        str(past.year),
        t("format.missing", language) if said is None else fmt.cheng(said, language),
        came,
    )


def _sum(snapshot: Snapshot, suffix: str, language: Language) -> str:
    """Say what was issued on average, and how often it came; empty where few years are known."""
    known = [
        (past.p_all, past.outcome)
        for past in snapshot.record
        if past.p_all is not None and past.outcome is not None
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
